//! The device's end of the exchange: what it says, and taking in what it is told, all or nothing.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Device, Id, Level, Log, Record, Table, Unit};
use rusqlite::{Connection, Transaction, params};
use sync::{
    Ask, Backfill, Carried, Chain, Cursor, Entry, Head, NO_CHAIN, PROTO, Part, Reply, Verdict, VerifyingKey, follow,
    hash_of, scope_of,
};
use uuid::Uuid;

use crate::{Book, Result, journal, open, shape};

/// What came of taking in an answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taken {
    /// The tables that changed.
    pub tables: BTreeSet<&'static str>,
    /// Whether another exchange has something to do.
    pub more: bool,
    /// Entries taken in.
    pub entries: usize,
    /// Bytes still to come, about.
    pub left: u64,
    /// A stream whose history does not fit what this book holds; saving goes on.
    pub misfit: Option<Uuid>,
}

/// An entry that the server did not take into its log. It stays in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The tables it touched.
    pub tables: Vec<String>,
    /// Why.
    pub why: String,
}

const WAITS: i64 = 0;
const IN_LOG: i64 = 1;
const SET_ASIDE: i64 = 2;
const REFUSED: i64 = 3;

impl Book {
    /// Seals what is open and says what to ask: up to `most` bytes of entries, and `room` for the answer.
    pub fn ask(&mut self, most: usize, room: u32) -> Result<Ask> {
        self.seal_drafts()?;
        let conn = &self.conn;
        let mut entries = Vec::new();
        let mut size = 0;
        let mut statement = conn.prepare_cached("SELECT bytes FROM entry WHERE state = 0 ORDER BY no")?;
        for bytes in statement.query_map([], |row| row.get::<_, Vec<u8>>(0))? {
            let bytes = bytes?;
            size += bytes.len();
            if size > most && !entries.is_empty() {
                break;
            }
            entries.push(bytes);
        }
        let cursors = conn
            .prepare_cached("SELECT id, seq FROM stream ORDER BY id")?
            .query_map([], |row| {
                Ok(Cursor { stream: Id::new(Uuid::from_bytes(row.get(0)?)), seq: row.get::<_, i64>(1)? as u64 })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let backfill: Vec<Backfill> = conn
            .prepare_cached("SELECT log, after, upto FROM backfill ORDER BY log")?
            .query_map([], |row| {
                let (after, upto): (i64, i64) = (row.get(1)?, row.get(2)?);
                Ok(Backfill { log: Uuid::from_bytes(row.get(0)?), after: after as u64, upto: upto as u64 })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let epoch = self.fact("epoch")?.unwrap_or(0);
        Ok(Ask {
            proto: PROTO,
            epoch,
            cursors,
            scope: scope_of(held(conn)?),
            spell: !backfill.is_empty(),
            backfill,
            entries,
            room,
        })
    }

    /// Takes in the answer to `ask`: verdicts, entries, cursors, chain and rights in one transaction.
    pub fn take(&mut self, ask: &Ask, reply: &Reply, now: u64) -> Result<Taken> {
        let mut taken = Taken { more: reply.more, left: reply.left, ..Taken::default() };
        let tables = self.tables;
        let root: Option<[u8; 32]> = self.fact("root")?;
        let mut again = false;
        let tx = self.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        if ask.epoch != 0 && ask.epoch != reply.epoch {
            start_over(&tx, self.device)?;
            open::put_fact(&tx, "epoch", &reply.epoch)?;
            tx.commit()?;
            return Ok(Taken { more: true, ..taken });
        }
        open::put_fact(&tx, "epoch", &reply.epoch)?;
        open::put_fact(&tx, "clock_off", &(reply.now as i64 - now as i64))?;
        let waits =
            tx.query_row("SELECT EXISTS (SELECT 1 FROM entry WHERE state = 0)", [], |row| row.get::<_, bool>(0))?;
        for (bytes, verdict) in ask.entries.iter().zip(&reply.verdicts) {
            again |= note(&tx, tables, bytes, verdict)?;
        }
        if waits && !reply.verdicts.is_empty() {
            taken.more |=
                tx.query_row("SELECT EXISTS (SELECT 1 FROM entry WHERE state = 0)", [], |row| row.get::<_, bool>(0))?;
        }
        let mut pen = Reader {
            tx: &tx,
            tables,
            root: root.and_then(|key| VerifyingKey::from_bytes(&key).ok()),
            taken: &mut taken,
        };
        for part in &reply.parts {
            pen.enter(&part.entries)?;
        }
        pen.enter(&reply.backfill)?;
        pen.try_again()?;
        for log in &reply.filled {
            tx.execute("DELETE FROM backfill WHERE log = ?1", [log.into_bytes()])?;
            tx.execute("UPDATE log SET chain = ?2, chained = 0 WHERE id = ?1", params![log.into_bytes(), NO_CHAIN])?;
        }
        for part in ask.backfill.iter().filter(|part| !reply.filled.contains(&part.log)) {
            if let Some(last) =
                reply.backfill.iter().filter(|carried| log_in(carried, tables) == Some(part.log)).map(|c| c.seq).max()
            {
                tx.execute(
                    "UPDATE backfill SET after = ?2 WHERE log = ?1",
                    params![part.log.into_bytes(), last as i64],
                )?;
            }
        }
        if let Some(logs) = &reply.scope {
            let changed = rights(&tx, tables, ask, logs, &mut taken.tables)?;
            taken.more |= changed;
        }
        for part in &reply.parts {
            let before = ask.cursors.iter().find(|c| c.stream == part.cursor.stream).map_or(0, |c| c.seq);
            if let Some(root) = root.and_then(|key| VerifyingKey::from_bytes(&key).ok())
                && !fits(&tx, reply.epoch, before, part, &root)?
            {
                taken.misfit = Some(part.cursor.stream.uuid());
            }
            tx.execute(
                "INSERT INTO stream (id, seq) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq",
                params![part.cursor.stream.uuid().into_bytes(), part.cursor.seq as i64],
            )?;
        }
        if let Some(misfit) = taken.misfit {
            open::put_fact(&tx, "misfit", &(misfit, now))?;
        }
        open::put_fact(&tx, "checked", &now)?;
        if again {
            // A clock ahead of the server's was pulled back: what stood by it may not stand any more.
            shape::remake_in(&tx, tables)?;
        }
        tx.commit()?;
        Ok(taken)
    }

    /// What the server did not take into its log.
    pub fn set_aside(&self) -> Result<Vec<SetAside>> {
        let mut statement =
            self.conn.prepare_cached("SELECT bytes, why FROM entry WHERE state IN (2, 3) ORDER BY no")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<String>>(1)?)))?;
        let mut aside = Vec::new();
        for row in rows {
            let (bytes, why) = row?;
            let tables: BTreeSet<String> = Entry::read(&bytes, self.tables)
                .map(|e| e.changes.into_iter().map(|c| c.table).collect())
                .unwrap_or_default();
            aside.push(SetAside { tables: tables.into_iter().collect(), why: why.unwrap_or_default() });
        }
        Ok(aside)
    }
}

/// The names of the logs this device may read.
fn held(conn: &Connection) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached("SELECT id FROM log WHERE held = 1")?;
    let rows = statement.query_map([], |row| row.get(0).map(Uuid::from_bytes))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The server was restored: everything is compared again from the start, and this device's own entries offered again.
fn start_over(tx: &Transaction<'_>, device: Id<Device>) -> Result<()> {
    tx.execute_batch(
        "UPDATE stream SET seq = 0;
         UPDATE log SET chained = 0, chain = zeroblob(32);
         DELETE FROM backfill;",
    )?;
    tx.execute(
        "UPDATE entry SET state = ?1, seq = NULL WHERE state = ?2 AND device = ?3",
        params![WAITS, IN_LOG, device.uuid().into_bytes()],
    )?;
    tx.execute("UPDATE entry SET seq = NULL WHERE state = ?1", [IN_LOG])?;
    Ok(())
}

/// Notes what became of one entry. It says whether the tables must be made again.
fn note(tx: &Transaction<'_>, tables: &[Table], bytes: &[u8], verdict: &Verdict) -> Result<bool> {
    let hash = hash_of(bytes);
    let set = |state: i64, why: &str| {
        tx.execute("UPDATE entry SET state = ?2, why = ?3 WHERE hash = ?1", params![hash, state, why]).map(|_| false)
    };
    Ok(match verdict {
        Verdict::Accepted { seq, received } | Verdict::Duplicate { seq, received } => {
            tx.execute(
                "UPDATE entry SET state = ?2, seq = ?3, received = ?4 WHERE hash = ?1",
                params![hash, IN_LOG, *seq as i64, *received as i64],
            )?;
            Entry::read(bytes, tables)?.changes.iter().any(|change| change.stamp.received(*received) != change.stamp)
        }
        Verdict::Quarantined { code } => set(SET_ASIDE, &why(code))?,
        Verdict::Rejected { code } => set(REFUSED, &why(code))?,
        Verdict::Gap { expect } => {
            let entry = Entry::read(bytes, tables)?;
            tx.execute(
                "UPDATE entry SET state = ?1 WHERE device = ?2 AND number >= ?3 AND state = ?4
                 AND log = (SELECT log FROM entry WHERE hash = ?5)",
                params![WAITS, entry.device.uuid().into_bytes(), *expect as i64, IN_LOG, hash],
            )?;
            false
        }
    })
}

fn why(code: &sync::Refusal) -> String {
    format!("{code:?}").to_lowercase()
}

fn log_in(carried: &Carried, tables: &[Table]) -> Option<Uuid> {
    Entry::read(&carried.bytes, tables).ok().map(|entry| entry.log.id())
}

/// Takes entries into the journal and into the tables.
struct Reader<'a> {
    tx: &'a Transaction<'a>,
    tables: &'static [Table],
    root: Option<VerifyingKey>,
    taken: &'a mut Taken,
}

impl Reader<'_> {
    fn enter(&mut self, entries: &[Carried]) -> Result<()> {
        for carried in entries {
            let hash = hash_of(&carried.bytes);
            let known = self
                .tx
                .prepare_cached("UPDATE entry SET state = ?2, seq = ?3, received = ?4 WHERE hash = ?1")?
                .execute(params![hash, IN_LOG, carried.seq as i64, carried.received as i64])?;
            if known > 0 {
                continue;
            }
            // Not even its log can be read: only a newer app could say where it belongs. The server has it.
            let Ok(entry) = Entry::read(&carried.bytes, self.tables) else { continue };
            let log = journal::log_no(self.tx, &entry.log)?;
            let genuine = self.genuine(&entry, &carried.bytes);
            if genuine == Some(false) {
                self.taken.misfit = Some(entry.log.unit.uuid());
                continue;
            }
            self.tx
                .prepare_cached(
                    "INSERT INTO entry (log, device, number, state, seq, received, read, hash, bytes)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    log,
                    entry.device.uuid().into_bytes(),
                    entry.number as i64,
                    IN_LOG,
                    carried.seq as i64,
                    carried.received as i64,
                    genuine.is_some(),
                    hash,
                    carried.bytes
                ])?;
            self.taken.entries += 1;
            if genuine.is_some() {
                journal::hear(
                    self.tx,
                    self.tables,
                    log,
                    &entry.changes,
                    Some(carried.received),
                    &mut self.taken.tables,
                )?;
            }
        }
        Ok(())
    }

    /// Whether the device named wrote these bytes; nothing where its key has not been heard of yet.
    fn genuine(&self, entry: &Entry, bytes: &[u8]) -> Option<bool> {
        let key = match &self.root {
            Some(root) if sync::device_of(root) == entry.device => *root,
            _ => self.key(entry.device)?,
        };
        Some(Entry::verify(bytes, &key).is_ok())
    }

    fn key(&self, device: Id<Device>) -> Option<VerifyingKey> {
        let hex: String = self
            .tx
            .prepare_cached("SELECT public_key FROM device WHERE id = ?1")
            .ok()?
            .query_row([device.uuid().into_bytes()], |row| row.get(0))
            .ok()?;
        let bytes: Vec<u8> =
            (0..hex.len()).step_by(2).filter_map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect();
        let key = VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok()?;
        // The id is the key's own: a record that says otherwise is somebody else's.
        (sync::device_of(&key) == device).then_some(key)
    }

    /// Entries whose author was not known when they came.
    fn try_again(&mut self) -> Result<()> {
        let unread: Vec<(i64, i64, i64, Vec<u8>)> = self
            .tx
            .prepare_cached("SELECT no, log, received, bytes FROM entry WHERE read = 0 ORDER BY no")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (no, log, received, bytes) in unread {
            let Ok(entry) = Entry::read(&bytes, self.tables) else { continue };
            if self.genuine(&entry, &bytes) == Some(true) {
                self.tx.execute("UPDATE entry SET read = 1 WHERE no = ?1", [no])?;
                journal::hear(
                    self.tx,
                    self.tables,
                    log,
                    &entry.changes,
                    Some(received as u64),
                    &mut self.taken.tables,
                )?;
            }
        }
        Ok(())
    }
}

/// Takes note of the logs this device may read now: those gained are fetched from their start, those lost are purged.
/// It says whether there is something to fetch.
fn rights(
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
        let upto = stream_of(tx, log.unit)?
            .and_then(|stream| ask.cursors.iter().find(|c| c.stream == stream))
            .map_or(0, |c| c.seq);
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
            "SELECT EXISTS (SELECT 1 FROM entry WHERE log = ?1 AND state = 0) OR EXISTS (SELECT 1 FROM draft WHERE log = ?1)",
            [no],
            |row| row.get(0),
        )?;
        if unsent {
            // Words not yet handed over are sent first: the server sets them aside where the office sees them.
            fetch = true;
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

/// The stream that a unit's logs are numbered in.
fn stream_of(conn: &Connection, unit: Id<Unit>) -> Result<Option<Id<Unit>>> {
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
fn fits(tx: &Transaction<'_>, epoch: u64, before: u64, part: &Part, root: &VerifyingKey) -> Result<bool> {
    let stream = part.cursor.stream;
    let mut chains: BTreeMap<Uuid, Chain> = BTreeMap::new();
    let logs: Vec<(i64, Uuid, [u8; 16], Chain, i64)> = tx
        .prepare_cached(
            "SELECT no, id, unit, chain, chained FROM log
             WHERE no IN (SELECT log FROM entry WHERE state = 1 AND seq > ?1 AND seq <= ?2)
             AND id NOT IN (SELECT log FROM backfill)",
        )?
        .query_map([before as i64, part.cursor.seq as i64], |row| {
            Ok((row.get(0)?, row.get(1).map(Uuid::from_bytes)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (no, id, unit, mut chain, chained) in logs {
        if stream_of(tx, Id::new(Uuid::from_bytes(unit)))? != Some(stream) {
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
        tx.prepare_cached("UPDATE log SET chain = ?2, chained = ?3 WHERE no = ?1")?
            .execute(params![no, chain, last])?;
        chains.insert(id, chain);
    }
    let head = |logs: Vec<(Uuid, Chain)>| Head { epoch, stream, seq: part.cursor.seq, logs };
    Ok(match &part.chains {
        // Where rights have changed the server spells the chains out: those that can be followed must agree.
        Some(spelled) => {
            head(spelled.clone()).verify(root, &part.signature).is_ok()
                && spelled.iter().all(|(log, chain)| chains.get(log).is_none_or(|known| known == chain))
        }
        None => head(chains.into_iter().collect()).verify(root, &part.signature).is_ok(),
    })
}
