//! What the server set aside, as it is shown to those who may write the records concerned.

use serde::{Deserialize, Serialize};

use crate::{Refusal, exchange::MOST_ENTRIES, wire::few};

/// Entries that were set aside, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asides {
    /// The entries.
    #[serde(deserialize_with = "few::<MOST_ENTRIES, _, _>")]
    pub entries: Vec<Aside>,
    /// Whether there are more, with higher numbers than the last of these.
    pub more: bool,
}

/// One entry that was set aside. Its name, its log and its author follow from its bytes, and nobody's word is taken
/// for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// Its number in the quarantine.
    pub no: u64,
    /// When it came, milliseconds since 1970.
    pub at: u64,
    /// Why it may not stand.
    pub code: Refusal,
    /// Verbatim.
    pub bytes: Vec<u8>,
}
