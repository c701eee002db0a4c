//! The arrows between the rooms, as cargo sees them, and the absences that are the invariants.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// Each room and the rooms it may lean on.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("sync", &["domain"]),
    ("store", &["domain", "sync"]),
    ("app", &["domain", "sync", "store", "print", "intake"]),
    ("print", &["domain"]),
    ("intake", &["domain"]),
    ("server", &["domain", "sync"]),
    ("sotay", &["app"]),
    ("tests", &["domain", "sync", "store", "app", "server", "print", "intake"]),
    ("xtask", &[]),
];

/// What a room never has, however far down.
const ABSENT: &[(&str, &[&str])] = &[
    ("domain", &["rusqlite", "libsqlite3-sys", "reqwest", "hyper", "tokio", "rand", "ureq", "sqlx", "tauri"]),
    ("sync", &["rusqlite", "libsqlite3-sys", "reqwest", "hyper", "tokio", "ureq", "sqlx", "tauri"]),
    ("store", &["reqwest", "hyper", "tokio", "ureq", "axum", "tauri"]),
    ("app", &["tauri", "wry", "tao", "axum"]),
    // It is built for phones: no engine of tens of megabytes, no image codecs, no fonts of the machine, no clock.
    (
        "print",
        &[
            "rusqlite",
            "libsqlite3-sys",
            "reqwest",
            "hyper",
            "tokio",
            "tauri",
            "rand",
            "typst",
            "image",
            "yeslogic-fontconfig-sys",
        ],
    ),
    // What it reads is foreign: nothing in it can ask for anything.
    (
        "intake",
        &[
            "rusqlite",
            "libsqlite3-sys",
            "reqwest",
            "hyper",
            "tokio",
            "ureq",
            "tauri",
            "rand",
            "mio",
            "socket2",
            "curl",
            "rustls",
            "native-tls",
            "async-std",
            "openssl-sys",
        ],
    ),
    ("server", &["tauri", "wry", "tao"]),
    ("xtask", &["openssl-sys", "libsqlite3-sys", "tauri", "ring"]),
];

fn metadata() -> Metadata {
    let told = Command::new("rustc").arg("-vV").output().expect("rustc tells");
    let told = String::from_utf8(told.stdout).expect("it tells in text");
    let host = told.lines().find_map(|line| line.strip_prefix("host: ")).expect("the machine has a name");
    // What other machines need is not here, and need not be.
    let options = ["--offline", "--locked", "--filter-platform", host].map(str::to_owned).to_vec();
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).other_options(options).exec().expect("cargo tells")
}

// Planted: xtask leans on domain → caught.
#[test]
fn rooms_lean_only_on_those_below_them() {
    let metadata = metadata();
    let rooms: BTreeSet<&str> = metadata.workspace_packages().iter().map(|package| package.name.as_str()).collect();
    for package in metadata.workspace_packages() {
        let (_, allowed) = ARROWS
            .iter()
            .find(|(room, _)| *room == package.name.as_str())
            .unwrap_or_else(|| panic!("{} has no arrows", package.name));
        for needs in package.dependencies.iter().filter(|needs| needs.kind != DependencyKind::Development) {
            let inside = rooms.contains(needs.name.as_str()) && needs.path.is_some();
            assert!(
                !inside || allowed.contains(&needs.name.as_str()),
                "{} must not lean on {}",
                package.name,
                needs.name
            );
        }
    }
}

// Planted: chance in domain → caught.
#[test]
fn what_a_room_must_not_have_is_nowhere_below_it() {
    let metadata = metadata();
    let below = Below::new(&metadata);
    for (room, absent) in ABSENT {
        let all = below.of(room);
        assert!(all.len() > 3, "{room} leans on something: the walk works");
        for name in *absent {
            assert!(!all.contains(name), "{room} has {name} somewhere below it");
        }
    }
    let tauri = rooms_with(&metadata, &below, "tauri");
    assert_eq!(tauri, ["sotay"], "only the shell knows of Tauri");
}

#[test]
fn there_is_one_sqlite_and_it_encrypts() {
    let metadata = metadata();
    let sqlite: Vec<_> =
        metadata.packages.iter().filter(|package| package.links.as_deref() == Some("sqlite3")).collect();
    assert_eq!(
        sqlite.len(),
        1,
        "one libsqlite3-sys: {:?}",
        sqlite.iter().map(|p| p.id.repr.as_str()).collect::<Vec<_>>()
    );
    let resolve = metadata.resolve.as_ref().expect("the graph is resolved");
    let node = resolve.nodes.iter().find(|node| node.id == sqlite[0].id).expect("it is in the graph");
    assert!(
        node.features.iter().any(|feature| feature.as_str() == "bundled-sqlcipher"),
        "built with SQLCipher, whatever the machine has"
    );
}

fn rooms_with(metadata: &Metadata, below: &Below<'_>, name: &str) -> Vec<String> {
    let rooms = metadata.workspace_packages().into_iter().map(|package| package.name.to_string());
    rooms.filter(|room| below.of(room).contains(name)).collect()
}

/// Who needs whom at run time.
struct Below<'m> {
    names: BTreeMap<&'m str, &'m str>,
    needs: BTreeMap<&'m str, Vec<&'m str>>,
}

impl<'m> Below<'m> {
    fn new(metadata: &'m Metadata) -> Self {
        let names = metadata.packages.iter().map(|package| (package.id.repr.as_str(), package.name.as_str())).collect();
        let resolve = metadata.resolve.as_ref().expect("the graph is resolved");
        let needs = resolve.nodes.iter().map(|node| {
            let normal =
                node.deps.iter().filter(|needs| needs.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
            (node.id.repr.as_str(), normal.map(|needs| needs.pkg.repr.as_str()).collect())
        });
        Self { names, needs: needs.collect() }
    }

    fn of(&self, room: &str) -> BTreeSet<&'m str> {
        let mut open: Vec<&str> =
            self.names.iter().filter(|(id, name)| **name == room && id.contains("path+")).map(|(id, _)| *id).collect();
        assert_eq!(open.len(), 1, "there is one {room}");
        let mut all = BTreeSet::new();
        while let Some(id) = open.pop() {
            if all.insert(id) {
                open.extend(self.needs.get(id).into_iter().flatten());
            }
        }
        all.into_iter().filter_map(|id| self.names.get(id).copied()).collect()
    }
}
