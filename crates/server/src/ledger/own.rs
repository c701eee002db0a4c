//! Entries the server writes itself, by the same road as everyone's.

use domain::{Device, Field, Id, Kind, Log, Record, Table, Value};
use serde_json::Value as Json;
use sync::{Change, Entry, Ledger, SigningKey, Stamp, device_of, seal};
use uuid::Uuid;

use super::{LedgerError, Sqlite};

impl Sqlite {
    /// Writes `changes` into `log` in the server's own name.
    pub fn write(&mut self, log: Log, changes: &[Change]) -> Result<(), LedgerError> {
        let key = self.root().clone();
        self.write_as(&key, log, changes)
    }

    /// Writes `changes` into `log` in the name of the device that holds `key`.
    pub fn write_as(&mut self, key: &SigningKey, log: Log, changes: &[Change]) -> Result<(), LedgerError> {
        let number = self.expect(&log, device_of(&key.verifying_key()))?;
        let tables = self.tables();
        let unwritable = |_| LedgerError::NotAllowed("an entry that cannot be written");
        let sealed = seal(key, log, number, changes, tables).map_err(unwritable)?;
        let entry = Entry::read(&sealed.bytes, tables).map_err(unwritable)?;
        if !self.authorize(&entry)? {
            return Err(LedgerError::NotAllowed("a change outside its author's rights"));
        }
        self.append(&entry, &sealed.hash, &sealed.bytes)?;
        Ok(())
    }

    /// One change of one field in the server's own name, written over what stands there now.
    pub fn change(&self, table: &Table, id: Uuid, field: &str, value: impl Into<Value>) -> Change {
        let seen = self.register.get(table, id).map(|(_, row)| row.seen(table, field)).unwrap_or_default();
        let after = seen.iter().map(|stamp| stamp.tick + 1).max().unwrap_or_default();
        let now = stamp(self.now, self.root_device());
        let stamp = Stamp { tick: now.tick.max(after), ..now };
        Change { table: table.name.to_owned(), id, field: field.to_owned(), value: value.into(), stamp, seen }
    }
}

/// The first stamp of a millisecond.
pub fn stamp(millis: u64, device: Id<Device>) -> Stamp {
    Stamp::new(millis, 0, device)
}

/// Every field of a new record that holds something, as changes made at once.
pub fn changes<T: Record>(record: &T, stamp: Stamp) -> Vec<Change> {
    let table = T::TABLE;
    let said = serde_json::to_value(record).unwrap_or_default();
    let id = said.get("id").and_then(Json::as_str).and_then(|id| id.parse().ok()).unwrap_or_default();
    let set = |field: &Field| {
        let value = value_of(field, said.get(field.name)?)?;
        Some(Change { table: table.name.to_owned(), id, field: field.name.to_owned(), value, stamp, seen: Vec::new() })
    };
    table.fields.iter().filter_map(set).collect()
}

fn value_of(field: &Field, said: &Json) -> Option<Value> {
    match (field.kind, said) {
        (Kind::Link(_), Json::String(id)) => Some(Value::Link(id.parse().ok()?)),
        (_, Json::String(text)) => Some(Value::Text(text.clone())),
        (_, Json::Number(number)) => Some(Value::Number(number.as_i64()?)),
        (_, Json::Bool(yes)) => Some(Value::Number(i64::from(*yes))),
        _ => None,
    }
}
