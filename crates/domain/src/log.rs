//! Which log a record lives in. Privacy comes from the log, never from stripping fields:
//! whoever may read a log reads all of it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Id, Member, Unit, Value, id::made_from};

/// Who a log is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// Who belongs to the unit: its name, roster, offices and devices. Read by its members and all offices above.
    Register,
    /// All members of the unit and of units below it, and the office directly above.
    Everyone,
    /// Those who lead the unit, and the office directly above: drafts, dues.
    Office,
    /// One member, the secretary, the deputy and the commune office.
    Person,
    /// What a unit reports upward.
    Reports,
    /// One member, and the secretary and the deputy of their cell.
    Cell,
    /// One member alone.
    Own,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Audience; 7] =
        [Self::Register, Self::Everyone, Self::Office, Self::Person, Self::Reports, Self::Cell, Self::Own];

    /// Whether there is one log a member.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::Person | Self::Cell | Self::Own)
    }
}

/// The entries of one unit for one audience; where an audience [is personal](Audience::is_personal), one log a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Log {
    /// Whose it is.
    pub unit: Id<Unit>,
    /// Whom it is for.
    pub audience: Audience,
    /// The person it is about, in a person log.
    pub member: Option<Id<Member>>,
}

impl Log {
    /// The log of a unit for one audience.
    pub const fn of(unit: Id<Unit>, audience: Audience) -> Self {
        Self { unit, audience, member: None }
    }

    /// The log about one person.
    pub const fn about(unit: Id<Unit>, member: Id<Member>) -> Self {
        Self::of_one(unit, Audience::Person, member)
    }

    /// The log of one member for an audience that is personal.
    pub const fn of_one(unit: Id<Unit>, audience: Audience, member: Id<Member>) -> Self {
        Self { unit, audience, member: Some(member) }
    }

    /// The log's own name.
    pub fn id(&self) -> Uuid {
        let audience = Uuid::from_u128(self.audience as u128 + 1);
        let member = self.member.map_or(Uuid::nil(), Id::uuid);
        made_from(&[self.unit.uuid(), audience, member].map(Value::Link))
    }
}
