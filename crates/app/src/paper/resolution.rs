//! A resolution or conclusion as a paper, and whether a paper that was sealed says what its record says.

use domain::{Level, Outcome, Resolution, ResolutionKind, Unit, in_force};
use print::{Block, Draft, Kind, Number, Paper, Signatures};

use super::plain::{blocks, one_line};
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
        if bases.is_empty() {
            bases = words.bases.iter().map(String::as_str).collect();
        }
        let mut body: Vec<Block> = bases.iter().map(|basis| Block::Item(format!("{basis};"))).collect();
        if let (Some(Block::Item(last)), Some(basis)) = (body.last_mut(), bases.last()) {
            *last = format!("{basis},");
        }
        body.push(Block::Paragraph(words.say(&format!("decides_{}", record.kind.name()), &[])));
        body.extend_from_slice(rest);
        let meeting = record.meeting.map(|meeting| self.book.get(meeting)).transpose()?.flatten();
        let chair = meeting.and_then(|meeting| meeting.chair);
        let adopted = record.outcome == Some(Outcome::Adopted) && record.cancelled.is_none();
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
            draft: if adopted { Draft::Final } else { Draft::Draft },
            ..Paper::default()
        })
    }

    /// Whether a paper that was sealed says what the record says. What stands around it (who signs, what the unit is called)
    /// is as it was on the day, and nobody's to compare.
    pub fn says(&self, sealed: &Paper, record: &Resolution) -> Result<bool, Trouble> {
        let basis = self.words_on(&record.adopted_on)?.basis;
        let own = blocks(&record.body);
        let ((bases, rest), (own_bases, own_rest)) = (apart(&sealed.body, &basis), apart(&own, &basis));
        let given = sealed.number.as_ref().and_then(|number| number.given);
        Ok(sealed.kind.name() == record.kind.name()
            && given.map(i64::from) == record.number.map(i64::from)
            && sealed.date.as_ref() == Some(&record.adopted_on)
            && sealed.subject == one_line(&record.title)
            && (own_bases.is_empty() || own_bases == bases)
            // Between the bases and the words stands one line of the paper's own.
            && rest.get(1..) == Some(own_rest))
    }
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
