//! The journal rebuilt equals the journal followed: drafts, taken-back steps, lost answers and wrong clocks included.

use domain::Merge;
use proptest::prelude::*;
use store::{Edit, Step};
use tests::{Device, Province, home_of, name};

use crate::any;

const YEARS: u64 = 2 * 365 * 24 * 3600 * 1000;

/// What one device does next.
#[derive(Debug, Clone)]
enum Deed {
    Write {
        table: u8,
        field: u8,
        record: u32,
        pick: u8,
        step: bool,
    },
    Undo {
        table: u8,
        record: u32,
    },
    Sync,
    /// Reaches the server, and the answer is lost on the way.
    Push,
    /// Seals what is open, and no network is there.
    Try,
    SetClock(u64),
}

/// Mostly about one table, so that devices meet in the same fields.
fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    (0u8..7, 0u8..20).prop_flat_map(|(table, field)| deeds_about(table, field))
}

fn deeds_about(table: u8, field: u8) -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let table = prop_oneof![9 => Just(table), 1 => 0u8..7];
    let field = prop_oneof![6 => Just(field), 1 => 0u8..20];
    let write = (table.clone(), field, 0u32..2, 0u8..4, any::<bool>());
    let deed = prop_oneof![
        6 => write.prop_map(|(table, field, record, pick, step)| Deed::Write { table, field, record, pick, step }),
        2 => (table, 0u32..2).prop_map(|(table, record)| Deed::Undo { table, record }),
        2 => Just(Deed::Sync),
        1 => Just(Deed::Push),
        1 => Just(Deed::Try),
        1 => prop_oneof![Just(5), Just(1_000_000), Just(1_000_000 + YEARS)].prop_map(Deed::SetClock),
    ];
    proptest::collection::vec((0usize..3, deed), 1..32)
}

fn run(deeds: Vec<(usize, Deed)>) -> (Province, Vec<Device>) {
    let mut province = Province::default();
    let mut devices: Vec<Device> = (0..3).map(|number| Device::new(number + 1)).collect();
    devices.iter_mut().for_each(|device| device.join(&mut province));
    for (who, deed) in deeds {
        let device = &mut devices[who];
        match deed {
            Deed::Write { table, field, record, pick, step } => {
                let table = any::table(table.into());
                let field = any::field(table, field.into());
                let edit = Edit { table, id: name(record), field: field.name, value: any::value(field, pick) };
                let step = step.then(|| Step { of: name(record), what: table.name.to_owned() });
                device.write(&home_of(table), &[edit], step);
            }
            Deed::Undo { table, record } => {
                let log = home_of(any::table(table.into()));
                device.book.undo(&log, name(record), device.now).expect("the book takes it back");
            }
            Deed::Sync => device.sync(&mut province),
            Deed::Push => {
                let ask = device.book.ask(usize::MAX, 0).expect("the book says what it has to say");
                province.answer(device.id(), ask);
            }
            Deed::Try => drop(device.book.ask(usize::MAX, 0).expect("the book says what it has to say")),
            Deed::SetClock(now) => device.now = now,
        }
        province.now += 1;
    }
    (province, devices)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    // Planted: own entries that were pulled back not heard again; drafts left out; a replaced draft left in the row →
    // each caught.
    #[test]
    fn a_book_made_again_from_its_journal_is_the_same_book(deeds in deeds()) {
        let (_, devices) = run(deeds);
        for mut device in devices {
            let followed = device.book.dump().expect("dumps");
            device.book.remake().expect("the book is made again");
            prop_assert_eq!(followed, device.book.dump().expect("dumps"));
        }
    }

    // Planted: the outbox emptied at sending; a replaced draft left in the row → each caught.
    #[test]
    fn once_all_have_spoken_all_hold_the_same(deeds in deeds()) {
        let (mut province, mut devices) = run(deeds);
        for _ in 0..2 {
            devices.iter_mut().for_each(|device| device.sync(&mut province));
        }
        let first = devices[0].book.dump().expect("dumps");
        for device in &devices {
            prop_assert!(!device.book.has_waiting().expect("the book reads"), "every outbox empties");
            prop_assert_eq!(&first, &device.book.dump().expect("dumps"));
        }
        prop_assert!(province.aside.is_empty(), "nothing an honest device writes is set aside");
    }

    // Planted: a new epoch treated as the old one; own entries not offered again → each caught.
    #[test]
    fn a_restored_province_is_given_back_what_it_lost(deeds in deeds(), lost in 1usize..4) {
        let (mut province, mut devices) = run(deeds);
        for _ in 0..2 {
            devices.iter_mut().for_each(|device| device.sync(&mut province));
        }
        let before = devices[0].book.dump().expect("dumps");
        let own = |province: &Province| province.entries().map(|(_, carried)| carried.bytes.clone()).collect::<std::collections::BTreeSet<_>>();
        let held = own(&province);
        // The province's own first entries are on paper: the units and the devices.
        let lost = lost.min(held.len() - 7);
        province.restore(lost);
        province.now += 1;
        for _ in 0..2 {
            devices.iter_mut().for_each(|device| device.sync(&mut province));
        }
        prop_assert_eq!(own(&province), held, "the union of what holders have is there again");
        let after = devices[0].book.dump().expect("dumps");
        for device in &devices {
            prop_assert_eq!(&after, &device.book.dump().expect("dumps"), "and all read it alike");
        }
        prop_assert_eq!(after.len(), before.len(), "no record is gone");
    }
}

// Planted: order by the unclamped stamp; own entries that were pulled back not heard again → each caught.
#[test]
fn a_clock_two_years_ahead_does_not_have_the_last_word_for_two_years() {
    for (table, field) in any::fields().filter(|(_, field)| field.merge == Merge::Latest) {
        let mut province = Province::default();
        let (mut ahead, mut right) = (Device::new(1), Device::new(2));
        [&mut ahead, &mut right].into_iter().for_each(|device| device.join(&mut province));
        ahead.now += YEARS;
        ahead.set(table, name(1), field.name, any::value(field, 0));
        ahead.sync(&mut province);
        province.now += 60_000;
        right.now = province.now;
        right.set(table, name(1), field.name, any::value(field, 1));
        for device in [&mut right, &mut ahead] {
            device.sync(&mut province);
            let stands = device.book.value(table, name(1), field.name).expect("the book reads");
            assert_eq!(stands, Some(any::value(field, 1)), "{}.{}: what came later stands", table.name, field.name);
        }
    }
}

// Planted: the step kept after it was taken back → caught.
#[test]
fn a_step_taken_back_leaves_nothing_to_take_back() {
    let mut device = Device::new(1);
    let table = any::table(5);
    let edit = |value: &str| Edit { table, id: name(1), field: "place", value: value.into() };
    let step = || Some(Step { of: name(1), what: "place".into() });
    device.write(&home_of(table), &[edit("Nhà văn hóa")], step());
    device.write(&home_of(table), &[edit("Trụ sở")], step());
    assert_eq!(device.book.last_step(name(1)).expect("reads"), Some("place".into()), "a tap can be taken back");
    let place = |device: &Device| device.book.value(table, name(1), "place").expect("reads");
    assert!(device.book.undo(&home_of(table), name(1), 2_000_000).expect("undoes"));
    assert_eq!(place(&device), Some("Nhà văn hóa".into()), "the last tap first");
    assert!(device.book.undo(&home_of(table), name(1), 2_000_000).expect("undoes"));
    assert!(!device.book.undo(&home_of(table), name(1), 2_000_000).expect("undoes"), "there was nothing left");
    assert_eq!(device.book.last_step(name(1)).expect("reads"), None, "no button is offered");
}
