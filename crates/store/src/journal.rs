//! The journal: what entries and drafts come to in the record tables.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Audience, Device, Id, Kind, Log, Table, Value};
use rusqlite::{
    CachedStatement, Connection, OptionalExtension, Params, Row as Sql, params, params_from_iter,
    types::Value as SqlValue,
};
use sync::{Change, Entry, Row, Stamp};
use uuid::Uuid;

use crate::Result;

/// The log's number in this book, made if it is new.
pub(crate) fn log_no(conn: &Connection, log: &Log) -> Result<i64> {
    let id = log.id().into_bytes();
    let known =
        conn.prepare_cached("SELECT no FROM log WHERE id = ?1")?.query_row([id], |row| row.get(0)).optional()?;
    if let Some(no) = known {
        return Ok(no);
    }
    conn.prepare_cached("INSERT INTO log (id, unit, audience, member) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        id,
        log.unit.uuid().into_bytes(),
        log.audience as i64,
        log.member.map(|member| member.uuid().into_bytes()),
    ])?;
    Ok(conn.last_insert_rowid())
}

/// A log as the `log` table has it: `no, unit, audience, member`.
pub(crate) fn log_of(row: &Sql<'_>) -> rusqlite::Result<(i64, Log)> {
    let audience: i64 = row.get(2)?;
    let log = Log {
        unit: Id::new(Uuid::from_bytes(row.get(1)?)),
        audience: Audience::ALL.get(audience as usize).copied().unwrap_or(Audience::Person),
        member: row.get::<_, Option<[u8; 16]>>(3)?.map(|id| Id::new(Uuid::from_bytes(id))),
    };
    Ok((row.get(0)?, log))
}

/// Hears changes of one log; `received` is when the server did, where it has. Gives the tables touched.
pub(crate) fn hear(
    conn: &Connection,
    tables: &[Table],
    log: i64,
    changes: &[Change],
    received: Option<u64>,
    touched: &mut BTreeSet<&'static str>,
) -> Result<()> {
    let mut records: BTreeMap<(&'static str, Uuid), (&Table, Vec<&Change>)> = BTreeMap::new();
    for change in changes {
        // A table this version does not know stays in the journal until one that does.
        let Some(table) = Table::find(tables, &change.table) else { continue };
        records.entry((table.name, change.id)).or_insert_with(|| (table, Vec::new())).1.push(change);
    }
    let mut adding: Option<(&str, CachedStatement<'_>)> = None;
    for ((name, id), (table, changes)) in records {
        let take = |row: &mut Row| {
            for change in &changes {
                row.take(table, change, received.map_or(change.stamp, |at| change.stamp.received(at)));
            }
        };
        let add = match &mut adding {
            Some((of, add)) if *of == name => add,
            _ => &mut adding.insert((name, conn.prepare_cached(&insert(table, "DO NOTHING"))?)).1,
        };
        let mut row = Row::blank(table);
        take(&mut row);
        if add.execute(cells(table, id, log, &row))? == 0 {
            let stands = match load(conn, table, id)? {
                // A record stays in the log it was first written in; the server takes no other.
                Some((home, stands)) if home == log => stands,
                _ => continue,
            };
            row.clone_from(&stands);
            take(&mut row);
            save(conn, table, id, &stands, &row)?;
        }
        touched.insert(table.name);
    }
    Ok(())
}

/// A record as it stands, and the log it lives in.
pub(crate) fn load(conn: &Connection, table: &Table, id: Uuid) -> Result<Option<(i64, Row)>> {
    let columns: String = table.columns().map(|field| format!(", {}", field.name)).collect();
    let sql = format!("SELECT _log, _stamps{columns} FROM \"{}\" WHERE id = ?1", table.name);
    let found = conn
        .prepare_cached(&sql)?
        .query_row([id.into_bytes()], |row| {
            let stamps: Vec<u8> = row.get(1)?;
            let values = values(table, row, 2)?;
            Ok((row.get(0)?, Row::restore(values, &stamps)))
        })
        .optional()?;
    Ok(found.map(|(log, row)| (log, row.unwrap_or_else(|| Row::blank(table)))))
}

/// The values of a row in column order, from its column `from` on.
pub(crate) fn values(table: &Table, row: &Sql<'_>, from: usize) -> rusqlite::Result<Vec<Value>> {
    table
        .columns()
        .enumerate()
        .map(|(at, field)| {
            Ok(match (field.kind, row.get(from + at)?) {
                (_, SqlValue::Integer(number)) => Value::Number(number),
                (_, SqlValue::Text(text)) => Value::Text(text),
                (Kind::Link(_), SqlValue::Blob(bytes)) => Uuid::from_slice(&bytes).map_or(Value::Nothing, Value::Link),
                _ => Value::Nothing,
            })
        })
        .collect()
}

/// Adds a record that is not there yet.
pub(crate) fn add(conn: &Connection, table: &Table, id: Uuid, log: i64, row: &Row) -> Result<()> {
    conn.prepare_cached(&insert(table, "DO NOTHING"))?.execute(cells(table, id, log, row))?;
    Ok(())
}

/// Writes what became of a record that stood: only columns that differ, so that no index of the others is touched.
pub(crate) fn save(conn: &Connection, table: &Table, id: Uuid, stood: &Row, row: &Row) -> Result<()> {
    let mut set = String::from("_asks = ?, _stamps = ?");
    let mut cells = vec![SqlValue::Integer(row.asks().into()), SqlValue::Blob(row.stamps())];
    for ((field, was), is) in table.columns().zip(stood.values(table)).zip(row.values(table)) {
        if was != is {
            set.push_str(&format!(", {} = ?", field.name));
            cells.push(cell(is));
        }
    }
    cells.push(SqlValue::Blob(id.into_bytes().to_vec()));
    conn.prepare_cached(&format!("UPDATE \"{}\" SET {set} WHERE id = ?", table.name))?
        .execute(params_from_iter(cells))?;
    Ok(())
}

/// The SQL that adds a record, and what it does where one stands there.
fn insert(table: &Table, stands: &str) -> String {
    let columns: String = table.columns().map(|field| format!(", {}", field.name)).collect();
    let places = ", ?".repeat(table.columns().count());
    let name = table.name;
    format!(
        "INSERT INTO \"{name}\" (id, _log, _asks, _stamps{columns}) VALUES (?, ?, ?, ?{places}) ON CONFLICT (id) {stands}"
    )
}

/// What [`insert`] asks for.
fn cells<'a>(table: &'a Table, id: Uuid, log: i64, row: &'a Row) -> impl Params + 'a {
    let head = [
        SqlValue::Blob(id.into_bytes().to_vec()),
        SqlValue::Integer(log),
        SqlValue::Integer(row.asks().into()),
        SqlValue::Blob(row.stamps()),
    ];
    params_from_iter(head.into_iter().chain(row.values(table).map(cell)))
}

fn cell(value: Value) -> SqlValue {
    match value {
        Value::Nothing => SqlValue::Null,
        Value::Number(number) => SqlValue::Integer(number),
        Value::Text(text) => SqlValue::Text(text),
        Value::Link(uuid) => SqlValue::Blob(uuid.into_bytes().to_vec()),
    }
}

/// The drafts of one log, or of all, as the changes they will be.
pub(crate) fn drafts(conn: &Connection, device: Id<Device>, log: i64) -> Result<Vec<Change>> {
    let mut statement = conn.prepare_cached(
        "SELECT kind, id, field, tick, value, seen FROM draft WHERE log = ?1 ORDER BY tick, kind, id, field",
    )?;
    let rows = statement.query_map([log], |row| {
        let value: Vec<u8> = row.get(4)?;
        let seen: Vec<u8> = row.get(5)?;
        Ok(Change {
            table: row.get(0)?,
            id: Uuid::from_bytes(row.get(1)?),
            field: row.get(2)?,
            stamp: Stamp { tick: row.get::<_, i64>(3)? as u64, ..Stamp::new(0, 0, device) },
            value: postcard::from_bytes(&value).unwrap_or(Value::Nothing),
            seen: postcard::from_bytes(&seen).unwrap_or_default(),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Reads the whole journal into empty tables.
pub(crate) fn read_again(conn: &Connection, tables: &[Table], device: Id<Device>) -> Result<()> {
    let mut touched = BTreeSet::new();
    // What was set aside does not stand in its log, so it does not count here either.
    let sql = "SELECT log, received, bytes FROM entry WHERE read = 1 AND state <> 2 AND ?1 IS NULL ORDER BY no";
    hear_entries(conn, tables, sql, None, &mut touched)?;
    let logs: Vec<i64> = conn
        .prepare("SELECT DISTINCT log FROM draft")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for log in logs {
        hear(conn, tables, log, &drafts(conn, device, log)?, None, &mut touched)?;
    }
    Ok(())
}

/// Reads the records of one log again.
pub(crate) fn read_log_again(
    conn: &Connection,
    tables: &[Table],
    device: Id<Device>,
    log: i64,
    touched: &mut BTreeSet<&'static str>,
) -> Result<()> {
    for table in tables {
        conn.execute(&format!("DELETE FROM \"{}\" WHERE _log = ?1", table.name), [log])?;
    }
    let sql = "SELECT log, received, bytes FROM entry WHERE read = 1 AND state <> 2 AND log = ?1 ORDER BY no";
    hear_entries(conn, tables, sql, Some(log), touched)?;
    hear(conn, tables, log, &drafts(conn, device, log)?, None, touched)
}

fn hear_entries(
    conn: &Connection,
    tables: &[Table],
    sql: &str,
    log: Option<i64>,
    touched: &mut BTreeSet<&'static str>,
) -> Result<()> {
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([log])?;
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(2)?;
        let Ok(entry) = Entry::read(&bytes, tables) else { continue };
        let received: Option<i64> = row.get(1)?;
        hear(conn, tables, row.get(0)?, &entry.changes, received.map(|at| at as u64), touched)?;
    }
    Ok(())
}
