//! A vote (biểu quyết): what was put to it, how, and how many voted how. What it takes to pass is in `assets/rules`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Audience, Fault, Id, Item, Meeting, Merge::*, Moment, Record, Table, Unit, choice, link, moment, number, text,
};

/// One vote, counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Vote {
    /// Its name.
    pub id: Id<Vote>,
    /// The cell that voted.
    pub unit: Id<Unit>,
    /// The meeting.
    pub meeting: Id<Meeting>,
    /// The item that it was about.
    pub item: Option<Id<Item>>,
    /// What was put to the vote.
    pub subject: String,
    /// What kind of decision: it settles how many votes are needed.
    pub decides: Decides,
    /// By hand, or in secret.
    pub ballot: Ballot,
    /// Vote base (số đảng viên được triệu tập có quyền biểu quyết), as it was counted then.
    pub base: i32,
    /// How many of those were in the room.
    pub here: i32,
    /// Of how many the share was taken, as they were counted then: the base, or the official members on the list.
    pub whole: Option<i32>,
    /// Tán thành.
    pub votes_for: i32,
    /// Không tán thành.
    pub votes_against: i32,
    /// Ý kiến khác, không biểu quyết, phiếu không hợp lệ.
    pub votes_other: i32,
    /// When it was counted.
    pub counted_at: Moment,
}

/// The kinds of decision, by what they need to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Decides {
    /// Nghị quyết thông thường.
    Resolution,
    /// Đề nghị kết nạp đảng viên.
    Admission,
    /// Đề nghị công nhận đảng viên chính thức.
    Recognition,
    /// Đề nghị khai trừ.
    Expulsion,
    /// Khiển trách, cảnh cáo.
    Reprimand,
    /// Bầu cử.
    Election,
}

impl Decides {
    /// Each of them.
    pub const ALL: [Self; 6] =
        [Self::Resolution, Self::Admission, Self::Recognition, Self::Expulsion, Self::Reprimand, Self::Election];
}

/// How a vote is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ballot {
    /// Biểu quyết giơ tay.
    Hand,
    /// Bỏ phiếu kín.
    Secret,
}

impl Vote {
    /// How many votes were counted.
    pub fn counted(&self) -> i32 {
        self.votes_for + self.votes_against + self.votes_other
    }
}

impl Record for Vote {
    const TABLE: Table = Table::new::<Self>(
        "vote",
        &[
            link("unit", "unit").merge(First),
            link("meeting", "meeting").merge(First),
            link("item", "item").optional().merge(First),
            text("subject").merge(Ask).longest(500),
            choice("decides", &["resolution", "admission", "recognition", "expulsion", "reprimand", "election"])
                .merge(Ask),
            choice("ballot", &["hand", "secret"]).merge(Ask),
            number("base").merge(Ask),
            number("here").merge(Ask),
            number("whole").optional().merge(Ask),
            number("votes_for").merge(Ask),
            number("votes_against").merge(Ask),
            number("votes_other").merge(Ask),
            moment("counted_at"),
        ],
    )
    .audience(Audience::Office)
    .home("unit");

    fn check(&self) -> Result<(), Fault> {
        let counts = [
            ("votes_for", self.votes_for),
            ("votes_against", self.votes_against),
            ("votes_other", self.votes_other),
            ("here", self.here),
        ];
        if let Some((field, _)) = counts.into_iter().find(|(_, count)| !(0..=100_000).contains(count)) {
            return Err(Fault::new(field, "not_a_count"));
        }
        if self.here > self.base {
            return Err(Fault::new("here", "more_than_base"));
        }
        if self.counted() != self.here {
            return Err(Fault::new("votes_other", "votes_differ"));
        }
        if self.subject.is_empty() { Err(Fault::new("subject", "empty")) } else { Ok(()) }
    }
}
