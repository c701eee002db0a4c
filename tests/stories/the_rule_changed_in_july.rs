//! Two meetings, one on each side of the day when the rule changed: each vote is counted by the rule of its own day. What was
//! adopted has its number from the server, and its text is sealed.

use std::path::Path;

use app::{Code, Trouble};
use serde_json::{Value as Json, json};

use crate::{
    minutes::words_of,
    phone::{Phone, is, rows},
    province::Province,
};

const JULY: &str = "20-QĐ/TW ngày 08/4/2026";
const AUGUST: &str = "208-QĐ/TW ngày 26/7/2026";

/// A meeting that was held that day, with 12 of the 20 who have a vote in the room.
fn met(phone: &Phone, day: &str, month: &str) -> Json {
    let plan = json!({
        "kind": "regular", "topic": null, "day": day, "month": month, "year": "2026", "at": "19:00", "until": null,
        "place": "Nhà văn hóa", "chair": null, "minute_taker": null
    });
    let meeting = phone.call("plan_meeting", plan)["id"].clone();
    let sheet = phone.sheet(&meeting);
    let voters = rows(&sheet).iter().filter(|row| row["counts"] == true);
    voters.take(12).for_each(|row| drop(phone.mark(&meeting, &row["member"], "present")));
    let others = rows(&sheet).iter().filter(|row| row["counts"] == false);
    others.for_each(|row| drop(phone.mark(&meeting, &row["member"], "present")));
    meeting
}

/// Nine of the cell go elsewhere, so that 20 have a vote.
fn twenty(phone: &Phone) {
    let roster = phone.call("roster", json!({ "search": "" }))["rows"].clone();
    let official =
        roster.as_array().unwrap().iter().filter(|row| row["standing"] == "official" && row["post"].is_null());
    let official: Vec<&Json> = official.collect();
    let away = roster.as_array().unwrap().iter().filter(|row| row["standing"] == "official").count() - 20;
    for row in &official[..away] {
        let values = json!({ "activity": "elsewhere", "activity_from": "2026-01-01" });
        phone.call("edit", json!({ "table": "member", "id": row["member"], "values": values }));
    }
}

fn vote(meeting: &Json, votes_for: i32, votes_against: i32) -> Json {
    json!({
        "meeting": meeting, "item": null, "subject": "Nghị quyết tháng", "decides": "resolution", "ballot": "hand",
        "votes_for": votes_for, "votes_against": votes_against, "votes_other": 0
    })
}

/// A resolution, put before the cell and decided by a vote.
fn decided(phone: &Phone, meeting: &Json, vote: &Json, title: &str) -> Json {
    let draft = json!({ "id": null, "meeting": meeting, "kind": "resolution", "title": title, "body": "Dọn mương.\nTrồng cây." });
    let id = phone.call("save_resolution", draft)["line"]["id"].clone();
    let day = phone.call("meeting_day", json!({ "meeting": meeting }));
    assert!(day["resolutions"].as_array().unwrap().iter().any(|one| one["id"] == id), "its meeting leads to it: {day}");
    phone.call("propose_resolution", json!({ "id": id }));
    phone.call("decide_resolution", json!({ "id": id, "vote": vote["id"] }))
}

fn page(phone: &Phone, id: &Json) -> Json {
    phone.call("resolution", json!({ "id": id }))
}

/// What a resolution says on paper, as another program reads it.
fn printed(phone: &Phone, id: &Json, folder: &Path) -> Result<String, Trouble> {
    let ask = |format: &str| json!({ "paper": { "what": "resolution", "resolution": id }, "format": format, "folder": folder });
    let [pdf, docx] = [phone.try_call("write_paper", ask("pdf"))?, phone.try_call("write_paper", ask("docx"))?];
    assert!(std::fs::read(docx["path"].as_str().unwrap()).unwrap().starts_with(b"PK"));
    Ok(words_of(pdf["path"].as_str().unwrap()))
}

// Planted: the rule of today for every meeting; the share taken of those present; a vote that does not add up; a hand vote where
// the ballot must be secret; a sealed text that may be saved; a seal that looks at the sealed text alone,
// or only at how it ends; a paper without a place sealed → each caught.
#[test]
fn each_vote_is_counted_by_the_rule_of_its_day() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    secretary.line.down();
    twenty(&secretary);
    let [july, august] = [("20", "7"), ("10", "8")].map(|(day, month)| met(&secretary, day, month));

    for (meeting, mine, other) in [(&july, JULY, AUGUST), (&august, AUGUST, JULY)] {
        let sheet = secretary.call("vote_sheet", json!({ "meeting": meeting, "decides": "resolution" }));
        let figures = ["base", "here", "needed", "whole"].map(|name| sheet[name].as_u64().unwrap());
        assert_eq!(figures, [20, 12, 11, 20], "{sheet}");
        let source = sheet["source"].as_str().unwrap();
        assert!(source.contains(mine) && !source.contains(other), "each sheet cites its own rule: {source}");
        let barred = sheet["barred"].as_array().unwrap();
        let why = |what: &str| barred.iter().filter(|one| one["why"] == what).count();
        assert_eq!((why("probationary"), why("elsewhere")), (1, 9), "who has no vote is named, and why");
    }

    let trouble = secretary.trouble("record_vote", vote(&july, 10, 0));
    is(&trouble, Code::Invalid, Some(("votes_other", "votes_differ")));
    let params = &trouble.faults[0].params;
    assert_eq!([params["counted"], params["here"], params["differ"]], [10, 12, 2], "the difference is named");
    let mut open = vote(&july, 12, 0);
    open["decides"] = json!("reprimand");
    is(&secretary.trouble("record_vote", open), Code::Invalid, Some(("ballot", "must_be_secret")));

    let half = secretary.call("record_vote", vote(&july, 10, 2));
    assert_eq!(
        (&half["passed"], &half["why"]),
        (&json!(false), &json!("not_over_half")),
        "10 of 20, though of 12 present"
    );
    assert_eq!((&half["percent"], &half["needed"]), (&json!("50,00%"), &json!(11)));
    assert!(half["source"].as_str().unwrap().contains(JULY), "a vote counted keeps its rule");
    let said = secretary.call("minutes", json!({ "meeting": july }))["lines"].to_string();
    assert!(said.contains("không thông qua, chưa quá một nửa"), "and the minutes say why: {said}");
    let rejected = decided(&secretary, &july, &half, "Về quỹ");
    assert_eq!((&rejected["line"]["outcome"], &rejected["line"]["number"]), (&json!("rejected"), &Json::Null));

    let over = secretary.call("record_vote", vote(&august, 11, 1));
    assert_eq!((&over["passed"], &over["percent"]), (&json!(true), &json!("55,00%")));
    assert_eq!(secretary.call("votes", json!({ "meeting": august })).as_array().unwrap().len(), 1);
    let adopted = decided(&secretary, &august, &over, "Về vệ sinh đường làng");
    assert_eq!(
        (&adopted["line"]["outcome"], &adopted["line"]["adopted_on"]),
        (&json!("adopted"), &json!("2026-08-10"))
    );
    assert_eq!((&adopted["line"]["number"], &adopted["waits"]), (&json!("Số      -NQ/CB"), &json!("server")));
    let id = &adopted["line"]["id"];
    let folder = tempfile::tempdir().unwrap();
    let blank = printed(&secretary, id, folder.path()).unwrap();
    assert!(blank.contains("Số -NQ/CB") && !blank.contains("Dự thảo"), "a blank until the number is given: {blank}");
    is(&secretary.trouble("seal_resolution", json!({ "id": id })), Code::Invalid, Some(("number", "not_numbered")));

    secretary.line.up();
    secretary.sync();
    let numbered = page(&secretary, id);
    assert_eq!((&numbered["line"]["number"], &numbered["waits"]), (&json!("Số 01-NQ/CB"), &Json::Null));

    // What lacks a part is neither printed nor sealed; and what is sealed is printed so for ever.
    let unit = json!(province.issued("secretary").unit);
    let commune = Phone::of(&province, "commune");
    let place = |place: &str| {
        let values = json!({ "locality": place });
        commune.call("edit", json!({ "table": "unit", "id": unit, "values": values }));
        commune.sync();
        secretary.sync();
    };
    place("");
    is(&printed(&secretary, id, folder.path()).unwrap_err(), Code::Invalid, Some(("locality", "empty")));
    is(&secretary.trouble("seal_resolution", json!({ "id": id })), Code::Invalid, Some(("locality", "empty")));
    place("Tân Hòa");
    let sealed = secretary.call("seal_resolution", json!({ "id": id }));
    assert_eq!(sealed["seal"]["state"], "true");
    place("Tân Bình");
    assert_eq!(page(&secretary, id)["seal"]["state"], "true", "what the unit is called since is not its words");
    let paper = printed(&secretary, id, folder.path()).unwrap();
    for part in [
        "Số 01-NQ/CB",
        "Tân Hòa, ngày 10 tháng 8 năm 2026",
        "NGHỊ QUYẾT",
        "Về vệ sinh đường làng",
        "- Căn cứ Điều lệ Đảng",
        "Dọn mương.",
        "Trồng cây.",
        "Nơi nhận:",
        "- Lưu Chi bộ.",
        "T/M CHI BỘ",
        "BÍ THƯ",
    ] {
        assert!(paper.contains(part), "{part} in {paper}");
    }
    secretary.sync();
    let [deputy, member] = ["deputy", "member"].map(|role| Phone::of(&province, role));
    let read = page(&member, id);
    assert_eq!(
        (&read["seal"], &read["vote"], &read["may"]),
        (&sealed["seal"], &Json::Null, &json!([])),
        "who reads it checks it"
    );
    let words = json!({ "id": id, "meeting": null, "kind": "resolution", "title": "Khác", "body": "Khác" });
    is(&deputy.trouble("save_resolution", words), Code::Invalid, Some(("body", "sealed")));
    // Whoever finds another way to write other words is found out by every reader.
    for (field, words) in [("body", "Trồng cây khác."), ("body", "Trồng cây."), ("title", "Về đường làng")]
    {
        deputy.call("edit", json!({ "table": "resolution", "id": id, "values": { field: words } }));
        deputy.sync();
        member.sync();
        assert_eq!(page(&member, id)["seal"]["state"], "differs", "{words}");
        let before = if field == "body" { &read["body"] } else { &read["line"]["title"] };
        is(&printed(&member, id, folder.path()).unwrap_err(), Code::Invalid, Some(("body", "seal_differs")));
        deputy.call("edit", json!({ "table": "resolution", "id": id, "values": { field: before } }));
        deputy.sync();
        member.sync();
        assert_eq!(page(&member, id)["seal"]["state"], "true");
    }
}

// Planted: no number asked for where a vote passes; a cancelled number shown as free → caught.
#[test]
fn two_who_adopt_offline_get_two_numbers_and_a_cancelled_one_stays_taken() {
    let province = Province::open();
    let phones = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    phones.iter().for_each(|phone| phone.line.down());
    let adopted = phones.each_ref().map(|phone| {
        let meeting = met(phone, "10", "8");
        let sheet = phone.call("vote_sheet", json!({ "meeting": meeting, "decides": "admission" }));
        let everybody = rows(&phone.sheet(&meeting)).iter().filter(|row| row["counts"] == true).count();
        rows(&phone.sheet(&meeting)).iter().for_each(|row| drop(phone.mark(&meeting, &row["member"], "present")));
        assert!(sheet["needed"].as_u64().unwrap() as usize <= everybody);
        let counted = phone.call("record_vote", vote(&meeting, everybody as i32, 0));
        assert_eq!(counted["percent"], "100,00%");
        decided(phone, &meeting, &counted, "Về vệ sinh")["line"]["id"].clone()
    });
    phones.iter().for_each(|phone| phone.line.up());
    phones.iter().for_each(|phone| drop(phone.sync()));
    let [secretary, deputy] = &phones;
    let number = |phone: &Phone, id: &Json| page(phone, id)["line"]["number"].clone();
    assert_eq!(number(secretary, &adopted[0]), "Số 01-NQ/CB");
    assert_eq!(number(deputy, &adopted[1]), "Số 02-NQ/CB");

    let no_reason = json!({ "id": adopted[1], "reason": " " });
    is(&deputy.trouble("cancel_number", no_reason), Code::Invalid, Some(("cancelled", "empty")));
    let cancelled = deputy.call("cancel_number", json!({ "id": adopted[1], "reason": "Ghi nhầm buổi" }));
    assert_eq!(cancelled["line"]["cancelled"], "Ghi nhầm buổi");
    assert_eq!(cancelled["line"]["number"], "Số 02-NQ/CB", "kept with its reason");
    deputy.sync();
    let meeting = met(secretary, "12", "8");
    let voters = secretary.call("vote_sheet", json!({ "meeting": meeting, "decides": "resolution" }));
    rows(&secretary.sheet(&meeting)).iter().for_each(|row| drop(secretary.mark(&meeting, &row["member"], "present")));
    let counted = secretary.call("record_vote", vote(&meeting, voters["base"].as_i64().unwrap() as i32, 0));
    let next = decided(secretary, &meeting, &counted, "Về trồng cây")["line"]["id"].clone();
    secretary.sync();
    assert_eq!(number(secretary, &next), "Số 03-NQ/CB");
    let list = secretary.call("resolutions", json!({}));
    assert_eq!(list["rows"][0]["id"], next, "the newest first");
}
