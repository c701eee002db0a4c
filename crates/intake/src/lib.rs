//! What an office gives becomes text that people read on a small screen: blocks and facts out of a Word file or a PDF,
//! and pictures of pages. What is no document, or must not be here, is refused with the reason. Everything that comes in is foreign: nothing in it is run,
//! followed or asked for, and what it may cost is bounded.

mod check;
mod docx;
mod facts;
mod foreign;
mod form;
mod kind;
mod line;
mod office;
mod pack;
mod pdf;
mod picture;
mod program;
mod recognise;
mod secrecy;

use domain::Block;
use image::ImageFormat;
use serde::Serialize;
use ts_rs::TS;

pub use check::{check, check_called};
pub use facts::{Facts, forms, issuer};
pub use kind::Kind;
pub use office::set;
pub use picture::{page_words, pages, picture};
pub use recognise::{look_at_first, recognise, recognised};

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "ReadPaper")]
pub struct Paper {
    /// What it is, by what it holds.
    pub kind: Kind,
    /// What was recognised of it.
    pub facts: Facts,
    /// Its text.
    pub blocks: Vec<Block>,
    /// What its publisher should look at.
    pub warnings: Vec<Warning>,
    /// Pages it has; 0 for a Word file, which has none until it is set.
    pub pages: u32,
    /// Whether some of its pages are pictures, whose words only recognition can tell: `blocks` has those of the others.
    pub scanned: bool,
}

/// What the publisher of a paper should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PaperWarning")]
pub enum Warning {
    /// No number was found, or its place is still blank.
    NoNumber,
    /// It does not say when it was issued.
    NoDay,
    /// What kind of paper it is was not found.
    NoForm,
    /// Who issued it was not found.
    NoIssuer,
    /// Pictures stand in it that the text does not have.
    Pictures,
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is nothing that can be read, whatever its name says.
    NotADocument,
    /// It holds more than files may.
    TooLarge,
    /// It carries programs (macros).
    Macros,
    /// It is locked by a password.
    Encrypted,
    /// It breaks off, or its parts do not fit.
    Broken,
    /// It grows beyond all measure when it is opened.
    Bomb,
    /// It is marked as a secret: such papers never come here.
    Secret {
        /// The mark, as the rule names it.
        mark: String,
        /// Where it stands.
        place: Place,
    },
    /// It holds no words.
    Empty,
    /// The program that reads pictures, or its Vietnamese, is not on this machine.
    OcrMissing,
    /// A page that nobody could read; or nobody could tell whether it bears a mark of secrecy.
    Unreadable,
    /// The program that sets Word files is not on this machine.
    OfficeMissing,
}

/// Where a mark of secrecy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the file's name.
    Name,
    /// In the text.
    Text,
}

/// Reads a file by what it holds; `name` only tells marks of secrecy.
pub fn open(name: &str, bytes: &[u8]) -> Result<Paper, Refusal> {
    secrecy::of_name(name)?;
    if bytes.len() > domain::Content::MOST {
        return Err(Refusal::TooLarge);
    }
    let kind = kind::of(bytes)?;
    let (parts, pictures, scans) = match kind {
        Kind::Docx => {
            let read = docx::read(bytes)?;
            secrecy::of_text(&read.beside)?;
            (read.parts, read.pictures, Vec::new())
        }
        Kind::Pdf => {
            let read = foreign::guarded(|| pdf::read(bytes))?;
            secrecy::of_text(&read.beside)?;
            secrecy::of_recognised(&read.beneath)?;
            (read.parts, read.pictures, read.scans)
        }
        Kind::Jpg | Kind::Png => {
            let format = if kind == Kind::Jpg { ImageFormat::Jpeg } else { ImageFormat::Png };
            foreign::guarded(|| picture::decode(bytes, format).map(drop))?;
            (Vec::new(), false, vec![true])
        }
    };
    secrecy::of_text(&parts)?;
    // Where the first page is a picture, what a later one says in its place is not the paper's head.
    let headless = scans.first() == Some(&true);
    let (facts, rest) = if headless { (Facts::default(), parts.as_slice()) } else { facts::recognise(&parts) };
    check_called(facts.number.as_deref())?;
    let blocks = form::blocks(rest);
    let scanned = scans.contains(&true);
    if !scanned && blocks.iter().map(Block::length).sum::<usize>() == 0 {
        return Err(Refusal::Empty);
    }
    let mut warnings = warnings(&facts);
    if pictures && !scanned {
        warnings.push(Warning::Pictures);
    }
    Ok(Paper { kind, facts, blocks, warnings, pages: scans.len() as u32, scanned })
}

/// What a publisher should look at where so much was recognised.
pub fn warnings(facts: &Facts) -> Vec<Warning> {
    let seen = [
        (facts.number.is_none(), Warning::NoNumber),
        (facts.issued_on.is_none(), Warning::NoDay),
        (facts.form.is_none(), Warning::NoForm),
        (facts.issuer.is_none(), Warning::NoIssuer),
    ];
    seen.into_iter().filter(|(is, _)| *is).map(|(_, warning)| warning).collect()
}
