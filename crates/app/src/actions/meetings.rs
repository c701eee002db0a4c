//! The meetings of a year: to see them, what a new one begins with, to take one back, to end one.

use domain::{Id, Meeting, MeetingKind, MeetingStatus, Member, Value};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::not_held::{HELD, is_page};
use crate::{
    Action, App, Code, Trouble,
    desk::{Rights, edit},
    meeting::MeetingLine,
    time,
};

/// The meetings of a year.
#[derive(Debug, Serialize, TS)]
pub struct MeetingYear {
    /// Which.
    pub year: i32,
    /// The years there are meetings in.
    pub years: Vec<i32>,
    /// The meetings, latest first.
    pub rows: Vec<MeetingLine>,
    /// The months of it that are over without a meeting, and of which nobody said why.
    pub silent: Vec<u32>,
    /// What this person may do.
    pub rights: Rights,
}

/// Asks for the meetings of a year.
#[derive(Deserialize, TS)]
pub struct Meetings {
    year: i32,
}

impl Action for Meetings {
    const NAME: &'static str = "meetings";
    type Reply = MeetingYear;

    fn run(self, app: &App) -> Result<MeetingYear, Trouble> {
        app.at_desk(|desk| {
            let mut rows = desk.meetings(&format!("{:04}", self.year), &format!("{:04}", self.year + 1))?;
            rows.reverse();
            let all: Vec<Meeting> = desk.book.list("WHERE unit = ?1", [desk.unit.uuid().into_bytes()])?;
            let year_of = |moment: &str| moment.get(..4)?.parse::<i32>().ok();
            let mut years: Vec<i32> = all.iter().filter_map(|meeting| year_of(&meeting.planned_at)).collect();
            years.extend(year_of(&desk.today()));
            years.sort_unstable_by(|a, b| b.cmp(a));
            years.dedup();
            let silent =
                desk.months(self.year)?.into_iter().filter(|month| month.held.is_empty() && month.why.is_none());
            let silent = silent.map(|month| month.number).collect();
            Ok(MeetingYear { year: self.year, years, rows, silent, rights: desk.rights()? })
        })
    }
}

/// What a form for a new meeting begins with.
#[derive(Debug, Serialize, TS)]
pub struct Defaults {
    kind: MeetingKind,
    day: String,
    month: String,
    year: String,
    at: String,
    place: String,
    chair: Option<Id<Member>>,
    minute_taker: Option<Id<Member>>,
    people: Vec<Name>,
}

/// A member to choose.
#[derive(Debug, Serialize, TS)]
pub struct Name {
    /// Who.
    pub id: Id<Member>,
    /// By name.
    pub name: String,
}

/// Asks what a form for a new meeting begins with: the day, time and place of the last regular one, a month on.
#[derive(Deserialize, TS)]
pub struct MeetingDefaults {}

impl Action for MeetingDefaults {
    const NAME: &'static str = "meeting_defaults";
    type Reply = Defaults;

    fn run(self, app: &App) -> Result<Defaults, Trouble> {
        app.at_desk(|desk| {
            let last: Option<Meeting> = desk
                .book
                .list(
                    &format!("WHERE unit = ?1 AND {HELD} AND kind = 'regular' ORDER BY planned_at DESC LIMIT 1"),
                    [desk.unit.uuid().into_bytes()],
                )?
                .pop();
            let planned =
                last.as_ref().map_or_else(|| format!("{}T14:00", desk.today()), |last| last.planned_at.clone());
            let base = if planned < time::moment(desk.now) { desk.today() } else { planned.clone() };
            let next = next_month(&base);
            let part = |text: &str, from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
            Ok(Defaults {
                kind: MeetingKind::Regular,
                day: part(&planned, 8, 10),
                month: part(&next, 5, 7),
                year: part(&next, 0, 4),
                at: part(&planned, 11, 16),
                place: last.as_ref().map(|last| last.place.clone()).unwrap_or_default(),
                chair: last.as_ref().and_then(|last| last.chair),
                minute_taker: last.as_ref().and_then(|last| last.minute_taker),
                people: desk.roster()?.into_iter().map(|member| Name { id: member.id, name: member.name }).collect(),
            })
        })
    }
}

/// The month after a day's.
pub(super) fn next_month(day: &str) -> String {
    let number = |from: usize, to: usize| day.get(from..to).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
    let at = number(0, 4) * 12 + number(5, 7);
    format!("{:04}-{:02}", at / 12, at % 12 + 1)
}

/// Takes back a meeting that has not begun; with a reason, it stands in the minutes book as one that was not held.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct CancelMeeting {
    meeting: Id<Meeting>,
    reason: Option<String>,
}

impl Action for CancelMeeting {
    const NAME: &'static str = "cancel_meeting";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            if desk.need(self.meeting)?.status != MeetingStatus::Planned {
                return Err(Code::NotAllowed.into());
            }
            let reason = self.reason.as_deref().map(domain::clean).filter(|reason| !reason.is_empty());
            desk.write_meeting(vec![match reason {
                Some(reason) => edit(self.meeting, "not_held", reason),
                None => edit(self.meeting, "removed", 1),
            }])
        })
    }
}

/// Brings back a meeting that was taken back, or of which it was said that it was not held.
#[derive(Deserialize, TS)]
pub struct RestoreMeeting {
    meeting: Id<Meeting>,
}

impl Action for RestoreMeeting {
    const NAME: &'static str = "restore_meeting";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            desk.write_meeting(vec![match desk.book.get(self.meeting)? {
                // What was only ever written down to say why a month has no meeting goes with the reason.
                Some(meeting) if is_page(&meeting) => edit(self.meeting, "removed", 1),
                Some(_) => edit(self.meeting, "not_held", Value::Nothing),
                None => edit(self.meeting, "removed", 0),
            }])
        })
    }
}

/// Ends a meeting; or, until its minutes are locked, says that it ended at another time.
#[derive(Deserialize, TS)]
pub struct EndMeeting {
    meeting: Id<Meeting>,
    /// The time of day it ended.
    at: String,
}

impl Action for EndMeeting {
    const NAME: &'static str = "end_meeting";
    type Reply = MeetingLine;

    fn run(self, app: &App) -> Result<MeetingLine, Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.need(self.meeting)?;
            let Some(started) = meeting.started_at else { return Err(Trouble::invalid("at", "not_held_yet")) };
            let at = time::clock_of(&self.at).ok_or_else(|| Trouble::invalid("at", "not_a_time"))?;
            let day = started.get(..10).unwrap_or_default();
            desk.write_meeting(vec![
                edit(self.meeting, "ended_at", format!("{day}T{at}")),
                edit(self.meeting, "status", "ended"),
            ])?;
            desk.meeting_line(self.meeting)
        })
    }
}
