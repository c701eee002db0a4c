//! Minutes: put together, acknowledged by two people, then locked; what is wrong with them afterwards is an annex.

use domain::{Id, Log, Meeting, Member, Minutes, Moment, Record, hex};
use serde::{Deserialize, Serialize};
use sync::hash_of;
use ts_rs::TS;

use super::{annex::AnnexLine, enter::refused};
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
    lock::Unsaid,
    paper::{self, Gap, PaperLine, Sitting, Words, lines, read},
    time,
};

/// The minutes of one meeting.
#[derive(Debug, Serialize, TS)]
pub struct MinutesPage {
    /// How far they are.
    pub state: MinutesState,
    /// What is missing; nothing once they are locked.
    pub gaps: Vec<Gap>,
    /// What they say.
    pub lines: Vec<PaperLine>,
    /// The hash of the text, in hexadecimal digits; who acknowledges names the text that was read.
    pub hash: String,
    /// Whether there is a text that was altered: it has not the hash it was acknowledged by, and does not count.
    pub altered: bool,
    /// Who leads the meeting.
    pub chair: Hand,
    /// Who writes the minutes.
    pub taker: Hand,
    /// Whether one of them acknowledged a text that has changed since.
    pub changed_since: bool,
    /// What was added after they were locked, the first first.
    pub annexes: Vec<AnnexLine>,
    /// What the book holds of the meeting that a locked text does not say.
    pub unsaid: Vec<Unsaid>,
    /// Whether this person may acknowledge and add.
    pub may_sign: bool,
}

/// How far minutes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MinutesState {
    /// Being put together.
    Draft,
    /// One of the two has acknowledged them.
    Acknowledged,
    /// Both have: they do not change any more.
    Locked,
}

/// One of the two who acknowledge minutes.
#[derive(Debug, Serialize, TS)]
pub struct Hand {
    /// Who.
    pub name: String,
    /// When they did.
    pub at: Option<Moment>,
    /// Whose device it was done on.
    pub device: String,
    /// Whether it is the person at this device.
    pub mine: bool,
}

/// A text of minutes, as its record holds it or would.
struct Text {
    words: String,
    hash: String,
    record: Option<Minutes>,
}

impl Text {
    fn new(words: String) -> Self {
        Self { hash: hex(&hash_of(words.as_bytes())), words, record: None }
    }

    fn kept(record: Minutes) -> Self {
        Self { words: record.words(), hash: record.hash.clone(), record: Some(record) }
    }
}

impl Desk {
    /// The texts of a meeting's minutes that somebody acknowledged and that have their hash; the one that was locked
    /// first in front.
    fn acknowledged(&self, meeting: Id<Meeting>) -> Result<Vec<Minutes>, Trouble> {
        let mut all: Vec<Minutes> = self.book.list("WHERE meeting = ?1", [meeting.uuid().into_bytes()])?;
        all.retain(|one| (one.chair_at.is_some() || one.taker_at.is_some()) && is_true(one));
        all.sort_by_key(|one| (one.locked_at().is_none(), one.locked_at().cloned(), one.id));
        Ok(all)
    }

    /// The locked minutes of a meeting.
    pub(crate) fn locked_minutes(&self, meeting: Id<Meeting>) -> Result<Option<Minutes>, Trouble> {
        Ok(self.acknowledged(meeting)?.into_iter().next().filter(|one| one.locked_at().is_some()))
    }

    /// What papers say, on a day.
    pub(crate) fn words_on(&self, day: &str) -> Result<Words, Trouble> {
        Ok(Words::on(day).ok_or(Code::NoRule)?)
    }

    pub(super) fn minutes_page(&self, id: Id<Meeting>) -> Result<MinutesPage, Trouble> {
        let sitting = self.sitting(id)?;
        let kept = self.acknowledged(id)?;
        let all: Vec<Minutes> = self.book.list("WHERE meeting = ?1", [id.uuid().into_bytes()])?;
        let altered = all.iter().any(|one| !is_true(one));
        let locked = kept.first().is_some_and(|one| one.locked_at().is_some());
        let (text, gaps) =
            if locked { (kept.first().cloned().map(Text::kept), Vec::new()) } else { (None, self.gaps(&sitting)?) };
        let text = match text {
            Some(text) => text,
            None => {
                let now = Text::new(paper::write(&paper::minutes(
                    &sitting,
                    &self.words_on(&sitting.meeting.planned_at)?,
                    false,
                )));
                let record = kept.iter().find(|one| one.hash == now.hash).cloned();
                Text { record, ..now }
            }
        };
        let record = text.record.as_ref();
        let hand = |who: Option<Id<Member>>, at: Option<&Moment>, field: &str| -> Result<Hand, Trouble> {
            let author =
                record.map(|one| self.book.author(&Minutes::TABLE, one.id.uuid(), field)).transpose()?.flatten();
            Ok(Hand {
                name: self.name_of(who)?.unwrap_or_default(),
                device: match (at, author) {
                    (Some(_), Some((device, _))) => self.device_name(device)?,
                    _ => String::new(),
                },
                at: at.cloned(),
                mine: who == Some(self.me),
            })
        };
        let (chair, taker) = match record {
            Some(record) => (Some(record.chair), Some(record.minute_taker)),
            None => (sitting.meeting.chair, sitting.meeting.minute_taker),
        };
        Ok(MinutesPage {
            state: match record {
                Some(_) if locked => MinutesState::Locked,
                Some(_) => MinutesState::Acknowledged,
                None => MinutesState::Draft,
            },
            gaps,
            lines: read(&text.words).map(|paper| lines(&paper.body)).unwrap_or_default(),
            altered,
            chair: hand(chair, record.and_then(|one| one.chair_at.as_ref()), "chair_at")?,
            taker: hand(taker, record.and_then(|one| one.taker_at.as_ref()), "taker_at")?,
            changed_since: !locked && kept.iter().any(|one| one.hash != text.hash),
            annexes: self.annexes(id)?,
            unsaid: self.unsaid(id)?,
            may_sign: self.may_mark()?,
            hash: text.hash,
        })
    }
}

/// Whether a text has the hash that names it.
fn is_true(minutes: &Minutes) -> bool {
    hex(&hash_of(minutes.words().as_bytes())) == minutes.hash
}

/// Asks for the minutes of a meeting.
#[derive(Deserialize, TS)]
pub struct GetMinutes {
    meeting: Id<Meeting>,
}

impl Action for GetMinutes {
    const NAME: &'static str = "minutes";
    type Reply = MinutesPage;

    fn run(self, app: &App) -> Result<MinutesPage, Trouble> {
        app.at_desk(|desk| desk.minutes_page(self.meeting))
    }
}

/// As what somebody acknowledges minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Signs {
    /// Chủ trì.
    Chair,
    /// Thư ký.
    Taker,
}

/// Acknowledges the minutes that were read, as the chair or as the minute-taker; the second locks them. The PIN of this
/// device is asked: on whose device it was done stays with it. It is no legal signature.
#[derive(Deserialize, TS)]
pub struct Acknowledge {
    meeting: Id<Meeting>,
    hash: String,
    signs: Signs,
    pin: String,
}

impl Action for Acknowledge {
    const NAME: &'static str = "acknowledge_minutes";
    type Reply = MinutesPage;

    fn run(self, app: &App) -> Result<MinutesPage, Trouble> {
        app.at_desk(|desk| desk.may_acknowledge(&self))?;
        app.vault.open(&self.pin, app.now() / 1000).map_err(refused)?;
        app.at_desk(|desk| {
            // Between the two another device may have been heard.
            let (sitting, text) = desk.may_acknowledge(&self)?;
            let (Some(chair), Some(taker)) = (sitting.meeting.chair, sitting.meeting.minute_taker) else {
                return Err(Code::NotFound.into());
            };
            let id = Minutes::of(self.meeting, &text.hash);
            let field = match self.signs {
                Signs::Chair => "chair_at",
                Signs::Taker => "taker_at",
            };
            let mut edits = vec![
                edit(id, "unit", desk.unit),
                edit(id, "meeting", self.meeting),
                edit(id, "hash", text.hash),
                edit(id, "chair", chair),
                edit(id, "minute_taker", taker),
                edit(id, field, time::moment(desk.now)),
            ];
            let parts = parts(&text.words);
            if parts.len() > Minutes::PARTS.len() {
                return Err(Trouble::invalid("minutes", "too_long"));
            }
            edits.extend(Minutes::PARTS.into_iter().zip(parts).map(|(field, part)| edit(id, field, part)));
            let log: Log = desk.log(&Minutes::TABLE);
            desk.write(log, edits, None)?;
            desk.minutes_page(self.meeting)
        })
    }
}

impl Desk {
    /// The text that is to be acknowledged, if it can be, and is the one that was read.
    fn may_acknowledge(&self, said: &Acknowledge) -> Result<(Sitting, Text), Trouble> {
        if !self.may_mark()? {
            return Err(Code::NotAllowed.into());
        }
        if self.locked_minutes(said.meeting)?.is_some() {
            return Err(Trouble::invalid("minutes", "locked"));
        }
        let sitting = self.sitting(said.meeting)?;
        let missing = self.gaps(&sitting)?.iter().filter(|gap| gap.blocks).count();
        if missing > 0 {
            return Err(domain::Fault::new("minutes", "gaps").with("count", missing as u32).into());
        }
        let text =
            Text::new(paper::write(&paper::minutes(&sitting, &self.words_on(&sitting.meeting.planned_at)?, false)));
        if text.hash != said.hash {
            return Err(Trouble::invalid("minutes", "text_changed"));
        }
        Ok((sitting, text))
    }
}

/// A text in parts, each of which fits into one entry.
pub(super) fn parts(words: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for (at, letter) in words.chars().enumerate() {
        if at > 0 && at % Minutes::LONGEST_PART == 0 {
            parts.push(String::new());
        }
        parts.last_mut().into_iter().for_each(|part| part.push(letter));
    }
    parts
}
