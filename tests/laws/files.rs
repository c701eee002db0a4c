//! The rules that files keep: each opens with what it is for, none names a registry's host, none hides a panic.

use std::{fs, path::Path, process::Command};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Every file under version control, or about to be, and its words.
fn files(ending: &str) -> Vec<(String, String)> {
    let listed =
        Command::new("git").args(["-C", ROOT, "ls-files", "-co", "--exclude-standard"]).output().expect("git lists");
    let listed = String::from_utf8(listed.stdout).expect("names are text");
    let read = |name: &str| Some((name.to_owned(), fs::read_to_string(Path::new(ROOT).join(name)).ok()?));
    let files: Vec<_> = listed.lines().filter(|name| name.ends_with(ending)).filter_map(read).collect();
    assert!(!files.is_empty(), "there are files to look at");
    files
}

// Planted: a file without its first line → caught.
#[test]
fn every_file_of_rust_opens_with_what_it_is_for() {
    for (name, text) in files(".rs") {
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! ") && first.len() > 12, "{name} does not say what it is for");
    }
}

// Planted: a registry's address in a comment → caught.
#[test]
fn no_file_names_a_registrys_host() {
    // Put together here, so that this file names none either.
    let hosts = [
        ["crates", "io"],
        ["npmjs", "org"],
        ["npmjs", "com"],
        ["pypi", "org"],
        ["pythonhosted", "org"],
        ["debian", "org"],
        ["rust-lang", "org"],
        ["yarnpkg", "com"],
        ["docs", "rs"],
        ["golang", "org"],
    ]
    .map(|parts| parts.join("."));
    for (name, text) in files("") {
        let lock = name.ends_with("Cargo.lock");
        let text = text.to_lowercase();
        for host in &hosts {
            // Cargo itself writes where its packages are from.
            let named =
                text.lines().any(|line| names_host(line, host) && !(lock && line.starts_with("source = \"registry+")));
            assert!(!named, "{name} names {host}");
        }
    }
}

/// Whether the line has the host as a name of its own, not as part of a longer word.
fn names_host(line: &str, host: &str) -> bool {
    line.match_indices(host).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + host.len()..].chars().next();
        before.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '_')
            && after.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '_')
    })
}

// Planted: a struct named WireHelper → caught.
#[test]
fn no_name_is_one_of_those_that_say_nothing() {
    const EMPTY: &[&str] = &["Manager", "Service", "Helper", "Util", "Utils", "Misc"];
    for (name, text) in files(".rs") {
        for line in text.lines() {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            while let Some(word) = words.next() {
                if matches!(word, "struct" | "enum" | "trait" | "type") {
                    let declared = words.next().unwrap_or_default();
                    assert!(!EMPTY.iter().any(|empty| declared.ends_with(empty)), "{name} declares {declared}");
                }
            }
        }
    }
}
