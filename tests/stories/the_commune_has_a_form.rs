//! The commune publishes a form of its own: each meeting is scored by the form of its month, and one whose scoring has begun
//! by the form it began with, whatever comes later.

use app::{Code, Trouble};
use serde_json::{Value as Json, json};

use crate::{
    minutes::{acknowledge, hold},
    phone::{Phone, is},
    province::Province,
};

const LINES: &str = "10. Chuẩn bị nội dung\n\n 50 Thảo luận  và kết luận\n40: Kết quả thực hiện nghị quyết\n";

fn draft(month: &str, source: &str, lines: &str) -> Json {
    json!({ "draft": { "month": month, "source": source, "lines": lines } })
}

fn publish(phone: &Phone, month: &str, lines: &str) -> Result<Json, Trouble> {
    phone.try_call("publish_score_form", draft(month, "Mẫu kèm Quyết định 12-QĐ/ĐU", lines))
}

fn plan(phone: &Phone, month: &str, year: &str) -> Json {
    let plan = json!({
        "kind": "regular", "topic": null, "day": "5", "month": month, "year": year, "at": "19:00", "until": null,
        "place": "Nhà văn hóa", "chair": null, "minute_taker": null
    });
    phone.call("plan_meeting", plan)["id"].clone()
}

fn form(phone: &Phone, meeting: &Json) -> Json {
    phone.call("quality", json!({ "meeting": meeting }))
}

fn names(form: &Json) -> Vec<&str> {
    form["criteria"].as_array().unwrap().iter().map(|line| line["name"].as_str().unwrap()).collect()
}

/// Gives all points of the lines from `from` on.
fn score(phone: &Phone, meeting: &Json, from: usize) -> Json {
    let lines = form(phone, meeting)["criteria"].clone();
    for line in &lines.as_array().unwrap()[from..] {
        let ask = json!({ "meeting": meeting, "criterion": line["criterion"], "points": line["most"] });
        phone.call("give_points", ask);
    }
    form(phone, meeting)
}

fn text(phone: &Phone, meeting: &Json) -> Json {
    let page = phone.call("minutes", json!({ "meeting": meeting }));
    json!([page["state"], page["hash"], page["lines"]])
}

// Planted: the newest form for every meeting; the form of the month though points were given by another; lines named by their
// place alone; a form for this month; a second one for a month; a sum that is not looked at; a cell that publishes; a form that
// can be taken away → each caught.
#[test]
fn each_meeting_is_scored_by_the_form_of_its_month() {
    let province = Province::open();
    let [commune, secretary, deputy] = ["commune", "secretary", "deputy"].map(|role| Phone::of(&province, role));

    // Without a form of its own there is the frame of the guidance, and a draft begins with it.
    let forms = commune.call("score_forms", json!({}));
    let built_in = forms["rows"][0].clone();
    let told = [&forms["may_publish"], &built_in["own"], &built_in["state"], &built_in["sum"]];
    assert_eq!(told, [&json!(true), &json!(false), &json!("in_force"), &json!(100)]);
    assert!(built_in["source"].as_str().unwrap().contains("42-HD/BTCTW"));
    let months = &forms["months"];
    assert_eq!(
        (&months[0], months.as_array().unwrap().len()),
        (&json!("2027-01"), 12),
        "only months to come are offered"
    );
    let check = |lines: &str| commune.call("check_score_form", draft("2027-01", "Mẫu", lines));
    assert_eq!(check(forms["start"].as_str().unwrap()), json!({ "sum": 100, "faults": [] }));

    // What is no form is refused, and why.
    let refused = |month: &str, lines: &str, field: &str, why: &str| {
        let trouble = publish(&commune, month, lines).unwrap_err();
        is(&trouble, Code::Invalid, Some((field, why)));
        trouble.faults[0].params.clone()
    };
    let over = LINES.replace("50", "51");
    assert_eq!(refused("2027-01", &over, "lines", "not_a_hundred")["sum"], 101);
    assert_eq!(check(&over)["sum"], 101, "it is told while it is typed");
    assert_eq!(refused("2027-01", "60 Chuẩn bị\nThảo luận", "lines", "line_without_points")["line"], 2);
    assert_eq!(refused("2027-01", &"1 Việc\n".repeat(31), "lines", "too_many_lines")["most"], 30);
    refused("2027-01", "\n", "lines", "empty");
    refused("2026-12", LINES, "month", "month_begun");
    is(&publish(&secretary, "2027-01", LINES).unwrap_err(), Code::NotAllowed, None);
    is(&commune.trouble("publish_score_form", draft("2027-01", " ", LINES)), Code::Invalid, Some(("source", "empty")));

    // The secretary has no network when the form is published, and scores by what her book knows.
    secretary.line.down();
    let (december, _) = hold(&secretary);
    let [january, february] = ["1", "2"].map(|month| plan(&secretary, month, "2027"));
    let forms = publish(&commune, "2027-01", LINES).unwrap();
    assert_eq!((&forms["rows"][0]["state"], &forms["rows"][1]["state"]), (&json!("coming"), &json!("in_force")));
    assert_eq!(forms["months"][0], "2027-02");
    refused("2027-01", LINES, "month", "month_taken");
    let id = commune.call("list", json!({ "table": "score_form" }))[0]["id"].clone();
    is(&commune.trouble("remove", json!({ "table": "score_form", "id": id })), Code::NotAllowed, None);
    let edit = json!({ "table": "score_form", "id": id, "values": { "lines": LINES.replace("10.", "9.") } });
    is(&commune.trouble("edit", edit), Code::NotAllowed, None);
    commune.sync();
    let scored = score(&secretary, &december, 0);
    assert_eq!((&scored["sum"], &scored["class"]), (&json!(100), &json!("good")));
    let begun = score(&secretary, &january, 7);
    assert_eq!((&begun["sum"], &begun["class"]), (&json!(5), &Json::Null));

    // It comes late: what was begun goes on by the form it was begun with, what was not by that of its month.
    secretary.line.up();
    secretary.sync();
    deputy.sync();
    for phone in [&secretary, &deputy] {
        assert_eq!(form(phone, &december), scored, "the form of its own month");
        assert_eq!(names(&form(phone, &january)), names(&begun), "points were given by it");
        let new = form(phone, &february);
        assert_eq!(names(&new), ["Chuẩn bị nội dung", "Thảo luận và kết luận", "Kết quả thực hiện nghị quyết"]);
        assert_eq!((&new["source"], &new["of"]), (&json!("Mẫu kèm Quyết định 12-QĐ/ĐU"), &json!(100)));
        let forms = phone.call("score_forms", json!({}));
        assert_eq!((&forms["may_publish"], &forms["rows"][0]["own"]), (&json!(false), &json!(true)), "cells read it");
    }

    // Locked minutes, and a score by the commune's form, stand when the next form comes.
    acknowledge(&secretary, &december, "chair");
    secretary.sync();
    deputy.sync();
    acknowledge(&deputy, &december, "taker");
    let locked = text(&deputy, &december);
    assert!(locked[2].to_string().contains("100 trên 100 điểm"));
    let march = plan(&secretary, "3", "2027");
    let ours = score(&secretary, &march, 1);
    assert_eq!((&ours["sum"], &ours["class"]), (&json!(90), &Json::Null));
    secretary.sync();
    publish(&commune, "2027-03", "30 Chuẩn bị\n30 Thảo luận\n40 Kết thúc").unwrap();
    commune.sync();
    secretary.sync();
    assert_eq!(text(&deputy, &december), locked);
    deputy.sync();
    assert_eq!(text(&deputy, &december), locked);
    assert_eq!(form(&secretary, &march), ours, "its lines have their own names: none is taken for one of the new form");
    let april = plan(&secretary, "4", "2027");
    assert_eq!(names(&form(&secretary, &april)), ["Chuẩn bị", "Thảo luận", "Kết thúc"]);
    assert_eq!(names(&form(&secretary, &february)).len(), 3);
    assert_eq!(form(&secretary, &february)["source"], "Mẫu kèm Quyết định 12-QĐ/ĐU");
    assert_eq!(names(&form(&secretary, &february))[1], "Thảo luận và kết luận", "the form of February, not the newest");
}
