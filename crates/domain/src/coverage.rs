//! How many of a cell's members confirmed having read a document, and how many say that it bears a mark of secrecy: counts
//! alone, which the cell reports upward.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Document, Fault, Id, Merge::*, Moment, Record, Role::*, Table, Unit, link, moment, number};

/// The counts of one cell for one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Coverage {
    /// Follows from the document and the cell.
    pub id: Id<Coverage>,
    /// The cell.
    pub unit: Id<Unit>,
    /// The document.
    pub document: Id<Document>,
    /// How many members it is for.
    pub members: i32,
    /// How many of them confirmed.
    pub confirmed: i32,
    /// How many of them say that it bears a mark of secrecy.
    pub marked: i32,
    /// When the last of them said so.
    pub marked_at: Option<Moment>,
}

impl Record for Coverage {
    const TABLE: Table = Table::new::<Self>(
        "coverage",
        &[
            link("unit", "unit").merge(First),
            link("document", "document").merge(First),
            number("members"),
            number("confirmed"),
            number("marked"),
            moment("marked_at").optional(),
        ],
    )
    .audience(Audience::Reports)
    .edit(&[Deputy, Secretary])
    .made_from(&["document", "unit"])
    .home("unit");

    fn check(&self) -> Result<(), Fault> {
        if [self.members, self.confirmed, self.marked].iter().any(|count| *count < 0) {
            return Err(Fault::new("confirmed", "not_a_count"));
        }
        Ok(())
    }
}
