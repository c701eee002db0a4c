//! The numbers of papers: given by the server as it accepts what asks for them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code, reason = "each test file uses its part")]
mod house;

use domain::{Audience, Log, Value};
use house::*;
use server::Sqlite;
use sync::{Entry, Verdict};
use uuid::Uuid;

/// An entry that asks for the next number of a series.
fn asks(phone: &mut Phone, log: Log, now: u64, record: Uuid, series: &str) -> Vec<u8> {
    let said = |field, value: Value| ("resolution", record, field, value);
    phone.entry(log, now, &[said("unit", log.unit.into()), said("title", "Việc".into()), said("series", series.into())])
}

/// What a phone has heard of a record's number, each time that it was said.
fn numbers(phone: &Phone, record: Uuid) -> Vec<i64> {
    let entries = phone.entries();
    let changes = entries.iter().flat_map(|entry| &entry.changes);
    let numbers = changes.filter(|change| change.id == record && change.field == "number");
    numbers.filter_map(|change| if let Value::Number(number) = change.value { Some(number) } else { None }).collect()
}

fn accepted(verdicts: &[Verdict]) {
    assert!(verdicts.iter().all(|verdict| matches!(verdict, Verdict::Accepted { .. })), "{verdicts:?}");
}

// Planted: a row taken away where `cancelled` is heard; the series left out of the count; no look at whether the record has a
// number; the unit left out of the count → each caught.
#[tokio::test]
async fn each_record_that_asks_has_the_next_number_of_its_series_and_keeps_it() {
    let mut province = Province::start().await;
    let mut secretary = province.phone("secretary").await;
    let mut deputy = province.phone("deputy").await;
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let now = province.now();
    let (nq, kl, next) = ("NQ 2025-2030", "KL 2025-2030", "NQ 2030-2035");

    // Two devices that did not hear of each other.
    let [a, b, c, d, e, f] = [(); 6].map(|()| id());
    let first = asks(&mut secretary, log, now, a, nq);
    accepted(&secretary.push(vec![first.clone()]).await);
    let second = asks(&mut deputy, log, now, b, nq);
    accepted(&deputy.push(vec![second]).await);
    // The same entry again; the same record again, from either device.
    assert!(matches!(secretary.push(vec![first]).await[..], [Verdict::Duplicate { .. }]));
    let again = asks(&mut secretary, log, now, a, nq);
    let others = deputy.entry(log, now, &[("resolution", a, "series", next.into())]);
    accepted(&secretary.push(vec![again]).await);
    accepted(&deputy.push(vec![others]).await);
    // Other series begin at one, also two in one entry.
    let conclusion = asks(&mut secretary, log, now, c, kl);
    let both = [("resolution", d, "series", next.into()), ("resolution", e, "series", nq.into())];
    let both = secretary.entry(log, now, &both);
    accepted(&secretary.push(vec![conclusion, both]).await);
    // A number that was cancelled stays the record's own.
    let cancelled = secretary.entry(log, now, &[("resolution", e, "cancelled", "Ghi nhầm".into())]);
    let after = asks(&mut secretary, log, now, f, nq);
    accepted(&secretary.push(vec![cancelled, after]).await);

    let mut reader = province.phone("member").await;
    reader.pull(1 << 20).await;
    let heard = [a, b, c, d, e, f].map(|record| numbers(&reader, record));
    assert_eq!(
        heard,
        [vec![1], vec![2], vec![1], vec![1], vec![3], vec![4]],
        "said once each, without a gap or a twin"
    );

    // Another unit counts for itself.
    let mut neighbour = province.phone("neighbour").await;
    let (west, theirs) = (Log::of(province.unit("Chi bộ thôn Đoài"), Audience::Everyone), id());
    let entry = asks(&mut neighbour, west, now, theirs, nq);
    accepted(&neighbour.push(vec![entry]).await);
    neighbour.pull(1 << 20).await;
    assert_eq!(numbers(&neighbour, theirs), [1]);
    // Nobody but the server says a number.
    let own = secretary.entry(log, now, &[("resolution", a, "number", 7.into())]);
    assert!(matches!(secretary.push(vec![own]).await[..], [Verdict::Quarantined { .. }]));
}

// Planted: a number that is handed back not held; the table not made in a ledger that lacks it → each caught.
#[tokio::test]
async fn after_a_restore_no_number_that_was_handed_back_is_given_again() {
    let mut province = Province::start().await;
    let mut phone = province.phone("secretary").await;
    let mut reader = province.phone("deputy").await;
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let now = province.now();
    let (series, [a, b, c]) = ("NQ 2025-2030", [(); 3].map(|()| id()));

    let copies = tempfile::TempDir::new().unwrap();
    let copy = copies.path().join("night.db");
    Sqlite::open(province.dir.path()).unwrap().back_up(&copy).unwrap();
    // As old as that the ledger did not know of numbers yet.
    rusqlite::Connection::open(&copy).unwrap().execute_batch("DROP TABLE number").unwrap();
    std::fs::remove_file(copies.path().join("night.db.sha256")).unwrap();
    let entries = [a, b].map(|record| asks(&mut phone, log, now, record, series));
    accepted(&phone.push(entries.to_vec()).await);
    reader.pull(1 << 20).await;
    assert_eq!([numbers(&reader, a), numbers(&reader, b)], [[1], [2]]);
    let root = |entry: &Entry| entry.device != phone.device() && entry.changes.iter().any(|c| c.field == "number");
    let given: Vec<Vec<u8>> = reader.heard.iter().map(|carried| carried.bytes.clone()).collect();
    let given = given.into_iter().filter(|bytes| root(&Entry::read(bytes, domain::TABLES).unwrap()));
    let given: Vec<Vec<u8>> = given.collect();
    assert_eq!(given.len(), 2, "an entry of the server's own for each");

    province.running.take().unwrap().shutdown().await;
    let outside = province.outside();
    Sqlite::restore(province.dir.path(), &copy, &outside).unwrap();
    province.begin().await;
    phone.url.clone_from(&province.url);
    reader.url.clone_from(&province.url);
    // The number comes back before what asked for it, and a third asks in between.
    province.pass(MINUTE);
    accepted(&reader.push(given).await);
    let third = asks(&mut phone, log, now, c, series);
    accepted(&phone.push(entries.to_vec()).await);
    accepted(&phone.push(vec![third]).await);
    let mut fresh = province.phone("member").await;
    fresh.pull(1 << 20).await;
    assert_eq!([a, b, c].map(|record| numbers(&fresh, record)), [[1], [2], [3]]);
}
