//! The power goes in the middle: what was acknowledged is there.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use serde_json::{Value as Json, json};

use crate::{
    phone::{LONG_PIN, Phone, program, row, unmarked},
    province::{Province, TODAY},
};

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
