//! Behind the decoders: a message that reads well may still lie about every number, and neither the book nor the ledger
//! falls over it.

use domain::{Audience, Id, Log, TABLES};
use rand::{Rng, RngCore, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use server::{Outside, Sqlite, exchange, people};
use sync::{Ask, Backfill, Cursor, Part, Refusal, Reply, Stamp, Verdict, device_of, seal};
use tests::{CELL, COMMUNE, Device, PROVINCE, Province, member, name, set};
use uuid::Uuid;

use crate::{number, samples::Samples, spoil};

/// How many hostile messages each end hears; the soak says more.
const COUNT: u64 = 1500;
const NOW: u64 = 1_796_259_600_000;

/// A number that somebody may hope is never looked at.
fn wild(chance: &mut StdRng) -> u64 {
    let edge = [0, 1, 2, NOW, 1 << 47, 1 << 48, i64::MAX as u64, 1 << 63, u64::MAX - 1, u64::MAX];
    if chance.random() { *edge.choose(chance).unwrap() } else { chance.next_u64() >> chance.random_range(0..64) }
}

fn unit(chance: &mut StdRng) -> Id<domain::Unit> {
    *[PROVINCE, COMMUNE, CELL, Id::new(Uuid::nil())].choose(chance).unwrap()
}

/// An answer with some of its numbers, entries and rights twisted.
fn twisted(mut reply: Reply, samples: &Samples, chance: &mut StdRng) -> Reply {
    for _ in 0..chance.random_range(1..5) {
        let carried = |chance: &mut StdRng| {
            let bytes = if chance.random() {
                samples.entries.choose(chance).unwrap().clone()
            } else {
                spoil::spoilt(&samples.entries, chance)
            };
            sync::Carried { seq: wild(chance), received: wild(chance), bytes }
        };
        match chance.random_range(0..10) {
            0 => reply.now = wild(chance),
            1 => reply.epoch = wild(chance),
            2 => reply.left = wild(chance),
            3 => reply.parts.iter_mut().for_each(|part| part.cursor.seq = wild(chance)),
            4 => reply.parts.iter_mut().flat_map(|part| &mut part.entries).for_each(|one| one.received = wild(chance)),
            5 => reply.parts.iter_mut().flat_map(|part| &mut part.entries).for_each(|one| one.seq = wild(chance)),
            6 => {
                let (cursor, entries) = (Cursor { stream: unit(chance), seq: wild(chance) }, vec![carried(chance)]);
                reply.parts.push(Part {
                    cursor,
                    entries,
                    signature: vec![0; 64],
                    chains: chance.random::<bool>().then(Vec::new),
                });
            }
            7 => reply.backfill.push(carried(chance)),
            8 => {
                let log = Log {
                    unit: unit(chance),
                    audience: Audience::Person,
                    member: chance.random::<bool>().then(|| member(1)),
                };
                reply.scope = Some(if chance.random() { vec![log, log] } else { Vec::new() });
            }
            _ => {
                let (seq, received) = (wild(chance), wild(chance));
                let all = [
                    Verdict::Accepted { seq, received },
                    Verdict::Duplicate { seq, received },
                    Verdict::Gap { expect: seq },
                    Verdict::Quarantined { code: Refusal::Forked },
                    Verdict::Rejected { code: Refusal::Device },
                ];
                reply.verdicts = (0..4).map(|_| all.choose(chance).unwrap().clone()).collect();
            }
        }
    }
    reply
}

// Found: clocks far off taken from one another without a bound.
#[test]
fn a_book_bears_whatever_an_answer_says() {
    let samples = Samples::made();
    let seed = number("SEED", 1);
    let mut met = None;
    for at in 0..COUNT * number("FUZZ", 1) {
        let mut chance = StdRng::seed_from_u64(seed << 32 | at);
        if at % 50 == 0 {
            let mut province = Province::default();
            let mut device = Device::new(1);
            device.join(&mut province);
            device.sync(&mut province);
            met = Some((province, device));
        }
        let (province, device) = met.as_mut().unwrap();
        let meeting = TABLES.iter().find(|table| table.name == "meeting").unwrap();
        device.now += 1000;
        device.set(meeting, name(at as u32), "place", "Nhà văn hóa");
        let ask = device.book.ask(usize::MAX, 1 << 20).unwrap();
        let reply = twisted(province.answer(device.id(), ask.clone()), &samples, &mut chance);
        let taken =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| device.book.take(&ask, &reply, device.now)));
        assert!(taken.is_ok(), "seed {seed}, answer {at}: {reply:02x?}");
        assert!(device.book.dump().is_ok(), "the book reads after answer {at}, seed {seed}");
    }
}

#[test]
fn a_ledger_bears_whatever_a_question_says() {
    let folder = tempfile::tempdir().unwrap();
    let outside = Outside::new(|| NOW, StdRng::seed_from_u64(1));
    let province = people::init(folder.path(), &outside, "Đảng bộ tỉnh", None).unwrap();
    let mut ledger = Sqlite::open(folder.path()).unwrap();
    let (key, device) = (ledger.root().clone(), device_of(&ledger.root().verifying_key()));
    let log = Log::of(province, Audience::Register);
    let seed = number("SEED", 1);
    for at in 0..COUNT * number("FUZZ", 1) {
        let mut chance = StdRng::seed_from_u64(seed << 32 | at);
        let entry = |chance: &mut StdRng| {
            let stamp = Stamp { tick: wild(chance), ..Stamp::new(0, 0, device) };
            let mut renamed = set(stamp, "unit", province.uuid(), "name", "Đảng bộ tỉnh khác");
            renamed.seen = vec![Stamp { tick: wild(chance), device: wild(chance) }];
            seal(&key, log, wild(chance), &[renamed], TABLES).unwrap().bytes
        };
        let good = [entry(&mut chance), entry(&mut chance)];
        let entries =
            (0..3).map(|_| if chance.random() { entry(&mut chance) } else { spoil::spoilt(&good, &mut chance) });
        let mut ask = Ask {
            proto: 1,
            epoch: 0,
            cursors: Vec::new(),
            scope: 0,
            backfill: Vec::new(),
            spell: at % 2 == 0,
            entries: entries.collect(),
            room: wild(&mut chance) as u32,
            known: chance.random::<bool>().then(|| chance.random()),
        };
        ask.epoch = wild(&mut chance);
        ask.cursors = (0..2)
            .map(|_| Cursor {
                stream: if chance.random() { province } else { unit(&mut chance) },
                seq: wild(&mut chance),
            })
            .collect();
        ask.backfill =
            (0..2).map(|_| Backfill { log: log.id(), after: wild(&mut chance), upto: wild(&mut chance) }).collect();
        let now = NOW + at * 1000;
        let said = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            ledger.transaction(now, |ledger| exchange(ledger, device, ask.clone()))
        }));
        assert!(
            matches!(said, Ok(Ok(Ok(_)))),
            "seed {seed}, question {at}: {:?}, {ask:02x?}",
            said.map(|said| said.map(|_| ()))
        );
    }
}
