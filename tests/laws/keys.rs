//! The keys of a book: tries are counted before they are made and never come back, and files alone open nothing.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use domain::TABLES;
use rand::{SeedableRng, rngs::StdRng};
use store::{Book, Cost, Error, FileKeystore, Keys, Locked, Refused, Step, Vault};
use tempfile::TempDir;
use tests::{home_of, name};

use crate::any;

const PIN: &str = "24681357";
const WRONG: &str = "13572468";

struct Home(TempDir);

impl Home {
    fn new() -> (Self, Keys) {
        Self::costing(Cost::FLOOR)
    }
    fn costing(cost: Cost) -> (Self, Keys) {
        let home = Self(tempfile::tempdir().expect("a folder can be made"));
        let keys = home.vault().create(PIN, cost, &mut chance()).expect("a vault is made");
        (home, keys)
    }
    fn book(&self) -> PathBuf {
        self.0.path().join("book")
    }
    fn vault(&self) -> Vault {
        Vault::new(&self.book(), Box::new(FileKeystore::new(self.0.path())))
    }
    /// Tries left before something happens, and seconds to wait.
    fn left(&self, now: u64) -> (u32, u64) {
        match self.vault().locked(now).expect("the vault says") {
            Locked::Sealed { tries_left, wait, .. } => (tries_left, wait),
            other => panic!("it is sealed, not {other:?}"),
        }
    }
    fn open(&self, pin: &str, now: u64) -> Result<Keys, Refused> {
        self.vault().open(pin, now)
    }
    fn files(&self) -> Vec<PathBuf> {
        let inside = |folder: &Path| -> Vec<PathBuf> {
            fs::read_dir(folder).expect("the folder reads").map(|file| file.expect("a file").path()).collect()
        };
        [inside(self.0.path()), inside(&self.book())].concat().into_iter().filter(|path| path.is_file()).collect()
    }
}

fn chance() -> StdRng {
    StdRng::seed_from_u64(1)
}

// Planted: the try counted after it is made → caught.
#[test]
fn a_try_is_on_the_disk_before_it_is_made() {
    let (home, _) = Home::costing(Cost { kib: 128 * 1024, passes: 8 });
    let vault = home.vault();
    let begun = Instant::now();
    let (counted, made) = std::thread::scope(|scope| {
        let trying = scope.spawn(|| {
            let refused = vault.open(WRONG, 1000);
            assert!(matches!(refused, Err(Refused::WrongPin(_))));
            begun.elapsed()
        });
        while home.left(1000).0 == 5 {
            std::thread::yield_now();
        }
        (begun.elapsed(), trying.join().expect("the try ends"))
    });
    assert!(counted < made / 2, "a power cut during the guess finds it counted: {counted:?} of {made:?}");
    assert_eq!(home.left(1000).0, 4, "it is counted once");
}

// Planted: a wait one try late; a wait that holds nobody back; a tenth that destroys nothing → each caught.
#[test]
fn wrong_pins_wait_longer_and_the_tenth_destroys() {
    let (home, _) = Home::new();
    let mut now = 1000;
    for (tries, wait) in [(4, 0), (3, 0), (2, 0), (1, 0), (5, 30), (4, 300), (3, 1800), (2, 7200), (1, 7200)] {
        assert!(matches!(home.open(WRONG, now), Err(Refused::WrongPin(_))), "not the PIN");
        assert_eq!(home.left(now), (tries, wait), "tries left, and seconds to wait");
        if wait > 0 {
            assert!(matches!(home.open(PIN, now + wait - 1), Err(Refused::Wait(_))), "even the right one waits");
            assert_eq!(home.left(now), (tries, wait), "which is no try");
        }
        now += wait;
    }
    assert!(matches!(home.open(WRONG, now), Err(Refused::Destroyed)), "the tenth destroys the secret");
    assert!(!home.0.path().join("keystore").exists(), "the secret is gone from the disk");
    assert!(matches!(home.open(PIN, now + 9999), Err(Refused::Destroyed)), "for ever");
    assert_eq!(home.vault().locked(now).expect("the vault says"), Locked::Destroyed);
}

// Planted: a counter that is gone taken for none; the right PIN leaves the count → each caught.
#[test]
fn only_the_right_pin_gives_tries_back() {
    let (home, keys) = Home::new();
    for _ in 0..4 {
        assert!(home.open(WRONG, 1000).is_err());
    }
    assert_eq!(home.left(9_999_999).0, 1, "time alone gives none back");
    assert_eq!(home.open(PIN, 1000).expect("the right PIN").book, keys.book, "the same keys come out");
    assert_eq!(home.left(1000), (5, 0), "now they are back");
    assert!(home.open(WRONG, 1000).is_err());
    fs::remove_file(home.0.path().join("tries")).expect("somebody removes the counter");
    assert_eq!(home.left(1000).0, 1, "a counter that is gone counts as used up, but for one");
    fs::write(home.0.path().join("tries"), b"").expect("somebody empties the counter");
    assert_eq!(home.left(1000).0, 1, "and so does one that cannot be read");
}

// Planted: the wait measured as the distance between two clocks → caught.
#[test]
fn a_clock_set_back_does_not_shorten_a_wait() {
    let (home, _) = Home::new();
    for _ in 0..5 {
        assert!(home.open(WRONG, 10_000).is_err());
    }
    for (now, wait) in [(0, 30), (9_999, 30), (10_000, 30), (10_029, 1), (10_030, 0)] {
        assert_eq!(home.left(now).1, wait, "the clock says {now}");
    }
    assert!(matches!(home.open(PIN, 0), Err(Refused::Wait(_))));
    home.open(PIN, 10_030).expect("after the wait the right PIN opens");
}

// Planted: one slot only; a torn slot taken for an empty place; the old PIN's slot left → each caught.
#[test]
fn a_torn_write_of_the_keys_leaves_the_other_slot() {
    let (home, keys) = Home::new();
    let old = fs::read(home.book().join("keys.a")).expect("the first slot is there");
    home.vault().change(&keys, "86427531", &mut chance()).expect("the PIN changes");
    assert!(matches!(home.open(PIN, 0), Err(Refused::WrongPin(_))), "the old PIN is no PIN any more");
    assert!(!home.book().join("keys.a").exists(), "nor do the keys lie about that it opened");
    assert_eq!(home.open("86427531", 0).expect("the new PIN opens").seed, keys.seed);
    let new = fs::read(home.book().join("keys.b")).expect("the second slot is there");
    for cut in [0, 1, new.len() / 2, new.len() - 1] {
        fs::write(home.book().join("keys.a"), &old).expect("the power goes before the old slot is removed");
        fs::write(home.book().join("keys.b"), &new[..cut]).expect("and tears the new one");
        assert_eq!(home.open(PIN, 0).expect("the old slot still opens").book, keys.book, "cut after {cut} bytes");
    }
    fs::write(home.book().join("keys.a"), b"").expect("both are torn");
    assert!(matches!(home.vault().locked(0), Err(Error::Broken)), "that is a broken book, not an empty place");
}

// Planted: the floor not looked at; the ceiling not looked at → each caught.
#[test]
fn keys_sealed_too_cheaply_or_too_dearly_are_refused() {
    let dear = Cost { kib: Cost::CEILING.kib + 1, passes: 2 };
    for cost in [Cost { kib: 19 * 1024 - 1, passes: 3 }, Cost { kib: 32 * 1024, passes: 1 }, dear] {
        let (home, _) = Home::costing(cost);
        assert!(matches!(home.open(PIN, 0), Err(Refused::Book(Error::Broken))), "{cost:?} is no usual one");
    }
}

// Planted: the secret left out of the sealing key; the book opened without a key → each caught.
#[test]
fn copied_files_open_nothing_without_the_keystore() {
    let (home, keys) = Home::new();
    let thief = Home(tempfile::tempdir().expect("a folder can be made"));
    fs::create_dir_all(thief.book()).expect("a folder can be made");
    drop(Book::open(&home.book(), &keys, TABLES).expect("a new book opens"));
    for file in ["keys.a", "book.db"] {
        fs::copy(home.book().join(file), thief.book().join(file)).expect("the file is copied");
    }
    assert!(matches!(thief.open(PIN, 0), Err(Refused::Destroyed)), "no secret, no keys");
    fs::write(thief.0.path().join("keystore"), [7; 32]).expect("another device's secret");
    assert!(matches!(thief.open(PIN, 9999), Err(Refused::Destroyed)), "the right PIN over the wrong secret: one try");
    let guessed = Book::open(&thief.book(), &tests::keys(1), TABLES);
    assert!(matches!(guessed, Err(Error::Broken)), "and the book itself needs its key");
}

// Planted: the book opened without a key; the label kept plain → each caught.
#[test]
fn no_file_of_the_home_folder_holds_a_word_in_the_clear() {
    const CANARY: &str = "Hoàng Yến Trong Mỏ Than";
    let (home, keys) = Home::new();
    home.vault().put_label(CANARY, &mut chance()).expect("a label is kept");
    let mut book = Book::open(&home.book(), &keys, TABLES).expect("a new book opens");
    book.put_fact("canary", &CANARY).expect("a fact is kept");
    for (number, table) in TABLES.iter().enumerate() {
        let words = table.fields.iter().filter(|field| field.kind == domain::Kind::Text);
        let edits: Vec<store::Edit> = words
            .map(|field| store::Edit { table, id: name(number as u32), field: field.name, value: CANARY.into() })
            .collect();
        let step = Some(Step { of: name(1), what: CANARY.into() });
        book.write(&home_of(table), &edits, 1000, step).expect("the book takes the edits");
    }
    book.ask(usize::MAX, 0).expect("drafts are sealed into entries");
    book.write(
        &home_of(any::table(5)),
        &[store::Edit { table: any::table(5), id: name(77), field: "place", value: CANARY.into() }],
        1000,
        None,
    )
    .expect("and one more lies open");
    assert!(book.dump().expect("dumps").concat().contains(CANARY), "the book holds it");
    let utf16: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let look = |when: &str| {
        let files = home.files();
        assert!(files.len() >= 5, "keystore, keys, tries, label, book: {files:?}");
        for path in files {
            let bytes = fs::read(&path).expect("the file reads");
            for spelt in [CANARY.as_bytes(), "Mỏ Than".as_bytes(), &utf16, PIN.as_bytes(), &keys.book, &keys.seed] {
                let found = bytes.windows(spelt.len()).any(|window| window == spelt);
                assert!(!found, "{} holds it in the clear, {when}", path.display());
            }
        }
    };
    look("while the book is open");
    drop(book);
    look("once it is closed");
    assert_eq!(home.vault().label().as_deref(), Some(CANARY), "its holder sees it");
}

// Planted: files that everybody reads → caught.
#[cfg(unix)]
#[test]
fn only_their_owner_reads_the_keys() {
    use std::os::unix::fs::PermissionsExt;
    let (home, _) = Home::new();
    for path in home.files() {
        let mode = fs::metadata(&path).expect("the file is there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} is for its owner alone", path.display());
    }
}

// Planted: the label left → caught.
#[test]
fn forgetting_clears_every_file_away() {
    let (home, keys) = Home::new();
    home.vault().put_label("Chi bộ thôn Bắc", &mut chance()).expect("a label is kept");
    drop(Book::open(&home.book(), &keys, TABLES).expect("a new book opens"));
    home.vault().forget().expect("it is cleared away");
    assert_eq!(home.files(), Vec::<PathBuf>::new(), "nothing is left");
    assert_eq!(home.vault().locked(0).expect("the vault says"), Locked::Vacant, "a new code can be used");
}
