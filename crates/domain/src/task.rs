//! A task that a meeting gave (phân công nhiệm vụ): what, who, until when, and what became of it. Whoever does it reports
//! in their own log ([`crate::Report`]).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Day, Fault, Id, Item, Meeting, Member, Merge::*, Record, Resolution, Searched::*, Table, Unit, choice, day, link,
    number, text,
};

/// One task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Task {
    /// Its name.
    pub id: Id<Task>,
    /// The cell that gave it.
    pub unit: Id<Unit>,
    /// The meeting that did.
    pub meeting: Option<Id<Meeting>>,
    /// The item whose conclusion it is.
    pub item: Option<Id<Item>>,
    /// The resolution it belongs to.
    pub resolution: Option<Id<Resolution>>,
    /// What is to be done.
    pub what: String,
    /// Who does it.
    pub assignee: Option<Id<Member>>,
    /// The last day for it.
    pub due_on: Option<Day>,
    /// How far it is.
    pub status: Status,
    /// Per cent done.
    pub progress: i32,
    /// What came of it.
    pub result: Option<String>,
    /// When it was done.
    pub done_on: Option<Day>,
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TaskStatus")]
pub enum Status {
    /// Đang thực hiện.
    InProgress,
    /// Hoàn thành.
    Done,
    /// Thôi thực hiện, by decision of the cell.
    Dropped,
}

impl Record for Task {
    const TABLE: Table = Table::new::<Self>(
        "task",
        &[
            link("unit", "unit").merge(First),
            link("meeting", "meeting").optional().merge(First),
            link("item", "item").optional().merge(First),
            link("resolution", "resolution").optional(),
            text("what").merge(Ask).longest(500).searched(Title),
            link("assignee", "member").optional(),
            day("due_on").optional(),
            choice("status", &["in_progress", "done", "dropped"]),
            number("progress"),
            text("result").optional().merge(Ask).longest(1000).searched(Words),
            day("done_on").optional(),
        ],
    )
    .home("unit");

    fn check(&self) -> Result<(), Fault> {
        if self.what.is_empty() {
            return Err(Fault::new("what", "empty"));
        }
        if !(0..=100).contains(&self.progress) {
            return Err(Fault::new("progress", "not_a_share"));
        }
        if self.due_on.as_ref().is_some_and(|day| day.len() != "2026-11-23".len()) {
            return Err(Fault::new("due_on", "no_such_day"));
        }
        Ok(())
    }
}
