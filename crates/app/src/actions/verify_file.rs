//! A file that somebody received from elsewhere is held against the book: is it the original of a document, to the byte?

use domain::{Document, Id, Moment};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Action, App, Trouble,
    chosen::is_handle,
    desk::{Desk, hex},
    library::called,
    time,
};

/// What a file is, as far as this book knows.
#[derive(Debug, Serialize, TS)]
pub struct VerifiedFile {
    /// Its name.
    pub name: String,
    /// Its SHA-256, 64 hexadecimal digits.
    pub hash: String,
    /// The documents whose original it is, to the byte; none where it fits nothing here.
    pub documents: Vec<VerifiedDocument>,
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
    /// The documents whose original has these bytes: those that a member sees, and those that were taken back.
    fn documents_of(&self, bytes: &[u8]) -> Result<Vec<VerifiedDocument>, Trouble> {
        let hash = sync::hash_of(bytes);
        let sql = "WHERE original IS NOT NULL AND shown_from <= ?1 ORDER BY shown_from, id";
        let mut documents: Vec<Document> = self.book.list(sql, [self.today()])?;
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
}

/// Holds a file against the originals that this book knows, without a network. Nothing is kept of it.
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
        Ok(VerifiedFile { name: file.name, hash: hex(&sync::hash_of(&file.bytes)), documents })
    }
}
