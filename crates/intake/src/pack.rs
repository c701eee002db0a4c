//! The parts of a Word file, out of its zip, with a bound on each.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use crate::Refusal;

/// Parts that a file may have.
const PARTS: usize = 2_000;
/// Bytes that one part may come to.
const PART: u64 = 32 * 1024 * 1024;

/// A Word file.
pub(crate) struct Pack<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Pack<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let pack = Self(ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?);
        if pack.0.len() > PARTS {
            return Err(Refusal::Bomb);
        }
        let named = |name: &str| pack.0.file_names().any(|one| one.eq_ignore_ascii_case(name));
        if pack.0.file_names().any(|one| one.to_ascii_lowercase().ends_with("vbaproject.bin")) {
            return Err(Refusal::Macros);
        }
        if named("word/document.xml") { Ok(pack) } else { Err(Refusal::NotADocument) }
    }

    pub fn pictures(&self) -> bool {
        self.0.file_names().any(|name| name.starts_with("word/media/"))
    }

    /// A part's text; none where there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let part = match self.0.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(_)) => return Err(Refusal::Encrypted),
            Err(_) => return Err(Refusal::Broken),
        };
        let mut text = Vec::new();
        part.take(PART + 1).read_to_end(&mut text).map_err(|_| Refusal::Broken)?;
        if text.len() as u64 > PART {
            return Err(Refusal::Bomb);
        }
        String::from_utf8(text).map(Some).map_err(|_| Refusal::Broken)
    }
}
