//! One commit being written: each field set once, what it wrote over named, the last draft kept.

use domain::{Field, Log, Merge, Table, Value};
use rusqlite::{Connection, params};
use sync::{Change, Clock, Row, Stamp};
use uuid::Uuid;

use crate::{Book, Result, journal, open, wipe};

/// A change names no more than this many others that it writes over: else one who piles up words in a field could
/// make an answer to them that fits into no entry.
pub(crate) const MOST_SEEN: usize = 256;

/// One commit being written.
pub(crate) struct Pen<'b> {
    pub tx: rusqlite::Transaction<'b>,
    tables: &'static [Table],
    device: domain::Id<domain::Device>,
    log: i64,
    clock: Clock,
    now: u64,
    /// One stamp for the whole commit, unless a value written over is later.
    stamp: Stamp,
    /// The record being written: read once, saved once all its fields are set.
    open: Option<Open>,
}

/// A record being written.
struct Open {
    table: &'static Table,
    id: Uuid,
    log: i64,
    /// What stood before; none where the record is new.
    stood: Option<Row>,
    row: Row,
}

impl<'b> Pen<'b> {
    pub fn lift(book: &'b mut Book, log: &Log, now: u64) -> Result<Self> {
        let (tables, device) = (book.tables, book.device);
        let tx = book.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let log = journal::log_no(&tx, log)?;
        let mut clock = Clock::new(device, open::fact(&tx, "tick")?.unwrap_or(0));
        let stamp = clock.next(now, []);
        Ok(Self { tx, tables, device, log, clock, now, stamp, open: None })
    }

    /// Goes on in another log, in the same commit.
    pub fn turn_to(&mut self, log: &Log) -> Result<()> {
        self.log = journal::log_no(&self.tx, log)?;
        Ok(())
    }

    /// Opens a record to write in, having saved the one that was open.
    fn open(&mut self, table: &'static Table, id: Uuid) -> Result<Open> {
        match self.open.take() {
            Some(open) if open.table.name == table.name && open.id == id => return Ok(open),
            other => self.save(other)?,
        }
        let stood = journal::load(&self.tx, table, id)?;
        Ok(match stood {
            Some((log, row)) => Open { table, id, log, stood: Some(row.clone()), row },
            None => Open { table, id, log: self.log, stood: None, row: Row::blank(table) },
        })
    }

    fn save(&self, open: Option<Open>) -> Result<()> {
        match open {
            Some(Open { table, id, stood: Some(stood), row, .. }) if row != stood => {
                journal::save(&self.tx, table, id, &stood, &row)
            }
            Some(Open { table, id, log, stood: None, row }) if row != Row::blank(table) => {
                journal::add(&self.tx, table, id, log, &row)
            }
            _ => Ok(()),
        }
    }

    /// Sets one field to a value, or to several beside each other, the last in front; gives what it held, where that
    /// changed and can be set back. With `was`, it is written over that value alone: who writes has seen no other.
    pub fn set(
        &mut self,
        table: &'static Table,
        id: Uuid,
        name: &str,
        values: &[Value],
        was: Option<&Value>,
    ) -> Result<Option<Vec<Value>>> {
        let Some((at, field)) = table.column(name) else { return Ok(None) };
        let mut open = self.open(table, id)?;
        let mut row = open.row.clone();
        let mut stood: Vec<Value> = row.others(table, name).into_iter().map(|other| other.value).collect();
        stood.extend(row.values(table).nth(at));
        if stood == values && row.value(table, name).is_some() {
            self.open = Some(open);
            return Ok(None);
        }
        let mut seen = was.map_or_else(|| row.seen(table, name), |was| row.seen_as(table, name, was));
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
            self.open = Some(open);
            return Ok(None);
        }
        self.tx.prepare_cached("DELETE FROM draft WHERE kind = ?1 AND id = ?2 AND field = ?3")?.execute(params![
            table.name,
            id.into_bytes(),
            name
        ])?;
        for change in &changes {
            put_draft(&self.tx, open.log, change)?;
        }
        open.row = row;
        self.open = Some(open);
        Ok(can_go_back(field).then_some(stood))
    }

    /// Whether `value` stands in a field, alone and by this device's hand.
    pub fn stands(&self, table: &Table, id: Uuid, field: &str, value: &Value) -> Result<bool> {
        let Some((_, row)) = journal::load(&self.tx, table, id)? else { return Ok(false) };
        let mine = Stamp::new(0, 0, self.device).device;
        Ok(row.value(table, field) == Some(value)
            && row.others(table, field).is_empty()
            && row.seen(table, field).iter().all(|stamp| stamp.device == mine))
    }

    pub fn put_down(mut self) -> Result<()> {
        let open = self.open.take();
        self.save(open)?;
        wipe::wipe(&self.tx, self.tables)?;
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
