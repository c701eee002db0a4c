//! A file that takes long keeps nothing else waiting: words go beside it, the book locks itself, the person pauses, and it goes
//! on from the byte that came last.

use std::thread;

use app::{Code, Keeper};
use serde_json::{Value as Json, json};

use crate::{
    files::{MIB, fetch, had, original, publish, text, word},
    phone::{Phone, is, marks},
    province::Province,
};

/// A document of the commune with an original of so many bytes, which the others have heard of.
fn published(commune: &Phone, others: &[&Phone], bytes: usize) -> Json {
    let folder = tempfile::tempdir().unwrap();
    let id = publish(commune, &word(folder.path(), bytes));
    commune.sync();
    others.iter().for_each(|phone| drop(phone.sync()));
    id
}

fn state(phone: &Phone) -> Json {
    phone.call("sync_state", json!({}))
}

// Planted: no word sent while files are carried → caught.
#[test]
fn a_roll_is_sent_and_the_book_locks_itself_while_twenty_megabytes_are_carried() {
    let province = Province::open();
    let [commune, secretary, deputy] = ["commune", "secretary", "deputy"].map(|role| Phone::of(&province, role));
    let id = published(&commune, &[&secretary], 20 * MIB);
    let (keeper, meeting) = (Keeper::default(), secretary.next_meeting());
    keeper.words(secretary.app());
    fetch(&secretary, &id);
    thread::scope(|scope| {
        let held = secretary.line.hold_after(5 * MIB);
        let carrying = scope.spawn(|| secretary.try_sync());
        held.waits();
        secretary.call("mark_rest", json!({ "meeting": meeting }));
        keeper.words(secretary.app());
        assert_ne!(state(&secretary)["waiting"], 0, "what is still being typed is not sent");
        secretary.later(4_000);
        keeper.words(secretary.app());
        let sent = state(&secretary);
        assert!(!carrying.is_finished(), "the file has still far to go");
        assert_eq!(
            (&sent["waiting"], &sent["network"]),
            (&json!(0), &json!("syncing")),
            "the roll was sent all the same"
        );
        assert!(sent["files"]["bytes_left"].as_u64().unwrap() > 10 * MIB as u64, "and the file goes on: {sent}");
        deputy.sync();
        assert_eq!(marks(&deputy.sheet(&meeting)), marks(&secretary.sheet(&meeting)), "whoever shares it has it");

        secretary.later(6 * 60_000);
        keeper.watch(secretary.app());
        assert_eq!(secretary.call("status", json!({}))["stage"], "locked", "nobody is there, so the book is shut");
        assert!(!carrying.is_finished());
        drop(held);
        is(&carrying.join().unwrap().unwrap_err(), Code::Locked, None);
    });
    secretary.unlock();
    let (came, size) = had(&secretary, &id);
    assert!(came > 4 * MIB as u64 && came < size, "what came is kept");
    assert_eq!(state(&secretary)["trouble"], Json::Null, "and nothing went wrong");
    let before = secretary.line.carried();
    keeper.words(secretary.app());
    keeper.files(secretary.app());
    assert_eq!(had(&secretary, &id), (size, size), "it goes on by itself once the book is open again");
    let again = secretary.line.carried() - before;
    assert!(again < size - came + size / 50, "from the byte that came last: {again} bytes for {}", size - came);
    assert_eq!(secretary.call("document", json!({ "id": id }))["seal"]["fits"], true);
}

// Planted: a pause heard only when a piece is whole → caught.
#[test]
fn a_file_is_paused_in_the_middle_of_a_piece_and_goes_on_from_the_byte() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let (id, keeper) = (published(&commune, &[&member], MIB), Keeper::default());
    fetch(&member, &id);
    let paused = thread::scope(|scope| {
        let held = member.line.hold_after(100_000);
        let carrying = scope.spawn(|| member.try_sync());
        held.waits();
        member.call("pause_sync", json!({ "paused": true }));
        drop(held);
        carrying.join().unwrap().unwrap()
    });
    assert_eq!((&paused["paused"], &paused["files"], &paused["trouble"]), (&json!(true), &Json::Null, &Json::Null));
    let (came, size) = had(&member, &id);
    assert!(came > 0 && came < 256 * 1024, "in the middle of the first piece: {came} bytes");
    keeper.files(member.app());
    assert_eq!(had(&member, &id).0, came, "paused it stays");
    let before = member.line.carried();
    member.call("pause_sync", json!({ "paused": false }));
    keeper.files(member.app());
    assert_eq!(had(&member, &id), (size, size), "and it goes on at once when it is let");
    let again = member.line.carried() - before;
    assert!(again < size - came + size / 50, "from the byte that came last: {again} bytes for {}", size - came);
}

// Planted: a piece that was thrown away meanwhile taken for a spoilt one → caught.
#[test]
fn a_file_thrown_away_while_it_comes_is_no_trouble() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let id = published(&commune, &[&member], MIB);
    fetch(&member, &id);
    thread::scope(|scope| {
        let held = member.line.hold_after(310_000);
        let carrying = scope.spawn(|| member.sync());
        held.waits();
        while had(&member, &id).0 <= 256 * 1024 {
            thread::yield_now();
        }
        member.call("drop_file", json!({ "file": original(&member, &id)["file"] }));
        drop(held);
        carrying.join().unwrap();
    });
    assert_eq!(had(&member, &id).0, 0, "it is not wanted any more");
}

/// Whether the document's text, and its original, still wait to be sent.
fn waits(phone: &Phone, id: &Json) -> (bool, bool) {
    let line = phone.call("document", json!({ "id": id }))["line"].clone();
    (line["body"]["waits"] == true, line["original"]["waits"] == true)
}

// Planted: all that is here given before anything is taken → caught.
#[test]
fn texts_go_before_originals_and_what_somebody_waits_for_before_the_rest() {
    let province = Province::open();
    let [commune, secretary] = ["commune", "secretary"].map(|role| Phone::of(&province, role));
    let asked = published(&commune, &[&secretary], 2 * MIB);
    let folder = tempfile::tempdir().unwrap();
    let other = publish(&commune, &word(folder.path(), MIB));
    commune.sync();
    let own = publish(&secretary, &word(folder.path(), 3 * MIB));
    assert_eq!(waits(&secretary, &own), (true, true));
    fetch(&secretary, &asked);
    secretary.call("set_storage", json!({ "fetched": "always", "most_mb": 500 }));
    thread::scope(|scope| {
        let held = secretary.line.hold_after(MIB);
        let carrying = scope.spawn(|| secretary.sync());
        held.waits();
        assert_eq!(waits(&secretary, &own), (false, true), "texts are given first");
        assert_eq!(text(&secretary, &other), 1, "then texts are taken");
        assert!(had(&secretary, &asked).0 > 0, "then comes what somebody waits for");
        assert_eq!(had(&secretary, &other).0, 0);
        held.until(7 * MIB / 2);
        held.waits();
        assert_eq!(had(&secretary, &asked).0, had(&secretary, &asked).1);
        assert_eq!(waits(&secretary, &own), (false, true), "then originals are given");
        assert_eq!(had(&secretary, &other).0, 0, "before those are taken that nobody asked for");
        drop(held);
        carrying.join().unwrap();
    });
    assert_eq!((waits(&secretary, &own), had(&secretary, &other).0), ((false, false), had(&secretary, &other).1));
}
