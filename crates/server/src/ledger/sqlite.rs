//! The ledger in one SQLite file: opening it, and one transaction at a time.

use std::{
    collections::HashMap,
    fs::{DirBuilder, OpenOptions},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
    time::Duration,
};

use domain::{Device, Id, Table, Unit};
use rusqlite::{Connection, OpenFlags, params};
use sync::{Entry, SigningKey, device_of};

use super::{LedgerError, Register, number, piece, rights::log_in};
use crate::{Outside, day_of};

pub(super) const FILE: &str = "ledger.db";
/// Bumped with every change of `schema.sql` that an older server could not read.
const SHAPE: i32 = 2;

/// The ledger and what is kept of it in memory. Everything happens inside [`Sqlite::transaction`].
pub struct Sqlite {
    pub(super) db: Connection,
    pub(super) register: Register,
    /// When the transaction began: the clock of everything in it, milliseconds since 1970.
    pub(super) now: u64,
    key: SigningKey,
    epoch: u64,
    /// How far the register has followed each stream.
    heard: HashMap<[u8; 16], i64>,
    /// `PRAGMA data_version` when it was last made to agree; none when it must be made anew.
    agreed: Option<i64>,
    /// Whether bytes of pieces may wait to be destroyed.
    pub(super) wiped: bool,
}

impl Sqlite {
    /// Makes the ledger of a new province in `dir`, readable by its owner alone.
    pub fn init(dir: &Path, outside: &Outside) -> Result<Self, LedgerError> {
        let file = dir.join(FILE);
        if file.exists() {
            return Err(LedgerError::Place("there is a ledger already"));
        }
        let unwritable = |_| LedgerError::Place("the folder cannot be written");
        DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(unwritable)?;
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file).map_err(unwritable)?;
        let mut db = connect(&file)?;
        let made = db.transaction()?;
        made.execute_batch(include_str!("schema.sql"))?;
        made.pragma_update(None, "user_version", SHAPE)?;
        // A device that knows no epoch says 0; SQLite's integers are signed.
        let epoch = (u64::from_be_bytes(outside.bytes()) >> 1).max(1);
        let seed = outside.bytes::<32>();
        made.execute("INSERT INTO meta (one, epoch, seed) VALUES (1, ?1, ?2)", params![epoch.cast_signed(), seed])?;
        made.commit()?;
        drop(db);
        Self::open(dir)
    }

    /// Opens the ledger in `dir`.
    pub fn open(dir: &Path) -> Result<Self, LedgerError> {
        let file = dir.join(FILE);
        if !file.exists() {
            return Err(LedgerError::Place("there is no ledger here; `province init` makes one"));
        }
        let db = connect(&file)?;
        db.execute_batch(number::SQL)?;
        db.execute_batch(piece::SQL)?;
        // Left over where the server was killed.
        Ok(Self { wiped: true, ..Self::with(db)? })
    }

    /// Opens a ledger's file to read it as it is, without a trace.
    pub(super) fn to_read(file: &Path) -> Result<Self, LedgerError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut ledger = Self::with(Connection::open_with_flags(file, flags)?)?;
        ledger.catch_up()?;
        Ok(ledger)
    }

    pub(super) fn with(db: Connection) -> Result<Self, LedgerError> {
        if db.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0))? != SHAPE {
            return Err(LedgerError::Place("the ledger was made by another version"));
        }
        let (epoch, seed) = db.query_row("SELECT epoch, seed FROM meta", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?))
        })?;
        let key = SigningKey::from_bytes(&seed);
        let (register, heard) = (Register::default(), HashMap::new());
        Ok(Self { db, register, now: 0, key, epoch: epoch.cast_unsigned(), heard, agreed: None, wiped: false })
    }

    /// Does `work` in one transaction that begins at `now`; what it says is true once this returns. A failure
    /// leaves nothing behind.
    pub fn transaction<T>(
        &mut self,
        now: u64,
        work: impl FnOnce(&mut Self) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        // Left open by a panic in an earlier one.
        if !self.db.is_autocommit() {
            self.agreed = None;
            self.db.execute_batch("ROLLBACK")?;
        }
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        self.now = now;
        let done = self.catch_up().and_then(|()| work(self)).and_then(|done| {
            self.db.execute_batch("COMMIT")?;
            Ok(done)
        });
        if done.is_err() {
            self.agreed = None;
            if !self.db.is_autocommit() {
                self.db.execute_batch("ROLLBACK")?;
            }
        }
        if done.is_ok() && self.wiped {
            // What was said stands all the same; what cannot be destroyed now is tried with the next, or at the next start.
            self.wiped = false;
            let _ = self.sweep().inspect_err(|error| tracing::error!(%error, "pieces are not destroyed"));
        }
        done
    }

    /// Hears what other processes have written into register logs.
    fn catch_up(&mut self) -> Result<(), LedgerError> {
        let version = self.db.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if self.agreed == Some(version) {
            return Ok(());
        }
        if self.agreed.is_none() {
            self.register = Register::default();
            self.heard.clear();
        }
        let streams: Vec<([u8; 16], i64)> = {
            let mut found = self.db.prepare_cached("SELECT id, last_seq FROM stream")?;
            found.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?
        };
        for (stream, last) in streams {
            let heard = self.heard.insert(stream, last).unwrap_or_default();
            if heard < last {
                self.hear(stream, heard)?;
            }
        }
        self.agreed = Some(version);
        Ok(())
    }

    fn hear(&mut self, stream: [u8; 16], after: i64) -> Result<(), LedgerError> {
        // From the few register logs, never through the long stream that they stand in.
        let sql = "SELECT log.unit, log.audience, log.member, entry.received, entry.bytes
                   FROM log CROSS JOIN entry INDEXED BY entry_log ON entry.log = log.no AND entry.seq > ?2
                   WHERE log.stream = ?1 AND log.audience = 0 ORDER BY entry.seq";
        let mut found = self.db.prepare_cached(sql)?;
        let mut rows = found.query(params![stream, after])?;
        while let Some(row) = rows.next()? {
            let log = log_in(row, 0)?;
            let received = row.get::<_, i64>(3)?.cast_unsigned();
            let Ok(entry) = Entry::read(row.get_ref(4)?.as_blob().unwrap_or_default(), domain::TABLES) else {
                return Err(LedgerError::Damaged("an entry"));
            };
            for change in &entry.changes {
                self.register.take(&log, change, change.stamp.received(received));
            }
        }
        Ok(())
    }

    /// Notes that the register has heard of this place of a stream.
    pub(super) fn has_heard(&mut self, stream: Id<Unit>, seq: i64) {
        self.heard.insert(*stream.uuid().as_bytes(), seq);
    }

    /// Notes that the register must be made anew.
    pub(super) fn doubt(&mut self) {
        self.agreed = None;
    }

    /// Units, members, grants and devices as they stand.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The transaction's clock, milliseconds since 1970.
    pub fn now(&self) -> u64 {
        self.now
    }

    /// Puts the transaction's clock to another time: for entries that are made up.
    pub fn set_now(&mut self, now: u64) {
        self.now = now;
    }

    /// The day in Vietnam.
    pub fn today(&self) -> String {
        day_of(self.now)
    }

    /// The server's own key: signs heads and the server's entries.
    pub fn root(&self) -> &SigningKey {
        &self.key
    }

    /// The server's own name as an author.
    pub fn root_device(&self) -> Id<Device> {
        device_of(&self.key.verifying_key())
    }

    /// Says that this ledger was put back from an older copy: devices compare everything anew and hand back what it
    /// lost.
    pub fn restored(&mut self, outside: &Outside) -> Result<(), LedgerError> {
        let epoch = (u64::from_be_bytes(outside.bytes()) >> 1).max(1);
        self.db.execute("UPDATE meta SET epoch = ?1", [epoch.cast_signed()])?;
        self.epoch = epoch;
        Ok(())
    }

    /// Whom devices seal their recovery envelopes for.
    pub fn recovery(&self) -> Result<Option<String>, LedgerError> {
        Ok(self.db.query_row("SELECT recovery FROM meta", [], |row| row.get(0))?)
    }

    /// Says whom. Envelopes made before stay sealed for whom they were.
    pub fn set_recovery(&mut self, recipient: &str) -> Result<(), LedgerError> {
        self.db.execute("UPDATE meta SET recovery = ?1", [recipient])?;
        Ok(())
    }

    /// Drawn anew when a server is restored.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The tables this server knows.
    pub fn tables(&self) -> &'static [Table] {
        domain::TABLES
    }

    /// The database, for what stands beside the entries: codes and sessions.
    pub(crate) fn db(&self) -> &Connection {
        &self.db
    }
}

/// Before this one SQLite could damage a write-ahead log.
const OLDEST_SQLITE: i32 = 3_051_003;

pub(super) fn connect(file: &Path) -> Result<Connection, LedgerError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(LedgerError::Place("this SQLite damages write-ahead logs"));
    }
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(Duration::from_secs(10))?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "cell_size_check", true)?;
    db.set_prepared_statement_cache_capacity(64);
    rusqlite::vtab::array::load_module(&db)?;
    Ok(db)
}
