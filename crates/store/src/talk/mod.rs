//! The device's end of the exchange: what it says, and taking in what it is told, all or nothing.

mod chains;
mod hand;
mod reader;
mod rights;
mod verdict;

use std::collections::BTreeSet;

use domain::{Device, Id, Table};
use rusqlite::{Connection, Transaction, params};
use sync::{Ask, Backfill, Cursor, Entry, Hash, NO_CHAIN, PROTO, Reply, VerifyingKey, hash_of, scope_of};
use uuid::Uuid;

use crate::{Book, Result, journal, open, shape, wipe};
use reader::Reader;
pub(crate) use reader::read_waiting;

/// What came of taking in an answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taken {
    /// The tables that changed.
    pub tables: BTreeSet<&'static str>,
    /// Whether another exchange has something to do.
    pub more: bool,
    /// Entries taken in.
    pub entries: usize,
    /// Bytes still to come, about; not known where a log was just gained that stands behind what was heard already.
    pub left: Option<u64>,
    /// A stream whose history does not fit what this book holds; saving goes on.
    pub misfit: Option<Uuid>,
}

/// An entry that the server did not take into its log. It stays in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// SHA-256 of its bytes.
    pub hash: Hash,
    /// The device that wrote it, where it can be read.
    pub device: Option<Id<Device>>,
    /// The tables it touched.
    pub tables: Vec<String>,
    /// Why.
    pub why: String,
}

const WAITS: i64 = 0;
const IN_LOG: i64 = 1;
const SET_ASIDE: i64 = 2;
const REFUSED: i64 = 3;

/// A clock that ran further ahead than this is put right, in milliseconds.
const FURTHEST_AHEAD: u64 = 10 * 60 * 1000;
/// A server whose clock says more than a stamp has room for says nonsense.
const LAST_MOMENT: u64 = (1 << 48) - 1;

impl Book {
    /// Seals what is open and says what to ask: up to `most` bytes of entries, and `room` for the answer.
    pub fn ask(&mut self, most: usize, room: u32) -> Result<Ask> {
        self.seal_drafts()?;
        let conn = &self.conn;
        let mut entries = Vec::new();
        let mut size = 0;
        let mut all_said = true;
        // What was refused is offered again, but never keeps fresh words from being sent.
        let mut statement = conn.prepare_cached("SELECT bytes FROM entry WHERE state IN (0, 3) ORDER BY state, no")?;
        for bytes in statement.query_map([], |row| row.get::<_, Vec<u8>>(0))? {
            let bytes = bytes?;
            size += bytes.len();
            if size > most && !entries.is_empty() {
                all_said = false;
                break;
            }
            entries.push(bytes);
        }
        let cursors = cursors(conn)?;
        let backfill: Vec<Backfill> = conn
            .prepare_cached("SELECT log, after, upto FROM backfill ORDER BY log")?
            .query_map([], |row| {
                let (after, upto): (i64, i64) = (row.get(1)?, row.get(2)?);
                Ok(Backfill { log: Uuid::from_bytes(row.get(0)?), after: after as u64, upto: upto as u64 })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let epoch = self.fact("epoch")?.unwrap_or(0);
        // Chains are followed one by one while some logs are not whole, or while an answer that was lost may have said
        // where entries that are not in this question stand.
        let spell = !backfill.is_empty() || !all_said || lost(conn)?;
        let silent = entries.is_empty() && !spell;
        Ok(Ask {
            proto: PROTO,
            epoch,
            cursors,
            scope: scope_of(held(conn)?),
            spell,
            backfill,
            entries,
            room,
            known: if silent { self.fact("word")?.flatten() } else { None },
        })
    }

    /// Takes in the answer to `ask`: verdicts, entries, cursors, chain and rights in one transaction.
    pub fn take(&mut self, ask: &Ask, reply: &Reply, now: u64) -> Result<Taken> {
        let mut taken = Taken { more: reply.more, left: Some(reply.left), ..Taken::default() };
        let (tables, device) = (self.tables, self.device);
        let root: Option<[u8; 32]> = self.fact("root")?;
        let root = root.and_then(|key| VerifyingKey::from_bytes(&key).ok());
        let tx = self.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        if scope_of(held(&tx)?) != ask.scope || cursors(&tx)? != ask.cursors {
            // It was asked before rights changed, and what it brings may not be this reader's any more; or another answer
            // overtook it. Asking again is safe.
            return Ok(Taken { more: true, ..taken });
        }
        open::put_fact(&tx, "epoch", &reply.epoch)?;
        if ask.epoch != 0 && ask.epoch != reply.epoch {
            start_over(&tx, device)?;
            shape::remake_in(&tx, tables, device)?;
            tx.commit()?;
            taken.tables.extend(tables.iter().map(|table| table.name));
            return Ok(Taken { more: true, ..taken });
        }
        let theirs = reply.now.min(LAST_MOMENT);
        open::put_fact(&tx, "clock_off", &(theirs as i64 - now as i64))?;
        let tick: u64 = open::fact(&tx, "tick")?.unwrap_or(0);
        if tick >> 16 > theirs + FURTHEST_AHEAD {
            // Else the stamps of a clock that once ran ahead would stay ahead for as long.
            open::put_fact(&tx, "tick", &(theirs << 16))?;
        }
        let mut again = Again::default();
        let mut heard = false;
        for (bytes, verdict) in ask.entries.iter().zip(&reply.verdicts) {
            let noted = verdict::note(&tx, tables, bytes, verdict, &mut again)?;
            heard |= noted.heard;
            if noted.forgotten.is_some() {
                taken.misfit = noted.forgotten;
            }
        }
        let mut pen = Reader { tx: &tx, tables, root, taken: &mut taken, again: &mut again };
        pen.read_unread()?;
        for part in &reply.parts {
            pen.enter(&part.entries, Some(part.cursor.stream))?;
        }
        pen.enter(&reply.backfill, None)?;
        pen.try_again()?;
        filled(&tx, ask, reply)?;
        if let Some(logs) = &reply.scope
            && rights::take(&tx, tables, ask, logs, &mut taken.tables)?
        {
            (taken.more, taken.left) = (true, None);
        }
        if let Some(root) = &root {
            let misfit = chains::misfit(&tx, ask, reply, root)?;
            taken.misfit = taken.misfit.or(misfit);
        }
        for part in &reply.parts {
            tx.execute(
                "INSERT INTO stream (id, seq) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET seq = max(seq, excluded.seq)",
                params![part.cursor.stream.uuid().into_bytes(), part.cursor.seq as i64],
            )?;
        }
        // The first sight of it is the evidence.
        if let Some(misfit) = taken.misfit
            && open::fact::<(Uuid, u64, u64)>(&tx, "misfit")?.is_none()
        {
            let last = ask.cursors.iter().find(|cursor| cursor.stream.uuid() == misfit).map_or(0, |cursor| cursor.seq);
            open::put_fact(&tx, "misfit", &(misfit, now, last))?;
        }
        if !reply.more {
            open::put_fact(&tx, "checked", &now)?;
        }
        if !ask.is_answered_by_silence(reply) {
            // Only a word that was held against every log held stands for it the next time.
            let whole = taken.misfit.is_none() && !ask.spell;
            open::put_fact(&tx, "word", &reply.word().filter(|_| whole))?;
        }
        again.read(&tx, tables, device, &mut taken.tables)?;
        wipe::wipe(&tx, tables)?;
        if !taken.more && lost(&tx)? {
            // All that a restored server still has was heard: what is left is handed back.
            tx.execute("UPDATE entry SET state = ?1 WHERE state = ?2 AND seq IS NULL", [WAITS, IN_LOG])?;
            taken.more = true;
        }
        // Where the server heard nothing new, it would not the next time either.
        taken.more |= heard
            && tx.query_row("SELECT EXISTS (SELECT 1 FROM entry WHERE state IN (0, 3))", [], |row| {
                row.get::<_, bool>(0)
            })?;
        tx.commit()?;
        Ok(taken)
    }

    /// What the server did not take into its log.
    pub fn set_aside(&self) -> Result<Vec<SetAside>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT bytes, why FROM entry WHERE state IN (2, 3) AND why IS NOT NULL ORDER BY no")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))?;
        let mut aside = Vec::new();
        for row in rows {
            let (bytes, why) = row?;
            let entry = Entry::read(&bytes, self.tables).ok();
            let device = entry.as_ref().map(|entry| entry.device);
            let tables: BTreeSet<String> = entry.into_iter().flat_map(|e| e.changes).map(|c| c.table).collect();
            aside.push(SetAside { hash: hash_of(&bytes), device, tables: tables.into_iter().collect(), why });
        }
        Ok(aside)
    }
}

/// What must be read again from the journal because it counts differently now.
#[derive(Default)]
struct Again {
    /// Logs with a change that the server's clock pulled back: what stood by it may not stand any more.
    logs: BTreeSet<i64>,
    /// Whether an entry began or ceased to count.
    all: bool,
}

impl Again {
    fn read(
        &self,
        tx: &Transaction<'_>,
        tables: &'static [Table],
        device: Id<Device>,
        touched: &mut BTreeSet<&'static str>,
    ) -> Result<()> {
        if self.all {
            shape::remake_in(tx, tables, device)?;
            touched.extend(tables.iter().map(|table| table.name));
            return Ok(());
        }
        self.logs.iter().try_for_each(|log| journal::read_log_again(tx, tables, device, *log, touched))
    }
}

/// How far each stream has been followed.
fn cursors(conn: &Connection) -> Result<Vec<Cursor>> {
    let mut statement = conn.prepare_cached("SELECT id, seq FROM stream ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok(Cursor { stream: Id::new(Uuid::from_bytes(row.get(0)?)), seq: row.get::<_, i64>(1)? as u64 })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The names of the logs this device may read.
fn held(conn: &Connection) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached("SELECT id FROM log WHERE held = 1")?;
    let rows = statement.query_map([], |row| row.get(0).map(Uuid::from_bytes))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether there are entries of which a restored server has not said that it has them.
fn lost(conn: &Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM entry WHERE state = 1 AND seq IS NULL)";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The server was restored: everything is compared again from the start.
fn start_over(tx: &Transaction<'_>, device: Id<Device>) -> Result<()> {
    tx.execute_batch(
        "UPDATE stream SET seq = 0;
         UPDATE log SET chained = 0, chain = zeroblob(32);
         UPDATE entry SET seq = NULL WHERE state = 1;
         DELETE FROM backfill;
         DELETE FROM there;",
    )?;
    // What it had set aside may be lost there too, and only its author has it.
    let own = device.uuid().into_bytes();
    tx.execute("UPDATE entry SET state = ?1 WHERE state = ?2 AND device = ?3", params![WAITS, SET_ASIDE, own])?;
    Ok(())
}

/// Notes how far the logs fetched from their start have come.
fn filled(tx: &Transaction<'_>, ask: &Ask, reply: &Reply) -> Result<()> {
    for log in &reply.filled {
        tx.execute("DELETE FROM backfill WHERE log = ?1", [log.into_bytes()])?;
        tx.execute("UPDATE log SET chain = ?2, chained = 0 WHERE id = ?1", params![log.into_bytes(), NO_CHAIN])?;
    }
    // The server goes through the logs in the order asked and stops in the one that has no more room.
    let Some(last) = reply.backfill.last() else { return Ok(()) };
    let log = Entry::place(&last.bytes).ok().map(|(log, ..)| log.id());
    let mut open = ask.backfill.iter().filter(|part| !reply.filled.contains(&part.log));
    if let Some(part) = open.find(|part| log.is_none_or(|log| log == part.log)) {
        tx.execute(
            "UPDATE backfill SET after = max(after, ?2) WHERE log = ?1",
            params![part.log.into_bytes(), last.seq as i64],
        )?;
    }
    Ok(())
}
