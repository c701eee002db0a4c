//! Who stays away three times running is named to the secretary: the rules allow it nobody.

use serde_json::{Value as Json, json};

use crate::{
    phone::{Phone, unmarked},
    province::Province,
};

/// A regular meeting of a past day with one member absent, everybody else there.
fn held_without(phone: &Phone, day: &str, away: &Json) {
    let plan = json!({ "kind": "regular", "topic": null, "day": day, "month": "11", "year": "2026", "at": "14:00",
        "until": null, "place": "Nhà văn hóa", "chair": null, "minute_taker": null });
    let meeting = phone.call("plan_meeting", plan)["id"].clone();
    phone.mark(&meeting, away, "absent_excused");
    phone.call("mark_rest", json!({ "meeting": meeting }));
    phone.call("close_attendance", json!({ "meeting": meeting }));
}

// Planted: two meetings enough → caught.
#[test]
fn absent_three_times_running_is_named_at_home() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let people = unmarked(&secretary.sheet(&secretary.next_meeting()));
    let (away, once) = (&people[0], &people[1]);
    let named = |member: &Json| {
        let to_do = secretary.call("home", json!({}))["to_do"].clone();
        let route = format!("#/dang-vien/{}", member.as_str().unwrap());
        to_do.as_array().unwrap().iter().any(|one| one["what"] == "absent_running" && one["route"] == json!(route))
    };
    // Whoever was there at the first of them is away two times, not three.
    held_without(&secretary, "24", once);
    held_without(&secretary, "25", away);
    held_without(&secretary, "26", away);
    assert!(!named(away) && !named(once), "twice is not three times");
    held_without(&secretary, "27", away);
    assert!(named(away) && !named(once), "three times is");
}
