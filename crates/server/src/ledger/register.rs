//! Who is who: units, members, grants and devices, read from the register logs and kept in memory.

use std::collections::{BTreeSet, HashMap};

use domain::{Actor, Device, Grant, Id, Level, Log, Member, Office, Record, Scene, Table, Unit, Value};
use sync::{Change, Row, Shelf, Stamp, VerifyingKey, device_of};
use uuid::Uuid;

/// The tables of the register logs, all kept in memory.
const TABLES: &[Table] = &[Unit::TABLE, Member::TABLE, Grant::TABLE, Device::TABLE];

/// The register, settled by the rules that every device settles it by.
#[derive(Debug)]
pub struct Register {
    shelf: Shelf,
    units: BTreeSet<Uuid>,
    /// The grants that name a member; which of them stand is asked of the shelf.
    grants: HashMap<Uuid, Vec<Uuid>>,
}

/// What a device is to the server today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// Never heard of.
    Unknown,
    /// Its record was closed, or its holder has no office left.
    Shut,
    /// It may read and write in its holder's name.
    Open(Actor),
}

impl Default for Register {
    fn default() -> Self {
        Self { shelf: Shelf::new(TABLES), units: BTreeSet::new(), grants: HashMap::new() }
    }
}

impl Register {
    /// Hears one change of a register log.
    pub fn take(&mut self, log: &Log, change: &Change, order: Stamp) {
        self.shelf.take(log, change, order);
        if change.table == Unit::TABLE.name {
            self.units.insert(change.id);
        }
        if let (true, "member", Some(member)) =
            (change.table == Grant::TABLE.name, change.field.as_str(), change.value.as_link())
        {
            let grants = self.grants.entry(member).or_default();
            if !grants.contains(&change.id) {
                grants.push(change.id);
            }
        }
    }

    /// One record and its log, unless it was taken away.
    pub fn get(&self, table: &Table, id: Uuid) -> Option<(&Log, &Row)> {
        let (log, row) = self.shelf.get(table, id)?;
        (row.value(table, "removed") != Some(&Value::Number(1))).then_some((log, row))
    }

    /// The words in one field of one record.
    pub fn text(&self, table: &Table, id: Uuid, field: &str) -> Option<&str> {
        self.get(table, id)?.1.value(table, field)?.as_text()
    }

    /// Every record of one table that was not taken away.
    pub fn list<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = (Uuid, &'a Log, &'a Row)> {
        self.shelf.list(table)
    }

    /// The grants of a member that were not taken away.
    pub fn grants(&self, member: Id<Member>) -> Vec<Grant> {
        let ids = self.grants.get(&member.uuid()).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| self.grant(*id)).filter(|grant| grant.member == member).collect()
    }

    fn grant(&self, id: Uuid) -> Option<Grant> {
        let table = &Grant::TABLE;
        let (log, row) = self.get(table, id)?;
        let text = |field| row.value(table, field).and_then(Value::as_text);
        Some(Grant {
            id: Id::new(id),
            unit: log.unit,
            member: Id::new(row.value(table, "member")?.as_link()?),
            office: Office::parse(text("office")?)?,
            valid_from: text("valid_from")?.to_owned(),
            valid_to: text("valid_to").map(str::to_owned),
        })
    }

    /// Unit and office of each grant of a member in force on `day`.
    pub fn offices(&self, member: Id<Member>, day: &str) -> Vec<(Id<Unit>, Office)> {
        let grants = self.grants(member).into_iter().filter(|grant| grant.in_force(day));
        grants.map(|grant| (grant.unit, grant.office)).collect()
    }

    /// What a device is on `day`.
    pub fn door(&self, device: Id<Device>, day: &str) -> Door {
        let table = &Device::TABLE;
        let Some((_, row)) = self.shelf.get(table, device.uuid()) else {
            return Door::Unknown;
        };
        let shut = row.value(table, "revoked_at").is_some_and(|value| *value != Value::Nothing)
            || row.value(table, "removed") == Some(&Value::Number(1));
        let confirmed = row.value(table, "confirmed_at").is_some_and(|value| *value != Value::Nothing);
        match row.value(table, "member").and_then(Value::as_link).map(Id::new) {
            Some(member) if !shut => {
                let offices = self.offices(member, day);
                if offices.is_empty() {
                    return Door::Shut;
                }
                Door::Open(Actor::at(member, offices, confirmed))
            }
            Some(_) => Door::Shut,
            None => Door::Unknown,
        }
    }

    /// The key of a device, shut out or not.
    pub fn key(&self, device: Id<Device>) -> Option<VerifyingKey> {
        let key = parse_key(self.shelf.value(&Device::TABLE, device.uuid(), "public_key")?.as_text()?)?;
        (device_of(&key) == device).then_some(key)
    }

    /// Whether a person is on a unit's roster or holds an office there.
    pub fn belongs(&self, member: Id<Member>, unit: Id<Unit>) -> bool {
        self.shelf.get(&Member::TABLE, member.uuid()).is_some_and(|(log, _)| log.unit == unit)
            || self.grants(member).iter().any(|grant| grant.unit == unit)
    }

    /// A unit and those above it, lowest first.
    pub fn upward(&self, unit: Id<Unit>) -> Vec<Id<Unit>> {
        upward(&self.shelf, unit)
    }

    /// The units below one.
    pub fn below(&self, unit: Id<Unit>) -> Vec<Id<Unit>> {
        let units = self.units.iter().map(|id| Id::new(*id));
        units.filter(|id| *id != unit && self.upward(*id).contains(&unit)).collect()
    }

    /// The register as it would stand after some more changes.
    pub fn scratch(&self) -> Scratch<'_> {
        Scratch { shelf: &self.shelf, rows: HashMap::new() }
    }
}

impl Scene for Register {
    fn unit(&self, unit: Id<Unit>) -> Option<(Level, Option<Id<Unit>>)> {
        self.shelf.unit(unit)
    }

    fn value(&self, table: &Table, id: Uuid, field: &str) -> Option<Value> {
        self.shelf.value(table, id, field)
    }
}

/// The register with an entry's own changes laid over it, thrown away afterwards.
#[derive(Debug)]
pub struct Scratch<'a> {
    shelf: &'a Shelf,
    rows: HashMap<(&'static str, Uuid), Row>,
}

impl Scratch<'_> {
    /// Hears one change, if it is of a table of the register.
    pub fn take(&mut self, change: &Change, order: Stamp) {
        let Some(table) = Table::find(TABLES, &change.table) else { return };
        let held = || self.shelf.get(table, change.id).map_or_else(|| Row::blank(table), |(_, row)| row.clone());
        self.rows.entry((table.name, change.id)).or_insert_with(held).take(table, change, order);
    }

    /// The commune or province by which a unit's entries are numbered.
    pub fn stream(&self, unit: Id<Unit>) -> Option<Id<Unit>> {
        let numbered = |at: &Id<Unit>| matches!(self.unit(*at), Some((Level::Commune | Level::Province, _)));
        upward(self, unit).into_iter().find(numbered)
    }
}

impl Scene for Scratch<'_> {
    fn unit(&self, unit: Id<Unit>) -> Option<(Level, Option<Id<Unit>>)> {
        let level = self.value(&Unit::TABLE, unit.uuid(), "level")?;
        let above = self.value(&Unit::TABLE, unit.uuid(), "above").and_then(|value| value.as_link());
        Some((Level::parse(level.as_text()?)?, above.map(Id::new)))
    }

    fn value(&self, table: &Table, id: Uuid, field: &str) -> Option<Value> {
        match self.rows.get(&(table.name, id)) {
            Some(row) => row.value(table, field).cloned(),
            None => self.shelf.value(table, id, field),
        }
    }
}

/// The tree is three to five levels deep; a ring ends the walk.
fn upward(scene: &dyn Scene, unit: Id<Unit>) -> Vec<Id<Unit>> {
    let mut units = vec![unit];
    let mut at = unit;
    while let Some((_, Some(above))) = scene.unit(at)
        && units.len() < 8
    {
        units.push(above);
        at = above;
    }
    units
}

/// 64 hexadecimal digits as a key.
fn parse_key(hex: &str) -> Option<VerifyingKey> {
    let mut bytes = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    VerifyingKey::from_bytes(&bytes).ok()
}
