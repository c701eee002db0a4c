//! Attendance: whether one member came to one meeting.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Id, Meeting, Member, Merge::*, Moment, Record, Table, choice, link, moment};

/// One line of a meeting's roll.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Attendance {
    /// Follows from meeting and member, so that two phones that mark one person mark one record.
    pub id: Id<Attendance>,
    /// The meeting.
    pub meeting: Id<Meeting>,
    /// The member.
    pub member: Id<Member>,
    /// What was marked.
    pub mark: Mark,
    /// When a late member came.
    pub arrived_at: Option<Moment>,
    /// Why an excused member did not come: a group only, never a diagnosis.
    pub reason: Option<Reason>,
}

/// What a roll says of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Chưa ghi.
    Unmarked,
    /// Có mặt.
    Present,
    /// Đến muộn.
    Late,
    /// Vắng, chưa rõ lý do.
    Absent,
    /// Vắng có lý do.
    AbsentExcused,
    /// Vắng không lý do.
    AbsentUnexcused,
    /// Sinh hoạt tạm thời nơi khác.
    Away,
    /// Được miễn sinh hoạt.
    Exempt,
}

impl Mark {
    /// Whether the member is in the room.
    pub fn here(self) -> bool {
        matches!(self, Self::Present | Self::Late)
    }
}

/// Why a member is excused, as a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Sức khỏe.
    Health,
    /// Công tác.
    Work,
    /// Việc gia đình.
    Family,
    /// Đi xa.
    Travel,
    /// Lý do khác.
    Other,
}

impl Record for Attendance {
    const TABLE: Table = Table::new::<Self>(
        "attendance",
        &[
            link("meeting", "meeting").merge(First),
            link("member", "member").merge(First),
            choice(
                "mark",
                &["unmarked", "present", "late", "absent", "absent_excused", "absent_unexcused", "away", "exempt"],
            )
            .merge(Ask),
            moment("arrived_at").optional(),
            choice("reason", &["health", "work", "family", "travel", "other"]).optional(),
        ],
    )
    .made_from(&["meeting", "member"]);
}
