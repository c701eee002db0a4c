//! A grant: an office that a person holds in a unit, from a day to a day. It is what gives rights.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Day, Fault, Id, Member, Merge::*, Record, Role, Table, Unit, choice, day, link};

/// One office of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Grant {
    /// Its name.
    pub id: Id<Grant>,
    /// Where the office is held.
    pub unit: Id<Unit>,
    /// Who holds it.
    pub member: Id<Member>,
    /// Which office.
    pub office: Office,
    /// The first day of it.
    pub valid_from: Day,
    /// The last day of it, once known.
    pub valid_to: Option<Day>,
}

/// What a grant lets a person be in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// A plain member.
    Member,
    /// Chi ủy viên.
    Committee,
    /// Phó bí thư.
    Deputy,
    /// Bí thư.
    Secretary,
    /// The office of a commune or province committee.
    Office,
}

impl Office {
    /// The office of that name.
    pub fn parse(name: &str) -> Option<Self> {
        serde_json::from_value(name.into()).ok()
    }
}

impl Grant {
    /// Whether it is in force on `day`.
    pub fn in_force(&self, day: &str) -> bool {
        self.valid_from.as_str() <= day && self.valid_to.as_deref().is_none_or(|to| day <= to)
    }
}

impl Record for Grant {
    const TABLE: Table = Table::new::<Self>(
        "grant",
        &[
            link("unit", "unit").merge(First),
            link("member", "member").merge(First),
            choice("office", &["member", "committee", "deputy", "secretary", "office"]).merge(First).only(&[
                (Role::Secretary, &["member"]),
                (Role::Commune, &["member", "committee", "deputy", "secretary"]),
                (Role::Province, &["office"]),
            ]),
            day("valid_from"),
            day("valid_to").optional(),
        ],
    )
    .audience(Audience::Register)
    .home("unit")
    .edit(&[Role::Secretary, Role::Commune, Role::Province, Role::Server]);

    fn check(&self) -> Result<(), Fault> {
        match &self.valid_to {
            Some(to) if *to < self.valid_from => Err(Fault::new("valid_to", "ends_before_start")),
            _ => Ok(()),
        }
    }
}
