//! Rights that come and go: with an office comes what it may read, and without it nothing of that is left.

use app::Code;
use domain::Person;
use serde_json::{Value as Json, json};

use crate::{
    phone::{PIN, Phone, is, unmarked},
    province::{DAY, Province},
};

// Planted: a device that is shut out served on → caught.
#[test]
fn a_phone_is_revoked() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    let there = unmarked(&secretary.sheet(&meeting));
    let devices = secretary.sync()["devices"].clone();
    let his = |one: &&Json| one["holder"] == json!(province.issued("deputy").name) && one["revoked_at"].is_null();
    let lost = devices.as_array().unwrap().iter().find(his).unwrap()["id"].clone();
    secretary.call("revoke_device", json!({ "device": lost }));
    secretary.sync();

    secretary.mark(&meeting, &there[1], "late");
    secretary.sync();
    deputy.mark(&meeting, &there[0], "absent");
    is(&deputy.try_sync().unwrap_err(), Code::Revoked, None);
    assert_eq!(deputy.sheet(&meeting)["tally"]["late"], json!(0), "nothing is served to it any more");
    secretary.sync();
    let sheet = secretary.sheet(&meeting);
    assert_eq!(sheet["tally"]["absent"], json!(0), "and nothing is accepted from it");
    is(&deputy.try_sync().unwrap_err(), Code::Revoked, None);
}

/// How many personal records the phone's book holds, whatever the screens show.
fn persons(phone: &Phone) -> usize {
    phone.with_book(|book| book.list::<Person>("", ()).unwrap().len())
}

// Planted: every device taken as confirmed, on the server or on the phone; any six digits taken; the holder let
// confirm their own → each caught.
#[test]
fn a_new_phone_of_an_officer_waits_for_a_second_person() {
    let province = Province::open();
    let deputy = Phone::of(&province, "deputy");
    // Somebody with the secretary's code, perhaps not her.
    let phone = Phone::unconfirmed(&province, "secretary");
    let digits = phone.digits().expect("six digits to read aloud");
    assert_eq!(digits.len(), 6);
    assert_eq!(persons(&phone), 1, "it holds what a plain member holds");
    let meeting = phone.next_meeting();
    let first = unmarked(&phone.sheet(&meeting))[0].clone();
    let mark = || json!({ "meeting": meeting, "member": first, "mark": "late", "reason": null });
    is(&phone.trouble("mark", mark()), Code::NotAllowed, None);
    let own = json!({ "device": phone.device(), "digits": digits });
    is(&phone.trouble("confirm_device", own.clone()), Code::NotAllowed, None);

    deputy.sync();
    let waiting = deputy.call("home", json!({}))["to_do"].to_string();
    assert!(waiting.contains("confirm_device"), "the deputy is told: {waiting}");
    let others = json!({ "device": phone.device(), "digits": format!("{:06}", (digits.parse::<u32>().unwrap() + 1) % 1_000_000) });
    is(&deputy.trouble("confirm_device", others), Code::Invalid, Some(("digits", "other_digits")));
    deputy.call("confirm_device", own);
    deputy.sync();
    phone.sync();
    phone.sync();
    assert_eq!(phone.digits(), None, "nothing is waited for any more");
    assert!(persons(&phone) > 20, "it takes what her office reads");
    phone.call("mark", mark());
    phone.sync();

    // A second phone of hers is not hers to confirm, from the first.
    let codes = province.admin(|ledger, outside| {
        let member = province.issued("secretary").member;
        server::issue(ledger, outside, member).unwrap().0.to_string()
    });
    let second = Phone::new(&province);
    second.join(&codes).unwrap();
    second.sync();
    phone.sync();
    let ask = json!({ "device": second.device(), "digits": second.digits() });
    is(&phone.trouble("confirm_device", ask), Code::NotAllowed, None);
}

// Planted: gained logs not fetched from their start; records of lost logs left → each caught.
#[test]
fn a_member_becomes_secretary() {
    let province = Province::open();
    let member = Phone::of(&province, "member");
    let commune = Phone::of(&province, "commune");
    let person = province.issued("member");
    let roster = member.call("roster", json!({ "search": "" }));
    let all = roster["rows"].as_array().unwrap().len();
    let other = roster["rows"].as_array().unwrap().iter().find(|row| row["member"] != json!(person.member)).unwrap();
    let other = json!({ "member": other["member"] });
    assert_eq!(persons(&member), 1, "a member holds their own record");
    assert_eq!(member.call("member", other.clone())["person"], Json::Null, "and sees nobody else's");

    let grant = commune.call(
        "add",
        json!({ "table": "grant", "values": {
            "unit": person.unit, "member": person.member, "office": "secretary", "valid_from": "2026-12-01" } }),
    );
    commune.sync();
    member.sync();
    member.sync();
    assert_eq!(persons(&member), 1, "an office counts on a device only once a second person has confirmed it");
    let digits = member.digits().unwrap();
    commune.call("confirm_device", json!({ "device": member.device(), "digits": digits }));
    commune.sync();
    member.sync();
    member.sync();
    assert!(persons(&member) >= all, "the new secretary holds every member's record, from its beginning");
    assert!(member.call("member", other.clone())["person"].is_object(), "and sees it");
    let meeting = member.next_meeting();
    let first = unmarked(&member.sheet(&meeting))[0].clone();
    member.mark(&meeting, &first, "present");
    member.sync();

    commune.call("edit", json!({ "table": "grant", "id": grant["id"], "values": { "valid_to": "2026-12-02" } }));
    commune.sync();
    member.sync();
    member.sync();
    assert_eq!(persons(&member), 1, "without the office only their own is left on the disk");
    assert_eq!(member.call("member", other)["person"], Json::Null, "and nobody else's is seen");
    let ask = json!({ "meeting": meeting, "member": first, "mark": "late", "reason": null });
    is(&member.trouble("mark", ask), Code::NotAllowed, None);
    assert_eq!(member.pin, PIN, "with the PIN they began with");
}

#[test]
fn an_office_that_ends_while_offline_leaves_its_words_where_the_commune_sees_them() {
    let province = Province::open();
    let [deputy, commune] = ["deputy", "commune"].map(|role| Phone::of(&province, role));
    let meeting = deputy.next_meeting();
    let there = unmarked(&deputy.sheet(&meeting));
    let grants = commune.call("list", json!({ "table": "grant" }));
    let his = |one: &&Json| one["member"] == json!(province.issued("deputy").member) && one["office"] == "deputy";
    let grant = grants.as_array().unwrap().iter().find(his).unwrap();
    commune.call("edit", json!({ "table": "grant", "id": grant["id"], "values": { "valid_to": "2026-12-02" } }));
    commune.sync();
    deputy.mark(&meeting, &there[0], "absent");
    let state = deputy.call("sync", json!({}));
    assert_eq!(
        state["quarantined"][0]["why"], "notallowed",
        "it is set aside, and he is told: {}",
        state["quarantined"]
    );
    commune.later(DAY);
    commune.sync();
    assert_eq!(commune.try_sync().unwrap()["trouble"], Json::Null, "and the commune goes on");
}
