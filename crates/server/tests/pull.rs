//! What each person's device is given, and that nothing is missing from it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code, reason = "each test file uses its part")]
mod house;

use std::collections::BTreeSet;

use domain::{Audience, Log, Value};
use house::*;
use sync::{Ask, Backfill, Entry, PROTO, Verdict};

#[tokio::test]
async fn each_reads_what_is_theirs_and_no_more() {
    let mut province = Province::start().await;
    let (east, west) = (province.unit("Chi bộ thôn Đông"), province.unit("Chi bộ thôn Đoài"));
    let commune = province.unit("Đảng bộ xã Tân Hòa");
    let top = province.unit("Đảng bộ tỉnh Hà Trung");
    let registers = |units: &[_]| units.iter().map(|unit| Log::of(*unit, Audience::Register)).collect::<Vec<_>>();
    let member = province.issued("member").member;
    let own = Log::about(east, member);

    let mut an = province.phone("member").await;
    an.pull(1 << 20).await;
    let mut theirs = registers(&[top, commune, east]);
    theirs.extend([Log::of(east, Audience::Everyone), own]);
    assert_eq!(an.scope.iter().collect::<BTreeSet<_>>(), theirs.iter().collect(), "a member");

    let mut deputy = province.phone("deputy").await;
    deputy.pull(1 << 20).await;
    let people = |scope: &[Log]| scope.iter().filter(|log| log.audience == Audience::Person).count();
    assert_eq!((deputy.scope.len(), people(&deputy.scope)), (34, 30), "a deputy reads the cell's personal records");

    let mut neighbour = province.phone("neighbour").await;
    neighbour.pull(1 << 20).await;
    assert!(neighbour.scope.iter().all(|log| log.unit != east), "a sister cell reads nothing of this one");
    assert!(neighbour.scope.contains(&Log::of(west, Audience::Everyone)));

    let mut office = province.phone("commune").await;
    office.pull(1 << 20).await;
    assert_eq!((office.scope.len(), people(&office.scope)), (163, 149), "the commune office reads every cell");

    let mut highest = province.phone("province").await;
    highest.pull(1 << 20).await;
    assert_eq!((highest.scope.len(), people(&highest.scope)), (9, 1), "the province: registers, and one's own record");

    for phone in [&an, &deputy, &neighbour, &office, &highest] {
        assert!(phone.entries().iter().all(|entry| phone.scope.contains(&entry.log)), "nothing outside the scope came");
    }
    // The number of one identity card, found only in the books that may hold it.
    let number = deputy
        .entries()
        .iter()
        .filter(|entry| entry.log == own)
        .flat_map(|entry| entry.changes.clone())
        .find_map(|change| (change.field == "personal_id").then(|| change.value.as_text().unwrap().to_owned()))
        .unwrap();
    let holds = |phone: &Phone| {
        phone.heard.iter().any(|one| one.bytes.windows(number.len()).any(|bytes| bytes == number.as_bytes()))
    };
    assert!(holds(&an) && holds(&deputy) && holds(&office));
    assert!(!holds(&neighbour) && !holds(&highest));
}

#[tokio::test]
async fn page_by_page_is_the_same_as_at_once_and_again_after_a_restart() {
    let mut province = Province::start().await;
    let mut whole = province.phone("commune").await;
    whole.pull(1 << 20).await;
    province.restart().await;
    let mut paged = Phone::new(&province.url, 1);
    (paged.root, paged.token) = (whole.root.clone(), whole.token.clone());
    let asks = paged.pull(4_000).await;
    assert!(asks > 20, "in {asks} pages");
    for phone in [&mut whole, &mut paged] {
        let heard = phone.heard.len();
        phone.heard.sort_by_key(|one| sync::hash_of(&one.bytes));
        phone.heard.dedup();
        assert_eq!(phone.heard.len(), heard, "nothing came twice");
    }
    assert!(paged.heard == whole.heard, "the session and every entry outlived the restart");
}

#[tokio::test]
async fn a_device_does_not_hear_itself_and_its_cursor_passes_what_it_may_not_read() {
    let mut province = Province::start().await;
    let mut deputy = province.phone("deputy").await;
    let mut neighbour = province.phone("neighbour").await;
    deputy.pull(1 << 20).await;
    neighbour.pull(1 << 20).await;
    let before = (deputy.heard.len(), neighbour.heard.len());
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let set = [("meeting", id(), "unit", Value::from(log.unit))];
    let entry = deputy.entry(log, province.now(), &set);
    let [Verdict::Accepted { seq, received }] = deputy.push(vec![entry.clone()]).await[..] else { panic!("taken") };

    deputy.pull(1 << 20).await;
    neighbour.pull(1 << 20).await;
    assert_eq!((deputy.heard.len(), neighbour.heard.len()), before);
    let commune = province.unit("Đảng bộ xã Tân Hòa");
    assert_eq!((deputy.cursors[&commune], neighbour.cursors[&commune]), (seq, seq));
    let ask = Ask { proto: PROTO, cursors: cursors(&deputy), room: 1 << 20, ..Ask::default() };
    let parts = deputy.ask(&ask).await.unwrap().parts;
    assert!(parts.iter().all(|part| part.entries.is_empty()), "nothing new: the server's word for each stream alone");

    // Who holds its own entries can follow the chain by the acknowledgement alone.
    let carried = sync::Carried { seq, received, bytes: entry };
    let mut reader = province.phone("secretary").await;
    reader.pull(1 << 20).await;
    assert!(reader.heard.contains(&carried), "others hear it, with the number and time that were acknowledged");
}

#[tokio::test]
async fn a_log_can_be_taken_from_its_start_by_those_who_may_read_it() {
    let mut province = Province::start().await;
    let mut deputy = province.phone("deputy").await;
    let neighbour = province.phone("neighbour").await;
    deputy.pull(1 << 20).await;
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let mut part = Backfill { log: log.id(), after: 0, upto: u64::MAX };
    let ask = |part, cursors| Ask { proto: PROTO, cursors, backfill: vec![part], room: 10_000, ..Ask::default() };
    let refused = neighbour.ask(&ask(part, Vec::new())).await.unwrap();
    assert!(refused.backfill.is_empty() && refused.filled.is_empty());

    let (mut taken, mut asks) = (Vec::new(), 0);
    loop {
        let reply = deputy.ask(&ask(part, cursors(&deputy))).await.unwrap();
        asks += 1;
        part.after = reply.backfill.last().unwrap().seq;
        taken.extend(reply.backfill);
        if reply.filled == [log.id()] {
            break;
        }
        assert!(reply.more);
    }
    let of_log = |bytes: &[u8]| Entry::read(bytes, domain::TABLES).unwrap().log == log;
    let known: Vec<_> = deputy.heard.iter().filter(|one| of_log(&one.bytes)).cloned().collect();
    assert!(taken == known, "in {asks} pages");
    assert!(asks > 2);
}

fn cursors(phone: &Phone) -> Vec<sync::Cursor> {
    phone.cursors.iter().map(|(stream, seq)| sync::Cursor { stream: *stream, seq: *seq }).collect()
}
