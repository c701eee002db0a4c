//! What was said of an agenda item, and what came of it: the words that the minutes are made of. They are read by those
//! who lead the cell; the members read what was decided.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Id, Item, Merge::*, Record, Searched::*, Table, Unit, link, text};

/// The discussion of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Discussion {
    /// Follows from the item, so that two phones that write of one item write one record.
    pub id: Id<Discussion>,
    /// The cell that meets.
    pub unit: Id<Unit>,
    /// The item.
    pub item: Id<Item>,
    /// Who said what: one growing text; a line that begins with `Đ/c Bình:` begins that person's opinion.
    pub words: Option<String>,
    /// What was concluded of it (kết luận từng nội dung).
    pub conclusion: Option<String>,
}

impl Record for Discussion {
    const TABLE: Table = Table::new::<Self>(
        "discussion",
        &[
            link("unit", "unit").merge(First),
            link("item", "item").merge(First),
            text("words").optional().merge(Ask).longest(12_000).searched(Words),
            text("conclusion").optional().merge(Ask).longest(4000).searched(Words),
        ],
    )
    .audience(Audience::Office)
    .made_from(&["item"])
    .home("unit");
}
