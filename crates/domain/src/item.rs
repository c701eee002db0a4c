//! An item of a meeting's agenda (nội dung sinh hoạt): what is taken up, in which order, on which papers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Fault, Id, Meeting, Merge::*, Record, Searched::*, Table, Unit, link, number, text};

/// One item of an agenda.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Item {
    /// Its name.
    pub id: Id<Item>,
    /// The cell that meets.
    pub unit: Id<Unit>,
    /// The meeting that takes it up.
    pub meeting: Id<Meeting>,
    /// Its place on the agenda, from 1; of two at one place the one written first stands first.
    pub place: i32,
    /// What it is.
    pub title: String,
    /// The papers that are read for it, each by its name and number, a line each.
    pub papers: Option<String>,
}

impl Record for Item {
    const TABLE: Table = Table::new::<Self>(
        "item",
        &[
            link("unit", "unit").merge(First),
            link("meeting", "meeting").merge(First),
            number("place"),
            text("title").merge(Ask).longest(300).searched(Title),
            text("papers").optional().merge(Ask).longest(2000).searched(Words),
        ],
    )
    .home("unit");

    fn check(&self) -> Result<(), Fault> {
        if self.title.is_empty() { Err(Fault::new("title", "empty")) } else { Ok(()) }
    }
}
