//! What is read for an item of the agenda goes with the meeting: to the members, into the minutes and into the package.

use std::fs::{self, File};

use app::Code;
use serde_json::{Value as Json, json};
use zip::ZipArchive;

use crate::{
    files::word,
    minutes::{acknowledge, hold, words_of},
    phone::Phone,
    province::Province,
};

fn documents(phone: &Phone, meeting: &Json, item: &Json) -> Vec<Json> {
    let day = phone.call("meeting_day", json!({ "meeting": meeting }));
    let of = day["items"].as_array().unwrap().iter().find(|one| one["id"] == *item).unwrap().clone();
    of["documents"].as_array().unwrap().clone()
}

/// The paper of a package with that title.
fn packed(phone: &Phone, meeting: &Json, title: &str) -> Json {
    let package = phone.call("package", json!({ "meeting": meeting }));
    package["papers"].as_array().unwrap().iter().find(|paper| paper["title"] == title).unwrap().clone()
}

// Planted: a document taken off that is still told; minutes silent of documents; a file that is not here packed as if it were;
// what is read for a locked meeting changed → each caught.
#[test]
fn what_is_read_for_an_item_goes_with_the_meeting() {
    let province = Province::open();
    let [secretary, deputy, member] = ["secretary", "deputy", "member"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    secretary.line.down();
    let meeting = secretary.next_meeting();
    let item = json!({ "meeting": meeting, "item": null, "title": "Học nghị quyết", "papers": "Sổ tay" });
    let item = secretary.call("save_item", item);
    let path = word(folder.path(), 1000);
    let attach = json!({ "item": item, "path": path, "form": "Tài liệu", "unmarked": true });
    secretary.call("attach_file", attach.clone());
    let told = documents(&secretary, &meeting, &item);
    assert_eq!((&told[0]["name"], told.len()), (&json!("Nghị quyết 12-NQ/ĐU"), 1), "{told:?}");
    let one = json!({ "item": item, "document": told[0]["id"] });
    secretary.call("detach_document", one.clone());
    assert!(documents(&secretary, &meeting, &item).is_empty());
    secretary.call("attach_document", one.clone());
    hold(&secretary);
    secretary.line.up();
    for phone in [&secretary, &deputy, &member] {
        phone.sync();
    }

    for phone in [&deputy, &member] {
        let there = documents(phone, &meeting, &item);
        assert_eq!((&there[0]["body"]["had"], there.len()), (&there[0]["body"]["size"], 1), "its text came too");
    }
    let title = told[0]["title"].as_str().unwrap();
    let text = secretary.call("minutes", json!({ "meeting": meeting })).to_string();
    assert!(text.contains(&format!("Sổ tay; Nghị quyết 12-NQ/ĐU: {title}")), "{text}");
    assert_eq!(packed(&deputy, &meeting, "Nghị quyết 12-NQ/ĐU")["lacks"][0]["why"], "not_here");
    assert_eq!(packed(&secretary, &meeting, "Nghị quyết 12-NQ/ĐU")["lacks"], json!([]));
    let file = secretary.call("write_package", json!({ "meeting": meeting, "folder": folder.path() }));
    let mut zip = ZipArchive::new(File::open(file["path"].as_str().unwrap()).unwrap()).unwrap();
    let name = packed(&secretary, &meeting, "Nghị quyết 12-NQ/ĐU")["files"][0]["name"].as_str().unwrap().to_owned();
    let mut bytes = Vec::new();
    std::io::copy(&mut zip.by_name(&name).unwrap(), &mut bytes).unwrap();
    assert_eq!(bytes, fs::read(&path).unwrap(), "the file as it came");

    acknowledge(&secretary, &meeting, "chair");
    secretary.sync();
    deputy.sync();
    acknowledge(&deputy, &meeting, "taker");
    for (action, ask) in [("detach_document", one), ("attach_file", attach)] {
        let trouble = deputy.trouble(action, ask);
        assert_eq!((trouble.code, trouble.faults[0].why), (Code::Invalid, "locked"), "{action}");
    }
}

// Planted: the secretary's name whoever led; the package stopped by minutes that cannot be read → each caught.
#[test]
fn the_deputy_signs_for_a_meeting_that_they_led_and_minutes_that_cannot_be_read_hide_no_other_paper() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let folder = tempfile::tempdir().unwrap();
    let meeting = secretary.next_meeting();
    let roster = secretary.call("roster", json!({ "search": "" }));
    let rows = roster["rows"].as_array().or_else(|| roster["members"].as_array()).expect("a roster");
    let with = |post: &str| rows.iter().find(|row| row["post"] == post).unwrap().clone();
    let (chair, taker) = (with("secretary"), with("deputy"));
    secretary.call("invite", json!({ "meeting": meeting }));
    let invitation = || {
        let paper = json!({ "what": "invitation", "meeting": meeting });
        let ask = json!({ "paper": paper, "format": "pdf", "folder": folder.path() });
        words_of(secretary.call("write_paper", ask)["path"].as_str().unwrap())
    };
    assert!(invitation().contains("BÍ THƯ") && !invitation().contains("PHÓ BÍ THƯ"));
    let led = json!({ "table": "meeting", "id": meeting, "values": { "chair": taker["member"] } });
    secretary.call("edit", led);
    assert!(invitation().contains("PHÓ BÍ THƯ"));

    hold(&secretary);
    let hash: String = sync::hash_of(b"?").iter().map(|byte| format!("{byte:02x}")).collect();
    let values = json!({
        "meeting": meeting, "hash": hash, "text": "?", "chair": taker["member"], "minute_taker": chair["member"],
        "chair_at": "2026-12-03T16:00", "taker_at": "2026-12-03T16:00",
    });
    secretary.call("add", json!({ "table": "minutes", "values": values }));
    let minutes = packed(&secretary, &meeting, "Biên bản");
    assert_eq!((&minutes["lacks"][0]["field"], &minutes["lacks"][0]["why"]), (&json!("minutes"), &json!("unreadable")));
    let ask = json!({ "meeting": meeting, "folder": folder.path() });
    let file = secretary.call("write_package", ask);
    let zip = ZipArchive::new(File::open(file["path"].as_str().unwrap()).unwrap()).unwrap();
    assert_eq!(zip.len(), 3, "the list, the invitation and the roll");
}
