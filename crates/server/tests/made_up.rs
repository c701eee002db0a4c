//! The made-up province is the one that screens and stories count on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code, reason = "each test file uses its part")]
mod house;

use std::collections::{BTreeMap, BTreeSet};

use domain::{Audience, Log};
use house::*;
use sync::{Change, Entry};

#[tokio::test]
async fn thon_dong_has_its_thirty_people_and_two_years_of_meetings() {
    let mut province = Province::start().await;
    let mut office = province.phone("commune").await;
    office.pull(1 << 20).await;
    let cell = province.unit("Chi bộ thôn Đông");
    let entries = office.entries();
    let of = |log: Log| entries.iter().filter(move |entry: &&Entry| entry.log == log).flat_map(|entry| &entry.changes);
    let words = |log, field: &'static str| -> Vec<&str> {
        of(log).filter(|change| change.field == field).filter_map(|change| change.value.as_text()).collect()
    };

    let register = Log::of(cell, Audience::Register);
    let members: BTreeSet<_> = of(register).filter(|change| change.table == "member").map(|change| change.id).collect();
    assert_eq!(members.len(), 30);
    let standings = words(register, "standing");
    assert_eq!(standings.iter().filter(|standing| **standing == "probationary").count(), 1);

    let everyone = Log::of(cell, Audience::Everyone);
    let statuses = words(everyone, "status");
    assert_eq!(statuses.iter().filter(|status| **status == "planned").count(), 1);
    assert_eq!(statuses.len(), 24 + 8 + 1, "one a month, one theme a quarter, one to come");
    assert_eq!(words(everyone, "planned_at").last(), Some(&"2026-12-03T14:00"));

    // Of each meeting of every cell: how many came of those on the roll, in per cent.
    let mut rolls: BTreeMap<_, (u32, u32)> = BTreeMap::new();
    for entry in &entries {
        let meeting = entry.changes.iter().find(|change| change.table == "meeting").map(|change| change.id);
        let marks = entry.changes.iter().filter(|change: &&Change| change.field == "mark");
        for mark in marks {
            let (here, all) = rolls.entry(meeting.unwrap()).or_default();
            *all += 1;
            *here += u32::from(matches!(mark.value.as_text(), Some("present" | "late")));
        }
    }
    assert_eq!(rolls.len(), 6 * (24 + 8));
    let shares: BTreeSet<u32> = rolls.values().map(|(here, all)| (here * 200 + all) / (all * 2)).collect();
    assert!(shares.first() >= Some(&77) && shares.last() <= Some(&97) && shares.len() > 8, "{shares:?}");
    assert!(office.heard.iter().all(|one| one.received < MORNING + MINUTE), "nothing is from the future");
}

#[test]
fn the_same_seed_makes_the_same_province() {
    let make = |seed| {
        let dir = tempfile::TempDir::new().unwrap();
        let made = server::demo(dir.path(), seed, "2026-11-23".parse().unwrap(), MORNING, "http://x").unwrap();
        serde_json::to_string(&made).unwrap()
    };
    assert_eq!(make(3), make(3));
    assert_ne!(make(3), make(4));
}

/// Whatever day of a month it is made on: meetings lie behind it, the next one ahead, nothing is from the future.
#[test]
fn a_cell_at_work_is_made_on_any_day() {
    for today in ["2026-01-01", "2026-03-03", "2026-03-04", "2026-05-31", "2026-12-31"] {
        let dir = tempfile::TempDir::new().unwrap();
        let day: chrono::NaiveDate = today.parse().unwrap();
        let now = server::millis_of(day.and_hms_opt(8, 0, 0).unwrap());
        server::living(dir.path(), 5, day, now, "http://x").unwrap_or_else(|error| panic!("{today}: {error}"));
    }
}
