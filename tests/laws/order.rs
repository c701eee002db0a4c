//! Order and repeats never matter: what stands is a function of the set of changes.

use domain::{Id, TABLES};
use proptest::prelude::*;
use store::Book;
use sync::{Ask, Carried, Change, Clock, Cursor, Part, Reply, Row, Stamp, seal, settle};
use tests::{COMMUNE, Device, Province, home_of, name};

use crate::any::{self, Loose};

/// Changes in one order, and the same in another, some of them twice.
fn twice() -> impl Strategy<Value = (Vec<Loose>, Vec<usize>)> {
    any::loose().prop_flat_map(|all| {
        let places: Vec<usize> = (0..all.len()).collect();
        (Just(all), any::shuffled(places))
    })
}

proptest! {
    // Planted: the last heard instead of the last written; the first heard; what was written over forgotten → each
    // caught.
    #[test]
    fn a_field_settles_the_same_in_any_order((all, order) in twice()) {
        for (table, field) in any::fields() {
            let one = any::placed(&all, table, field, name(1));
            let other: Vec<Change> = order.iter().map(|at| one[*at].clone()).collect();
            prop_assert_eq!(settle(field, &one), settle(field, &other), "{}.{}", table.name, field.name);
        }
    }

    // Planted: progress that ignores stamps; what was written over kept in order of arrival → each caught.
    #[test]
    fn a_record_is_the_same_bytes_in_any_order((all, order) in twice(), from in 0usize..24, received in 0u64..3) {
        for table in TABLES {
            let changes: Vec<Change> = all.iter().enumerate().flat_map(|(at, one)| {
                let field = any::field(table, from + usize::from(one.seen) % 2);
                any::placed(&all, table, field, name(1)).into_iter().skip(at).take(1)
            }).collect();
            let order_of = |change: &Change| Stamp { tick: change.stamp.tick.min(received), ..change.stamp };
            let hear = |row: &mut Row, change: &Change| row.take(table, change, order_of(change));
            let (mut one, mut other) = (Row::blank(table), Row::blank(table));
            changes.iter().for_each(|change| hear(&mut one, change));
            for at in order.iter() {
                // Kept and read back on the way, as a book does between any two changes.
                other = Row::restore(other.values(table).collect::<Vec<_>>(), &other.stamps()).expect("a row reads back");
                hear(&mut other, &changes[*at]);
            }
            prop_assert_eq!(one.stamps(), other.stamps(), "{}", table.name);
            prop_assert!(one.values(table).eq(other.values(table)), "{}", table.name);
        }
    }

    // Planted: counts kept when a stamp is pulled back; ties broken by value → each caught.
    #[test]
    fn a_device_with_a_wrong_clock_still_has_the_last_word_over_itself(
        ticks in (0u64..4 << 16, 0u64..4 << 16), received in (0u64..3, 0u64..3), picks in any::<(u8, u8)>(),
    ) {
        prop_assume!(ticks.0 < ticks.1 && received.0 <= received.1);
        for (table, field) in any::fields().filter(|(_, field)| field.merge == domain::Merge::Latest) {
            let write = |tick, pick, received| {
                let stamp = Stamp { tick, device: 1 };
                (tests::set(stamp, table.name, name(1), field.name, any::value(field, pick)), stamp.received(received))
            };
            let (first, second) = (write(ticks.0, picks.0, received.0), write(ticks.1, picks.1, received.1));
            let mut row = Row::blank(table);
            [&second, &first].into_iter().for_each(|(change, order)| row.take(table, change, *order));
            prop_assert_eq!(row.value(table, field.name), Some(&second.0.value), "{}.{}", table.name, field.name);
        }
    }

    // Planted: a tick given twice → caught.
    #[test]
    fn a_clock_never_gives_a_stamp_twice_nor_an_earlier_one(nows in proptest::collection::vec(0u64..5, 1..9), heard in 0u64..9 << 16) {
        let device = Id::new(name(1));
        let mut clock = Clock::new(device, 0);
        let mut last = 0;
        for now in nows {
            let next = clock.next(now, [&Stamp { tick: heard, device: 2 }]);
            prop_assert!(next.tick > last && next.tick > heard);
            last = clock.last();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    // Planted: an entry whose author is unknown thrown away; one such never tried again → each caught.
    #[test]
    fn two_books_that_heard_the_same_entries_in_any_order_hold_the_same((entries, order) in entries()) {
        let (mut one, mut other) = (reader(), reader());
        hear(&mut one, entries.clone());
        for part in order.chunks(3) {
            hear(&mut other, part.iter().map(|at| entries[*at].clone()).collect());
        }
        let (one, other) = (one.dump().expect("dumps"), other.dump().expect("dumps"));
        prop_assert!(one.len() > 7, "the entries say something");
        prop_assert_eq!(one, other);
    }
}

/// A book that knows whom to believe.
fn reader() -> Book {
    let device = Device::new(50);
    device.book.put_fact("root", &Province::default().key.verifying_key().to_bytes()).expect("the root key is kept");
    device.book
}

fn hear(book: &mut Book, entries: Vec<Carried>) {
    let cursor = Cursor { stream: COMMUNE, seq: 9 };
    let part = Part { cursor, entries, signature: Vec::new(), chains: None };
    let nothing = Province::default().answer(book.device(), Ask::default());
    let reply = Reply { parts: vec![part], scope: None, ..nothing };
    let ask = book.ask(0, 0).expect("the book asks");
    book.take(&ask, &reply, 0).expect("the book takes any entries");
}

/// Entries of three devices about a few records, with the entries that make the devices known, and an order.
fn entries() -> impl Strategy<Value = (Vec<Carried>, Vec<usize>)> {
    let touch = (any::<u8>(), 0u8..4, 0u32..3, 0u64..4);
    proptest::collection::vec((any::loose(), touch), 1..8).prop_flat_map(|batches| {
        let mut province = Province::default();
        let devices: Vec<Device> = (0..3).map(Device::new).collect();
        devices.iter().for_each(|device| province.let_in(device));
        let mut all: Vec<Carried> = province.entries().map(|(_, carried)| carried.clone()).collect();
        for (number, (loose, (at, place, record, received))) in batches.into_iter().enumerate() {
            let table = any::table(at.into());
            let changes = any::placed(&loose, table, any::field(table, place.into()), name(record));
            for (by, device) in devices.iter().enumerate() {
                let theirs = |stamp: Stamp| Stamp {
                    tick: stamp.tick << 15,
                    ..Stamp::new(0, 0, devices[stamp.device as usize].id())
                };
                let mine = changes.iter().filter(|change| change.stamp.device == by as u64).cloned();
                let mut mine: Vec<Change> = mine
                    .map(|change| Change {
                        stamp: theirs(change.stamp),
                        seen: change.seen.iter().copied().map(theirs).collect(),
                        ..change
                    })
                    .collect();
                mine.sort_by_key(|change| change.stamp);
                mine.dedup_by_key(|change| change.stamp);
                let sealed = seal(device.book.key(), home_of(table), number as u64 + 1, &mine, TABLES);
                let bytes = sealed.expect("a short entry").bytes;
                all.push(Carried { seq: all.len() as u64 + 1, received, bytes });
            }
        }
        let places: Vec<usize> = (0..all.len()).collect();
        (Just(all), any::shuffled(places))
    })
}
