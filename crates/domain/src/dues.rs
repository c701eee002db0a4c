//! Đảng phí: whether a member has paid the dues of a month. Never how much. It lies in the log of that person.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Day, Fault, Id, Member, Merge::*, Record, Role, Table, day, flag, link};

/// One member's dues of one month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Dues {
    /// Follows from member and month, so that two devices that tick one month write one record.
    pub id: Id<Dues>,
    /// Who pays.
    pub member: Id<Member>,
    /// `2026-11`.
    pub month: Day,
    /// Whether it was paid: the last word stands.
    pub paid: bool,
}

impl Record for Dues {
    const TABLE: Table =
        Table::new::<Self>("dues", &[link("member", "member").merge(First), day("month").merge(First), flag("paid")])
            .audience(Audience::Person)
            .made_from(&["member", "month"])
            .edit(&[Role::Secretary, Role::Server]);

    fn check(&self) -> Result<(), Fault> {
        // A day or a year would be a second record beside the month's.
        if self.month.len() == "2026-11".len() { Ok(()) } else { Err(Fault::new("month", "not_a_month")) }
    }
}
