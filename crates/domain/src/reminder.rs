//! A cell's word to its members that a document waits to be read.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Document, Id, Merge::*, Moment, Record, Role::*, Table, Unit, link, moment};

/// One reminder; the last time counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Reminder {
    /// Follows from the unit and the document.
    pub id: Id<Reminder>,
    /// Whose members are reminded.
    pub unit: Id<Unit>,
    /// Of what.
    pub document: Id<Document>,
    /// When.
    pub reminded_at: Moment,
}

impl Record for Reminder {
    const TABLE: Table = Table::new::<Self>(
        "reminder",
        &[link("unit", "unit").merge(First), link("document", "document").merge(First), moment("reminded_at")],
    )
    .edit(&[Committee, Deputy, Secretary, Commune, Province])
    .made_from(&["unit", "document"])
    .home("unit");
}
