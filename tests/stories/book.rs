//! The minutes book of a year: what was held and is locked, what was not held and why, under one page count; nothing of what
//! is to come.

use app::{Code, Trouble};
use serde_json::{Value as Json, json};

use crate::{
    minutes::{acknowledge, hold, words_of},
    phone::{Phone, is},
    province::Province,
};

/// Three months, in milliseconds: from November 2026 into the next year.
const THREE_MONTHS: u64 = 92 * 24 * 3600 * 1000;

fn bound(phone: &Phone, year: i32) -> Result<String, Trouble> {
    let folder = tempfile::tempdir().unwrap();
    let ask = json!({ "paper": { "what": "book", "year": year }, "format": "pdf", "folder": folder.path() });
    Ok(words_of(phone.try_call("write_paper", ask)?["path"].as_str().unwrap()))
}

/// Ends and locks every meeting of a year that is not yet.
fn lock_all(secretary: &Phone, deputy: &Phone, year: i32) {
    let rows = secretary.call("meetings", json!({ "year": year }))["rows"].clone();
    let begun = |row: &&Json| row["status"] != "planned";
    let meetings: Vec<Json> = rows.as_array().unwrap().iter().filter(begun).map(|row| row["id"].clone()).collect();
    let lock = |phone: &Phone, signs: &str| {
        for meeting in &meetings {
            if phone.call("minutes", json!({ "meeting": meeting }))["state"] != "locked" {
                acknowledge(phone, meeting, signs);
            }
        }
        phone.sync();
    };
    lock(secretary, "chair");
    deputy.sync();
    lock(deputy, "taker");
    secretary.sync();
}

// Planned: …
#[test]
fn the_book_of_a_year() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let year = secretary.call("meetings", json!({ "year": 2026 }));
    eprintln!("{year:#}");
    let trouble = bound(&secretary, 2026).unwrap_err();
    eprintln!("{trouble:?}");
    lock_all(&secretary, &deputy, 2026);
    eprintln!("{}", bound(&secretary, 2026).unwrap());
    let _ = (hold, is, Code::Invalid, THREE_MONTHS);
}
