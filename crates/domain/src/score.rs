//! How the cell scored its own meeting (đánh giá chất lượng sinh hoạt), by the form in force in the meeting's month.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Fault, Id, Meeting, Merge::*, Record, Table, link, number, text};

/// The points of one criterion; the sum is worked out, never written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Score {
    /// Follows from meeting and criterion.
    pub id: Id<Score>,
    /// The meeting.
    pub meeting: Id<Meeting>,
    /// The criterion's name on the form of the meeting's month.
    pub criterion: String,
    /// Its points.
    pub points: i32,
}

impl Record for Score {
    const TABLE: Table = Table::new::<Self>(
        "score",
        &[
            link("meeting", "meeting").merge(First),
            text("criterion").merge(First).longest(40),
            number("points").merge(Ask),
        ],
    )
    .made_from(&["meeting", "criterion"]);

    fn check(&self) -> Result<(), Fault> {
        if (0..=1000).contains(&self.points) { Ok(()) } else { Err(Fault::new("points", "not_a_count")) }
    }
}
