//! A meeting of a cell (sinh hoạt chi bộ): when and where, who led it, how far it has come.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Day, Fault, Id, Member, Merge::*, Moment, Record, Rules, Searched::*, Table, Unit, choice, day, flag, link, moment,
    number, text,
};

/// One meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Meeting {
    /// Its name.
    pub id: Id<Meeting>,
    /// The cell that meets.
    pub unit: Id<Unit>,
    /// Thường kỳ, chuyên đề, bất thường.
    pub kind: Kind,
    /// What a thematic meeting is about; of a regular one, the theme taken up in the same session.
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
    /// When the members were invited.
    pub invited_at: Option<Moment>,
    /// The member of the committee above who is assigned to the cell (cấp ủy viên phụ trách), by name.
    pub supervisor: Option<String>,
    /// Guests from above or outside, by name.
    pub guests: Option<String>,
    /// When it was said at the opening how dues stand.
    pub dues_stated_at: Option<Moment>,
    /// How many had paid theirs of its month, as it was said then. Who may not read who paid reads this.
    pub dues_paid: Option<i32>,
    /// Of how many.
    pub dues_of: Option<i32>,
    /// Whether the invitation says that it is called at short notice (đột xuất).
    pub short_notice: bool,
    /// Whether it was held on paper and entered later (nhập lại từ sổ giấy).
    pub from_paper: bool,
    /// Why it was not held, where it was not.
    pub not_held: Option<String>,
    /// When its papers were put into the national app.
    pub papers_posted_on: Option<Day>,
    /// When its finished papers were.
    pub finished_posted_on: Option<Day>,
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

impl Meeting {
    /// Why it was not held; nothing where it was begun all the same.
    pub fn missed(&self) -> Option<&str> {
        self.not_held.as_deref().filter(|_| self.status == Status::Planned)
    }
}

impl Record for Meeting {
    const TABLE: Table = Table::new::<Self>(
        "meeting",
        &[
            link("unit", "unit").merge(First),
            choice("kind", &["regular", "thematic", "extraordinary"]),
            text("topic").optional().merge(Ask).longest(300).searched(Title),
            moment("planned_at"),
            moment("planned_until").optional(),
            moment("started_at").optional(),
            moment("ended_at").optional(),
            text("place").merge(Ask).searched(Words),
            link("chair", "member").optional(),
            link("minute_taker", "member").optional(),
            choice("status", &["planned", "open", "ended"]).merge(Furthest),
            moment("attendance_closed_at").optional(),
            moment("invited_at").optional(),
            text("supervisor").optional(),
            text("guests").optional().merge(Ask).longest(1000),
            moment("dues_stated_at").optional(),
            number("dues_paid").optional(),
            number("dues_of").optional(),
            flag("short_notice"),
            flag("from_paper"),
            text("not_held").optional().merge(Ask).longest(300),
            day("papers_posted_on").optional(),
            day("finished_posted_on").optional(),
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
