//! What a member answered to an invitation: comes, or asks leave (xin phép vắng). Each answer is a word of its own, which
//! nobody changes: the last before the meeting begins stands, and one that comes later is a request to the secretary.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Fault, Id, Meeting, Member, Merge::*, Moment, Reason, Record, Table, choice, link, moment};

/// One answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Answer {
    /// Its name.
    pub id: Id<Answer>,
    /// Who answers.
    pub member: Id<Member>,
    /// The meeting.
    pub meeting: Id<Meeting>,
    /// Whether they come.
    pub comes: Comes,
    /// Why not, as a group only, never a diagnosis.
    pub reason: Option<Reason>,
    /// When it was said.
    pub said_at: Moment,
}

/// What the answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Comes {
    /// Sẽ dự.
    Yes,
    /// Xin phép vắng.
    Leave,
}

impl Record for Answer {
    const TABLE: Table = Table::new::<Self>(
        "answer",
        &[
            link("member", "member").merge(First),
            link("meeting", "meeting").merge(First),
            choice("comes", &["yes", "leave"]).merge(First),
            choice("reason", &["health", "work", "family", "travel", "other"]).optional().merge(First),
            moment("said_at").merge(First),
        ],
    )
    .by_self()
    .home("member");

    fn check(&self) -> Result<(), Fault> {
        if self.comes == Comes::Leave && self.reason.is_none() {
            return Err(Fault::new("reason", "leave_reason_needed"));
        }
        Ok(())
    }
}
