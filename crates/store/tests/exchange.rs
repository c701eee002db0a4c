//! A device and a server that loses, refuses and forgets: what the book makes of its answers.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;

use domain::{Audience, Device, Id, Log, Record, TABLES, Table, Unit, Value};
use rusqlite::Connection;
use store::{Book, Edit, Keys, Step};
use sync::*;
use uuid::Uuid;

const PROVINCE: Id<Unit> = Id::new(Uuid::from_u128(1));
const COMMUNE: Id<Unit> = Id::new(Uuid::from_u128(2));
const CELL: Id<Unit> = Id::new(Uuid::from_u128(3));
const OTHER_CELL: Id<Unit> = Id::new(Uuid::from_u128(4));
const OTHER_COMMUNE: Id<Unit> = Id::new(Uuid::from_u128(5));
const MEETING: Uuid = Uuid::from_u128(100);
const NOW: u64 = 1_795_395_600_000;
const YEAR: u64 = 365 * 24 * 3600 * 1000;

static MEETINGS: Table = domain::Meeting::TABLE;

/// One stream, that of the commune.
struct Server {
    key: SigningKey,
    kept: Vec<(Log, Id<Device>, Hash, Carried)>,
}

impl Server {
    fn new() -> Self {
        let mut server = Self { key: SigningKey::from_bytes(&[9; 32]), kept: Vec::new() };
        for (unit, above, level) in [(COMMUNE, PROVINCE, "commune"), (CELL, COMMUNE, "cell")] {
            server.say(
                Log::of(unit, Audience::Register),
                "unit",
                unit.uuid(),
                &[("above", above.into()), ("level", level.into())],
            );
        }
        server
    }

    /// Takes an entry.
    fn put(&mut self, bytes: &[u8]) -> Verdict {
        let entry = Entry::read(bytes, TABLES).unwrap();
        let (seq, received) = (self.kept.len() as u64 + 1, NOW + self.kept.len() as u64);
        self.kept.push((entry.log, entry.device, hash_of(bytes), Carried { seq, received, bytes: bytes.to_vec() }));
        Verdict::Accepted { seq, received }
    }

    fn find(&self, bytes: &[u8]) -> Option<Verdict> {
        let (.., carried) = self.kept.iter().find(|(.., carried)| carried.bytes == bytes)?;
        Some(Verdict::Duplicate { seq: carried.seq, received: carried.received })
    }

    /// Writes an entry of its own.
    fn say(&mut self, log: Log, table: &str, id: Uuid, set: &[(&str, Value)]) {
        let device = device_of(&self.key.verifying_key());
        let stamp = Stamp::new(NOW + self.kept.len() as u64, 0, device);
        let changes: Vec<Change> = set
            .iter()
            .map(|(field, value)| Change {
                table: table.into(),
                id,
                field: (*field).into(),
                value: value.clone(),
                stamp,
                seen: vec![],
            })
            .collect();
        let number = 1 + self.kept.iter().filter(|(l, by, ..)| *l == log && *by == device).count() as u64;
        let sealed = seal(&self.key, log, number, &changes, TABLES).unwrap();
        self.put(&sealed.bytes);
    }

    /// Makes the last entry one of a newer format; gives its name, and what it would have been in ours.
    fn newer(&mut self) -> (Hash, Vec<u8>) {
        let (.., hash, carried) = self.kept.last_mut().unwrap();
        let words = carried.bytes.clone();
        carried.bytes[0] += 1;
        *hash = hash_of(&carried.bytes);
        (*hash, words)
    }

    /// What is new for `device`, up to a number.
    fn part(&self, ask: &Ask, device: Id<Device>, upto: u64) -> Part {
        let before = ask.cursors.iter().find(|c| c.stream == COMMUNE).map_or(0, |c| c.seq);
        let mut chains: BTreeMap<Uuid, Chain> = BTreeMap::new();
        for (log, _, hash, carried) in self.kept.iter().filter(|(.., carried)| carried.seq <= upto) {
            let chain = chains.entry(log.id()).or_insert(NO_CHAIN);
            *chain = follow(chain, hash, carried.received);
        }
        let head = Head { epoch: 1, stream: COMMUNE, seq: upto, logs: chains.into_iter().collect() };
        let new = self.kept.iter().filter(|(_, by, _, c)| *by != device && c.seq > before && c.seq <= upto);
        Part {
            cursor: Cursor { stream: COMMUNE, seq: upto },
            entries: new.map(|(.., carried)| carried.clone()).collect(),
            signature: head.sign(&self.key),
            chains: ask.spell.then_some(head.logs),
        }
    }

    /// An honest answer to all that is asked.
    fn answer(&mut self, ask: &Ask, device: Id<Device>) -> Reply {
        let verdicts = ask.entries.iter().map(|bytes| self.find(bytes).unwrap_or_else(|| self.put(bytes))).collect();
        let part = self.part(ask, device, self.kept.len() as u64);
        Reply { parts: vec![part], verdicts, ..blank() }
    }
}

fn blank() -> Reply {
    let (verdicts, parts, backfill, filled) = (vec![], vec![], vec![], vec![]);
    Reply { epoch: 1, now: NOW, verdicts, parts, backfill, filled, scope: None, more: false, left: 0 }
}

fn book(server: &Server) -> Book {
    with(Connection::open_in_memory().unwrap(), server)
}

/// A book on disk, to be opened twice.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sotay-exchange-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }
    fn open(&self) -> Connection {
        Connection::open(self.0.join("book.db")).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn with(conn: Connection, server: &Server) -> Book {
    let book = Book::with(conn, &Keys { book: [1; 32], seed: [101; 32] }, TABLES).unwrap();
    book.put_fact("root", &server.key.verifying_key().to_bytes()).unwrap();
    book
}

fn everyone() -> Log {
    Log::of(CELL, Audience::Everyone)
}

fn place(book: &mut Book, words: &str) {
    set(book, words, NOW);
}

fn set(book: &mut Book, words: &str, now: u64) {
    let edit = Edit { table: &MEETINGS, id: MEETING, field: "place", value: words.into() };
    book.write(&everyone(), &[edit], now, Some(Step { of: MEETING, what: String::new() })).unwrap();
}

fn stands(book: &Book) -> Option<Value> {
    book.value(&MEETINGS, MEETING, "place").unwrap()
}

fn is_as_made_again(book: &mut Book) {
    let followed = book.dump().unwrap();
    book.remake().unwrap();
    assert_eq!(followed, book.dump().unwrap(), "the journal read again says the same");
}

fn ask(book: &mut Book) -> Ask {
    book.ask(usize::MAX, 1 << 20).unwrap()
}

/// One exchange; the history fits.
fn exchange(book: &mut Book, server: &mut Server) -> bool {
    let asked = ask(book);
    let reply = server.answer(&asked, book.device());
    let taken = book.take(&asked, &reply, NOW).unwrap();
    assert_eq!(taken.misfit, None, "an honest server's history fits");
    taken.more
}

#[test]
fn what_was_refused_is_offered_again_and_the_exchange_ends() {
    let mut server = Server::new();
    let mut book = book(&server);
    place(&mut book, "Nhà văn hóa");
    let asked = ask(&mut book);
    let reply = Reply { verdicts: vec![Verdict::Rejected { code: Refusal::Newer }], ..blank() };
    assert!(!book.take(&asked, &reply, NOW).unwrap().more, "asking again at once would be refused again");
    assert!(!book.has_waiting().unwrap(), "nor does it make the device ask every few seconds");
    assert_eq!(book.set_aside().unwrap().len(), 1);
    assert_eq!(stands(&book), Some("Nhà văn hóa".into()), "the words may yet be taken");
    place(&mut book, "Trụ sở");
    let asked = ask(&mut book);
    assert_eq!(asked.entries.len(), 2, "fresh words first, then those that were refused");
    let verdicts = vec![Verdict::Gap { expect: 1 }, Verdict::Rejected { code: Refusal::Newer }];
    assert!(!book.take(&asked, &Reply { verdicts, ..blank() }, NOW).unwrap().more);
    assert!(!book.has_waiting().unwrap());
    is_as_made_again(&mut book);
    assert!(!exchange(&mut book, &mut server), "once the server is newer all is taken");
    assert_eq!(server.kept.len(), 4);
    assert_eq!(book.set_aside().unwrap(), []);
}

#[test]
fn what_was_set_aside_does_not_count() {
    let mut server = Server::new();
    let mut book = book(&server);
    server.say(everyone(), "meeting", MEETING, &[("place", "Trụ sở".into())]);
    exchange(&mut book, &mut server);
    place(&mut book, "Nhà văn hóa");
    let asked = ask(&mut book);
    let reply = Reply { verdicts: vec![Verdict::Quarantined { code: Refusal::NotAllowed }], ..blank() };
    let taken = book.take(&asked, &reply, NOW).unwrap();
    assert_eq!(stands(&book), Some("Trụ sở".into()), "the author sees what everybody sees");
    assert!(taken.tables.contains("meeting"), "and the screens are told");
    is_as_made_again(&mut book);
    assert!(ask(&mut book).entries.is_empty(), "it is not sent again");
}

#[test]
fn an_answer_that_was_lost_is_no_misfit_however_few_entries_the_next_question_holds() {
    let mut server = Server::new();
    let mut book = book(&server);
    exchange(&mut book, &mut server);
    for words in ["Một", "Hai", "Ba"] {
        place(&mut book, words);
        ask(&mut book);
    }
    let asked = ask(&mut book);
    assert_eq!(asked.entries.len(), 3);
    server.answer(&asked, book.device());
    server.say(everyone(), "meeting", MEETING, &[("topic", "Chuyên đề".into())]);
    for left in (0..3).rev() {
        let asked = book.ask(1, 1 << 20).unwrap();
        let reply = server.answer(&asked, book.device());
        let taken = book.take(&asked, &reply, NOW).unwrap();
        assert_eq!((taken.misfit, taken.more), (None, left > 0), "{left} answers are still unknown");
    }
    server.say(everyone(), "meeting", MEETING, &[("topic", "Thường kỳ".into())]);
    exchange(&mut book, &mut server);
    is_as_made_again(&mut book);
}

#[test]
fn a_log_of_a_unit_never_heard_of_is_fetched_from_its_start() {
    let mut server = Server::new();
    let mut book = book(&server);
    server.say(Log::of(OTHER_CELL, Audience::Register), "unit", OTHER_CELL.uuid(), &[("level", "cell".into())]);
    let asked = ask(&mut book);
    let mut reply = server.answer(&asked, book.device());
    reply.parts[0].entries.retain(|carried| carried.seq < 3);
    book.take(&asked, &reply, NOW).unwrap();
    let asked = ask(&mut book);
    let gained = Log::of(OTHER_CELL, Audience::Register);
    let taken = book.take(&asked, &Reply { scope: Some(vec![gained]), ..blank() }, NOW).unwrap();
    assert!(taken.more);
    assert_eq!(ask(&mut book).backfill, [Backfill { log: gained.id(), after: 0, upto: 3 }]);
}

#[test]
fn a_cell_hung_under_another_commune_keeps_its_history() {
    let mut server = Server::new();
    let mut book = book(&server);
    exchange(&mut book, &mut server);
    server.say(Log::of(CELL, Audience::Register), "unit", CELL.uuid(), &[("above", OTHER_COMMUNE.into())]);
    exchange(&mut book, &mut server);
    server.say(Log::of(CELL, Audience::Register), "unit", CELL.uuid(), &[("code", Value::Nothing)]);
    exchange(&mut book, &mut server);
}

#[test]
fn an_entry_of_a_newer_format_waits_in_the_book() {
    let mut server = Server::new();
    let folder = Folder::new("newer");
    let mut device = with(folder.open(), &server);
    server.say(everyone(), "meeting", MEETING, &[("place", "Trụ sở".into())]);
    let (hash, words) = server.newer();
    exchange(&mut device, &mut server);
    assert_eq!(stands(&device), None, "a newer app may write what this one cannot read");
    // The update comes: what it can read is here as if the format were known now.
    let conn = device.close();
    assert_eq!(conn.execute("UPDATE entry SET bytes = ?1 WHERE hash = ?2", rusqlite::params![words, hash]).unwrap(), 1);
    drop(conn);
    let mut device = with(folder.open(), &server);
    assert_eq!(stands(&device), Some("Trụ sở".into()));
    server.say(everyone(), "meeting", MEETING, &[("place", "Nhà văn hóa".into())]);
    exchange(&mut device, &mut server);
}

// Planted: a stream with such an entry in it not checked (it was so) → caught.
#[test]
fn nobody_hides_a_changed_past_behind_an_entry_of_a_newer_format() {
    type Change = fn(&mut Server);
    let honest: Change = |_| ();
    let tampered: [Change; 4] = [
        // What is new is left out, or is dated back; so is the newer entry itself.
        |server| server.kept[3].2 = [1; 32],
        |server| server.kept[3].3.received -= 1,
        |server| server.kept[2].3.received -= 1,
        |server| server.kept[2].2 = [1; 32],
    ];
    for (change, fits) in tampered.into_iter().map(|change| (change, false)).chain([(honest, true)]) {
        let mut server = Server::new();
        let mut book = book(&server);
        server.say(everyone(), "meeting", MEETING, &[("place", "Trụ sở".into())]);
        server.newer();
        server.say(everyone(), "meeting", MEETING, &[("place", "Nhà văn hóa".into())]);
        // The server signs one history and hands out another.
        let asked = ask(&mut book);
        let reply = server.answer(&asked, book.device());
        change(&mut server);
        let signature = server.part(&asked, book.device(), 4).signature;
        let parts = vec![Part { signature, ..reply.parts[0].clone() }];
        let taken = book.take(&asked, &Reply { parts, ..reply }, NOW).unwrap();
        assert_eq!(taken.misfit.is_none(), fits);
        assert_eq!(stands(&book), Some("Nhà văn hóa".into()), "what can be read is read");
    }

    // What this app cannot even place, no app wrote.
    let mut server = Server::new();
    let mut book = book(&server);
    let asked = ask(&mut book);
    let mut reply = server.answer(&asked, book.device());
    reply.parts[0].entries[1].bytes = vec![2, 255, 255];
    assert_eq!(book.take(&asked, &reply, NOW).unwrap().misfit, Some(COMMUNE.uuid()));
}

#[test]
fn a_server_that_forgot_what_it_acknowledged_is_found_out() {
    let mut server = Server::new();
    let mut book = book(&server);
    place(&mut book, "Trụ sở");
    exchange(&mut book, &mut server);
    place(&mut book, "Nhà văn hóa");
    let asked = ask(&mut book);
    server.kept.truncate(2);
    let back = Reply { parts: vec![server.part(&Ask::default(), book.device(), 2)], ..blank() };
    let taken = book.take(&Ask { entries: vec![], ..asked.clone() }, &back, NOW).unwrap();
    assert_eq!(taken.misfit, Some(COMMUNE.uuid()), "it stands further back than it said");
    let reply = Reply { verdicts: vec![Verdict::Gap { expect: 1 }], ..blank() };
    let taken = book.take(&asked, &reply, NOW).unwrap();
    assert_eq!((taken.misfit, taken.more), (Some(CELL.uuid()), true), "and misses an entry it took");
    assert_eq!(ask(&mut book).entries.len(), 2, "which is offered again");
}

#[test]
fn a_clock_that_ran_ahead_is_put_right_by_the_servers() {
    let mut server = Server::new();
    let mut book = book(&server);
    set(&mut book, "Trụ sở", NOW + 2 * YEAR);
    exchange(&mut book, &mut server);
    set(&mut book, "Nhà văn hóa", NOW + 1000);
    let entry = Entry::read(&ask(&mut book).entries[0], TABLES).unwrap();
    assert!(entry.changes[0].stamp.millis() <= NOW + 2000, "the next word is of its own time");
    assert_eq!(stands(&book), Some("Nhà văn hóa".into()), "and is the last");
    exchange(&mut book, &mut server);
    assert_eq!(stands(&book), Some("Nhà văn hóa".into()));
    is_as_made_again(&mut book);
}

#[test]
fn a_stamp_at_the_end_of_time_does_not_freeze_a_field() {
    let mut server = Server::new();
    let mut device = book(&server);
    let keys = Keys { book: [2; 32], seed: [102; 32] };
    let hostile = Book::with(Connection::open_in_memory().unwrap(), &keys, TABLES).unwrap();
    let hex: String = hostile.key().verifying_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let register = Log::of(CELL, Audience::Register);
    server.say(register, "device", hostile.device().uuid(), &[("public_key", hex.into())]);
    let stamp = Stamp { tick: u64::MAX, ..Stamp::new(0, 0, hostile.device()) };
    let value = Value::from("Mãi mãi");
    let change = Change { table: "meeting".into(), id: MEETING, field: "place".into(), value, stamp, seen: vec![] };
    server.put(&seal(hostile.key(), everyone(), 1, &[change], TABLES).unwrap().bytes);
    exchange(&mut device, &mut server);
    assert_eq!(stands(&device), Some("Mãi mãi".into()));
    place(&mut device, "Trụ sở");
    assert_eq!(stands(&device), Some("Trụ sở".into()), "whoever writes over it has the last word");
    exchange(&mut device, &mut server);
    assert_eq!(stands(&device), Some("Trụ sở".into()));
}

#[test]
fn taking_back_a_step_leaves_what_others_wrote_since() {
    let mut server = Server::new();
    let mut book = book(&server);
    place(&mut book, "Trụ sở");
    place(&mut book, "Nhà văn hóa");
    exchange(&mut book, &mut server);
    server.say(everyone(), "meeting", MEETING, &[("place", "Đình làng".into())]);
    exchange(&mut book, &mut server);
    let before = book.others(&MEETINGS, MEETING, "place").unwrap();
    assert_eq!(before.len(), 1, "two wrote without having seen each other");
    assert!(book.undo(&everyone(), MEETING, NOW + 5000).unwrap());
    assert_eq!(book.others(&MEETINGS, MEETING, "place").unwrap(), before, "the question is still there");
}

#[test]
fn words_piled_up_in_a_field_do_not_stop_the_sending() {
    let server = Server::new();
    let folder = Folder::new("piled");
    let mut book = with(folder.open(), &server);
    let mut row = Row::blank(&MEETINGS);
    for count in 0..5000u64 {
        let stamp = Stamp { tick: (NOW << 16) - 5000 + count, device: u64::MAX - count };
        let value = Value::from(format!("{count}"));
        let change = Change { table: "meeting".into(), id: MEETING, field: "place".into(), value, stamp, seen: vec![] };
        row.take(&MEETINGS, &change, stamp);
    }
    place(&mut book, "x");
    let conn = book.close();
    conn.execute("UPDATE meeting SET _stamps = ?1", [row.stamps()]).unwrap();
    conn.execute("DELETE FROM draft", []).unwrap();
    drop(conn);
    let mut book = with(folder.open(), &server);
    for field in ["place", "topic"] {
        let edit = Edit { table: &MEETINGS, id: MEETING, field, value: "Trụ sở".into() };
        book.write(&everyone(), &[edit], NOW + 1, None).unwrap();
    }
    assert_eq!(book.ask(usize::MAX, 1 << 20).unwrap().entries.len(), 1);
    assert_eq!(stands(&book), Some("Trụ sở".into()));
}
