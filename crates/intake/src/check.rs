//! Words that somebody typed or put right: marks of secrecy are looked for in them as in a file.

use crate::{
    Refusal,
    line::{Line, Part},
    secrecy,
};

/// Refuses words that bear a mark of secrecy: each run of them by itself, line by line.
pub fn check<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<(), Refusal> {
    let line = |text: &str| Part::Line(Line::of(&[(text.to_owned(), false)]));
    let parts: Vec<Part> = words.into_iter().flat_map(str::lines).map(line).collect();
    secrecy::of_text(&parts)
}
