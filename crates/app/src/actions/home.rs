//! The first screen: what is next, what is to be done, how the year went.

use std::collections::BTreeSet;

use domain::{Attendance, Day, Id, Mark, Meeting, MeetingKind, MeetingStatus, Member, Post, Record, Unit, in_force};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use ts_rs::TS;

use super::invite::{Deadline, Posted};
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, Rights},
    library::{DocumentLine, called},
    meeting::MeetingLine,
    time,
};

/// What the first screen shows.
#[derive(Debug, Serialize, TS)]
pub struct Home {
    /// Who is reading.
    pub person: HomePerson,
    /// Where.
    pub unit: HomeUnit,
    /// Today.
    pub today: Day,
    /// What this person may do.
    pub rights: Rights,
    /// The meeting under way, or the next.
    pub next: Option<MeetingLine>,
    /// The last six held, latest first.
    pub recent: Vec<MeetingLine>,
    /// The six digits to read to a second person, while this device waits for one.
    pub digits: Option<String>,
    /// What waits for this person.
    pub to_do: Vec<ToDo>,
    /// Attendance of the last twelve months, oldest first.
    pub year: Vec<Month>,
    /// What the rule in force strives for.
    pub target: HomeTarget,
    /// The average of those months.
    pub average: Option<u32>,
    /// Documents that wait to be read: what the unit was reminded of first, then what is to be confirmed, then the newest.
    pub to_read: Vec<DocumentLine>,
    /// How many there are in all.
    pub unread: u32,
}

/// Who is reading.
#[derive(Debug, Serialize, TS)]
pub struct HomePerson {
    id: Id<Member>,
    name: String,
    post: Option<Post>,
}

/// The unit.
#[derive(Debug, Serialize, TS)]
pub struct HomeUnit {
    id: Id<Unit>,
    name: String,
    above: String,
    members: u32,
}

/// Something that waits for this person.
#[derive(Debug, Serialize, TS)]
pub struct ToDo {
    /// What it is.
    pub what: What,
    /// Words and numbers for the sentence.
    #[ts(type = "Record<string, string | number>")]
    pub params: Json,
    /// Where it is done.
    pub route: String,
}

/// The things that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A roll that was begun and not closed.
    CloseAttendance,
    /// Absences whose reason is not known.
    ReasonMissing,
    /// Somebody asked leave when the meeting had begun: it waits for a word on the roll.
    LateLeave,
    /// A member who was absent from as many regular meetings running as the rule in force names.
    AbsentRunning,
    /// A member marked in two ways on two devices.
    TwoMarks,
    /// A record edited on two devices.
    TwoValues,
    /// A comrade's new device waits for a second person.
    ConfirmDevice,
    /// The server set something aside, and this person may decide about it.
    SetAside,
    /// Papers that go into the national app: today, tomorrow, or late by now.
    PostPapers,
    /// No meeting is planned.
    PlanMeeting,
    /// What the server says of the past is not what this book holds.
    Misfit,
    /// Changes have waited long to be sent.
    Send,
    /// Somebody says that a published document bears a mark of secrecy, and this person answers for it.
    MarkedSecret,
}

/// One month's attendance.
#[derive(Debug, Serialize, TS)]
pub struct Month {
    /// `2026-11`.
    pub month: String,
    /// Per cent, where the cell met.
    pub percent: Option<u32>,
}

/// The attendance target in force.
#[derive(Debug, Serialize, TS)]
pub struct HomeTarget {
    percent: u32,
    source: String,
}

/// Asks for the first screen.
#[derive(Deserialize, TS)]
pub struct GetHome {}

impl Action for GetHome {
    const NAME: &'static str = "home";
    type Reply = Home;

    fn run(self, app: &App) -> Result<Home, Trouble> {
        app.at_desk(|desk| desk.home())
    }
}

/// A day after which unsent changes are worth a word, in milliseconds.
const LONG: u64 = 24 * 3600 * 1000;
/// Documents named on the first screen.
const SHOWN: usize = 3;

impl Desk {
    fn home(&self) -> Result<Home, Trouble> {
        let me = self.need(self.me)?;
        let unit = self.need(self.unit)?;
        let above = unit.above.map(|above| self.book.get(above)).transpose()?.flatten();
        let today = self.today();
        let since = time::month_before(&today, 11).unwrap_or_default();
        let mut lines = self.meetings(&since, "9999")?;
        lines.retain(|line| line.not_held.is_none());
        let rights = self.rights()?;
        let next = lines
            .iter()
            .find(|line| line.status == MeetingStatus::Open)
            .or_else(|| lines.iter().find(|line| line.status == MeetingStatus::Planned && line.days_left >= 0));
        let year = self.year(&lines, &today);
        let known: Vec<u32> = year.iter().filter_map(|month| month.percent).collect();
        let target = in_force(&self.rules.attendance_target, &today).ok_or(Code::NoRule)?;
        let mut waiting = self.library()?;
        waiting.retain(DocumentLine::waits);
        // The order is kept where nothing else tells them apart.
        waiting.sort_by_key(|line| (line.reminded_at.is_none(), !line.must_confirm));
        Ok(Home {
            person: HomePerson { id: me.id, name: me.name, post: me.post },
            unit: HomeUnit {
                id: unit.id,
                name: unit.name,
                above: above.map(|above| above.name).unwrap_or_default(),
                members: self.roster()?.len() as u32,
            },
            next: next.cloned(),
            recent: lines.iter().rev().filter(|line| line.status == MeetingStatus::Ended).take(6).cloned().collect(),
            digits: self.digits()?,
            to_do: self.to_do(&lines, next, rights)?,
            average: (known.iter().sum::<u32>()).checked_div(known.len() as u32),
            year,
            unread: waiting.len() as u32,
            to_read: waiting.into_iter().take(SHOWN).collect(),
            target: HomeTarget { percent: target.sets.percent, source: target.citation.clone() },
            today,
            rights,
        })
    }

    fn year(&self, lines: &[MeetingLine], today: &str) -> Vec<Month> {
        let months = (0..12).rev().filter_map(|back| time::month_before(today, back));
        months
            .map(|month| {
                let held = lines.iter().filter(|l| l.kind == MeetingKind::Regular && l.planned_at.starts_with(&month));
                Month { percent: held.filter_map(|line| line.percent).next_back(), month }
            })
            .collect()
    }

    fn to_do(&self, lines: &[MeetingLine], next: Option<&MeetingLine>, rights: Rights) -> Result<Vec<ToDo>, Trouble> {
        let mut to_do = Vec::new();
        if self.misfit()?.is_some() {
            to_do.push(ToDo { what: What::Misfit, params: json!({}), route: "#/dong-bo".into() });
        }
        for device in self.devices()?.into_iter().filter(|device| device.may_confirm) {
            let params = json!({ "name": device.holder });
            to_do.push(ToDo { what: What::ConfirmDevice, params, route: "#/dong-bo".into() });
        }
        for (document, count) in self.reported()? {
            let params = json!({ "name": called(&document), "count": count });
            to_do.push(ToDo { what: What::MarkedSecret, params, route: format!("#/tai-lieu/doc/{}", document.id) });
        }
        let aside = self.asides_waiting()?;
        if rights.decide && aside > 0 {
            to_do.push(ToDo { what: What::SetAside, params: json!({ "count": aside }), route: "#/dong-bo".into() });
        }
        if !rights.mark {
            return Ok(to_do);
        }
        let roll = |id: Id<Meeting>| format!("#/sinh-hoat/{id}/diem-danh");
        for line in lines.iter().filter(|line| line.status == MeetingStatus::Open && !line.attendance_closed) {
            let params = json!({ "at": line.planned_at });
            to_do.push(ToDo { what: What::CloseAttendance, params, route: roll(line.id) });
        }
        for id in self.book.asking(&Attendance::TABLE)? {
            let Some(attendance) = self.book.get::<Attendance>(Id::new(id))? else { continue };
            if self.locked_minutes(attendance.meeting)?.is_some() {
                continue;
            }
            let params = json!({ "name": self.title("attendance", id)? });
            to_do.push(ToDo { what: What::TwoMarks, params, route: roll(attendance.meeting) });
        }
        self.two_values(lines, &mut to_do)?;
        for line in lines.iter().rev().filter(|line| line.attendance_closed).take(3) {
            let unclear: Vec<Attendance> =
                self.book.list("WHERE meeting = ?1 AND mark = 'absent'", [line.id.uuid().into_bytes()])?;
            debug_assert!(unclear.iter().all(|attendance| attendance.mark == Mark::Absent));
            if !unclear.is_empty() {
                let params = json!({ "count": unclear.len(), "at": line.planned_at });
                to_do.push(ToDo { what: What::ReasonMissing, params, route: roll(line.id) });
            }
        }
        for line in lines.iter().rev().filter(|line| line.status != MeetingStatus::Planned).take(1) {
            for name in self.late_leaves(line.id)? {
                to_do.push(ToDo { what: What::LateLeave, params: json!({ "name": name }), route: roll(line.id) });
            }
        }
        let running = in_force(&self.rules.absences, &self.today()).map_or(0, |rule| rule.sets.running);
        for member in self.absent_running(lines, running)? {
            let params = json!({ "name": self.title(Member::TABLE.name, member.uuid())?, "count": running });
            to_do.push(ToDo { what: What::AbsentRunning, params, route: format!("#/dang-vien/{member}") });
        }
        to_post(lines, next, &mut to_do);
        if next.is_none() {
            to_do.push(ToDo { what: What::PlanMeeting, params: json!({}), route: "#/sinh-hoat/moi".into() });
        }
        let heard: Option<u64> = self.book.fact("received")?;
        if heard.is_some_and(|heard| self.now.saturating_sub(heard) > LONG) && self.book.has_waiting()? {
            let count = self.book.waiting()?.iter().map(|waits| waits.changes).sum::<u32>();
            to_do.push(ToDo { what: What::Send, params: json!({ "count": count }), route: "#/dong-bo".into() });
        }
        Ok(to_do)
    }

    /// Who was absent, with a reason or without, from each of so many last regular meetings.
    fn absent_running(&self, lines: &[MeetingLine], running: usize) -> Result<Vec<Id<Member>>, Trouble> {
        let held = |line: &&MeetingLine| line.kind == MeetingKind::Regular && line.attendance_closed;
        let last: Vec<_> = lines.iter().rev().filter(held).take(running).collect();
        if last.len() < running {
            return Ok(Vec::new());
        }
        let mut absent: Option<Vec<Id<Member>>> = None;
        for line in last {
            let away = |mark| matches!(mark, Mark::Absent | Mark::AbsentExcused | Mark::AbsentUnexcused);
            let marked = self.marked(line.id)?.into_iter().filter(|one| away(one.mark));
            let here: BTreeSet<_> = marked.map(|one| one.member).collect();
            absent = Some(match absent {
                Some(all) => all.into_iter().filter(|member| here.contains(member)).collect(),
                None => here.into_iter().collect(),
            });
        }
        Ok(absent.unwrap_or_default())
    }

    /// What two devices wrote differently, each with the way to where it is settled. Behind locked minutes nothing is settled
    /// any more: the way leads to the annex, also where a device wrote there that had not heard of the lock.
    fn two_values(&self, lines: &[MeetingLine], to_do: &mut Vec<ToDo>) -> Result<(), Trouble> {
        let last = lines.iter().rev().find(|line| line.status == MeetingStatus::Ended);
        let mut behind: BTreeSet<_> = last.map(|line| line.id).into_iter().collect();
        for table in domain::TABLES {
            for id in self.book.asking(table)? {
                if let Some(meeting) = self.locked_in(table, id)? {
                    behind.insert(meeting);
                } else if table.name != Attendance::TABLE.name {
                    let params = json!({ "name": self.called(table, id)? });
                    to_do.push(ToDo { what: What::TwoValues, params, route: format!("#/lech/{}/{id}", table.name) });
                }
            }
        }
        for meeting in behind {
            if !self.unsaid(meeting)?.is_empty() {
                let params = json!({ "name": self.called(&Meeting::TABLE, meeting.uuid())? });
                to_do.push(ToDo { what: What::TwoValues, params, route: format!("#/sinh-hoat/{meeting}/bien-ban") });
            }
        }
        Ok(())
    }
}

/// The papers of the meeting to come, and what came of the last one, once there is no more than a day left for them.
fn to_post(lines: &[MeetingLine], next: Option<&MeetingLine>, to_do: &mut Vec<ToDo>) {
    let last = lines.iter().rev().find(|line| line.status == MeetingStatus::Ended);
    for (what, line, step) in [(Posted::Papers, next, "tai-lieu"), (Posted::Finished, last, "bien-ban")] {
        let Some(line) = line else { continue };
        let waits = |one: &&Deadline| one.what == what && one.done_on.is_none() && one.days_left <= 1;
        if let Some(deadline) = line.deadlines.iter().find(waits) {
            let params = json!({ "what": what, "at": line.planned_at, "days": deadline.days_left });
            let route = format!("#/sinh-hoat/{}?buoc={step}", line.id);
            to_do.push(ToDo { what: What::PostPapers, params, route });
        }
    }
}
