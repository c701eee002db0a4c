//! What is read for an item of the agenda: documents of the library, and files that are published to the cell with it.

use domain::{Attachment, Document, Id, Item, Record, Unit};
use serde::{Deserialize, Serialize};
use store::Edit;
use ts_rs::TS;

use super::{
    open_paper::Opened,
    publish::{DocumentFacts, How},
};
use crate::{
    Action, App, Trouble,
    desk::{Desk, edit},
    library::{FileState, called, length},
};

/// A document at an item.
#[derive(Debug, Serialize, TS)]
pub struct ItemDocument {
    /// Which.
    pub id: Id<Document>,
    /// `Nghị quyết 12-NQ/TU`.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// Its text on this device; none where only its original says it.
    pub body: Option<FileState>,
    /// The file it was made from.
    pub original: Option<FileState>,
}

impl ItemDocument {
    /// As it is named in minutes.
    pub fn said(&self) -> String {
        format!("{}: {}", self.name, self.title)
    }
}

/// What is written of a document that is put at an item, or taken off it.
fn attachment(unit: Id<Unit>, item: Id<Item>, document: Id<Document>, removed: bool) -> Vec<Edit> {
    let id: Id<Attachment> = Id::made_from(&[item.into(), document.into()]);
    vec![
        edit(id, "unit", unit),
        edit(id, "item", item),
        edit(id, "document", document),
        edit(id, "removed", i64::from(removed)),
    ]
}

impl Desk {
    /// The documents at an item, in the order of their days. One that is not here, or was taken back, is left out.
    pub(crate) fn attached(&self, item: Id<Item>) -> Result<Vec<Document>, Trouble> {
        let attachments: Vec<Attachment> = self.book.list("WHERE item = ?1", [item.uuid().into_bytes()])?;
        let mut documents = Vec::new();
        for attachment in attachments {
            documents.extend(self.book.get(attachment.document)?.filter(|one| one.withdrawn.is_none()));
        }
        documents.sort_by(|one, other| (&one.issued_on, one.id).cmp(&(&other.issued_on, other.id)));
        Ok(documents)
    }

    pub(super) fn item_documents(&self, item: Id<Item>) -> Result<Vec<ItemDocument>, Trouble> {
        let line = |document: Document| {
            Ok(ItemDocument {
                name: called(&document),
                body: document.body.as_ref().map(|body| self.file_state(body)).transpose()?,
                original: document.original.as_ref().map(|original| self.file_state(original)).transpose()?,
                id: document.id,
                title: document.title,
            })
        };
        self.attached(item)?.into_iter().map(line).collect()
    }

    fn attach(&mut self, item: Id<Item>, document: Id<Document>, removed: bool) -> Result<(), Trouble> {
        self.own_meeting(self.need(item)?.meeting)?;
        self.need(document)?;
        self.write(self.log(&Attachment::TABLE), attachment(self.unit, item, document, removed), None)
    }

    /// Publishes a file to the cell and puts it at an item. What was not recognised of it is what its name says.
    fn attach_file(&mut self, item: Id<Item>, form: &str, opened: Opened) -> Result<(), Trouble> {
        self.own_meeting(self.need(item)?.meeting)?;
        if self.locked_in(&Item::TABLE, item.uuid())?.is_some() {
            return Err(Trouble::invalid("minutes", "locked"));
        }
        let read = &opened.paper.facts;
        let stem = opened.name.rsplit_once('.').map_or(opened.name.as_str(), |(stem, _)| stem);
        let or = |said: &Option<String>, otherwise: &str| said.clone().unwrap_or_else(|| otherwise.to_owned());
        let facts = DocumentFacts {
            form: or(&read.form, form),
            number: or(&read.number, ""),
            issued_on: or(&read.issued_on, ""),
            issuer: or(&read.issuer, &intake::issuer(&self.need(self.unit)?.name)),
            title: or(&read.title, stem),
        };
        let looked = facts.look(&opened.paper.blocks, false, true)?;
        let recognised = opened.paper.scanned && length(&opened.paper.blocks) > 0;
        let how = How { recognised, must_confirm: false, shown_from: self.today() };
        let (unit, log) = (self.unit, self.log(&Attachment::TABLE));
        self.publish(&[unit], &looked, Some(opened), how, |ids| {
            vec![(log, ids.iter().flat_map(|id| attachment(unit, item, *id, false)).collect())]
        })?;
        Ok(())
    }
}

/// Puts a document of the library at an item, to be read for it.
#[derive(Deserialize, TS)]
pub struct AttachDocument {
    item: Id<Item>,
    document: Id<Document>,
}

impl Action for AttachDocument {
    const NAME: &'static str = "attach_document";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| desk.attach(self.item, self.document, false))
    }
}

/// Takes a document off an item; in the library it stays.
#[derive(Deserialize, TS)]
pub struct DetachDocument {
    item: Id<Item>,
    document: Id<Document>,
}

impl Action for DetachDocument {
    const NAME: &'static str = "detach_document";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| desk.attach(self.item, self.document, true))
    }
}

/// Publishes a file to the cell and puts it at an item.
#[derive(Deserialize, TS)]
pub struct AttachFile {
    item: Id<Item>,
    /// A path, or what was answered when the file was handed over.
    path: String,
    /// What it is called where that is not recognised: `Tài liệu`.
    form: String,
    /// Whether somebody has looked and says that it bears no mark of secrecy: without that it is not taken.
    #[serde(default)]
    unmarked: bool,
}

impl Action for AttachFile {
    const NAME: &'static str = "attach_file";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.may_publish()?;
        let opened = app.cleared(app.paper_at(&self.path)?, self.unmarked)?;
        app.at_desk(|desk| desk.attach_file(self.item, &self.form, opened))
    }
}
