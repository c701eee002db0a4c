//! Entries that go from hand to hand, without the server: they count here at once, and are offered to the server as
//! if they were this device's own; it knows their authors by their signatures.

use std::collections::BTreeSet;

use domain::Log;
use rusqlite::params;
use sync::{Entry, hash_of};

use super::{WAITS, held};
use crate::{Book, Result, journal, wipe};

impl Book {
    /// Whether this device may read a log.
    pub fn holds(&self, log: &Log) -> Result<bool> {
        Ok(held(&self.conn)?.contains(&log.id()))
    }

    /// The logs this device may read.
    pub fn logs(&self) -> Result<Vec<Log>> {
        let mut statement = self.conn.prepare_cached("SELECT no, unit, audience, member FROM log WHERE held = 1")?;
        let rows = statement.query_map([], journal::log_of)?;
        Ok(rows.map(|row| row.map(|(_, log)| log)).collect::<rusqlite::Result<_>>()?)
    }

    /// Entries of these logs that the server has not been heard to have, and those it received since a moment; sealed
    /// where they lay open.
    pub fn entries_for_hand(&mut self, logs: &[Log], since: u64) -> Result<Vec<Vec<u8>>> {
        self.seal_drafts()?;
        let mut statement = self.conn.prepare_cached(
            "SELECT bytes FROM entry WHERE log = (SELECT no FROM log WHERE id = ?1)
             AND (state IN (0, 3) OR state = 1 AND (received >= ?2 OR seq IS NULL)) ORDER BY no",
        )?;
        let mut entries = Vec::new();
        for log in logs {
            let rows = statement.query_map(params![log.id().into_bytes(), since as i64], |row| row.get(0))?;
            entries.extend(rows.collect::<rusqlite::Result<Vec<Vec<u8>>>>()?);
        }
        Ok(entries)
    }

    /// Whether an entry is in the journal.
    pub fn knows(&self, bytes: &[u8]) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM entry WHERE hash = ?1)";
        Ok(self.conn.prepare_cached(sql)?.query_row([hash_of(bytes)], |row| row.get(0))?)
    }

    /// Takes one entry from a hand, which the caller has judged. Gives the tables that it touched.
    pub fn hear(&mut self, entry: &Entry, bytes: &[u8]) -> Result<BTreeSet<&'static str>> {
        let mut touched = BTreeSet::new();
        let tx = self.conn.transaction()?;
        let log = journal::log_no(&tx, &entry.log)?;
        let put = tx
            .prepare_cached(
                "INSERT OR IGNORE INTO entry (log, device, number, state, hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                log,
                entry.device.uuid().into_bytes(),
                entry.number as i64,
                WAITS,
                hash_of(bytes),
                bytes
            ])?;
        if put > 0 {
            journal::hear(&tx, self.tables, log, &entry.changes, None, &mut touched)?;
            wipe::wipe(&tx, self.tables)?;
        }
        tx.commit()?;
        Ok(touched)
    }
}
