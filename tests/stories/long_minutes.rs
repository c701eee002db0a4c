//! Minutes of a long evening: everything that was said is locked and printed, and what cannot be is told before anybody signs.

use app::Code;
use serde_json::{Value as Json, json};

use crate::{
    minutes::{acknowledge, words_of, written},
    phone::{Phone, is},
    province::Province,
};

fn item(phone: &Phone, meeting: &Json, title: &str) -> Json {
    let ask = json!({ "meeting": meeting, "item": null, "title": title, "papers": null });
    phone.call("save_item", ask);
    let items = phone.call("meeting_day", json!({ "meeting": meeting }))["items"].clone();
    items.as_array().unwrap().iter().find(|one| one["title"]["value"] == title).unwrap()["id"].clone()
}

fn say(phone: &Phone, item: &Json, words: &str) {
    phone.call("save_words", json!({ "item": item, "words": words, "was": "" }));
}

/// As many letters as are asked for.
fn opinion(item: u32, at: u32, letters: usize) -> String {
    let begins = format!("Đ/c số {at}, nội dung {item}: ");
    let rest = letters - begins.chars().count();
    begins
        + &"nhất trí với dự thảo, đề nghị làm sớm trước mùa mưa ".repeat(3).chars().take(rest - 1).collect::<String>()
        + "."
}

// Planted: only the first two parts kept → caught.
#[test]
fn a_hundred_and_twenty_opinions_at_each_of_four_items_are_locked_and_printed() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    let meeting = secretary.next_meeting();
    secretary.call("mark_rest", json!({ "meeting": meeting }));
    secretary.call("close_attendance", json!({ "meeting": meeting }));
    for at in 1..=4 {
        let item = item(&secretary, &meeting, &format!("Nội dung thứ {at}"));
        let words: Vec<String> = (1..=120).map(|one| opinion(at, one, 99)).collect();
        say(&secretary, &item, &words.join("\n"));
    }
    secretary.call("end_meeting", json!({ "meeting": meeting, "at": "23:50" }));

    // More than minutes can hold is told where it is put right, and by whom it is read.
    let mut more = Vec::new();
    for at in 5..=15 {
        let item = item(&secretary, &meeting, &format!("Nội dung thứ {at}"));
        say(&secretary, &item, &"x".repeat(12_000));
        more.push(item);
    }
    let gaps = || secretary.call("minutes", json!({ "meeting": meeting }))["gaps"].to_string();
    assert!(gaps().contains(r#""why":"too_long""#), "{}", gaps());
    let hash = secretary.call("minutes", json!({ "meeting": meeting }))["hash"].clone();
    let ask = json!({ "meeting": meeting, "hash": hash, "signs": "chair", "pin": "24681357" });
    is(&secretary.trouble("acknowledge_minutes", ask), Code::Invalid, Some(("minutes", "gaps")));
    more.iter().for_each(|item| drop(secretary.call("remove_item", json!({ "item": item }))));
    assert!(!gaps().contains("too_long"));

    acknowledge(&secretary, &meeting, "chair");
    secretary.sync();
    deputy.sync();
    let locked = acknowledge(&deputy, &meeting, "taker");
    deputy.sync();
    secretary.sync();
    let page = secretary.call("minutes", json!({ "meeting": meeting }));
    assert_eq!((&page["state"], &page["altered"]), (&json!("locked"), &json!(false)));
    assert_eq!(page["lines"], locked["lines"]);
    let pdf = written(&secretary, &folder, &meeting, "pdf");
    let words = words_of(pdf["path"].as_str().unwrap());
    for at in 1..=4 {
        for one in [1, 60, 120] {
            let begins = format!("Đ/c số {one}, nội dung {at}:");
            assert!(words.contains(&begins), "{begins}");
        }
    }
    assert!(words.contains("NGƯỜI GHI BIÊN BẢN"));
}

// Planted: what is pasted kept as it came → caught.
#[test]
fn what_is_pasted_is_kept_whole_or_refused_whole() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let meeting = secretary.next_meeting();
    let item = item(&secretary, &meeting, "Ý kiến");
    say(&secretary, &item, "\u{202e}Đ/c An:\0 đường 👍\u{200f} שלום tốt\u{feff}");
    let said = || {
        let items = secretary.call("meeting_day", json!({ "meeting": meeting }))["items"].clone();
        let one = items.as_array().unwrap().iter().find(|one| one["id"] == item).unwrap().clone();
        one["words"]["value"].as_str().unwrap().to_owned()
    };
    let kept = said();
    assert_eq!(kept, "Đ/c An: đường 👍 שלום tốt", "letters of every script, and nothing that cannot be seen");
    let ask = json!({ "item": item, "words": "ữ".repeat(20_000), "was": kept });
    let trouble = secretary.trouble("save_words", ask);
    is(&trouble, Code::Invalid, Some(("words", "too_long")));
    assert_eq!(trouble.faults[0].params["most"], 12_000);
    assert_eq!(said(), kept, "nothing of it is half-written");
}
