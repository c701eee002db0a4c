//! The record tables, made from the declarations, and made again whenever a declaration differs.

use domain::{Device, Field, Id, Kind, Table};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Book, Result, journal, search, wipe};

/// The SQL that makes every record table.
pub fn schema(tables: &[Table]) -> String {
    tables.iter().map(create).collect::<Vec<_>>().join("\n")
}

fn create(table: &Table) -> String {
    let name = table.name;
    let columns: String = table.columns().map(column).collect();
    let mut sql = format!(
        "CREATE TABLE \"{name}\" (\n    id BLOB NOT NULL PRIMARY KEY{columns},\n    _log INTEGER NOT NULL,\n    \
         _asks INTEGER NOT NULL DEFAULT 0,\n    _stamps BLOB NOT NULL\n) STRICT;\n"
    );
    for field in table.fields.iter().filter(|field| matches!(field.kind, Kind::Link(_))) {
        let field = field.name;
        sql += &format!("CREATE INDEX \"{name}_{field}\" ON \"{name}\" ({field});\n");
    }
    sql += &format!("CREATE INDEX \"{name}_asks\" ON \"{name}\" (id) WHERE _asks = 1;\n");
    sql + &search::triggers(table) + &wipe::triggers(table)
}

fn column(field: &Field) -> String {
    let kind = match field.kind {
        Kind::Number | Kind::Flag => "INTEGER",
        Kind::Link(_) => "BLOB",
        Kind::Text | Kind::Day | Kind::Moment | Kind::Choice(_) | Kind::Content => "TEXT",
    };
    let rule = match (field.optional, field.kind) {
        (true, _) => String::new(),
        (_, Kind::Number | Kind::Flag) => " NOT NULL DEFAULT 0".to_owned(),
        (_, Kind::Link(_)) => " NOT NULL DEFAULT x'00000000000000000000000000000000'".to_owned(),
        (_, Kind::Choice(of)) => format!(" NOT NULL DEFAULT '{}'", of.first().copied().unwrap_or_default()),
        _ => " NOT NULL DEFAULT ''".to_owned(),
    };
    format!(",\n    {} {kind}{rule}", field.name)
}

/// What was declared, down to what a merge depends on.
fn declared(table: &Table) -> String {
    let merges: Vec<_> =
        table.fields.iter().map(|f| format!("{} {:?} {:?} {:?}", f.name, f.kind, f.merge, f.searched)).collect();
    format!("{}\n{}\n{:?}", create(table), merges.join("\n"), table.made_from)
}

/// Makes again what is declared otherwise than when the book was last open.
pub(crate) fn fit(book: &mut Book) -> Result<()> {
    let tables = book.tables;
    let differs = tables
        .iter()
        .map(|table| Ok((table, was(&book.conn, table.name)?.as_deref() != Some(declared(table).as_str()))));
    let differs: Vec<_> = differs.collect::<Result<Vec<_>>>()?;
    // An entry that names its records by their values cannot be read by half a declaration: all are read again.
    if differs.iter().any(|(_, differs)| *differs) { remake(book) } else { Ok(()) }
}

/// Makes every record table again from the journal.
pub(crate) fn remake(book: &mut Book) -> Result<()> {
    let (tables, device) = (book.tables, book.device);
    let tx = book.conn.transaction()?;
    remake_in(&tx, tables, device)?;
    tx.commit()?;
    Ok(())
}

/// The same within a transaction of the caller's.
pub(crate) fn remake_in(tx: &Connection, tables: &'static [Table], device: Id<Device>) -> Result<()> {
    search::stale_again(tx)?;
    let gone: Vec<String> =
        tx.prepare("SELECT name FROM shape")?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for name in gone {
        tx.execute_batch(&format!("DROP TABLE IF EXISTS \"{}\"", name.replace('"', "")))?;
    }
    tx.execute("DELETE FROM shape", [])?;
    for table in tables {
        tx.execute_batch(&create(table))?;
        tx.execute("INSERT INTO shape (name, declared) VALUES (?1, ?2)", params![table.name, declared(table)])?;
    }
    journal::read_again(tx, tables, device)?;
    wipe::wipe(tx, tables)
}

fn was(conn: &Connection, name: &str) -> Result<Option<String>> {
    Ok(conn.query_row("SELECT declared FROM shape WHERE name = ?1", [name], |row| row.get(0)).optional()?)
}
