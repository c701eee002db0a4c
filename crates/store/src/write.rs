//! Writing: every tap is one commit. Taps collect as drafts, the last value of each field, until they are sealed
//! into an entry.

use std::collections::BTreeSet;

use domain::{Field, Log, Merge, Table, Value};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sync::{Change, Clock, LONGEST_ENTRY, Row, Stamp, seal};
use uuid::Uuid;

use crate::{Book, Result, journal, open};

/// One field of one record set to a value by the person at this device.
#[derive(Debug, Clone)]
pub struct Edit {
    /// Which kind of record.
    pub table: &'static Table,
    /// Which record.
    pub id: Uuid,
    /// Which field.
    pub field: &'static str,
    /// What it is set to.
    pub value: Value,
}

/// Something that the person may take back.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The record whose screen offers it.
    pub of: Uuid,
    /// What it was, in the screen's own words.
    pub what: String,
}

/// An edit that takes another back.
#[derive(Serialize, Deserialize)]
struct Back {
    table: String,
    id: Uuid,
    field: String,
    /// What the step wrote.
    wrote: Value,
    /// What had stood there: more than one where a person was asked to choose, the one in front last.
    was: Vec<Value>,
}

impl Book {
    /// Writes `edits` into `log` in one commit, at `now` in milliseconds since 1970. With a `step`, they can be
    /// taken back by [`Book::undo`].
    pub fn write(&mut self, log: &Log, edits: &[Edit], now: u64, step: Option<Step>) -> Result<()> {
        let mut pen = Pen::lift(self, log, now)?;
        let mut back = Vec::new();
        for edit in edits {
            let values = std::slice::from_ref(&edit.value);
            if let Some(was) = pen.set(edit.table, edit.id, edit.field, values)? {
                let (table, field) = (edit.table.name.to_owned(), edit.field.to_owned());
                back.push(Back { table, id: edit.id, field, wrote: edit.value.clone(), was });
            }
        }
        if let Some(step) = step.filter(|_| !back.is_empty()) {
            let back = postcard::to_stdvec(&back).map_err(|_| crate::Error::Broken)?;
            pen.tx.execute(
                "INSERT INTO step (of, what, back) VALUES (?1, ?2, ?3)",
                params![step.of.into_bytes(), step.what, back],
            )?;
        }
        pen.put_down()
    }

    /// The last step that can be taken back on one record's screen, and how many there are.
    pub fn steps(&self, of: Uuid) -> Result<Option<(String, u32)>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT what, count(*) OVER () FROM step WHERE of = ?1 ORDER BY no DESC LIMIT 1")?;
        Ok(statement.query_row([of.into_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Takes the last step back, in one commit, but for records that others have written in since: their words are
    /// not this step's to take back. A choice that is taken back is asked again. It says whether there was a step.
    pub fn undo(&mut self, log: &Log, of: Uuid, now: u64) -> Result<bool> {
        let tables = self.tables;
        let mut pen = Pen::lift(self, log, now)?;
        let last: Option<(i64, Vec<u8>)> = pen
            .tx
            .query_row("SELECT no, back FROM step WHERE of = ?1 ORDER BY no DESC LIMIT 1", [of.into_bytes()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let Some((no, back)) = last else { return Ok(false) };
        let back = postcard::from_bytes::<Vec<Back>>(&back).unwrap_or_default();
        let mut theirs = BTreeSet::new();
        for edit in &back {
            if !pen.stands(tables, edit)? {
                theirs.insert(edit.id);
            }
        }
        for edit in back.into_iter().filter(|edit| !theirs.contains(&edit.id)) {
            if let Some((table, field)) =
                Table::find(tables, &edit.table).and_then(|t| Some((t, t.column(&edit.field)?.1)))
            {
                pen.set(table, edit.id, field.name, &edit.was)?;
            }
        }
        pen.tx.execute("DELETE FROM step WHERE no = ?1", [no])?;
        pen.put_down()?;
        Ok(true)
    }

    /// Seals all drafts into entries that wait to be sent.
    pub(crate) fn seal_drafts(&mut self) -> Result<()> {
        let tx = self.conn.transaction()?;
        let logs = {
            let mut statement = tx.prepare_cached(
                "SELECT no, unit, audience, member FROM log WHERE no IN (SELECT log FROM draft) ORDER BY no",
            )?;
            statement.query_map([], journal::log_of)?.collect::<rusqlite::Result<Vec<_>>>()?
        };
        for (no, log) in logs {
            for changes in parts(&journal::drafts(&tx, self.device, no)?) {
                let number: i64 = tx.query_row(
                    "UPDATE log SET written = written + 1 WHERE no = ?1 RETURNING written",
                    [no],
                    |row| row.get(0),
                )?;
                let sealed = seal(&self.key, log, number as u64, changes, self.tables)?;
                tx.prepare_cached(
                    "INSERT INTO entry (log, device, number, state, hash, bytes) VALUES (?1, ?2, ?3, 0, ?4, ?5)",
                )?
                .execute(params![
                    no,
                    self.device.uuid().into_bytes(),
                    number,
                    sealed.hash,
                    sealed.bytes
                ])?;
            }
            tx.execute("DELETE FROM draft WHERE log = ?1", [no])?;
        }
        tx.commit()?;
        Ok(())
    }
}

/// A change names no more than this many others that it writes over: else one who piles up words in a field could
/// make an answer to them that fits into no entry.
const MOST_SEEN: usize = 256;

/// Cuts changes so that each part fits into one entry, with room for names and links; within one stamp of one
/// record, whose links its id may follow from, only where it would not fit otherwise.
fn parts(changes: &[Change]) -> Vec<&[Change]> {
    // No less than what it takes: an id, a tick and a stamp are longest at 17, 10 and 20 bytes.
    let size_of = |change: &Change| {
        64 + change.table.len()
            + change.field.len()
            + change.value.as_text().map_or(18, str::len)
            + change.seen.len() * 20
    };
    let mut parts = Vec::new();
    let (mut from, mut size) = (0, 0);
    for (at, change) in changes.iter().enumerate() {
        size += size_of(change);
        let next = changes.get(at + 1);
        let apart =
            next.is_none_or(|next| (next.stamp, &next.table, next.id) != (change.stamp, &change.table, change.id));
        let full = next.is_none_or(|next| size + size_of(next) > LONGEST_ENTRY - 1024);
        if full || size > LONGEST_ENTRY / 2 && apart {
            parts.extend(changes.get(from..=at));
            (from, size) = (at + 1, 0);
        }
    }
    parts
}

/// One commit being written.
struct Pen<'b> {
    tx: rusqlite::Transaction<'b>,
    device: domain::Id<domain::Device>,
    log: i64,
    clock: Clock,
    now: u64,
    /// One stamp for the whole commit, unless a value written over is later.
    stamp: Stamp,
}

impl<'b> Pen<'b> {
    fn lift(book: &'b mut Book, log: &Log, now: u64) -> Result<Self> {
        let device = book.device;
        let tx = book.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let log = journal::log_no(&tx, log)?;
        let mut clock = Clock::new(device, open::fact(&tx, "tick")?.unwrap_or(0));
        let stamp = clock.next(now, []);
        Ok(Self { tx, device, log, clock, now, stamp })
    }

    /// Sets one field to a value, or to several beside each other, the last in front; gives what it held, where that
    /// changed and can be set back.
    fn set(&mut self, table: &Table, id: Uuid, name: &str, values: &[Value]) -> Result<Option<Vec<Value>>> {
        let Some((at, field)) = table.column(name) else { return Ok(None) };
        let (log, mut row) = journal::load(&self.tx, table, id)?.unwrap_or_else(|| (self.log, Row::blank(table)));
        let mut was: Vec<Value> = row.others(table, name).into_iter().map(|other| other.value).collect();
        was.extend(row.values(table).nth(at));
        if was == values && row.value(table, name).is_some() {
            return Ok(None);
        }
        let mut seen = row.seen(table, name);
        for (tick, before) in drafts_of(&self.tx, table, id, name)? {
            // A draft that is replaced never was: what it wrote over is what this writes over.
            let mine = Stamp { tick, ..Stamp::new(0, 0, self.device) };
            if field.merge == Merge::Ask {
                row.take_back(table, name, mine);
            }
            seen.retain(|stamp| *stamp != mine);
            seen.extend(before.into_iter().filter(|stamp| *stamp != mine));
        }
        seen.sort_unstable();
        seen.dedup();
        seen.drain(..seen.len().saturating_sub(MOST_SEEN));
        if field.merge != Merge::Ask {
            seen.clear();
        }
        let mut changes = Vec::new();
        for value in values {
            let stands = row.orders(table, name);
            let stamp = if stands.iter().all(|order| *order < self.stamp) {
                self.stamp
            } else {
                self.clock.next(self.now, &stands)
            };
            let (table_name, field) = (table.name.to_owned(), name.to_owned());
            let change = Change { table: table_name, id, field, value: value.clone(), stamp, seen: seen.clone() };
            row.take(table, &change, stamp);
            changes.push(change);
        }
        if row.value(table, name) != values.last() {
            return Ok(None);
        }
        journal::save(&self.tx, table, id, log, &row)?;
        self.tx.prepare_cached("DELETE FROM draft WHERE kind = ?1 AND id = ?2 AND field = ?3")?.execute(params![
            table.name,
            id.into_bytes(),
            name
        ])?;
        for change in &changes {
            put_draft(&self.tx, log, change)?;
        }
        Ok(can_go_back(field).then_some(was))
    }

    /// Whether what a step wrote in a field still stands there, alone and by this device's hand.
    fn stands(&self, tables: &[Table], edit: &Back) -> Result<bool> {
        let Some(table) = Table::find(tables, &edit.table) else { return Ok(false) };
        let Some((_, row)) = journal::load(&self.tx, table, edit.id)? else { return Ok(false) };
        let mine = Stamp::new(0, 0, self.device).device;
        Ok(row.value(table, &edit.field) == Some(&edit.wrote)
            && row.others(table, &edit.field).is_empty()
            && row.seen(table, &edit.field).iter().all(|stamp| stamp.device == mine))
    }

    fn put_down(self) -> Result<()> {
        open::put_fact(&self.tx, "tick", &self.clock.last())?;
        self.tx.commit()?;
        Ok(())
    }
}

fn can_go_back(field: &Field) -> bool {
    matches!(field.merge, Merge::Latest | Merge::Ask)
}

/// The drafts of one field: tick, and what each writes over.
fn drafts_of(conn: &Connection, table: &Table, id: Uuid, field: &str) -> Result<Vec<(u64, Vec<Stamp>)>> {
    let mut statement =
        conn.prepare_cached("SELECT tick, seen FROM draft WHERE kind = ?1 AND id = ?2 AND field = ?3")?;
    let rows = statement.query_map(params![table.name, id.into_bytes(), field], |row| {
        let seen: Vec<u8> = row.get(1)?;
        Ok((row.get::<_, i64>(0)? as u64, postcard::from_bytes(&seen).unwrap_or_default()))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn put_draft(conn: &Connection, log: i64, change: &Change) -> Result<()> {
    let value = postcard::to_stdvec(&change.value).map_err(|_| crate::Error::Broken)?;
    let seen = postcard::to_stdvec(&change.seen).map_err(|_| crate::Error::Broken)?;
    conn.prepare_cached(
        "INSERT INTO draft (kind, id, field, log, tick, value, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        change.table,
        change.id.into_bytes(),
        change.field,
        log,
        change.stamp.tick as i64,
        value,
        seen
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_was_written_fits_into_entries() {
        let key = sync::SigningKey::from_bytes(&[1; 32]);
        let stamp = Stamp { tick: u64::MAX - 1, ..Stamp::new(0, 0, sync::device_of(&key.verifying_key())) };
        let seen = vec![Stamp { tick: u64::MAX, device: u64::MAX }; MOST_SEEN];
        for (count, value) in [(40, "ữ".repeat(2000)), (3000, "ữ".repeat(20)), (200, String::new())] {
            for seen in [&[][..], &seen] {
                let change = |at: usize| Change {
                    table: "unit".into(),
                    id: Uuid::from_u128(at as u128 / 30),
                    field: "former_names".into(),
                    value: value.as_str().into(),
                    stamp,
                    seen: seen.to_vec(),
                };
                let changes: Vec<Change> = (0..count).map(change).collect();
                let cut = parts(&changes);
                assert_eq!(cut.concat(), changes, "nothing is left out");
                for part in cut {
                    let log = Log::of(domain::Id::new(Uuid::nil()), domain::Audience::Register);
                    assert!(seal(&key, log, u64::MAX, part, domain::TABLES).is_ok(), "{count} changes");
                }
            }
        }
    }
}
