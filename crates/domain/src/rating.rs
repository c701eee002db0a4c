//! Xếp loại hằng năm: how a member's year was rated. It lies in the log of that person.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Fault, Id, Member, Merge::*, Record, Role, Table, choice, link, number};

/// One member's class of one year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Rating {
    /// Follows from member and year, so that two devices that rate one year write one record.
    pub id: Id<Rating>,
    /// Who was rated.
    pub member: Id<Member>,
    /// Of which year.
    pub year: i32,
    /// The class. Nothing only where a newer app wrote one that is not known here: no class is a guess.
    pub class: Option<Class>,
}

/// The four classes of 366-QĐ/TW.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Hoàn thành xuất sắc nhiệm vụ.
    Excellent,
    /// Hoàn thành tốt nhiệm vụ.
    Good,
    /// Hoàn thành nhiệm vụ.
    Fair,
    /// Không hoàn thành nhiệm vụ.
    Failed,
}

impl Record for Rating {
    const TABLE: Table = Table::new::<Self>(
        "rating",
        &[
            link("member", "member").merge(First),
            number("year").merge(First),
            choice("class", &["excellent", "good", "fair", "failed"]).optional().merge(Ask),
        ],
    )
    .audience(Audience::Person)
    .made_from(&["member", "year"])
    .edit(&[Role::Secretary, Role::Commune, Role::Server]);

    fn check(&self) -> Result<(), Fault> {
        if !(1930..2100).contains(&self.year) {
            return Err(Fault::new("year", "not_a_year"));
        }
        if self.class.is_none() {
            return Err(Fault::new("class", "empty"));
        }
        Ok(())
    }
}
