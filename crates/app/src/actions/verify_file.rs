//! A file that somebody received from elsewhere is held against the book, to the byte: is it the original of a document, or a
//! paper printed from what is sealed here?

use domain::{Document, Id, Meeting, Moment, Resolution, hex};
use print::{Paper, docx, pdf};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{paper::Which, seal::SealState};
use crate::{Action, App, Code, Spelling, Trouble, chosen::is_handle, desk::Desk, library::called, paper::spelt, time};

/// What a file is, as far as this book knows.
#[derive(Debug, Serialize, TS)]
pub struct VerifiedFile {
    /// Its name.
    pub name: String,
    /// Its SHA-256, 64 hexadecimal digits.
    pub hash: String,
    /// The documents whose original it is, to the byte.
    pub documents: Vec<VerifiedDocument>,
    /// The paper of this cell's that it is a print of; where that and `documents` are empty it fits nothing here.
    pub paper: Option<VerifiedPaper>,
}

/// Sealed minutes or a sealed resolution, of which a print was received.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VerifiedPaper {
    /// `Biên bản`, `Nghị quyết`.
    pub title: String,
    /// What it is about.
    pub subject: String,
    /// The meeting whose minutes it is.
    pub meeting: Option<Id<Meeting>>,
    /// The resolution that it is.
    pub resolution: Option<Id<Resolution>>,
}

/// A document whose original was received.
#[derive(Debug, Serialize, TS)]
pub struct VerifiedDocument {
    /// Which.
    pub id: Id<Document>,
    /// `Nghị quyết 12-NQ/TU`.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// Whose device signed it.
    pub by: String,
    /// For which unit.
    pub unit: String,
    /// When.
    pub at: Option<Moment>,
    /// Why it was taken back.
    pub withdrawn: Option<String>,
}

impl Desk {
    /// The documents whose original has these bytes: those that this person sees, and those that were taken back.
    fn documents_of(&self, bytes: &[u8]) -> Result<Vec<VerifiedDocument>, Trouble> {
        let hash = sync::hash_of(bytes);
        let sql = "WHERE original IS NOT NULL AND (shown_from <= ?1 OR ?2) ORDER BY shown_from, id";
        let mut documents: Vec<Document> = self.book.list(sql, (self.today(), self.may_publish_documents()?))?;
        documents.retain(|document| document.original.as_ref().is_some_and(|original| original.hash == hash));
        let told = |document: Document| {
            let (device, at) = self.sealed(&document)?;
            Ok(VerifiedDocument {
                name: called(&document),
                by: self.device_name(device)?,
                unit: self.book.get(document.unit)?.map(|unit| unit.name).unwrap_or_default(),
                at: at.map(time::moment),
                id: document.id,
                title: document.title,
                withdrawn: document.withdrawn,
            })
        };
        documents.into_iter().map(told).collect()
    }

    /// Every paper of this cell's whose words are sealed. One that cannot be read hides none of the others.
    fn sealed_papers(&self) -> Result<Vec<(Which, Paper)>, Trouble> {
        let (mut which, own) = (Vec::new(), self.unit.uuid().into_bytes());
        for Meeting { id, .. } in self.book.list("WHERE unit = ?1 ORDER BY planned_at DESC", [own])? {
            if self.locked_minutes(id)?.is_some() {
                which.push(Which::Minutes { meeting: id });
            }
        }
        let sql = "WHERE unit = ?1 AND outcome = 'adopted' ORDER BY adopted_on DESC";
        let adopted: Vec<Resolution> = self.book.list(sql, [own])?;
        for one in adopted {
            if self.seal_of(&one)?.state == SealState::True {
                which.push(Which::Resolution { resolution: one.id });
            }
        }
        let mut papers = Vec::new();
        for one in which {
            match self.paper(one) {
                Ok((paper, _)) => papers.push((one, paper)),
                Err(trouble) if trouble.code == Code::Invalid => {}
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(papers)
    }
}

/// The paper of which a file is a print: the same words are the same bytes, each time they are set.
fn printed(bytes: &[u8], papers: Vec<(Which, Paper)>) -> Option<VerifiedPaper> {
    let set = if bytes.starts_with(b"%PDF") { pdf } else { docx };
    let same = |paper: &Paper, spelling| set(&spelt(paper.clone(), spelling)).is_ok_and(|set| set == bytes);
    let found = papers.into_iter().find(|(_, paper)| [Spelling::U, Spelling::Y].iter().any(|one| same(paper, *one)));
    found.map(|(which, paper)| {
        let (meeting, resolution) = match which {
            Which::Minutes { meeting } => (Some(meeting), None),
            Which::Resolution { resolution } => (None, Some(resolution)),
            _ => (None, None),
        };
        VerifiedPaper { title: print::title(&paper), subject: paper.subject, meeting, resolution }
    })
}

/// Holds a file against the originals and the sealed papers that this book knows, without a network. Nothing is kept of it.
#[derive(Deserialize, TS)]
pub struct VerifyFile {
    path: String,
}

impl Action for VerifyFile {
    const NAME: &'static str = "verify_file";
    type Reply = VerifiedFile;

    fn run(self, app: &App) -> Result<VerifiedFile, Trouble> {
        if !is_handle(&self.path) {
            app.may_publish()?;
        }
        let file = app.chosen(&self.path)?;
        let documents = app.at_desk(|desk| desk.documents_of(&file.bytes))?;
        // The book is not held while papers are set.
        let paper = match documents.is_empty() {
            true => printed(&file.bytes, app.at_desk(|desk| desk.sealed_papers())?),
            false => None,
        };
        Ok(VerifiedFile { name: file.name, hash: hex(&sync::hash_of(&file.bytes)), documents, paper })
    }
}
