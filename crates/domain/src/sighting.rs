//! A mark of secrecy (dấu chỉ độ mật) that somebody met: on a file, which was therefore refused, or in a document that had
//! been published. It says where the mark stood and nothing of the paper: neither its name nor a word of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Document, Id, Member, Merge::*, Moment, Record, Table, choice, link, moment, text};

/// One mark, met once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Sighting {
    /// Its name.
    pub id: Id<Sighting>,
    /// Who met it.
    pub member: Id<Member>,
    /// The published document that bears it; none where a file was refused.
    pub document: Option<Id<Document>>,
    /// Which: `TỐI MẬT`; none where a person reports it.
    pub mark: Option<String>,
    /// Where it stood.
    pub place: SightingPlace,
    /// When.
    pub met_at: Moment,
}

/// Where a mark stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SightingPlace {
    /// In the file's name.
    Name,
    /// In its text, on a page of it, or in what was typed.
    Text,
    /// In a document that had been published.
    Published,
}

impl Record for Sighting {
    const TABLE: Table = Table::new::<Self>(
        "sighting",
        &[
            link("member", "member").merge(First),
            link("document", "document").merge(First).optional(),
            text("mark").merge(First).optional(),
            choice("place", &["name", "text", "published"]).merge(First),
            moment("met_at").merge(First),
        ],
    )
    .by_self()
    .home("member")
    .lasting();
}
