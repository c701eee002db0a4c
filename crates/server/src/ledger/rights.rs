//! Whether an entry's author may make every one of its changes, and which logs a person may read.

use std::{collections::HashMap, rc::Rc};

use domain::{Actor, Audience, Deed, Device, Id, Kind, Log, Member, Office, Record, Table, Unit, authorize};
use rusqlite::{Row, params, types::Value};
use sync::{Change, Entry};
use uuid::Uuid;

use super::{LedgerError, Sqlite, register::Door};

impl Sqlite {
    /// What a device is to the server now.
    pub fn door(&self, device: Id<Device>) -> Door {
        if device == self.root_device() {
            return Door::Open(Actor { member: None, offices: Vec::new() });
        }
        self.register.door(device, &self.today())
    }

    /// All logs there are that a person may read.
    pub fn readable(&mut self, actor: &Actor) -> Result<Vec<Log>, LedgerError> {
        let units = self.reach(actor);
        let units: Rc<Vec<Value>> =
            Rc::new(units.iter().map(|unit| Value::Blob(unit.uuid().as_bytes().to_vec())).collect());
        let own = actor.member.map(|member| *member.uuid().as_bytes());
        let sql = "SELECT unit, audience, member FROM log WHERE unit IN rarray(?1)
                   UNION SELECT unit, audience, member FROM log WHERE member = ?2";
        let mut logs = Vec::new();
        let mut found = self.db.prepare_cached(sql)?;
        let mut rows = found.query(params![units, own])?;
        while let Some(row) = rows.next()? {
            let log = log_in(row, 0)?;
            if authorize(actor, Deed::Read, &log, &self.register).is_ok() {
                logs.push(log);
            }
        }
        logs.sort_unstable();
        Ok(logs)
    }

    /// Every unit that a person is anything to.
    pub(super) fn reach(&self, actor: &Actor) -> Vec<Id<Unit>> {
        let mut units = Vec::new();
        for (unit, office) in &actor.offices {
            units.extend(self.register.upward(*unit));
            if *office == Office::Office {
                units.extend(self.register.below(*unit));
            }
        }
        units
    }

    /// Whether `entry` may stand in its log.
    pub(super) fn allows(&self, entry: &Entry) -> Result<bool, LedgerError> {
        let Door::Open(actor) = self.door(entry.device) else { return Ok(false) };
        if entry.changes.is_empty() || !self.well_shaped(&entry.log) || !self.at_home(entry)? {
            return Ok(false);
        }
        let mut scene = self.register.scratch();
        for change in &entry.changes {
            let Some((table, field)) = known(change) else { return Ok(false) };
            let deed = Deed::Edit(table, change.id, field, &change.value);
            if !field.accepts(&change.value) || authorize(&actor, deed, &entry.log, &scene).is_err() {
                return Ok(false);
            }
            scene.take(change, change.stamp.received(self.now));
        }
        Ok(true)
    }

    /// A person's log names the person, who belongs to its unit; no other log names anybody.
    fn well_shaped(&self, log: &Log) -> bool {
        match log.member {
            Some(member) => log.audience.is_personal() && self.register.belongs(member, log.unit),
            None => !log.audience.is_personal(),
        }
    }

    /// Whether each record touched lives in this log, or may begin to.
    fn at_home(&self, entry: &Entry) -> Result<bool, LedgerError> {
        let mut records: HashMap<Uuid, Vec<&Change>> = HashMap::new();
        for change in &entry.changes {
            records.entry(change.id).or_default().push(change);
        }
        for (id, changes) in records {
            let home = self.home(id)?;
            let stays = match home {
                Some(home) => home == entry.log.id(),
                None => self.may_begin(&entry.log, &changes)?,
            };
            if !stays || !is_named(id, &changes, home.is_none()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A record whose id follows from its values begins beside what it hangs on: else one unit could take the name of
    /// another's record before it is written. What it names besides may live elsewhere: a cell's item, the commune's document.
    fn may_begin(&self, log: &Log, changes: &[&Change]) -> Result<bool, LedgerError> {
        let Some(table) = changes.first().and_then(|change| Table::find(domain::TABLES, &change.table)) else {
            return Ok(false);
        };
        for (at, name) in table.made_from.iter().enumerate() {
            let Some((_, field)) = table.column(name) else { return Ok(false) };
            let Kind::Link(kind) = field.kind else { continue };
            let Some(to) = said(changes, name).and_then(|value| value.as_link()) else { return Ok(false) };
            let beside = Table::find(domain::TABLES, kind).is_some_and(|linked| linked.audience == table.audience);
            if at == 0 && beside && self.home(to)?.is_some_and(|home| home != log.id()) {
                return Ok(false);
            }
            if kind == Member::TABLE.name && log.member.is_some_and(|member| member.uuid() != to) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The log a record lives in.
    fn home(&self, record: Uuid) -> Result<Option<Uuid>, LedgerError> {
        let sql = "SELECT log.id FROM home JOIN log ON log.no = home.log WHERE home.record = ?1";
        let mut found = self.db.prepare_cached(sql)?;
        let mut rows = found.query([record.as_bytes()])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?.map(Uuid::from_bytes))
    }
}

/// Whether the id follows from the values it is to follow from: all of them where the record begins, all or none later,
/// else a stamp of long ago would put another year or another person under its name.
fn is_named(id: Uuid, changes: &[&Change], begins: bool) -> bool {
    let Some(table) = changes.first().and_then(|change| Table::find(domain::TABLES, &change.table)) else {
        return false;
    };
    let shown = changes.iter().any(|change| table.made_from.contains(&change.field.as_str()));
    table.made_from.is_empty() || !(begins || shown) || table.id_from(|part| said(changes, part)) == Some(id)
}

/// What the changes say of a field, where they all say the same.
fn said(changes: &[&Change], field: &str) -> Option<domain::Value> {
    let mut all = changes.iter().filter(|change| change.field == field).map(|change| &change.value);
    let first = all.next()?;
    all.all(|other| other == first).then(|| first.clone())
}

pub(super) fn known(change: &Change) -> Option<(&'static Table, &'static domain::Field)> {
    let table = Table::find(domain::TABLES, &change.table)?;
    Some((table, table.column(&change.field)?.1))
}

/// A log whose unit, audience and member stand from column `at` on.
pub(super) fn log_in(row: &Row<'_>, at: usize) -> Result<Log, LedgerError> {
    let unit = Uuid::from_bytes(row.get(at)?);
    let member: Option<[u8; 16]> = row.get(at + 2)?;
    let audience =
        Audience::ALL.get(usize::from(row.get::<_, u8>(at + 1)?)).ok_or(LedgerError::Damaged("a log's audience"))?;
    Ok(Log { unit: Id::new(unit), audience: *audience, member: member.map(|bytes| Id::new(Uuid::from_bytes(bytes))) })
}
