//! A document's text as people read it on a small screen: blocks, in order. Made once, when it is published.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::spoken;

/// One block of text. Words are NFC, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading: 1 for a part or chapter, 2 for a section or article, 3 below.
    Heading {
        /// 1 to 3.
        level: u8,
        /// Its words, with their number: `II. Nhiệm vụ và giải pháp`.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The words that begin it in bold, where some do: `1. Chuẩn bị nội dung.`
        lead: Option<String>,
        /// The words after those.
        text: String,
    },
    /// An item of a list.
    Item {
        /// `a)`, `đ)`, `1.1.`; nothing for a dash or a dot.
        mark: Option<String>,
        /// Its words.
        text: String,
    },
    /// A table. The first row names the columns.
    Table {
        /// Rows of cells, all of one length.
        rows: Vec<Vec<String>>,
    },
}

impl Block {
    /// Every run of words in it, in reading order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let (before, text, rows): (Option<&String>, Option<&String>, &[Vec<String>]) = match self {
            Self::Heading { text, .. } => (None, Some(text), &[]),
            Self::Paragraph { lead: before, text } | Self::Item { mark: before, text } => {
                (before.as_ref(), Some(text), &[])
            }
            Self::Table { rows } => (None, None, rows),
        };
        before.into_iter().chain(text).chain(rows.iter().flatten()).map(String::as_str)
    }

    /// The same with each run of words [`spoken`]; nothing where none is left.
    pub fn cleaned(&self) -> Option<Self> {
        let some = |words: &Option<String>| words.as_deref().map(spoken).filter(|words| !words.is_empty());
        let cleaned = match self {
            Self::Heading { level, text } => Self::Heading { level: *level, text: spoken(text) },
            Self::Paragraph { lead, text } => Self::Paragraph { lead: some(lead), text: spoken(text) },
            Self::Item { mark, text } => Self::Item { mark: some(mark), text: spoken(text) },
            Self::Table { rows } => {
                Self::Table { rows: rows.iter().map(|row| row.iter().map(|cell| spoken(cell)).collect()).collect() }
            }
        };
        (cleaned.length() > 0).then_some(cleaned)
    }

    /// How many characters it has.
    pub fn length(&self) -> usize {
        self.words().map(|words| words.chars().count()).sum()
    }
}
