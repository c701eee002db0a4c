//! What a device takes from the ledger: entries after a cursor, chains, parts of one log. Every query walks
//! `entry_log`, so its cost follows what the reader may read and not how long the stream is.

use std::{collections::BTreeMap, rc::Rc};

use domain::{Device, Id, Log, Unit};
use rusqlite::{OptionalExtension, params, types::Value};
use sync::{Backfill, Carried, Chain, Cursor};
use uuid::Uuid;

use super::{LedgerError, Sqlite};

type Numbers = Rc<Vec<Value>>;

impl Sqlite {
    pub(super) fn pull_streams(&mut self, readable: &[Log]) -> Result<Vec<Cursor>, LedgerError> {
        let ids: Numbers = Rc::new(readable.iter().map(|log| Value::Blob(log.id().as_bytes().to_vec())).collect());
        let sql = "SELECT id, last_seq FROM stream
                   WHERE id IN (SELECT stream FROM log WHERE log.id IN rarray(?1)) ORDER BY id";
        let mut found = self.db.prepare_cached(sql)?;
        let streams = found.query_map([ids], |row| {
            let stream = Id::new(Uuid::from_bytes(row.get(0)?));
            Ok(Cursor { stream, seq: row.get::<_, i64>(1)?.cast_unsigned() })
        })?;
        Ok(streams.collect::<Result<_, _>>()?)
    }

    pub(super) fn pull_after(
        &mut self,
        cursor: Cursor,
        readable: &[Log],
        but: Id<Device>,
        room: usize,
    ) -> Result<(Vec<Carried>, u64), LedgerError> {
        let logs = self.numbers(cursor.stream, readable)?;
        let sql = "SELECT no, seq, size FROM entry INDEXED BY entry_log
                   WHERE log IN rarray(?1) AND seq > ?2 AND device <> ?3 ORDER BY seq";
        let mut found = self.db.prepare_cached(sql)?;
        let mut rows = found.query(params![logs, cursor.seq.cast_signed(), but.uuid().as_bytes()])?;
        let (mut taken, mut size) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            size += row.get::<_, i64>(2)?.cast_unsigned() as usize;
            if size > room && !taken.is_empty() {
                // Everything before the first entry left behind was heard, or was not for this reader.
                let upto = row.get::<_, i64>(1)?.cast_unsigned() - 1;
                return Ok((self.carried(&taken)?, upto));
            }
            taken.push(row.get(0)?);
        }
        let sql = "SELECT last_seq FROM stream WHERE id = ?1";
        let last: i64 = self.db.prepare_cached(sql)?.query_row([cursor.stream.uuid().as_bytes()], |row| row.get(0))?;
        Ok((self.carried(&taken)?, last.cast_unsigned()))
    }

    pub(super) fn pull_chains(
        &mut self,
        stream: Id<Unit>,
        upto: u64,
        readable: &[Log],
    ) -> Result<BTreeMap<Uuid, Chain>, LedgerError> {
        let logs = self.numbers(stream, readable)?;
        let sql = "SELECT log.id, entry.chain FROM log JOIN entry ON entry.no =
                       (SELECT no FROM entry INDEXED BY entry_log
                        WHERE log = log.no AND seq <= ?2 ORDER BY seq DESC LIMIT 1)
                   WHERE log.no IN rarray(?1)";
        let mut found = self.db.prepare_cached(sql)?;
        let chains = found
            .query_map(params![logs, upto.cast_signed()], |row| Ok((Uuid::from_bytes(row.get(0)?), row.get(1)?)))?;
        Ok(chains.collect::<Result<_, _>>()?)
    }

    pub(super) fn pull_left(&mut self, cursor: Cursor, readable: &[Log], but: Id<Device>) -> Result<u64, LedgerError> {
        let logs = self.numbers(cursor.stream, readable)?;
        let sql = "SELECT coalesce(sum(size), 0) FROM entry INDEXED BY entry_log
                   WHERE log IN rarray(?1) AND seq > ?2 AND device <> ?3";
        let mut found = self.db.prepare_cached(sql)?;
        let (after, but) = (cursor.seq.cast_signed(), but.uuid());
        Ok(found.query_row(params![logs, after, but.as_bytes()], |row| row.get::<_, i64>(0))?.cast_unsigned())
    }

    pub(super) fn pull_range(&mut self, part: &Backfill, room: usize) -> Result<(Vec<Carried>, bool), LedgerError> {
        let sql =
            "SELECT no, size FROM entry INDEXED BY entry_log WHERE log = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq";
        let bounds = self.bounds(part)?;
        let mut found = self.db.prepare_cached(sql)?;
        let mut rows = found.query(bounds)?;
        let (mut taken, mut size) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            size += row.get::<_, i64>(1)?.cast_unsigned() as usize;
            if size > room && !taken.is_empty() {
                return Ok((self.carried(&taken)?, false));
            }
            taken.push(row.get(0)?);
        }
        Ok((self.carried(&taken)?, true))
    }

    pub(super) fn pull_left_in(&mut self, part: &Backfill) -> Result<u64, LedgerError> {
        let sql = "SELECT coalesce(sum(size), 0) FROM entry INDEXED BY entry_log
                   WHERE log = ?1 AND seq > ?2 AND seq <= ?3";
        let bounds = self.bounds(part)?;
        Ok(self.db.prepare_cached(sql)?.query_row(bounds, |row| row.get::<_, i64>(0))?.cast_unsigned())
    }

    /// The row of the log, and the numbers after and up to which.
    fn bounds(&self, part: &Backfill) -> Result<(Option<i64>, i64, i64), LedgerError> {
        let mut found = self.db.prepare_cached("SELECT no FROM log WHERE id = ?1")?;
        let log = found.query_row([part.log.as_bytes()], |row| row.get(0)).optional()?;
        // A number past what SQLite holds means: to the end.
        let [after, upto] = [part.after, part.upto].map(|seq| i64::try_from(seq).unwrap_or(i64::MAX));
        Ok((log, after, upto))
    }

    /// How many bytes of entries a person's first sync takes.
    pub fn size_of(&mut self, readable: &[Log]) -> Result<u64, LedgerError> {
        let mut size = 0;
        for stream in self.pull_streams(readable)? {
            size += self.pull_left(Cursor { seq: 0, ..stream }, readable, Id::new(Uuid::nil()))?;
        }
        Ok(size)
    }

    /// The rows of those logs that are in one stream.
    fn numbers(&self, stream: Id<Unit>, logs: &[Log]) -> Result<Numbers, LedgerError> {
        let mut found = self.db.prepare_cached("SELECT no FROM log WHERE id = ?1 AND stream = ?2")?;
        let mut numbers = Vec::with_capacity(logs.len());
        for log in logs {
            let row = found.query_row(params![log.id().as_bytes(), stream.uuid().as_bytes()], |row| row.get(0));
            numbers.extend(row.optional()?.map(Value::Integer));
        }
        Ok(Rc::new(numbers))
    }

    fn carried(&self, numbers: &[i64]) -> Result<Vec<Carried>, LedgerError> {
        let mut found = self.db.prepare_cached("SELECT seq, received, bytes FROM entry WHERE no = ?1")?;
        let mut carried = Vec::with_capacity(numbers.len());
        for no in numbers {
            carried.push(found.query_row([no], |row| {
                let (seq, received) = (row.get::<_, i64>(0)?.cast_unsigned(), row.get::<_, i64>(1)?.cast_unsigned());
                Ok(Carried { seq, received, bytes: row.get(2)? })
            })?);
        }
        Ok(carried)
    }
}
