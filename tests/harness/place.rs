//! The small part of the country where tests take place: a province, a commune and two of its cells.

use domain::{Field, Id, Kind, Log, Member, Table, Unit, Value};
use sync::{Change, Stamp};
use uuid::Uuid;

/// Tỉnh ủy.
pub const PROVINCE: Id<Unit> = unit(1);
/// A commune of it.
pub const COMMUNE: Id<Unit> = unit(2);
/// A cell of the commune, where most things happen.
pub const CELL: Id<Unit> = unit(3);
/// Another cell of the commune.
pub const OTHER_CELL: Id<Unit> = unit(4);

const fn unit(number: u128) -> Id<Unit> {
    Id::new(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0001_0000 + number))
}

/// A member of the cell.
pub fn member(number: u32) -> Id<Member> {
    Id::new(name(0x2_0000 + number))
}

/// A name for something.
pub fn name(number: u32) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(number))
}

/// The log of the cell that a record of `table` lives in; a personal record is about member 1.
pub fn home_of(table: &Table) -> Log {
    match table.audience {
        audience if audience.is_personal() => Log::of_one(CELL, audience, member(1)),
        audience => Log::of(CELL, audience),
    }
}

/// One change, made without having seen anything.
pub fn set(stamp: Stamp, table: &str, id: Uuid, field: &str, value: impl Into<Value>) -> Change {
    Change { table: table.into(), id, field: field.into(), value: value.into(), stamp, seen: Vec::new() }
}

/// A value that fits the field: few of each kind, so that two devices often write the same.
pub fn value(field: &Field, pick: u8) -> Value {
    match field.kind {
        Kind::Flag => i64::from(pick % 2).into(),
        Kind::Number => i64::from(pick).into(),
        Kind::Text => format!("Lời {pick}").into(),
        Kind::Day => format!("2026-12-{:02}", pick % 28 + 1).into(),
        Kind::Moment => format!("2026-12-{:02}T14:00", pick % 28 + 1).into(),
        Kind::Choice(of) => of[usize::from(pick) % of.len()].into(),
        Kind::Link(_) => Value::Link(name(u32::from(pick))),
        Kind::Content => format!("{}:{}", format!("{pick:02x}").repeat(32), u32::from(pick) + 1).into(),
    }
}
