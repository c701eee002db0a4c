//! Following the chain of each log, and holding it against the server's signature.

use std::collections::BTreeMap;

use domain::{Id, Level, Record, Unit};
use rusqlite::{Connection, Transaction, params};
use sync::{Chain, Head, Part, VerifyingKey, follow};
use uuid::Uuid;

use crate::{Result, journal};

/// The stream that a log is numbered in: where its entries were heard, or else where its unit hangs.
pub(super) fn stream_of(conn: &Connection, log: i64, unit: Id<Unit>) -> Result<Option<Id<Unit>>> {
    let heard: Option<[u8; 16]> =
        conn.prepare_cached("SELECT stream FROM log WHERE no = ?1")?.query_row([log], |row| row.get(0))?;
    if let Some(stream) = heard {
        return Ok(Some(Id::new(Uuid::from_bytes(stream))));
    }
    let table = Unit::TABLE;
    let Some((_, row)) = journal::load(conn, &table, unit.uuid())? else { return Ok(None) };
    let level = row.value(&table, "level").and_then(|level| Level::parse(level.as_text()?));
    Ok(match level {
        Some(Level::Cell) => row.value(&table, "above").and_then(|above| above.as_link()).map(Id::new),
        Some(_) => Some(unit),
        None => None,
    })
}

/// Follows the chain of every log touched since the last cursor and holds it against the server's signature.
pub(super) fn fits(tx: &Transaction<'_>, epoch: u64, before: u64, part: &Part, root: &VerifyingKey) -> Result<bool> {
    let stream = part.cursor.stream;
    let unread: bool = tx
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM unread WHERE stream = ?1)")?
        .query_row([stream.uuid().into_bytes()], |row| row.get(0))?;
    if unread {
        // Somewhere here stands an entry of a newer app: the chains are followed once it can be read.
        return Ok(true);
    }
    let mut chains: BTreeMap<Uuid, Chain> = BTreeMap::new();
    // A log whose own entries may stand where an answer that was lost said is followed once that is known again;
    // the server has spelled the chains out then.
    let logs: Vec<(i64, Uuid, [u8; 16], Chain, i64)> = tx
        .prepare_cached(
            "SELECT no, id, unit, chain, chained FROM log
             WHERE no IN (SELECT log FROM entry WHERE state = 1 AND seq > ?1 AND seq <= ?2)
             AND id NOT IN (SELECT log FROM backfill)
             AND NOT (?3 AND no IN (SELECT log FROM entry WHERE state IN (0, 3) OR state = 1 AND seq IS NULL))",
        )?
        .query_map(params![before as i64, part.cursor.seq as i64, part.chains.is_some()], |row| {
            Ok((row.get(0)?, row.get(1).map(Uuid::from_bytes)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (no, id, unit, mut chain, chained) in logs {
        if stream_of(tx, no, Id::new(Uuid::from_bytes(unit)))? != Some(stream) {
            continue;
        }
        let mut statement = tx.prepare_cached(
            "SELECT seq, received, hash FROM entry WHERE log = ?1 AND state = 1 AND seq > ?2 AND seq <= ?3 ORDER BY seq",
        )?;
        let mut rows = statement.query(params![no, chained, part.cursor.seq as i64])?;
        let mut last = chained;
        while let Some(row) = rows.next()? {
            last = row.get(0)?;
            chain = follow(&chain, &row.get(2)?, row.get::<_, i64>(1)? as u64);
        }
        tx.prepare_cached("UPDATE log SET chain = ?2, chained = ?3, stream = ?4 WHERE no = ?1")?.execute(params![
            no,
            chain,
            last,
            stream.uuid().into_bytes()
        ])?;
        chains.insert(id, chain);
    }
    let head = |logs: Vec<(Uuid, Chain)>| Head { epoch, stream, seq: part.cursor.seq, logs };
    Ok(match &part.chains {
        // Where not every log is whole the server spells the chains out: those that can be followed must agree.
        Some(spelled) => {
            head(spelled.clone()).verify(root, &part.signature).is_ok()
                && spelled.iter().all(|(log, chain)| chains.get(log).is_none_or(|known| known == chain))
        }
        None => head(chains.into_iter().collect()).verify(root, &part.signature).is_ok(),
    })
}
