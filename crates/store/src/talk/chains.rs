//! Following the chain of each log, and holding it against the server's signature: on every log held, at every
//! exchange, so that what a server did to the past shows itself although nobody writes there any more.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Id, Level, Log, Record, Unit};
use rusqlite::{Connection, Transaction, params};
use sync::{Ask, Chain, Cursor, Head, Part, Reply, VerifyingKey, follow};
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

/// Whether the server says of every stream what it must, and what it says is what this book holds: the first stream
/// that does not fit, if any.
pub(super) fn misfit(tx: &Transaction<'_>, ask: &Ask, reply: &Reply, root: &VerifyingKey) -> Result<Option<Uuid>> {
    for part in &reply.parts {
        let before = ask.cursors.iter().find(|c| c.stream == part.cursor.stream).map_or(0, |c| c.seq);
        // A server that stands further back than it once said has lost what it acknowledged.
        if part.cursor.seq < before || !fits(tx, ask, reply, part, root)? {
            return Ok(Some(part.cursor.stream.uuid()));
        }
    }
    if ask.is_answered_by_silence(reply) {
        // Its word of last time stands, and what is held was held against that.
        return Ok(None);
    }
    // Where it has no more to say, it has given its word for all that is held.
    for cursor in ask.cursors.iter().filter(|cursor| cursor.seq > 0 && !reply.more) {
        let said = reply.parts.iter().any(|part| part.cursor.stream == cursor.stream);
        if !said && !held(tx, ask, reply, cursor)?.is_empty() {
            return Ok(Some(cursor.stream.uuid()));
        }
    }
    Ok(None)
}

/// A log as it is followed: its row, its name, its chain and the last number in that.
type Followed = (i64, Uuid, Chain, i64);

/// The logs of a stream that the server must have at a point of it.
fn held(tx: &Transaction<'_>, ask: &Ask, reply: &Reply, at: &Cursor) -> Result<Vec<Followed>> {
    let readable: Option<BTreeSet<Uuid>> = reply.scope.as_ref().map(|logs| logs.iter().map(Log::id).collect());
    // A log whose own entries may stand where an answer that was lost said is followed once that is known again;
    // the device has asked for the chains to be spelled out then.
    let logs: Vec<(Followed, [u8; 16])> = tx
        .prepare_cached(
            "SELECT no, id, chain, chained, unit FROM log
             WHERE ifnull(stream, ?3) = ?3 AND EXISTS (SELECT 1 FROM entry INDEXED BY entry_log WHERE log = log.no AND state = 1 AND seq <= ?1)
             AND id NOT IN (SELECT log FROM backfill)
             AND NOT (?2 AND no IN (SELECT log FROM entry WHERE state IN (0, 3) OR state = 1 AND seq IS NULL))",
        )?
        .query_map(params![at.seq as i64, ask.spell, at.stream.uuid().into_bytes()], |row| {
            Ok(((row.get(0)?, row.get(1).map(Uuid::from_bytes)?, row.get(2)?, row.get(3)?), row.get(4)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut held = Vec::new();
    for (log, unit) in logs {
        let shown = readable.as_ref().is_none_or(|readable| readable.contains(&log.1));
        if shown && stream_of(tx, log.0, Id::new(Uuid::from_bytes(unit)))? == Some(at.stream) {
            held.push(log);
        }
    }
    Ok(held)
}

/// Follows the chain of every log held in a stream and holds it against the server's signature.
fn fits(tx: &Transaction<'_>, ask: &Ask, reply: &Reply, part: &Part, root: &VerifyingKey) -> Result<bool> {
    let stream = part.cursor.stream;
    if part.signature.is_empty() && reply.more {
        // In the middle of an answer. A server that never comes to its end is one that cannot be reached, and the day it
        // was last checked says so.
        return Ok(true);
    }
    let mut chains: BTreeMap<Uuid, Chain> = BTreeMap::new();
    for (no, id, mut chain, chained) in held(tx, ask, reply, &part.cursor)? {
        let mut statement = tx.prepare_cached(
            "SELECT seq, received, hash FROM entry WHERE log = ?1 AND state = 1 AND seq > ?2 AND seq <= ?3 ORDER BY seq",
        )?;
        let mut rows = statement.query(params![no, chained, part.cursor.seq as i64])?;
        let mut last = chained;
        while let Some(row) = rows.next()? {
            last = row.get(0)?;
            chain = follow(&chain, &row.get(2)?, row.get::<_, i64>(1)? as u64);
        }
        if last > chained {
            let sql = "UPDATE log SET chain = ?2, chained = ?3, stream = ?4 WHERE no = ?1";
            tx.prepare_cached(sql)?.execute(params![no, chain, last, stream.uuid().into_bytes()])?;
        }
        chains.insert(id, chain);
    }
    let head = |logs: Vec<(Uuid, Chain)>| Head { epoch: reply.epoch, stream, seq: part.cursor.seq, logs };
    Ok(match &part.chains {
        // Where not every log is whole the server spells the chains out: those that can be followed must all be there.
        Some(spelled) => {
            let said: BTreeMap<Uuid, Chain> = spelled.iter().copied().collect();
            head(spelled.clone()).verify(root, &part.signature).is_ok()
                && chains.iter().all(|(log, chain)| said.get(log) == Some(chain))
        }
        None => head(chains.into_iter().collect()).verify(root, &part.signature).is_ok(),
    })
}
