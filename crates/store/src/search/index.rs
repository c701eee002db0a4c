//! Keeping what is searched as the records are. Triggers note which changed, whoever writes them; those are read again.

use domain::{Kind, REMOVED, Searched, Table, Value};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::{Book, Result, blocks::unpack_blocks, journal, open};

/// The declaration of what is searched.
const SHAPE: &str = include_str!("index.sql");
/// Counted up when words are parted or folded otherwise.
const WORDS: u32 = 1;
/// So many records are read in one commit.
const BATCH: u32 = 64;

/// What is kept of one record.
#[derive(Default)]
struct Entry {
    number: String,
    title: String,
    words: String,
    /// The first piece of its text that is not here.
    wants: Option<domain::Digest>,
}

/// Makes what is searched, where it is declared otherwise than when it was last made; whether it did.
pub(crate) fn made(conn: &Connection) -> Result<bool> {
    if open::fact(conn, "search")? == Some((WORDS, SHAPE.to_owned())) {
        return Ok(false);
    }
    conn.execute_batch(&format!("BEGIN IMMEDIATE; {SHAPE}; COMMIT"))?;
    Ok(true)
}

/// Has every record read again, and says that the index is as declared.
pub(crate) fn all_stale(conn: &Connection, tables: &[Table]) -> Result<()> {
    for Table { name, .. } in tables.iter().filter(|table| is_searched(table)) {
        let sql = format!("INSERT INTO stale SELECT '{name}', id FROM \"{name}\" WHERE true ON CONFLICT DO NOTHING");
        conn.execute(&sql, [])?;
    }
    open::put_fact(conn, "search", &(WORDS, SHAPE))
}

/// Has everything that was found looked at again, because the records are made again: some may not come back.
pub(crate) fn stale_again(conn: &Connection) -> Result<()> {
    conn.execute("INSERT INTO stale SELECT kind, id FROM found WHERE true ON CONFLICT DO NOTHING", [])?;
    Ok(())
}

fn is_searched(table: &Table) -> bool {
    table.fields.iter().any(|field| field.searched.is_some())
}

/// What notes that a record of a table changed; nothing where it is not searched.
pub(crate) fn triggers(table: &Table) -> String {
    if !is_searched(table) {
        return String::new();
    }
    let name = table.name;
    let searched = table.columns().filter(|field| field.searched.is_some() || field.name == REMOVED.name);
    let of = searched.map(|field| field.name).collect::<Vec<_>>().join(", ");
    let note = |when: &str, event: &str, row: &str| {
        format!(
            "CREATE TRIGGER \"{name}_{when}\" AFTER {event} ON \"{name}\" BEGIN\n    INSERT INTO stale VALUES \
             ('{name}', {row}.id) ON CONFLICT DO NOTHING;\nEND;\n"
        )
    };
    note("came", "INSERT", "new") + &note("changed", &format!("UPDATE OF {of}"), "new") + &note("went", "DELETE", "old")
}

impl Book {
    /// Reads for the search whatever changed since it was last read.
    pub fn index(&mut self) -> Result<()> {
        while self.index_some()? {}
        Ok(())
    }

    /// The same of a few records, in one commit; whether there are more. Others may write in between.
    pub fn index_some(&mut self) -> Result<bool> {
        let tables = self.tables;
        if !self.conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM stale)")?.query_row([], |row| row.get(0))? {
            return Ok(false);
        }
        let tx = self.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let stale: Vec<(String, [u8; 16])> = tx
            .prepare_cached("SELECT kind, id FROM stale WHERE kind <> '' LIMIT ?1")?
            .query_map([BATCH], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (kind, id) in &stale {
            if read(&tx, tables, kind, Uuid::from_bytes(*id))? {
                tx.prepare_cached("INSERT INTO stale VALUES ('', x'') ON CONFLICT DO NOTHING")?.execute([])?;
            }
            tx.prepare_cached("DELETE FROM stale WHERE kind = ?1 AND id = ?2")?.execute(params![kind, id])?;
        }
        let more = stale.len() == BATCH as usize;
        if !more && tx.execute("DELETE FROM stale WHERE kind = ''", [])? > 0 {
            // The words of what left would stay on the disk until the index's parts are merged some day.
            tx.execute("INSERT INTO word (word) VALUES ('optimize')", [])?;
        }
        tx.commit()?;
        Ok(more)
    }
}

/// Reads one record for the search; whether it left.
fn read(conn: &Connection, tables: &[Table], kind: &str, id: Uuid) -> Result<bool> {
    let entry = Table::find(tables, kind).map_or(Ok(None), |table| entry(conn, table, id))?;
    let key = params![kind, id.into_bytes()];
    let Some(entry) = entry else {
        let sql = "DELETE FROM found WHERE kind = ?1 AND id = ?2 RETURNING no";
        let no: Option<i64> = conn.prepare_cached(sql)?.query_row(key, |row| row.get(0)).optional()?;
        if let Some(no) = no {
            conn.prepare_cached("DELETE FROM word WHERE rowid = ?1")?.execute([no])?;
        }
        return Ok(no.is_some());
    };
    let no: i64 = conn
        .prepare_cached(
            "INSERT INTO found (kind, id, wants) VALUES (?1, ?2, ?3)
             ON CONFLICT (kind, id) DO UPDATE SET wants = excluded.wants RETURNING no",
        )?
        .query_row(params![kind, id.into_bytes(), entry.wants], |row| row.get(0))?;
    conn.prepare_cached("INSERT OR REPLACE INTO word (rowid, number, title, words) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![no, entry.number, entry.title, entry.words])?;
    Ok(false)
}

/// What a record is found by; nothing where it is not here, was taken away, or is not to be found any more.
fn entry(conn: &Connection, table: &Table, id: Uuid) -> Result<Option<Entry>> {
    let Some((_, row)) = journal::load(conn, table, id)? else { return Ok(None) };
    let mut entry = Entry::default();
    for (field, value) in table.columns().zip(row.values(table)) {
        let removed = field.name == REMOVED.name && value == Value::Number(1);
        match field.searched {
            _ if removed => return Ok(None),
            Some(Searched::Ends) if value != Value::Nothing => return Ok(None),
            Some(Searched::Words) if field.kind == Kind::Content => entry.read_file(conn, &value)?,
            Some(Searched::Number) => add(&mut entry.number, &called(value)),
            Some(Searched::Title) => add(&mut entry.title, &said(value)),
            Some(Searched::Words) => add(&mut entry.words, &said(value)),
            _ => {}
        }
    }
    Ok(Some(entry))
}

impl Entry {
    /// Adds the words of a file, if all of it is here; one that cannot be read has none.
    fn read_file(&mut self, conn: &Connection, name: &Value) -> Result<()> {
        let Value::Text(name) = name else { return Ok(()) };
        let Ok(content) = name.parse::<domain::Content>() else { return Ok(()) };
        let mut bytes = Vec::with_capacity(content.size as usize);
        for hash in &content.pieces {
            let mut found = conn.prepare_cached("SELECT bytes FROM piece WHERE hash = ?1 AND whole = 1")?;
            let Some(piece) = found.query_row([hash], |row| row.get::<_, Vec<u8>>(0)).optional()? else {
                self.wants = Some(*hash);
                return Ok(());
            };
            bytes.extend_from_slice(&piece);
        }
        for block in unpack_blocks(&bytes).unwrap_or_default() {
            block.words().for_each(|words| add(&mut self.words, words));
        }
        Ok(())
    }
}

/// A field's words after those before it.
fn add(to: &mut String, words: &str) {
    if !to.is_empty() {
        to.push('\n');
    }
    to.push_str(words);
}

fn said(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// As people call it: `số 12-NQ/TU`.
fn called(value: Value) -> String {
    let said = said(value);
    if said.contains(char::is_numeric) { format!("số {said}") } else { said }
}
