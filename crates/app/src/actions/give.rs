//! Giving a task, changing it, taking it back; reporting what came of it, and saying so for the cell.

use domain::{Id, Item, Meeting, Member, Record, Report, Resolution, Task, TaskStatus, Value};
use serde::{Deserialize, Serialize};
use store::Edit;
use ts_rs::TS;
use uuid::Uuid;

use super::{
    said::{spoken, spoken_or_nothing},
    tasks::TaskLine,
};
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit, word},
    time,
};

/// What a task asks of whom until when, as typed.
#[derive(Deserialize, Serialize, TS)]
pub struct Asked {
    what: String,
    assignee: Option<Id<Member>>,
    /// The last day for it; all three empty where there is none.
    day: String,
    month: String,
    year: String,
}

impl Desk {
    fn asked(&self, id: Id<Task>, asked: &Asked, given_at: Option<&Meeting>) -> Result<Vec<Edit>, Trouble> {
        let boxes = [&asked.day, &asked.month, &asked.year];
        let due = match boxes.iter().all(|part| part.trim().is_empty()) {
            true => None,
            false => Some(
                time::day_of(&asked.day, &asked.month, &asked.year)
                    .ok_or_else(|| Trouble::invalid("due_on", "no_such_day"))?,
            ),
        };
        if let (Some(due), Some(meeting)) = (&due, given_at)
            && meeting.planned_at.get(..10).is_some_and(|met| due.as_str() < met)
        {
            return Err(Trouble::invalid("due_on", "before_meeting"));
        }
        if let Some(who) = asked.assignee {
            let member = self.book.get(who)?.filter(|member| member.unit == self.unit && !member.activity.ended());
            member.ok_or_else(|| Trouble::invalid("assignee", "left_the_cell"))?;
        }
        Ok(vec![edit(id, "what", spoken(&asked.what)), edit(id, "assignee", asked.assignee), edit(id, "due_on", due)])
    }
}

impl Desk {
    /// Whether edits would change nothing.
    fn says_so(&self, edits: &[Edit]) -> Result<bool, Trouble> {
        for edit in edits {
            if self.book.value(edit.table, edit.id, edit.field)?.unwrap_or(Value::Nothing) != edit.value {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Gives a task at a meeting.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct GiveTask {
    meeting: Id<Meeting>,
    item: Option<Id<Item>>,
    /// The resolution that it comes out of.
    resolution: Option<Id<Resolution>>,
    asked: Asked,
}

impl Action for GiveTask {
    const NAME: &'static str = "give_task";
    type Reply = TaskLine;

    fn run(self, app: &App) -> Result<TaskLine, Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.own_meeting(self.meeting)?;
            let id: Id<Task> = Id::new(Uuid::now_v7());
            let mut edits =
                vec![edit(id, "unit", desk.unit), edit(id, "meeting", meeting.id), edit(id, "status", "in_progress")];
            edits.extend(self.item.map(|item| edit(id, "item", item)));
            if let Some(resolution) = self.resolution {
                edits.push(edit(id, "resolution", desk.need(resolution)?.id));
            }
            edits.extend(desk.asked(id, &self.asked, Some(&meeting))?);
            desk.write(desk.log(&Task::TABLE), edits, None)?;
            desk.task_line(id)
        })
    }
}

/// Changes what a task asks.
#[derive(Deserialize, TS)]
pub struct EditTask {
    task: Id<Task>,
    asked: Asked,
}

impl Action for EditTask {
    const NAME: &'static str = "edit_task";
    type Reply = TaskLine;

    fn run(self, app: &App) -> Result<TaskLine, Trouble> {
        app.at_desk(|desk| {
            let task = desk.need(self.task)?;
            let gone = desk.task_line(self.task)?.gone;
            let given_at = task.meeting.map(|id| desk.book.get(id)).transpose()?.flatten();
            let mut edits = desk.asked(self.task, &self.asked, given_at.as_ref())?;
            if desk.in_seal(&task)? {
                // Whoever has left is followed by somebody else: what was sealed says what is to be done, not who is still here.
                edits.retain(|edit| edit.field != "assignee");
                if !gone || !desk.says_so(&edits)? {
                    return Err(Trouble::invalid("what", "sealed"));
                }
                edits = vec![edit(self.task, "assignee", self.asked.assignee)];
            }
            desk.write(desk.log(&Task::TABLE), edits, None)?;
            desk.task_line(self.task)
        })
    }
}

/// Takes a task back, or gives it again.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct RemoveTask {
    task: Id<Task>,
    /// Gives it again instead.
    back: Option<bool>,
}

impl Action for RemoveTask {
    const NAME: &'static str = "remove_task";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            let removed = i64::from(!self.back.unwrap_or_default());
            if let Some(task) = desk.book.get(self.task)?
                && desk.in_seal(&task)?
            {
                return Err(Trouble::invalid("what", "sealed"));
            }
            desk.write(desk.log(&Task::TABLE), vec![edit(self.task, "removed", removed)], None)
        })
    }
}

/// Says for the cell what came of a task.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct SetTask {
    task: Id<Task>,
    status: TaskStatus,
    progress: i32,
    result: Option<String>,
}

impl Action for SetTask {
    const NAME: &'static str = "set_task";
    type Reply = TaskLine;

    fn run(self, app: &App) -> Result<TaskLine, Trouble> {
        app.at_desk(|desk| {
            let (task, id) = (desk.need(self.task)?, self.task);
            let done = self.status == TaskStatus::Done;
            let done_on = done.then(|| task.done_on.unwrap_or_else(|| desk.today()));
            let edits = vec![
                edit(id, "status", word(self.status)),
                edit(id, "progress", i64::from(if done { 100 } else { self.progress })),
                Edit { value: spoken_or_nothing(self.result.as_deref()), ..edit(id, "result", Value::Nothing) },
                edit(id, "done_on", done_on),
            ];
            desk.write(desk.log(&Task::TABLE), edits, None)?;
            desk.task_line(id)
        })
    }
}

/// Reports, in this person's own log, what came of a task of theirs. It may be said again.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct ReportTask {
    task: Id<Task>,
    progress: i32,
    done: bool,
    result: Option<String>,
}

impl Action for ReportTask {
    const NAME: &'static str = "report_task";
    type Reply = TaskLine;

    fn run(self, app: &App) -> Result<TaskLine, Trouble> {
        app.at_desk(|desk| {
            if desk.need(self.task)?.assignee != Some(desk.me) {
                return Err(Code::NotAllowed.into());
            }
            let id: Id<Report> = Id::new(Uuid::now_v7());
            let edits = vec![
                edit(id, "member", desk.me),
                edit(id, "task", self.task),
                edit(id, "progress", i64::from(if self.done { 100 } else { self.progress })),
                edit(id, "done", i64::from(self.done)),
                Edit { value: spoken_or_nothing(self.result.as_deref()), ..edit(id, "result", Value::Nothing) },
                edit(id, "said_at", time::moment(desk.now)),
            ];
            desk.write(desk.about(desk.me)?, edits, None)?;
            desk.task_line(self.task)
        })
    }
}
