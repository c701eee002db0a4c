//! A file that an office chose becomes text and facts, to be looked at before anything is published. Nothing is kept of it.

use domain::OriginalKind;
use intake::{Kind, Paper, Place, Refusal};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Action, App, Trouble};

/// A file as it was read.
#[derive(Debug, Serialize, TS)]
pub struct OpenedPaper {
    /// The file's name, NFC whatever system it comes from.
    pub name: String,
    /// Bytes of it.
    pub size: u32,
    /// What was read of it.
    pub paper: Paper,
}

/// A file that may be published.
pub(crate) struct Opened {
    pub name: String,
    pub bytes: Vec<u8>,
    pub kind: OriginalKind,
    pub paper: Paper,
}

impl App {
    /// Reads the file at a path, or that was chosen; or says why it is not taken.
    pub(crate) fn paper_at(&self, path: &str) -> Result<Opened, Trouble> {
        let file = self.chosen(path)?;
        let paper = intake::open(&file.name, &file.bytes).map_err(|refusal| not_taken("original", &refusal))?;
        let kind = match paper.kind {
            Kind::Docx => OriginalKind::Docx,
            Kind::Pdf => OriginalKind::Pdf,
            Kind::Jpg => OriginalKind::Jpg,
            Kind::Png => OriginalKind::Png,
        };
        Ok(Opened { name: file.name, bytes: file.bytes, kind, paper })
    }
}

/// Why a file, or what was read of it, is not taken, as the page has words for it.
pub(crate) fn not_taken(field: &str, refusal: &Refusal) -> Trouble {
    let trouble = Trouble::invalid(field, why(refusal));
    match refusal {
        Refusal::Secret { mark, .. } => trouble.with("mark", mark.as_str()),
        _ => trouble,
    }
}

fn why(refusal: &Refusal) -> &'static str {
    match refusal {
        // Without the program that sets Word files there are simply no pages of them to see.
        Refusal::NotADocument | Refusal::OfficeMissing => "not_a_document",
        Refusal::TooLarge => "too_large",
        Refusal::Macros => "macros",
        Refusal::Encrypted => "encrypted",
        Refusal::Broken => "broken",
        Refusal::Bomb => "grows_too_much",
        Refusal::Secret { place: Place::Name, .. } => "secret_name",
        Refusal::Secret { place: Place::Text, .. } => "secret_text",
        Refusal::Empty => "empty",
        Refusal::OcrMissing => "ocr_missing",
        Refusal::Unreadable => "unreadable_page",
    }
}

/// Reads a file that was chosen for publishing.
#[derive(Deserialize, TS)]
pub struct OpenPaper {
    path: String,
}

impl Action for OpenPaper {
    const NAME: &'static str = "open_paper";
    type Reply = OpenedPaper;

    fn run(self, app: &App) -> Result<OpenedPaper, Trouble> {
        app.may_publish()?;
        let opened = app.paper_at(&self.path)?;
        Ok(OpenedPaper { name: opened.name, size: opened.bytes.len() as u32, paper: opened.paper })
    }
}
