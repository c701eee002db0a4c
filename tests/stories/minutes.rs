//! The minutes: put together from what was recorded, acknowledged by two people on two devices, then never changed.

use std::process::Command;

use app::Code;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::{
    phone::{LONG_PIN, Phone, is},
    province::Province,
};

/// Records one item of the agenda with what was said and concluded of it.
fn item(phone: &Phone, meeting: &Json, place: u32, title: &str, words: &str) -> Json {
    let values = json!({ "meeting": meeting, "place": place, "title": title });
    let item = phone.call("add", json!({ "table": "item", "values": values }))["id"].clone();
    let values = json!({ "item": item, "words": words, "conclusion": "Chi bộ thống nhất." });
    phone.call("add", json!({ "table": "discussion", "values": values }))
}

/// Holds the next meeting up to its end.
pub fn hold(phone: &Phone) -> (Json, Json) {
    let meeting = phone.next_meeting();
    phone.call("mark_rest", json!({ "meeting": meeting }));
    phone.call("close_attendance", json!({ "meeting": meeting }));
    let first =
        item(phone, &meeting, 1, "Đánh giá kết quả tháng trước", "Đ/c Bình: đường ngõ 3 đã xong.\nĐ/c Hoa: nhất trí.");
    item(phone, &meeting, 2, "Nhiệm vụ tháng tới", "Đ/c Đạt: đề nghị giao việc rõ người.");
    phone.call("end_meeting", json!({ "meeting": meeting, "at": "23:50" }));
    (meeting, first)
}

pub fn acknowledge(phone: &Phone, meeting: &Json, signs: &str) -> Json {
    let hash = phone.call("minutes", json!({ "meeting": meeting }))["hash"].clone();
    phone.call("acknowledge_minutes", json!({ "meeting": meeting, "hash": hash, "signs": signs, "pin": LONG_PIN }))
}

/// The words of a PDF, as another program reads them.
pub fn words_of(path: &str) -> String {
    let out = Command::new("pdftotext").args(["-layout", path, "-"]).output().unwrap();
    assert!(out.status.success(), "a PDF that others read");
    let text = String::from_utf8(out.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn written(phone: &Phone, folder: &TempDir, meeting: &Json, format: &str) -> Json {
    let paper = json!({ "what": "minutes", "meeting": meeting });
    phone.call("write_paper", json!({ "paper": paper, "format": format, "folder": folder.path() }))
}

// Planted: the text put together again after it was locked; a text acknowledged that nobody read; the second
// acknowledgement left out → each caught.
#[test]
fn minutes_cannot_be_changed() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    secretary.line.down();
    let (meeting, discussion) = hold(&secretary);

    // The sum is worked out; a line holds no more points than it has.
    let points = |criterion: &str, points: i32| {
        let ask = json!({ "meeting": meeting, "criterion": criterion, "points": points });
        secretary.try_call("give_points", ask)
    };
    assert_eq!(points("readied", 11).unwrap_err().faults[0].why, "over_most");
    let mut form = Json::Null;
    let most = [
        ("on_time", 5),
        ("turnout", 5),
        ("readied", 10),
        ("held", 20),
        ("led", 10),
        ("principled", 5),
        ("carried_out", 30),
        ("closed", 5),
    ];
    for (criterion, most) in most {
        assert_eq!(form["class"], Json::Null, "no class before every line is scored");
        form = points(criterion, most).unwrap();
    }
    assert_eq!((&form["sum"], &form["of"], &form["class"]), (&json!(90), &json!(100), &json!("good")));

    let page = secretary.call("minutes", json!({ "meeting": meeting }));
    assert!(page["lines"].to_string().contains("90 trên 100 điểm"), "the score stands in the minutes");
    assert_eq!(page["state"], "draft");
    assert!(page["gaps"].as_array().unwrap().iter().all(|gap| gap["blocks"] == false), "{}", page["gaps"]);
    let draft = written(&secretary, &folder, &meeting, "pdf");
    assert_eq!(draft["draft"], true, "what is not locked says so");

    // Somebody goes on writing while the chair reads: it is another text.
    let read = page["hash"].clone();
    let say = |words: &str| {
        secretary.call("edit", json!({ "table": "discussion", "id": discussion["id"], "values": { "words": words } }));
    };
    say("Đ/c Bình: đường ngõ 3 đã xong, còn vạch kẻ.");
    let ask = json!({ "meeting": meeting, "hash": read, "signs": "chair", "pin": LONG_PIN });
    let trouble = secretary.trouble("acknowledge_minutes", ask);
    assert_eq!(trouble.faults[0].why, "text_changed");
    let ask = json!({ "meeting": meeting, "hash": secretary.call("minutes", json!({ "meeting": meeting }))["hash"],
        "signs": "chair", "pin": "13572468" });
    assert_eq!(secretary.trouble("acknowledge_minutes", ask).code, app::Code::WrongPin);

    let page = acknowledge(&secretary, &meeting, "chair");
    assert_eq!((&page["state"], &page["taker"]["at"]), (&json!("acknowledged"), &Json::Null));
    secretary.line.up();
    secretary.sync();
    deputy.sync();
    deputy.line.down();
    let locked = acknowledge(&deputy, &meeting, "taker");
    assert_eq!(locked["state"], "locked", "two devices, no network at the second");
    // Who has not heard of it goes on writing: the text stands, and what was written is told beside it.
    say("Đ/c Bình: tôi chưa hề nói vậy.");
    deputy.line.up();
    deputy.sync();
    secretary.sync();
    deputy.sync();
    for phone in [&secretary, &deputy] {
        let page = phone.call("minutes", json!({ "meeting": meeting }));
        assert_eq!(page["unsaid"], json!([{ "step": "discussion", "words": "Đ/c Bình: tôi chưa hề nói vậy." }]));
        let to_do = phone.call("home", json!({}))["to_do"].to_string();
        assert!(to_do.contains(&format!("{}/bien-ban", meeting.as_str().unwrap())), "somebody is asked: {to_do}");
    }
    let page = secretary.call("minutes", json!({ "meeting": meeting }));
    assert_eq!((&page["state"], &page["hash"]), (&json!("locked"), &locked["hash"]));
    assert_eq!(page["lines"], locked["lines"]);
    assert!(page["lines"].to_string().contains("còn vạch kẻ") && !page["lines"].to_string().contains("chưa hề nói"));
    let ask = json!({ "meeting": meeting, "hash": page["hash"], "signs": "chair", "pin": LONG_PIN });
    assert_eq!(secretary.trouble("acknowledge_minutes", ask).faults[0].why, "locked");

    let annexed = secretary.call("add_annex", json!({ "meeting": meeting, "text": "Sửa: ngõ 3 thành ngõ 5." }));
    assert_eq!(annexed["annexes"].as_array().unwrap().len(), 1);
    assert_eq!(annexed["hash"], locked["hash"]);

    let pdf = written(&secretary, &folder, &meeting, "pdf");
    assert_eq!(pdf["draft"], false);
    let words = words_of(pdf["path"].as_str().unwrap());
    for part in ["BIÊN BẢN", "còn vạch kẻ", "Sửa: ngõ 3 thành ngõ 5", "NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ HỘI NGHỊ"]
    {
        assert!(words.contains(part), "{part} in {words}");
    }
    let at = |part: &str| words.find(part).unwrap();
    assert!(at("Sửa: ngõ 3") > at("CHỦ TRÌ HỘI NGHỊ"), "what was added stands behind what was signed: {words}");
    let annexed_by = words[at("Sửa: ngõ 3")..].to_owned();
    for part in ["NGƯỜI GHI PHỤ LỤC", annexed["annexes"][0]["by"].as_str().unwrap()] {
        assert!(annexed_by.contains(part), "{part} in {annexed_by}");
    }
    assert!(words.contains("PHỤ LỤC") && words.contains("Kèm theo biên bản sinh hoạt chi bộ"), "{words}");
    assert!(!words.contains("chưa hề nói") && !words.contains("Dự thảo"), "{words}");
    let docx = written(&secretary, &folder, &meeting, "docx");
    assert!(std::fs::read(docx["path"].as_str().unwrap()).unwrap().starts_with(b"PK"));

    // A text under a hash that is not its own counts for nothing, and is shown.
    let moment = "2000-01-01T00:00";
    let chair = secretary.call("roster", json!({ "search": "" }))["rows"][0]["member"].clone();
    let taker = secretary.call("roster", json!({ "search": "" }))["rows"][1]["member"].clone();
    let forged = json!({ "meeting": meeting, "hash": "ab".repeat(32), "text": "Loại: minutes", "chair": chair,
        "minute_taker": taker, "chair_at": moment, "taker_at": moment });
    deputy.call("add", json!({ "table": "minutes", "values": forged }));
    let page = deputy.call("minutes", json!({ "meeting": meeting }));
    assert_eq!((&page["altered"], &page["hash"]), (&json!(true), &locked["hash"]));
}

// Planted: the door deaf to what stands in the minutes → caught.
#[test]
fn what_stands_in_locked_minutes_is_not_written_any_more() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let (meeting, discussion) = hold(&secretary);
    let item = discussion["item"].clone();
    let asked = json!({ "what": "Quét đường", "assignee": null, "day": "", "month": "", "year": "" });
    let task = secretary.call("give_task", json!({ "meeting": meeting, "item": item, "asked": asked }))["id"].clone();
    acknowledge(&secretary, &meeting, "chair");
    secretary.sync();
    deputy.sync();
    acknowledge(&deputy, &meeting, "taker");

    let who = deputy.sheet(&meeting)["rows"][0]["member"].clone();
    let sheet = deputy.call("vote_sheet", json!({ "meeting": meeting, "decides": "resolution" }));
    let vote = json!({ "meeting": meeting, "item": null, "subject": "Khác", "decides": "resolution", "ballot": "hand",
        "votes_for": sheet["here"], "votes_against": 0, "votes_other": 0 });
    for (name, ask) in [
        ("save_words", json!({ "item": item, "words": "Khác", "was": "" })),
        ("save_conclusion", json!({ "item": item, "conclusion": "Khác", "was": "" })),
        ("save_item", json!({ "meeting": meeting, "item": item, "title": "Khác", "papers": null })),
        ("save_item", json!({ "meeting": meeting, "item": null, "title": "Mới", "papers": null })),
        ("remove_item", json!({ "item": item })),
        ("mark", json!({ "meeting": meeting, "member": who, "mark": "late", "reason": null })),
        ("undo", json!({ "meeting": meeting })),
        ("record_vote", vote),
        ("give_task", json!({ "meeting": meeting, "item": item, "asked": asked })),
        ("give_points", json!({ "meeting": meeting, "criterion": "readied", "points": 1 })),
        ("end_meeting", json!({ "meeting": meeting, "at": "23:55" })),
        ("edit", json!({ "table": "discussion", "id": discussion["id"], "values": { "words": "Khác" } })),
        ("remove", json!({ "table": "meeting", "id": meeting })),
    ] {
        is(&deputy.trouble(name, ask), Code::Invalid, Some(("minutes", "locked")));
    }
    assert_eq!(deputy.sheet(&meeting)["may_mark"], false, "nor does the roll offer it");
    assert_eq!(deputy.call("quality", json!({ "meeting": meeting }))["may_score"], false, "nor the score");

    // What goes on after a meeting goes on.
    deputy.call("set_task", json!({ "task": task, "status": "done", "progress": 100, "result": "Đã quét" }));
    deputy.call("posted", json!({ "meeting": meeting, "what": "finished", "done": true }));
    deputy.call("add_annex", json!({ "meeting": meeting, "text": "Sửa: ngõ 3 thành ngõ 5." }));
}

/// The rows of the first table of a meeting's minutes.
fn first_table(phone: &Phone, meeting: &Json) -> Vec<Json> {
    let lines = phone.call("minutes", json!({ "meeting": meeting }))["lines"].clone();
    let after = lines.as_array().unwrap().iter().skip_while(|line| line["set"] != "columns").skip(1);
    after.take_while(|line| line["set"] == "row").map(|line| line["words"].clone()).collect()
}

// Planted: what was done on the day left out; who left the list without a name; dues counted anew at
// every reading; dues told by who may not read them → each caught.
#[test]
fn the_minutes_say_on_every_device_what_the_screen_says() {
    let province = Province::open();
    let [secretary, commune, member] = ["secretary", "commune", "member"].map(|role| Phone::of(&province, role));
    member.joins_committee(&province, &commune, "2026-12-01");

    // Four tasks of October: one open, one dropped, one done long ago, one done on the meeting's day by who has left since.
    let year = secretary.call("meetings", json!({ "year": 2026 }))["rows"].clone();
    let october = year.as_array().unwrap().iter().find(|one| one["planned_at"].as_str() < Some("2026-11")).unwrap();
    let (meeting, _) = hold(&secretary);
    let on = secretary.call("meeting_day", json!({ "meeting": meeting }))["meeting"]["planned_at"].clone();
    let on = &on.as_str().unwrap()[..10];
    let roster = secretary.call("roster", json!({ "search": "" }))["rows"].clone();
    let leaves = roster.as_array().unwrap().iter().find(|row| row["post"].is_null()).unwrap();
    for (what, status, done_on) in [
        ("Vẽ đường", "in_progress", None),
        ("Thôi làm", "dropped", None),
        ("Đã xong lâu", "done", Some("2026-11-01")),
        ("Xong hôm họp", "done", Some(on)),
    ] {
        let values = json!({ "meeting": october["id"], "what": what, "assignee": leaves["member"], "status": status,
            "done_on": done_on });
        secretary.call("add", json!({ "table": "task", "values": values }));
    }
    let values = json!({ "activity": "transferred", "activity_from": "2026-12-01" });
    secretary.call("edit", json!({ "table": "member", "id": leaves["member"], "values": values }));
    // Whoever is suspended is of the cell all the same, and counted.
    let before = secretary.call("minutes", json!({ "meeting": meeting }))["lines"].to_string();
    let all = |lines: &str| {
        lines.split("Tổng số đảng viên của chi bộ: ").nth(1).unwrap().split(')').next().unwrap().to_owned()
    };
    let suspended = roster.as_array().unwrap().iter().filter(|row| row["post"].is_null()).nth(1).unwrap();
    let activity = |activity: &str| {
        let values = json!({ "activity": activity, "activity_from": "2026-11-01" });
        secretary.call("edit", json!({ "table": "member", "id": suspended["member"], "values": values }));
        secretary.call("minutes", json!({ "meeting": meeting }))["lines"].to_string()
    };
    let after = activity("suspended");
    assert_eq!(all(&before), all(&after));
    assert!(after.contains("Bị đình chỉ sinh hoạt: 1 đồng chí") && !before.contains("đình chỉ"), "{after}");
    activity("active");
    let shown = secretary.call("meeting_day", json!({ "meeting": meeting }))["last_tasks"].clone();
    let mut shown: Vec<_> = shown.as_array().unwrap().iter().map(|task| task["what"]["value"].clone()).collect();
    let rows = first_table(&secretary, &meeting);
    let mut printed: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
    shown.sort_by_key(Json::to_string);
    printed.sort_by_key(Json::to_string);
    assert_eq!(shown, printed, "one table for screen and paper");
    assert!(shown.contains(&json!("Xong hôm họp")) && shown.contains(&json!("Vẽ đường")), "{shown:?}");
    assert!(!shown.contains(&json!("Đã xong lâu")) && !shown.contains(&json!("Thôi làm")), "{shown:?}");
    let text = secretary.call("minutes", json!({ "meeting": meeting }))["lines"].to_string();
    let at = |words: &str| text.find(words).unwrap();
    assert!(at("Kết quả thực hiện nhiệm vụ tháng trước") < at("Nội dung"), "a meeting opens with it: {text}");
    let of_who_left = rows.iter().find(|row| row[0] == "Vẽ đường").unwrap();
    assert_eq!(of_who_left[1], leaves["name"], "whoever has left is named all the same");

    // Dues are told by who reads them, and stay as they were told: on devices that cannot count them too.
    secretary.sync();
    member.sync();
    let state = |phone: &Phone| phone.try_call("state_dues", json!({ "meeting": meeting, "stated": true }));
    assert_eq!(state(&member).unwrap_err().code, app::Code::NotAllowed);
    let pays = |paid: bool| {
        let payer = province.issued("deputy").member;
        secretary.call("tick_dues", json!({ "member": payer, "month": &on[..7], "paid": paid }));
    };
    pays(false);
    state(&secretary).unwrap();
    let told = secretary.call("meeting_day", json!({ "meeting": meeting }))["dues"].clone();
    pays(true);
    secretary.sync();
    member.sync();
    let read = |phone: &Phone| phone.call("minutes", json!({ "meeting": meeting }));
    let [hers, his] = [&secretary, &member].map(read);
    let sentence = format!("{} trên {} đồng chí đã nộp", told["paid"], told["of"]);
    assert!(hers["lines"].to_string().contains(&sentence), "{sentence}: {}", hers["lines"]);
    assert_eq!(hers["hash"], his["hash"], "{}\n{}", hers["lines"], his["lines"]);
    assert_eq!(secretary.call("meeting_day", json!({ "meeting": meeting }))["dues"], told, "and on the screen");
}
