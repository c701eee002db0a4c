//! What goes into the national app by when: counted down on the meeting and on the first screen, until it is done.

use serde_json::{Value as Json, json};

use crate::{
    a_month_in_a_cell::day,
    phone::Phone,
    province::{DAY, Province},
};

fn plan(phone: &Phone, [day, month, year]: [&str; 3], at: &str) -> Json {
    let plan = json!({ "kind": "regular", "topic": null, "day": day, "month": month, "year": year, "at": at,
        "until": null, "place": "Nhà văn hóa", "chair": null, "minute_taker": null });
    phone.call("plan_meeting", plan)["id"].clone()
}

/// Of a meeting's papers: the days that are left, and whether they are late.
fn papers(phone: &Phone, meeting: &Json) -> (Json, Json) {
    let day = day(phone, meeting);
    let papers = day["meeting"]["deadlines"].as_array().unwrap().iter().find(|one| one["what"] == "papers").unwrap();
    (papers["days_left"].clone(), papers["late"].clone())
}

/// What the first screen says is to be posted, with the days that are left for it.
fn to_post(phone: &Phone) -> Vec<(Json, Json)> {
    let to_do = phone.call("home", json!({}))["to_do"].clone();
    let to_post = to_do.as_array().unwrap().iter().filter(|one| one["what"] == "post_papers");
    to_post.map(|one| (one["params"]["what"].clone(), one["params"]["days"].clone())).collect()
}

// Planted: papers asked for although they were posted → caught.
#[test]
fn what_is_to_be_posted_is_counted_down_until_it_is_done() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    secretary.line.down();
    let today = secretary.next_meeting();
    secretary.call("cancel_meeting", json!({ "meeting": today }));
    let meeting = plan(&secretary, ["6", "12", "2026"], "14:00");
    assert_eq!((papers(&secretary, &meeting), to_post(&secretary)), ((json!(2), json!(false)), vec![]));
    for left in [1, 0] {
        secretary.later(DAY);
        assert_eq!(papers(&secretary, &meeting), (json!(left), json!(false)));
        assert_eq!(to_post(&secretary), [(json!("papers"), json!(left))]);
    }
    secretary.later(DAY);
    assert_eq!(papers(&secretary, &meeting), (json!(-1), json!(true)));
    assert_eq!(to_post(&secretary), [(json!("papers"), json!(-1))], "and it is said still");
    let next = secretary.call("home", json!({}))["next"].clone();
    assert_eq!((&next["id"], &next["deadlines"][0]["late"]), (&meeting, &json!(true)), "on its card too");
    secretary.call("posted", json!({ "meeting": meeting, "what": "papers", "done": true }));
    assert!(to_post(&secretary).is_empty(), "once it is done, nothing is asked");
    assert_eq!(papers(&secretary, &meeting).1, json!(true), "it was late all the same");

    // What came of it is due two days after, on the last meeting of the first screen.
    secretary.call("mark_rest", json!({ "meeting": meeting }));
    secretary.call("end_meeting", json!({ "meeting": meeting, "at": "23:50" }));
    assert!(to_post(&secretary).is_empty());
    secretary.later(DAY);
    assert_eq!(to_post(&secretary), [(json!("finished"), json!(1))]);
    secretary.call("posted", json!({ "meeting": meeting, "what": "finished", "done": true }));
    assert!(to_post(&secretary).is_empty());
}

// Planted: deadlines of a meeting that was held on paper → caught.
#[test]
fn nothing_is_due_before_the_rule_nor_of_a_meeting_held_on_paper_and_three_hours_are_short_notice() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let deadlines = |meeting: &Json| day(&secretary, meeting)["meeting"]["deadlines"].as_array().unwrap().len();
    let before = plan(&secretary, ["27", "10", "2025"], "14:00");
    let since = plan(&secretary, ["28", "10", "2025"], "14:00");
    assert_eq!((deadlines(&before), deadlines(&since)), (0, 2));
    secretary.call("from_paper", json!({ "meeting": since, "from_paper": true }));
    assert_eq!(deadlines(&since), 0);

    let [soon, tomorrow] = ["3", "4"].map(|day| plan(&secretary, [day, "12", "2026"], "11:00"));
    assert_eq!(day(&secretary, &soon)["short_notice"], json!(true), "eleven o'clock, at eight");
    assert_eq!(day(&secretary, &tomorrow)["short_notice"], json!(false));
    // What was sent in time stays so.
    secretary.call("invite", json!({ "meeting": tomorrow }));
    secretary.later(DAY);
    assert_eq!(day(&secretary, &tomorrow)["short_notice"], json!(false));
}
