//! Writing: every tap is one commit. Taps collect as drafts, the last value of each field, until they are sealed
//! into an entry.

use std::collections::BTreeSet;

use domain::{Log, Table, Value};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sync::{Change, LONGEST_ENTRY, seal};
use uuid::Uuid;

use crate::{Book, Result, journal, pen::Pen};

/// So many of the last taps can be taken back once they were sealed.
const MOST_STEPS: i64 = 500;

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

impl Pen<'_> {
    /// Writes edits; gives what takes them back.
    fn write(&mut self, edits: &[Edit]) -> Result<Vec<Back>> {
        let mut back = Vec::new();
        for edit in edits {
            let values = std::slice::from_ref(&edit.value);
            if let Some(was) = self.set(edit.table, edit.id, edit.field, values, None)? {
                let (table, field) = (edit.table.name.to_owned(), edit.field.to_owned());
                back.push(Back { table, id: edit.id, field, wrote: edit.value.clone(), was });
            }
        }
        Ok(back)
    }
}

impl Book {
    /// Writes `edits` into `log` in one commit, at `now` in milliseconds since 1970. With a `step`, they can be
    /// taken back by [`Book::undo`].
    pub fn write(&mut self, log: &Log, edits: &[Edit], now: u64, step: Option<Step>) -> Result<()> {
        let mut pen = Pen::lift(self, log, now)?;
        let back = pen.write(edits)?;
        if let Some(step) = step.filter(|_| !back.is_empty()) {
            let back = postcard::to_stdvec(&back).map_err(|_| crate::Error::Broken)?;
            pen.tx.prepare_cached("INSERT INTO step (of, what, back) VALUES (?1, ?2, ?3)")?.execute(params![
                step.of.into_bytes(),
                step.what,
                back
            ])?;
        }
        pen.put_down()
    }

    /// Writes into several logs in one commit: none stands without the others.
    pub fn write_all(&mut self, parts: &[(Log, Vec<Edit>)], now: u64) -> Result<()> {
        let Some(((log, edits), rest)) = parts.split_first() else { return Ok(()) };
        let mut pen = Pen::lift(self, log, now)?;
        pen.write(edits)?;
        for (log, edits) in rest {
            pen.turn_to(log)?;
            pen.write(edits)?;
        }
        pen.put_down()
    }

    /// Writes a text over `was`, which its author had on screen, and over nothing else: what somebody else wrote in its
    /// place meanwhile stays beside it, until a person chooses. The `edits` are what its record is named by.
    pub fn write_over(&mut self, log: &Log, edits: &[Edit], text: &Edit, was: &Value, now: u64) -> Result<()> {
        let mut pen = Pen::lift(self, log, now)?;
        pen.write(edits)?;
        pen.set(text.table, text.id, text.field, std::slice::from_ref(&text.value), Some(was))?;
        pen.put_down()
    }

    /// The last step that can be taken back on one record's screen.
    pub fn last_step(&self, of: Uuid) -> Result<Option<String>> {
        let sql = "SELECT what FROM step WHERE of = ?1 ORDER BY no DESC LIMIT 1";
        Ok(self.conn.prepare_cached(sql)?.query_row([of.into_bytes()], |row| row.get(0)).optional()?)
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
            let stands = Table::find(tables, &edit.table)
                .map_or(Ok(false), |table| pen.stands(table, edit.id, &edit.field, &edit.wrote))?;
            if !stands {
                theirs.insert(edit.id);
            }
        }
        for edit in back.into_iter().filter(|edit| !theirs.contains(&edit.id)) {
            if let Some((table, field)) =
                Table::find(tables, &edit.table).and_then(|t| Some((t, t.column(&edit.field)?.1)))
            {
                pen.set(table, edit.id, field.name, &edit.was, None)?;
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
        // Steps are looked through, not looked up: an index would be one more page to write at every tap.
        tx.execute("DELETE FROM step WHERE no <= (SELECT max(no) FROM step) - ?1", [MOST_STEPS])?;
        tx.commit()?;
        Ok(())
    }
}

/// Cuts changes so that each part fits into one entry, with room for names and links; within one stamp of one
/// record, whose values its id may follow from, only where it would not fit otherwise.
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

#[cfg(test)]
mod tests {
    use sync::Stamp;

    use super::*;
    use crate::pen::MOST_SEEN;

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
