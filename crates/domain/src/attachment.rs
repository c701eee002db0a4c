//! A document that is read for an item of a meeting's agenda.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Document, Id, Item, Merge::*, Record, Table, Unit, link};

/// One document at one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Attachment {
    /// Follows from the item and the document.
    pub id: Id<Attachment>,
    /// The cell that meets.
    pub unit: Id<Unit>,
    /// The item.
    pub item: Id<Item>,
    /// What is read for it.
    pub document: Id<Document>,
}

impl Record for Attachment {
    const TABLE: Table = Table::new::<Self>(
        "attachment",
        &[
            link("unit", "unit").merge(First),
            link("item", "item").merge(First),
            link("document", "document").merge(First),
        ],
    )
    .made_from(&["item", "document"])
    .home("unit");
}
