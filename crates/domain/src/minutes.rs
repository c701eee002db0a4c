//! The minutes of a meeting (biên bản) as they were put to those who answer for them: a text that cannot change, named
//! by its hash. They are locked once the chair and the minute-taker have both acknowledged one and the same text.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Audience, Fault, Id, Meeting, Member, Merge::*, Moment, Record, Searched::*, Table, Unit, link, moment, text,
};

/// One text of a meeting's minutes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Minutes {
    /// Follows from the meeting and the hash: another text is another record.
    pub id: Id<Minutes>,
    /// The cell that met.
    pub unit: Id<Unit>,
    /// The meeting.
    pub meeting: Id<Meeting>,
    /// SHA-256 of the text's UTF-8 bytes, 64 hexadecimal digits.
    pub hash: String,
    /// The text, a line a paragraph: as much of it as fits into one entry.
    pub text: String,
    /// The rest of it, as much as fits into one entry again; and so on.
    pub more: Option<String>,
    /// What follows it.
    pub more_2: Option<String>,
    /// What follows it.
    pub more_3: Option<String>,
    /// What follows it.
    pub more_4: Option<String>,
    /// What follows it.
    pub more_5: Option<String>,
    /// What follows it.
    pub more_6: Option<String>,
    /// What follows it.
    pub more_7: Option<String>,
    /// Who led the meeting.
    pub chair: Id<Member>,
    /// Who wrote the minutes.
    pub minute_taker: Id<Member>,
    /// When the chair acknowledged this text. On whose device is told by the entry.
    pub chair_at: Option<Moment>,
    /// When the minute-taker did.
    pub taker_at: Option<Moment>,
}

impl Minutes {
    /// So many characters fit into one entry, whatever letters they are.
    pub const LONGEST_PART: usize = 20_000;
    /// The fields that hold the text, in order.
    pub const PARTS: [&str; 8] = ["text", "more", "more_2", "more_3", "more_4", "more_5", "more_6", "more_7"];
    /// So many characters a text has at the most.
    pub const LONGEST: usize = Self::LONGEST_PART * Self::PARTS.len();

    /// The name of a text of a meeting's minutes.
    pub fn of(meeting: Id<Meeting>, hash: &str) -> Id<Minutes> {
        Id::made_from(&[meeting.into(), hash.into()])
    }

    /// The whole text.
    pub fn words(&self) -> String {
        let more = [&self.more, &self.more_2, &self.more_3, &self.more_4, &self.more_5, &self.more_6, &self.more_7];
        more.into_iter().flatten().fold(self.text.clone(), |all, part| all + part)
    }

    /// When it was locked: at the second acknowledgement.
    pub fn locked_at(&self) -> Option<&Moment> {
        self.chair_at.as_ref().zip(self.taker_at.as_ref()).map(|(chair, taker)| chair.max(taker))
    }
}

impl Record for Minutes {
    const TABLE: Table = Table::new::<Self>(
        "minutes",
        &[
            link("unit", "unit").merge(First),
            link("meeting", "meeting").merge(First),
            text("hash").merge(First).longest(64),
            text("text").merge(First).longest(Self::LONGEST_PART).searched(Words),
            text("more").optional().merge(First).longest(Self::LONGEST_PART).searched(Words),
            text("more_2").optional().merge(First).longest(Self::LONGEST_PART).searched(Words),
            text("more_3").optional().merge(First).longest(Self::LONGEST_PART).searched(Words),
            text("more_4").optional().merge(First).longest(Self::LONGEST_PART).searched(Words),
            text("more_5").optional().merge(First).longest(Self::LONGEST_PART).searched(Words),
            text("more_6").optional().merge(First).longest(Self::LONGEST_PART).searched(Words),
            text("more_7").optional().merge(First).longest(Self::LONGEST_PART).searched(Words),
            link("chair", "member").merge(First),
            link("minute_taker", "member").merge(First),
            moment("chair_at").optional().merge(First),
            moment("taker_at").optional().merge(First),
        ],
    )
    .audience(Audience::Office)
    .made_from(&["meeting", "hash"])
    .home("unit");

    fn check(&self) -> Result<(), Fault> {
        if self.hash.len() != 64 || !self.hash.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(Fault::new("hash", "unreadable"));
        }
        // Four eyes: one person cannot acknowledge for both.
        if self.chair == self.minute_taker { Err(Fault::new("minute_taker", "same_person")) } else { Ok(()) }
    }
}
