//! Two people write of one record without a network: both words are kept, and one review settles them for everybody.

use app::Code;
use serde_json::{Value as Json, json};

use crate::{
    a_month_in_a_cell::{add_item, day, write},
    phone::{Phone, is},
    province::Province,
};

/// Settles what differs in a record, as the review does: all of it at once.
pub fn settle(phone: &Phone, table: &str, id: &Json, fields: &Json) {
    phone.call("settle", json!({ "table": table, "id": id, "fields": fields }));
}

// Planted: what is typed written over everything that stands; the later words alone shown; a joined text without the
// older half → each caught.
#[test]
fn both_write_one_conclusion_and_go_on_typing_and_no_word_is_lost() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    let item = add_item(&secretary, &meeting, "Đường thôn");
    for phone in [&secretary, &deputy] {
        phone.sync();
        phone.line.down();
    }
    write(&secretary, "conclusion", &item, "Làm trước", "");
    write(&secretary, "conclusion", &item, "Làm trước tháng 3", "Làm trước");
    write(&deputy, "conclusion", &item, "Hỏi dân đã", "");
    for phone in [&secretary, &deputy, &secretary] {
        phone.line.up();
        phone.sync();
    }
    // The secretary's screen still shows her own words, and she goes on.
    write(&secretary, "conclusion", &item, "Làm trước tháng 3, họp dân", "Làm trước tháng 3");
    secretary.sync();
    deputy.sync();
    let said = |phone: &Phone| day(phone, &meeting)["items"][0]["conclusion"].clone();
    for phone in [&secretary, &deputy] {
        let said = said(phone);
        assert_eq!(said["value"], "Làm trước tháng 3, họp dân", "hers is the later: {said}");
        let other = &said["others"][0];
        assert_eq!(other["value"], "Hỏi dân đã", "his is kept: {said}");
        assert_eq!(other["device"], json!(province.issued("deputy").name), "under his name");
        let to_do = phone.call("home", json!({}))["to_do"].to_string();
        assert!(to_do.contains("two_values") && to_do.contains("Đường thôn"), "somebody is asked: {to_do}");
    }
    let id = day(&deputy, &meeting)["items"][0]["discussion"].clone();
    settle(&deputy, "discussion", &id, &json!([{ "field": "conclusion", "of": 2 }]));
    deputy.sync();
    secretary.sync();
    let both = json!({ "value": "Hỏi dân đã\nLàm trước tháng 3, họp dân", "others": [] });
    assert_eq!((said(&secretary), said(&deputy)), (both.clone(), both), "joined, for both");

    // What is pasted is cleaned, and what is too long is refused whole.
    write(&secretary, "words", &item, "Đ/c Bình: đồng ý\u{200b}\u{7} \r\n\u{202e}Đ/c Cúc: góp ý 😀", "");
    let words = day(&secretary, &meeting)["items"][0]["words"]["value"].clone();
    assert_eq!(words, "Đ/c Bình: đồng ý\nĐ/c Cúc: góp ý 😀");
    let long = json!({ "item": item, "words": "ý ".repeat(10_000) + "kiến", "was": words });
    is(&secretary.trouble("save_words", long), Code::Invalid, Some(("words", "too_long")));
    write(&secretary, "words", &item, "", words.as_str().unwrap());
    assert_eq!(day(&secretary, &meeting)["items"][0]["words"]["value"], Json::Null, "and may be taken back");
}

// Planted: the roll left out of what is asked → caught.
#[test]
fn minutes_wait_for_whatever_in_them_two_wrote_differently() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    let who = secretary.sheet(&meeting)["rows"][0]["member"].clone();
    for (phone, mark) in [(&secretary, "present"), (&deputy, "absent_excused")] {
        phone.line.down();
        phone.mark(&meeting, &who, mark);
    }
    let asked = || {
        let gaps = secretary.call("minutes", json!({ "meeting": meeting }))["gaps"].clone();
        gaps.as_array()
            .unwrap()
            .iter()
            .any(|gap| gap["why"] == "choice" && gap["step"] == "roll" && gap["blocks"] == true)
    };
    assert!(!asked());
    for phone in [&secretary, &deputy, &secretary] {
        phone.line.up();
        phone.sync();
    }
    assert!(asked(), "two marks of one member");
    secretary.mark(&meeting, &who, "present");
    assert!(!asked(), "until one is chosen");
}

// Planted: a choice among values that are no longer all there are → caught.
#[test]
fn one_review_settles_what_differs_in_any_record() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let draft =
        json!({ "id": null, "meeting": null, "kind": "resolution", "title": "Về đường thôn", "body": "Làm đường." });
    let id = secretary.call("save_resolution", draft)["line"]["id"].clone();
    let both = [&secretary, &deputy];
    both.iter().for_each(|phone| drop(phone.sync()));
    for (phone, title, body) in
        [(&secretary, "Về đường ngõ 3", "Làm tháng 3."), (&deputy, "Về đường ngõ 5", "Làm tháng 5.")]
    {
        phone.line.down();
        let words = json!({ "id": id, "meeting": null, "kind": "resolution", "title": title, "body": body });
        phone.call("save_resolution", words);
        phone.line.up();
    }
    for phone in [&secretary, &deputy, &secretary] {
        phone.sync();
    }
    let to_do = secretary.call("home", json!({}))["to_do"].clone();
    let route = format!("#/lech/resolution/{}", id.as_str().unwrap());
    assert!(to_do.as_array().unwrap().iter().any(|one| one["route"] == json!(route)), "home leads to it: {to_do}");

    let review = |phone: &Phone| phone.call("clash", json!({ "table": "resolution", "id": id }));
    let page = review(&secretary);
    let names: Vec<&Json> = page["fields"].as_array().unwrap().iter().map(|field| &field["name"]).collect();
    assert_eq!(names, ["title", "body"], "only what differs: {page}");
    for field in page["fields"].as_array().unwrap() {
        let values = field["values"].as_array().unwrap();
        let hers = values.iter().find(|value| value["this_one"] == true).unwrap();
        let his = values.iter().find(|value| value["this_one"] == false).unwrap();
        assert!(
            hers["value"].as_str().unwrap().contains('3') && his["value"].as_str().unwrap().contains('5'),
            "{field}"
        );
        assert_eq!(his["device"], json!(province.issued("deputy").name), "who");
        assert!(his["at"].is_string() && hers["at"].is_string(), "when");
    }
    let at = |field: usize, this_one: bool| {
        let values = page["fields"][field]["values"].as_array().unwrap();
        values.iter().position(|value| value["this_one"] == this_one).unwrap()
    };
    // Whoever chose from what is no longer all there is, is shown the rest first.
    let old = json!({ "table": "resolution", "id": id, "fields": [{ "field": "title", "of": 3, "choose": 0 }] });
    is(&secretary.trouble("settle", old), Code::Decided, None);
    let other = json!([{ "field": "title", "of": 2, "choose": at(0, false) }, { "field": "body", "of": 2, "value": "Làm tháng 4." }]);
    settle(&secretary, "resolution", &id, &other);
    secretary.sync();
    deputy.sync();
    for phone in both {
        let page = phone.call("resolution", json!({ "id": id }));
        assert_eq!((&page["line"]["title"], &page["body"]), (&json!("Về đường ngõ 5"), &json!("Làm tháng 4.")));
        assert_eq!((&review(phone)["fields"], &page["differs"]), (&json!([]), &json!(false)), "nobody is asked again");
    }
}
