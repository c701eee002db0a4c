//! What the province keeps: every accepted entry, and what it must know of units, offices and devices to judge them.

mod aside;
mod backup;
mod keep;
mod number;
mod own;
mod piece;
mod pull;
mod register;
mod rights;
mod sqlite;

pub use aside::Aside;
pub use backup::Checked;
pub use own::{changes, stamp};
pub use piece::Standing;
pub use register::{Door, Register};
pub use sqlite::Sqlite;

use sync::Refusal;

/// Why the ledger could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Somebody else is writing for long; trying again helps.
    #[error("the ledger is busy")]
    Busy,
    /// The disk or the database failed.
    #[error("the ledger's database failed")]
    Database(#[source] rusqlite::Error),
    /// What is stored cannot be read.
    #[error("the ledger is damaged: {0}")]
    Damaged(&'static str),
    /// The server itself may not write this.
    #[error("not allowed: {0}")]
    NotAllowed(&'static str),
    /// There is no such thing.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// What an administrator wrote makes no sense.
    #[error(transparent)]
    Fault(#[from] domain::Fault),
    /// `init` found a ledger, or another command found none.
    #[error("{0}")]
    Place(&'static str),
}

impl LedgerError {
    /// Whether what was asked fails again however often it is tried; a full disk or a busy file does not.
    pub(crate) fn is_for_good(&self) -> bool {
        match self {
            Self::Database(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation),
            Self::NotAllowed(_) | Self::Missing(_) | Self::Fault(_) => true,
            Self::Busy | Self::Damaged(_) | Self::Place(_) => false,
        }
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::Busy,
            _ => Self::Database(error),
        }
    }
}

/// How a refusal is written in the quarantine.
const REFUSALS: [(Refusal, &str); 6] = [
    (Refusal::Unreadable, "unreadable"),
    (Refusal::Newer, "newer"),
    (Refusal::Signature, "signature"),
    (Refusal::Device, "device"),
    (Refusal::NotAllowed, "not_allowed"),
    (Refusal::Forked, "forked"),
];
