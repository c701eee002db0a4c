//! Files travel in pieces, texts first: from the byte at which the line broke, held against their names, and only to whom a
//! record that names them may be read by.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value as Json, json};

use crate::{phone::Phone, province::Province, weak::Weak};

pub const MIB: usize = 1024 * 1024;

/// A Word file with a picture of so many bytes in it.
pub fn word(folder: &Path, bytes: usize) -> PathBuf {
    let path = folder.join("Nghị quyết.docx");
    fs::write(&path, tests::word(bytes)).unwrap();
    path
}

/// Publishes it for the whole commune.
pub fn publish(commune: &Phone, original: &Path) -> Json {
    let unit = commune.call("publishing", json!({}))["audiences"][0]["unit"].clone();
    let facts = json!({
        "form": "Nghị quyết", "number": "12-NQ/ĐU", "issued_on": "2026-11-05", "issuer": "Đảng ủy xã", "title": "Công tác"
    });
    // To each file a text of its own.
    let said = format!("Chi bộ họp đủ {} đồng chí. ", fs::metadata(original).unwrap().len()).repeat(99);
    let ask = json!({
        "units": [unit], "facts": facts, "blocks": [{ "kind": "paragraph", "lead": null, "text": said }],
        "original": original, "unmarked": true, "must_confirm": false, "shown_from": "2026-11-01"
    });
    commune.call("publish_document", ask)[0]["id"].clone()
}

pub fn original(phone: &Phone, id: &Json) -> Json {
    phone.call("document", json!({ "id": id }))["line"]["original"].clone()
}

pub fn had(phone: &Phone, id: &Json) -> (u64, u64) {
    let original = original(phone, id);
    (original["had"].as_u64().unwrap(), original["size"].as_u64().unwrap())
}

pub fn text(phone: &Phone, id: &Json) -> usize {
    phone.call("document", json!({ "id": id }))["blocks"].as_array().map_or(0, Vec::len)
}

pub fn fetch(phone: &Phone, id: &Json) -> Json {
    phone.call("fetch_file", json!({ "file": original(phone, id)["file"] }))
}

/// Keeps at most so many megabytes of files.
fn room(phone: &Phone, most_mb: u32) {
    phone.call("set_storage", json!({ "fetched": "ask", "most_mb": most_mb }));
}

#[test]
fn a_text_comes_by_itself_and_its_original_when_it_is_asked_for() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    let id = publish(&commune, &word(folder.path(), MIB));
    let file = original(&commune, &id)["file"].clone();
    assert_eq!(original(&commune, &id)["waits"], true);
    let trouble = commune.trouble("drop_file", json!({ "file": file }));
    assert_eq!(trouble.faults[0].why, "not_sent", "the only copy there is");
    room(&commune, 0);
    commune.sync();
    assert_eq!(had(&commune, &id).0, 0, "once it was sent it may go where room is short");
    assert_eq!(text(&commune, &id), 1, "its text stays");

    member.sync();
    assert_eq!(text(&member, &id), 1, "a text comes by itself");
    assert_eq!(had(&member, &id).0, 0, "and its original does not");
    member.line.down();
    assert_eq!(fetch(&member, &id)["asked"], true, "asked for without a network");
    member.line.up();
    member.sync();
    let (came, size) = had(&member, &id);
    assert_eq!(came, size, "and it comes with the next exchange");
    assert_eq!(member.call("document", json!({ "id": id }))["seal"]["fits"], true);
    assert_eq!(member.call("storage", json!({}))["originals"], json!(size));

    let written = member.call("write_original", json!({ "document": id, "folder": folder.path() }));
    let written = fs::read(written["path"].as_str().unwrap()).unwrap();
    assert_eq!(written, fs::read(folder.path().join("Nghị quyết.docx")).unwrap(), "as it was published");

    member.call("drop_file", json!({ "file": file }));
    member.sync();
    assert_eq!(had(&member, &id).0, 0, "thrown away it stays away");
    fetch(&member, &id);
    member.sync();
    assert_eq!(had(&member, &id).0, size, "until it is asked for again");
    room(&member, 0);
    member.sync();
    assert_eq!((had(&member, &id).0, text(&member, &id)), (0, 1), "an original goes where room is short, a text stays");
    assert_eq!(member.trouble("fetch_file", json!({ "file": "00".repeat(32) })).code, app::Code::NotFound);
    assert_eq!(member.trouble("fetch_file", json!({ "file": "é" })).code, app::Code::NotFound);
}

#[test]
fn a_piece_that_is_not_what_it_is_named_by_is_not_kept() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    let id = publish(&commune, &word(folder.path(), MIB / 2));
    commune.sync();
    member.sync();
    let spoil = || {
        for shelf in fs::read_dir(province.data().join("pieces")).unwrap() {
            for piece in fs::read_dir(shelf.unwrap().path()).unwrap() {
                let path = piece.unwrap().path();
                let mut bytes = fs::read(&path).unwrap();
                *bytes.last_mut().unwrap() ^= 1;
                fs::write(path, bytes).unwrap();
            }
        }
    };
    spoil();
    fetch(&member, &id);
    assert_eq!(member.try_sync().unwrap_err().code, app::Code::BadServer);
    let (came, size) = had(&member, &id);
    assert!(came < size, "what was altered is not kept");
    spoil();
    member.sync();
    assert_eq!(had(&member, &id), (size, size), "the true one is");
}

/// Sends and receives over a line that breaks again and again, until `done`.
fn on_and_on(phone: &Phone, done: impl Fn() -> bool) {
    for _ in 0..1000 {
        let _ = phone.try_sync();
        if done() {
            return;
        }
    }
    panic!("it never comes");
}

/// Carries 20 MB there and back over lines of so many bytes a second, each cut 50 times, and says how much more than the file
/// that took.
fn carried_over_a_line_that_is_cut(there: u64, back: u64) {
    let [there, back] = [there, back].map(|rate| Arc::new(Weak::wide(rate)));
    let province = Province::over_tls();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    let id = publish(&commune, &word(folder.path(), 20 * MIB));
    let size = had(&commune, &id).1;
    let each = size as usize / 51;
    commune.line.weak(&there);
    commune.line.cut_every(each);
    let before = commune.line.asked();
    on_and_on(&commune, || original(&commune, &id)["waits"] == false);
    let (up, cut) = (commune.line.asked() - before, commune.line.cuts());
    println!("given: {cut} cuts, {} bytes beside {size}", up as i64 - size as i64);
    assert!(cut >= 50 && up < size + size / 50, "at most 2 % more than the file, whatever is counted");

    member.sync();
    fetch(&member, &id);
    member.line.weak(&back);
    member.line.cut_every(each);
    let before = member.line.carried();
    on_and_on(&member, || had(&member, &id).0 == size);
    let (down, cut) = (member.line.carried() - before, member.line.cuts());
    println!("taken: {cut} cuts, {} bytes beside {size}", down as i64 - size as i64);
    assert!(cut >= 50 && down < size + size / 50, "at most 2 % more than the file, whatever is counted");
    assert_eq!(member.call("document", json!({ "id": id }))["seal"]["fits"], true);
}

#[test]
fn a_file_of_twenty_megabytes_comes_whole_over_a_line_that_is_cut_fifty_times() {
    carried_over_a_line_that_is_cut(20_000_000, 20_000_000);
}

/// The same at 64 kbit/s: `cargo test -p tests --test stories 64_kbit -- --ignored --nocapture`.
#[test]
#[ignore = "three quarters of an hour"]
fn a_file_of_twenty_megabytes_comes_whole_over_64_kbit_a_second_cut_fifty_times() {
    carried_over_a_line_that_is_cut(20_000_000, 8_000);
}
