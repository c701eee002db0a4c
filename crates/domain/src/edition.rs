//! A resolution or conclusion as it was sealed: a text that cannot change, named by its hash, so that whoever holds a copy
//! can tell, without a network, whether it is the true one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Fault, Id, Member, Merge::*, Minutes, Moment, Record, Resolution, Table, Unit, link, moment, text};

/// One sealed text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Edition {
    /// Follows from the resolution and the hash: another text is another record.
    pub id: Id<Edition>,
    /// The unit that adopted it.
    pub unit: Id<Unit>,
    /// What was sealed.
    pub resolution: Id<Resolution>,
    /// SHA-256 of the text's UTF-8 bytes, 64 hexadecimal digits.
    pub hash: String,
    /// The text, a line a paragraph: as much of it as fits into one entry.
    pub text: String,
    /// The rest of it.
    pub more: Option<String>,
    /// Who sealed it.
    pub sealed_by: Id<Member>,
    /// When.
    pub sealed_at: Moment,
}

impl Edition {
    /// The name of a sealed text of a resolution.
    pub fn of(resolution: Id<Resolution>, hash: &str) -> Id<Edition> {
        Id::made_from(&[resolution.into(), hash.into()])
    }
}

impl Record for Edition {
    const TABLE: Table = Table::new::<Self>(
        "edition",
        &[
            link("unit", "unit").merge(First),
            link("resolution", "resolution").merge(First),
            text("hash").merge(First).longest(64),
            text("text").merge(First).longest(Minutes::LONGEST_PART),
            text("more").optional().merge(First).longest(Minutes::LONGEST_PART),
            link("sealed_by", "member").merge(First),
            moment("sealed_at").merge(First),
        ],
    )
    .made_from(&["resolution", "hash"])
    .home("unit");

    fn check(&self) -> Result<(), Fault> {
        if self.hash.len() == 64 && self.hash.chars().all(|c| c.is_ascii_hexdigit()) {
            Ok(())
        } else {
            Err(Fault::new("hash", "unreadable"))
        }
    }
}
