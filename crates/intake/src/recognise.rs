//! Words off a picture of a page: made straight and clean, then read by the `tesseract` program. A person must check them:
//! tone marks are what it mistakes.

mod clean;
mod program;

use domain::Block;

use crate::{
    Facts, Refusal, check_called, facts,
    foreign::guarded,
    form, kind,
    kind::Kind,
    line::{Line, Part},
    pdf,
    pdf::{Sheet, Words},
    picture, secrecy,
};
use image::ImageFormat;

/// Letters that a scanner must have read off a page for its word to be taken.
const ENOUGH: usize = 40;

/// The blocks of one page, from 1, of a PDF or a picture. Takes seconds, but where a page is typed. Without `tesseract` what
/// a scanner has read is taken, else [`Refusal::OcrMissing`].
pub fn recognise(bytes: &[u8], page: u32) -> Result<Vec<Block>, Refusal> {
    if bytes.len() > domain::Content::MOST {
        return Err(Refusal::TooLarge);
    }
    let (scan, said) = match guarded(|| sheet(bytes, page))? {
        Sheet::Typed(words) => {
            secrecy::of_text(&words.beside)?;
            secrecy::of_text(&words.parts)?;
            return Ok(form::blocks(&words.parts));
        }
        Sheet::Scan(scan, said) => (scan, said),
    };
    let words = match program::read(&guarded(|| clean::clean(&scan))?) {
        Err(Refusal::OcrMissing) if length(&said) >= ENOUGH => said,
        told => {
            let (words, height) = words(&told?);
            pdf::of_words(&words, height)
        }
    };
    secrecy::of_recognised(&words.beside)?;
    secrecy::of_recognised(&words.parts)?;
    Ok(form::blocks(&words.parts))
}

/// Looks for a mark of secrecy in what is drawn on the first page of a PDF whose text was read: a stamp is a picture. Takes
/// seconds; nothing of it is kept. Without `tesseract` [`Refusal::OcrMissing`].
pub fn look_at_first(bytes: &[u8]) -> Result<(), Refusal> {
    let drawn = guarded(|| pdf::first(bytes).and_then(|page| clean::clean(&page)))?;
    let (words, height) = words(&program::read(&drawn)?);
    let words = pdf::of_words(&words, height);
    secrecy::of_recognised(&words.beside)?;
    secrecy::of_recognised(&words.parts)
}

fn length(words: &Words) -> usize {
    words.parts.iter().flat_map(Part::lines).map(|line| line.text.chars().count()).sum()
}

/// Facts and text of all pages together; marks of secrecy are looked for again, in the whole.
pub fn recognised(pages: &[Vec<Block>]) -> Result<(Facts, Vec<Block>), Refusal> {
    let parts: Vec<Part> = pages.iter().flatten().map(part).collect();
    secrecy::of_recognised(&parts)?;
    let (facts, rest) = facts::recognise(&parts);
    check_called(facts.number.as_deref())?;
    Ok((facts, form::blocks(rest)))
}

/// The words of a table as `tesseract` writes it, where each stands: left, right, foot of its line, height; and the page's height.
fn words(told: &str) -> (Vec<(String, [f64; 4])>, f64) {
    let mut words = Vec::new();
    let (mut foot, mut page) = (0.0, 0.0);
    for row in told.lines() {
        let cells: Vec<&str> = row.splitn(12, '\t').collect();
        let [level, _, _, _, _, _, left, top, width, height, _, text] = cells.as_slice() else { continue };
        let number = |text: &&str| text.parse::<f64>().unwrap_or_default();
        let (left, top, width, height) = (number(left), number(top), number(width), number(height));
        match *level {
            "1" => page = height,
            "4" => foot = top + height,
            "5" => words.push(((*text).to_owned(), [left, left + width, foot, height])),
            _ => {}
        }
    }
    (words, page)
}

/// A block as the line or the table that it was made of.
fn part(block: &Block) -> Part {
    let line = |words: &str| Line::of(&[(words.to_owned(), false)]);
    match block {
        Block::Item { mark, text } => Part::Line(Line { mark: Some(mark.clone().unwrap_or_default()), ..line(text) }),
        Block::Table { rows } => {
            Part::Table(rows.iter().map(|row| row.iter().map(|cell| vec![line(cell)]).collect()).collect())
        }
        _ => Part::Line(line(&block.words().collect::<Vec<_>>().join(" "))),
    }
}

/// Call only [`guarded`].
fn sheet(bytes: &[u8], page: u32) -> Result<Sheet, Refusal> {
    let format = match kind::of(bytes)? {
        Kind::Docx => return Err(Refusal::NotADocument),
        Kind::Pdf => return pdf::sheet(bytes, page),
        _ if page != 1 => return Err(Refusal::Broken),
        Kind::Jpg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
    };
    let none = Words { parts: Vec::new(), beside: Vec::new() };
    Ok(Sheet::Scan(picture::decode(bytes, format)?.to_luma8(), none))
}
