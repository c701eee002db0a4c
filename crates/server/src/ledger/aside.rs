//! The quarantine, as the office looks at it: what was set aside and why, not what it says.

use std::collections::BTreeSet;

use domain::{Device, Id, Log};
use serde::Serialize;
use sync::Entry;

use super::{LedgerError, Sqlite};

/// One entry that was set aside.
#[derive(Debug, Clone, Serialize)]
pub struct Aside {
    /// Its number in the quarantine.
    pub no: i64,
    /// When it came, milliseconds since 1970.
    pub at: u64,
    /// Why it may not stand.
    pub code: String,
    /// The device that signed it.
    pub device: Id<Device>,
    /// Its number among the device's entries in that log.
    pub number: u64,
    /// The log it was meant for.
    pub log: Option<Log>,
    /// What it touches, as `table.field`.
    pub touches: BTreeSet<String>,
}

impl Sqlite {
    /// Every entry that was set aside, oldest first.
    pub fn quarantined(&self) -> Result<Vec<Aside>, LedgerError> {
        let sql = "SELECT no, at, code, device, number, bytes FROM quarantine ORDER BY no";
        let mut found = self.db.prepare_cached(sql)?;
        let rows = found.query_map([], |row| {
            let entry = Entry::read(row.get_ref(5)?.as_blob().unwrap_or_default(), domain::TABLES).ok();
            let touched = entry.iter().flat_map(|entry| &entry.changes);
            Ok(Aside {
                no: row.get(0)?,
                at: row.get::<_, i64>(1)?.cast_unsigned(),
                code: row.get(2)?,
                device: Id::new(uuid::Uuid::from_bytes(row.get(3)?)),
                number: row.get::<_, i64>(4)?.cast_unsigned(),
                touches: touched.map(|change| format!("{}.{}", change.table, change.field)).collect(),
                log: entry.map(|entry| entry.log),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
