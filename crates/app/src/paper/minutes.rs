//! The minutes of a meeting, put together from what was recorded there.

use domain::{Ballot, Mark, Meeting, MeetingKind, Of, Ruling, Seat, Standing, TaskStatus};
use print::{Block, Column, Draft, Kind, Level, Paper, Signatures, Table};

use super::{Words, plain::blocks, sitting::Sitting};
use crate::{
    actions::{MeetingDay, TaskLine, VoteLine},
    meeting::Seated,
};

/// The minutes; `draft` where something is still missing.
pub fn minutes(held: &Sitting, words: &Words, draft: bool) -> Paper {
    let setter = Setter { held, words };
    let meeting = &held.meeting;
    Paper {
        kind: Kind::Minutes,
        superior: held.above.clone(),
        issuer: held.unit.name.clone(),
        date: meeting.planned_at.get(..10).map(str::to_owned),
        subject: subject(meeting, words),
        body: setter.body(),
        signatures: Signatures::Minutes { taker: held.taker().to_owned(), chair: held.chair().to_owned() },
        draft: if draft { Draft::Draft } else { Draft::Final },
        ..Paper::default()
    }
}

/// What the minutes of a meeting are called.
pub fn subject(meeting: &Meeting, words: &Words) -> String {
    let kind = match (meeting.kind, &meeting.topic) {
        (MeetingKind::Regular, Some(_)) => "combined",
        (MeetingKind::Regular, None) => "regular",
        (MeetingKind::Thematic, _) => "thematic",
        (MeetingKind::Extraordinary, _) => "extraordinary",
    };
    let sentence = words.subject.get(kind).map(String::as_str).unwrap_or_default();
    words.say_when(sentence, &meeting.planned_at, &[("topic", meeting.topic.as_deref().unwrap_or_default())])
}

/// What is taken up, each item with the papers that are read for it.
pub fn agenda(day: &MeetingDay, words: &Words) -> Vec<Block> {
    let mut body = Vec::new();
    for item in &day.items {
        body.push(Block::Item(words.say("agenda", &[("title", item.title())])));
        let named = item.papers.value.iter().flat_map(|papers| papers.lines()).map(str::to_owned);
        let papers: Vec<String> = named.chain(item.documents.iter().map(|document| document.said())).collect();
        if !papers.is_empty() {
            body.push(Block::Paragraph(words.say("papers", &[("papers", &papers.join("; "))])));
        }
    }
    body
}

struct Setter<'a> {
    held: &'a Sitting,
    words: &'a Words,
}

impl Setter<'_> {
    fn body(&self) -> Vec<Block> {
        let Self { held, words } = self;
        let meeting = &held.meeting;
        let mut body = Vec::new();
        if meeting.from_paper {
            body.push(Block::Paragraph(words.say("from_paper", &[])));
        }
        if let (MeetingKind::Regular, Some(topic)) = (meeting.kind, &meeting.topic) {
            body.push(Block::Paragraph(words.say("topic", &[("topic", topic)])));
        }
        if let Some(begun) = &meeting.started_at {
            body.push(Block::Paragraph(words.say_when(words.sentence("begun"), begun, &[])));
        }
        body.push(Block::Paragraph(words.say("place", &[("place", &meeting.place)])));
        body.push(Block::Heading(Level::Section, words.say("who", &[])));
        self.who(&mut body);
        self.last_tasks(&mut body);
        body.push(Block::Heading(Level::Section, words.say("contents", &[])));
        self.contents(&mut body);
        body.push(Block::Heading(Level::Section, words.say("course", &[])));
        self.course(&mut body);
        if let Some(ended) = &meeting.ended_at {
            body.push(Block::Paragraph(words.say_when(words.sentence("ended"), ended, &[])));
        }
        body
    }

    fn who(&self, body: &mut Vec<Block>) {
        let Self { held, words } = self;
        let mut item = |text: String| body.push(Block::Item(text));
        let counts = |which: fn(&Seat) -> bool| {
            [Standing::Official, Standing::Probationary, Standing::Temporary]
                .map(|standing| held.count(standing, which).to_string())
        };
        let of_list = |standing: Standing| {
            let suspended = held.suspended.iter().filter(|one| one.seat.standing == standing).count();
            (held.count(standing, |_| true) + suspended).to_string()
        };
        let [official, probationary, temporary] =
            [Standing::Official, Standing::Probationary, Standing::Temporary].map(of_list);
        let three = [("official", official.as_str()), ("probationary", &probationary), ("temporary", &temporary)];
        let all = (held.roll.len() + held.suspended.len()).to_string();
        item(words.say("all", &[&three[..], &[("all", &all)]].concat()));
        let (exempt, away) = (held.marked(Mark::Exempt).len(), held.marked(Mark::Away).len());
        if exempt + away > 0 {
            item(words.say("exempt", &[("count", &exempt.to_string()), ("away", &away.to_string())]));
        }
        if !held.suspended.is_empty() {
            item(words.say("suspended", &[("count", &held.suspended.len().to_string())]));
        }
        let [official, probationary, temporary] = counts(|seat| seat.mark().here());
        let here = held.roll.iter().filter(|one| one.seat.mark().here()).count().to_string();
        let voters = held.verdict().voters_here.to_string();
        let three = [("official", official.as_str()), ("probationary", &probationary), ("temporary", &temporary)];
        item(words.say("here", &[&three[..], &[("here", &here), ("voters", &voters)]].concat()));
        let late = held.marked(Mark::Late);
        if !late.is_empty() {
            item(words.say("late", &[("names", &self.names(&late))]));
        }
        let excused = held.marked(Mark::AbsentExcused);
        let unexcused = [held.marked(Mark::AbsentUnexcused), held.marked(Mark::Absent)].concat();
        for (name, absent) in [("excused", &excused), ("unexcused", &unexcused)] {
            if !absent.is_empty() {
                item(words.say(name, &[("count", &absent.len().to_string()), ("names", &self.names(absent))]));
            }
        }
        if excused.is_empty() && unexcused.is_empty() {
            item(words.say("nobody_absent", &[]));
        }
        if let Some(name) = &held.day.supervisor {
            item(words.say("supervisor", &[("name", name)]));
        }
        if let Some(names) = &held.day.guests.value {
            item(words.say("guests", &[("names", &names.replace('\n', "; "))]));
        }
        item(words.say("chair", &[("name", held.chair())]));
        item(words.say("taker", &[("name", held.taker())]));
    }

    /// Names, each with the reason of an absence.
    fn names(&self, who: &[&Seated]) -> String {
        let reason = |one: &Seated| match (one.seat.mark(), &one.reason) {
            (Mark::AbsentExcused, Some(reason)) => {
                let key = serde_json::to_value(reason).ok();
                key.and_then(|key| Some(format!(" ({})", self.words.reasons.get(key.as_str()?)?))).unwrap_or_default()
            }
            (Mark::Absent, _) => format!(" ({})", self.words.say("unclear", &[])),
            _ => String::new(),
        };
        who.iter().map(|one| one.member.name.clone() + &reason(one)).collect::<Vec<_>>().join("; ")
    }

    /// What came of the tasks of the month before: a meeting opens with it.
    fn last_tasks(&self, body: &mut Vec<Block>) {
        let Self { held, words } = self;
        if held.day.last_tasks.is_empty() {
            return;
        }
        body.push(Block::Heading(Level::Section, words.say("last_tasks", &[])));
        body.push(self.tasks(&words.last_columns, &held.day.last_tasks, |task| {
            let state = match task.status {
                TaskStatus::Done => "done",
                TaskStatus::InProgress => "in_progress",
                TaskStatus::Dropped => "dropped",
            };
            let result = task.result.value.as_deref().map(|result| format!(": {result}")).unwrap_or_default();
            Some(words.say(state, &[]) + &result)
        }));
    }

    fn contents(&self, body: &mut Vec<Block>) {
        let Self { held, words } = self;
        if let Some(dues) = held.day.told_dues() {
            let month = dues.month.get(5..7).unwrap_or_default();
            let (paid, of) = (dues.paid.to_string(), dues.of.to_string());
            body.push(Block::Item(words.say("dues", &[("month", month), ("paid", &paid), ("of", &of)])));
        }
        body.extend(agenda(&held.day, words));
    }

    fn course(&self, body: &mut Vec<Block>) {
        let Self { held, words } = self;
        for item in &held.day.items {
            body.push(Block::Heading(Level::Point, item.title().to_owned()));
            // What a person said stays as it was typed: a list in it is set as a list.
            let said = item.words.value.as_deref();
            body.extend(said.into_iter().flat_map(blocks).map(flat));
            self.votes(body, |vote| vote.item == Some(item.id));
            if let Some(conclusion) = &item.conclusion.value {
                body.push(Block::Paragraph(words.say("conclusion", &[("conclusion", conclusion)])));
            }
            self.given(body, &item.tasks);
        }
        let known = |id| held.day.items.iter().any(|item| Some(item.id) == id);
        self.votes(body, |vote| !known(vote.item));
        self.given(body, &held.day.tasks);
        if let Some(form) = held.quality.as_ref().filter(|form| form.is_begun()) {
            let (sum, of) = (form.sum.to_string(), form.of.to_string());
            body.push(Block::Paragraph(words.say("score", &[("sum", &sum), ("of", &of)])));
        }
    }

    fn votes(&self, body: &mut Vec<Block>, which: impl Fn(&VoteLine) -> bool) {
        let words = self.words;
        for vote in self.held.votes.iter().filter(|vote| which(vote)) {
            let ballot = words.say(if vote.ballot == Ballot::Secret { "secret" } else { "hand" }, &[]);
            let of = words.say(if vote.of == Of::Official { "of_official" } else { "of_base" }, &[]);
            let ruling = match vote.why {
                Ruling::Passed => "passed",
                Ruling::NotOverHalf => "not_over_half",
                Ruling::TooFew => "too_few",
            };
            let passed = words.say(ruling, &[("needed", &vote.needed.to_string())]);
            let [for_, against, other, whole] =
                [vote.votes_for, vote.votes_against, vote.votes_other, vote.whole].map(|count| count.to_string());
            let values = [
                ("ballot", ballot.as_str()),
                ("subject", vote.subject.trim_end_matches('.')),
                ("for", &for_),
                ("against", &against),
                ("other", &other),
                ("whole", &whole),
                ("of", &of),
                ("percent", &vote.percent),
                ("passed", &passed),
            ];
            body.push(Block::Paragraph(words.say("vote", &values)));
        }
    }

    fn given(&self, body: &mut Vec<Block>, tasks: &[TaskLine]) {
        if !tasks.is_empty() {
            body.push(Block::Paragraph(self.words.say("tasks", &[]) + ":"));
            body.push(self.tasks(&self.words.task_columns, tasks, |_| None));
        }
    }

    fn tasks(&self, columns: &[String], tasks: &[TaskLine], more: impl Fn(&TaskLine) -> Option<String>) -> Block {
        // By the day they are due, whatever has become of them: what is read out must not move by itself.
        let mut tasks: Vec<&TaskLine> = tasks.iter().collect();
        tasks.sort_by_key(|task| (task.due_on.is_none(), &task.due_on, task.id));
        let row = |task: &TaskLine| {
            let due = task.due_on.as_deref().map(day).unwrap_or_default();
            let first = [task.what.value.clone(), task.name.clone()].map(Option::unwrap_or_default);
            first.into_iter().chain([due]).chain(more(task)).collect()
        };
        let column = |(at, title): (usize, &String)| Column {
            title: title.clone(),
            share: if at == 0 { 3 } else { 2 },
            ..Column::default()
        };
        Block::Table(Table {
            columns: columns.iter().enumerate().map(column).collect(),
            rows: tasks.into_iter().map(row).collect(),
        })
    }
}

/// A person's words have no headings of the minutes' own: a line that counts stays a line.
fn flat(block: Block) -> Block {
    match block {
        Block::Heading(_, text) => Block::Item(text),
        other => other,
    }
}

/// `05/11/2026`.
pub fn day(iso: &str) -> String {
    let part = |from: usize, to: usize| iso.get(from..to).unwrap_or_default();
    format!("{}/{}/{}", part(8, 10), part(5, 7), part(0, 4))
}
