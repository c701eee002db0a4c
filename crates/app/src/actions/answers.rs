//! Who comes to a meeting: what each member answered to the invitation, in their own log, and what of it stands.

use std::collections::{HashMap, HashSet};

use domain::{Answer, Attendance, Comes, Id, Meeting, Member, Moment, Reason, Record};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::meetings::Name;
use crate::{
    Action, App, Trouble,
    desk::{Desk, edit, word},
    time,
};

/// What was answered to an invitation, as far as this book holds it.
#[derive(Debug, Serialize, TS)]
pub struct Answers {
    /// What this person answered last.
    pub mine: Option<AnswerLine>,
    /// Every answer that stands, and every request that came too late; nothing where this book does not hold them.
    pub all: Option<Vec<AnswerLine>>,
    /// How many come.
    pub comes: u32,
    /// How many asked leave in time.
    pub leave: u32,
    /// Who said nothing; empty where this book could not know.
    pub silent: Vec<Name>,
}

/// One answer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnswerLine {
    /// Who.
    pub member: Id<Member>,
    /// By name.
    pub name: String,
    /// Whether they come.
    pub comes: Comes,
    /// Why not.
    pub reason: Option<Reason>,
    /// When it was said.
    pub said_at: Moment,
    /// Whether the meeting had begun by then: it is a request, and excuses nobody by itself.
    pub late: bool,
}

/// Whether an answer came after the meeting began.
fn is_late(answer: &Answer, meeting: &Meeting) -> bool {
    meeting.started_at.as_ref().is_some_and(|began| answer.said_at > *began)
}

impl Desk {
    fn said_to(&self, meeting: Id<Meeting>) -> Result<Vec<Answer>, Trouble> {
        Ok(self.book.list("WHERE meeting = ?1 ORDER BY said_at, id", [meeting.uuid().into_bytes()])?)
    }

    /// Who is on leave from a meeting, and why: the last answer before it began stands.
    pub(super) fn leaves(&self, meeting: &Meeting) -> Result<HashMap<Id<Member>, Reason>, Trouble> {
        let mut leaves = HashMap::new();
        for answer in self.said_to(meeting.id)?.into_iter().filter(|answer| !is_late(answer, meeting)) {
            match answer.reason.filter(|_| answer.comes == Comes::Leave) {
                Some(reason) => leaves.insert(answer.member, reason),
                None => leaves.remove(&answer.member),
            };
        }
        Ok(leaves)
    }

    /// Who asked leave when a meeting had begun, by name, and has heard nothing on the roll since.
    pub(super) fn late_leaves(&self, id: Id<Meeting>) -> Result<Vec<String>, Trouble> {
        let meeting = self.need(id)?;
        let (mut waiting, mut told) = (Vec::new(), HashSet::new());
        if !self.rights()?.edit_person || self.locked_minutes(id)?.is_some() {
            return Ok(waiting);
        }
        for answer in self.said_to(id)?.into_iter().filter(|one| one.comes == Comes::Leave && is_late(one, &meeting)) {
            let mark: Id<Attendance> = Id::made_from(&[id.into(), answer.member.into()]);
            let marked = self.book.author(&Attendance::TABLE, mark.uuid(), "mark")?;
            if marked.is_none_or(|(_, at)| time::moment(at) < answer.said_at) && told.insert(answer.member) {
                waiting.push(self.title(Member::TABLE.name, answer.member.uuid())?);
            }
        }
        Ok(waiting)
    }

    /// The answers to one invitation; `roll` are the members it went to.
    pub(super) fn answers(&self, meeting: &Meeting, roll: &[Member]) -> Result<Answers, Trouble> {
        // The last word of each member, before the meeting and after it began.
        let mut last: HashMap<(Id<Member>, bool), Answer> = HashMap::new();
        let mut mine = None;
        for answer in self.said_to(meeting.id)? {
            if answer.member == self.me {
                mine = Some(answer.clone());
            }
            last.insert((answer.member, is_late(&answer, meeting)), answer);
        }
        let line = |answer: &Answer, name: &str| AnswerLine {
            member: answer.member,
            name: name.to_owned(),
            comes: answer.comes,
            reason: answer.reason,
            said_at: answer.said_at.clone(),
            late: is_late(answer, meeting),
        };
        let me = roll.iter().find(|member| member.id == self.me).map_or("", |member| member.name.as_str());
        let mine = mine.map(|answer| line(&answer, me));
        // Answers lie in the members' own logs: who does not read those would take silence for an answer.
        if !self.rights()?.edit_person {
            return Ok(Answers { mine, all: None, comes: 0, leave: 0, silent: Vec::new() });
        }
        let mut all = Vec::new();
        let mut silent = Vec::new();
        for member in roll {
            let of = [false, true].map(|late| last.get(&(member.id, late)));
            if of.iter().all(Option::is_none) {
                silent.push(Name { id: member.id, name: member.name.clone() });
            }
            all.extend(of.into_iter().flatten().map(|answer| line(answer, &member.name)));
        }
        let count = |comes| all.iter().filter(|line| !line.late && line.comes == comes).count() as u32;
        Ok(Answers { mine, comes: count(Comes::Yes), leave: count(Comes::Leave), all: Some(all), silent })
    }
}

/// Says whether this person comes to a meeting, or asks leave. It may be said again: the last before it begins stands.
#[derive(Deserialize, TS)]
pub struct AnswerInvitation {
    meeting: Id<Meeting>,
    comes: Comes,
    /// Why not, where leave is asked.
    reason: Option<Reason>,
}

impl Action for AnswerInvitation {
    const NAME: &'static str = "answer_invitation";
    type Reply = Answers;

    fn run(self, app: &App) -> Result<Answers, Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.need(self.meeting)?;
            let id: Id<Answer> = Id::new(Uuid::now_v7());
            let reason = self.reason.filter(|_| self.comes == Comes::Leave);
            let edits = vec![
                edit(id, "member", desk.me),
                edit(id, "meeting", self.meeting),
                edit(id, "comes", word(self.comes)),
                edit(id, "reason", word(reason)),
                edit(id, "said_at", time::moment(desk.now)),
            ];
            desk.write(desk.about(desk.me)?, edits, None)?;
            desk.answers(&meeting, &desk.roster()?)
        })
    }
}
