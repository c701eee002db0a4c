//! Records held in memory, settled by the same rules: what the server knows of units, offices and devices.

use std::collections::HashMap;

use domain::{Id, Level, Log, Scene, Table, Unit, Value};
use uuid::Uuid;

use crate::{Change, Row, Stamp};

/// The records of a few tables.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    tables: Vec<Table>,
    rows: HashMap<(&'static str, Uuid), (Log, Row)>,
}

impl Shelf {
    /// An empty shelf for `tables`.
    pub fn new(tables: &[Table]) -> Self {
        Self { tables: tables.to_vec(), rows: HashMap::new() }
    }

    /// Hears one change written in `log`, if it is of a table kept here. A record stays in the log that it was
    /// first written in.
    pub fn take(&mut self, log: &Log, change: &Change, order: Stamp) {
        let Some(table) = Table::find(&self.tables, &change.table) else {
            return;
        };
        let (home, row) = self.rows.entry((table.name, change.id)).or_insert_with(|| (*log, Row::blank(table)));
        if home == log {
            row.take(table, change, order);
        }
    }

    /// Every record of one table that was not taken away: its id, its log and a reader of its fields.
    pub fn list<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = (Uuid, &'a Log, &'a Row)> {
        self.rows
            .iter()
            .filter(move |((name, _), (_, row))| {
                *name == table.name && row.value(table, "removed") != Some(&Value::Number(1))
            })
            .map(|((_, id), (log, row))| (*id, log, row))
    }

    /// One record and its log.
    pub fn get(&self, table: &Table, id: Uuid) -> Option<&(Log, Row)> {
        self.rows.get(&(table.name, id))
    }
}

impl Scene for Shelf {
    fn unit(&self, unit: Id<Unit>) -> Option<(Level, Option<Id<Unit>>)> {
        let table = <Unit as domain::Record>::TABLE;
        let level = self.value(&table, unit.uuid(), "level")?;
        let above = self.value(&table, unit.uuid(), "above").and_then(|value| value.as_link());
        Some((Level::parse(level.as_text()?)?, above.map(Id::new)))
    }

    fn value(&self, table: &Table, id: Uuid, field: &str) -> Option<Value> {
        let (_, row) = self.rows.get(&(table.name, id))?;
        row.value(table, field).cloned()
    }
}
