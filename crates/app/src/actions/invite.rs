//! What is done about a meeting around its day: the invitation, who is asked from outside, dues at the opening, papers
//! put into the national app, and whether it was held on paper.

use domain::{Day, Id, Meeting, MeetingStatus, PostedFile, Record, Value, day_after, days_between, in_force};
use serde::{Deserialize, Serialize};
use store::Edit;
use ts_rs::TS;

use super::{day::MeetingDues, said::spoken_or_nothing};
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
    time,
};

/// Papers that go into the national app by a day.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Deadline {
    /// Which papers.
    pub what: Posted,
    /// The last day for it.
    pub by: Day,
    /// Days until then; negative once past.
    pub days_left: i64,
    /// When it was done.
    pub done_on: Option<Day>,
    /// Whether it was done too late, or is not done and late by now.
    pub late: bool,
    /// Where the rule is written.
    pub source: String,
}

/// Which papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Posted {
    /// Those that are read before.
    Papers,
    /// Those that came of it.
    Finished,
}

impl Desk {
    /// What must be put into the national app by when, by the rule in force on the meeting's day; nothing of a meeting that
    /// was held on paper, or not at all.
    pub(crate) fn deadlines(&self, meeting: &Meeting) -> Vec<Deadline> {
        let rule = in_force(&self.rules.posting, &meeting.planned_at)
            .filter(|_| !meeting.from_paper && meeting.missed().is_none());
        let Some(rule) = rule else { return Vec::new() };
        let deadline = |what, from: &str, days: i64, done: &Option<Day>| {
            let by = day_after(from, days)?;
            Some(Deadline {
                what,
                days_left: days_between(&self.today(), &by)?,
                late: done.as_ref().unwrap_or(&self.today()) > &by,
                done_on: done.clone(),
                by,
                source: rule.citation.clone(),
            })
        };
        let ended = meeting.ended_at.as_ref().unwrap_or(&meeting.planned_at);
        let (before, after) = (-rule.sets.days_before, rule.sets.days_after);
        let papers = deadline(Posted::Papers, &meeting.planned_at, before, &meeting.papers_posted_on);
        let finished = deadline(Posted::Finished, ended, after, &meeting.finished_posted_on);
        papers.into_iter().chain(finished).collect()
    }

    /// Whether the invitation went out, or goes out now, with less notice than papers are given.
    pub(super) fn short_notice(&self, meeting: &Meeting) -> bool {
        if meeting.from_paper {
            return false;
        }
        let Some(invited) =
            meeting.invited_at.clone().or_else(|| (meeting.status == MeetingStatus::Planned).then(|| self.today()))
        else {
            return false;
        };
        let needed = in_force(&self.rules.posting, &meeting.planned_at).map_or(0, |rule| rule.sets.days_before);
        days_between(&invited, &meeting.planned_at).is_some_and(|days| days < needed)
    }

    /// Writes when a part was put into the national app.
    pub(super) fn set_posted(&mut self, meeting: Id<Meeting>, part: Posted, day: Option<Day>) -> Result<(), Trouble> {
        self.set_meeting(meeting, vec![posted_edit(meeting, part, day)])
    }

    fn set_meeting(&mut self, meeting: Id<Meeting>, edits: Vec<Edit>) -> Result<(), Trouble> {
        self.own_meeting(meeting)?;
        self.write(self.log(&Meeting::TABLE), edits, None)
    }
}

fn posted_edit(meeting: Id<Meeting>, part: Posted, day: Option<Day>) -> Edit {
    let field = match part {
        Posted::Papers => "papers_posted_on",
        Posted::Finished => "finished_posted_on",
    };
    edit(meeting, field, day)
}

/// Invites the members to a meeting: they see it, and may answer, once both books have spoken to the province.
#[derive(Deserialize, TS)]
pub struct Invite {
    meeting: Id<Meeting>,
}

impl Action for Invite {
    const NAME: &'static str = "invite";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.own_meeting(self.meeting)?;
            let past = days_between(&desk.today(), &meeting.planned_at).is_none_or(|days| days < 0);
            if meeting.status != MeetingStatus::Planned || meeting.missed().is_some() || past {
                return Err(Trouble::invalid("invited_at", "met_already"));
            }
            let now = time::moment(desk.now);
            desk.set_meeting(self.meeting, vec![edit(self.meeting, "invited_at", now)])
        })
    }
}

/// Says that it was told at the opening how dues stand, or takes that back.
#[derive(Deserialize, TS)]
pub struct StateDues {
    meeting: Id<Meeting>,
    stated: bool,
}

impl Action for StateDues {
    const NAME: &'static str = "state_dues";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            // The figures are written with it, so that the minutes say the same on every device.
            let now = desk.month_dues(&desk.need(self.meeting)?)?.ok_or(Code::NotAllowed)?;
            let told = self.stated.then_some(now);
            let count = |of: fn(&MeetingDues) -> i32| told.as_ref().map(|dues| i64::from(of(dues)));
            let edits = vec![
                edit(self.meeting, "dues_stated_at", told.as_ref().map(|_| time::moment(desk.now))),
                edit(self.meeting, "dues_paid", count(|dues| dues.paid)),
                edit(self.meeting, "dues_of", count(|dues| dues.of)),
            ];
            desk.set_meeting(self.meeting, edits)
        })
    }
}

/// Says who comes from above and from outside.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct SaveMeetingPeople {
    meeting: Id<Meeting>,
    supervisor: Option<String>,
    guests: Option<String>,
}

impl Action for SaveMeetingPeople {
    const NAME: &'static str = "save_meeting_people";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            let said = |field, text: &Option<String>| Edit {
                value: spoken_or_nothing(text.as_deref()),
                ..edit(self.meeting, field, Value::Nothing)
            };
            let edits = vec![said("supervisor", &self.supervisor), said("guests", &self.guests)];
            desk.set_meeting(self.meeting, edits)
        })
    }
}

/// Says on the invitation that the meeting is called at short notice (đột xuất), or takes that back.
#[derive(Deserialize, TS)]
pub struct SayShortNotice {
    meeting: Id<Meeting>,
    said: bool,
}

impl Action for SayShortNotice {
    const NAME: &'static str = "say_short_notice";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            desk.set_meeting(self.meeting, vec![edit(self.meeting, "short_notice", i64::from(self.said))])
        })
    }
}

/// Says that a meeting was held on paper and is entered afterwards (nhập lại từ sổ giấy), or takes that back.
#[derive(Deserialize, TS)]
pub struct FromPaper {
    meeting: Id<Meeting>,
    from_paper: bool,
}

impl Action for FromPaper {
    const NAME: &'static str = "from_paper";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            desk.set_meeting(self.meeting, vec![edit(self.meeting, "from_paper", i64::from(self.from_paper))])
        })
    }
}

/// Ticks that papers were put into the national app today, or takes the tick away.
#[derive(Deserialize, TS)]
pub struct TickPosted {
    meeting: Id<Meeting>,
    what: Posted,
    done: bool,
}

impl Action for TickPosted {
    const NAME: &'static str = "posted";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            let today = self.done.then(|| desk.today());
            desk.own_meeting(self.meeting)?;
            // The part and its files in one: neither is ticked without the other.
            let files = desk.files_of_part(self.meeting, self.what, today.as_ref())?;
            let part = vec![posted_edit(self.meeting, self.what, today)];
            desk.write_all(vec![(desk.log(&Meeting::TABLE), part), (desk.log(&PostedFile::TABLE), files)])
        })
    }
}
