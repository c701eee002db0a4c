//! An annex to locked minutes (phụ lục): what is to be put right or added, beside a text that no longer changes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Audience, Fault, Id, Meeting, Merge::*, Minutes, Moment, Record, Searched::*, Table, Unit, link, moment, text,
};

/// One annex. Who wrote it is told by the entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Annex {
    /// Its name.
    pub id: Id<Annex>,
    /// The cell that met.
    pub unit: Id<Unit>,
    /// The meeting.
    pub meeting: Id<Meeting>,
    /// The text that it is added to.
    pub minutes: Id<Minutes>,
    /// What it says. Said once: what is wrong with it is a further annex.
    pub text: String,
    /// When it was written.
    pub written_at: Moment,
}

impl Record for Annex {
    const TABLE: Table = Table::new::<Self>(
        "annex",
        &[
            link("unit", "unit").merge(First),
            link("meeting", "meeting").merge(First),
            link("minutes", "minutes").merge(First),
            text("text").merge(First).longest(4000).searched(Words),
            moment("written_at").merge(First),
        ],
    )
    .audience(Audience::Office)
    .home("unit");

    fn check(&self) -> Result<(), Fault> {
        if self.text.is_empty() { Err(Fault::new("text", "empty")) } else { Ok(()) }
    }
}
