//! A meeting's day, for those who lead it and for those who come: one reading of everything that belongs to it.

use domain::{
    Attendance, Day, Discussion, Dues, Id, Mark, Meeting, MeetingStatus, Member, Moment, Record, Resolution, Task,
    TaskStatus, day_after,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    agenda::ItemLine,
    answers::Answers,
    facts::Facts,
    meetings::next_month,
    not_held::HELD,
    resolutions::ResolutionLine,
    said::{Asking, Said},
    tasks::TaskLine,
};
use crate::{
    Action, App, Trouble,
    desk::Desk,
    meeting::{MeetingLine, seat},
};

/// Everything about one meeting.
#[derive(Debug, Serialize, TS)]
pub struct MeetingDay {
    /// The meeting.
    pub meeting: MeetingLine,
    /// The steps of its day, in order.
    pub steps: Vec<StepLine>,
    /// The step that is next.
    pub now: Step,
    /// The member of the committee above who is assigned to the cell.
    pub supervisor: Option<String>,
    /// When, where and by whom, to be put right.
    pub facts: Facts,
    /// Guests, by name.
    pub guests: Said,
    /// Whether two devices wrote of the meeting differently.
    pub differs: bool,
    /// When the members were invited.
    pub invited_at: Option<Moment>,
    /// Whether that was, or would be, less notice than the rule gives.
    pub short_notice: bool,
    /// Whether the invitation says so.
    pub says_short_notice: bool,
    /// Whether it was held on paper and entered afterwards.
    pub from_paper: bool,
    /// Tasks that earlier meetings gave: those open then or now, those of the last regular one, and those done since.
    pub last_tasks: Vec<TaskLine>,
    /// The agenda.
    pub items: Vec<ItemLine>,
    /// The resolutions and conclusions that it took up, in the order they were begun.
    pub resolutions: Vec<ResolutionLine>,
    /// Tasks that it gave at no item of its own.
    pub tasks: Vec<TaskLine>,
    /// How dues stand: as it was told, or else where this book holds them.
    pub dues: Option<MeetingDues>,
    /// Who comes.
    pub answers: Answers,
    /// The members, those in the room first.
    pub people: Vec<Comrade>,
    /// The last day for a task unless another is said: the day before the next month's meeting.
    pub due_on: Option<Day>,
    /// The most characters of what was said, and of what was concluded, of one item.
    pub longest: (usize, usize),
    /// Whether this person leads the cell's meetings.
    pub may_lead: bool,
}

/// A step of a meeting's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Giấy mời.
    Invitation,
    /// Tài liệu.
    Papers,
    /// Điểm danh.
    Roll,
    /// Thảo luận.
    Discussion,
    /// Kết luận.
    Conclusion,
    /// Biên bản.
    Minutes,
}

/// How far one step is.
#[derive(Debug, Serialize, TS)]
pub struct StepLine {
    /// Which.
    pub step: Step,
    /// Whether it is done.
    pub done: bool,
    /// How many of its things are, where they are counted.
    pub count: Option<u32>,
    /// Of how many.
    pub of: Option<u32>,
}

/// How dues of the meeting's month stand.
#[derive(Debug, Serialize, TS)]
pub struct MeetingDues {
    /// `2026-12`.
    pub month: String,
    /// How many paid: as it was told, or else by now.
    pub paid: i32,
    /// Of how many.
    pub of: i32,
    /// When it was told at the opening.
    pub stated_at: Option<Moment>,
}

/// A member to choose, or to begin a line with.
#[derive(Debug, Serialize, TS)]
pub struct Comrade {
    /// Who.
    pub member: Id<Member>,
    /// By name.
    pub name: String,
    /// How a line of theirs begins: `Đ/c Bình:`, with the whole name where two share the given one.
    pub opens: String,
    /// Whether they are in the room.
    pub here: bool,
}

impl MeetingDay {
    /// How dues stand, if it was told.
    pub fn told_dues(&self) -> Option<&MeetingDues> {
        self.dues.as_ref().filter(|dues| dues.stated_at.is_some())
    }
}

impl Desk {
    /// Reads it, for the screens and for the papers.
    pub(crate) fn day(&self, id: Id<Meeting>) -> Result<MeetingDay, Trouble> {
        let meeting = self.need(id)?;
        let (marked, mut roster) = (self.marked(id)?, self.roster()?);
        let line = self.line_of(meeting.clone(), &marked, roster.len())?;
        roster.retain(|member| seat(member, &meeting.planned_at, Mark::Unmarked).on_roll());
        let mut tasks =
            self.task_lines(self.standing(self.book.list("WHERE meeting = ?1", [id.uuid().into_bytes()])?)?)?;
        let items = self.agenda(id, &mut tasks)?;
        let resolutions: Vec<Resolution> =
            self.book.list("WHERE meeting = ?1 ORDER BY id", [id.uuid().into_bytes()])?;
        let resolutions = resolutions.into_iter().map(|resolution| self.resolution_line(resolution));
        let answers = self.answers(&meeting, &roster)?;
        let people = comrades(&roster, &marked);
        let longest = |field| Discussion::TABLE.column(field).map_or(0, |(_, field)| field.longest);
        let steps = steps(&meeting, &items, &answers, self.locked_minutes(id)?.is_some());
        Ok(MeetingDay {
            now: next(&meeting, &steps),
            steps,
            guests: Asking::of::<Meeting>(self)?.said(self, id.uuid(), "guests", meeting.guests.clone())?,
            differs: self.differs(&Meeting::TABLE, id.uuid())?,
            short_notice: self.short_notice(&meeting),
            last_tasks: self.last_tasks(&meeting)?,
            dues: match stated_dues(&meeting) {
                Some(dues) => Some(dues),
                None => self.month_dues(&meeting)?,
            },
            due_on: self.due_on(&meeting)?,
            longest: (longest("words"), longest("conclusion")),
            may_lead: self.rights()?.plan_meeting,
            facts: Facts::of(&meeting),
            meeting: line,
            supervisor: meeting.supervisor,
            invited_at: meeting.invited_at,
            says_short_notice: meeting.short_notice,
            from_paper: meeting.from_paper,
            items,
            resolutions: resolutions.collect::<Result<_, _>>()?,
            tasks,
            answers,
            people,
        })
    }

    /// The meeting of the unit before one, or after it, the nearest; one that was not held is none.
    fn beside(&self, meeting: &Meeting, wher: &str) -> Result<Option<Meeting>, Trouble> {
        let unit = meeting.unit.uuid().into_bytes();
        Ok(self
            .book
            .list(&format!("WHERE unit = ?1 AND {HELD} AND {wher} LIMIT 1"), (unit, &meeting.planned_at))?
            .pop())
    }

    fn last_tasks(&self, meeting: &Meeting) -> Result<Vec<TaskLine>, Trouble> {
        // Thematic ones between them have no such table: what was done since the last regular one is told here.
        let before = "kind = 'regular' AND planned_at < ?2 ORDER BY planned_at DESC, id DESC";
        let before = self.beside(meeting, before)?;
        let all: Vec<Task> = self.book.list("WHERE unit = ?1", [meeting.unit.uuid().into_bytes()])?;
        let others = self.standing(all)?.into_iter().filter(|task| task.meeting != Some(meeting.id));
        let since = before.as_ref().map_or(meeting.planned_at.as_str(), |last| &last.planned_at);
        let since = since.get(..10).unwrap_or_default();
        let before = before.as_ref().map(|last| last.id);
        let told = others.filter(|task| {
            task.status == TaskStatus::InProgress
                || task.meeting == before && before.is_some()
                || task.done_on.as_deref().is_some_and(|done| done >= since)
        });
        let mut lines = self.task_lines(told.collect())?;
        // A task of a later meeting is none that this one opened with.
        lines.retain(|task| task.given_on.as_ref().is_none_or(|given| *given <= meeting.planned_at));
        Ok(lines)
    }

    /// How many on the roll paid for the month. Dues lie in the members' own logs: who does not read those could not say.
    pub(super) fn month_dues(&self, meeting: &Meeting) -> Result<Option<MeetingDues>, Trouble> {
        if !self.rights()?.edit_person {
            return Ok(None);
        }
        let month = meeting.planned_at.get(..7).unwrap_or_default().to_owned();
        let paid: Vec<Dues> = self.book.list("WHERE month = ?1 AND paid = 1", [&month])?;
        let seated = self.seated(meeting)?;
        let roll: Vec<_> = seated.iter().filter(|one| one.seat.on_roll()).collect();
        let paid = roll.iter().filter(|one| paid.iter().any(|dues| dues.member == one.member.id)).count();
        Ok(Some(MeetingDues { month, paid: paid as i32, of: roll.len() as i32, stated_at: None }))
    }

    pub(super) fn due_on(&self, meeting: &Meeting) -> Result<Option<Day>, Trouble> {
        let month = next_month(&meeting.planned_at);
        let planned = self.beside(meeting, "planned_at > ?2 AND kind = 'regular' ORDER BY planned_at, id")?;
        let next = planned.map(|next| next.planned_at).or_else(|| {
            // The same day a month on; the 28th where that month is shorter.
            let day = meeting.planned_at.get(8..10)?;
            let day = if domain::is_day(&format!("{month}-{day}")) { day } else { "28" };
            Some(format!("{month}-{day}"))
        });
        Ok(next.and_then(|next| day_after(&next, -1)))
    }
}

/// Members to choose from, those in the room first.
pub(super) fn comrades(roster: &[Member], marked: &[Attendance]) -> Vec<Comrade> {
    let here = |member: &Member| marked.iter().any(|one| one.member == member.id && one.mark.here());
    let comrade = |member: &Member| Comrade {
        member: member.id,
        name: member.name.clone(),
        opens: opens(&member.name, roster),
        here: here(member),
    };
    let mut people: Vec<Comrade> = roster.iter().map(comrade).collect();
    people.sort_by_key(|one| !one.here);
    people
}

/// How dues stood as it was told.
fn stated_dues(meeting: &Meeting) -> Option<MeetingDues> {
    Some(MeetingDues {
        month: meeting.planned_at.get(..7)?.to_owned(),
        paid: meeting.dues_paid?,
        of: meeting.dues_of?,
        stated_at: Some(meeting.dues_stated_at.clone()?),
    })
}

/// How a line of this member's begins.
fn opens(name: &str, roster: &[Member]) -> String {
    let given = |name: &str| name.split(' ').next_back().unwrap_or_default().to_owned();
    let shared = roster.iter().filter(|member| given(&member.name) == given(name)).count() > 1;
    format!("Đ/c {}:", if shared { name.to_owned() } else { given(name) })
}

fn steps(meeting: &Meeting, items: &[ItemLine], answers: &Answers, locked: bool) -> Vec<StepLine> {
    let all = items.len() as u32;
    let with = |said: fn(&ItemLine) -> &Said| items.iter().filter(|item| said(item).value.is_some()).count() as u32;
    let (words, concluded) = (with(|item| &item.words), with(|item| &item.conclusion));
    let plain = |step, done| StepLine { step, done, count: None, of: None };
    let counted = |step, done, count, of| StepLine { step, done, count: Some(count), of: Some(of) };
    let silent = answers.silent.len() as u32;
    let answered = answers.all.is_some().then_some(answers.comes + answers.leave);
    vec![
        StepLine {
            count: answered,
            of: answered.map(|n| n + silent),
            ..plain(Step::Invitation, meeting.invited_at.is_some())
        },
        counted(Step::Papers, meeting.papers_posted_on.is_some(), all, all),
        plain(Step::Roll, meeting.attendance_closed_at.is_some()),
        counted(Step::Discussion, all > 0 && words == all, words, all),
        counted(Step::Conclusion, all > 0 && concluded == all, concluded, all),
        plain(Step::Minutes, locked),
    ]
}

/// The step that is next: before the meeting what is not done yet, at it what the hour asks for.
fn next(meeting: &Meeting, steps: &[StepLine]) -> Step {
    let done = |step| steps.iter().any(|line| line.step == step && line.done);
    match meeting.status {
        MeetingStatus::Ended => Step::Minutes,
        _ if done(Step::Roll) && done(Step::Discussion) => Step::Conclusion,
        _ if done(Step::Roll) => Step::Discussion,
        MeetingStatus::Open => Step::Roll,
        MeetingStatus::Planned if !done(Step::Invitation) => Step::Invitation,
        MeetingStatus::Planned if !done(Step::Papers) => Step::Papers,
        MeetingStatus::Planned => Step::Roll,
    }
}

/// Asks for a meeting's day.
#[derive(Deserialize, TS)]
pub struct GetMeetingDay {
    meeting: Id<Meeting>,
}

impl Action for GetMeetingDay {
    const NAME: &'static str = "meeting_day";
    type Reply = MeetingDay;

    fn run(self, app: &App) -> Result<MeetingDay, Trouble> {
        app.at_desk(|desk| desk.day(self.meeting))
    }
}
