//! The logs this device may read: those gained are fetched from their start, those lost are purged.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Log, Table};
use rusqlite::{Transaction, params};
use sync::Ask;
use uuid::Uuid;

use super::{chains::stream_of, held};
use crate::{Result, journal};

/// Takes note of the logs this device may read now. It says whether there is something to fetch.
pub(super) fn take(
    tx: &Transaction<'_>,
    tables: &'static [Table],
    ask: &Ask,
    logs: &[Log],
    touched: &mut BTreeSet<&'static str>,
) -> Result<bool> {
    let before: BTreeSet<Uuid> = held(tx)?.into_iter().collect();
    let now: BTreeMap<Uuid, &Log> = logs.iter().map(|log| (log.id(), log)).collect();
    let mut fetch = false;
    for (id, log) in now.iter().filter(|(id, _)| !before.contains(*id)) {
        let no = journal::log_no(tx, log)?;
        tx.execute("UPDATE log SET held = 1 WHERE no = ?1", [no])?;
        let upto = match stream_of(tx, no, log.unit)? {
            Some(stream) => ask.cursors.iter().find(|c| c.stream == stream).map_or(0, |c| c.seq),
            // A unit whose own record is in the logs just gained: as far as any stream was followed is far enough.
            None => ask.cursors.iter().map(|c| c.seq).max().unwrap_or(0),
        };
        if upto > 0 {
            tx.execute(
                "INSERT OR REPLACE INTO backfill (log, after, upto) VALUES (?1, 0, ?2)",
                params![id.into_bytes(), upto as i64],
            )?;
            fetch = true;
        }
    }
    for id in before.iter().filter(|id| !now.contains_key(*id)) {
        let no: i64 = tx.query_row("SELECT no FROM log WHERE id = ?1", [id.into_bytes()], |row| row.get(0))?;
        let unsent: bool = tx.query_row(
            "SELECT EXISTS (SELECT 1 FROM entry WHERE log = ?1 AND (state = 0 OR state = 1 AND seq IS NULL))
             OR EXISTS (SELECT 1 FROM draft WHERE log = ?1)",
            [no],
            |row| row.get(0),
        )?;
        if unsent {
            // Words not yet handed over, or lost by a restored server, are sent first: where they may not stand any
            // more it sets them aside, and the office sees them. What others write there meanwhile is passed by: should
            // the right come back before the log is purged, it is fetched whole.
            tx.execute(
                "INSERT OR REPLACE INTO backfill (log, after, upto) VALUES (?1, 0, ?2)",
                params![id.into_bytes(), i64::MAX],
            )?;
            continue;
        }
        for table in tables {
            let gone = tx.execute(&format!("DELETE FROM \"{}\" WHERE _log = ?1", table.name), [no])?;
            if gone > 0 {
                touched.insert(table.name);
            }
        }
        tx.execute("DELETE FROM entry WHERE log = ?1", [no])?;
        tx.execute("DELETE FROM backfill WHERE log = ?1", [id.into_bytes()])?;
        tx.execute("UPDATE log SET held = 0, chained = 0, chain = zeroblob(32) WHERE no = ?1", [no])?;
    }
    Ok(fetch)
}
