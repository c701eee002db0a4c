//! Reading records back.

use std::collections::BTreeMap;

use domain::{Device, Id, Record, Table, Value};
use rusqlite::OptionalExtension;
use sync::{Entry, Stamp};
use uuid::Uuid;

use crate::{Book, Result, journal};

/// A value that another device wrote, when neither had seen the other's.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    /// What was written.
    pub value: Value,
    /// Which device wrote it, where it is known here.
    pub device: Option<Id<Device>>,
    /// When, milliseconds since 1970.
    pub at: u64,
}

/// A record with changes that have not been sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which kind of record.
    pub table: String,
    /// Which record.
    pub id: Uuid,
    /// How many of its fields.
    pub changes: u32,
}

impl Book {
    /// Counts up with every row that is written.
    pub fn writes(&self) -> u64 {
        self.conn.total_changes()
    }

    /// Every record of kind `T` for which `wher` holds, e.g. `"WHERE meeting = ?1"`; those taken away are left out.
    /// A row that does not read as its record is passed over, so that it never hides the others.
    pub fn list<T: Record>(&self, wher: &str, params: impl rusqlite::Params) -> Result<Vec<T>> {
        let table = T::TABLE;
        let columns: String = table.columns().map(|field| format!(", {}", field.name)).collect();
        let sql = format!("SELECT * FROM (SELECT id{columns} FROM \"{}\" WHERE removed = 0) {wher}", table.name);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params, |row| {
            let id = Uuid::from_bytes(row.get(0)?);
            Ok(table.record(id, journal::values(&table, row, 1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<Vec<Option<T>>>>()?.into_iter().flatten().collect())
    }

    /// One record, unless it was taken away.
    pub fn get<T: Record>(&self, id: Id<T>) -> Result<Option<T>> {
        Ok(self.list("WHERE id = ?1", [id.uuid().into_bytes()])?.pop())
    }

    /// What a field holds, whether or not the record was taken away; nothing where nobody wrote it.
    pub fn value(&self, table: &Table, id: Uuid, field: &str) -> Result<Option<Value>> {
        Ok(journal::load(&self.conn, table, id)?.and_then(|(_, row)| row.value(table, field).cloned()))
    }

    /// The values of a record in column order, blanks where nobody wrote anything.
    pub fn values(&self, table: &Table, id: Uuid) -> Result<Vec<Value>> {
        let row = journal::load(&self.conn, table, id)?.map_or_else(|| sync::Row::blank(table), |(_, row)| row);
        Ok(row.values(table).collect())
    }

    /// The ids of a table's records, those taken away left out.
    pub fn ids(&self, table: &Table) -> Result<Vec<Uuid>> {
        let sql = format!("SELECT id FROM \"{}\" WHERE removed = 0 ORDER BY id", table.name);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| row.get(0).map(Uuid::from_bytes))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The ids of a table's records that name another by a link, those taken away left out.
    pub fn ids_naming(&self, table: &Table, link: &str, named: Uuid) -> Result<Vec<Uuid>> {
        let sql = format!("SELECT id FROM \"{}\" WHERE removed = 0 AND {link} = ?1 ORDER BY id", table.name);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([named.into_bytes()], |row| row.get(0).map(Uuid::from_bytes))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The log a record lives in.
    pub fn log_of(&self, table: &Table, id: Uuid) -> Result<Option<domain::Log>> {
        let sql = format!(
            "SELECT no, unit, audience, member FROM log WHERE no = (SELECT _log FROM \"{}\" WHERE id = ?1)",
            table.name
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([id.into_bytes()], journal::log_of)
            .optional()?
            .map(|(_, log)| log))
    }

    /// The values of one field that wait for a person to choose, latest first.
    pub fn others(&self, table: &Table, id: Uuid, field: &str) -> Result<Vec<Other>> {
        let Some((_, row)) = journal::load(&self.conn, table, id)? else { return Ok(Vec::new()) };
        row.others(table, field)
            .into_iter()
            .map(|written| {
                let device = self.device_of(written.stamp.device)?;
                Ok(Other { value: written.value, device, at: written.order.millis() })
            })
            .collect()
    }

    /// Which device wrote the value that stands in a field, and when.
    pub fn author(&self, table: &Table, id: Uuid, field: &str) -> Result<Option<(Option<Id<Device>>, u64)>> {
        let Some((_, row)) = journal::load(&self.conn, table, id)? else { return Ok(None) };
        let Some(stamp) = row.seen(table, field).pop() else { return Ok(None) };
        Ok(Some((self.device_of(stamp.device)?, stamp.millis())))
    }

    /// Whether what stands in a field was written after `stamp`.
    pub fn stands_after(&self, table: &Table, id: Uuid, field: &str, stamp: Stamp) -> Result<bool> {
        let found = journal::load(&self.conn, table, id)?;
        Ok(found.is_some_and(|(_, row)| row.orders(table, field).iter().any(|order| *order > stamp)))
    }

    fn device_of(&self, short: u64) -> Result<Option<Id<Device>>> {
        if (self.device.uuid().as_u128() >> 64) as u64 == short {
            return Ok(Some(self.device));
        }
        let found: Option<[u8; 16]> = self
            .conn
            .prepare_cached("SELECT id FROM device WHERE id BETWEEN ?1 AND ?2")?
            .query_row(
                [u128::from(short) << 64, u128::from(short) << 64 | u128::from(u64::MAX)].map(u128::to_be_bytes),
                |row| row.get(0),
            )
            .optional()?;
        Ok(found.map(|id| Id::new(Uuid::from_bytes(id))))
    }

    /// The records of one table with values that wait for a person.
    pub fn asking(&self, table: &Table) -> Result<Vec<Uuid>> {
        let sql = format!("SELECT id FROM \"{}\" WHERE _asks = 1 AND removed = 0 ORDER BY id", table.name);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| row.get(0).map(Uuid::from_bytes))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What has been saved here and not been sent, a line a record.
    pub fn waiting(&self) -> Result<Vec<Waiting>> {
        let mut waiting: BTreeMap<(String, Uuid), u32> = BTreeMap::new();
        let mut drafts = self.conn.prepare_cached("SELECT kind, id FROM draft")?;
        for row in drafts.query_map([], |row| Ok((row.get(0)?, row.get(1).map(Uuid::from_bytes)?)))? {
            *waiting.entry(row?).or_default() += 1;
        }
        let mut entries = self.conn.prepare_cached("SELECT bytes FROM entry WHERE state = 0")?;
        for bytes in entries.query_map([], |row| row.get::<_, Vec<u8>>(0))? {
            for change in Entry::read(&bytes?, self.tables).map(|entry| entry.changes).unwrap_or_default() {
                *waiting.entry((change.table, change.id)).or_default() += 1;
            }
        }
        Ok(waiting.into_iter().map(|((table, id), changes)| Waiting { table, id, changes }).collect())
    }

    /// Whether anything waits to be sent.
    pub fn has_waiting(&self) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM draft) OR EXISTS (SELECT 1 FROM entry WHERE state = 0)";
        Ok(self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// How often each mark stands in each meeting's roll: meeting, mark, count.
    pub fn marks_by_meeting(&self, from: &str, to: &str) -> Result<Vec<(Uuid, String, u32)>> {
        let mut statement = self.conn.prepare_cached(include_str!("reports/marks_by_meeting.sql"))?;
        let rows =
            statement.query_map([from, to], |row| Ok((Uuid::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many meetings each member came to, of how many expected, since a moment: member, came, expected.
    pub fn came_by_member(&self, since: &str) -> Result<Vec<(Uuid, u32, u32)>> {
        let mut statement = self.conn.prepare_cached(include_str!("reports/came_by_member.sql"))?;
        let rows = statement.query_map([since], |row| Ok((Uuid::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many logs this device may read, and how many entries are in them.
    pub fn held(&self) -> Result<(u32, u32)> {
        let sql = "SELECT (SELECT count(*) FROM log WHERE held = 1), (SELECT count(*) FROM entry WHERE state = 1)";
        Ok(self.conn.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Makes every record table again from the journal; the law says that nothing changes.
    pub fn remake(&mut self) -> Result<()> {
        crate::shape::remake(self)
    }

    /// Every record of every table as text, for comparing two books: `table id values`, a line each, in order.
    pub fn dump(&self) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        for table in self.tables {
            let columns: String = table.columns().map(|field| format!(", {}", field.name)).collect();
            let sql = format!("SELECT id{columns}, _stamps FROM \"{}\" ORDER BY id", table.name);
            let mut statement = self.conn.prepare(&sql)?;
            let rows = statement.query_map([], |row| {
                let id = Uuid::from_bytes(row.get(0)?);
                let values = journal::values(table, row, 1)?;
                let stamps: Vec<u8> = row.get(table.fields.len() + 2)?;
                let others = sync::Row::restore(values.clone(), &stamps)
                    .map(|row| table.columns().map(|f| row.others(table, f.name).len()).sum::<usize>());
                Ok(format!("{} {id} {values:?} {others:?}", table.name))
            })?;
            for line in rows {
                lines.push(line?);
            }
        }
        Ok(lines)
    }
}
