//! Huy hiệu Đảng: a badge for years in the Party. It lies in the log of the person who was given it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Day, Fault, Id, Member, Merge::*, Record, Role, Rules, Table, day, link, number};

/// One badge of one member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Badge {
    /// Follows from member and years: each badge is given once.
    pub id: Id<Badge>,
    /// Who was given it.
    pub member: Id<Member>,
    /// For how many years in the Party.
    pub years: i32,
    /// When it was given, where that is known.
    pub given_on: Option<Day>,
}

impl Record for Badge {
    const TABLE: Table = Table::new::<Self>(
        "badge",
        &[link("member", "member").merge(First), number("years").merge(First), day("given_on").optional().merge(Ask)],
    )
    .audience(Audience::Person)
    .made_from(&["member", "years"])
    .edit(&[Role::Secretary, Role::Commune, Role::Server]);

    fn check(&self) -> Result<(), Fault> {
        match Rules::shipped() {
            Ok(rules) if !rules.badge_years().contains(&self.years) => Err(Fault::new("years", "no_such_badge")),
            _ => Ok(()),
        }
    }
}
