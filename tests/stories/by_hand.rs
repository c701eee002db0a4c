//! No network at all: what goes from hand to hand in a file.

use std::{fs, path::PathBuf};

use app::Code;
use domain::Office;
use serde_json::{Value as Json, json};
use server::people;

use crate::{
    phone::{LONG_PIN, Phone, is, marks, program, row, unmarked},
    province::{DAY, Province},
};

/// Writes a file for the province, or for another device.
fn make(phone: &Phone, device: Option<String>) -> PathBuf {
    let made = phone.call("make_bundle", json!({ "device": device, "folder": phone.home().join("out") }));
    PathBuf::from(made["path"].as_str().unwrap())
}

fn take(phone: &Phone, file: &PathBuf) -> Json {
    phone.call("take_bundle", json!({ "path": file }))
}

/// What the province's machine does with a file that is brought there.
fn answered(province: &Province, file: &PathBuf) -> Result<PathBuf, String> {
    let brought = fs::read(file).unwrap();
    let answer = province.admin(|ledger, outside| server::answer_bundle(ledger, outside, &brought)).unwrap();
    let to = file.with_extension("answer");
    answer.map(|bytes| fs::write(&to, bytes).unwrap()).map_err(|refused| refused.said().1.to_owned())?;
    Ok(to)
}

/// How many entries the province has.
fn kept(province: &Province) -> i64 {
    let ledger = rusqlite::Connection::open(province.data().join("ledger.db")).unwrap();
    ledger.query_row("SELECT count(*) FROM entry", [], |row| row.get(0)).unwrap()
}

// Planted: an entry that is known counted again; a bundle for one reader opened by another → each caught.
#[test]
fn two_phones_without_a_network_hand_each_other_the_roll() {
    let province = Province::open();
    let [secretary, deputy, member] = ["secretary", "deputy", "member"].map(|role| Phone::of(&province, role));
    for phone in [&secretary, &deputy, &member] {
        phone.sync();
    }
    secretary.sync();
    let meeting = secretary.next_meeting();
    for phone in [&secretary, &deputy, &member] {
        phone.line.down();
    }
    let there = unmarked(&secretary.sheet(&meeting));
    secretary.mark(&meeting, &there[0], "absent");
    secretary.mark(&meeting, &there[1], "present");
    deputy.mark(&meeting, &there[1], "late");

    let file = make(&secretary, Some(deputy.device()));
    let taken = take(&deputy, &file);
    assert!(taken["entries"].as_u64() > Some(0) && taken["refused"] == json!(0), "{taken}");
    let sheet = deputy.sheet(&meeting);
    assert_eq!(row(&sheet, &there[0])["mark"], "absent", "it is on the deputy's roll at once");
    assert_ne!(row(&sheet, &there[1])["other"], json!([]), "and both words stand where two people differ");
    let again = take(&deputy, &file);
    assert_eq!(again["entries"], json!(0), "taken twice it changes nothing");
    is(&member.trouble("take_bundle", json!({ "path": file })), Code::BundleForeign, None);

    let plain = take(&member, &make(&secretary, Some(member.device())));
    assert!(plain["entries"].as_u64() > Some(0), "a member is handed what members may read: {plain}");
    assert_eq!(row(&member.sheet(&meeting), &there[0])["mark"], "absent");

    // The deputy comes to the network first and brings the secretary's words along.
    deputy.line.up();
    deputy.sync();
    secretary.line.up();
    let before = kept(&province);
    secretary.sync();
    assert_eq!(kept(&province), before, "the province had them already");
    deputy.sync();
    member.line.up();
    member.sync();
    assert_eq!(marks(&secretary.sheet(&meeting)), marks(&deputy.sheet(&meeting)));
    assert_eq!(marks(&secretary.sheet(&meeting)), marks(&member.sheet(&meeting)));
}

// Planted: an author who may not write that, or whose device is shut out, believed from a hand → each caught.
#[test]
fn a_hand_cannot_bring_what_its_author_may_not_write() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    secretary.sync();
    let meeting = secretary.next_meeting();
    let there = unmarked(&secretary.sheet(&meeting));
    deputy.line.down();
    deputy.mark(&meeting, &there[0], "absent");
    let file = make(&deputy, Some(secretary.device()));
    let refused = |why: &str| {
        let taken = take(&secretary, &file);
        assert_eq!((&taken["entries"], taken["refused"].as_u64() > Some(0)), (&json!(0), true), "{taken}");
        assert_eq!(row(&secretary.sheet(&meeting), &there[0])["mark"], "unmarked", "{why}");
    };
    let who = province.issued("deputy");
    province.admin(|ledger, _| people::withdraw(ledger, who.member, who.unit, Office::Deputy)).unwrap();
    secretary.sync();
    refused("who is deputy no more marks nobody");
    secretary.call("revoke_device", json!({ "device": deputy.device() }));
    refused("a lost phone writes nothing");
}

// Planted: the answer to an older question taken; a bundle a year old taken; a byte changed and not noticed → each
// caught.
#[test]
fn a_file_to_the_province_and_its_answer() {
    let province = Province::open();
    let [secretary, office] = ["secretary", "commune"].map(|role| Phone::of(&province, role));
    secretary.sync();
    let meeting = secretary.next_meeting();
    secretary.line.down();
    let there = unmarked(&secretary.sheet(&meeting));
    secretary.mark(&meeting, &there[0], "absent");

    // By the commune's network, which cannot read it.
    let first = make(&secretary, None);
    let carried = office.call("carry_bundle", json!({ "path": first, "folder": office.home().join("out") }));
    let answer = PathBuf::from(carried["path"].as_str().unwrap());
    is(&office.trouble("take_bundle", json!({ "path": first })), Code::BundleForeign, None);
    is(&office.trouble("take_bundle", json!({ "path": answer })), Code::BundleForeign, None);
    take(&secretary, &answer);
    let state = secretary.call("sync_state", json!({}));
    assert_eq!((&state["waiting"], &state["misfit"]), (&json!(0), &Json::Null), "it is with the province: {state}");

    // At the province's own machine, twice.
    secretary.mark(&meeting, &there[1], "absent");
    let second = make(&secretary, None);
    let answer = answered(&province, &second).unwrap();
    let before = kept(&province);
    answered(&province, &second).unwrap();
    assert_eq!(kept(&province), before, "brought twice it changes nothing");
    secretary.mark(&meeting, &there[2], "absent");
    let third = make(&secretary, None);
    is(&secretary.trouble("take_bundle", json!({ "path": answer })), Code::BundleStale, None);
    let answer = answered(&province, &third).unwrap();
    take(&secretary, &answer);
    let twice = take(&secretary, &answer);
    assert_eq!(twice["entries"], json!(0), "taken twice it changes nothing");
    assert_eq!(secretary.call("sync_state", json!({}))["waiting"], json!(0));

    // Altered, cut off, nothing of ours, too old.
    let [whole, back] = [&third, &answer].map(|file| fs::read(file).unwrap());
    let spoilt = third.with_extension("spoilt");
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&spoilt, &bytes).unwrap();
        let refused = answered(&province, &spoilt).unwrap_err();
        assert!(["unreadable", "bundle_foreign"].contains(&refused.as_str()), "byte {at}: {refused}");
        fs::write(&spoilt, &whole[..at]).unwrap();
        assert_eq!(answered(&province, &spoilt).unwrap_err(), "unreadable", "cut at {at}");
    }
    for at in (0..back.len()).step_by(7) {
        fs::write(&spoilt, &back[..at]).unwrap();
        is(&secretary.trouble("take_bundle", json!({ "path": spoilt })), Code::BundleBroken, None);
    }
    let late = make(&secretary, None);
    province.later(61 * DAY);
    assert_eq!(answered(&province, &late).unwrap_err(), "bundle_expired");
}

// Planted: a code without the root key taken → caught.
#[test]
fn a_phone_is_set_up_without_ever_seeing_the_network() {
    let province = Province::open();
    let phone = Phone::new(&province);
    phone.line.down();
    let short = json!({ "code": province.code("deputy"), "pin": LONG_PIN, "folder": phone.home().join("out") });
    is(&phone.trouble("join_by_file", short), Code::CodeShort, None);
    let code = format!("sotay:{}@{}#{}", province.code("deputy"), province.address, province.made.root);
    let ask = json!({ "code": code, "pin": LONG_PIN, "folder": phone.home().join("out") });
    let made = phone.call("join_by_file", ask.clone());
    let file = PathBuf::from(made["path"].as_str().unwrap());
    let answer = answered(&province, &file).unwrap();
    assert_eq!(phone.call("status", json!({}))["stage"], "new", "not in yet");

    // Somebody else's answer opens nothing here.
    let stranger = Province::stranger();
    assert_eq!(answered(&stranger, &file).unwrap_err(), "bundle_foreign");

    let state = phone.call("take_welcome", json!({ "pin": LONG_PIN, "path": answer }));
    assert_eq!((&state["stage"], &state["holder"]["name"]), (&json!("open"), &json!(province.issued("deputy").name)));
    let home = phone.call("home", json!({}));
    assert!(home["next"].is_object(), "the cell's book is there: {home}");
    assert!(phone.digits().is_some(), "an officer's device waits for a second person");

    // And it goes on by network once there is one.
    phone.line.up();
    phone.sync();
}

// Planted: the tenth try leaves the secret's old counter; another phone's answer taken; digits not compared → each
// caught.
#[test]
fn ten_wrong_pins_and_the_province_brings_the_book_back() {
    let province = Province::open();
    let mut secretary = Phone::of(&province, "secretary");
    let meeting = secretary.next_meeting();
    secretary.line.down();
    let there = unmarked(&secretary.sheet(&meeting));
    secretary.mark(&meeting, &there[0], "absent");
    let out = secretary.home().join("out");
    is(&secretary.trouble("ask_rescue", json!({ "folder": out })), Code::NotAllowed, None);
    secretary.call("lock", json!({}));
    while secretary.trouble("unlock", json!({ "pin": "13572468" })).code != Code::Destroyed {
        secretary.later(7200 * 1000);
    }
    is(&secretary.trouble("unlock", json!({ "pin": LONG_PIN })), Code::Destroyed, None);

    let asked = secretary.call("ask_rescue", json!({ "folder": out }));
    let file = asked["path"].as_str().unwrap().to_owned();
    let answer = out.join("answer");
    let rescue = |digits: &str| {
        let mut words = std::process::Command::new(program("province"));
        words.arg("rescue").arg("--key").arg(province.data().join("recovery.key"));
        words.arg("--from").arg(&file).arg("--to").arg(&answer).arg("--digits").arg(digits);
        words.output().unwrap()
    };
    let digits = asked["digits"].as_str().unwrap();
    let wrong = rescue(if digits == "000000" { "000001" } else { "000000" });
    assert!(!wrong.status.success() && !answer.exists(), "not for whoever brings a file");
    let said = rescue(digits);
    assert!(said.status.success(), "{said:?}");

    let neighbour = Phone::of(&province, "neighbour");
    is(&neighbour.trouble("take_rescue", json!({ "pin": "97531864", "path": answer })), Code::NotAllowed, None);
    let mut bytes = fs::read(&answer).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(out.join("altered"), bytes).unwrap();
    let altered = json!({ "pin": "97531864", "path": out.join("altered") });
    is(&secretary.trouble("take_rescue", altered), Code::BundleForeign, None);
    assert_eq!(secretary.call("status", json!({}))["stage"], "destroyed", "as it was");

    secretary.call("take_rescue", json!({ "pin": "97531864", "path": answer }));
    secretary.pin = "97531864";
    secretary.restart();
    is(&secretary.trouble("unlock", json!({ "pin": LONG_PIN })), Code::WrongPin, None);
    secretary.unlock();
    assert_eq!(row(&secretary.sheet(&meeting), &there[0])["mark"], "absent", "what was not sent is there");
    secretary.line.up();
    secretary.sync();
    secretary.call("lock", json!({}));
    is(&secretary.trouble("take_rescue", json!({ "pin": LONG_PIN, "path": answer })), Code::NotAllowed, None);
}
