//! Every no the server says over the wire: a status and one word that a device acts on.

use axum::{
    http::{HeaderValue, StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};

use crate::LedgerError;

/// Why a request is not answered. The words are part of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No message of this protocol.
    Unreadable,
    /// No session, or one that is over: sign in again.
    Session,
    /// The device or its holder was shut out.
    Revoked,
    /// No such code, or a wrong proof of one.
    CodeUnknown,
    /// Another device has used it.
    CodeUsed,
    /// Its three days are over.
    CodeExpired,
    /// Too many wrong tries.
    CodeSpent,
    /// Longer than a request may be.
    TooLarge,
    /// Too many requests from one address.
    TooMany {
        /// Seconds to wait.
        wait: u64,
    },
    /// The server cannot say now.
    Busy,
    /// A bundle that is for somebody else.
    BundleForeign,
    /// A bundle that is too old.
    BundleExpired,
    /// Written by a newer app than this server.
    Newer,
    /// There is nothing at this address.
    Nowhere,
}

/// Seconds after which a busy server is asked again, at the earliest.
const BUSY_WAIT: u64 = 5;
/// A spent code does not come back: long enough that nobody keeps trying.
const SPENT_WAIT: u64 = 3600;

impl Refused {
    /// Its status, its word, and the seconds to wait, if waiting helps.
    pub fn said(self) -> (StatusCode, &'static str, Option<u64>) {
        match self {
            Self::Unreadable => (StatusCode::BAD_REQUEST, "unreadable", None),
            Self::Session => (StatusCode::UNAUTHORIZED, "session", None),
            Self::Revoked => (StatusCode::FORBIDDEN, "revoked", None),
            Self::CodeUnknown => (StatusCode::NOT_FOUND, "code_unknown", None),
            Self::CodeUsed => (StatusCode::GONE, "code_used", None),
            Self::CodeExpired => (StatusCode::GONE, "code_expired", None),
            Self::CodeSpent => (StatusCode::TOO_MANY_REQUESTS, "code_spent", Some(SPENT_WAIT)),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large", None),
            Self::TooMany { wait } => (StatusCode::TOO_MANY_REQUESTS, "too_many", Some(wait.max(1))),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", Some(BUSY_WAIT)),
            Self::BundleForeign => (StatusCode::UNPROCESSABLE_ENTITY, "bundle_foreign", None),
            Self::BundleExpired => (StatusCode::GONE, "bundle_expired", None),
            Self::Newer => (StatusCode::UNPROCESSABLE_ENTITY, "newer", None),
            Self::Nowhere => (StatusCode::NOT_FOUND, "nowhere", None),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, word, wait) = self.said();
        let mut response = (status, word).into_response();
        if let Some(wait) = wait {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }
}

impl From<LedgerError> for Refused {
    fn from(error: LedgerError) -> Self {
        tracing::error!(%error, "the ledger failed");
        Self::Busy
    }
}
