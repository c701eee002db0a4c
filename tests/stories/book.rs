//! The minutes book of a year: what was held and is locked, what was not held and why, under one page count; nothing of what is
//! to come.

use std::process::Command;

use app::{Code, Trouble};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::{
    minutes::{acknowledge, words_of},
    phone::{Phone, is},
    province::Province,
};

/// From the third of December 2026 to the thirteenth of March 2027.
const HUNDRED_DAYS: u64 = 100 * 24 * 3600 * 1000;

fn bound(phone: &Phone, year: i32, folder: &TempDir) -> Result<String, Trouble> {
    let ask = json!({ "paper": { "what": "book", "year": year }, "format": "pdf", "folder": folder.path() });
    Ok(phone.try_call("write_paper", ask)?["path"].as_str().unwrap().to_owned())
}

/// What stands first on a page: its number.
fn first_on(path: &str, page: usize) -> String {
    let page = page.to_string();
    let out = Command::new("pdftotext").args(["-f", &page, "-l", &page, path, "-"]).output().unwrap();
    String::from_utf8(out.stdout).unwrap().split_whitespace().next().unwrap_or_default().to_owned()
}

fn plan(phone: &Phone, day: &str, month: &str) -> Json {
    let usual = phone.call("meeting_defaults", json!({}));
    let ask = json!({ "kind": "regular", "topic": null, "day": day, "month": month, "year": "2027", "at": "19:00",
        "until": null, "place": "Nhà văn hóa", "chair": usual["chair"], "minute_taker": usual["minute_taker"] });
    phone.call("plan_meeting", ask)["id"].clone()
}

fn end_and_lock(phone: &Phone, meeting: &Json) {
    phone.call("close_attendance", json!({ "meeting": meeting }));
    phone.call("save_item", json!({ "meeting": meeting, "item": null, "title": "Nhiệm vụ tháng", "papers": null }));
    phone.call("end_meeting", json!({ "meeting": meeting, "at": "23:50" }));
    for signs in ["chair", "taker"] {
        acknowledge(phone, meeting, signs);
    }
}

// Planted: an open meeting passed over → caught.
#[test]
fn the_book_of_a_year() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let folder = tempfile::tempdir().unwrap();
    secretary.line.down();
    secretary.later(HUNDRED_DAYS);
    let year = |year: i32| secretary.call("meetings", json!({ "year": year }));
    let first = year(2025)["years"].as_array().unwrap().last().unwrap().as_i64().unwrap() as i32;
    assert_eq!(year(first)["silent"], json!([]), "before the first meeting there was nothing to miss");
    assert_eq!(year(2027)["silent"], json!([1, 2]), "nor is a month missed that is not over");

    let february = plan(&secretary, "03", "02");
    secretary.call("mark_rest", json!({ "meeting": february }));
    let refused = |day: u32, month: u32| {
        let trouble = bound(&secretary, 2027, &folder).unwrap_err();
        is(&trouble, Code::Invalid, Some(("minutes", "not_all_locked")));
        let named: Vec<_> = trouble.faults.iter().map(|fault| (fault.params["day"], fault.params["month"])).collect();
        assert_eq!(named, [(day, month)], "the one that is open is named");
    };
    refused(3, 2);
    end_and_lock(&secretary, &february);
    let march = plan(&secretary, "10", "03");
    secretary.call("mark_rest", json!({ "meeting": march }));
    refused(10, 3);
    end_and_lock(&secretary, &march);
    let april = plan(&secretary, "05", "04");

    let say = |month: u32, reason: &str| json!({ "year": 2027, "month": month, "reason": reason });
    for (month, reason, field, why) in [
        (1, " ", "not_held", "empty"),
        (2, "Bận", "month", "cell_met"),
        (4, "Bận", "month", "month_to_come"),
        (13, "Bận", "month", "not_a_month"),
    ] {
        is(&secretary.trouble("say_not_held", say(month, reason)), Code::Invalid, Some((field, why)));
    }
    let unsaid = words_of(&bound(&secretary, 2027, &folder).unwrap());
    assert!(unsaid.contains("Lý do: chưa ghi"), "{unsaid}");
    let page = secretary.call("say_not_held", say(1, "Nước lũ ngập nhà văn hóa"))["id"].clone();
    assert_eq!(year(2027)["silent"], json!([]));
    let home = secretary.call("home", json!({}));
    assert_eq!(home["next"]["id"], april);
    assert!(!home["recent"].to_string().contains(page.as_str().unwrap()), "what was not held is no meeting");

    let path = bound(&secretary, 2027, &folder).unwrap();
    let words = words_of(&path);
    let at = |part: &str| words.find(part).unwrap_or_else(|| panic!("{part} in {words}"));
    let order = ["THÁNG 1 NĂM 2027: KHÔNG HỌP", "Nước lũ ngập nhà văn hóa", "tháng 2 năm 2027", "tháng 3 năm 2027"];
    assert!(order.map(at).is_sorted() && at("SỔ BIÊN BẢN") < at(order[0]), "{words}");
    assert!(!words.to_lowercase().contains("tháng 4 năm 2027"), "what is to come is not told: {words}");
    assert_eq!([2, 3, 4].map(|page| first_on(&path, page)), ["2", "3", "4"], "one page count");

    // The reason is taken back, and with it what only bore it.
    secretary.call("restore_meeting", json!({ "meeting": page }));
    assert_eq!(year(2027)["silent"], json!([1]));
    assert!(!year(2027)["rows"].to_string().contains(page.as_str().unwrap()));

    // A planned meeting that is given up with a reason stays, and can be taken up again.
    secretary.call("cancel_meeting", json!({ "meeting": april, "reason": "Bão số 1" }));
    let row = || year(2027)["rows"].as_array().unwrap().iter().find(|row| row["id"] == april).cloned();
    assert_eq!(row().unwrap()["not_held"], "Bão số 1");
    assert_eq!(secretary.call("home", json!({}))["next"], Json::Null);
    secretary.call("restore_meeting", json!({ "meeting": april }));
    assert_eq!(row().unwrap()["not_held"], Json::Null);
    secretary.call("cancel_meeting", json!({ "meeting": april }));
    assert!(row().is_none(), "without a reason it was a mistake");
}
