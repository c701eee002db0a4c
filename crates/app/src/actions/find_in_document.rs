//! Where something stands in a document that is open.

use domain::{Document, Hit, Id, Typed, hits};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Action, App, Trouble};

/// Where it stands.
#[derive(Debug, Serialize, TS)]
pub struct DocumentHits {
    /// In the order of reading.
    pub hits: Vec<Hit>,
}

/// Asks where `search` stands in a document's text: its words one after another, with marks or without; where they
/// never do, each of them. Nowhere, while the text is not here.
#[derive(Deserialize, TS)]
pub struct FindInDocument {
    id: Id<Document>,
    search: String,
}

impl Action for FindInDocument {
    const NAME: &'static str = "find_in_document";
    type Reply = DocumentHits;

    fn run(self, app: &App) -> Result<DocumentHits, Trouble> {
        app.at_desk(|desk| {
            let blocks = desk.blocks(&desk.need(self.id)?)?.unwrap_or_default();
            Ok(DocumentHits { hits: hits(&blocks, &Typed::read(&self.search)) })
        })
    }
}
