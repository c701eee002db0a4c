//! A scan becomes text, page by page: a person sees how far it is, stops, and goes on later. The book is not held meanwhile.

use domain::{Block, OriginalKind};
use intake::{Facts, Refusal, Warning};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::open_paper::{Opened, not_taken};
use crate::{Action, App, Code, Trouble, scan::Scan};

/// One page of a scan, as it was recognised.
#[derive(Debug, Serialize, TS)]
pub struct RecognisedPage {
    /// Its text.
    pub blocks: Vec<Block>,
    /// Pages that the scan has.
    pub pages: u32,
    /// Those that were recognised so far.
    pub done: Vec<u32>,
}

/// A scan, as far as it was recognised.
#[derive(Debug, Serialize, TS)]
pub struct RecognisedPaper {
    /// What it says of itself.
    pub facts: Facts,
    /// The text of its pages together.
    pub blocks: Vec<Block>,
    /// What its publisher should look at.
    pub warnings: Vec<Warning>,
    /// Pages that it has.
    pub pages: u32,
    /// Those that were recognised so far.
    pub done: Vec<u32>,
}

impl App {
    /// Nobody else has files read, nor learns from a refusal what they are.
    pub(crate) fn may_publish(&self) -> Result<(), Trouble> {
        let may = self.at_desk(|desk| desk.may_publish_documents())?;
        if may { Ok(()) } else { Err(Code::NotAllowed.into()) }
    }

    /// Recognises one page of a file of so many, unless that was done before. Takes seconds, away from the book.
    fn recognise(&self, bytes: &[u8], pages: u32, page: u32) -> Result<Scan, Trouble> {
        if !(1..=pages).contains(&page) {
            return Err(Code::NotFound.into());
        }
        if let Some(scan) = self.scan(bytes)?.filter(|scan| scan.read.contains_key(&page)) {
            return Ok(scan);
        }
        match intake::recognise(bytes, page) {
            Ok(blocks) => self.note_scan(bytes, pages, |scan| drop(scan.read.insert(page, blocks))),
            Err(refusal) => {
                // One page that bears a mark keeps the whole from being published.
                if let Refusal::Secret { .. } = refusal {
                    self.note_scan(bytes, pages, Scan::mark)?;
                }
                Err(not_taken("original", &refusal))
            }
        }
    }

    /// Facts and text of the pages that were recognised, together.
    fn together(&self, bytes: &[u8], scan: &Scan) -> Result<(Facts, Vec<Block>), Trouble> {
        let pages: Vec<Vec<Block>> = scan.read.values().cloned().collect();
        intake::recognised(&pages).map_err(|refusal| {
            let marked = self.note_scan(bytes, scan.pages, Scan::mark);
            marked.err().unwrap_or_else(|| not_taken("original", &refusal))
        })
    }

    /// Where pictures stand in a file whose text was read, its first page is looked at for a stamp among them. Without the
    /// programs for that, the person's word must do.
    fn look_at_pictures(&self, opened: &Opened) -> Result<(), Trouble> {
        if !opened.paper.warnings.contains(&Warning::Pictures) {
            return Ok(());
        }
        let set = match opened.kind {
            OriginalKind::Docx => self.set(&opened.bytes)?,
            _ => None,
        };
        let pages = match &set {
            Some(set) => set.as_slice(),
            None if opened.kind == OriginalKind::Pdf => &opened.bytes,
            None => return Ok(()),
        };
        match intake::look_at_first(pages) {
            Err(Refusal::OcrMissing) => Ok(()),
            looked => looked.map_err(|refusal| not_taken("original", &refusal)),
        }
    }

    /// Looks whether a file may be given to others at all: somebody has seen that it bears no mark of secrecy, and where
    /// its pages are pictures the first was read for one. Where no program reads pictures, the person's word must do.
    /// Gives a scan with what is known of it, in place of what the file tells by itself.
    pub(crate) fn cleared(&self, mut opened: Opened, unmarked: bool) -> Result<Opened, Trouble> {
        if !unmarked {
            return Err(Trouble::invalid("unmarked", "unmarked_needed"));
        }
        if !opened.paper.scanned {
            self.look_at_pictures(&opened)?;
            return Ok(opened);
        }
        if self.scan(&opened.bytes)?.is_some_and(|scan| scan.marked) {
            return Err(Trouble::invalid("original", "secret_text"));
        }
        match self.recognise(&opened.bytes, opened.paper.pages, 1) {
            Ok(scan) => {
                let (facts, blocks) = self.together(&opened.bytes, &scan)?;
                opened.paper.facts = facts;
                // Half a text would be taken for the whole.
                opened.paper.blocks = if scan.is_whole() { blocks } else { Vec::new() };
                Ok(opened)
            }
            Err(trouble) if trouble.faults.iter().any(|fault| fault.why == "ocr_missing") => Ok(opened),
            Err(trouble) => Err(trouble),
        }
    }
}

/// Recognises one page, from 1, of a scan that was chosen for publishing. What was recognised is kept in
/// the book until the scan is published.
#[derive(Deserialize, TS)]
pub struct RecognisePage {
    path: String,
    page: u32,
}

impl Action for RecognisePage {
    const NAME: &'static str = "recognise_page";
    type Reply = RecognisedPage;

    fn run(self, app: &App) -> Result<RecognisedPage, Trouble> {
        app.may_publish()?;
        let bytes = app.chosen(&self.path)?.bytes;
        let pages = match app.scan(&bytes)? {
            Some(scan) => scan.pages,
            None => {
                let paper = app.paper_at(&self.path)?.paper;
                if paper.scanned { paper.pages } else { 0 }
            }
        };
        let scan = app.recognise(&bytes, pages, self.page)?;
        let blocks = scan.read.get(&self.page).cloned().unwrap_or_default();
        Ok(RecognisedPage { blocks, pages: scan.pages, done: scan.read.into_keys().collect() })
    }
}

/// Asks for the facts and the text of the pages that were recognised of a scan, together.
#[derive(Deserialize, TS)]
pub struct GetRecognised {
    path: String,
}

impl Action for GetRecognised {
    const NAME: &'static str = "recognised";
    type Reply = RecognisedPaper;

    fn run(self, app: &App) -> Result<RecognisedPaper, Trouble> {
        app.may_publish()?;
        let bytes = app.chosen(&self.path)?.bytes;
        let scan = app.scan(&bytes)?.ok_or(Code::NotFound)?;
        let (facts, blocks) = app.together(&bytes, &scan)?;
        let warnings = intake::warnings(&facts);
        Ok(RecognisedPaper { facts, blocks, warnings, pages: scan.pages, done: scan.read.into_keys().collect() })
    }
}
