//! What a secretary writes down of one meeting: agenda, decisions, tasks, the score, what was said at the opening.

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, TimeDelta};
use domain::{
    Audience, Id, Item, Log, Meeting, Outcome, Record, Resolution, ResolutionStatus, Rules, Score, Task, TaskStatus,
    Vote, fill, in_force,
};
use sync::{Change, Stamp, device_of};

use super::{
    Met,
    cast::Someone,
    lists,
    meetings::moment,
    work::{Given, Held, Text, Topic},
};
use crate::{LedgerError, Outside, Sqlite, changes, millis_of};

/// What the secretary writes of one meeting at one time: into the log of all, and into that of those who lead.
pub struct Pen<'a> {
    outside: &'a Outside,
    met: &'a Met<'a>,
    meeting: &'a Meeting,
    today: NaiveDate,
    millis: u64,
    pub stamp: Stamp,
    pub everyone: Vec<Change>,
    pub office: Vec<Change>,
}

impl<'a> Pen<'a> {
    pub fn new(
        outside: &'a Outside,
        met: &'a Met<'a>,
        meeting: &'a Meeting,
        at: NaiveDateTime,
        today: NaiveDate,
    ) -> Self {
        let millis = millis_of(at);
        let stamp = Stamp::new(millis, 0, device_of(&met.device.verifying_key()));
        Self { outside, met, meeting, today, millis, stamp, everyone: Vec::new(), office: Vec::new() }
    }

    /// A name of that time, as an app makes it: the lists of decisions go by their names.
    pub fn id<T>(&self) -> Id<T> {
        Id::new(uuid::Builder::from_unix_timestamp_millis(self.millis, &self.outside.bytes()).into_uuid())
    }

    /// The words of a pattern, for this meeting.
    fn say(&self, pattern: &str) -> String {
        let day: NaiveDate = self.meeting.planned_at.get(..10).and_then(|day| day.parse().ok()).unwrap_or_default();
        let [month, year] = [day.month().to_string(), day.year().to_string()];
        let last = (day - Months::new(1)).month().to_string();
        let topic = self.meeting.topic.as_deref().unwrap_or_default();
        fill(pattern, &[("month", &month), ("last_month", &last), ("year", &year), ("topic", topic)])
    }

    /// Puts an item on the agenda.
    pub fn item(&mut self, place: i32, topic: &Topic) -> Id<Item> {
        let papers: Vec<String> = topic.papers.iter().map(|paper| self.say(paper)).collect();
        let item = Item {
            id: self.id(),
            unit: self.met.unit,
            meeting: self.meeting.id,
            place,
            title: self.say(&topic.title),
            papers: Some(papers.join("\n")).filter(|papers| !papers.is_empty()),
        };
        self.everyone.extend(changes(&item, self.stamp));
        item.id
    }

    /// A text that is put before the cell.
    pub fn draft(&self, text: &Text) -> Resolution {
        Resolution {
            id: self.id(),
            unit: self.met.unit,
            meeting: Some(self.meeting.id),
            kind: text.kind,
            title: self.say(&text.title),
            body: self.say(&text.body),
            adopted_on: String::new(),
            status: ResolutionStatus::Draft,
            outcome: None,
            vote: None,
            series: None,
            number: None,
            round: None,
            cancelled: None,
        }
    }

    /// The same as the vote decided it; the server gives its number.
    pub fn decided(&mut self, text: &Text, vote: &Vote, rules: &Rules) -> Id<Resolution> {
        let day = self.meeting.planned_at.get(..10).unwrap_or_default();
        let numbering = in_force(&rules.numbering, day);
        let resolution = Resolution {
            adopted_on: day.to_owned(),
            status: ResolutionStatus::Decided,
            outcome: Some(Outcome::Adopted),
            vote: Some(vote.id),
            series: numbering.and_then(|rule| rule.sets.series(text.kind, super::TERM)),
            ..self.draft(text)
        };
        self.everyone.extend(changes(&resolution, self.stamp));
        resolution.id
    }

    pub fn task(&mut self, given: &Given, item: Id<Item>, resolution: Option<Id<Resolution>>) -> Id<Task> {
        let met = self.meeting.planned_at.get(..10).and_then(|day| day.parse().ok()).unwrap_or(self.today);
        let from = if given.done.is_some() { met } else { self.today };
        let due = (from + TimeDelta::days(given.due)).max(met + TimeDelta::days(1));
        let task = Task {
            id: self.id(),
            unit: self.met.unit,
            meeting: Some(self.meeting.id),
            item: Some(item),
            resolution,
            what: given.what.clone(),
            assignee: self.met.named(&given.who).map(|one| one.member.id),
            due_on: Some(due.to_string()),
            status: TaskStatus::InProgress,
            progress: 0,
            result: None,
            done_on: None,
        };
        self.everyone.extend(changes(&task, self.stamp));
        task.id
    }

    /// A good evening, short of a few points.
    pub fn scores(&mut self, rules: &Rules) {
        let form = in_force(&rules.quality, &self.meeting.planned_at);
        for (at, criterion) in form.into_iter().flat_map(|rule| &rule.sets.criteria).enumerate() {
            let key = criterion.key.as_str();
            let score = Score {
                id: Id::made_from(&[self.meeting.id.into(), key.into()]),
                meeting: self.meeting.id,
                criterion: key.to_owned(),
                points: criterion.most as i32 - 1 - (at % 3) as i32,
            };
            self.everyone.extend(changes(&score, self.stamp));
        }
    }

    /// That the members were invited, and when the papers were put into the national app.
    pub fn beginning(&mut self, held: &Held) {
        let invited = held.ended.date() - TimeDelta::days(5);
        let invited = invited.and_hms_opt(20, 0, 0).unwrap_or(held.ended);
        let posted = held.ended.date() - TimeDelta::days(2);
        let id = held.meeting.id.uuid();
        self.set(&Meeting::TABLE, id, "invited_at", moment(invited).into());
        self.set(&Meeting::TABLE, id, "papers_posted_on", posted.to_string().into());
    }

    /// How dues stood, as it was said at the opening; and that the finished papers were put in that evening.
    pub fn around(&mut self, held: &Held, met: &Met<'_>) {
        let date = held.ended.date();
        let back = (self.today.year() - date.year()) * 12 + self.today.month() as i32 - date.month() as i32;
        let on_roll = |one: &&Someone| held.roll.iter().any(|(member, _)| *member == one.member.id);
        let paid = met.people.iter().filter(on_roll).filter(|one| lists::behind(one) as i32 <= back).count() as i64;
        let said: [(&str, domain::Value); 4] = [
            ("dues_stated_at", held.meeting.attendance_closed_at.clone().unwrap_or_default().into()),
            ("dues_paid", paid.into()),
            ("dues_of", (held.roll.len() as i64).into()),
            ("finished_posted_on", date.to_string().into()),
        ];
        for (field, value) in said {
            self.set(&Meeting::TABLE, held.meeting.id.uuid(), field, value);
        }
    }

    /// One field of a record that is there.
    pub fn set(&mut self, table: &domain::Table, id: uuid::Uuid, field: &str, value: domain::Value) {
        let (table, field) = (table.name.to_owned(), field.to_owned());
        self.everyone.push(Change { table, id, field, value, stamp: self.stamp, seen: Vec::new() });
    }

    /// Hands both entries in.
    pub fn write(self, ledger: &mut Sqlite) -> Result<(), LedgerError> {
        for (audience, said) in [(Audience::Everyone, &self.everyone), (Audience::Office, &self.office)] {
            if !said.is_empty() {
                ledger.write_as(&self.met.device, Log::of(self.met.unit, audience), said)?;
            }
        }
        Ok(())
    }
}
