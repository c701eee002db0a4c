//! The book on this device: one encrypted SQLite file and the keys that open it.
//!
//! The journal of entries is the truth; the record tables are a reading of it and can always be made again.

mod blocks;
mod carry;
mod files;
mod journal;
mod key;
mod keystore;
mod open;
mod pen;
mod read;
mod search;
mod shape;
mod talk;
mod wipe;
mod write;

pub use blocks::{pack_blocks, unpack_blocks};
pub use carry::{Came, Lack, Rank, Room};
pub use key::{Cost, Keys, Locked, Refused, Vault};
pub use keystore::{FileKeystore, Item, Keystore, Kind, SystemKeystore, find as keystore};
pub use open::Book;
pub use read::{Other, Waiting};
pub use search::Match;
pub use shape::schema;
pub use talk::{SetAside, Taken};
pub use write::{Edit, Step};

/// What may go wrong with a book, by what its holder can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk is full: free some room; nothing was half-written.
    #[error("the disk is full")]
    Full,
    /// The book was last written by a newer app: update this one.
    #[error("the book is of a newer version")]
    TooNew,
    /// The key does not open this file, or the file is damaged.
    #[error("the book cannot be opened")]
    Broken,
    /// This build's SQLite is too old or cannot encrypt.
    #[error("this build cannot keep a book: {0}")]
    Unfit(String),
    /// A file beside the book could not be read or written.
    #[error("a file of the book could not be read or written: {0}")]
    File(std::io::ErrorKind),
    /// The system's keystore is locked, or does not answer.
    #[error("the system's keystore does not answer")]
    Keystore,
    /// The database said no.
    #[error("the database failed: {0}")]
    Sql(rusqlite::Error),
    /// An entry could not be sealed or read.
    #[error(transparent)]
    Entry(#[from] sync::Broken),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => Self::Broken,
            _ => Self::Sql(error),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            kind => Self::File(kind),
        }
    }
}

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;
