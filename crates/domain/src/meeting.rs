//! A meeting of a cell (sinh hoạt chi bộ): when and where, who led it, how far it has come.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Fault, Id, Member, Merge::*, Moment, Record, Rules, Table, Unit, choice, link, moment, text};

/// One meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Meeting {
    /// Its name.
    pub id: Id<Meeting>,
    /// The cell that meets.
    pub unit: Id<Unit>,
    /// Thường kỳ, chuyên đề, bất thường.
    pub kind: Kind,
    /// What a thematic meeting is about.
    pub topic: Option<String>,
    /// When it is to begin.
    pub planned_at: Moment,
    /// When it is to end.
    pub planned_until: Option<Moment>,
    /// When it began.
    pub started_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// Where.
    pub place: String,
    /// Chủ trì.
    pub chair: Option<Id<Member>>,
    /// Thư ký.
    pub minute_taker: Option<Id<Member>>,
    /// How far it has come: one road, without forks.
    pub status: Status,
    /// When the roll was closed; nothing while it is open.
    pub attendance_closed_at: Option<Moment>,
}

/// The kinds of meeting of HD 42-HD/BTCTW.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MeetingKind")]
pub enum Kind {
    /// Sinh hoạt thường kỳ, monthly.
    Regular,
    /// Sinh hoạt chuyên đề, at least once a quarter.
    Thematic,
    /// Họp bất thường.
    Extraordinary,
}

/// How far a meeting has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MeetingStatus")]
pub enum Status {
    /// To come.
    Planned,
    /// Being held.
    Open,
    /// Over.
    Ended,
}

impl Record for Meeting {
    const TABLE: Table = Table::new::<Self>(
        "meeting",
        &[
            link("unit", "unit").merge(First),
            choice("kind", &["regular", "thematic", "extraordinary"]),
            text("topic").optional().merge(Ask).longest(300),
            moment("planned_at"),
            moment("planned_until").optional(),
            moment("started_at").optional(),
            moment("ended_at").optional(),
            text("place").merge(Ask),
            link("chair", "member").optional(),
            link("minute_taker", "member").optional(),
            choice("status", &["planned", "open", "ended"]).merge(Furthest),
            moment("attendance_closed_at").optional(),
        ],
    )
    .home("unit");

    fn check(&self) -> Result<(), Fault> {
        let after = |start: &Option<Moment>, end: &Option<Moment>| match (start, end) {
            (Some(start), Some(end)) => end > start,
            _ => true,
        };
        if !after(&Some(self.planned_at.clone()), &self.planned_until) {
            return Err(Fault::new("planned_until", "ends_before_start"));
        }
        if !after(&self.started_at, &self.ended_at) {
            return Err(Fault::new("ended_at", "ends_before_start"));
        }
        if self.kind == Kind::Thematic && self.topic.is_none() {
            return Err(Fault::new("topic", "topic_needed"));
        }
        // Without a rule its roll could never be counted.
        if Rules::shipped().is_ok_and(|rules| rules.of_roll(&self.planned_at).is_none()) {
            return Err(Fault::new("planned_at", "no_rule"));
        }
        Ok(())
    }
}
