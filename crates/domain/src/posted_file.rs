//! That one file of a meeting was put into the national app.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Day, Id, Meeting, Merge::*, Record, Table, Unit, day, link, text};

/// One file that was put there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PostedFile {
    /// Follows from the meeting and the file.
    pub id: Id<PostedFile>,
    /// The cell that met.
    pub unit: Id<Unit>,
    /// The meeting.
    pub meeting: Id<Meeting>,
    /// Which file, by what it is and not by its name: `minutes.pdf`.
    pub file: String,
    /// When it was put there; nothing where that was taken back.
    pub posted_on: Option<Day>,
}

impl Record for PostedFile {
    const TABLE: Table = Table::new::<Self>(
        "posted_file",
        &[
            link("unit", "unit").merge(First),
            link("meeting", "meeting").merge(First),
            text("file").merge(First).longest(80),
            day("posted_on").optional(),
        ],
    )
    .made_from(&["meeting", "file"])
    .home("unit");
}
