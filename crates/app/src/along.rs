//! Where one is in a text: how much lies behind, how long the rest takes, under which heading.

use domain::Block;
use serde::Serialize;
use ts_rs::TS;

/// Characters that a minute of quiet reading takes.
const A_MINUTE: usize = 800;

/// A place in a document, for the line at its foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Along {
    /// How much lies behind, per cent.
    pub percent: u32,
    /// Minutes of reading ahead.
    pub minutes_left: u32,
}

/// The name that a heading begins with: `II`, `Điều 5`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Section {
    /// `Điều`, where it says so.
    pub word: Option<String>,
    /// `II`, `5`.
    pub mark: String,
}

/// How many characters blocks have.
pub fn length(blocks: &[Block]) -> usize {
    blocks.iter().map(Block::length).sum()
}

/// Minutes of reading so many characters, rounded up.
pub fn minutes(length: usize) -> u32 {
    length.div_ceil(A_MINUTE) as u32
}

/// Where one is with each block at the top of the screen, and at the end: one more than there are blocks.
pub fn along(blocks: &[Block]) -> Vec<Along> {
    let all = length(blocks);
    let mut read = 0;
    let at = |read: usize| Along {
        percent: (100 * read).checked_div(all).unwrap_or(100) as u32,
        minutes_left: minutes(all - read),
    };
    let mut places: Vec<Along> = Vec::with_capacity(blocks.len() + 1);
    for block in blocks {
        places.push(at(read));
        read += block.length();
    }
    places.push(at(read));
    places
}

/// What the heading over a block begins with.
pub fn section(blocks: &[Block], at: usize) -> Option<Section> {
    let headings = blocks.get(..=at.min(blocks.len().checked_sub(1)?))?.iter().rev();
    headings
        .filter_map(|block| if let Block::Heading { text, .. } = block { Some(text.as_str()) } else { None })
        .find_map(named)
}

fn named(heading: &str) -> Option<Section> {
    let mut words = heading.split_whitespace();
    let first = words.next()?;
    let mark = |word: &str| {
        let mark = word.trim_end_matches(['.', ')', ':', ',']);
        let numeral = |c: char| c.is_ascii_digit() || "IVXLC.".contains(c);
        (!mark.is_empty() && mark.chars().all(numeral)).then(|| mark.to_owned())
    };
    match mark(first) {
        Some(mark) => Some(Section { word: None, mark }),
        None => Some(Section { word: Some(first.to_owned()), mark: mark(words.next()?)? }),
    }
}
