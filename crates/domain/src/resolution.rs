//! What a meeting is asked to decide, and what becomes of it: a resolution (nghị quyết) or a conclusion (kết luận).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Day, Fault, Id, Meeting, Merge::*, Record, Role, Searched::*, Table, Unit, Vote, choice, day, link, number, text,
};

/// One resolution or conclusion.
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
    /// When it was adopted; nothing while it is not.
    pub adopted_on: Day,
    /// How far it has come: one road, without forks.
    pub status: Status,
    /// What was decided.
    pub outcome: Option<Outcome>,
    /// The vote that decided it.
    pub vote: Option<Id<Vote>>,
    /// The series whose next number it asks of the server: kind and term, e.g. `NQ 2025-2030`.
    pub series: Option<String>,
    /// Its number, given once by the server and never given again; until then the place is left blank on paper.
    pub number: Option<i32>,
    /// Which draft it is (dự thảo lần …), once words were changed that the cell had before it: 2 and on.
    pub round: Option<i32>,
    /// Why its number is not used after all. The number stays its own.
    pub cancelled: Option<String>,
}

/// How far a resolution has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ResolutionStatus")]
pub enum Status {
    /// Dự thảo.
    Draft,
    /// Trình chi bộ.
    Proposed,
    /// Đã biểu quyết.
    Decided,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Thông qua.
    Adopted,
    /// Không thông qua.
    Rejected,
}

/// The kinds of decision a cell writes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ResolutionKind")]
pub enum Kind {
    /// Nghị quyết.
    Resolution,
    /// Kết luận.
    Conclusion,
}

impl Kind {
    /// Its name in rules and in sealed texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
            Self::Conclusion => "conclusion",
        }
    }
}

impl Record for Resolution {
    const TABLE: Table = Table::new::<Self>(
        "resolution",
        &[
            link("unit", "unit").merge(First),
            link("meeting", "meeting").merge(First).optional(),
            choice("kind", &["resolution", "conclusion"]).merge(First),
            text("title").merge(Ask).longest(300).searched(Title),
            text("body").merge(Ask).longest(12_000).searched(Words),
            day("adopted_on"),
            choice("status", &["draft", "proposed", "decided"]).merge(Furthest),
            choice("outcome", &["adopted", "rejected"]).optional().merge(Ask),
            link("vote", "vote").optional(),
            text("series").optional().merge(First).longest(40),
            number("number").optional().merge(First).edit(&[Role::Server]).searched(Number),
            number("round").optional(),
            text("cancelled").optional().merge(First).longest(500),
        ],
    )
    .home("unit")
    .numbered("series", "number");

    fn check(&self) -> Result<(), Fault> {
        // A month or a year is no day to be in force from.
        let adopted = self.outcome == Some(Outcome::Adopted) || !self.adopted_on.is_empty();
        if adopted && self.adopted_on.len() != "2026-11-23".len() {
            return Err(Fault::new("adopted_on", "no_such_day"));
        }
        if self.title.is_empty() { Err(Fault::new("title", "empty")) } else { Ok(()) }
    }
}
