//! One document: its text, where its reader is, and the reader's word that it was read.

use domain::{Block, Content, Device, Document, Id, Level, Receipt, Record, hex};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Action, App, Trouble,
    desk::{Desk, edit},
    library::{Along, DocumentLine, Section, along, section},
    time,
};

/// A document to read.
#[derive(Debug, Serialize, TS)]
pub struct DocumentPage {
    /// As in the list.
    pub line: DocumentLine,
    /// Its text; nothing while that is not here.
    pub blocks: Vec<Block>,
    /// Where one is with each block at the top, and, last, at the end.
    pub along: Vec<Along>,
    /// Its headings.
    pub contents: Vec<Heading>,
    /// The block where this person stopped, on this or another device; none at the start.
    pub stopped: Option<u32>,
    /// What the heading over that is called.
    pub section: Option<Section>,
    /// The block where the ribbon lies.
    pub ribbon: Option<u32>,
    /// Whether it can be trusted.
    pub seal: DocumentSeal,
    /// Whether this person sees who read it, and reminds.
    pub may_see_readers: bool,
    /// Whether this person can say that they read it: it is for them, they did not yet, and its text or its original is here.
    pub may_confirm: bool,
    /// Whether this person may take it back.
    pub may_withdraw: bool,
    /// Whether this person may have it destroyed, because it bears a mark of secrecy.
    pub may_wipe: bool,
    /// Whether this person may say that it bears one.
    pub may_report: bool,
    /// Whether whoever published it would not hear of that: an office's own people call them.
    pub may_call: bool,
    /// How many people say so, for whoever answers for it.
    pub reports: u32,
}

/// A heading of a document.
#[derive(Debug, Serialize, TS)]
pub struct Heading {
    /// Which block it is.
    pub block: u32,
    /// 1 to 3.
    pub level: u8,
    /// Its words.
    pub text: String,
}

/// Who published a document, and what names its files: every word of it came in an entry that the publisher's device signed.
#[derive(Debug, Serialize, TS)]
pub struct DocumentSeal {
    /// Whose device signed it.
    pub by: String,
    /// For which unit.
    pub unit: String,
    /// When.
    pub at: Option<domain::Moment>,
    /// SHA-256 of the original, 64 hexadecimal digits.
    pub original: Option<String>,
    /// Whether the original on this device is that file; none while it is not here.
    pub fits: Option<bool>,
}

impl Desk {
    fn document_page(&self, id: Id<Document>) -> Result<DocumentPage, Trouble> {
        let document = self.need(id)?;
        let blocks = self.blocks(&document)?.unwrap_or_default();
        let reading = self.reading(id)?;
        let stopped = reading.as_ref().and_then(|reading| u32::try_from(reading.block).ok()).filter(|at| *at > 0);
        let contents = blocks.iter().enumerate().filter_map(|(at, block)| match block {
            Block::Heading { level, text } => Some(Heading { block: at as u32, level: *level, text: text.clone() }),
            _ => None,
        });
        let may_edit = |field| self.may_edit_at(&Document::TABLE, field, document.unit);
        let (line, answers) = (self.document_line(id)?, self.answers_for(&document)?);
        let in_cell = self.need(self.unit)?.level == Level::Cell;
        Ok(DocumentPage {
            contents: contents.collect(),
            along: along(&blocks),
            section: stopped.and_then(|at| section(&blocks, at as usize)),
            stopped,
            ribbon: reading.and_then(|reading| reading.ribbon).and_then(|at| u32::try_from(at).ok()),
            seal: self.document_seal(&document)?,
            may_see_readers: self.may_see_readers()?,
            may_confirm: line.for_me && line.confirmed_at.is_none() && line.can_be_read(),
            may_withdraw: document.withdrawn.is_none() && may_edit("withdrawn")?,
            may_wipe: document.wiped_at.is_none() && answers,
            may_report: !answers && in_cell && document.wiped_at.is_none() && line.reported_at.is_none(),
            may_call: !answers && !in_cell && document.wiped_at.is_none(),
            reports: if answers { self.reports()?.get(&id).copied().unwrap_or(0) } else { 0 },
            line,
            blocks,
        })
    }

    /// Whose device named its files, and when, in milliseconds since 1970.
    pub(super) fn sealed(&self, document: &Document) -> Result<(Option<Id<Device>>, Option<u64>), Trouble> {
        let field = if document.original.is_some() { "original" } else { "body" };
        let author = self.book.author(&Document::TABLE, document.id.uuid(), field)?;
        Ok(author.map_or((None, None), |(device, at)| (device, Some(at))))
    }

    fn document_seal(&self, document: &Document) -> Result<DocumentSeal, Trouble> {
        let (device, at) = self.sealed(document)?;
        let fits = document.original.as_ref().map(|original| self.fits(original)).transpose()?.flatten();
        Ok(DocumentSeal {
            by: self.device_name(device)?,
            at: at.map(time::moment),
            unit: self.book.get(document.unit)?.map(|unit| unit.name).unwrap_or_default(),
            original: document.original.as_ref().map(|original| hex(&original.hash)),
            fits,
        })
    }

    /// Whether the file on this device is what it is named by; it is read for that once, not for every look at the document.
    fn fits(&self, original: &Content) -> Result<Option<bool>, Trouble> {
        if self.book.file_had(original)? != u64::from(original.size) {
            self.fits.borrow_mut().remove(&original.hash);
            return Ok(None);
        }
        if let Some(fits) = self.fits.borrow().get(&original.hash) {
            return Ok(Some(*fits));
        }
        let fits = self.book.file(original)?.map(|bytes| sync::hash_of(&bytes) == original.hash);
        self.fits.borrow_mut().extend(fits.map(|fits| (original.hash, fits)));
        Ok(fits)
    }
}

/// Opens a document.
#[derive(Deserialize, TS)]
pub struct GetDocument {
    id: Id<Document>,
}

impl Action for GetDocument {
    const NAME: &'static str = "document";
    type Reply = DocumentPage;

    fn run(self, app: &App) -> Result<DocumentPage, Trouble> {
        app.at_desk(|desk| {
            // Its text always stays: only the original would make place.
            if let Some(original) = desk.need(self.id)?.original {
                desk.book.touch(&original, desk.now)?;
            }
            desk.document_page(self.id)
        })
    }
}

/// Asks how a document and its files stand, without its text: what is asked again while files come.
#[derive(Deserialize, TS)]
pub struct GetDocumentLine {
    id: Id<Document>,
}

impl Action for GetDocumentLine {
    const NAME: &'static str = "document_line";
    type Reply = DocumentLine;

    fn run(self, app: &App) -> Result<DocumentLine, Trouble> {
        app.at_desk(|desk| desk.document_line(self.id))
    }
}

/// Says that a document was read. The first word stands.
#[derive(Deserialize, TS)]
pub struct ConfirmRead {
    id: Id<Document>,
}

impl Action for ConfirmRead {
    const NAME: &'static str = "confirm_read";
    type Reply = DocumentLine;

    fn run(self, app: &App) -> Result<DocumentLine, Trouble> {
        app.at_desk(|desk| {
            let line = desk.document_line(self.id)?;
            if !line.for_me {
                return Err(Trouble::invalid("document", "not_for_you"));
            }
            if line.confirmed_at.is_some() {
                return Ok(line);
            }
            if !line.can_be_read() {
                return Err(Trouble::invalid("document", "not_here"));
            }
            let id: Id<Receipt> = Id::made_from(&[desk.me.into(), self.id.into()]);
            let edits = vec![
                edit(id, "member", desk.me),
                edit(id, "document", self.id),
                edit(id, "confirmed_at", time::moment(desk.now)),
            ];
            desk.write(desk.own_log::<Receipt>()?, edits, None)?;
            desk.document_line(self.id)
        })
    }
}
