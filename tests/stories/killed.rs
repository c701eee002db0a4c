//! The power goes in the middle: what was acknowledged is there.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use serde_json::{Value as Json, json};

use app::Code;
use sync::Ledger;

use crate::{
    phone::{LONG_PIN, Phone, program, row, unmarked},
    province::{Province, TODAY},
};

/// How often the server, or a book, is killed; `DEATHS=1000` for longer.
pub fn deaths() -> usize {
    std::env::var("DEATHS").ok().and_then(|deaths| deaths.parse().ok()).unwrap_or(100)
}

/// A server in a process of its own, on a port of its own.
pub struct Served {
    pub process: std::process::Child,
    pub address: String,
}

impl Served {
    pub fn begin(data: &std::path::Path, listen: &str) -> Self {
        let mut process = Command::new(program("province"))
            .args(["serve", "--burst", "100000", "--per-second", "1000", "--listen", listen, "--data"])
            .arg(data)
            .env("RUST_LOG", "off")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let line = BufReader::new(process.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        Self { process, address: line.strip_prefix("listening on ").unwrap().to_owned() }
    }

    pub fn kill(mut self) {
        self.process.kill().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // A story that fails leaves no server behind.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

// Planted: a transaction left open after its answer → caught, by never ending.
#[test]
fn a_server_killed_under_load_keeps_what_it_acknowledged() {
    let province = Province::open();
    let phones = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = phones[0].next_meeting();
    let there = unmarked(&phones[0].sheet(&meeting));
    let folder = tempfile::tempdir().unwrap();
    crate::province::copy(province.data(), folder.path());
    let mut served = Served::begin(folder.path(), "127.0.0.1:0");
    let listen = served.address.trim_start_matches("http://").to_owned();
    phones.iter().for_each(|phone| phone.line.lead_to(&served.address));
    // A phone notes what it was told is there, and says so where the server does not have it any more: `sync` looks.
    let told = AtomicU32::new(0);
    let mut failed = 0;
    for death in 0..deaths() {
        let enough = told.load(Ordering::SeqCst) + death as u32 % 5 + 1;
        failed += std::thread::scope(|scope| {
            let writing: Vec<_> = phones
                .iter()
                .enumerate()
                .map(|(at, phone)| {
                    let (meeting, there, told) = (&meeting, &there, &told);
                    scope.spawn(move || {
                        for tap in 0.. {
                            let member = &there[(death * 5 + tap * 2 + at) % there.len()];
                            phone.mark(meeting, member, ["present", "late", "absent"][(death + tap) % 3]);
                            match phone.try_sync() {
                                Ok(state) => told.fetch_add(u32::from(state["waiting"] == 0), Ordering::SeqCst),
                                Err(trouble) => {
                                    assert!(matches!(trouble.code, Code::Offline | Code::ServerBusy), "{trouble:?}");
                                    return 1;
                                }
                            };
                        }
                        0
                    })
                })
                .collect();
            // As soon as something was acknowledged; where in the next exchange is the machine's own chance.
            while told.load(Ordering::SeqCst) < enough && writing.iter().any(|one| !one.is_finished()) {
                std::thread::yield_now();
            }
            served.kill();
            writing.into_iter().map(|one| one.join().unwrap()).sum::<usize>()
        });
        served = Served::begin(folder.path(), &listen);
    }
    for phone in phones.iter().chain(&phones) {
        phone.sync();
    }
    let [one, other] = phones.each_ref().map(|phone| phone.sheet(&meeting));
    assert_eq!(one["rows"], other["rows"], "{told:?} times told, {failed} times cut off: both have the same roll");
    assert!(failed >= deaths(), "it was killed while they spoke");
    served.kill();
    let mut ledger = server::Sqlite::open(folder.path()).unwrap();
    let aside = ledger.transaction(TODAY, |ledger| Ok(ledger.quarantined()?.len())).unwrap();
    assert_eq!(aside, 0, "nothing was taken for somebody else's");
    for phone in &phones {
        for hash in phone.acknowledged() {
            assert!(ledger.find(&hash).unwrap().is_some(), "what was acknowledged is there, once");
        }
    }
}

/// How often the process is killed; each time after another number of taps.
const DEATHS: usize = 8;

// Planted: a tap acknowledged before its commit → caught.
#[test]
fn killed_in_the_middle_of_attendance() {
    let province = Province::open();
    let mut secretary = Phone::of(&province, "secretary");
    let meeting = secretary.next_meeting();
    let there = unmarked(&secretary.sheet(&meeting));
    secretary.call("lock", json!({}));
    let mut acknowledged = 0;
    for death in 1..=DEATHS {
        let mut book = Command::new(program("book"))
            .args(["--home".as_ref(), secretary.home().as_os_str(), "run".as_ref()])
            .envs([("BOOK_PIN", LONG_PIN), ("BOOK_NOW", &(TODAY + death as u64).to_string())])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut taps = book.stdin.take().unwrap();
        // Each life marks every member in its own way, so that an old mark is not taken for a new one.
        let mark = ["present", "late", "absent", "absent_excused"][death % 4];
        for member in &there {
            let ask = json!({ "meeting": meeting, "member": member, "mark": mark, "reason": null });
            writeln!(taps, "mark {ask}").unwrap();
        }
        let mut answers = BufReader::new(book.stdout.take().unwrap()).lines();
        let heard = death * 3 % there.len() + 1;
        for member in &there[..heard] {
            let answer: Json = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
            assert_eq!(row(&answer, member)["mark"], mark, "the tap is acknowledged");
        }
        book.kill().unwrap();
        book.wait().unwrap();

        secretary.restart();
        secretary.unlock();
        let sheet = secretary.sheet(&meeting);
        for member in &there[..heard] {
            assert_eq!(row(&sheet, member)["mark"], mark, "death {death}: an acknowledged tap is there");
        }
        secretary.call("lock", json!({}));
        acknowledged += heard;
    }
    assert!(acknowledged > DEATHS * 3, "taps were acknowledged: {acknowledged}");
    secretary.restart();
    secretary.unlock();
    let mine = secretary.sheet(&meeting);
    secretary.sync();
    let deputy = Phone::of(&province, "deputy");
    assert_eq!(deputy.sheet(&meeting)["rows"], mine["rows"], "and all of it reaches the others");
}
