//! A meeting as screens show it: how many came, what the rules say of it, whose turn it is.

use std::collections::HashMap;

use domain::{
    Attendance, Id, Kind, Mark, Meeting, MeetingKind, MeetingStatus, Member, Moment, Reason, Seat, Tally, in_force,
    minutes_between,
};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::{Trouble, actions::Deadline, actions::is_page, desk::Desk};

/// One meeting in a list or on a card.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MeetingLine {
    /// Its name.
    pub id: Id<Meeting>,
    /// Regular, thematic, extraordinary.
    pub kind: MeetingKind,
    /// What a thematic meeting is about.
    pub topic: Option<String>,
    /// When it is to begin.
    pub planned_at: Moment,
    /// When it began.
    pub started_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// Where.
    pub place: String,
    /// Who leads it.
    pub chair: Option<String>,
    /// Who writes the minutes.
    pub minute_taker: Option<String>,
    /// How far it has come.
    pub status: MeetingStatus,
    /// Why it was not held, where the cell said so.
    pub not_held: Option<String>,
    /// Whether it only says why its month had no meeting: nobody planned its day, its hour or its place.
    pub unplanned: bool,
    /// Days until it; negative once past.
    pub days_left: i64,
    /// In the room.
    pub here: u32,
    /// On the roll.
    pub all: u32,
    /// Share of those expected who came.
    pub percent: Option<u32>,
    /// Whether the roll is closed.
    pub attendance_closed: bool,
    /// What the roll says of the person at this device.
    pub my_mark: Option<Mark>,
    /// And why, where that was excused.
    pub my_reason: Option<Reason>,
    /// What goes into the national app by when.
    pub deadlines: Vec<Deadline>,
    /// What the rules say of it.
    pub warnings: Vec<Warning>,
}

/// Something a rule says, with its source.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Warning {
    /// What the rule says.
    pub why: WarningKind,
    /// Numbers for the sentence.
    #[ts(type = "Record<string, string | number>")]
    pub params: HashMap<&'static str, i64>,
    /// The regulation.
    pub source: Option<String>,
}

/// What a rule may say of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// It is shorter than the rule asks: `minutes`, `needed`.
    DurationShort,
    /// It was opened before its day: `days`.
    BeforeDay,
}

impl Warning {
    fn new(why: WarningKind, params: &[(&'static str, i64)], source: Option<&str>) -> Self {
        Self { why, params: params.iter().copied().collect(), source: source.map(str::to_owned) }
    }
}

impl Desk {
    /// Meetings of the unit planned between two moments, earliest first.
    pub fn meetings(&self, from: &str, to: &str) -> Result<Vec<MeetingLine>, Trouble> {
        let unit = self.unit.uuid().into_bytes();
        let meetings: Vec<Meeting> = self.book.list(
            "WHERE unit = ?1 AND planned_at >= ?2 AND planned_at < ?3 ORDER BY planned_at, id",
            (unit, from, to),
        )?;
        let marks = self.marks(from, to)?;
        let seats = self.roster()?.len() as u32;
        let of = |meeting: Uuid| marks.get(&meeting).map(Vec::as_slice).unwrap_or_default();
        meetings
            .into_iter()
            .map(|meeting| (of(meeting.id.uuid()), meeting))
            .map(|(of, meeting)| self.line(meeting, of, seats))
            .collect()
    }

    /// One meeting as a line.
    pub fn meeting_line(&self, id: Id<Meeting>) -> Result<MeetingLine, Trouble> {
        self.line_of(self.need(id)?, &self.marked(id)?, self.roster()?.len())
    }

    /// The same of a meeting at hand, with what was marked there and so many on the roster.
    pub fn line_of(&self, meeting: Meeting, marked: &[Attendance], seats: usize) -> Result<MeetingLine, Trouble> {
        let marks: Vec<(Mark, u32)> = marked.iter().map(|attendance| (attendance.mark, 1)).collect();
        self.line(meeting, &marks, seats as u32)
    }

    /// What was marked at a meeting.
    pub fn marked(&self, meeting: Id<Meeting>) -> Result<Vec<Attendance>, Trouble> {
        Ok(self.book.list("WHERE meeting = ?1", [meeting.uuid().into_bytes()])?)
    }

    fn marks(&self, from: &str, to: &str) -> Result<HashMap<Uuid, Vec<(Mark, u32)>>, Trouble> {
        let mut marks: HashMap<Uuid, Vec<(Mark, u32)>> = HashMap::new();
        for (meeting, mark, count) in self.book.marks_by_meeting(from, to)? {
            let mark = serde_json::from_value(mark.into()).unwrap_or(Mark::Unmarked);
            marks.entry(meeting).or_default().push((mark, count));
        }
        Ok(marks)
    }

    fn line(&self, meeting: Meeting, marks: &[(Mark, u32)], seats: u32) -> Result<MeetingLine, Trouble> {
        let count =
            |of: fn(Mark) -> bool| marks.iter().filter(|(mark, _)| of(*mark)).map(|(_, count)| count).sum::<u32>();
        let here = count(Mark::here);
        let expected = count(|mark| !matches!(mark, Mark::Away | Mark::Exempt | Mark::Unmarked));
        let closed = meeting.attendance_closed_at.is_some();
        let mine: Id<Attendance> = Id::made_from(&[meeting.id.into(), self.me.into()]);
        let mine = self.book.get(mine)?;
        let my_mark = mine.as_ref().map(|attendance| attendance.mark);
        let today = self.today();
        let days_left = domain::days_between(&today, &meeting.planned_at).unwrap_or(0);
        let warnings = self.warnings(&meeting, days_left);
        let tally =
            Tally { all: expected, present: here, unexcused: expected.saturating_sub(here), ..Tally::default() };
        Ok(MeetingLine {
            here,
            all: if closed || meeting.status == MeetingStatus::Ended {
                count(|mark| mark != Mark::Unmarked)
            } else {
                seats
            },
            percent: (closed || meeting.status == MeetingStatus::Ended).then(|| tally.percent()).flatten(),
            attendance_closed: closed,
            my_mark: my_mark.filter(|mark| *mark != Mark::Unmarked),
            my_reason: mine.and_then(|attendance| attendance.reason),
            chair: self.name_of(meeting.chair)?,
            minute_taker: self.name_of(meeting.minute_taker)?,
            days_left,
            deadlines: self.deadlines(&meeting),
            warnings,
            not_held: meeting.missed().map(str::to_owned),
            unplanned: is_page(&meeting),
            id: meeting.id,
            kind: meeting.kind,
            topic: meeting.topic,
            planned_at: meeting.planned_at,
            started_at: meeting.started_at,
            ended_at: meeting.ended_at,
            place: meeting.place,
            status: meeting.status,
        })
    }

    fn warnings(&self, meeting: &Meeting, days_left: i64) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let rule = in_force(&self.rules.duration, &meeting.planned_at);
        let (start, end) = match (&meeting.started_at, &meeting.ended_at) {
            (Some(start), Some(end)) => (Some(start), Some(end)),
            _ => (Some(&meeting.planned_at), meeting.planned_until.as_ref()),
        };
        let combined = meeting.kind == MeetingKind::Regular && meeting.topic.is_some();
        if let (Some(rule), Some(start), Some(end)) = (rule, start, end)
            && let Some(minutes) = minutes_between(start, end)
            && let needed = if combined { rule.sets.with_thematic } else { rule.sets.minutes }
            && minutes < needed
        {
            let params = [("minutes", minutes), ("needed", needed)];
            warnings.push(Warning::new(WarningKind::DurationShort, &params, Some(&rule.citation)));
        }
        if meeting.status == MeetingStatus::Open && days_left > 0 {
            warnings.push(Warning::new(WarningKind::BeforeDay, &[("days", days_left)], None));
        }
        warnings
    }

    /// The members on the list, each with the seat at a meeting, in the order of the paper roll.
    pub fn seated(&self, meeting: &Meeting) -> Result<Vec<Seated>, Trouble> {
        let marked: HashMap<_, _> = self.marked(meeting.id)?.into_iter().map(|one| (one.member, one)).collect();
        let seated = self.roster()?.into_iter().map(|member| {
            let attendance = marked.get(&member.id);
            let mark = attendance.map_or(Mark::Unmarked, |one| one.mark);
            let reason = attendance.and_then(|one| one.reason);
            Seated { seat: seat(&member, &meeting.planned_at, mark), member, reason }
        });
        Ok(seated.collect())
    }

    /// A member by name, on the list or no longer.
    pub fn name_of(&self, member: Option<Id<Member>>) -> Result<Option<String>, Trouble> {
        Ok(member.map(|id| self.book.get(id)).transpose()?.flatten().map(|member| member.name))
    }

    /// The members of the unit who are on its list, in the order of the paper roll.
    pub fn roster(&self) -> Result<Vec<Member>, Trouble> {
        let mut members: Vec<Member> = self.book.list("WHERE unit = ?1", [self.unit.uuid().into_bytes()])?;
        members.retain(|member| !member.activity.ended());
        members.sort_by_cached_key(|member| (domain::given_name_first(&member.name), member.birth_year, member.id));
        Ok(members)
    }
}

/// A member of the unit's list with a seat at a meeting.
pub struct Seated {
    /// Who.
    pub member: Member,
    /// In which seat.
    pub seat: Seat,
    /// Why absent.
    pub reason: Option<Reason>,
}

/// A seat of the roll, from what the roster says on the day and what was marked.
pub fn seat(member: &Member, day: &str, marked: Mark) -> Seat {
    Seat { standing: member.standing, activity: member.activity_on(day), marked }
}

/// Whether a table's field is one of several choices, and which.
pub fn choices(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Choice(of) => of.iter().map(|choice| (*choice).to_owned()).collect(),
        _ => Vec::new(),
    }
}
