//! No value of a field that asks is lost: what nobody wrote over stands, or waits for a person.

use std::collections::BTreeSet;

use domain::{Field, Merge, Table, Value};
use proptest::prelude::*;
use tests::{Device, Province, name};

use crate::any;

/// What one device does next.
#[derive(Debug, Clone)]
enum Deed {
    Write(u8),
    Sync,
    /// Reaches the server, and the answer is lost on the way.
    Push,
}

/// What was written, and which earlier ones its author was looking at.
struct Wrote {
    value: Value,
    over: BTreeSet<usize>,
}

fn deeds() -> impl Strategy<Value = Vec<(usize, u64, Deed)>> {
    let deed = prop_oneof![
        4 => any::<u8>().prop_map(Deed::Write),
        2 => Just(Deed::Sync),
        1 => Just(Deed::Push),
    ];
    proptest::collection::vec((0usize..3, 0u64..4, deed), 1..24)
}

fn asking() -> Vec<(&'static Table, &'static Field)> {
    any::fields().filter(|(_, field)| field.merge == Merge::Ask).collect()
}

fn waiting(device: &Device, table: &Table, field: &Field) -> BTreeSet<Value> {
    let standing = device.book.value(table, name(1), field.name).expect("the book reads");
    let others = device.book.others(table, name(1), field.name).expect("the book reads");
    standing.into_iter().chain(others.into_iter().map(|other| other.value)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    // Planted: nothing said to be seen; only the standing value; a replaced draft's forgotten; Ask merged as Latest →
    // each caught.
    #[test]
    fn what_nobody_wrote_over_is_standing_or_waiting(deeds in deeds(), at in any::<prop::sample::Index>()) {
        let all = asking();
        let (table, field) = all[at.index(all.len())];
        let mut province = Province::default();
        let mut devices: Vec<Device> = (0..3).map(|number| Device::new(number + 1)).collect();
        devices.iter_mut().for_each(|device| device.join(&mut province));
        let mut wrote: Vec<Wrote> = Vec::new();
        let mut known = vec![BTreeSet::new(); 3];
        let mut landed = BTreeSet::new();
        for (who, later, deed) in deeds {
            let device = &mut devices[who];
            device.now += later;
            province.now += later;
            match deed {
                Deed::Write(pick) => {
                    let value = any::value(field, pick % 6);
                    if waiting(device, table, field) == BTreeSet::from([value.clone()]) {
                        continue;
                    }
                    device.set(table, name(1), field.name, value.clone());
                    let over = std::mem::take(&mut known[who]);
                    known[who] = over.iter().copied().chain([wrote.len()]).collect();
                    wrote.push(Wrote { value, over });
                }
                Deed::Sync => {
                    device.sync(&mut province);
                    landed.extend(known[who].iter().copied());
                    known[who] = landed.clone();
                }
                Deed::Push => {
                    let ask = device.book.ask(usize::MAX, 0).expect("the book says what it has to say");
                    province.answer(device.id(), ask);
                    landed.extend(known[who].iter().copied());
                }
            }
        }
        devices.iter_mut().for_each(|device| device.sync(&mut province));
        devices.iter_mut().for_each(|device| device.sync(&mut province));
        let over: BTreeSet<usize> = wrote.iter().flat_map(|wrote| wrote.over.iter().copied()).collect();
        let alive = wrote.iter().enumerate().filter(|(at, _)| !over.contains(at));
        let alive: BTreeSet<Value> = alive.map(|(_, wrote)| wrote.value.clone()).collect();
        for device in &devices {
            prop_assert_eq!(&waiting(device, table, field), &alive, "{}.{}: all that nobody wrote over, and no more", table.name, field.name);
        }
    }
}

// Planted: nothing said to be seen → caught.
#[test]
fn a_clash_is_settled_once_and_stays_settled_everywhere() {
    let mut province = Province::default();
    let mut devices: Vec<Device> = (1..4).map(Device::new).collect();
    devices.iter_mut().for_each(|device| device.join(&mut province));
    let (table, field) = asking()[0];
    for (pick, device) in devices.iter_mut().enumerate() {
        device.set(table, name(1), field.name, any::value(field, pick as u8));
    }
    for _ in 0..2 {
        devices.iter_mut().for_each(|device| device.sync(&mut province));
    }
    assert_eq!(devices[2].book.asking(table).expect("the book reads"), [name(1)], "three values wait for a person");
    devices[2].set(table, name(1), field.name, any::value(field, 0));
    for _ in 0..2 {
        devices.iter_mut().for_each(|device| device.sync(&mut province));
    }
    for device in &devices {
        assert_eq!(
            waiting(device, table, field),
            BTreeSet::from([any::value(field, 0)]),
            "one person settled it for all"
        );
        assert!(device.book.asking(table).expect("the book reads").is_empty(), "nobody is asked again");
    }
}
