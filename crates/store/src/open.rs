//! Opening the one encrypted file.

use std::{fmt::Write as _, path::Path};

use domain::{Device, Id, Table};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};
use sync::SigningKey;
use zeroize::Zeroizing;

use crate::{Error, Keys, Result, search, shape, talk};

/// The format of the journal; a higher one is of a newer app.
const FORMAT: i64 = 3;
/// The first SQLite without the corruption of a reset write-ahead log.
const OLDEST_SQLITE: i32 = 3_051_003;

/// An open book.
pub struct Book {
    pub(crate) conn: Connection,
    pub(crate) tables: &'static [Table],
    pub(crate) key: SigningKey,
    pub(crate) device: Id<Device>,
}

impl Book {
    /// Opens the book in `folder`, making it if there is none, and makes again whatever tables are declared otherwise
    /// than when it was last open.
    pub fn open(folder: &Path, keys: &Keys, tables: &'static [Table]) -> Result<Self> {
        Self::with(Connection::open(folder.join("book.db"))?, keys, tables)
    }

    /// Opens a book on a connection of the caller's own making.
    pub fn with(conn: Connection, keys: &Keys, tables: &'static [Table]) -> Result<Self> {
        let mut key = Zeroizing::new(String::with_capacity(67));
        key.push_str("x'");
        keys.book.iter().try_for_each(|byte| write!(key, "{byte:02x}")).map_err(|_| Error::Broken)?;
        key.push('\'');
        conn.pragma_update(None, "key", key.as_str())?;
        let cipher: Option<String> = conn.query_row("PRAGMA cipher_version", [], |row| row.get(0)).optional()?;
        if cipher.is_none() {
            return Err(Error::Unfit("no SQLCipher".into()));
        }
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(Error::Unfit(format!("SQLite {}", rusqlite::version())));
        }
        conn.set_prepared_statement_cache_capacity(256);
        conn.busy_timeout(std::time::Duration::from_secs(5))?;
        conn.execute_batch(
            "PRAGMA cipher_log_level = NONE;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA trusted_schema = OFF;
             PRAGMA secure_delete = ON;
             PRAGMA cell_size_check = ON;
             PRAGMA mmap_size = 0;
             PRAGMA temp_store = MEMORY;
             PRAGMA cache_size = -32000;",
        )?;
        conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        let format: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if format > FORMAT {
            return Err(Error::TooNew);
        }
        if format < FORMAT {
            conn.execute_batch(include_str!("journal.sql"))?;
            conn.pragma_update(None, "user_version", FORMAT)?;
        }
        search::register(&conn)?;
        let search_is_new = search::made(&conn)?;
        let key = SigningKey::from_bytes(&keys.seed);
        let device = sync::device_of(&key.verifying_key());
        let mut book = Self { conn, tables, key, device };
        shape::fit(&mut book)?;
        if search_is_new {
            search::all_stale(&book.conn, tables)?;
        }
        talk::read_waiting(&mut book)?;
        Ok(book)
    }

    /// The device this book is on.
    pub fn device(&self) -> Id<Device> {
        self.device
    }

    /// The key it signs with.
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Something small that is kept beside the records.
    pub fn fact<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        fact(&self.conn, name)
    }

    /// Keeps something small.
    pub fn put_fact<T: Serialize>(&self, name: &str, value: &T) -> Result<()> {
        put_fact(&self.conn, name, value)
    }

    /// Closes it.
    pub fn close(self) -> Connection {
        self.conn
    }
}

pub(crate) fn fact<T: DeserializeOwned>(conn: &Connection, name: &str) -> Result<Option<T>> {
    let bytes: Option<Vec<u8>> = conn
        .prepare_cached("SELECT value FROM fact WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    Ok(bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok()))
}

pub(crate) fn put_fact<T: Serialize>(conn: &Connection, name: &str, value: &T) -> Result<()> {
    let bytes = postcard::to_stdvec(value).map_err(|_| Error::Broken)?;
    conn.prepare_cached(
        "INSERT INTO fact (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![name, bytes])?;
    Ok(())
}
