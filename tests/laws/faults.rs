//! All or nothing: an answer that cannot be taken in whole leaves cursor, chain, journal and tables as they were.

use domain::{Log, TABLES};
use store::Error;
use sync::{Head, Part, Reply, SigningKey};
use tests::{COMMUNE, Device, Province, name};

use crate::any;

/// Everything a book holds, row by row, whatever the table.
fn everything(device: &Device) -> Vec<String> {
    let conn = device.beside();
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .and_then(|mut all| all.query_map([], |row| row.get(0))?.collect())
        .expect("the schema reads");
    let mut lines = Vec::new();
    for table in tables {
        let mut statement = conn.prepare(&format!("SELECT * FROM \"{table}\"")).expect("the table is there");
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<rusqlite::Result<Vec<_>>>()
        });
        lines.extend(rows.expect("the table reads").map(|row| format!("{table} {:?}", row.expect("the row reads"))));
    }
    lines.sort();
    lines
}

/// A province with something to tell, and a device that has heard none of it and has something to say.
fn apart() -> (Province, Device) {
    let mut province = Province::default();
    let mut teller = Device::new(1);
    let mut hearer = Device::on_disk(2, TABLES);
    [&mut teller, &mut hearer].into_iter().for_each(|device| device.join(&mut province));
    hearer.set(any::table(5), name(900), "place", "Chưa gửi");
    hearer.sync(&mut province);
    for record in 0..300 {
        teller.set(any::table(5), name(record), "place", "Nhà văn hóa thôn Bắc, khu sinh hoạt cộng đồng");
    }
    teller.sync(&mut province);
    // By a clock two years ahead, which the answer pulls back.
    hearer.now += 2 * 365 * 24 * 3600 * 1000;
    hearer.set(any::table(5), name(901), "place", "Chờ gửi");
    (province, hearer)
}

// Planted: cursor and verdicts committed before the entries → caught.
#[test]
fn a_full_disk_leaves_nothing_half_taken() {
    let (mut province, mut device) = apart();
    let ask = device.book.ask(usize::MAX, device.room).expect("the book says what it has to say");
    let reply = province.answer(device.id(), ask.clone());
    let before = everything(&device);
    let mut refused = 0;
    let pages = device.pages();
    for more in 0.. {
        device = device.with_pages(pages + more);
        match device.book.take(&ask, &reply, device.now) {
            Err(Error::Full) => {
                refused += 1;
                assert_eq!(everything(&device), before, "with room for {more} pages nothing is half-taken");
            }
            Ok(taken) => {
                assert!(taken.entries > 0 && !taken.more, "with room it goes on as if nothing had been");
                break;
            }
            Err(other) => panic!("a full disk is called by its name: {other}"),
        }
    }
    assert!(refused > 3, "the disk was full at {refused} points");
}

// Planted: a tap that fails kept as far as it came → caught.
#[test]
fn a_full_disk_leaves_no_half_of_a_tap() {
    let mut device = Device::on_disk(2, TABLES);
    let words = "Nhà văn hóa ".repeat(16);
    let edits: Vec<store::Edit> = (0..60)
        .map(|record| store::Edit {
            table: any::table(5),
            id: name(record),
            field: "place",
            value: words.as_str().into(),
        })
        .collect();
    let (pages, before) = (device.pages(), everything(&device));
    let mut refused = 0;
    for more in 0.. {
        device = device.with_pages(pages + more);
        match device.book.write(&tests::home_of(any::table(5)), &edits, device.now, None) {
            Err(Error::Full) => {
                refused += 1;
                assert_eq!(everything(&device), before, "with room for {more} pages no tap is half-kept");
            }
            Ok(()) => break,
            Err(other) => panic!("a full disk is called by its name: {other}"),
        }
    }
    assert!(refused > 3, "the disk was full at {refused} points");
    assert_eq!(device.book.waiting().expect("the book reads").len(), 60, "with room every tap is kept");
}

// Planted: the tables made again in a commit of their own; the clock kept in one of its own → each caught.
#[test]
fn every_tap_and_every_answer_is_one_commit() {
    let (mut province, mut device) = apart();
    let before = device.commits();
    device.set(any::table(5), name(902), "place", "Một lần chạm");
    assert_eq!(device.commits() - before, 1, "a tap is one commit");
    let log = tests::home_of(any::table(5));
    let edits = [("place", "Hai"), ("topic", "Ba")].map(|(field, value)| store::Edit {
        table: any::table(5),
        id: name(903),
        field,
        value: value.into(),
    });
    device.write(&log, &edits, Some(store::Step { of: name(903), what: String::new() }));
    assert_eq!(device.commits() - before, 2, "however many fields it sets");
    device.book.undo(&log, name(903), device.now).expect("the book takes it back");
    assert_eq!(device.commits() - before, 3, "and so is taking it back");
    let ask = device.book.ask(usize::MAX, device.room).expect("the book says what it has to say");
    let reply = province.answer(device.id(), ask.clone());
    let before = device.commits();
    let taken = device.book.take(&ask, &reply, device.now).expect("the book takes the answer");
    assert!(taken.entries > 0, "it had something to tell");
    assert_eq!(device.commits() - before, 1, "verdicts, entries, cursors and tables together");
}

// Planted: the second log written by a commit of its own → caught.
#[test]
fn two_logs_that_are_written_together_are_one_commit() {
    let mut device = Device::on_disk(1, TABLES);
    let edits =
        |number| vec![store::Edit { table: any::table(5), id: name(number), field: "place", value: "Hai".into() }];
    device.set(any::table(5), name(1), "place", "Một lần chạm");
    let (before, now) = (device.commits(), device.now);
    let [one, other] = [tests::CELL, tests::OTHER_CELL].map(|unit| Log::of(unit, any::table(5).audience));
    let (here, there) = (edits(2), edits(3));
    device.book.write_all(&[(one, here), (other, there)], now).expect("the book takes both");
    assert_eq!(device.commits() - before, 1, "neither stands without the other");
    let home = |number| device.book.log_of(any::table(5), name(number)).expect("the book reads");
    assert_eq!([home(2), home(3)], [Some(one), Some(other)], "each in its own log");
}

// Planted: an entry's own signature not looked at → caught.
#[test]
fn a_server_cannot_put_words_into_anybodys_mouth() {
    let mut province = Province::default();
    let (mut teller, mut hearer) = (Device::new(1), Device::new(2));
    [&mut teller, &mut hearer].into_iter().for_each(|device| device.join(&mut province));
    teller.set(any::table(5), name(1), "place", "Nha van hoa");
    teller.sync(&mut province);
    province.forge("van", "tho");
    let taken = hearer.exchange(&mut province);
    assert!(taken.misfit.is_some(), "it is noticed");
    let place = hearer.book.value(any::table(5), name(1), "place").expect("the book reads");
    assert_eq!(place, None, "and not believed");
}

// Planted: the word made without the signatures, so that a past that was changed keeps it; the word kept by a device
// that found a history not to fit → each caught.
#[test]
fn who_hears_nothing_new_hears_nothing_until_the_past_is_changed() {
    let (mut province, mut device) = apart();
    device.sync(&mut province);
    let mut ask = || device.book.ask(usize::MAX, device.room).expect("the book says what it has to say");
    let (first, again) = (ask(), ask());
    assert_eq!(first, again);
    let reply = province.answer(device.id(), first.clone());
    assert!(first.known.is_some() && reply.parts.is_empty(), "its word still stands, and is not said again");
    let taken = device.book.take(&first, &reply, device.now).expect("the book takes the answer");
    assert_eq!((taken.misfit, taken.more), (None, false));
    province.forge("Ch", "Nh");
    for _ in 0..2 {
        let ask = device.book.ask(usize::MAX, device.room).expect("the book says what it has to say");
        let reply = province.answer(device.id(), ask.clone());
        let taken = device.book.take(&ask, &reply, device.now).expect("the book goes on");
        assert_eq!(taken.misfit, Some(COMMUNE.uuid()), "what it was silent about before, it is silent about no more");
    }
}

type Spoil = (&'static str, fn(&mut Reply));

/// What is new in the commune's stream.
fn told(reply: &mut Reply) -> &mut Part {
    reply.parts.iter_mut().find(|part| part.cursor.stream == COMMUNE).expect("the commune has something to tell")
}

const SPOILT: &[Spoil] = &[
    ("an entry dropped", |reply| drop(told(reply).entries.pop())),
    ("an entry altered", |reply| told(reply).entries[0].bytes[90] ^= 1),
    ("an entry backdated", |reply| told(reply).entries[0].received -= 1),
    ("another server's word for it", |reply| {
        let (epoch, part) = (reply.epoch, told(reply));
        let head = Head { epoch, stream: part.cursor.stream, seq: part.cursor.seq, logs: vec![] };
        part.signature = head.sign(&SigningKey::from_bytes(&[77; 32]));
    }),
    ("no word for it at all", |reply| told(reply).signature.clear()),
    ("nothing said of it", |reply| reply.parts.retain(|part| part.cursor.stream != COMMUNE)),
    ("words that nobody wrote", |reply| {
        let mut stranger = Device::new(3);
        stranger.set(any::table(5), name(1), "place", "Không ai viết");
        let forged = stranger.book.ask(usize::MAX, 0).expect("it says so").entries.remove(0);
        told(reply).entries[0].bytes = forged;
    }),
];

// Planted: the head's signature not looked at; the time received left out of the chain → each caught.
#[test]
fn what_a_server_changes_in_a_history_is_noticed() {
    let answered = |how: fn(&mut Reply)| {
        let (mut province, mut device) = apart();
        let ask = device.book.ask(usize::MAX, device.room).expect("the book says what it has to say");
        let mut reply = province.answer(device.id(), ask.clone());
        how(&mut reply);
        let taken = device.book.take(&ask, &reply, device.now).expect("the book goes on");
        (taken.misfit, device.book.value(any::table(5), name(1), "place").expect("the book reads"))
    };
    assert_eq!(answered(|_| {}).0, None, "an honest answer is not suspected");
    for (what, how) in SPOILT {
        let (misfit, place) = answered(*how);
        assert_eq!(misfit, Some(COMMUNE.uuid()), "{what} goes unnoticed");
        assert_ne!(place, Some("Không ai viết".into()), "{what} is not believed");
    }
}
