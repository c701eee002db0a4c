//! Everything that was recorded of one meeting, read once.

use std::collections::HashMap;

use domain::{
    Discussion, Dues, Id, Item, Meeting, Member, Quorum, Reason, Rule, Score, Seat, Standing, Task, TaskStatus, Unit,
    Verdict, VoteBase,
};

use super::sheets::most_points;
use crate::{Code, Trouble, actions::VoteLine, desk::Desk, meeting::seat};

/// One meeting as it was held.
pub struct Sitting {
    /// The meeting.
    pub meeting: Meeting,
    /// The cell, and the organisation above it.
    pub unit: Unit,
    /// The name of the organisation above.
    pub above: String,
    /// The roll, in its order: who, in which seat, why absent.
    pub roll: Vec<(Member, Seat, Option<Reason>)>,
    /// Who counts, and how many must come, on that day.
    pub rules: (Rule<VoteBase>, Rule<Quorum>),
    /// The agenda, in order.
    pub items: Vec<Item>,
    /// What was said of each item.
    pub discussions: HashMap<Id<Item>, Discussion>,
    /// The votes, in the order they were counted.
    pub votes: Vec<VoteLine>,
    /// The tasks that it gave.
    pub tasks: Vec<Task>,
    /// The tasks of earlier meetings that were open when it began.
    pub last_tasks: Vec<Task>,
    /// The most points of the form in force in its month.
    pub most_points: u32,
    /// Its score of itself.
    pub scores: Vec<Score>,
    /// How many have paid their dues of its month, of how many.
    pub dues: (usize, usize),
}

impl Sitting {
    /// Who counts, who came.
    pub fn verdict(&self) -> Verdict {
        let seats: Vec<Seat> = self.roll.iter().map(|(_, seat, _)| *seat).collect();
        Verdict::of(&seats, &self.rules.0.sets, &self.rules.1.sets)
    }

    /// How many of a standing, of those for whom `which` holds.
    pub fn count(&self, standing: Standing, which: impl Fn(&Seat) -> bool) -> usize {
        self.roll.iter().filter(|(_, seat, _)| seat.standing == standing && which(seat)).count()
    }

    /// A member's name, as the roll has it.
    pub fn name(&self, member: Option<Id<Member>>) -> &str {
        let on_roll = |id: Id<Member>| self.roll.iter().find(|(member, ..)| member.id == id);
        member.and_then(on_roll).map(|(member, ..)| member.name.as_str()).unwrap_or_default()
    }
}

impl Desk {
    /// Reads it.
    pub fn sitting(&self, id: Id<Meeting>) -> Result<Sitting, Trouble> {
        let meeting: Meeting = self.need(id)?;
        let key = id.uuid().into_bytes();
        let (base, quorum) = self.rules.of_roll(&meeting.planned_at).ok_or(Code::NoRule)?;
        let rules = (base.clone(), quorum.clone());
        let marked: HashMap<_, _> = self.marked(id)?.into_iter().map(|a| (a.member, a)).collect();
        let mut roll = Vec::new();
        for member in self.roster()? {
            let attendance = marked.get(&member.id);
            let seat = seat(&member, &meeting.planned_at, attendance.map_or(domain::Mark::Unmarked, |a| a.mark));
            if seat.on_roll() {
                roll.push((member, seat, attendance.and_then(|a| a.reason)));
            }
        }
        let mut items: Vec<Item> = self.book.list("WHERE meeting = ?1 ORDER BY place, id", [key])?;
        items.sort_by_key(|item| item.place);
        let mut discussions = HashMap::new();
        for item in &items {
            let of: Option<Discussion> = self.book.get(Id::made_from(&[item.id.into()]))?;
            discussions.extend(of.map(|discussion| (item.id, discussion)));
        }
        let month = meeting.planned_at.get(..7).unwrap_or_default();
        let dues: Vec<Dues> = self.book.list("WHERE month = ?1", [month])?;
        let paid =
            roll.iter().filter(|(member, ..)| dues.iter().any(|one| one.member == member.id && one.paid)).count();
        let unit: Unit = self.need(self.unit)?;
        let above = unit.above.map(|above| self.book.get(above)).transpose()?.flatten();
        Ok(Sitting {
            rules,
            dues: (paid, roll.len()),
            above: above.map(|above: Unit| above.name).unwrap_or_default(),
            unit,
            votes: self.votes(id)?,
            tasks: self.book.list("WHERE meeting = ?1 ORDER BY id", [key])?,
            last_tasks: self.open_before(&meeting)?,
            most_points: most_points(&self.rules, &meeting.planned_at),
            scores: self.book.list("WHERE meeting = ?1", [key])?,
            roll,
            items,
            discussions,
            meeting,
        })
    }

    /// The tasks that earlier meetings gave and that were not done before this one: next month opens with them.
    fn open_before(&self, meeting: &Meeting) -> Result<Vec<Task>, Trouble> {
        let unit = meeting.unit.uuid().into_bytes();
        let tasks: Vec<Task> = self.book.list("WHERE unit = ?1 ORDER BY due_on, id", [unit])?;
        let day = meeting.planned_at.get(..10).unwrap_or_default();
        let mut earlier = Vec::new();
        for task in tasks {
            let given = task.meeting.map(|id| self.book.get(id)).transpose()?.flatten();
            let before = given.is_some_and(|given: Meeting| given.planned_at < meeting.planned_at);
            let month = day.get(..7).unwrap_or_default();
            let settled_before =
                task.status != TaskStatus::InProgress && task.done_on.as_deref().is_some_and(|done| done < month);
            if before && !settled_before {
                earlier.push(task);
            }
        }
        Ok(earlier)
    }
}
