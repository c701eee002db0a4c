//! What became of an entry that the server set aside: those who lead its author's unit take it into the book, or turn it
//! down and say why. It lies in the log of the entry's author: whoever lost an office hears it there all the same, and
//! nobody hears it whom it does not concern.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Fault, Id, Member, Merge::*, Record, Role, Table, flag, link, text};

/// The decision about one entry. Who decided and when is said by the stamp: it is an entry like all others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Decision {
    /// Follows from the author and the entry, so that two who decide write one record.
    pub id: Id<Decision>,
    /// Who wrote the entry.
    pub member: Id<Member>,
    /// SHA-256 of the entry's verbatim bytes, 64 hexadecimal digits.
    pub entry: String,
    /// Whether it was taken into the book. The first word stands: nobody decides over a decision.
    pub taken: bool,
    /// Why it was turned down.
    pub reason: Option<String>,
}

impl Decision {
    /// The name of the decision about an entry, by its hash in hexadecimal digits.
    pub fn about(author: Id<Member>, entry: &str) -> Id<Decision> {
        Id::made_from(&[author.into(), entry.into()])
    }
}

impl Record for Decision {
    const TABLE: Table = Table::new::<Self>(
        "decision",
        &[
            link("member", "member").merge(First),
            text("entry").merge(First).longest(64),
            flag("taken").merge(First),
            text("reason").optional().merge(First).longest(500),
        ],
    )
    .audience(Audience::Person)
    .made_from(&["member", "entry"])
    .edit(&[Role::Deputy, Role::Secretary, Role::Commune]);

    fn check(&self) -> Result<(), Fault> {
        if self.entry.len() != 64 || !self.entry.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(Fault::new("entry", "unreadable"));
        }
        // Whoever wrote it is owed a word.
        if self.taken || self.reason.is_some() { Ok(()) } else { Err(Fault::new("reason", "reason_needed")) }
    }
}
