//! A file by what it holds: its SHA-256, its length, and the SHA-256 of each of its pieces, so that every piece proves
//! itself as it comes, whoever brings it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use ts_rs::{Config, TS};

use crate::Fault;

/// What names a file or a piece of one: its SHA-256.
pub type Digest = [u8; 32];

/// The name of a file. Written `SHA-256:length`, and where it has several pieces the SHA-256 of each after another colon.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Content {
    /// SHA-256 of the whole: what anybody can compute of a copy.
    pub hash: Digest,
    /// Bytes.
    pub size: u32,
    /// SHA-256 of each piece of [`Content::PIECE`] bytes, the last one shorter.
    pub pieces: Vec<Digest>,
}

impl Content {
    /// Bytes of a piece.
    pub const PIECE: usize = 256 * 1024;
    /// Bytes of the longest file.
    pub const MOST: usize = 48 * 1024 * 1024;

    /// The length of a piece.
    pub fn length(&self, piece: usize) -> usize {
        (self.size as usize).saturating_sub(piece * Self::PIECE).min(Self::PIECE)
    }

    fn fits(&self) -> bool {
        let size = self.size as usize;
        (1..=Self::MOST).contains(&size)
            && self.pieces.len() == size.div_ceil(Self::PIECE)
            && (self.pieces.len() > 1 || self.pieces.first() == Some(&self.hash))
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", hex(&self.hash), self.size)?;
        if self.pieces.len() > 1 {
            f.write_str(":")?;
            self.pieces.iter().try_for_each(|piece| f.write_str(&hex(piece)))?;
        }
        Ok(())
    }
}

impl FromStr for Content {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let read = || {
            let mut parts = text.split(':');
            let hash = unhex(parts.next()?)?;
            let size = parts.next()?.parse().ok()?;
            let pieces = match parts.next() {
                None => vec![hash],
                Some(all) => {
                    let at = (0..all.len()).step_by(64);
                    at.map(|at| unhex(all.get(at..at + 64)?)).collect::<Option<_>>()?
                }
            };
            let content = Self { hash, size, pieces };
            // One spelling: what is written otherwise is none.
            (content.fits() && content.to_string() == text).then_some(content)
        };
        read().ok_or_else(|| Fault::new("content", "unreadable"))
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// 64 hexadecimal digits as 32 bytes.
pub fn unhex(hex: &str) -> Option<Digest> {
    let mut digest = Digest::default();
    if hex.len() != 2 * digest.len() || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(digest)
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl TS for Content {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &Config) -> String {
        "string".to_owned()
    }
    fn inline(config: &Config) -> String {
        Self::name(config)
    }
}

impl From<Content> for crate::Value {
    fn from(content: Content) -> Self {
        Self::Text(content.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(size: u32, pieces: usize) -> Content {
        Content { hash: [1; 32], size, pieces: (1..=pieces).map(|at| [at as u8; 32]).collect() }
    }

    #[test]
    fn a_name_reads_back_and_another_spelling_is_none() {
        for one in
            [content(1, 1), content(256 * 1024, 1), content(256 * 1024 + 1, 2), content(Content::MOST as u32, 192)]
        {
            assert_eq!(one.to_string().parse(), Ok(one.clone()));
            assert_eq!((0..one.pieces.len()).map(|at| one.length(at)).sum::<usize>(), one.size as usize);
        }
        let spelled = content(5, 1).to_string();
        for wrong in [
            String::new(),
            spelled.to_uppercase() + "x",
            spelled.replace('0', "+"),
            spelled.replace(":5", ":05"),
            spelled.replace(":5", ":0"),
            spelled.replace(":5", ":26214401"),
            format!("{spelled}:{}", "01".repeat(32)),
            content(256 * 1024 + 1, 1).to_string(),
            content(256 * 1024 + 1, 3).to_string(),
        ] {
            assert!(wrong.parse::<Content>().is_err(), "{wrong}");
        }
    }
}
