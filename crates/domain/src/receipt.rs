//! A member's word that a document was read (xác nhận đã đọc). It lies where the member, and the secretary and deputy of the
//! member's own cell, read it, and nobody else; offices above see counts ([`crate::Coverage`]).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Document, Id, Member, Merge::*, Moment, Record, Table, link, moment};

/// One word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Receipt {
    /// Follows from the member and the document.
    pub id: Id<Receipt>,
    /// Who read it.
    pub member: Id<Member>,
    /// What was read.
    pub document: Id<Document>,
    /// When it was said.
    pub confirmed_at: Moment,
}

impl Record for Receipt {
    const TABLE: Table = Table::new::<Self>(
        "receipt",
        &[
            link("member", "member").merge(First),
            link("document", "document").merge(First),
            moment("confirmed_at").merge(First),
        ],
    )
    .by_self()
    .audience(Audience::Cell)
    .made_from(&["member", "document"])
    .home("member");
}
