//! What a meeting adopted: a resolution (nghị quyết) or a conclusion (kết luận).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Day, Fault, Id, Meeting, Merge::*, Record, Table, Unit, choice, day, link, text};

/// One resolution or conclusion, as adopted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Resolution {
    /// Its name.
    pub id: Id<Resolution>,
    /// The unit that adopted it.
    pub unit: Id<Unit>,
    /// The meeting that did.
    pub meeting: Option<Id<Meeting>>,
    /// Nghị quyết or kết luận.
    pub kind: Kind,
    /// What it is about.
    pub title: String,
    /// What it says.
    pub body: String,
    /// When it was adopted.
    pub adopted_on: Day,
}

/// The kinds of decision a cell writes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ResolutionKind")]
pub enum Kind {
    /// Nghị quyết.
    Resolution,
    /// Kết luận.
    Conclusion,
}

impl Record for Resolution {
    const TABLE: Table = Table::new::<Self>(
        "resolution",
        &[
            link("unit", "unit").merge(First),
            link("meeting", "meeting").merge(First).optional(),
            choice("kind", &["resolution", "conclusion"]).merge(First),
            text("title").merge(Ask).longest(300),
            text("body").merge(Ask).longest(12_000),
            day("adopted_on"),
        ],
    )
    .home("unit");

    fn check(&self) -> Result<(), Fault> {
        // A month or a year is no day to be in force from.
        if self.adopted_on.len() == "2026-11-23".len() { Ok(()) } else { Err(Fault::new("adopted_on", "no_such_day")) }
    }
}
