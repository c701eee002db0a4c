//! What a member reports of a task (báo kết quả thực hiện): a word of its own each time, which nobody changes. The cell's
//! officers read it and say in the task what came of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Fault, Id, Member, Merge::*, Moment, Record, Table, Task, flag, link, moment, number, text};

/// One report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Report {
    /// Its name.
    pub id: Id<Report>,
    /// Who reports.
    pub member: Id<Member>,
    /// The task.
    pub task: Id<Task>,
    /// Per cent done.
    pub progress: i32,
    /// Whether it is done.
    pub done: bool,
    /// What came of it.
    pub result: Option<String>,
    /// When it was said.
    pub said_at: Moment,
}

impl Record for Report {
    const TABLE: Table = Table::new::<Self>(
        "report",
        &[
            link("member", "member").merge(First),
            link("task", "task").merge(First),
            number("progress").merge(First),
            flag("done").merge(First),
            text("result").optional().merge(First).longest(1000),
            moment("said_at").merge(First),
        ],
    )
    .by_self()
    .home("member");

    fn check(&self) -> Result<(), Fault> {
        if (0..=100).contains(&self.progress) { Ok(()) } else { Err(Fault::new("progress", "not_a_share")) }
    }
}
