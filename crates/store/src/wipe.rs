//! Destroying the files of records that were wiped: a trigger notes that one was, whoever writes it, and the same commit deletes
//! them.

use std::collections::HashSet;

use domain::{Content, Digest, Table};
use rusqlite::Connection;

use crate::{
    Book, Result,
    carry::{Named, named},
    open,
};

/// Noted by a trigger when a record is wiped: its files are still to be destroyed.
const WIPING: &str = "wiping";

/// What notes that a record of a table was wiped; nothing where none can be.
pub(crate) fn triggers(table: &Table) -> String {
    let Some(wipes) = table.wipes() else { return String::new() };
    let (name, wipes) = (table.name, wipes.name);
    let note = |when: &str, event: &str| {
        format!(
            "CREATE TRIGGER \"{name}_wiped_{when}\" AFTER {event} ON \"{name}\" WHEN new.{wipes} IS NOT NULL BEGIN\n    \
             INSERT INTO fact VALUES ('{WIPING}', x'01') ON CONFLICT DO NOTHING;\nEND;\n"
        )
    };
    note("before", "INSERT") + &note("now", &format!("UPDATE OF {wipes}"))
}

/// Destroys the files of records that were wiped, but for those that another record names: in the commit that says so, and
/// whether or not the server has them. SQLite writes over their space.
pub(crate) fn wipe(conn: &Connection, tables: &[Table]) -> Result<()> {
    if open::fact::<bool>(conn, WIPING)?.is_none() {
        return Ok(());
    }
    let stand = named(conn, tables, |table| Some(stands(table)))?;
    let stand: HashSet<&Digest> = stand.iter().flat_map(|named| &named.content.pieces).collect();
    for Named { content, .. } in named(conn, tables, wiped)? {
        if content.pieces.iter().all(|piece| stand.contains(piece)) {
            continue;
        }
        for table in ["wish", "opened", "unwanted"] {
            conn.execute(&format!("DELETE FROM {table} WHERE file = ?1"), [&content.hash])?;
        }
        for piece in content.pieces.iter().filter(|piece| !stand.contains(piece)) {
            conn.execute("DELETE FROM piece WHERE hash = ?1", [piece])?;
            // Whoever gives that file again is to be asked for it anew.
            conn.execute("DELETE FROM there WHERE piece = ?1", [piece])?;
        }
    }
    conn.execute("DELETE FROM fact WHERE name = ?1", [WIPING])?;
    Ok(())
}

/// What is true of a table's records that were wiped; nothing where none can be.
fn wiped(table: &Table) -> Option<String> {
    table.wipes().map(|field| format!("\"{}\" IS NOT NULL", field.name))
}

/// What is true of the others.
pub(crate) fn stands(table: &Table) -> String {
    wiped(table).map_or_else(|| "true".to_owned(), |wiped| format!("NOT ({wiped})"))
}

impl Book {
    /// Every file of a record that was wiped.
    pub fn wiped_files(&self) -> Result<Vec<Content>> {
        let wiped = named(&self.conn, self.tables, wiped)?;
        Ok(wiped.into_iter().map(|named| named.content).collect())
    }
}
