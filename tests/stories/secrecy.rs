//! A paper that bears a mark of secrecy: what is refused is written down, without a word of it; what was published by mistake
//! is reported by whoever sees it, and destroyed on every device and on the server by whoever answers for it.

use std::{fs, path::Path};

use app::Code;
use domain::{Content, Document};
use serde_json::{Value as Json, json};

use crate::{
    files::{MIB, fetch, had, original, publish, text, word},
    phone::{Phone, is},
    province::Province,
};

const MINUTE: u64 = 60_000;

fn page(phone: &Phone, id: &Json) -> Json {
    phone.call("document", json!({ "id": id }))
}

fn wipe(phone: &Phone, id: &Json) -> Json {
    phone.call("wipe_document", json!({ "id": id, "reason": "Có dấu chỉ độ mật" }))
}

/// What the book of secrecy tells: what, and by whom.
fn told(phone: &Phone) -> Vec<(String, String)> {
    let lines = phone.call("secrecy", json!({}));
    let word = |line: &Json, name: &str| line[name].as_str().unwrap().to_owned();
    lines.as_array().unwrap().iter().map(|line| (word(line, "what"), word(line, "by"))).collect()
}

fn waits(phone: &Phone) -> usize {
    let home = phone.call("home", json!({}));
    home["to_do"].as_array().unwrap().iter().filter(|one| one["what"] == "marked_secret").count()
}

/// Every file that a record of this book names, wiped or not.
fn named(phone: &Phone) -> Vec<Content> {
    phone.with_book(|book| {
        let all = book.list::<Document>("", []).unwrap().into_iter();
        let mut files: Vec<Content> = all.flat_map(|one| [one.body, one.original]).flatten().collect();
        files.extend(book.wiped_files().unwrap());
        files
    })
}

/// How many bytes of them lie in the book.
fn kept(phone: &Phone, files: &[Content]) -> u64 {
    phone.with_book(|book| files.iter().map(|file| book.file_had(file).unwrap()).sum())
}

/// How many pieces lie in a folder, whole or begun.
fn pieces(folder: &Path) -> usize {
    let Ok(inside) = fs::read_dir(folder) else { return 0 };
    inside.map(|one| one.unwrap().path()).map(|path| if path.is_dir() { pieces(&path) } else { 1 }).sum()
}

fn found(phone: &Phone, words: &str) -> usize {
    let ask = json!({ "level": null, "form": null, "year": null, "issuer": null, "state": "all", "search": words });
    phone.call("documents", ask)["rows"].as_array().unwrap().len()
}

// Planted: bytes kept on the server; its rows kept; bytes kept in the book; what was never sent kept there; only the one
// document wiped of those that give the file; its name told on; what the server has remembered over it; its files still wanted;
// the word of it not noted → each caught.
#[test]
fn what_was_published_by_mistake_is_destroyed_wherever_it_lies() {
    let province = Province::open();
    let [commune, secretary, member, away] =
        ["commune", "secretary", "member", "deputy"].map(|role| Phone::of(&province, role));
    let (folder, stored) = (tempfile::tempdir().unwrap(), province.data().join("pieces"));
    let paper = word(folder.path(), MIB);
    let (id, same) = (publish(&commune, &paper), publish(&commune, &paper));
    [&commune, &member, &away].into_iter().for_each(|phone| drop(phone.sync()));
    [&member, &away].into_iter().for_each(|phone| drop(fetch(phone, &id)));
    [&member, &away].into_iter().for_each(|phone| drop(phone.sync()));
    let files = named(&commune);
    assert_eq!((had(&member, &id).0, text(&away, &id)), (had(&member, &id).1, 1));
    assert!(pieces(&stored) > 4 && kept(&member, &files) > MIB as u64);
    assert_eq!(found(&member, "chi bo hop du"), 2);

    // Not by everybody, not without a word why; then at once, without a network.
    let ask = |reason: &str| json!({ "id": id, "reason": reason });
    is(&member.trouble("wipe_document", ask("Mật")), Code::NotAllowed, None);
    is(&secretary.trouble("wipe_document", ask("Mật")), Code::NotFound, None);
    secretary.sync();
    is(&secretary.trouble("wipe_document", ask("Mật")), Code::NotAllowed, None);
    is(&commune.trouble("wipe_document", ask(" ")), Code::Invalid, Some(("withdrawn", "reason_needed")));
    commune.line.down();
    assert_eq!(wipe(&commune, &id)["stands"], json!([]));
    let line = page(&commune, &id)["line"].clone();
    assert_eq!(
        (&line["title"], &line["number"], &line["name"], &line["body"]),
        (&json!(""), &Json::Null, &json!("Nghị quyết"), &Json::Null)
    );
    assert_eq!(page(&commune, &same)["line"]["wiped_at"], line["wiped_at"], "the same paper, wherever it was given");
    assert_eq!(page(&commune, &id)["may_wipe"], false);
    assert_eq!(kept(&commune, &files), 0, "nothing of it is left here");
    assert_eq!(found(&commune, "chi bo hop du"), 0);
    assert!(pieces(&stored) > 4, "the server has not heard of it");

    commune.line.up();
    commune.sync();
    assert_eq!(pieces(&stored), 0, "now it has");
    member.sync();
    assert_eq!((kept(&member, &files), found(&member, "chi bo hop du")), (0, 0), "and so has this device");
    let left = page(&member, &id);
    assert_eq!(
        (&left["line"]["title"], &left["blocks"], &left["line"]["original"]),
        (&json!(""), &json!([]), &Json::Null)
    );
    assert!(kept(&away, &files) > MIB as u64, "who has no network keeps it");
    away.line.down();
    let asked = away.call("fetch_file", json!({ "file": original(&away, &id)["file"] }));
    assert!(asked.is_object());
    away.line.up();
    away.sync();
    assert_eq!(kept(&away, &files), 0, "until there is one");
    is(&away.trouble("fetch_file", json!({ "file": domain::hex(&files[0].hash) })), Code::NotFound, None);

    // What never left this device goes too, and nothing of it is ever given.
    commune.line.down();
    let other = tempfile::tempdir().unwrap();
    let late = publish(&commune, &word(other.path(), MIB / 2));
    wipe(&commune, &late);
    commune.line.up();
    commune.sync();
    assert_eq!((pieces(&stored), kept(&commune, &named(&commune))), (0, 0));

    // It was no secret after all: published again it comes whole.
    let again = publish(&commune, &paper);
    commune.sync();
    assert!(fs::metadata(&paper).is_ok());
    member.sync();
    fetch(&member, &again);
    member.sync();
    assert_eq!((had(&member, &again).0, text(&member, &again)), (had(&member, &again).1, 1));
    assert_eq!(page(&member, &id)["blocks"], json!([]), "the one that was wiped stays so, although its words lie here");
    let there = |id: &Json| {
        member.call("find_in_document", json!({ "id": id, "search": "chi bo" }))["hits"].as_array().unwrap().len()
    };
    assert_eq!(there(&id), 0);
    assert!(there(&again) > 0);
    is(&member.trouble("write_original", json!({ "document": id, "folder": folder.path() })), Code::NotFound, None);
    let last = told(&commune);
    assert_eq!(last.iter().filter(|(what, _)| what == "wiped").count(), 3);
}

// Planted: the server's bytes or rows kept → each caught.
#[test]
fn a_server_that_goes_on_from_an_older_copy_hears_of_it_again() {
    let mut province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let (folder, copies) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let id = publish(&commune, &word(folder.path(), MIB));
    commune.sync();
    member.sync();
    let data = province.data().to_owned();
    let back_up = |copy: &Path| server::Sqlite::open(&data).unwrap().back_up(copy).unwrap();
    let [before, after] = ["before", "after"].map(|name| copies.path().join(name));
    back_up(&before);
    wipe(&commune, &id);
    commune.sync();
    back_up(&after);
    let beside = |copy: &Path| pieces(&copy.with_extension("pieces"));
    assert!(beside(&before) > 4, "an older copy has it still");
    assert_eq!(beside(&after), 0, "a new one does not");

    province.restore(&before);
    let stored = province.data().join("pieces");
    assert!(pieces(&stored) > 4);
    [&commune, &member].into_iter().for_each(|phone| phone.line.lead_to(&province.address));
    [&commune, &member].into_iter().for_each(|phone| drop(phone.sync()));
    assert_eq!(pieces(&stored), 0);
    assert_eq!(text(&member, &id), 0);
}

// Planted: no word to who answers for it, or to everybody; an answered report that still waits, or one that is answered for
// ever; a second word of one person; counts that are not reported; a clock believed → each caught.
#[test]
fn whoever_sees_a_mark_says_so_and_whoever_published_looks_again() {
    let province = Province::open();
    let [above, commune, secretary, member] =
        ["province", "commune", "secretary", "member"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    let ours = publish(&commune, &word(folder.path(), MIB / 8));
    let theirs = publish(&above, &word(folder.path(), MIB / 9));
    [&above, &commune, &member, &secretary].into_iter().for_each(|phone| drop(phone.sync()));
    let report = |phone: &Phone, id: &Json| phone.call("report_document", json!({ "id": id }))["reported_at"].clone();

    member.line.down();
    assert_eq!(page(&member, &ours)["may_report"], true);
    let at = report(&member, &ours);
    assert!(at.is_string());
    member.later(2 * MINUTE);
    assert_eq!(report(&member, &ours), at, "once said is said");
    report(&member, &theirs);
    assert_eq!(page(&member, &ours)["may_report"], false);
    assert_eq!((waits(&member), &page(&member, &ours)["reports"]), (0, &json!(0)), "it is for others to look again");
    member.line.up();
    member.sync();

    commune.sync();
    assert_eq!((waits(&commune), &page(&commune, &ours)["reports"]), (1, &json!(1)));
    let who = told(&commune);
    assert_eq!(who.iter().filter(|(what, _)| what == "reported").count(), 2);
    assert!(who.iter().all(|(_, by)| !by.is_empty()), "the commune sees who");
    assert_eq!(page(&commune, &theirs)["reports"], 0, "what the province published is the province's to answer for");
    above.sync();
    assert_eq!(waits(&above), 0, "it reads no member's word");
    secretary.sync();
    above.sync();
    assert_eq!((waits(&above), &page(&above, &theirs)["reports"]), (1, &json!(1)), "it hears the count of the cell");
    assert_eq!(told(&above), [], "and no name");
    assert_eq!(waits(&secretary), 0);

    // It bears none: the word is answered, for everybody. Another word is another matter.
    is(&secretary.trouble("clear_document", json!({ "id": ours })), Code::NotAllowed, None);
    [&above, &commune].into_iter().for_each(|phone| phone.later(5 * MINUTE));
    commune.call("clear_document", json!({ "id": ours }));
    above.call("clear_document", json!({ "id": theirs }));
    assert_eq!((waits(&commune), waits(&above)), (0, 0));
    [&above, &commune, &member].into_iter().for_each(|phone| drop(phone.sync()));
    assert_eq!(page(&member, &ours)["line"]["reported_at"], Json::Null);
    let answered = page(&member, &ours)["line"].clone();
    assert!(answered["answered_at"].is_string() && answered["reported_at"].is_null());
    // Their clocks run ahead of the member's: what is said later counts as later.
    report(&member, &ours);
    report(&member, &theirs);
    assert!(page(&member, &ours)["line"]["answered_at"].is_null());
    [&member, &secretary, &commune, &above].into_iter().for_each(|phone| drop(phone.sync()));
    assert_eq!((waits(&commune), waits(&above)), (1, 1));
    report(&secretary, &ours);
    secretary.sync();
    commune.sync();
    assert_eq!(page(&commune, &ours)["reports"], 2);
    let call = page(&commune, &theirs);
    assert_eq!(
        (&call["may_report"], &call["may_call"]),
        (&json!(false), &json!(true)),
        "nobody would hear of it there"
    );
    wipe(&commune, &ours);
    assert_eq!(waits(&commune), 0, "what was destroyed waits for nobody");
}

// Planted: what the commune published destroyed by the cell it was for; another paper with the same words taken for the same → each
// caught.
#[test]
fn whoever_published_it_destroys_it_and_nobody_else() {
    let province = Province::open();
    let [commune, secretary] = ["commune", "secretary"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    let own = secretary.call("publishing", json!({}))["audiences"][0]["unit"].clone();
    let give = |phone: &Phone, bytes: &[u8]| {
        let facts =
            json!({ "form": "Công văn", "number": "", "issued_on": "", "issuer": "Đảng ủy", "title": "Việc gấp" });
        let blocks = json!([{ "kind": "paragraph", "lead": null, "text": "Xem bản gốc." }]);
        let path = folder.path().join("Công văn.docx");
        fs::write(&path, bytes).unwrap();
        let ask = json!({
            "units": [own], "facts": facts, "blocks": blocks, "original": path, "unmarked": true, "must_confirm": false,
            "shown_from": "2026-11-01"
        });
        phone.call("publish_document", ask)[0]["id"].clone()
    };
    let (paper, other) = (tests::word(MIB / 8), tests::word(MIB / 7));
    let (theirs, apart) = (give(&commune, &paper), give(&commune, &other));
    commune.sync();
    secretary.sync();
    let ours = give(&secretary, &paper);
    secretary.sync();
    fetch(&secretary, &theirs);
    secretary.sync();
    let at_cell = page(&secretary, &theirs);
    assert_eq!(
        [&at_cell["may_wipe"], &at_cell["may_report"]],
        [&json!(false), &json!(true)],
        "it lies in the cell's log"
    );
    is(&secretary.trouble("wipe_document", json!({ "id": theirs, "reason": "Mật" })), Code::NotAllowed, None);

    let unit = at_cell["line"]["unit"].clone();
    assert_eq!(wipe(&secretary, &ours)["stands"], json!([unit]), "the commune's own is the commune's to destroy");
    assert_eq!((text(&secretary, &ours), text(&secretary, &theirs)), (0, 1));
    assert!(page(&secretary, &theirs)["line"]["reported_at"].is_string(), "it is told at once");
    secretary.sync();
    commune.sync();
    assert_eq!((waits(&commune), &page(&commune, &theirs)["reports"]), (1, &json!(1)));
    assert_eq!(wipe(&commune, &theirs)["stands"], json!([]));
    commune.sync();
    secretary.sync();
    assert_eq!((text(&secretary, &theirs), text(&secretary, &apart)), (0, 1), "other papers have the same words");
    assert_eq!(text(&commune, &apart), 1);
}

// Planted: a refusal that is not written down, or twice; the list told to a member → each caught.
#[test]
fn what_is_refused_is_written_down_without_a_word_of_it() {
    let province = Province::open();
    let [commune, secretary, member] = ["commune", "secretary", "member"].map(|role| Phone::of(&province, role));
    let bytes = tests::word(1000);
    let pick = |phone: &Phone| {
        phone.trouble("open_paper", json!({ "path": phone.hand("Kế hoạch phòng thủ_MẬT.docx", &bytes) }))
    };
    assert_eq!(pick(&secretary).faults[0].why, "secret_name");
    assert_eq!(pick(&secretary).faults[0].why, "secret_name");
    let unit = secretary.call("publishing", json!({}))["audiences"][0]["unit"].clone();
    let facts = json!({ "form": "Kế hoạch", "number": "", "issued_on": "", "issuer": "Chi bộ", "title": "Phòng thủ" });
    let blocks = json!([{ "kind": "paragraph", "lead": null, "text": "TỐI MẬT" }]);
    let ask = json!({
        "units": [unit], "facts": facts, "blocks": blocks, "original": null, "must_confirm": false, "shown_from": "2026-11-01"
    });
    assert_eq!(secretary.trouble("publish_document", ask).faults[0].why, "secret_text");
    secretary.sync();
    commune.sync();
    for phone in [&secretary, &commune] {
        let lines = phone.call("secrecy", json!({}));
        let mut marks: Vec<_> = lines.as_array().unwrap().iter().map(|line| (&line["what"], &line["mark"])).collect();
        marks.sort_by_key(|(what, _)| what.to_string());
        assert_eq!(marks, [(&json!("refused_name"), &json!("MẬT")), (&json!("refused_text"), &json!("TỐI MẬT"))]);
        let all = phone.call("list", json!({ "table": "sighting" })).to_string();
        assert!(!all.to_lowercase().contains("phòng thủ"), "not a word of the paper");
    }
    is(&member.trouble("secrecy", json!({})), Code::NotAllowed, None);
    member.sync();
    assert_eq!(member.call("list", json!({ "table": "sighting" })), json!([]), "a comrade does not read of it");
}
