//! What stands in locked minutes is not written any more: what is wrong with it is an annex. What other devices wrote all
//! the same is kept, and told beside the text.

use std::collections::BTreeSet;

use domain::{Attachment, Attendance, Discussion, Id, Item, Meeting, Record, Scene, Score, Table, Vote};
use serde::Serialize;
use store::Edit;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    Trouble,
    actions::Step,
    desk::{Desk, On},
    paper, time,
};

/// What minutes are made of, each with the link that leads to its meeting. A task lives on after its meeting: only which
/// item gave it stands in the minutes.
const MADE_OF: [(&Table, &str); 6] = [
    (&Attendance::TABLE, "meeting"),
    (&Item::TABLE, "meeting"),
    (&Attachment::TABLE, "item"),
    (&Discussion::TABLE, "item"),
    (&Vote::TABLE, "meeting"),
    (&Score::TABLE, "meeting"),
];
/// Of the meeting itself, what happens after its minutes are locked.
const AFTERWARDS: [&str; 2] = ["papers_posted_on", "finished_posted_on"];

/// Something in the book that locked minutes do not say.
#[derive(Debug, Serialize, TS)]
pub struct Unsaid {
    /// Where it was written.
    pub step: Step,
    /// The words; of the roll, whose mark it is.
    pub words: String,
}

impl Desk {
    /// The meeting in whose minutes a record stands.
    fn stands_in(scene: &On<'_>, table: &Table, id: Uuid) -> Option<Id<Meeting>> {
        if table.name == Meeting::TABLE.name {
            return Some(Id::new(id));
        }
        let (_, link) = MADE_OF.iter().find(|(made_of, _)| made_of.name == table.name)?;
        let to = scene.value(table, id, link)?.as_link()?;
        match *link {
            "item" => Self::stands_in(scene, &Item::TABLE, to),
            _ => Some(Id::new(to)),
        }
    }

    /// The meeting in whose locked minutes a record stands.
    pub(crate) fn locked_in(&self, table: &Table, id: Uuid) -> Result<Option<Id<Meeting>>, Trouble> {
        let Some(meeting) = Self::stands_in(&On::book(&self.book), table, id) else { return Ok(None) };
        Ok(self.locked_minutes(meeting)?.map(|_| meeting))
    }

    /// What stands in a meeting's minutes and was written differently by two: a choice is to be made first.
    pub(crate) fn asked_in(&self, meeting: Id<Meeting>) -> Result<Vec<(&'static Table, Uuid)>, Trouble> {
        let scene = On::book(&self.book);
        let mut asked = Vec::new();
        for table in MADE_OF.iter().map(|(table, _)| *table).chain([&Meeting::TABLE]) {
            let here = |id: &Uuid| Self::stands_in(&scene, table, *id) == Some(meeting);
            asked.extend(self.book.asking(table)?.into_iter().filter(here).map(|id| (table, id)));
        }
        Ok(asked)
    }

    /// Refuses edits of what stands in locked minutes.
    pub(crate) fn refuse_locked(&self, scene: &On<'_>, edits: &[Edit]) -> Result<(), Trouble> {
        let mut meetings = BTreeSet::new();
        for edit in edits {
            meetings.extend(match (edit.table.name, edit.field) {
                ("meeting", field) if AFTERWARDS.contains(&field) => None,
                ("task", "item") => edit.value.as_link().and_then(|item| Self::stands_in(scene, &Item::TABLE, item)),
                _ => Self::stands_in(scene, edit.table, edit.id),
            });
        }
        for meeting in meetings {
            if self.locked_minutes(meeting)?.is_some() {
                return Err(Trouble::invalid("minutes", "locked"));
            }
        }
        Ok(())
    }

    /// What the book holds of a meeting that neither its locked minutes nor their annexes say: it came from a device that
    /// had not heard of the lock. Words are looked for as they were said, so that a later app finds the same.
    pub(crate) fn unsaid(&self, meeting: Id<Meeting>) -> Result<Vec<Unsaid>, Trouble> {
        let Some(locked) = self.locked_minutes(meeting)? else { return Ok(Vec::new()) };
        let mut told = locked.words();
        for annex in self.annexes(meeting)? {
            told = told + "\n" + &annex.text;
        }
        let mut unsaid = Vec::new();
        let mut hear = |step, text: &str| {
            for block in paper::lines(&paper::blocks(text)) {
                let missing = block.words.into_iter().filter(|words| !told.contains(words.as_str()));
                unsaid.extend(missing.map(|words| Unsaid { step, words }));
            }
        };
        let mut every = |step, table, id, field: &str| -> Result<(), Trouble> {
            let others = self.book.others(table, id, field)?.into_iter().map(|other| other.value);
            for value in others.chain(self.book.value(table, id, field)?) {
                value.as_text().into_iter().for_each(|text| hear(step, text));
            }
            Ok(())
        };
        for item in self.items(meeting)? {
            let talk: Id<Discussion> = Id::made_from(&[item.id.into()]);
            every(Step::Papers, &Item::TABLE, item.id.uuid(), "title")?;
            every(Step::Discussion, &Discussion::TABLE, talk.uuid(), "words")?;
            every(Step::Conclusion, &Discussion::TABLE, talk.uuid(), "conclusion")?;
        }
        for vote in self.votes(meeting)? {
            every(Step::Conclusion, &Vote::TABLE, vote.id.uuid(), "subject")?;
        }
        let locked_at = locked.locked_at().cloned().unwrap_or_default();
        for mark in self.marked(meeting)? {
            let (table, id) = (&Attendance::TABLE, mark.id.uuid());
            let at = self.book.author(table, id, "mark")?.map(|(_, at)| time::moment(at));
            if at.is_some_and(|at| at > locked_at) || !self.book.others(table, id, "mark")?.is_empty() {
                hear(Step::Roll, &self.need(mark.member)?.name);
            }
        }
        Ok(unsaid)
    }
}
