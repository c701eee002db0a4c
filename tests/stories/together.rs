//! Several people, one cell: what one writes offline, all have in the end, and nobody's words are lost.

use app::Code;
use serde_json::json;

use crate::{
    phone::{Phone, is, marks, row, rows, unmarked},
    province::Province,
};

// Planted: everybody may mark; a cursor moved by asking → each caught.
#[test]
fn secretary_offline_then_synced() {
    let province = Province::open();
    let [secretary, deputy, member] = ["secretary", "deputy", "member"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    secretary.line.down();
    let absent: Vec<_> = unmarked(&secretary.sheet(&meeting)).into_iter().step_by(7).collect();
    assert!(absent.len() > 2, "a cell of some size");
    for one in &absent {
        secretary.mark(&meeting, one, "absent");
    }
    secretary.call("mark_rest", json!({ "meeting": meeting }));
    let sheet = secretary.call("close_attendance", json!({ "meeting": meeting }));
    assert_eq!(sheet["tally"]["absent"], json!(absent.len()), "everybody else is here");

    is(&secretary.try_sync().unwrap_err(), Code::Offline, None);
    let state = secretary.call("sync_state", json!({}));
    assert!(state["waiting"].as_u64().unwrap() as usize > rows(&sheet).len(), "all of it is saved and waits: {state}");
    assert_eq!(state["network"], "offline");
    assert_eq!(unmarked(&deputy.sheet(&meeting)).len(), unmarked(&member.sheet(&meeting)).len(), "nobody heard of it");

    secretary.line.up();
    secretary.sync();
    for phone in [&deputy, &member] {
        phone.sync();
        let theirs = phone.sheet(&meeting);
        assert_eq!(marks(&theirs), marks(&sheet), "the same roll");
        assert_eq!(theirs["closed_at"], sheet["closed_at"], "closed at the same time");
    }
    assert_eq!(member.sheet(&meeting)["may_mark"], json!(false), "a plain member reads it");
    let first = rows(&sheet)[0]["member"].clone();
    is(
        &member.trouble("mark", json!({ "meeting": meeting, "member": first, "mark": "late", "reason": null })),
        Code::NotAllowed,
        None,
    );
}

// Planted: the later mark alone kept; only the standing mark brought back by undo → each caught.
#[test]
fn two_secretaries_mark_the_same_meeting() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    let there = unmarked(&secretary.sheet(&meeting));
    let (same, differs, hers, his) = (&there[0], &there[1], &there[2], &there[3]);
    for (phone, theirs, mark) in [(&secretary, hers, "present"), (&deputy, his, "absent")] {
        phone.line.down();
        phone.mark(&meeting, same, "present");
        phone.mark(&meeting, differs, mark);
        phone.mark(&meeting, theirs, "late");
        phone.line.up();
    }
    for phone in [&secretary, &deputy, &secretary] {
        phone.sync();
    }
    for phone in [&secretary, &deputy] {
        let sheet = phone.sheet(&meeting);
        assert_eq!(
            (&row(&sheet, hers)["mark"], &row(&sheet, his)["mark"]),
            (&json!("late"), &json!("late")),
            "both wrote"
        );
        assert_eq!(row(&sheet, same)["other"], json!([]), "the same mark twice is one mark");
        let row = row(&sheet, differs);
        let both = [row["mark"].as_str().unwrap(), row["other"][0]["mark"].as_str().unwrap()];
        assert!(both.contains(&"present") && both.contains(&"absent"), "both are kept and shown: {row}");
        let names = ["secretary", "deputy"].map(|role| province.issued(role).name.as_str());
        assert!(names.contains(&row["other"][0]["device"].as_str().unwrap()), "with who wrote the other: {row}");
    }
    let to_do = secretary.call("home", json!({}))["to_do"].to_string();
    assert!(to_do.contains("two_marks"), "somebody is asked to choose: {to_do}");

    // A choice that is taken back is asked again, of everybody, whether it had left the phone or not.
    for sent in [false, true] {
        secretary.mark(&meeting, differs, "absent");
        if sent {
            secretary.sync();
        }
        secretary.call("undo", json!({ "meeting": meeting }));
        secretary.sync();
        deputy.sync();
        for phone in [&secretary, &deputy] {
            let row = row(&phone.sheet(&meeting), differs).clone();
            let mut both = [row["mark"].as_str().unwrap(), row["other"][0]["mark"].as_str().unwrap_or("nothing")];
            both.sort_unstable();
            assert_eq!(both, ["absent", "present"], "sent: {sent}; both words are there again: {row}");
        }
    }
    // What others wrote is no step of hers: taking back her own marks, the last first, leaves his.
    for _ in [hers, differs] {
        secretary.call("undo", json!({ "meeting": meeting }));
    }
    assert_ne!(row(&secretary.sheet(&meeting), differs)["other"], json!([]), "his mark is not hers to take back");

    secretary.mark(&meeting, differs, "absent");
    for phone in [&secretary, &deputy, &secretary] {
        phone.sync();
    }
    let [one, other] = [&secretary, &deputy].map(|phone| phone.sheet(&meeting));
    assert_eq!(row(&one, differs)["mark"], "absent", "the secretary chose");
    assert_eq!(row(&one, differs)["other"], json!([]), "nobody is asked again");
    assert_eq!(one["rows"], other["rows"], "and both have the same roll");
}

// Planted: a removed record deaf to changes → caught.
#[test]
fn one_removes_what_the_other_edits_and_both_words_are_kept() {
    for removal_first in [true, false] {
        let province = Province::open();
        let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
        let unit = province.issued("secretary").unit;
        let title = |said: &str| json!({ "title": said });
        let made = secretary.call(
            "add",
            json!({ "table": "resolution", "values": { "unit": unit, "kind": "resolution", "title": "Nghị quyết",
                "body": "Làm đường", "adopted_on": "2026-12-03" } }),
        );
        let (id, both) = (made["id"].clone(), [&secretary, &deputy]);
        let edit =
            |phone: &Phone, values| phone.call("edit", json!({ "table": "resolution", "id": id, "values": values }));
        let get = |phone: &Phone| phone.call("get", json!({ "table": "resolution", "id": id }));
        let listed = |phone: &Phone| {
            let all = phone.call("list", json!({ "table": "resolution" }));
            all.as_array().unwrap().iter().any(|one| one["id"] == id)
        };
        secretary.sync();
        deputy.sync();
        assert!(both.iter().all(|phone| listed(phone)), "it stands");

        secretary.call("remove", json!({ "table": "resolution", "id": id }));
        edit(&deputy, title("Nghị quyết về đường thôn"));
        let mut order = both;
        if !removal_first {
            order.reverse();
        }
        for phone in [order[0], order[1], order[0]] {
            phone.sync();
        }
        assert!(both.iter().all(|phone| !listed(phone)), "a removal and a change of words are two fields: both stand");
        assert_eq!(get(&secretary), get(&deputy), "removal first: {removal_first}; the same on both");
        assert_eq!(get(&secretary)["title"], "Nghị quyết về đường thôn", "what was written meanwhile is not lost");

        // Who brings it back has both words, and so has everybody.
        edit(&secretary, json!({ "removed": false }));
        secretary.sync();
        deputy.sync();
        assert!(both.iter().all(|phone| listed(phone)), "it is there again");
        assert_eq!(
            (&get(&deputy)["title"], &get(&deputy)["body"]),
            (&json!("Nghị quyết về đường thôn"), &json!("Làm đường"))
        );
    }
}
