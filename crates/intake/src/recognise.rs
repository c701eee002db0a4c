//! Words off a picture of a page: made straight and clean, then read by the `tesseract` program. A person must check them:
//! tone marks are what it mistakes.

mod clean;
mod program;

use domain::Block;

use crate::{
    Facts, Refusal, facts, foreign::guarded, form, kind, kind::Kind, line::Line, line::Part, pdf, picture, secrecy,
};
use image::{GrayImage, ImageFormat};

/// What pages are drawn at to be read.
const DPI: f32 = 300.0;

/// The blocks of one page, from 1, of a PDF or a picture. Takes seconds. [`Refusal::OcrMissing`] where there is no `tesseract`.
pub fn recognise(bytes: &[u8], page: u32) -> Result<Vec<Block>, Refusal> {
    if bytes.len() > domain::Content::MOST {
        return Err(Refusal::TooLarge);
    }
    let told = program::read(&guarded(|| clean::clean(&gray(bytes, page)?))?)?;
    let (words, height) = words(&told);
    let (parts, beside) = pdf::of_words(&words, height);
    secrecy::of_text(&beside)?;
    secrecy::of_text(&parts)?;
    Ok(form::blocks(&parts))
}

/// Facts and text of all pages together; marks of secrecy are looked for again, in the whole.
pub fn recognised(pages: &[Vec<Block>]) -> Result<(Facts, Vec<Block>), Refusal> {
    let parts: Vec<Part> = pages.iter().flatten().map(part).collect();
    secrecy::of_text(&parts)?;
    let (facts, rest) = facts::recognise(&parts);
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

fn gray(bytes: &[u8], page: u32) -> Result<GrayImage, Refusal> {
    let png = match kind::of(bytes)? {
        Kind::Docx => return Err(Refusal::NotADocument),
        Kind::Pdf => pdf::draw_at(bytes, page, DPI)?,
        Kind::Jpg if page == 1 => return Ok(picture::decode(bytes, ImageFormat::Jpeg)?.to_luma8()),
        Kind::Png if page == 1 => return Ok(picture::decode(bytes, ImageFormat::Png)?.to_luma8()),
        Kind::Jpg | Kind::Png => return Err(Refusal::Broken),
    };
    Ok(picture::decode(&png, ImageFormat::Png)?.to_luma8())
}
