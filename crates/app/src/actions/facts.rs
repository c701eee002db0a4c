//! When and where a meeting is held, and who leads it: said when it is planned, and put right until its minutes are locked.

use domain::{Id, Meeting, MeetingKind, MeetingStatus, Member, Record, Value, days_between};
use serde::{Deserialize, Serialize};
use store::Edit;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    Action, App, Trouble,
    desk::{Desk, edit, word},
    meeting::MeetingLine,
    time,
};

/// When, where and by whom, as typed.
#[derive(Debug, Deserialize, Serialize, TS)]
#[ts(rename = "MeetingFacts")]
pub struct Facts {
    topic: Option<String>,
    day: String,
    month: String,
    year: String,
    at: String,
    until: Option<String>,
    place: String,
    chair: Option<Id<Member>>,
    minute_taker: Option<Id<Member>>,
}

/// A meeting is not planned further ahead than this, in days; nor entered from longer ago.
const FURTHEST: i64 = 3 * 366;

impl Facts {
    /// Those of a meeting, to be put right.
    pub(super) fn of(meeting: &Meeting) -> Self {
        let part = |moment: &str, from: usize, to: usize| moment.get(from..to).unwrap_or_default().to_owned();
        let planned = &meeting.planned_at;
        Self {
            topic: meeting.topic.clone(),
            day: part(planned, 8, 10),
            month: part(planned, 5, 7),
            year: part(planned, 0, 4),
            at: part(planned, 11, 16),
            until: meeting.planned_until.as_ref().map(|until| part(until, 11, 16)),
            place: meeting.place.clone(),
            chair: meeting.chair,
            minute_taker: meeting.minute_taker,
        }
    }

    /// The day that was typed; one that stood there before stays, however long ago it was.
    fn on(&self, today: &str, before: Option<&str>) -> Result<String, Trouble> {
        let day =
            time::day_of(&self.day, &self.month, &self.year).ok_or_else(|| Trouble::invalid("day", "no_such_day"))?;
        let near = days_between(today, &day).is_some_and(|days| days.abs() <= FURTHEST);
        if near || before == Some(&day) { Ok(day) } else { Err(Trouble::invalid("day", "too_far")) }
    }

    /// What they come to, of a meeting on that day.
    fn edits(&self, id: Id<Meeting>, day: &str) -> Result<Vec<Edit>, Trouble> {
        let at = time::clock_of(&self.at).ok_or_else(|| Trouble::invalid("at", "not_a_time"))?;
        let until = match self.until.as_deref().map(str::trim).filter(|until| !until.is_empty()) {
            Some(until) => Some(time::clock_of(until).ok_or_else(|| Trouble::invalid("until", "not_a_time"))?),
            None => None,
        };
        let topic = self.topic.as_deref().map(domain::clean).filter(|topic| !topic.is_empty());
        Ok(vec![
            edit(id, "topic", topic),
            edit(id, "planned_at", format!("{day}T{at}")),
            edit(id, "planned_until", until.map(|until| format!("{day}T{until}"))),
            edit(id, "place", domain::clean(&self.place)),
            edit(id, "chair", self.chair),
            edit(id, "minute_taker", self.minute_taker),
        ])
    }
}

/// Plans a meeting.
#[derive(Deserialize, TS)]
pub struct PlanMeeting {
    kind: MeetingKind,
    #[serde(flatten)]
    facts: Facts,
}

impl Action for PlanMeeting {
    const NAME: &'static str = "plan_meeting";
    type Reply = MeetingLine;

    fn run(self, app: &App) -> Result<MeetingLine, Trouble> {
        app.at_desk(|desk| {
            let day = self.facts.on(&desk.today(), None)?;
            let id: Id<Meeting> = Id::new(Uuid::now_v7());
            let mut edits = vec![edit(id, "unit", desk.unit), edit(id, "kind", word(self.kind))];
            edits.extend(self.facts.edits(id, &day)?);
            desk.write_meeting(edits)?;
            desk.meeting_line(id)
        })
    }
}

/// Puts right when and where a meeting is held, and who leads it and writes its minutes.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct SaveMeetingFacts {
    meeting: Id<Meeting>,
    #[serde(flatten)]
    facts: Facts,
    /// The time of day it began, once it has begun.
    started: Option<String>,
    /// What stood on the screen when somebody began to write: what was left so is not written again.
    was: Option<Facts>,
}

impl Action for SaveMeetingFacts {
    const NAME: &'static str = "save_meeting_facts";
    type Reply = MeetingLine;

    fn run(self, app: &App) -> Result<MeetingLine, Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.own_meeting(self.meeting)?;
            let day = self.facts.on(&desk.today(), meeting.planned_at.get(..10))?;
            let mut edits = self.facts.edits(self.meeting, &day)?;
            edits.extend(self.begun(&meeting, &day)?);
            let left = self.left()?;
            let mut changed = Vec::new();
            for edit in edits {
                // What stays as it is, or was left as it stood on the screen, is not written again: somebody else may be writing it.
                let stands = desk.book.value(edit.table, edit.id, edit.field)?.unwrap_or(Value::Nothing);
                let left = left.iter().any(|old| (old.field, &old.value) == (edit.field, &edit.value));
                changed.extend(Some(edit).filter(|edit| edit.value != stands && !left));
            }
            if !changed.is_empty() {
                desk.write_meeting(changed)?;
            }
            desk.meeting_line(self.meeting)
        })
    }
}

impl SaveMeetingFacts {
    /// What the facts on the screen came to.
    fn left(&self) -> Result<Vec<Edit>, Trouble> {
        let Some(was) = &self.was else { return Ok(Vec::new()) };
        let day = time::day_of(&was.day, &was.month, &was.year).unwrap_or_default();
        was.edits(self.meeting, &day)
    }

    /// When it began and ended, on the day it is put to.
    fn begun(&self, meeting: &Meeting, day: &str) -> Result<Vec<Edit>, Trouble> {
        let on_day = |clock: &str| format!("{day}T{clock}");
        let moved = |moment: &Option<String>| moment.as_ref()?.get(11..).map(on_day);
        let typed = self.started.as_deref().map(str::trim).filter(|started| !started.is_empty());
        let started = match typed.filter(|_| meeting.status != MeetingStatus::Planned) {
            Some(typed) => {
                let typed = time::clock_of(typed).ok_or_else(|| Trouble::invalid("started", "not_a_time"))?;
                Some(on_day(&typed))
            }
            None => moved(&meeting.started_at),
        };
        let ended = moved(&meeting.ended_at);
        let said = [("started_at", started), ("ended_at", ended)].into_iter();
        Ok(said.filter_map(|(field, moment)| Some(edit(meeting.id, field, moment?))).collect())
    }
}

impl Desk {
    pub(super) fn write_meeting(&mut self, edits: Vec<Edit>) -> Result<(), Trouble> {
        let log = self.log(&Meeting::TABLE);
        self.write(log, edits, None)
    }
}
