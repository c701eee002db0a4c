//! A book's process is killed in the middle of guesses at its PIN: the tries that are left never grow, and the tenth
//! destroys the secret.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value as Json, json};
use store::{Cost, FileKeystore, Locked, Vault};

use crate::{
    killed::deaths,
    phone::{LONG_PIN, program},
    province::TODAY,
    weak::seed,
};

/// A guess is over within this here, in microseconds; a death comes within it, or after.
const A_GUESS: u64 = 250_000;
/// So much work that a guess is far from over where a death in the middle of it comes, these many microseconds after it
/// was counted; and that whatever else follows the counting is.
const COST: Cost = Cost { kib: 48 * 1024, passes: 3 };
const IN_A_GUESS: std::ops::Range<u64> = 10_000..30_000;

/// A wrong PIN of the right length.
const WRONG: &str = "13572468";
/// Wrong tries until the end.
const LAST: u32 = 10;

fn vault(home: &Path) -> Vault {
    Vault::new(home, Box::new(FileKeystore::new(home)))
}

/// How many wrong tries are counted, and how long the next must wait after the last: seen by a clock that stands before
/// all of them, so that no wait is over.
fn counted(home: &Path) -> (u32, u64) {
    match vault(home).locked(0).unwrap() {
        Locked::Destroyed | Locked::Sealed { tries_left: 0, .. } => (LAST, 0),
        Locked::Sealed { tries_left, wait: 0, .. } => (LAST / 2 - tries_left, 0),
        Locked::Sealed { tries_left, wait, .. } => (LAST - tries_left, wait),
        Locked::Vacant => panic!("there is a book"),
    }
}

// Planted: a tenth try that was counted and not made gives an eleventh; a try counted after it is made →
// each caught.
#[test]
fn a_book_killed_at_random_between_wrong_pins_gives_no_try_back() {
    let seed = seed("killed_at_random");
    let mut chance = StdRng::seed_from_u64(seed);
    let original = tempfile::tempdir().unwrap();
    vault(original.path()).create(LONG_PIN, COST, &mut chance).unwrap();
    let (mut killed, mut heard, mut guessing, mut at_the_last) = (0, 0, 0, 0);
    while killed < deaths() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path();
        crate::province::copy(original.path(), home);
        let (mut now, mut wrong) = (TODAY / 1000, 0);
        let mut answered = 0;
        while wrong < LAST {
            let mut book = guess(home, now, WRONG);
            // At any point; or as soon as the try is counted, which is in the middle of the guess. The last always so.
            let in_the_guess = wrong == LAST - 1 || chance.random_ratio(1, 3);
            if in_the_guess {
                while counted(home).0 == wrong && book.try_wait().unwrap().is_none() {
                    thread::yield_now();
                }
                thread::sleep(Duration::from_micros(chance.random_range(IN_A_GUESS)));
            } else {
                thread::sleep(Duration::from_micros(chance.random_range(0..A_GUESS)));
            }
            let ended = book.try_wait().unwrap().is_some();
            let _ = book.kill();
            let said = book.wait_with_output().unwrap();
            let said: Option<Json> = serde_json::from_slice(&said.stderr).ok();
            killed += usize::from(!ended);
            answered += u32::from(said.is_some());
            let (count, wait) = counted(home);
            assert!((wrong..=wrong + 1).contains(&count), "{wrong} wrong tries, and then {count}");
            match &said {
                Some(said) => {
                    assert_eq!(count, wrong + 1, "a guess that was answered is counted: {said}");
                    let code = if count == LAST { "destroyed" } else { "wrong_pin" };
                    assert_eq!(said["code"], code);
                }
                None => guessing += usize::from(count > wrong),
            }
            at_the_last += usize::from(count == LAST && said.is_none());
            now += if count > wrong { wait } else { 0 };
            wrong = count;
        }
        heard += answered;
        assert!(answered <= LAST, "nobody guesses more often than ten times: {answered}");
        // Whether the tenth was answered or cut short, the right PIN comes too late, however long one waits.
        for later in [0, 9_999_999] {
            let said = guess(home, now + later, LONG_PIN).wait_with_output().unwrap();
            let said: Json = serde_json::from_slice(&said.stderr).unwrap_or_else(|_| panic!("it opened: {said:?}"));
            assert_eq!(said["code"], "destroyed");
        }
        assert!(!home.join("keystore").exists(), "the secret is gone from the disk");
    }
    println!("{killed} killed, {guessing} in the middle of a guess, {at_the_last} in the last; {heard} answers heard");
    assert!(guessing > deaths() / 5 && at_the_last > 0, "{guessing} guesses cut short, {at_the_last} last ones");
    assert!(heard > 0, "some live to say it");
}

fn guess(home: &Path, now: u64, pin: &str) -> Child {
    Command::new(program("book"))
        .args(["--home".as_ref(), home.as_os_str()])
        .args(["call", "unlock", &json!({ "pin": pin }).to_string()])
        .env("BOOK_NOW", (now * 1000).to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}
