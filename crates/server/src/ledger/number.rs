//! Numbers that the server gives: each the next of its series, one for each record that asks, none a second time. Which
//! tables have them is said by their declarations.

use domain::{Id, Table, Unit, Value};
use rusqlite::params;
use sync::Entry;
use uuid::Uuid;

use super::{LedgerError, Sqlite};

/// The table's text; a ledger that was made before it takes it when it is opened.
pub(super) const SQL: &str = include_str!("number.sql");

impl Sqlite {
    /// Hears the numbers that an accepted entry carries, and gives those that it asks for, in an entry of the server's own
    /// in the same log: what is accepted is numbered in the same transaction, or is not accepted.
    pub(super) fn number(&mut self, entry: &Entry) -> Result<(), LedgerError> {
        let unit = entry.log.unit;
        let mut given = Vec::new();
        for change in &entry.changes {
            let Some(table) = Table::find(self.tables(), &change.table) else { continue };
            let Some((series, number)) = table.numbered else { continue };
            match &change.value {
                // The server's own word, written just now or handed back after a restore.
                Value::Number(word) if change.field == number => self.hold(unit, table, change.id, *word)?,
                Value::Text(word) if change.field == series && !word.is_empty() => {
                    let next = self.next(unit, table, change.id, word)?;
                    given.extend(next.map(|next| self.change(table, change.id, number, next)));
                }
                _ => {}
            }
        }
        if given.is_empty() { Ok(()) } else { self.write(entry.log, &given) }
    }

    /// The next number of a series, kept for this record; none where the record has one.
    fn next(&mut self, unit: Id<Unit>, table: &Table, record: Uuid, series: &str) -> Result<Option<i64>, LedgerError> {
        // A number that was handed back before the entry that asked for it hears its series now.
        let sql = "UPDATE number SET series = coalesce(series, ?2) WHERE record = ?1";
        if self.db.prepare_cached(sql)?.execute(params![record.as_bytes(), series])? > 0 {
            return Ok(None);
        }
        // A number whose series is not known yet may be of this one.
        let sql = "INSERT INTO number (record, number, unit, kind, series)
                   SELECT ?1, 1 + coalesce(max(number), 0), ?2, ?3, ?4 FROM number
                   WHERE unit = ?2 AND kind = ?3 AND (series = ?4 OR series IS NULL)
                   RETURNING number";
        let unit = unit.uuid();
        let of = params![record.as_bytes(), unit.as_bytes(), table.name, series];
        Ok(Some(self.db.prepare_cached(sql)?.query_row(of, |row| row.get(0))?))
    }

    /// Counts a number that is there already, so that it is not given again.
    fn hold(&mut self, unit: Id<Unit>, table: &Table, record: Uuid, number: i64) -> Result<(), LedgerError> {
        let sql = "INSERT OR IGNORE INTO number (record, number, unit, kind, series)
                   SELECT ?1, ?2, ?3, ?4, (SELECT max(series) FROM number WHERE record = ?1)";
        let unit = unit.uuid();
        let of = params![record.as_bytes(), number, unit.as_bytes(), table.name];
        self.db.prepare_cached(sql)?.execute(of)?;
        Ok(())
    }
}
