//! Canaries: words planted in every private record, looked for afterwards wherever they must not be.

use std::{
    io::Write,
    sync::{Mutex, OnceLock},
};

use app::Trouble;
use domain::{Audience, Id, Kind, Log, Member, Person, TABLES};
use rusqlite::types::ValueRef;
use serde_json::json;
use store::{Book, Edit};

use crate::{
    phone::Phone,
    province::{Province, TODAY},
};

const CANARY: &str = "Yến Trong Mỏ Than";
/// What a person says of themselves.
const OWN: &str = "Khướu Trong Mỏ Than";
/// What a plain member's changed app writes where it may not.
const FORGED: &str = "Chim Giả Trong Mỏ";

/// Whatever the server and the libraries under it log, down to what is for debugging.
fn logged() -> &'static Mutex<Vec<u8>> {
    static LOGGED: OnceLock<Mutex<Vec<u8>>> = OnceLock::new();
    LOGGED.get_or_init(|| {
        let logs = tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG);
        logs.with_ansi(false).with_writer(|| Logs).init();
        Mutex::default()
    })
}

struct Logs;

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        logged().lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

/// Every answer that went over a phone's line, unpacked, and how many there were.
fn answers(phone: &Phone) -> (Vec<u8>, usize) {
    let (said, mut all, mut count) = (phone.line.said(), Vec::new(), 0);
    let mut rest = said.as_slice();
    while let Some(end) = rest.windows(4).position(|window| window == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&rest[..end]).to_lowercase();
        let length: usize = head.split("content-length: ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        let body = &rest[end + 4..end + 4 + length];
        all.extend(head.bytes());
        // A refusal is a word in no envelope.
        all.extend(if head.starts_with("http/1.1 200") { tests::opened(body) } else { body.to_vec() });
        (rest, count) = (&rest[end + 4 + length..], count + 1);
    }
    assert!(rest.is_empty(), "the line carried whole answers");
    (all, count)
}

/// Everything in every table of a phone's book.
fn book(phone: &Phone) -> Vec<u8> {
    phone.with_book(|book: Book| {
        let conn = book.close();
        let mut all = Vec::new();
        let mut named = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
        let names: Vec<String> = named.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert!(names.len() > TABLES.len(), "records and journal: {names:?}");
        for name in names {
            let mut rows = conn.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
            let columns = rows.column_count();
            let mut rows = rows.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                for column in 0..columns {
                    if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column).unwrap() {
                        all.extend(bytes);
                        all.push(0);
                    }
                }
            }
        }
        all
    })
}

/// Words for every field of words of every private record about a person that `which` says, and of the office's own, as
/// they come.
fn plant(
    phone: &Phone,
    cell: Id<domain::Unit>,
    about: Id<Member>,
    words: &str,
    which: impl Fn(&domain::Table) -> bool,
) -> usize {
    let mut planted = 0;
    phone.with_book(|mut book| {
        let private = |table: &&domain::Table| table.audience.is_personal() || table.audience == Audience::Office;
        for table in TABLES.iter().filter(private).filter(|table| which(table)) {
            let log = match table.audience {
                audience if audience.is_personal() => Log::of_one(cell, audience, about),
                audience => Log::of(cell, audience),
            };
            let said = |field: &str| match table.column(field).unwrap().1.kind {
                Kind::Link(_) => Some(about.into()),
                _ => Some(words.into()),
            };
            let id = table.id_from(said).unwrap_or_else(uuid::Uuid::new_v4);
            let words = table.fields.iter().filter(|field| field.kind == Kind::Text).count();
            // A record that follows from its values is begun with all of them; one of which all are there is written on.
            let fields = table.fields.iter().filter(|field| {
                field.kind == Kind::Text || table.name != "person" && table.made_from.contains(&field.name)
            });
            let edits: Vec<Edit> =
                fields.map(|field| Edit { table, id, field: field.name, value: said(field.name).unwrap() }).collect();
            planted += words;
            if words > 0 {
                book.write(&log, &edits, TODAY, None).unwrap();
            }
        }
    });
    planted
}

// Planted: persons' logs pulled whoever asks; what was asked written to the server's log → each caught.
#[test]
fn private_words_are_only_where_they_may_be() {
    logged();
    let province = Province::open();
    let roles = ["secretary", "deputy", "commune", "member", "neighbour", "province"];
    let phones = roles.map(|role| Phone::of(&province, role));
    let [secretary, deputy, commune, member, ..] = &phones;
    let cell = province.issued("secretary").unit;
    let about = |row: &&serde_json::Value| {
        let known = |role| row["member"] == json!(province.issued(role).member);
        !roles.into_iter().any(known)
    };
    let roster = secretary.call("roster", json!({ "search": "" }));
    let about = roster["rows"].as_array().unwrap().iter().find(about).unwrap()["member"].clone();
    let about: Id<Member> = serde_json::from_value(about).unwrap();

    let written = plant(secretary, cell, about, CANARY, |table| !table.by_self);
    assert!(written >= 6, "words of every private record");
    let own = province.issued("member").member;
    assert!(plant(member, cell, own, OWN, |table| table.by_self) > 0, "a person's own words");
    plant(member, cell, about, FORGED, |_| true);
    secretary.sync();
    let aside = member.call("sync", json!({}));
    assert!(!aside["quarantined"].as_array().unwrap().is_empty(), "what may not stand is set aside: {aside}");
    let mut told: Vec<Trouble> = Vec::new();
    for phone in &phones {
        let _ = phone.try_sync();
        let ask = json!({ "table": "person", "id": Id::<Person>::made_from(&[about.into()]) });
        told.extend([phone.trouble("edit", json!({ "table": "person", "id": ask["id"], "values": { "nothing": 1 } }))]);
        if ![secretary, deputy, commune].iter().any(|may| std::ptr::eq(*may, phone)) {
            told.push(phone.trouble("get", ask));
        }
    }
    let told = format!("{told:?} {}", aside["quarantined"]);
    assert!(![CANARY, FORGED].iter().any(|words| told.contains(words)), "no trouble tells the words: {told}");

    for (role, phone) in roles.iter().zip(&phones) {
        let (wire, count) = answers(phone);
        let held = book(phone);
        assert!(count > 3 && wire.len() > 10_000 && held.len() > 10_000, "{role}: there is something to look through");
        let may = ["secretary", "deputy", "commune"].contains(role);
        assert_eq!(holds(&held, CANARY), may, "the {role}'s book");
        // Nobody hears their own words again.
        assert_eq!(holds(&wire, CANARY), may && *role != "secretary", "the {role}'s wire");
        assert_eq!(holds(&held, OWN), may || *role == "member", "a person's own word, in the {role}'s book");
        assert!(!holds(&wire, FORGED), "what was set aside is on no wire, not on the {role}'s");
        assert_eq!(holds(&held, FORGED), *role == "member", "nor in a book but its author's, not in the {role}'s");
    }
    let logged = logged().lock().unwrap().clone();
    assert!(holds(&logged, "/v1/sync"), "the server logs what was asked");
    for words in [CANARY, OWN, FORGED] {
        assert!(!holds(&logged, words), "no log holds the words");
        let escaped = words.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ");
        assert!(!holds(&logged, &escaped), "nor their bytes as numbers");
    }
}
