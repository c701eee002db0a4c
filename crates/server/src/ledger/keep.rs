//! What the exchange asks of the ledger: to find, judge, append and set aside entries.

use std::collections::{BTreeMap, HashSet};

use domain::{Audience, Device, Id, Log, Table, Unit};
use rusqlite::{OptionalExtension, params};
use sync::{Backfill, Carried, Chain, Cursor, Entry, Hash, NO_CHAIN, Place, Refusal, VerifyingKey, follow};

use super::{LedgerError, REFUSALS, Sqlite};

impl sync::Ledger for Sqlite {
    type Error = LedgerError;

    fn epoch(&self) -> u64 {
        Sqlite::epoch(self)
    }

    fn tables(&self) -> &[Table] {
        Sqlite::tables(self)
    }

    fn find(&mut self, hash: &Hash) -> Result<Option<(u64, u64)>, LedgerError> {
        let mut found = self.db.prepare_cached("SELECT seq, received FROM entry WHERE hash = ?1")?;
        let place = found.query_row([hash], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).optional()?;
        Ok(place.map(|(seq, received)| (seq.cast_unsigned(), received.cast_unsigned())))
    }

    fn aside(&mut self, hash: &Hash) -> Result<Option<Refusal>, LedgerError> {
        let mut found = self.db.prepare_cached("SELECT code FROM quarantine WHERE hash = ?1")?;
        let word: Option<String> = found.query_row([hash], |row| row.get(0)).optional()?;
        Ok(word.and_then(|word| REFUSALS.iter().find(|(_, known)| *known == word)).map(|(code, _)| *code))
    }

    fn expect(&mut self, log: &Log, device: Id<Device>) -> Result<u64, LedgerError> {
        let sql = "SELECT max(
                       coalesce((SELECT max(number) FROM entry
                                 WHERE log = (SELECT no FROM log WHERE id = ?1) AND device = ?2), 0),
                       coalesce((SELECT max(number) FROM quarantine WHERE log = ?1 AND device = ?2), 0))";
        let mut found = self.db.prepare_cached(sql)?;
        let last =
            found.query_row(params![log.id().as_bytes(), device.uuid().as_bytes()], |row| row.get::<_, i64>(0))?;
        let next = last.cast_unsigned() + 1;
        // The server numbers its own by the clock: after a restore it does not use the numbers of what it lost, which
        // devices then hand back.
        Ok(if device == self.root_device() { next.max(self.now) } else { next })
    }

    fn used(&mut self, log: &Log, device: Id<Device>, number: u64) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM entry
                                  WHERE log = (SELECT no FROM log WHERE id = ?1) AND device = ?2 AND number = ?3)
                       OR EXISTS (SELECT 1 FROM quarantine WHERE log = ?1 AND device = ?2 AND number = ?3)";
        let mut found = self.db.prepare_cached(sql)?;
        let (log, device) = (log.id(), device.uuid());
        Ok(found.query_row(params![log.as_bytes(), device.as_bytes(), number.cast_signed()], |row| row.get(0))?)
    }

    fn key(&mut self, device: Id<Device>) -> Option<VerifyingKey> {
        if device == self.root_device() {
            return Some(self.root().verifying_key());
        }
        // One that was shut out too: after a restore others hand back what it wrote before. Its words are set aside,
        // where the office sees them, and not refused, which would lose them.
        self.register.key(device)
    }

    fn authorize(&mut self, entry: &Entry) -> Result<bool, LedgerError> {
        self.allows(entry)
    }

    fn apart<T>(&mut self, write: impl FnOnce(&mut Self) -> Result<T, LedgerError>) -> Result<Option<T>, LedgerError> {
        self.db.execute_batch("SAVEPOINT apart")?;
        let done = write(self);
        if done.is_err() {
            self.doubt();
            self.db.execute_batch("ROLLBACK TO apart")?;
        }
        self.db.execute_batch("RELEASE apart")?;
        match done {
            Err(error) if error.is_for_good() => {
                tracing::error!(%error, "an entry cannot be kept");
                Ok(None)
            }
            done => done.map(Some),
        }
    }

    fn append(&mut self, entry: &Entry, hash: &Hash, bytes: &[u8]) -> Result<(u64, u64), LedgerError> {
        let (no, stream, chain) = self.log_row(entry)?;
        let sql = "UPDATE stream SET last_seq = last_seq + 1, last_received = max(?2, last_received + 1)
                   WHERE id = ?1 RETURNING last_seq, last_received";
        let (seq, received): (i64, i64) = self
            .db
            .prepare_cached(sql)?
            .query_row(params![stream.uuid().as_bytes(), self.now.cast_signed()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let chain = follow(&chain, hash, received.cast_unsigned());
        self.db
            .prepare_cached("UPDATE log SET count = count + 1, chain = ?2 WHERE no = ?1")?
            .execute(params![no, chain])?;
        let sql = "INSERT INTO entry (stream, seq, log, device, number, received, size, hash, chain, bytes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        self.db.prepare_cached(sql)?.execute(params![
            stream.uuid().as_bytes(),
            seq,
            no,
            entry.device.uuid().as_bytes(),
            entry.number.cast_signed(),
            received,
            bytes.len() as i64,
            hash,
            chain,
            bytes
        ])?;
        let mut touched = HashSet::new();
        for change in entry.changes.iter().filter(|change| touched.insert(change.id)) {
            self.db
                .prepare_cached("INSERT OR IGNORE INTO home (record, log) VALUES (?1, ?2)")?
                .execute(params![change.id.as_bytes(), no])?;
        }
        let received = received.cast_unsigned();
        if entry.log.audience == Audience::Register {
            for change in &entry.changes {
                self.register.take(&entry.log, change, change.stamp.received(received));
            }
        }
        self.has_heard(stream, seq);
        self.name_pieces(no, entry)?;
        self.number(entry)?;
        Ok((seq.cast_unsigned(), received))
    }

    fn quarantine(
        &mut self,
        (log, device, number): &Place,
        hash: &Hash,
        bytes: &[u8],
        code: Refusal,
    ) -> Result<(), LedgerError> {
        let word = REFUSALS.iter().find(|(known, _)| *known == code).map_or("", |(_, word)| word);
        let sql = "INSERT OR IGNORE INTO quarantine (log, device, number, hash, code, at, bytes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.db.prepare_cached(sql)?.execute(params![
            log.id().as_bytes(),
            device.uuid().as_bytes(),
            number.cast_signed(),
            hash,
            word,
            self.now.cast_signed(),
            bytes
        ])?;
        Ok(())
    }

    fn streams(&mut self, readable: &[Log]) -> Result<Vec<Cursor>, LedgerError> {
        self.pull_streams(readable)
    }

    fn after(
        &mut self,
        cursor: Cursor,
        readable: &[Log],
        but: Id<Device>,
        room: usize,
    ) -> Result<(Vec<Carried>, u64), LedgerError> {
        self.pull_after(cursor, readable, but, room)
    }

    fn chains(
        &mut self,
        stream: Id<Unit>,
        upto: u64,
        readable: &[Log],
    ) -> Result<BTreeMap<uuid::Uuid, Chain>, LedgerError> {
        self.pull_chains(stream, upto, readable)
    }

    fn left(&mut self, cursor: Cursor, readable: &[Log], but: Id<Device>) -> Result<u64, LedgerError> {
        self.pull_left(cursor, readable, but)
    }

    fn range(&mut self, part: &Backfill, room: usize) -> Result<(Vec<Carried>, bool), LedgerError> {
        self.pull_range(part, room)
    }

    fn left_in(&mut self, part: &Backfill) -> Result<u64, LedgerError> {
        self.pull_left_in(part)
    }
}

impl Sqlite {
    /// The log's number, its stream and its chain; a log begins with its first entry and stays in its stream,
    /// wherever its unit is hung later.
    fn log_row(&mut self, entry: &Entry) -> Result<(i64, Id<Unit>, Chain), LedgerError> {
        let log = &entry.log;
        let sql = "SELECT no, stream, chain FROM log WHERE id = ?1";
        let found = self.db.prepare_cached(sql)?.query_row([log.id().as_bytes()], |row| {
            let stream: [u8; 16] = row.get(1)?;
            Ok((row.get(0)?, Id::new(uuid::Uuid::from_bytes(stream)), row.get(2)?))
        });
        if let Some(row) = found.optional()? {
            return Ok(row);
        }
        // The first entry of a unit is the one that says where the unit hangs.
        let mut scene = self.register.scratch();
        entry.changes.iter().for_each(|change| scene.take(change, change.stamp));
        let stream = scene.stream(log.unit).ok_or(LedgerError::Missing("unit above"))?;
        self.db.prepare_cached("INSERT OR IGNORE INTO stream (id) VALUES (?1)")?.execute([stream.uuid().as_bytes()])?;
        let sql = "INSERT INTO log (id, unit, audience, member, stream, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.db.prepare_cached(sql)?.execute(params![
            log.id().as_bytes(),
            log.unit.uuid().as_bytes(),
            log.audience as u8,
            log.member.map(|member| *member.uuid().as_bytes()),
            stream.uuid().as_bytes(),
            NO_CHAIN
        ])?;
        Ok((self.db.last_insert_rowid(), stream, NO_CHAIN))
    }
}
