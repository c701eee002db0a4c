//! Old devices: what an app of each age wrote is read by today's, a book with its PIN and everything that travels. A
//! folder is an age; none is ever written again, and one is added whenever an app goes out:
//! `AGE=0.2.0 cargo test -p tests --test past -- --ignored`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod write;

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::{TABLES, Table};
use store::{Book, FileKeystore, Locked, Vault};
use sync::{Ask, Entry, Head, Reply, SigningKey, Ticket, VerifyingKey, unpack};

/// The PIN of every book here.
const PIN: &str = "24681357";
/// Signed the wire's samples, and is the root that the books know.
const ROOT: [u8; 32] = [9; 32];
/// When the books are opened, seconds since 1970.
const NOW: u64 = 1_796_259_600;
/// The files of a book that is shut.
const FILES: [&str; 5] = ["book.db", "keys.a", "keystore", "tries", "label"];

fn place() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("past")
}

/// The folders of all ages.
fn ages() -> Vec<PathBuf> {
    let folders = fs::read_dir(place()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let ages: Vec<PathBuf> = folders.collect();
    assert!(!ages.is_empty(), "there is an age to look back on");
    ages
}

fn vault(home: &Path) -> Vault {
    Vault::new(home, Box::new(FileKeystore::new(home)))
}

/// A line for each value that stands in a book, the same for ever: a field that is added later is no line of it.
fn lines(book: &Book) -> Vec<String> {
    let mut lines = Vec::new();
    for table in TABLES {
        for id in book.ids(table).unwrap() {
            for field in table.columns() {
                if let Some(value) = book.value(table, id, field.name).unwrap() {
                    lines.push(format!("{} {id} {} {value:?}", table.name, field.name));
                }
            }
        }
    }
    lines
}

/// What else a book knows.
fn standing(book: &Book) -> String {
    let mut asking: Vec<String> = Vec::new();
    for table in TABLES {
        for id in book.asking(table).unwrap() {
            let others = table.columns().flat_map(|field| book.others(table, id, field.name).unwrap());
            let others: Vec<_> = others.map(|other| other.value).collect();
            asking.push(format!("{} {id} {others:?}", table.name));
        }
    }
    let waiting = book.waiting().unwrap().into_iter().map(|one| format!("{} {} {}", one.table, one.id, one.changes));
    format!("device {}\nasking {asking:?}\nwaiting {:?}\n", book.device(), waiting.collect::<Vec<_>>())
}

/// What the wire's samples of an age say.
fn said(age: &Path) -> String {
    let read = |name: &str| fs::read(age.join(name)).unwrap();
    let root = VerifyingKey::from(&SigningKey::from_bytes(&ROOT));
    let bytes = read("entry");
    Entry::verify(&bytes, &root).expect("signed as on the first day");
    let entry = Entry::read(&bytes, TABLES).unwrap();
    let ask: Ask = unpack(&read("ask")).unwrap();
    let reply: Reply = unpack(&read("reply")).unwrap();
    let (head, signature): (Head, Vec<u8>) = unpack(&read("head")).unwrap();
    head.verify(&root, &signature).expect("signed as on the first day");
    let ticket = Ticket::parse(&String::from_utf8(read("code")).unwrap()).unwrap();
    let code = format!("{} {:02x?} {:02x?}", ticket.code, ticket.code.name(), ticket.code.key());
    format!("{entry:02x?}\n{ask:02x?}\n{reply:02x?}\n{head:02x?}\n{ticket:?}\n{code}\n")
}

// Planted: a field of another name; another word for the key that a PIN is stretched to → each caught.
#[test]
fn a_book_of_every_age_opens_and_says_what_it_said() {
    for age in ages() {
        let home = tempfile::tempdir().unwrap();
        for name in FILES {
            fs::copy(age.join("book").join(name), home.path().join(name)).unwrap();
        }
        let vault = vault(home.path());
        assert!(matches!(vault.locked(NOW), Ok(Locked::Sealed { digits: 8, .. })), "{age:?}");
        assert_eq!(vault.label().as_deref(), Some("Chi bộ thôn Đông"), "{age:?}");
        let keys = vault.open(PIN, NOW).expect("its PIN opens it");
        let mut book = Book::open(home.path(), &keys, TABLES).expect("today's app opens it");
        let was = fs::read_to_string(age.join("book.txt")).unwrap();
        let (stood, was) = was.split_once("\n\n").unwrap();
        assert_eq!(standing(&book).trim_end(), stood, "{age:?}");
        let holds = lines(&book);
        assert!(was.lines().count() > 50, "the book held much");
        for line in was.lines() {
            assert!(holds.iter().any(|held| held == line), "{age:?} held {line}");
        }
        book.remake().unwrap();
        assert_eq!(lines(&book), holds, "made again from its journal it says the same");
        // And it goes on: old words that wait are sent as they were signed, new ones beside them.
        let meeting = Table::find(TABLES, "meeting").unwrap();
        let (id, log) = (book.ids(meeting).unwrap()[0], tests::home_of(meeting));
        let edit = store::Edit { table: meeting, id, field: "place", value: "Nhà văn hóa mới".into() };
        book.write(&log, &[edit], NOW * 1000, None).unwrap();
        let ask = book.ask(usize::MAX, 1 << 20).unwrap();
        assert!(ask.entries.len() >= 2, "old and new words wait");
        let key = book.key().verifying_key();
        assert!(ask.entries.iter().all(|bytes| Entry::verify(bytes, &key).is_ok()));
    }
}

// What was added to a message since stands in `wire.txt` as what an old one leaves unsaid: `known: None`.
// Planted: the letters of a code in another order → caught.
#[test]
fn what_travelled_in_every_age_is_read_as_it_was_meant() {
    for age in ages() {
        let was = fs::read_to_string(age.join("wire.txt")).unwrap();
        assert_eq!(said(&age), was, "{age:?}");
    }
}

#[test]
#[ignore = "writes a new age"]
fn write_an_age() {
    let age = place().join(std::env::var("AGE").expect("AGE=0.2.0, say"));
    assert!(!age.exists(), "an age is written once");
    write::age(&age);
    println!("look through {0}/book.txt and {0}/wire.txt", age.display());
}
