//! What was said of a meeting when it was planned is put right on its own screen, until its minutes are locked; and what the
//! rules ask of a regular meeting that takes up a theme too.

use app::Code;
use serde_json::{Value as Json, json};

use crate::{
    a_month_in_a_cell::day,
    minutes::{acknowledge, hold, words_of, written},
    phone::{Phone, is},
    province::Province,
};

/// What the form of a meeting holds, with some of it typed anew.
pub fn facts(phone: &Phone, meeting: &Json, typed: &Json) -> Json {
    let mut ask = day(phone, meeting)["facts"].clone();
    let (ask_, typed) = (ask.as_object_mut().unwrap(), typed.as_object().unwrap());
    ask_.extend([("meeting".to_owned(), meeting.clone()), ("started".to_owned(), json!(""))]);
    ask_.extend(typed.clone());
    ask
}

/// Puts it right.
pub fn put_right(phone: &Phone, meeting: &Json, typed: &Json) -> Json {
    phone.call("save_meeting_facts", facts(phone, meeting, typed))
}

fn refused(phone: &Phone, meeting: &Json, typed: &Json) -> app::Trouble {
    phone.trouble("save_meeting_facts", facts(phone, meeting, typed))
}

fn gaps(phone: &Phone, meeting: &Json) -> Vec<Json> {
    let gaps = phone.call("minutes", json!({ "meeting": meeting }))["gaps"].clone();
    gaps.as_array().unwrap().iter().filter(|gap| gap["blocks"] == true).map(|gap| gap["why"].clone()).collect()
}

/// Plans a regular meeting in the morning of a day.
fn plan(phone: &Phone, topic: &Json, [day, month, year]: [&str; 3], until: &str) -> Json {
    let plan = json!({ "kind": "regular", "topic": topic, "day": day, "month": month, "year": year, "at": "08:00",
        "until": until, "place": "Nhà văn hóa", "chair": null, "minute_taker": null });
    phone.call("plan_meeting", plan)
}

// Planted: what stays as it was written again over what somebody else wrote → caught.
#[test]
fn whoever_fell_ill_is_replaced_and_the_hours_are_put_right_until_the_minutes_are_locked() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let [first, second] = ["secretary", "deputy"].map(|role| json!(province.issued(role).member));
    let meeting = secretary.next_meeting();
    let planned = put_right(&secretary, &meeting, &json!({ "chair": null, "minute_taker": null, "started": "07:00" }));
    assert_eq!((&planned["started_at"], &planned["status"]), (&Json::Null, &json!("planned")), "{planned}");
    hold(&secretary);
    assert_eq!(gaps(&secretary, &meeting), ["chair", "minute_taker"]);
    secretary.sync();
    deputy.sync();

    // Two put two things right, neither having heard of the other: nothing is asked.
    put_right(&secretary, &meeting, &json!({ "chair": second, "minute_taker": second }));
    put_right(&deputy, &meeting, &json!({ "place": "Nhà văn hóa thôn mới" }));
    secretary.sync();
    deputy.sync();
    secretary.sync();
    let both = day(&secretary, &meeting);
    assert_eq!(
        (&both["differs"], &both["meeting"]["place"]),
        (&json!(false), &json!("Nhà văn hóa thôn mới")),
        "{both}"
    );
    assert_eq!(gaps(&secretary, &meeting), ["same_person"], "nor did the older form take anybody back");
    put_right(&secretary, &meeting, &json!({ "chair": first }));
    assert_eq!(gaps(&secretary, &meeting), [""; 0]);

    for (typed, fault) in [
        (json!({ "started": "sáng sớm" }), ("started", "not_a_time")),
        (json!({ "started": "23:55" }), ("ended_at", "ends_before_start")),
        (json!({ "place": " " }), ("place", "empty")),
        (json!({ "until": "07:30", "at": "08:00" }), ("planned_until", "ends_before_start")),
        (json!({ "day": "31", "month": "2" }), ("day", "no_such_day")),
    ] {
        is(&refused(&secretary, &meeting, &typed), Code::Invalid, Some(fault));
    }
    let moved = put_right(&secretary, &meeting, &json!({ "day": "2", "started": "7h40" }));
    assert_eq!(
        [&moved["started_at"], &moved["ended_at"]],
        ["2026-12-02T07:40", "2026-12-02T23:50"],
        "it began and ended on the day that it was put to"
    );
    let again = secretary.call("end_meeting", json!({ "meeting": meeting, "at": "21:15" }));
    assert_eq!(again["ended_at"], "2026-12-02T21:15", "until it is locked, its end is put right too");
    let text = secretary.call("minutes", json!({ "meeting": meeting }))["lines"].to_string();
    for said in ["07 giờ 40, ngày 02", "21 giờ 15", "Nhà văn hóa thôn mới"] {
        assert!(text.contains(said), "{said} in {text}");
    }

    acknowledge(&secretary, &meeting, "chair");
    secretary.sync();
    deputy.sync();
    acknowledge(&deputy, &meeting, "taker");
    is(&refused(&deputy, &meeting, &json!({ "place": "Khác" })), Code::Invalid, Some(("minutes", "locked")));
}

// Planted: a theme that asks for no more time → caught.
#[test]
fn a_regular_meeting_with_a_theme_takes_two_hours_since_the_rule_says_so() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let theme = json!("Giữ rừng đầu nguồn");
    let before = plan(&secretary, &theme, ["20", "10", "2025"], "09:40");
    assert_eq!(before["warnings"], json!([]), "the rule of its day asked for 90 minutes");
    let bare = plan(&secretary, &Json::Null, ["5", "12", "2026"], "09:40");
    assert_eq!(bare["warnings"], json!([]));
    let short = put_right(&secretary, &bare["id"], &json!({ "topic": theme }));
    let warning = &short["warnings"][0];
    assert_eq!(
        (&warning["why"], &warning["params"]),
        (&json!("duration_short"), &json!({ "minutes": 100, "needed": 120 }))
    );
    assert!(warning["source"].as_str().unwrap().contains("42-HD/BTCTW"), "{warning}");
    let [first, second] = ["secretary", "deputy"].map(|role| json!(province.issued(role).member));
    let whole = json!({ "until": "10:00", "chair": first, "minute_taker": second });
    let long = put_right(&secretary, &bare["id"], &whole);
    assert_eq!(long["warnings"], json!([]));

    let folder = tempfile::tempdir().unwrap();
    let pdf = written(&secretary, &folder, &bare["id"], "pdf");
    let words = words_of(pdf["path"].as_str().unwrap());
    for said in ["thường kỳ và chuyên đề tháng 12 năm 2026", "Chuyên đề: Giữ rừng đầu nguồn"] {
        assert!(words.contains(said), "{said} in {words}");
    }
}
