//! What minutes lack: each thing is named with the step where it is put right, and is gone once it is. Nobody acknowledges
//! minutes that lack what they must have.

use app::Code;
use domain::{Audience, Log, Meeting, Record};
use serde_json::{Value as Json, json};

use crate::{
    a_month_in_a_cell::{add_item, day, write},
    clash::settle,
    minutes::{acknowledge, hold},
    phone::{LONG_PIN, Phone, is, rows},
    province::{Province, TODAY},
    put_right::put_right,
};

/// What is missing, each with its step.
fn gaps(phone: &Phone, meeting: &Json) -> Vec<(String, String)> {
    let gaps = phone.call("minutes", json!({ "meeting": meeting }))["gaps"].clone();
    let word = |gap: &Json, key: &str| gap[key].as_str().unwrap().to_owned();
    gaps.as_array().unwrap().iter().map(|gap| (word(gap, "why"), word(gap, "step"))).collect()
}

/// Whether the chair is refused because something lacks.
fn refused(phone: &Phone, meeting: &Json) {
    let hash = phone.call("minutes", json!({ "meeting": meeting }))["hash"].clone();
    let ask = json!({ "meeting": meeting, "hash": hash, "signs": "chair", "pin": LONG_PIN });
    is(&phone.trouble("acknowledge_minutes", ask), Code::Invalid, Some(("minutes", "gaps")));
}

/// Does what puts one thing right: it was listed at its step, and is not any more; others may have come.
fn put(phone: &Phone, meeting: &Json, why: &str, step: &str, work: impl FnOnce()) {
    let gap = (why.to_owned(), step.to_owned());
    let before = gaps(phone, meeting);
    assert!(before.contains(&gap), "{gap:?} in {before:?}");
    work();
    let after = gaps(phone, meeting);
    assert!(!after.contains(&gap), "{gap:?} in {after:?}");
}

// Planted: one person who may both lead and write → caught.
#[test]
fn each_thing_that_minutes_lack_is_named_and_put_right() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let [first, second] = ["secretary", "deputy"].map(|role| json!(province.issued(role).member));
    let values = json!({ "planned_at": "2026-12-03T07:30", "kind": "regular", "place": "Nhà văn hóa" });
    let meeting = secretary.call("add", json!({ "table": "meeting", "values": values }))["id"].clone();
    let here = |why: &str, step: &str, work: &dyn Fn()| put(&secretary, &meeting, why, step, work);
    let right = |typed: Json| drop(put_right(&secretary, &meeting, &typed));
    refused(&secretary, &meeting);

    here("chair", "invitation", &|| right(json!({ "chair": first })));
    here("minute_taker", "invitation", &|| right(json!({ "minute_taker": first })));
    refused(&secretary, &meeting);
    here("same_person", "invitation", &|| right(json!({ "minute_taker": second })));
    here("start", "roll", &|| drop(secretary.call("mark_rest", json!({ "meeting": meeting }))));
    let sheet = secretary.sheet(&meeting);
    let absent = rows(&sheet).iter().find(|row| row["counts"] == true).unwrap()["member"].clone();
    secretary.mark(&meeting, &absent, "absent");
    here("roll", "roll", &|| drop(secretary.call("close_attendance", json!({ "meeting": meeting }))));
    here("reason", "roll", &|| drop(secretary.mark(&meeting, &absent, "absent_unexcused")));
    here("dues", "discussion", &|| drop(secretary.call("state_dues", json!({ "meeting": meeting, "stated": true }))));
    refused(&secretary, &meeting);
    here("agenda", "papers", &|| drop(add_item(&secretary, &meeting, "Đường thôn")));
    let item = day(&secretary, &meeting)["items"][0].clone();
    here("words", "discussion", &|| write(&secretary, "words", &item["id"], "Đ/c Bình: nhất trí.", ""));
    here("conclusion", "conclusion", &|| write(&secretary, "conclusion", &item["id"], "Chi bộ thống nhất.", ""));
    refused(&secretary, &meeting);
    here("end", "conclusion", &|| drop(secretary.call("end_meeting", json!({ "meeting": meeting, "at": "23:50" }))));
    assert!(gaps(&secretary, &meeting).is_empty(), "nothing lacks");

    // Two write of one item what the other has not seen: somebody chooses first.
    secretary.sync();
    deputy.sync();
    let was = "Đ/c Bình: nhất trí.";
    write(&secretary, "words", &item["id"], "Đ/c Bình: nhất trí, đề nghị làm sớm.", was);
    write(&deputy, "words", &item["id"], "Đ/c Bình: nhất trí, đề nghị chờ mùa khô.", was);
    deputy.sync();
    secretary.sync();
    refused(&secretary, &meeting);
    here("choice", "discussion", &|| {
        let chosen = json!([{ "field": "words", "of": 2, "choose": 0 }]);
        settle(&secretary, "discussion", &item["discussion"], &chosen);
    });
    assert_eq!(acknowledge(&secretary, &meeting, "chair")["state"], "acknowledged");
}

// Planted: a place that nobody asks for → caught.
#[test]
fn a_place_that_another_app_took_away_is_asked_for() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let (meeting, _) = hold(&secretary);
    // No action leaves it out, but what an older app wrote is read as well.
    secretary.with_book(|mut book| {
        let log = Log::of(province.issued("secretary").unit, Audience::Everyone);
        let id = meeting.as_str().unwrap().parse().unwrap();
        let nowhere = store::Edit { table: &Meeting::TABLE, id, field: "place", value: "".into() };
        book.write(&log, &[nowhere], TODAY, None).unwrap();
    });
    refused(&secretary, &meeting);
    let right = || drop(put_right(&secretary, &meeting, &json!({ "place": "Nhà văn hóa" })));
    put(&secretary, &meeting, "place", "invitation", right);
    assert_eq!(acknowledge(&secretary, &meeting, "chair")["state"], "acknowledged");
}
