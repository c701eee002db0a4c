//! One person's phone or computer: a book, a clock of its own, and a way to the province.

use std::path::Path;

use std::sync::Once;

use domain::{Id, Log, TABLES, Table, Value};
use store::{Book, Edit, Keys, Step, Taken};
use uuid::Uuid;

use crate::{Province, home_of};

/// The book's keys of the device with that number; the same every time.
pub fn keys(number: u8) -> Keys {
    Keys { book: [number; 32], seed: [number.wrapping_add(100); 32] }
}

/// Bytes of entries in one part of an answer: few, so that most answers have several.
const PART: usize = 1000;

/// SQLCipher sets itself up at the first key it is told, and threads that begin together have tripped over that, once in
/// many runs: the first one goes alone. An app opens its book by one thread.
fn set_up() {
    static FIRST: Once = Once::new();
    FIRST.call_once(|| {
        let conn = rusqlite::Connection::open_in_memory().expect("SQLite opens");
        conn.pragma_update(None, "key", "first").expect("a key is told");
    });
}

/// A phone.
pub struct Device {
    /// Its book.
    pub book: Book,
    /// Its own clock, milliseconds since 1970.
    pub now: u64,
    /// How many bytes of entries it takes in one answer.
    pub room: u32,
    number: u8,
    folder: Option<tempfile::TempDir>,
}

impl Device {
    /// A phone with an empty book, kept in memory.
    pub fn new(number: u8) -> Self {
        set_up();
        let conn = rusqlite::Connection::open_in_memory().expect("SQLite opens");
        let book = Book::with(conn, &keys(number), TABLES).expect("a new book opens");
        Self { book, now: 1_000_000, room: 1 << 20, number, folder: None }
    }

    /// A phone with an empty book on disk, of an app that knows `tables`.
    pub fn on_disk(number: u8, tables: &'static [Table]) -> Self {
        set_up();
        let folder = tempfile::tempdir().expect("a folder can be made");
        let book = Book::open(folder.path(), &keys(number), tables).expect("a new book opens");
        Self { book, now: 1_000_000, room: 1 << 20, number, folder: Some(folder) }
    }

    /// A phone with an empty book in `folder`, which outlives it, under `keys`.
    pub fn at(folder: &Path, keys: &Keys) -> Self {
        let book = Book::open(folder, keys, TABLES).expect("a new book opens");
        Self { book, now: 1_000_000, room: 1 << 20, number: 0, folder: None }
    }

    /// The same phone once its app knows `tables`.
    pub fn update(self, tables: &'static [Table]) -> Self {
        let Self { book, folder, number, .. } = self;
        drop(book);
        let folder = folder.expect("only a book on disk is opened again");
        let book = Book::open(folder.path(), &keys(number), tables).expect("the book opens again");
        Self { book, folder: Some(folder), ..self }
    }

    /// The same phone on a disk where its book may have `pages` pages and no more.
    pub fn with_pages(self, pages: u32) -> Self {
        let conn = self.book.close();
        conn.pragma_update(None, "max_page_count", pages).expect("a limit can be set");
        let book = Book::with(conn, &keys(self.number), TABLES).expect("the book opens again");
        Self { book, ..self }
    }

    /// How many pages the book has now.
    pub fn pages(&self) -> u32 {
        self.beside().pragma_query_value(None, "page_count", |row| row.get(0)).expect("the pages are counted")
    }

    /// A second connection to the book's file.
    pub fn beside(&self) -> rusqlite::Connection {
        let folder = self.folder.as_ref().expect("only a book on disk has a file");
        let conn = rusqlite::Connection::open(folder.path().join("book.db")).expect("the file opens");
        let key: String = keys(self.number).book.iter().map(|byte| format!("{byte:02x}")).collect();
        conn.pragma_update(None, "key", format!("x'{key}'")).expect("the key is said");
        conn
    }

    /// How many commits lie in the write-ahead log.
    pub fn commits(&self) -> usize {
        let folder = self.folder.as_ref().expect("only a book on disk has a log");
        let bytes = std::fs::read(folder.path().join("book.db-wal")).expect("the log reads");
        // A head of 32 bytes with the page's size at 8 and the salt at 16; then frames, each a head of 24 bytes and
        // a page. The frame that ends a commit says how long the file then is.
        let word = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
        let frame = 24 + word(8) as usize;
        let frames = (32..).step_by(frame).take_while(|at| at + frame <= bytes.len());
        frames.filter(|at| word(at + 8) == word(16) && word(at + 4) > 0).count()
    }

    /// What the device is called on the wire.
    pub fn id(&self) -> Id<domain::Device> {
        self.book.device()
    }

    /// Joins: the province knows its key, and it knows the province's.
    pub fn join(&mut self, province: &mut Province) {
        province.let_in(self);
        let root = province.key.verifying_key().to_bytes();
        self.book.put_fact("root", &root).expect("the root key is kept");
    }

    /// Sets one field, in the log where records of its kind live.
    pub fn set(&mut self, table: &'static Table, id: Uuid, field: &'static str, value: impl Into<Value>) {
        self.write(&home_of(table), &[Edit { table, id, field, value: value.into() }], None);
    }

    /// Writes in one commit.
    pub fn write(&mut self, log: &Log, edits: &[Edit], step: Option<Step>) {
        self.book.write(log, edits, self.now, step).expect("the book takes the edits");
    }

    /// Exchanges until neither side has anything left to say.
    pub fn sync(&mut self, province: &mut Province) {
        for _ in 0..1000 {
            let taken = self.exchange(province);
            assert_eq!(taken.misfit, None, "an honest province's history fits");
            if !taken.more {
                return;
            }
        }
        panic!("the exchange never ends");
    }

    /// One question and one answer, as bytes, in parts of a few entries.
    pub fn exchange(&mut self, province: &mut Province) -> Taken {
        let mut ask = self.book.ask(usize::MAX, self.room).expect("the book says what it has to say");
        let heard = sync::unpack(&sync::pack(&ask).expect("a question packs")).expect("a question unpacks");
        let parts = province.answer(self.id(), heard).in_parts(PART);
        let packed = sync::pack_all(&parts).expect("an answer packs");
        let mut parts = sync::Messages::new(packed.as_slice()).expect("an answer begins");
        let mut all = Taken::default();
        while let Some(reply) = parts.read().expect("an answer unpacks") {
            let taken = self.book.take(&ask, &reply, self.now).expect("the book takes the answer");
            all.tables.extend(taken.tables);
            all.entries += taken.entries;
            all = Taken { more: taken.more, left: taken.left, misfit: taken.misfit.or(all.misfit), ..all };
            match ask.then(&reply) {
                Some(next) => ask = next,
                None => break,
            }
        }
        all
    }
}
