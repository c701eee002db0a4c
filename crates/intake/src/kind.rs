//! What a file is, by its first bytes and never by its name.

use serde::Serialize;
use ts_rs::TS;

use crate::Refusal;

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PaperKind")]
pub enum Kind {
    /// A Word file.
    Docx,
    /// A PDF.
    Pdf,
    /// A photograph.
    Jpg,
    /// A picture.
    Png,
}

/// An old Office file, or a new one under a password: both are compound files.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// The name of the stream that holds a locked file, as a compound file spells it.
const LOCKED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

pub(crate) fn of(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Docx);
    }
    let begins = [(&b"%PDF-"[..], Kind::Pdf), (b"\xff\xd8\xff", Kind::Jpg), (b"\x89PNG\r\n\x1a\n", Kind::Png)];
    if let Some((_, kind)) = begins.into_iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return Ok(kind);
    }
    if bytes.starts_with(COMPOUND) && bytes.windows(LOCKED.len()).any(|part| part == LOCKED) {
        return Err(Refusal::Encrypted);
    }
    Err(if bytes.is_empty() { Refusal::Empty } else { Refusal::NotADocument })
}
