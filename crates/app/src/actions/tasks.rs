//! Tasks as screens show them: who does what until when, how late it is, and what was reported of it.

use std::collections::HashMap;

use domain::{Day, Id, Item, Meeting, Member, Moment, Outcome, Report, Resolution, Task, TaskStatus, days_between};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::said::{Asking, Said};
use crate::{Action, App, Trouble, desk::Desk};

/// One task.
#[derive(Debug, Serialize, TS)]
pub struct TaskLine {
    /// Its name.
    pub id: Id<Task>,
    /// The item whose conclusion gave it.
    pub item: Option<Id<Item>>,
    /// The meeting that gave it.
    pub meeting: Option<Id<Meeting>>,
    /// The resolution that it comes out of.
    pub resolution: Option<Id<Resolution>>,
    /// The day of that meeting.
    pub given_on: Option<Moment>,
    /// What is to be done.
    pub what: Said,
    /// Who does it.
    pub assignee: Option<Id<Member>>,
    /// By name.
    pub name: Option<String>,
    /// Whether the assignee is no longer on the cell's list: somebody else is needed.
    pub gone: bool,
    /// Who could do it instead: the chair who gave it, or whoever has the fewest open tasks.
    pub instead: Option<Id<Member>>,
    /// The last day for it.
    pub due_on: Option<Day>,
    /// Days until then; negative once past.
    pub days_left: Option<i64>,
    /// How it stands today.
    pub state: TaskState,
    /// How far it is, by the cell's own word.
    pub status: TaskStatus,
    /// Per cent done.
    pub progress: i32,
    /// What came of it.
    pub result: Said,
    /// When it was done.
    pub done_on: Option<Day>,
    /// What the assignee reported last.
    pub report: Option<ReportLine>,
    /// Whether it is this person's own.
    pub mine: bool,
}

/// How a task stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Quá hạn.
    Overdue,
    /// Its day is within a week.
    ThisWeek,
    /// Later, or on no set day.
    Later,
    /// Done, or dropped.
    Done,
}

/// What was reported of a task.
#[derive(Debug, Serialize, TS)]
pub struct ReportLine {
    /// Per cent done.
    pub progress: i32,
    /// Whether it is done.
    pub done: bool,
    /// What came of it.
    pub result: Option<String>,
    /// When it was said.
    pub said_at: Moment,
}

/// Tasks that stand the same way.
#[derive(Debug, Serialize, TS)]
pub struct TaskGroup {
    /// How.
    pub state: TaskState,
    /// The tasks, the most urgent first; of those done, the latest.
    pub rows: Vec<TaskLine>,
}

/// Everything there is to do.
#[derive(Debug, Serialize, TS)]
pub struct Tasks {
    /// This person's own.
    pub mine: Vec<TaskGroup>,
    /// The cell's, for those who lead it.
    pub cell: Vec<TaskGroup>,
    /// The one that was asked for by name, where it is in neither list: a comrade's, or one long done.
    pub named: Option<TaskLine>,
    /// Whether this person may say what came of them.
    pub may_lead: bool,
}

/// So many of the tasks that are done are shown.
const MOST_DONE: usize = 30;
/// Days that are near.
const NEAR: i64 = 7;

impl Desk {
    /// The tasks for which `wher` holds as lines, the most urgent first.
    pub(super) fn task_lines(&self, tasks: Vec<Task>) -> Result<Vec<TaskLine>, Trouble> {
        let asking = Asking::of::<Task>(self)?;
        let mut given: HashMap<Id<Meeting>, Option<Moment>> = HashMap::new();
        let mut lines = Vec::with_capacity(tasks.len());
        let mut open: Option<HashMap<Id<Member>, usize>> = None;
        for task in tasks {
            let assignee = task.assignee.map(|id| self.book.get(id)).transpose()?.flatten();
            let days_left = task.due_on.as_ref().and_then(|due| days_between(&self.today(), due));
            let given_on = match task.meeting {
                Some(id) if !given.contains_key(&id) => {
                    let on = self.book.get(id)?.map(|meeting| meeting.planned_at);
                    given.insert(id, on.clone());
                    on
                }
                Some(id) => given.get(&id).cloned().flatten(),
                None => None,
            };
            let gone = task.assignee.is_some()
                && assignee.as_ref().is_none_or(|member| member.activity.ended() || member.unit != self.unit);
            let instead = match gone && task.status == TaskStatus::InProgress {
                true => self.instead(&task, &mut open)?,
                false => None,
            };
            lines.push(TaskLine {
                instead,
                gone,
                what: asking.said(self, task.id.uuid(), "what", Some(task.what))?,
                result: asking.said(self, task.id.uuid(), "result", task.result)?,
                report: task.assignee.map(|who| self.last_report(task.id, who)).transpose()?.flatten(),
                state: match days_left {
                    _ if task.status != TaskStatus::InProgress => TaskState::Done,
                    Some(..0) => TaskState::Overdue,
                    Some(..=NEAR) => TaskState::ThisWeek,
                    _ => TaskState::Later,
                },
                name: assignee.map(|member| member.name),
                mine: task.assignee == Some(self.me),
                id: task.id,
                item: task.item,
                meeting: task.meeting,
                resolution: task.resolution,
                given_on,
                assignee: task.assignee,
                due_on: task.due_on,
                days_left,
                status: task.status,
                progress: task.progress,
                done_on: task.done_on,
            });
        }
        let urgent = |line: &TaskLine| (line.state, line.due_on.is_none(), line.due_on.clone(), line.id);
        lines.sort_by_key(urgent);
        Ok(lines)
    }

    /// Who could take over a task whose assignee has left: the chair of the meeting that gave it, or whoever of the roster has the
    /// fewest open tasks. Those are counted once for all tasks.
    fn instead(
        &self,
        task: &Task,
        open: &mut Option<HashMap<Id<Member>, usize>>,
    ) -> Result<Option<Id<Member>>, Trouble> {
        let meeting = task.meeting.map(|id| self.book.get(id)).transpose()?.flatten();
        let roster: Vec<Id<Member>> = self.roster()?.into_iter().map(|member| member.id).collect();
        if let Some(chair) = meeting.and_then(|meeting| meeting.chair).filter(|chair| roster.contains(chair)) {
            return Ok(Some(chair));
        }
        let open = match open {
            Some(open) => open,
            None => {
                let unit = self.unit.uuid().into_bytes();
                let all: Vec<Task> = self.book.list("WHERE unit = ?1 AND status = 'in_progress'", [unit])?;
                let mut counts = HashMap::new();
                all.iter().filter_map(|task| task.assignee).for_each(|who| *counts.entry(who).or_default() += 1);
                open.insert(counts)
            }
        };
        Ok(roster.into_iter().min_by_key(|member| open.get(member).copied().unwrap_or_default()))
    }

    /// Those of some tasks that stand: one of a resolution does once that is adopted.
    pub(super) fn standing(&self, tasks: Vec<Task>) -> Result<Vec<Task>, Trouble> {
        let mut adopted: HashMap<Id<Resolution>, bool> = HashMap::new();
        let mut standing = Vec::with_capacity(tasks.len());
        for task in tasks {
            let stands = match task.resolution {
                Some(id) => match adopted.get(&id) {
                    Some(stands) => *stands,
                    None => {
                        let resolution = self.book.get(id)?;
                        let stands = resolution.is_some_and(|one| one.outcome == Some(Outcome::Adopted));
                        adopted.insert(id, stands);
                        stands
                    }
                },
                None => true,
            };
            if stands {
                standing.push(task);
            }
        }
        Ok(standing)
    }

    pub(super) fn task_line(&self, id: Id<Task>) -> Result<TaskLine, Trouble> {
        let mut lines = self.task_lines(vec![self.need(id)?])?;
        lines.pop().ok_or_else(|| crate::Code::NotFound.into())
    }

    /// The last that the assignee said of a task, where this book holds it.
    fn last_report(&self, task: Id<Task>, who: Id<Member>) -> Result<Option<ReportLine>, Trouble> {
        let mut said: Vec<Report> = self.book.list(
            "WHERE task = ?1 AND member = ?2 ORDER BY said_at DESC, id DESC LIMIT 1",
            [task.uuid().into_bytes(), who.uuid().into_bytes()],
        )?;
        Ok(said.pop().map(|said| ReportLine {
            progress: said.progress,
            done: said.done,
            result: said.result,
            said_at: said.said_at,
        }))
    }
}

/// Tasks by how they stand, groups without any left out.
fn grouped(lines: impl IntoIterator<Item = TaskLine>) -> Vec<TaskGroup> {
    let mut groups: Vec<TaskGroup> = Vec::new();
    for line in lines {
        match groups.last_mut().filter(|group| group.state == line.state) {
            Some(group) => group.rows.push(line),
            None => groups.push(TaskGroup { state: line.state, rows: vec![line] }),
        }
    }
    if let Some(done) = groups.last_mut().filter(|group| group.state == TaskState::Done) {
        done.rows.sort_by(|one, other| other.done_on.cmp(&one.done_on));
        done.rows.truncate(MOST_DONE);
    }
    groups
}

/// Asks for this person's tasks, and for the cell's.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct GetTasks {
    /// One that must be among them, whosever it is.
    named: Option<Id<Task>>,
}

impl Action for GetTasks {
    const NAME: &'static str = "tasks";
    type Reply = Tasks;

    fn run(self, app: &App) -> Result<Tasks, Trouble> {
        app.at_desk(|desk| {
            let unit = desk.unit.uuid().into_bytes();
            let me = desk.me.uuid().into_bytes();
            let may_lead = desk.rights()?.plan_meeting;
            let of_cell = if may_lead { desk.book.list("WHERE unit = ?1", [unit])? } else { Vec::new() };
            let mine = desk.task_lines(desk.standing(desk.book.list("WHERE assignee = ?1", [me])?)?)?;
            let (mine, cell) = (grouped(mine), grouped(desk.task_lines(desk.standing(of_cell)?)?));
            let listed = |id| mine.iter().chain(&cell).any(|group| group.rows.iter().any(|row| row.id == id));
            let named = self.named.filter(|id| !listed(*id)).map(|id| desk.book.get(id)).transpose()?.flatten();
            let named = desk.task_lines(desk.standing(named.into_iter().collect())?)?.pop();
            Ok(Tasks { mine, cell, named, may_lead })
        })
    }
}
