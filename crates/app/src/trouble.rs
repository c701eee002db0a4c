//! What went wrong, in terms the person at the screen can act on.

use std::collections::BTreeMap;

use domain::Fault;
use serde::Serialize;
use serde_json::Value as Json;
use ts_rs::TS;

/// A failure the screen is told of: the only one there is.
#[derive(Debug, Clone, Serialize, TS, thiserror::Error)]
#[error("{code:?}: {detail}")]
pub struct Trouble {
    /// What the screen does about it.
    pub code: Code,
    /// The fields to mend, for `invalid`.
    pub faults: Vec<Fault>,
    /// Numbers and words for the sentence: tries left, seconds to wait, the mark that was found.
    #[ts(type = "Record<string, string | number>")]
    pub params: BTreeMap<&'static str, Json>,
    /// For support; never personal, never the sentence itself.
    pub detail: String,
}

/// One code for each thing a screen does differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Not the PIN: `tries_left`, `wait_seconds`.
    WrongPin,
    /// Too soon: `wait_seconds`.
    Wait,
    /// Too many wrong PINs: the keys are gone, a new code is needed.
    Destroyed,
    /// A PIN is needed first.
    Locked,
    /// There is no book here yet.
    NoBook,
    /// Too short, or too easily guessed.
    WeakPin,
    /// The code has a slip of the finger in it.
    CodeMistyped,
    /// The province has no such code.
    CodeUnknown,
    /// The code was used before.
    CodeUsed,
    /// The code's three days are over.
    CodeExpired,
    /// Too many wrong tries with this code.
    CodeSpent,
    /// The book was begun before the province had a recovery key: nothing can open it any more.
    NoEnvelope,
    /// Only part of the code was typed: without a network the whole one is needed, as scanned.
    CodeShort,
    /// The file is no bundle, was cut off, or was altered on the way.
    BundleBroken,
    /// The file is for somebody else.
    BundleForeign,
    /// The file is too old.
    BundleExpired,
    /// The file answers an older question than the last that was written.
    BundleStale,
    /// The server cannot be reached; everything is saved here.
    Offline,
    /// What answers is not the province's server.
    BadServer,
    /// The server asks to come back later.
    ServerBusy,
    /// This device was shut out.
    Revoked,
    /// This person may not do that.
    NotAllowed,
    /// Somebody decided otherwise before: `by`, `at`.
    Decided,
    /// The book was opened and never filled: a first sync is needed.
    EmptyBook,
    /// There is no such thing here.
    NotFound,
    /// No rule is known for the day: nothing can be counted.
    NoRule,
    /// See `faults`.
    Invalid,
    /// No room on the disk.
    DiskFull,
    /// The book is of a newer app.
    TooNew,
    /// The book's file is damaged.
    BrokenBook,
    /// The system's keystore is locked or does not answer: log in again.
    KeystoreShut,
    /// None of the above: a mistake of ours.
    Internal,
}

impl Trouble {
    /// A failure with a word for support.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, faults: Vec::new(), params: BTreeMap::new(), detail: detail.into() }
    }

    /// Adds a number or a word for the sentence.
    pub fn with(mut self, name: &'static str, value: impl Into<Json>) -> Self {
        self.params.insert(name, value.into());
        self
    }

    /// A fault of one field.
    pub fn invalid(field: &str, why: &'static str) -> Self {
        Fault::new(field, why).into()
    }
}

impl From<Code> for Trouble {
    fn from(code: Code) -> Self {
        Self::new(code, String::new())
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        vec![fault].into()
    }
}

impl From<Vec<Fault>> for Trouble {
    fn from(faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::from(Code::Invalid) }
    }
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        let code = match error {
            store::Error::Full => Code::DiskFull,
            store::Error::TooNew => Code::TooNew,
            store::Error::Broken => Code::BrokenBook,
            store::Error::Keystore => Code::KeystoreShut,
            _ => Code::Internal,
        };
        Self::new(code, error.to_string())
    }
}

impl From<domain::Denied> for Trouble {
    fn from(_: domain::Denied) -> Self {
        Code::NotAllowed.into()
    }
}
