//! Records and edits of any kind, drawn by chance.

use domain::{Field, TABLES, Table, Value};
use proptest::prelude::*;
use sync::{Change, Stamp};
pub use tests::value;
use uuid::Uuid;

/// Every field of every table, the one that takes a record away among them.
pub fn fields() -> impl Iterator<Item = (&'static Table, &'static Field)> {
    TABLES.iter().flat_map(|table| table.columns().map(move |field| (table, field)))
}

/// A table by chance.
pub fn table(at: usize) -> &'static Table {
    &TABLES[at % TABLES.len()]
}

/// A field of `table` by chance.
pub fn field(table: &'static Table, at: usize) -> &'static Field {
    table.columns().nth(at % (table.fields.len() + 1)).expect("the place is within the table")
}

/// A value that may be of a newer app, or of no app at all.
pub fn strange(field: &Field, pick: u8) -> Value {
    match pick % 8 {
        0 => Value::Nothing,
        1 => "from_the_future".into(),
        2 => Value::Number(-7),
        3 => Value::Link(Uuid::nil()),
        _ => value(field, pick / 8),
    }
}

/// A change without a place yet.
#[derive(Debug, Clone)]
pub struct Loose {
    /// When.
    pub tick: u64,
    /// By which of a few devices.
    pub device: u8,
    /// Which value.
    pub pick: u8,
    /// Which of the changes of that set it was looking at, a bit each.
    pub seen: u16,
}

/// A few changes to one field, some at the same moment, some by copied devices, each looking at any of the others.
pub fn loose() -> impl Strategy<Value = Vec<Loose>> {
    let one = (0u64..8, 0u8..3, any::<u8>(), any::<u16>()).prop_map(|(tick, device, pick, seen)| Loose {
        tick,
        device,
        pick,
        seen: seen & seen.rotate_left(5),
    });
    proptest::collection::vec(one, 1..10)
}

/// The same as changes to `field` of a record.
pub fn placed(all: &[Loose], table: &Table, field: &Field, id: Uuid) -> Vec<Change> {
    let stamp = |one: &Loose| Stamp { tick: one.tick, device: one.device.into() };
    let place = |one: &Loose| {
        let seen = all.iter().enumerate().filter(|(at, other)| one.seen >> at & 1 == 1 && stamp(other) < stamp(one));
        let mut seen: Vec<Stamp> = seen.map(|(_, other)| stamp(other)).collect();
        seen.sort_unstable();
        seen.dedup();
        let (table, field_name, value) = (table.name.to_owned(), field.name.to_owned(), strange(field, one.pick));
        Change { table, id, field: field_name, value, stamp: stamp(one), seen }
    };
    all.iter().map(place).collect()
}

/// A list with its items in another order, some of them twice.
pub fn shuffled<T: Clone + std::fmt::Debug + 'static>(all: Vec<T>) -> impl Strategy<Value = Vec<T>> {
    let repeats = proptest::sample::subsequence(all.clone(), 0..=all.len());
    repeats.prop_flat_map(move |repeats| Just([all.clone(), repeats].concat()).prop_shuffle())
}
