//! A book's process is killed at any point of its work.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};
use serde_json::{Value as Json, json};

use crate::{
    killed::deaths,
    phone::{LONG_PIN, Phone, marks, program, row, unmarked},
    province::{Province, TODAY},
    weak::seed,
};

/// Marks in one life of the book, and how many of them it sends.
const TAPS: usize = 12;
const SENT_AFTER: usize = 3;
/// No line of the book's work takes longer than this here; a death comes within it.
const A_LINE: u64 = 12_000;
/// Nor does it take longer than this to be open.
const OPENING: u64 = 120_000;

/// What a life was told to do: a member to mark, or to send.
enum Deed {
    Mark(Json),
    Send,
}

/// One life of a book, cut short.
struct Life {
    book: Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Life {
    fn begin(home: &Path, now: u64, words: &str) -> Self {
        let mut book = Command::new(program("book"))
            .args(["--home".as_ref(), home.as_os_str(), "run".as_ref()])
            .envs([("BOOK_PIN", LONG_PIN), ("BOOK_NOW", &now.to_string())])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        book.stdin.take().unwrap().write_all(words.as_bytes()).unwrap();
        let answers = BufReader::new(book.stdout.take().unwrap());
        Self { book, answers }
    }

    /// The next answer, if it was said to its end.
    fn hear(&mut self) -> Option<Json> {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.ends_with('\n').then(|| serde_json::from_str(&line).unwrap())
    }

    /// `kill -9`, and all that it still said.
    fn end(mut self) -> Vec<Json> {
        self.book.kill().unwrap();
        self.book.wait().unwrap();
        std::iter::from_fn(|| self.hear()).collect()
    }
}

// Planted: what was sent taken for acknowledged, which the last sync shows; a tap answered before its commit → each caught.
#[test]
fn a_book_killed_at_random_keeps_what_it_said() {
    let seed = seed("killed_at_random");
    let mut chance = StdRng::seed_from_u64(seed);
    let province = Province::open();
    let [mut secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    let mut there = unmarked(&secretary.sheet(&meeting));
    secretary.call("lock", json!({}));
    // What each member's mark was when the last life began, and what that life was heard to have done.
    let mut before: Vec<(Json, Json)> = Vec::new();
    let mut heard: Vec<(Json, Json, bool)> = Vec::new();
    let (mut early, mut in_opening, mut taps, mut sent) = (false, 0, 0, 0);
    for death in 0..deaths() {
        let mark = ["present", "late", "absent", "absent_excused"][death % 4];
        there.shuffle(&mut chance);
        let mut deeds: Vec<Deed> = there[..TAPS].iter().cloned().map(Deed::Mark).collect();
        for at in (SENT_AFTER..TAPS).step_by(SENT_AFTER + 1) {
            deeds.insert(at, Deed::Send);
        }
        let look = format!("attendance {}\n", json!({ "meeting": meeting }));
        let said = deeds.iter().map(|deed| match deed {
            Deed::Mark(member) => {
                format!("mark {}\n", json!({ "meeting": meeting, "member": member, "mark": mark, "reason": null }))
            }
            Deed::Send => "sync {}\n".to_owned(),
        });
        let words: String = std::iter::once(look).chain(said).collect();
        let mut life = Life::begin(secretary.home(), TODAY + death as u64 * 1000, &words);
        // A try at the PIN is counted before it is made, so that two deaths there in a row are two wrong tries.
        early = !early && chance.random_ratio(1, 8);
        let mut answers = Vec::new();
        if early {
            in_opening += 1;
            thread::sleep(Duration::from_micros(chance.random_range(0..OPENING)));
        } else {
            let enough = chance.random_range(1..=1 + deeds.len());
            answers.extend((0..enough).map(|_| life.hear().expect("it opens, and goes on")));
            thread::sleep(Duration::from_micros(chance.random_range(0..A_LINE)));
        }
        answers.extend(life.end());
        let mut answers = answers.into_iter();
        // How it found the roll is the first that it says: before that it did nothing.
        let Some(sheet) = answers.next() else { continue };
        check(&sheet, &before, &heard);
        before = marks(&sheet);
        heard.clear();
        let answers: Vec<Json> = answers.collect();
        let mut there_too = 0;
        for (deed, answer) in deeds.iter().zip(&answers) {
            assert_eq!(answer["trouble"], Json::Null, "death {death}: {answer}");
            match deed {
                Deed::Mark(member) => heard.push((member.clone(), mark.into(), true)),
                Deed::Send => {
                    assert_eq!(answer["waiting"], 0, "death {death}: it sent all that it had");
                    there_too = heard.len();
                    sent += 1;
                }
            }
        }
        taps += answers.len();
        // What the life was not heard to have done it may have done all the same.
        for deed in deeds.iter().skip(answers.len()) {
            if let Deed::Mark(member) = deed {
                heard.push((member.clone(), mark.into(), false));
            }
        }
        if there_too > 0 {
            deputy.sync();
            let sheet = deputy.sheet(&meeting);
            // Of this life; and of those before it, what this one found and did not touch.
            let this = heard[..there_too].iter().map(|(member, mark, _)| (member, mark));
            let found = before.iter().filter(|(member, _)| heard.iter().all(|(touched, ..)| touched != member));
            for (member, mark) in this.chain(found.map(|(member, mark)| (member, mark))) {
                assert_eq!(row(&sheet, member)["mark"], *mark, "death {death}: what it said was sent is there");
            }
        }
    }
    println!("{taps} answers heard, {sent} of them of sending; {in_opening} deaths before it was open");
    // One death in eight comes before the book is open: of few deaths it may be none.
    let opening = in_opening > 0 || deaths() < 100;
    assert!(taps > deaths() && sent > deaths() / 4 && opening, "it worked while it lived");
    secretary.restart();
    secretary.unlock();
    check(&secretary.sheet(&meeting), &before, &heard);
    secretary.sync();
    deputy.sync();
    assert_eq!(secretary.sheet(&meeting)["rows"], deputy.sheet(&meeting)["rows"], "in the end both have all of it");
    assert_eq!(province.admin(|ledger, _| ledger.quarantined().unwrap().len()), 0, "and nothing twice");
}

/// What was heard is there; what was not heard is there or is as it was; and nothing else has changed.
fn check(sheet: &Json, before: &[(Json, Json)], heard: &[(Json, Json, bool)]) {
    for (member, was) in before {
        let stands = row(sheet, member);
        match heard.iter().find(|(marked, ..)| marked == member) {
            Some((_, mark, true)) => assert_eq!(stands["mark"], *mark, "a tap that was acknowledged is there"),
            Some((_, mark, false)) => {
                assert!([mark, was].contains(&&stands["mark"]), "{mark} or as before, {was}: {stands}");
            }
            None => assert_eq!(stands["mark"], *was, "nobody touched it"),
        }
        assert_eq!(stands["other"], json!([]), "there is one writer");
    }
}
