//! A month in a cell, led by a secretary and a deputy on two devices, mostly without a network: agenda, leave, roll,
//! words, a vote, a sealed resolution, tasks, locked and printed minutes, and the next month that opens with the tasks.

use app::Code;
use serde_json::{Value as Json, json};

use crate::{
    clash::settle,
    minutes::{acknowledge, words_of, written},
    phone::{Phone, is, row},
    province::{DAY, Province},
};

const MINUTE: u64 = 60 * 1000;

pub fn day(phone: &Phone, meeting: &Json) -> Json {
    phone.call("meeting_day", json!({ "meeting": meeting }))
}

pub fn add_item(phone: &Phone, meeting: &Json, title: &str) -> Json {
    phone.call("save_item", json!({ "meeting": meeting, "item": null, "title": title, "papers": "Dự thảo\nBáo cáo" }))
}

pub fn write(phone: &Phone, field: &str, item: &Json, text: &str, was: &str) {
    let name = if field == "words" { "save_words" } else { "save_conclusion" };
    phone.call(name, json!({ "item": item, field: text, "was": was }));
}

fn task(meeting: &Json, item: &Json, what: &str, who: &Json, due: [&str; 3]) -> Json {
    let [day, month, year] = due;
    let asked = json!({ "what": what, "assignee": who, "day": day, "month": month, "year": year });
    json!({ "meeting": meeting, "item": item, "asked": asked })
}

fn answer(phone: &Phone, meeting: &Json, comes: &str, reason: &Json) -> Json {
    phone.call("answer_invitation", json!({ "meeting": meeting, "comes": comes, "reason": reason }))
}

fn plan_january(phone: &Phone) -> Json {
    let plan = json!({ "kind": "regular", "topic": null, "day": "3", "month": "1", "year": "2027", "at": "14:00",
        "until": null, "place": "Nhà văn hóa", "chair": null, "minute_taker": null });
    phone.call("plan_meeting", plan)["id"].clone()
}

/// Titles of an agenda, in order.
fn titles(day: &Json) -> Vec<&str> {
    day["items"].as_array().unwrap().iter().map(|item| item["title"]["value"].as_str().unwrap()).collect()
}

// Planted: the roll deaf to leave; the first answer of two standing; a late answer standing → each caught.
#[test]
fn leave_asked_before_the_meeting_stands_on_the_roll_and_later_it_is_a_request() {
    let province = Province::open();
    let [secretary, deputy, member] = ["secretary", "deputy", "member"].map(|role| Phone::of(&province, role));
    let (meeting, who) = (secretary.next_meeting(), json!(province.issued("member").member));

    secretary.line.down();
    let before = day(&secretary, &meeting);
    assert_eq!((&before["now"], &before["may_lead"]), (&json!("invitation"), &json!(true)));
    let people = json!({ "meeting": meeting, "supervisor": "Trần Thị Ánh", "guests": "Đoàn xã\u{202e}" });
    secretary.call("save_meeting_people", people);
    secretary.call("invite", json!({ "meeting": meeting }));
    let last = add_item(&secretary, &meeting, "  Việc   tháng 12 ");
    add_item(&secretary, &meeting, "Tình hình tháng 11");
    secretary.call("move_item", json!({ "item": last, "up": false }));
    secretary.line.up();
    secretary.sync();

    member.sync();
    member.line.down();
    let theirs = day(&member, &meeting);
    assert_eq!(titles(&theirs), ["Tình hình tháng 11", "Việc tháng 12"], "the agenda, moved and cleaned");
    assert_eq!(theirs["guests"]["value"], "Đoàn xã", "what turns the reading direction is nobody's word");
    assert_eq!((&theirs["answers"]["all"], &theirs["dues"]), (&Json::Null, &Json::Null), "others' logs are not theirs");
    let ask = json!({ "meeting": meeting, "comes": "leave", "reason": null });
    is(&member.trouble("answer_invitation", ask), Code::Invalid, Some(("reason", "leave_reason_needed")));
    let add = json!({ "meeting": meeting, "item": null, "title": "Ý kiến", "papers": null });
    is(&member.trouble("save_item", add), Code::NotAllowed, None);
    answer(&member, &meeting, "leave", &json!("health"));
    answer(&member, &meeting, "yes", &Json::Null);
    let mine = answer(&member, &meeting, "leave", &json!("family"))["mine"].clone();
    assert_eq!((&mine["reason"], &mine["late"]), (&json!("family"), &json!(false)), "the last word is theirs");
    member.line.up();
    member.sync();

    secretary.sync();
    secretary.line.down();
    let answers = day(&secretary, &meeting)["answers"].clone();
    assert_eq!((&answers["leave"], &answers["all"][0]["member"]), (&json!(1), &who), "one answer each: {answers}");
    let excused = |sheet: &Json| (row(sheet, &who)["mark"].clone(), row(sheet, &who)["reason"].clone());
    let leave = (json!("absent_excused"), json!("family"));
    assert_eq!(excused(&secretary.sheet(&meeting)), leave, "before anybody has marked anything");
    assert_eq!(excused(&secretary.call("mark_rest", json!({ "meeting": meeting }))), leave, "not one of the rest");
    secretary.call("close_attendance", json!({ "meeting": meeting }));
    assert_eq!(day(&secretary, &meeting)["now"], "discussion", "the next step");
    secretary.line.up();
    secretary.sync();

    // The deputy asks leave when the meeting has begun: it is kept, and excuses nobody by itself.
    deputy.sync();
    assert_eq!(excused(&deputy.sheet(&meeting)), leave, "written down as the roll was closed");
    deputy.later(10 * MINUTE);
    assert_eq!(answer(&deputy, &meeting, "leave", &json!("work"))["mine"]["late"], true);
    deputy.sync();
    secretary.sync();
    let himself = json!(province.issued("deputy").member);
    assert_eq!(row(&secretary.sheet(&meeting), &himself)["mark"], "present");
    let all = day(&secretary, &meeting)["answers"]["all"].clone();
    let late = all.as_array().unwrap().iter().find(|one| one["late"] == true).unwrap();
    assert_eq!(late["member"], himself, "a request to the secretary: {all}");
    let asked = |phone: &Phone| phone.call("home", json!({}))["to_do"].to_string().contains("late_leave");
    assert!(asked(&secretary), "and home says so");
    secretary.later(11 * MINUTE);
    secretary.mark(&meeting, &himself, "absent_excused");
    assert!(!asked(&secretary), "until she has said on the roll what of it");
}

// Planted: a task due before its meeting taken; tasks of other meetings left out of the first table; a report written for
// somebody else → each caught.
#[test]
fn tasks_are_given_reported_without_a_network_and_open_the_next_meeting() {
    let province = Province::open();
    let [secretary, deputy, member] = ["secretary", "deputy", "member"].map(|role| Phone::of(&province, role));
    let (meeting, who) = (secretary.next_meeting(), json!(province.issued("member").member));
    let item = add_item(&secretary, &meeting, "Đường thôn");
    let others = secretary.call("roster", json!({ "search": "" }))["rows"].clone();
    let other = others.as_array().unwrap().iter().find(|row| row["member"] != who).unwrap()["member"].clone();
    for (due, fault) in [(["2", "12", "2026"], "before_meeting"), (["31", "2", "2027"], "no_such_day")] {
        let ask = task(&meeting, &item, "Vận động góp công", &who, due);
        is(&secretary.trouble("give_task", ask), Code::Invalid, Some(("due_on", fault)));
    }
    let gone = json!("00000000-0000-7000-8000-000000000000");
    let ask = task(&meeting, &item, "Vận động góp công", &gone, ["", "", ""]);
    is(&secretary.trouble("give_task", ask), Code::Invalid, Some(("assignee", "left_the_cell")));
    let given = secretary.call("give_task", task(&meeting, &item, "Vận động góp công", &who, ["20", "12", "2026"]));
    let hers = secretary.call("give_task", task(&meeting, &item, "Đo đường", &other, ["", "", ""]));
    secretary.sync();
    assert_eq!(day(&secretary, &meeting)["items"][0]["tasks"].as_array().unwrap().len(), 2, "under their item");

    member.sync();
    member.line.down();
    let report = |task: &Json| json!({ "task": task, "progress": 50, "done": false, "result": "Được 12 hộ" });
    is(&member.trouble("report_task", report(&hers["id"])), Code::NotAllowed, None);
    member.call("report_task", report(&given["id"]));
    let mine = member.call("tasks", json!({}));
    assert_eq!((&mine["cell"], &mine["mine"][0]["rows"][0]["report"]["progress"]), (&json!([]), &json!(50)), "{mine}");
    let set = json!({ "task": given["id"], "status": "done", "progress": 100, "result": null });
    is(&member.trouble("set_task", set), Code::NotAllowed, None);
    member.line.up();
    member.sync();

    // A month on, everybody's clock with it.
    province.later(30 * DAY);
    for phone in [&secretary, &deputy] {
        phone.later(30 * DAY);
        phone.unlock();
        phone.sync();
    }
    deputy.line.down();
    let next = plan_january(&deputy);
    let first = day(&deputy, &next)["last_tasks"].clone();
    let line = first.as_array().unwrap().iter().find(|line| line["id"] == given["id"]).unwrap();
    assert_eq!((&line["state"], &line["days_left"]), (&json!("overdue"), &json!(-13)), "{line}");
    assert_eq!(line["report"]["result"], "Được 12 hộ", "with what was reported of it");
    assert!(
        first.as_array().unwrap().iter().any(|line| line["id"] == hers["id"]),
        "and the one without a day: {first}"
    );

    deputy.call("set_task", json!({ "task": given["id"], "status": "done", "progress": 50, "result": "Đủ hộ" }));
    deputy.line.up();
    deputy.sync();
    secretary.sync();
    let cell = secretary.call("tasks", json!({}))["cell"].clone();
    let done = cell.as_array().unwrap().iter().find(|group| group["state"] == "done").unwrap();
    let line = done["rows"].as_array().unwrap().iter().find(|line| line["id"] == given["id"]).unwrap();
    assert_eq!((&line["progress"], &line["done_on"]), (&json!(100), &json!("2027-01-02")), "{line}");
}

// Planted: minutes without the votes of their items → caught.
#[test]
fn a_month_in_a_cell() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    let items = ["Vệ sinh đường làng", "Góp quỹ"].map(|title| add_item(&secretary, &meeting, title));
    for phone in [&secretary, &deputy] {
        phone.sync();
        phone.line.down();
    }

    // The evening itself, without a network: she calls the roll and writes, he writes of the same item.
    secretary.call("mark_rest", json!({ "meeting": meeting }));
    secretary.call("close_attendance", json!({ "meeting": meeting }));
    write(&secretary, "words", &items[0], "Đ/c Hoa: nhất trí.", "");
    write(&deputy, "words", &items[0], "Đ/c Bình: xin thêm chổi.", "");
    write(&secretary, "words", &items[1], "Đ/c Đạt: mỗi nhà một phần.", "");
    for item in &items {
        write(&secretary, "conclusion", item, "Chi bộ thống nhất.", "");
    }
    let sheet = secretary.call("vote_sheet", json!({ "meeting": meeting, "decides": "resolution" }));
    let ask = json!({ "meeting": meeting, "item": items[0], "subject": "Nghị quyết về vệ sinh", "decides": "resolution",
        "ballot": "hand", "votes_for": sheet["here"], "votes_against": 0, "votes_other": 0 });
    let vote = secretary.call("record_vote", ask);
    assert_eq!(vote["passed"], true, "everybody who has a vote is for it");
    let draft = json!({ "id": null, "meeting": meeting, "kind": "resolution", "title": "Về vệ sinh đường làng",
        "body": "Mỗi tháng một buổi." });
    let resolution = secretary.call("save_resolution", draft)["line"]["id"].clone();
    secretary.call("propose_resolution", json!({ "id": resolution }));
    let decided = secretary.call("decide_resolution", json!({ "id": resolution, "vote": vote["id"] }));
    assert_eq!((&decided["line"]["outcome"], &decided["waits"]), (&json!("adopted"), &json!("server")));
    let who = json!(province.issued("member").member);
    let mut given = task(&meeting, &items[0], "Quét đường ngõ 3", &who, ["20", "12", "2026"]);
    given["resolution"] = resolution.clone();
    let given = secretary.call("give_task", given)["id"].clone();
    secretary.call("end_meeting", json!({ "meeting": meeting, "at": "23:50" }));

    // The network is there: both words of one item are kept, and joined for both; the resolution has its number.
    for phone in [&secretary, &deputy, &secretary] {
        phone.line.up();
        phone.sync();
    }
    let item = day(&secretary, &meeting)["items"][0].clone();
    assert_eq!(item["words"]["others"].as_array().unwrap().len(), 1, "two wrote of it: {item}");
    settle(&secretary, "discussion", &item["discussion"], &json!([{ "field": "words", "of": 2 }]));
    let sealed = secretary.call("seal_resolution", json!({ "id": resolution }));
    assert_eq!((&sealed["line"]["number"], &sealed["seal"]["state"]), (&json!("Số 01-NQ/CB"), &json!("true")));

    // Each acknowledges on their own device, the second without a network; then it is printed.
    acknowledge(&secretary, &meeting, "chair");
    secretary.sync();
    deputy.sync();
    deputy.line.down();
    let locked = acknowledge(&deputy, &meeting, "taker");
    assert_eq!(locked["state"], "locked");
    let folder = tempfile::tempdir().unwrap();
    let pdf = written(&deputy, &folder, &meeting, "pdf");
    assert_eq!(pdf["draft"], false);
    let words = words_of(pdf["path"].as_str().unwrap());
    for part in ["xin thêm chổi", "nhất trí", "Nghị quyết về vệ sinh", "100,00%", "Quét đường ngõ 3"]
    {
        assert!(words.contains(part), "{part} in {words}");
    }
    deputy.line.up();
    deputy.sync();

    // A month on: the meeting opens with the task, and says of whom.
    province.later(30 * DAY);
    for phone in [&secretary, &deputy] {
        phone.later(30 * DAY);
        phone.unlock();
        phone.sync();
    }
    let next = plan_january(&secretary);
    let first = day(&secretary, &next)["last_tasks"].clone();
    let line = first.as_array().unwrap().iter().find(|line| line["id"] == given).unwrap();
    assert_eq!((&line["state"], &line["assignee"]), (&json!("overdue"), &who), "{line}");
    let of = secretary.call("resolution", json!({ "id": resolution }))["tasks"].clone();
    assert_eq!((&of[0]["id"], &of[0]["state"]), (&given, &json!("overdue")), "so does the resolution: {of}");
    let page = secretary.call("minutes", json!({ "meeting": meeting }));
    assert_eq!((&page["state"], &page["hash"]), (&json!("locked"), &locked["hash"]), "and the last one stands");
}
