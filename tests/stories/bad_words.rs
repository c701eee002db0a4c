//! What people type that cannot stand: refused with a word at the field, and nothing half-written.

use app::Code;
use domain::{Audience, Id, Log, Meeting, Record, Unit};
use serde_json::{Value as Json, json};
use store::Edit;

use crate::{
    phone::{Phone, is},
    province::{Province, TODAY},
};

fn member(name: &str) -> Json {
    json!({ "name": name, "birth_year": "1990", "standing": "official", "post": null })
}

// Planted: words kept as they are spelt; hidden marks let in; any length let in → each caught.
#[test]
fn names_are_names_however_they_come() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let before = secretary.call("roster", json!({ "search": "" }))["all"].clone();
    let long = "Nguyễn ".repeat(43);
    for (name, why) in [
        (long.as_str(), "too_long"),
        ("", "empty"),
        ("   \u{a0} ", "empty"),
        ("Hiền", "two_words"),
        ("Nguyễn \u{202e}Hiền", "control_characters"),
        ("Nguyễn\u{7} Hiền", "control_characters"),
        ("Nguyễn Thị <b>Hiền</b>", "not_a_name"),
        ("Robert'); DROP TABLE member;--", "not_a_name"),
    ] {
        is(&secretary.trouble("add_member", member(name)), Code::Invalid, Some(("name", why)));
    }
    let roster = secretary.call("roster", json!({ "search": "" }));
    assert_eq!(roster["all"], before, "nobody was added by half");
    assert_eq!(secretary.call("sync_state", json!({}))["waiting"], json!(0), "and nothing waits");

    // As some keyboards and all Apple file names spell it: letters and marks apart.
    let apart = "Nguye\u{302}\u{303}n Thi\u{323} Thanh Hie\u{302}\u{300}n";
    let row = secretary.call("add_member", member(apart));
    assert_eq!(row["name"], "Nguyễn Thị Thanh Hiền", "one spelling is kept");
    let found = secretary.call("roster", json!({ "search": "thanh hien" }));
    assert!(found["rows"].to_string().contains("Nguyễn Thị Thanh Hiền"), "and found without marks");
}

#[test]
fn days_and_times_are_those_of_the_calendar() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let before = secretary.call("meetings", json!({ "year": 2027 }))["rows"].as_array().unwrap().len();
    let plan = |day: &str, month: &str, at: &str, until: Option<&str>| {
        json!({ "kind": "regular", "topic": null, "day": day, "month": month, "year": "2027", "at": at, "until": until,
            "place": "Nhà văn hóa", "chair": null, "minute_taker": null })
    };
    for (ask, field, why) in [
        (plan("31", "02", "14:00", None), "day", "no_such_day"),
        (plan("0", "1", "14:00", None), "day", "no_such_day"),
        (plan("ba", "1", "14:00", None), "day", "no_such_day"),
        (plan("3", "1", "25:00", None), "at", "not_a_time"),
        (plan("3", "1", "14:00", Some("13:00")), "until", "ends_before_start"),
    ] {
        let trouble = secretary.trouble("plan_meeting", ask);
        assert_eq!(trouble.code, Code::Invalid);
        let faults: Vec<(&str, &str)> = trouble.faults.iter().map(|f| (f.field.as_str(), f.why)).collect();
        assert!(faults.iter().any(|(_, w)| *w == why), "{field}: {why}, not {faults:?}");
    }
    let after = secretary.call("meetings", json!({ "year": 2027 }))["rows"].as_array().unwrap().len();
    assert_eq!(after, before, "no meeting was planned by half");
    secretary.call("plan_meeting", plan("29", "1", "14h05", Some("16h")));
    let after = secretary.call("meetings", json!({ "year": 2027 }))["rows"].as_array().unwrap().len();
    assert_eq!(after, before + 1, "a day of the calendar is taken as people type it");
}

// Planted: a day without a rule let in; its roll answered as a mistake of ours → each caught.
#[test]
fn a_meeting_of_a_day_without_a_rule_is_not_planned_and_one_from_elsewhere_says_so() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let values = json!({ "unit": province.issued("secretary").unit, "kind": "regular", "planned_at": "2010-12-03T14:00",
        "place": "Nhà văn hóa" });
    let add = json!({ "table": "meeting", "values": values });
    is(&secretary.trouble("add", add), Code::Invalid, Some(("planned_at", "no_rule")));
    let next = secretary.next_meeting();
    let moved = json!({ "table": "meeting", "id": next, "values": { "planned_at": "2011-01-18T14:00" } });
    is(&secretary.trouble("edit", moved), Code::Invalid, Some(("planned_at", "no_rule")));
    assert_eq!(secretary.call("sync_state", json!({}))["waiting"], json!(0), "nothing was written by half");
    secretary.call("edit", json!({ "table": "meeting", "id": next, "values": { "planned_at": "2011-01-19T14:00" } }));
    secretary.sheet(&next);

    // An app of another age, which knows of no such rule, writes it into its book and sends it.
    let meeting: Id<Meeting> = serde_json::from_value(next.clone()).unwrap();
    let unit: Id<Unit> = province.issued("secretary").unit;
    let old =
        Edit { table: &Meeting::TABLE, id: meeting.uuid(), field: "planned_at", value: "2010-12-03T14:00".into() };
    secretary.with_book(|mut book| book.write(&Log::of(unit, Audience::Everyone), &[old], TODAY, None).unwrap());
    secretary.sync();
    deputy.sync();
    for phone in [&secretary, &deputy] {
        is(&phone.trouble("attendance", json!({ "meeting": next })), Code::NoRule, None);
        phone.call("meetings", json!({ "year": 2010 }));
    }
}

#[test]
fn questions_that_make_no_sense_are_answered_and_nothing_falls_over() {
    let province = Province::open();
    let member = Phone::of(&province, "member");
    let nobody = "00000000-0000-4000-8000-000000000000";
    for (name, ask) in [
        ("no_such_action", json!({})),
        ("mark", json!({})),
        ("mark", json!({ "meeting": nobody, "member": nobody, "mark": "asleep", "reason": null })),
        ("attendance", json!({ "meeting": nobody })),
        ("member", json!({ "member": "không" })),
        ("get", json!({ "table": "sqlite_schema", "id": nobody })),
        ("list", json!({ "table": "fact" })),
        ("edit", json!({ "table": "member", "id": nobody, "values": { "name": 7 } })),
        ("meetings", json!({ "year": "hai nghìn" })),
    ] {
        let trouble = member.trouble(name, ask.clone());
        assert!(
            !trouble.detail.contains("không") && !trouble.detail.contains("asleep"),
            "the words stay out of it: {trouble:?}"
        );
    }
    for text in ["%", "\"", "'; --", "nghi quyet", &"a".repeat(1000), "\u{202e}", "*", "NEAR("] {
        member.call("find", json!({ "text": text }));
        member.call("roster", json!({ "search": text }));
    }
}
