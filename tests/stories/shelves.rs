//! The library as somebody looks through it: by level, kind, year, issuer and how far it was read, a page at a time, on one
//! device and the next; and the one box that leads to people and tasks.

use serde_json::{Value as Json, json};

use crate::{phone::Phone, province::Province};

struct Facts {
    form: &'static str,
    issued_on: &'static str,
    issuer: &'static str,
    title: &'static str,
    must_confirm: bool,
}

fn publish(phone: &Phone, unit: &Json, facts: &Facts) -> Json {
    let Facts { form, issued_on, issuer, title, must_confirm } = facts;
    let facts = json!({ "form": form, "number": "", "issued_on": issued_on, "issuer": issuer, "title": title });
    let blocks: Vec<Json> = (1..=4)
        .map(|n| json!({ "kind": "paragraph", "lead": null, "text": format!("Đoạn {n}. {}", "Chi bộ họp đủ. ".repeat(40)) }))
        .collect();
    let ask = json!({
        "units": [unit], "facts": facts, "blocks": blocks, "original": null, "must_confirm": must_confirm, "shown_from": "2026-11-01"
    });
    phone.call("publish_document", ask)[0]["id"].clone()
}

fn unit(phone: &Phone) -> Json {
    phone.call("publishing", json!({}))["audiences"][0]["unit"].clone()
}

/// The titles of what is found, in the order of the titles.
fn titles(phone: &Phone, field: &str, value: &str) -> Vec<String> {
    let mut ask = json!({ "level": null, "form": null, "year": null, "issuer": null, "state": "all", "search": "" });
    ask[field] = json!(value);
    let list = phone.call("documents", ask);
    let rows = list["rows"].as_array().unwrap().iter();
    let mut titles: Vec<String> = rows.map(|row| row["title"].as_str().unwrap().to_owned()).collect();
    assert_eq!(list["found"], titles.len());
    titles.sort();
    titles
}

// Planted: what was read told of as begun; how far it was read kept when its reader moved on → each caught.
#[test]
fn the_library_is_narrowed_by_what_a_document_is_and_how_far_it_was_read() {
    let province = Province::open();
    let [above, commune, secretary, member] =
        ["province", "commune", "secretary", "member"].map(|role| Phone::of(&province, role));
    let facts = |form, issued_on, issuer, title, must_confirm| Facts { form, issued_on, issuer, title, must_confirm };
    publish(&above, &unit(&above), &facts("Nghị quyết", "2025-05-01", "Tỉnh ủy", "A", false));
    let second =
        publish(&commune, &unit(&commune), &facts("Nghị quyết", "2026-02-01", "Đảng ủy xã Tân Hòa", "B", false));
    let third = publish(&commune, &unit(&commune), &facts("Kết luận", "2026-03-01", "Đảng ủy xã Tân Hòa", "C", true));
    let fourth = publish(&secretary, &unit(&secretary), &facts("Kết luận", "2026-04-01", "Chi bộ", "D", false));
    [&above, &commune, &secretary, &member].into_iter().for_each(|phone| drop(phone.sync()));
    member.line.down();
    let find = |field, value| titles(&member, field, value);
    assert_eq!(find("level", "province"), ["A"]);
    assert_eq!(find("level", "commune"), ["B", "C"]);
    assert_eq!(find("level", "cell"), ["D"]);
    assert_eq!(find("form", "Nghị quyết"), ["A", "B"]);
    assert_eq!(find("year", "2025"), ["A"]);
    assert_eq!(find("year", "2026"), ["B", "C", "D"]);
    assert_eq!(find("issuer", "Đảng ủy xã Tân Hòa"), ["B", "C"]);
    assert_eq!(find("issuer", "Đảng ủy"), [""; 0], "a name is whole");

    // One begun, one confirmed unread, one read to the end, one left alone.
    let at = |id: &Json, block: u32| member.call("save_reading", json!({ "id": id, "block": block }));
    assert_eq!(find("state", "unread"), ["A", "B", "C", "D"]);
    at(&second, 2);
    member.call("confirm_read", json!({ "id": third }));
    at(&fourth, 4);
    member.call("lay_ribbon", json!({ "id": fourth, "block": 1 }));
    assert_eq!(find("state", "unread"), ["A"]);
    assert_eq!(find("state", "reading"), ["B"]);
    assert_eq!(find("state", "read"), ["C", "D"]);
    assert_eq!(find("state", "ribbon"), ["D"]);
    at(&second, 4);
    assert_eq!(find("state", "reading"), [""; 0], "further on it is told at once");
    at(&second, 1);
    assert_eq!(find("state", "reading"), ["B"], "and going back too");

    // A commune counts what somebody confirmed unasked as well, and is told no name of it.
    member.call("confirm_read", json!({ "id": second }));
    member.line.up();
    member.sync();
    secretary.sync();
    commune.sync();
    let counted = commune.call("readers", json!({ "id": second }));
    assert_eq!((&counted["confirmed"], &counted["people"]), (&json!(1), &Json::Null));
    assert_eq!(commune.call("list", json!({ "table": "receipt" })), json!([]), "no name goes up");
    let told = commune.call("list", json!({ "table": "coverage" }));
    assert_eq!(told.as_array().unwrap().len(), 2, "of the others nothing is told: {told}");
}

// Planted: a page too far skipped; pages counted where none was asked for → each caught.
#[test]
fn a_long_library_comes_a_page_at_a_time() {
    let province = Province::open();
    let commune = Phone::of(&province, "commune");
    let own = unit(&commune);
    for _ in 0..41 {
        publish(
            &commune,
            &own,
            &Facts { form: "Luật", issued_on: "2026-01-01", issuer: "Quốc hội", title: "E", must_confirm: false },
        );
    }
    let page = |page: Json| {
        let mut ask =
            json!({ "level": null, "form": null, "year": null, "issuer": null, "state": "all", "search": "" });
        ask["page"] = page;
        let list = commune.call("documents", ask);
        let ids: Vec<Json> = list["rows"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
        (ids, list["pages"].as_u64().unwrap(), list["found"].as_u64().unwrap())
    };
    let (all, [first, second, beyond]) = (page(Json::Null), [1, 2, 9].map(|at| page(json!(at))));
    assert_eq!((all.0.len(), all.1), (41, 1), "a script sees all");
    assert_eq!((first.0.len(), second.0.len(), first.1, first.2), (40, 1, 2, 41));
    assert_eq!([first.0, second.0.clone()].concat(), all.0, "nothing is left out or told twice");
    assert_eq!(beyond.0, second.0);
}

// Planted: another block kept than the one at the top; each screen that was read written; the place forgotten when the book is
// locked → each caught.
#[test]
fn reading_goes_on_where_it_stopped_on_another_device() {
    let province = Province::open();
    let [commune, phone] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let id = publish(
        &commune,
        &unit(&commune),
        &Facts {
            form: "Nghị quyết", issued_on: "2026-02-01", issuer: "Đảng ủy xã", title: "B", must_confirm: true
        },
    );
    commune.sync();
    phone.sync();
    let codes = province.admin(|ledger, outside| {
        let member = province.issued("member").member;
        server::issue(ledger, outside, member).unwrap().0.to_string()
    });
    let mut tablet = Phone::new(&province);
    tablet.pin = crate::phone::PIN;
    tablet.join(&codes).unwrap();
    tablet.sync();
    phone.line.down();
    for block in [1, 2, 1, 3] {
        phone.later(60_000);
        phone.call("save_reading", json!({ "id": id, "block": block }));
    }
    assert_eq!(phone.call("sync_state", json!({}))["waiting"], 0, "while somebody reads nothing is written of it");
    phone.call("lay_ribbon", json!({ "id": id, "block": 2 }));
    let there = |device: &Phone| {
        let page = device.call("document", json!({ "id": id }));
        (page["stopped"].clone(), page["ribbon"].clone(), page["line"]["confirmed_at"].clone())
    };
    assert_eq!(there(&tablet), (Json::Null, Json::Null, Json::Null), "nothing came yet");
    phone.line.up();
    phone.sync();
    tablet.sync();
    assert_eq!(there(&tablet).0, Json::Null, "they have not left");
    phone.call("leave_reading", json!({}));
    phone.sync();
    tablet.sync();
    assert_eq!(there(&tablet), (json!(3), json!(2), Json::Null), "the very block");
    tablet.later(60_000);
    tablet.call("save_reading", json!({ "id": id, "block": 4 }));
    // A device that is put down without a word locks itself.
    tablet.call("lock", json!({}));
    tablet.unlock();
    tablet.call("confirm_read", json!({ "id": id }));
    tablet.sync();
    phone.sync();
    assert_eq!(there(&phone), there(&tablet), "and back again");
    assert_eq!(there(&phone).0, 4);
}

// Planted: a task of one's own told twice; publishing offered to who may not → each caught.
#[test]
fn one_box_leads_to_people_and_to_tasks_and_the_task_is_shown_there() {
    let province = Province::open();
    let [secretary, member] = ["secretary", "member"].map(|role| Phone::of(&province, role));
    let (meeting, issued) = (secretary.next_meeting(), province.issued("member"));
    secretary.call("save_item", json!({ "meeting": meeting, "item": null, "title": "Đường thôn", "papers": "" }));
    let item = secretary.call("meeting_day", json!({ "meeting": meeting }))["items"][0]["id"].clone();
    let roster = secretary.call("roster", json!({ "search": "" }))["rows"].clone();
    let rows = roster.as_array().unwrap();
    let other = rows.iter().find(|row| row["member"] != json!(issued.member)).unwrap();
    let give = |what: &str, who: &Json| {
        let asked = json!({ "what": what, "assignee": who, "day": "20", "month": "12", "year": "2026" });
        secretary.call("give_task", json!({ "meeting": meeting, "item": item, "asked": asked }))["id"].clone()
    };
    let (own, hers) = (give("Vận động góp công", &json!(issued.member)), give("Đo mặt đường", &other["member"]));
    secretary.sync();
    member.sync();
    member.line.down();
    let leads = |text: &str, what: &str| -> Vec<String> {
        let hits = member.call("find", json!({ "text": text }));
        let of = hits.as_array().unwrap().iter().filter(|hit| hit["what"] == what);
        of.map(|hit| hit["route"].as_str().unwrap().to_owned()).collect()
    };
    let name = other["name"].as_str().unwrap();
    let to = |place: &str, id: &Json| format!("#/{place}/{}", id.as_str().unwrap());
    assert!(leads(name, "member").contains(&to("dang-vien", &other["member"])), "a person, by name");
    assert_eq!(leads("do mat duong", "task"), [to("viec", &hers)]);
    assert_eq!(leads("van dong gop cong", "task"), [to("viec", &own)]);

    // The address of a task shows it, be it a comrade's.
    let tasks = |id: &Json| member.call("tasks", json!({ "named": id }));
    assert_eq!(tasks(&own)["named"], Json::Null, "it is among this person's own");
    assert_eq!(tasks(&own)["mine"][0]["rows"][0]["id"], own);
    assert_eq!(tasks(&hers)["named"]["id"], hers);

    // Screens by the words they are looked for with; publishing for who publishes.
    for (typed, route) in [("tai lieu", "#/tai-lieu"), ("viec", "#/viec"), ("nghi quyet", "#/tai-lieu/nghi-quyet")] {
        assert!(leads(typed, "action").contains(&route.to_owned()), "{typed}");
    }
    assert!(!leads("ban hanh", "action").contains(&"#/tai-lieu/ban-hanh".to_owned()));
    let hits = secretary.call("find", json!({ "text": "ban hanh" }));
    assert!(hits.as_array().unwrap().iter().any(|hit| hit["route"] == "#/tai-lieu/ban-hanh"));
}

// Planted: a document told of before its day; one that is to come asked for by its office not found → each caught.
#[test]
fn a_document_that_is_to_come_is_seen_by_its_office_alone() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let facts =
        json!({ "form": "Kế hoạch", "number": "", "issued_on": "", "issuer": "Đảng ủy xã", "title": "Trồng rừng" });
    let ask = |day: &str| {
        json!({
            "units": [unit(&commune)], "facts": facts, "original": null, "must_confirm": true, "shown_from": day,
            "blocks": [{ "kind": "paragraph", "lead": null, "text": "Trồng \u{200b} cây." }, { "kind": "paragraph", "lead": null, "text": " " }]
        })
    };
    let line = commune.call("publish_document", ask("2027-01-05"))[0].clone();
    assert_eq!((&line["comes"], &line["for_me"]), (&json!(true), &json!(false)));
    let page = commune.call("document", json!({ "id": line["id"] }));
    assert_eq!(
        page["blocks"],
        json!([{ "kind": "paragraph", "lead": null, "text": "Trồng cây." }]),
        "clean, and no more"
    );
    assert_eq!(page["may_withdraw"], true);
    commune.sync();
    member.sync();
    for search in ["", "rung"] {
        let seen = |phone: &Phone| {
            let mut ask = json!({ "level": null, "form": null, "year": null, "issuer": null, "state": "all" });
            ask["search"] = json!(search);
            phone.call("documents", ask)["found"].clone()
        };
        assert_eq!((seen(&commune), seen(&member)), (json!(1), json!(0)), "looked for by `{search}`");
    }
    assert_eq!(commune.call("find", json!({ "text": "trong rung" }))[0]["title"], "Trồng rừng");
    assert_eq!(member.call("find", json!({ "text": "trong rung" })), json!([]));
    assert_eq!(commune.call("home", json!({}))["unread"], 0, "nobody is asked to read it yet");
    member.later(60 * 24 * 3600 * 1000);
    assert_eq!(titles(&member, "search", "rung"), ["Trồng rừng"], "its day has come");
}

// Planted: a text that is not here confirmed; figures of a cell that told nothing counted as all; names shown to who reads no
// receipts → each caught.
#[test]
fn what_is_not_known_is_not_said() {
    let province = Province::open();
    let [commune, secretary, member] = ["commune", "secretary", "member"].map(|role| Phone::of(&province, role));
    let facts =
        Facts {
            form: "Kế hoạch", issued_on: "", issuer: "Đảng ủy xã", title: "Trồng rừng", must_confirm: true
        };
    let id = publish(&commune, &unit(&commune), &facts);
    // The words come, and the line breaks before the text does.
    commune.call("sync", json!({ "words_only": true }));
    member.call("sync", json!({ "words_only": true }));
    let page = member.call("document", json!({ "id": id }));
    assert_eq!((&page["may_confirm"], &page["line"]["for_me"]), (&json!(false), &json!(true)));
    let unread = member.trouble("confirm_read", json!({ "id": id }));
    crate::phone::is(&unread, app::Code::Invalid, Some(("document", "not_here")));
    commune.sync();
    member.sync();
    assert_eq!(member.call("document", json!({ "id": id }))["may_confirm"], true);

    let known = |phone: &Phone| phone.call("readers", json!({ "id": id }));
    let before = known(&commune);
    assert_eq!((&before["told"], &before["may_remind"]), (&json!(0), &json!(true)), "nobody has told yet");
    secretary.sync();
    commune.sync();
    let after = known(&commune);
    assert_eq!(after["told"], 1, "one cell has");
    assert!(after["cells"].as_u64() > Some(1), "of several: {after}");

    // A committee member publishes, and reads nobody's receipts.
    member.joins_committee(&province, &commune, "2026-11-01");
    assert_eq!(member.call("documents", json!({ "state": "all" }))["may_publish"], true);
    assert_eq!(member.call("document", json!({ "id": id }))["may_see_readers"], false);
    crate::phone::is(&member.trouble("readers", json!({ "id": id })), app::Code::NotAllowed, None);
    assert_eq!(secretary.call("document", json!({ "id": id }))["may_see_readers"], true);
}
