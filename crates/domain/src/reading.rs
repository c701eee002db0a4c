//! Where a member is in a document, so that another of their devices goes on there. It is nobody else's to read, and nothing
//! more is kept of how anybody reads.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Document, Fault, Id, Member, Merge::*, Record, Table, link, number};

/// One member's place in one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Reading {
    /// Follows from the document and the member.
    pub id: Id<Reading>,
    /// Who reads.
    pub member: Id<Member>,
    /// What is read.
    pub document: Id<Document>,
    /// The block at the top of the screen, counted from 0.
    pub block: i32,
    /// The block where the ribbon lies.
    pub ribbon: Option<i32>,
}

impl Record for Reading {
    const TABLE: Table = Table::new::<Self>(
        "reading",
        &[
            link("member", "member").merge(First),
            link("document", "document").merge(First),
            number("block"),
            number("ribbon").optional(),
        ],
    )
    .by_self()
    .audience(Audience::Own)
    .made_from(&["document", "member"])
    .home("member");

    fn check(&self) -> Result<(), Fault> {
        if self.block < 0 || self.ribbon.is_some_and(|at| at < 0) {
            return Err(Fault::new("block", "not_a_count"));
        }
        Ok(())
    }
}
