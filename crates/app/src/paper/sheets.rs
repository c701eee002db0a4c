//! The smaller papers of a meeting: the invitation, and the roll as a list.

use domain::{Id, Mark, Member, Post, in_force};
use print::{Block, Column, Kind, Number, Paper, Signature, Signatures, Table};

use super::{
    Sitting, Words,
    minutes::{agenda, subject},
};
use crate::{Code, Trouble, desk::Desk, meeting::Seated};

impl Desk {
    /// The invitation (giấy mời).
    pub fn invitation(&self, sitting: &Sitting, words: &Words) -> Result<Paper, Trouble> {
        let meeting = &sitting.meeting;
        // Once it went out it bears the day it did.
        let today = meeting.invited_at.clone().unwrap_or_else(|| self.today());
        let today = today.get(..10).unwrap_or_default().to_owned();
        let subject = subject(meeting, words);
        let mut body = vec![Block::Paragraph(words.say("addressed", &[("names", &addressed(sitting, words))]))];
        body.push(Block::Paragraph(words.say("invites", &[("unit", &sitting.unit.name), ("subject", &subject)])));
        body.push(Block::Item(words.say_when(words.sentence("invited_when"), &meeting.planned_at, &[])));
        body.push(Block::Item(words.say("place", &[("place", &meeting.place)])));
        body.extend(agenda(&sitting.day, words));
        body.push(Block::Paragraph(words.say("invited_end", &[])));
        let rule = in_force(&self.rules.numbering, &today).ok_or(Code::NoRule)?;
        Ok(Paper {
            kind: Kind::Invitation,
            superior: sitting.above.clone(),
            issuer: sitting.unit.name.clone(),
            number: Some(Number { unit: rule.sets.sign(sitting.unit.level).to_owned(), ..Number::default() }),
            place: sitting.unit.locality.clone().unwrap_or_default(),
            date: Some(today),
            title: if meeting.short_notice { words.say("invited_short", &[]) } else { String::new() },
            subject,
            body,
            signatures: Signatures::One(self.signature(words, meeting.chair)?),
            ..Paper::default()
        })
    }

    /// Who signs for the cell: the secretary; the deputy of a meeting that they led, and where there is no secretary.
    pub fn signature(&self, words: &Words, chair: Option<Id<Member>>) -> Result<Signature, Trouble> {
        let roster = self.roster()?;
        let holds = |post| roster.iter().find(|member| member.post == Some(post));
        let (post, who) = match (holds(Post::Secretary), holds(Post::Deputy)) {
            (_, Some(deputy)) if chair == Some(deputy.id) => ("deputy", Some(deputy)),
            (None, Some(deputy)) => ("deputy", Some(deputy)),
            (secretary, _) => ("secretary", secretary),
        };
        Ok(Signature {
            on_behalf: words.say("on_behalf", &[]),
            post: words.say(post, &[]),
            name: who.map(|member| member.name.clone()).unwrap_or_default(),
        })
    }
}

/// Everybody who is asked to come: the members, whoever of the committee above is assigned to the cell, the guests.
fn addressed(sitting: &Sitting, words: &Words) -> String {
    let supervisor = sitting.day.supervisor.iter().map(|name| words.say("addressed_supervisor", &[("name", name)]));
    let guests = sitting.day.guests.value.iter().flat_map(|names| names.lines());
    let guests = guests.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    let all: Vec<String> = [words.say("addressed_members", &[])].into_iter().chain(supervisor).chain(guests).collect();
    all.join("; ")
}

/// The roll (danh sách điểm danh).
pub fn roll(sitting: &Sitting, words: &Words) -> Paper {
    let meeting = &sitting.meeting;
    Paper {
        kind: Kind::List,
        superior: sitting.above.clone(),
        issuer: sitting.unit.name.clone(),
        date: meeting.planned_at.get(..10).map(str::to_owned),
        title: words.say("roll", &[]),
        subject: subject(meeting, words),
        body: vec![Block::Table(table(sitting, words))],
        ..Paper::default()
    }
}

/// The same as a table, for a spreadsheet.
pub fn table(sitting: &Sitting, words: &Words) -> Table {
    let shares = [1, 5, 2, 3, 3];
    let columns = words.roll_columns.iter().zip(shares);
    let mark = |mark: Mark| serde_json::to_value(mark).ok().and_then(|key| words.marks.get(key.as_str()?).cloned());
    let reason = |reason| serde_json::to_value(reason).ok().and_then(|key| words.reasons.get(key.as_str()?).cloned());
    let row = |(at, Seated { member, seat, reason: why }): (usize, &Seated)| {
        vec![
            (at + 1).to_string(),
            member.name.clone(),
            member.birth_year.map(|year| year.to_string()).unwrap_or_default(),
            mark(seat.mark()).unwrap_or_default(),
            why.and_then(reason).unwrap_or_default(),
        ]
    };
    Table {
        columns: columns
            .map(|(title, share)| Column { title: title.clone(), share, number: share == 1, ..Column::default() })
            .collect(),
        rows: sitting.roll.iter().enumerate().map(row).collect(),
    }
}
