//! A resolution or conclusion as a paper, and whether a paper that was sealed says what its record says.

use domain::{Id, Level, Outcome, Resolution, ResolutionKind, Task, Unit, in_force};
use print::{Block, Column, Draft, Kind, Number, Paper, Signatures, Table};

use super::{
    Words,
    minutes::day,
    plain::{blocks, one_line},
};
use crate::{Trouble, desk::Desk};

impl Desk {
    /// The paper: a draft until it is adopted, with a blank for its number until that is given.
    pub fn resolution_paper(&self, record: &Resolution) -> Result<Paper, Trouble> {
        let date = Some(&record.adopted_on).filter(|day| !day.is_empty()).cloned();
        let day = date.clone().unwrap_or_else(|| self.today());
        let words = self.words_on(&day)?;
        let unit: Unit = self.need(record.unit)?;
        let sign = |level: Level| in_force(&self.rules.numbering, &day).map(|rule| rule.sets.sign(level).to_owned());
        let kind = match record.kind {
            ResolutionKind::Resolution => Kind::Resolution,
            ResolutionKind::Conclusion => Kind::Conclusion,
        };
        let own = blocks(&record.body);
        let (mut bases, rest) = apart(&own, &words.basis);
        let unvoted = record.outcome.is_some() && record.vote.is_none();
        if bases.is_empty() {
            bases = if unvoted { &words.bases_unvoted } else { &words.bases }.iter().map(String::as_str).collect();
        }
        let mut body: Vec<Block> = bases.iter().map(|basis| Block::Item(format!("{basis};"))).collect();
        if let (Some(Block::Item(last)), Some(basis)) = (body.last_mut(), bases.last()) {
            *last = format!("{basis},");
        }
        body.push(Block::Paragraph(words.say(&format!("decides_{}", record.kind.name()), &[])));
        body.extend_from_slice(rest);
        if !own.is_empty() {
            body.extend(self.assigned(record, &words)?);
            body.extend(self.voted(record, &words)?);
        }
        let meeting = record.meeting.map(|meeting| self.book.get(meeting)).transpose()?.flatten();
        let chair = meeting.and_then(|meeting| meeting.chair);
        let draft = match record.outcome {
            Some(Outcome::Adopted) if record.cancelled.is_none() => Draft::Final,
            None => Draft::Round(record.round.and_then(|round| u32::try_from(round).ok()).unwrap_or(1)),
            Some(_) => Draft::Draft,
        };
        Ok(Paper {
            kind,
            superior: self.above(&unit)?,
            number: Some(Number {
                given: record.number.and_then(|number| u32::try_from(number).ok()),
                // The sign of the kind is the rule's own.
                code: in_force(&self.rules.numbering, &day).map_or("", |rule| rule.sets.code(kind.name())).to_owned(),
                unit: sign(unit.level).unwrap_or_default(),
            }),
            place: unit.locality.unwrap_or_default(),
            issuer: unit.name,
            date,
            subject: record.title.clone(),
            body: if own.is_empty() { Vec::new() } else { body },
            recipients: words.recipients.clone(),
            signatures: Signatures::One(self.signature(&words, chair)?),
            draft,
            ..Paper::default()
        })
    }

    /// Whether a paper that was sealed says what the record says. What stands around it (who signs, what the unit is called)
    /// is as it was on the day, and nobody's to compare.
    pub fn says(&self, sealed: &Paper, record: &Resolution) -> Result<bool, Trouble> {
        let words = self.words_on(&record.adopted_on)?;
        let own = blocks(&record.body);
        let ((bases, rest), (own_bases, own_rest)) = (apart(&sealed.body, &words.basis), apart(&own, &words.basis));
        let given = sealed.number.as_ref().and_then(|number| number.given);
        Ok(sealed.kind.name() == record.kind.name()
            && given.map(i64::from) == record.number.map(i64::from)
            && sealed.date.as_ref() == Some(&record.adopted_on)
            && sealed.subject == one_line(&record.title)
            && (own_bases.is_empty() || own_bases == bases)
            // Between the bases and the words stands one line of the paper's own; after them, who does what, and the vote.
            && match rest.get(1..).and_then(|rest| rest.strip_prefix(own_rest)) {
                Some(after) => stands_after(after, record, &words) && self.still_assigned(after, record)?,
                None => false,
            })
    }

    /// The tasks that come out of it (phân công, tổ chức thực hiện), by the day they are due.
    fn assigned(&self, record: &Resolution, words: &Words) -> Result<Vec<Block>, Trouble> {
        let mut tasks = self.tasks_of(record.id)?;
        tasks.sort_by_key(|task| (task.due_on.is_none(), task.due_on.clone(), task.id));
        if tasks.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = Vec::new();
        for (at, task) in tasks.iter().enumerate() {
            let name = self.name_of(task.assignee)?.unwrap_or_default();
            rows.push(vec![(at + 1).to_string(), cell(&task.what), name, due(task)]);
        }
        let columns = words.assigned_columns.iter().zip([1, 6, 3, 3]);
        let columns = columns.map(|(title, share)| Column {
            title: title.clone(),
            share,
            number: share == 1,
            ..Column::default()
        });
        let table = Table { columns: columns.collect(), rows };
        Ok(vec![Block::Heading(print::Level::Section, words.say("assigned", &[])), Block::Table(table)])
    }

    /// The vote that adopted it, where this person may read it.
    fn voted(&self, record: &Resolution, words: &Words) -> Result<Option<Block>, Trouble> {
        let adopted = record.outcome == Some(Outcome::Adopted);
        let Some(vote) = record.vote.filter(|_| adopted).map(|vote| self.book.get(vote)).transpose()?.flatten() else {
            return Ok(None);
        };
        let line = self.vote_line(vote)?;
        let values =
            [("for", line.votes_for.to_string()), ("whole", line.whole.to_string()), ("percent", line.percent)];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        Ok(Some(Block::Paragraph(words.say(&format!("voted_{}", record.kind.name()), &values))))
    }

    fn tasks_of(&self, record: Id<Resolution>) -> Result<Vec<Task>, Trouble> {
        Ok(self.book.list("WHERE resolution = ?1", [record.uuid().into_bytes()])?)
    }

    /// Whether what was sealed of its tasks is what the tasks say. Who does one may have changed since, as who signs may; one
    /// that was given later is none of the sealed ones.
    fn still_assigned(&self, after: &[Block], record: &Resolution) -> Result<bool, Trouble> {
        let tasks = self.tasks_of(record.id)?;
        Ok(rows(after).all(|row| tasks.iter().any(|task| is_of(row, task))))
    }
}

/// Whether what stands behind the words of a sealed paper is its own: who does what, then the vote. Words that the record no
/// longer has are neither.
fn stands_after(after: &[Block], record: &Resolution, words: &Words) -> bool {
    let vote = match after {
        [] | [Block::Heading(..), Block::Table(_)] => return true,
        [Block::Paragraph(vote)] | [Block::Heading(..), Block::Table(_), Block::Paragraph(vote)] => vote,
        _ => return false,
    };
    const FIGURE: &str = "\u{0}";
    let figures = ["for", "whole", "percent"].map(|name| (name, FIGURE));
    let said = words.say(&format!("voted_{}", record.kind.name()), &figures);
    // Whoever cannot read the vote knows its line all the same, whatever its figures.
    let mut rest = vote.as_str();
    said.split(FIGURE).all(|part| match rest.find(part) {
        Some(at) => {
            rest = rest.get(at + part.len()..).unwrap_or_default();
            true
        }
        None => false,
    }) && vote.starts_with(said.split(FIGURE).next().unwrap_or_default())
}

/// Whether a paper gives a task.
pub fn assigns(paper: &Paper, task: &Task) -> bool {
    rows(&paper.body).any(|row| is_of(row, task))
}

fn rows(body: &[Block]) -> impl Iterator<Item = &Vec<String>> {
    let tables = body.iter().filter_map(|block| match block {
        Block::Table(table) => Some(&table.rows),
        _ => None,
    });
    tables.flatten()
}

fn is_of(row: &[String], task: &Task) -> bool {
    let said = |at: usize| row.get(at).map(String::as_str).unwrap_or_default();
    said(1) == cell(&task.what) && said(3) == due(task)
}

/// A text as a cell of a table keeps it.
fn cell(text: &str) -> String {
    one_line(text).replace('|', "/")
}

fn due(task: &Task) -> String {
    task.due_on.as_deref().map(day).unwrap_or_default()
}

/// The bases (căn cứ) that a text begins with, each without its sign at the end, and the rest.
fn apart<'a>(body: &'a [Block], basis: &str) -> (Vec<&'a str>, &'a [Block]) {
    let said = |block: &'a Block| match block {
        Block::Item(text) | Block::Paragraph(text) if text.starts_with(basis) => {
            Some(text.trim_end_matches([';', ',', '.', ' ']))
        }
        _ => None,
    };
    let bases: Vec<&str> = body.iter().map_while(said).collect();
    let rest = body.get(bases.len()..).unwrap_or_default();
    (bases, rest)
}
