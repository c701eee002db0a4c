//! Calling the roll: one tap a person, one for all the rest, every tap saved at once, every tap taken back.

use std::collections::HashMap;

use domain::{
    Attendance, Clock, Id, Log, Mark, Meeting, MeetingStatus, Member, Moment, Post, Reason, Record, Standing, Tally,
    Verdict,
};
use serde::{Deserialize, Serialize};
use store::{Edit, Step};
use ts_rs::TS;

use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit, word},
    meeting::{MeetingLine, seat},
    time,
};

/// The roll of one meeting.
#[derive(Debug, Serialize, TS)]
pub struct Sheet {
    /// The meeting.
    pub meeting: MeetingLine,
    /// The members, in the order of the paper roll; it never changes while marking.
    pub rows: Vec<SheetRow>,
    /// The figures.
    pub tally: SheetTally,
    /// Whether enough have come.
    pub quorum: SheetQuorum,
    /// The last step that can be taken back.
    pub undo: Option<SheetUndo>,
    /// When the roll was closed.
    pub closed_at: Option<Moment>,
    /// Whether this person may mark.
    pub may_mark: bool,
}

/// One member on the roll.
#[derive(Debug, Serialize, TS)]
pub struct SheetRow {
    /// Who.
    pub member: Id<Member>,
    /// The place on the roll, from 1.
    pub no: u32,
    /// Họ và tên.
    pub name: String,
    /// Year of birth.
    pub born: Option<i32>,
    /// Party position.
    pub post: Option<Post>,
    /// Probationary, official, temporary.
    pub standing: Standing,
    /// What the roll says.
    pub mark: Mark,
    /// When a late member came.
    pub arrived_at: Option<Clock>,
    /// Why an excused member did not.
    pub reason: Option<Reason>,
    /// Whether a vote is counted against this member.
    pub counts: bool,
    /// What other devices marked, not having seen this: both are kept until a person chooses.
    pub other: Vec<OtherMark>,
}

/// What another device marked.
#[derive(Debug, Serialize, TS)]
pub struct OtherMark {
    /// The mark.
    pub mark: Mark,
    /// Whose device.
    pub device: String,
    /// When.
    pub at: Moment,
}

/// [`Tally`] for the screen.
#[derive(Debug, Serialize, TS)]
pub struct SheetTally {
    all: u32,
    here: u32,
    present: u32,
    late: u32,
    absent: u32,
    excused: u32,
    unexcused: u32,
    unclear: u32,
    unmarked: u32,
    away: u32,
    exempt: u32,
}

/// [`Verdict`] for the screen.
#[derive(Debug, Serialize, TS)]
pub struct SheetQuorum {
    base: u32,
    need: u32,
    voters_here: u32,
    reached: bool,
    short: u32,
    source: String,
}

/// What can be taken back.
#[derive(Debug, Serialize, TS)]
pub struct SheetUndo {
    /// The member it was about; empty for all the rest or the closing.
    pub what: String,
}

impl Desk {
    fn sheet(&self, id: Id<Meeting>) -> Result<Sheet, Trouble> {
        let meeting = self.need(id)?;
        let day = &meeting.planned_at;
        let (base, quorum) = self.rules.of_roll(day).ok_or(Code::NoRule)?;
        let mut rows = Vec::new();
        let mut seats = Vec::new();
        let asking = self.book.asking(&Attendance::TABLE)?;
        let roster = self.roster()?;
        let all = roster.len();
        let marked = self.marked(id)?;
        let leaves = self.leaves(&meeting)?;
        for (member, attendance) in roll(&meeting, roster, &marked) {
            let (marked, reason) = said(&member, &meeting, attendance, &leaves);
            let seat = seat(&member, day, marked);
            let asked = attendance.filter(|a| asking.contains(&a.id.uuid()));
            let other = asked.map(|a| self.others(a.id)).transpose()?.unwrap_or_default();
            seats.push(seat);
            rows.push(SheetRow {
                no: rows.len() as u32 + 1,
                mark: seat.mark(),
                counts: seat.counts(&base.sets),
                arrived_at: attendance.and_then(|a| a.arrived_at.as_ref()?.get(11..).map(str::to_owned)),
                reason,
                other,
                member: member.id,
                name: member.name,
                born: member.birth_year,
                post: member.post,
                standing: member.standing,
            });
        }
        let tally = Tally::of(&seats);
        let verdict = Verdict::of(&seats, &base.sets, &quorum.sets);
        Ok(Sheet {
            undo: self.last_step(&meeting)?,
            closed_at: meeting.attendance_closed_at.clone(),
            may_mark: self.may_mark()? && self.locked_minutes(meeting.id)?.is_none(),
            meeting: self.line_of(meeting, &marked, all)?,
            rows,
            tally: SheetTally {
                all: tally.all,
                here: tally.here(),
                present: tally.present,
                late: tally.late,
                absent: tally.absent(),
                excused: tally.excused,
                unexcused: tally.unexcused,
                unclear: tally.unclear,
                unmarked: tally.unmarked,
                away: tally.away,
                exempt: tally.exempt,
            },
            quorum: SheetQuorum {
                base: verdict.base,
                need: verdict.need,
                voters_here: verdict.voters_here,
                reached: verdict.short() == 0,
                short: verdict.short(),
                source: quorum.citation.clone(),
            },
        })
    }

    /// What can be taken back here: this device's own steps, and the closing, whoever closed it.
    fn last_step(&self, meeting: &Meeting) -> Result<Option<SheetUndo>, Trouble> {
        let closed = meeting.attendance_closed_at.as_ref().map(|_| SheetUndo { what: String::new() });
        Ok(self.book.last_step(meeting.id.uuid())?.map(|what| SheetUndo { what }).or(closed))
    }

    fn others(&self, id: Id<Attendance>) -> Result<Vec<OtherMark>, Trouble> {
        let mut others = Vec::new();
        for other in self.book.others(&Attendance::TABLE, id.uuid(), "mark")? {
            let Ok(mark) = serde_json::from_value(other.value.into()) else { continue };
            others.push(OtherMark { mark, device: self.device_name(other.device)?, at: time::moment(other.at) });
        }
        Ok(others)
    }

    /// Opens a meeting that is being held: the first who is here opens it.
    fn open(&mut self, meeting: &Meeting, log: &Log) -> Result<(), Trouble> {
        if meeting.status != MeetingStatus::Planned {
            return Ok(());
        }
        let now = time::moment(self.now);
        let same_day = domain::days_between(&meeting.planned_at, &now) == Some(0);
        let started = if same_day { now } else { meeting.planned_at.clone() };
        let edits = vec![edit(meeting.id, "status", "open"), edit(meeting.id, "started_at", started)];
        self.write(*log, edits, None)
    }
}

/// Those of the roster who are on the roll of a meeting, each with what was marked.
fn roll<'a>(
    meeting: &Meeting,
    roster: Vec<Member>,
    marked: &'a [Attendance],
) -> impl Iterator<Item = (Member, Option<&'a Attendance>)> {
    let marked: HashMap<_, _> = marked.iter().map(|a| (a.member, a)).collect();
    let on_roll = |member: &Member| seat(member, &meeting.planned_at, Mark::Unmarked).on_roll();
    roster.into_iter().filter(on_roll).map(move |member| {
        let attendance = marked.get(&member.id).copied();
        (member, attendance)
    })
}

/// What the roll says of a member: the mark, or else, where nothing else accounts for the member, the leave that was
/// asked in time.
fn said(
    member: &Member,
    meeting: &Meeting,
    attendance: Option<&Attendance>,
    leaves: &HashMap<Id<Member>, Reason>,
) -> (Mark, Option<Reason>) {
    let marked = attendance.map_or(Mark::Unmarked, |attendance| attendance.mark);
    let unsaid = seat(member, &meeting.planned_at, marked).mark() == Mark::Unmarked;
    match leaves.get(&member.id).filter(|_| unsaid) {
        Some(reason) => (Mark::AbsentExcused, Some(*reason)),
        None => (marked, attendance.and_then(|attendance| attendance.reason)),
    }
}

/// What marking one member comes to.
fn marking(meeting: Id<Meeting>, member: Id<Member>, mark: Mark, reason: Option<Reason>, now: &str) -> Vec<Edit> {
    let id: Id<Attendance> = Id::made_from(&[meeting.into(), member.into()]);
    let arrived = (mark == Mark::Late).then(|| now.to_owned());
    let reason = reason.filter(|_| mark == Mark::AbsentExcused);
    vec![
        edit(id, "meeting", meeting),
        edit(id, "member", member),
        edit(id, "mark", word(mark)),
        edit(id, "arrived_at", arrived),
        edit(id, "reason", word(reason)),
    ]
}

/// Asks for the roll.
#[derive(Deserialize, TS)]
pub struct GetAttendance {
    meeting: Id<Meeting>,
}

impl Action for GetAttendance {
    const NAME: &'static str = "attendance";
    type Reply = Sheet;

    fn run(self, app: &App) -> Result<Sheet, Trouble> {
        app.at_desk(|desk| desk.sheet(self.meeting))
    }
}

/// Marks one member; also settles what two devices marked differently.
#[derive(Deserialize, TS)]
pub struct MarkOne {
    meeting: Id<Meeting>,
    member: Id<Member>,
    mark: Mark,
    reason: Option<Reason>,
}

impl Action for MarkOne {
    const NAME: &'static str = "mark";
    type Reply = Sheet;

    fn run(self, app: &App) -> Result<Sheet, Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.need(self.meeting)?;
            let member = desk.need(self.member)?;
            if member.unit != meeting.unit {
                return Err(Code::NotFound.into());
            }
            let log = desk.log(&Attendance::TABLE);
            if self.mark.here() {
                desk.open(&meeting, &log)?;
            }
            let edits = marking(self.meeting, self.member, self.mark, self.reason, &time::moment(desk.now));
            desk.write(log, edits, Some(Step { of: self.meeting.uuid(), what: member.name }))?;
            desk.sheet(self.meeting)
        })
    }
}

/// Marks everybody present who is not marked yet.
#[derive(Deserialize, TS)]
pub struct MarkRest {
    meeting: Id<Meeting>,
}

impl Action for MarkRest {
    const NAME: &'static str = "mark_rest";
    type Reply = Sheet;

    fn run(self, app: &App) -> Result<Sheet, Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.need(self.meeting)?;
            let log = desk.log(&Attendance::TABLE);
            desk.open(&meeting, &log)?;
            let now = time::moment(desk.now);
            let mut edits = Vec::new();
            let leaves = desk.leaves(&meeting)?;
            for (member, attendance) in roll(&meeting, desk.roster()?, &desk.marked(self.meeting)?) {
                let (marked, _) = said(&member, &meeting, attendance, &leaves);
                if seat(&member, &meeting.planned_at, marked).mark() == Mark::Unmarked {
                    edits.extend(marking(self.meeting, member.id, Mark::Present, None, &now));
                }
            }
            desk.write(log, edits, Some(Step { of: self.meeting.uuid(), what: String::new() }))?;
            desk.sheet(self.meeting)
        })
    }
}

/// Takes the last step back; on a device that made none, opens a closed roll again.
#[derive(Deserialize, TS)]
pub struct Undo {
    meeting: Id<Meeting>,
}

impl Action for Undo {
    const NAME: &'static str = "undo";
    type Reply = Sheet;

    fn run(self, app: &App) -> Result<Sheet, Trouble> {
        app.at_desk(|desk| {
            let log = desk.log(&Attendance::TABLE);
            if !desk.may_mark()? {
                return Err(Code::NotAllowed.into());
            }
            if desk.locked_minutes(self.meeting)?.is_some() {
                return Err(Trouble::invalid("minutes", "locked"));
            }
            if desk.book.undo(&log, self.meeting.uuid(), desk.now)? {
                desk.changed.extend(["attendance", "meeting", "sync"]);
            } else if desk.need(self.meeting)?.attendance_closed_at.is_some() {
                desk.write(log, vec![edit(self.meeting, "attendance_closed_at", None::<String>)], None)?;
            }
            desk.sheet(self.meeting)
        })
    }
}

/// Closes the roll: who is elsewhere, exempt or on leave is written down as such, so that the figures stay as they are.
#[derive(Deserialize, TS)]
pub struct CloseAttendance {
    meeting: Id<Meeting>,
}

impl Action for CloseAttendance {
    const NAME: &'static str = "close_attendance";
    type Reply = Sheet;

    fn run(self, app: &App) -> Result<Sheet, Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.need(self.meeting)?;
            let now = time::moment(desk.now);
            let mut edits = Vec::new();
            let leaves = desk.leaves(&meeting)?;
            for (member, attendance) in roll(&meeting, desk.roster()?, &desk.marked(self.meeting)?) {
                let (says, reason) = said(&member, &meeting, attendance, &leaves);
                let mark = seat(&member, &meeting.planned_at, says).mark();
                if mark == Mark::Unmarked {
                    return Err(Trouble::invalid("mark", "empty"));
                }
                if attendance.is_none_or(|attendance| attendance.mark != mark) {
                    edits.extend(marking(self.meeting, member.id, mark, reason, &now));
                }
            }
            edits.push(edit(self.meeting, "attendance_closed_at", now));
            let log = desk.log(&Attendance::TABLE);
            desk.write(log, edits, Some(Step { of: self.meeting.uuid(), what: String::new() }))?;
            desk.sheet(self.meeting)
        })
    }
}
