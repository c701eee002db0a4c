//! What the first cell did at its last meetings, as its secretary wrote it down: the agenda, who said what, votes, decisions,
//! tasks, the score. The words are in `assets/demo/work.json`.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use domain::{
    Activity, Ballot, Comes, Decides, Discussion, Id, Item, Mark, Meeting, MeetingKind, Member, Needs, Reason,
    ResolutionKind, Rules, Seat, Task, Vote,
};
use serde::Deserialize;

use super::{Met, cast::Someone, meetings::moment, pen::Pen};
use crate::{LedgerError, Outside, Sqlite, changes};

/// Everything that the cell has worked on.
#[derive(Deserialize)]
pub struct Work {
    /// Its last regular meetings, the last one last.
    pub regular: Vec<Evening>,
    /// Its last thematic one.
    pub thematic: Evening,
    /// The meeting to come.
    pub next: Next,
}

/// What was taken up at one meeting.
#[derive(Deserialize)]
pub struct Evening {
    items: Vec<Topic>,
}

/// One item of an agenda and what came of it. `{month}`, `{last_month}`, `{year}`, `{topic}` stand for those of the meeting.
#[derive(Deserialize)]
pub struct Topic {
    pub title: String,
    pub papers: Vec<String>,
    /// Each line is said by another of those in the room.
    #[serde(default)]
    said: Vec<String>,
    #[serde(default)]
    conclusion: String,
    vote: Option<String>,
    decision: Option<Text>,
    #[serde(default)]
    tasks: Vec<Given>,
}

/// A resolution or a conclusion.
#[derive(Deserialize)]
pub struct Text {
    pub kind: ResolutionKind,
    pub title: String,
    pub body: String,
}

/// A task and how far it is by today. The days of one that is done are counted from its meeting, so that the next one can
/// speak of it; those of one that is not, from today.
#[derive(Deserialize)]
pub struct Given {
    pub what: String,
    pub who: String,
    pub due: i64,
    pub done: Option<i64>,
    #[serde(default)]
    pub progress: i32,
    /// What the assignee reported, in per cent.
    pub reported: Option<i32>,
    pub result: Option<String>,
}

/// What is prepared of the meeting to come.
#[derive(Deserialize)]
pub struct Next {
    pub items: Vec<Topic>,
    pub draft: Text,
    pub answers: Vec<Word>,
}

/// A member's answer to the invitation, so many hours after it.
#[derive(Deserialize)]
pub struct Word {
    pub who: String,
    pub hours: i64,
    pub comes: Comes,
    pub reason: Option<Reason>,
}

/// A meeting that was held, with its roll.
pub struct Held {
    pub meeting: Meeting,
    pub roll: Vec<(Id<Member>, Mark)>,
    pub ended: NaiveDateTime,
}

/// A task that somebody has since worked on.
pub struct Begun<'w> {
    pub task: Id<Task>,
    pub given: &'w Given,
    /// The day that it was given.
    pub met: NaiveDate,
}

impl Work {
    /// As it ships.
    pub fn shipped() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("../../../../assets/demo/work.json"))
    }

    /// Who has a task: others are quoted, so that nobody praises themselves.
    fn busy(&self) -> HashSet<&str> {
        let evenings = self.regular.iter().chain([&self.thematic]);
        evenings.flat_map(|one| &one.items).flat_map(|item| &item.tasks).map(|task| task.who.as_str()).collect()
    }
}

/// Writes down one evening.
pub fn tell<'w>(
    ledger: &mut Sqlite,
    outside: &Outside,
    met: &Met<'_>,
    work: &'w Work,
    (held, evening): (&Held, &'w Evening),
    today: NaiveDate,
) -> Result<Vec<Begun<'w>>, LedgerError> {
    let rules = Rules::shipped().map_err(|_| LedgerError::Damaged("the rules"))?;
    let mut pen = Pen::new(outside, met, &held.meeting, held.ended, today);
    let mut speakers = held.speakers(met, &work.busy()).into_iter().cycle();
    let mut begun = Vec::new();
    for (place, topic) in (1..).zip(&evening.items) {
        let item = pen.item(place, topic);
        let said = topic.said.iter().zip(&mut speakers).map(|(words, who)| format!("Đ/c {who}: {words}"));
        let talk = Discussion {
            id: Id::made_from(&[item.into()]),
            unit: met.unit,
            item,
            words: Some(said.collect::<Vec<_>>().join("\n")).filter(|words| !words.is_empty()),
            conclusion: Some(topic.conclusion.clone()).filter(|words| !words.is_empty()),
        };
        pen.office.extend(changes(&talk, pen.stamp));
        let vote = topic.vote.as_ref().and_then(|subject| held.vote(&pen, met, &rules, item, subject));
        vote.iter().for_each(|vote| pen.office.extend(changes(vote, pen.stamp)));
        let resolution = match (&topic.decision, &vote) {
            (Some(text), Some(vote)) => Some(pen.decided(text, vote, &rules)),
            _ => None,
        };
        for given in &topic.tasks {
            let task = pen.task(given, item, resolution);
            begun.push(Begun { task, given, met: held.ended.date() });
        }
    }
    pen.beginning(held);
    if held.meeting.kind == MeetingKind::Regular {
        pen.scores(&rules);
        pen.around(held, met);
    }
    pen.write(ledger)?;
    Ok(begun)
}

impl Held {
    /// Given names of members in the room who may be quoted, in another order each month. No two of the cell share one.
    fn speakers<'m>(&self, met: &'m Met<'_>, busy: &HashSet<&str>) -> Vec<&'m str> {
        let here = |one: &&Someone| self.roll.iter().any(|(member, mark)| *member == one.member.id && mark.here());
        let quiet = |one: &&Someone| one.member.post.is_none() && !busy.contains(one.member.name.as_str());
        let named = met.people.iter().filter(here).filter(quiet);
        let mut names: Vec<&str> = named.filter_map(|one| one.member.name.rsplit(' ').next()).collect();
        let first = self.ended.month() as usize * 5 % names.len().max(1);
        names.rotate_left(first);
        names
    }

    /// A vote by hand: all who have one in the room are for it, but one who says otherwise.
    fn vote(&self, pen: &Pen<'_>, met: &Met<'_>, rules: &Rules, item: Id<Item>, subject: &str) -> Option<Vote> {
        let day = self.ended.date();
        let seats: Vec<Seat> =
            met.people.iter().filter(|one| one.joined <= day).map(|one| self.seat(one, day)).collect();
        let needs = Needs::of(&seats, rules, &self.meeting.planned_at, Decides::Resolution)?;
        let [base, here, whole] = [needs.base, needs.here, needs.whole].map(|count| count as i32);
        Some(Vote {
            id: pen.id(),
            unit: met.unit,
            meeting: self.meeting.id,
            item: Some(item),
            subject: subject.to_owned(),
            decides: Decides::Resolution,
            ballot: Ballot::Hand,
            base,
            here,
            whole: Some(whole),
            votes_for: here - 1,
            votes_against: 0,
            votes_other: 1,
            counted_at: moment(self.ended - TimeDelta::minutes(14)),
        })
    }

    fn seat(&self, one: &Someone, day: NaiveDate) -> Seat {
        let marked = self.roll.iter().find(|(member, _)| *member == one.member.id);
        Seat {
            standing: one.member.standing,
            activity: one.turn.filter(|(_, from)| day >= *from).map_or(Activity::Active, |(activity, _)| activity),
            marked: marked.map_or(Mark::Unmarked, |(_, mark)| *mark),
        }
    }
}
