//! Documents as this person has them: which are for them, how far they were read, how their text is packed.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Block, Content, Day, Document, Id, Level, Moment, OriginalKind, Reading, Receipt, Record, Reminder, Stretch, Unit,
    hex,
};
use serde::Serialize;
pub use store::{pack_blocks, unpack_blocks};
use ts_rs::TS;

pub use crate::along::{Along, Section, along, length, minutes, section};
use crate::{Trouble, desk::Desk};

/// A document in a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DocumentLine {
    /// Its name.
    pub id: Id<Document>,
    /// What people call it: `Nghị quyết 12-NQ/TU`.
    pub name: String,
    /// `Nghị quyết`.
    pub form: String,
    /// `12-NQ/TU`.
    pub number: Option<String>,
    /// What it is about.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// When.
    pub issued_on: Option<Day>,
    /// The place that it is dated from, where that is the issuer's: `Tân Hòa`.
    pub place: Option<String>,
    /// Where the unit it was published for stands.
    pub level: Level,
    /// That unit's name.
    pub unit: String,
    /// Whether this person is one of those it is for.
    pub for_me: bool,
    /// Minutes of reading; none where only its original says it.
    pub minutes: Option<u32>,
    /// How much of it was read, per cent; none where it was never opened.
    pub progress: Option<u32>,
    /// Whether the ribbon lies in it.
    pub ribbon: bool,
    /// Whether everybody is asked to confirm it.
    pub must_confirm: bool,
    /// When this person did.
    pub confirmed_at: Option<Moment>,
    /// When the unit was last reminded of it.
    pub reminded_at: Option<Moment>,
    /// Whether its text was read off a picture by a machine.
    pub recognised: bool,
    /// Its text on this device; none where only its original says it.
    pub body: Option<FileState>,
    /// The file it was made from, and where that is.
    pub original: Option<FileState>,
    /// What that is.
    pub original_kind: Option<OriginalKind>,
    /// The first day on which members see it.
    pub shown_from: Day,
    /// Whether that day is still to come: until then only those who publish see it.
    pub comes: bool,
    /// Why it was taken back.
    pub withdrawn: Option<String>,
    /// When it was destroyed, because it bears a mark of secrecy: neither its number nor what it is about is told any more.
    pub wiped_at: Option<Moment>,
    /// When this person said that it bears such a mark, and nobody has answered since.
    pub reported_at: Option<Moment>,
    /// When that was answered: whoever published it looked again, and found none.
    pub answered_at: Option<Moment>,
    /// The passage that holds what was searched for; empty where nothing was, or its text does not hold it.
    pub snippet: Vec<Stretch>,
}

/// How much of a file is on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FileState {
    /// What it is asked for by: its SHA-256.
    pub file: String,
    /// Bytes of it.
    #[ts(type = "number")]
    pub size: u64,
    /// Bytes that are here; all of them once they are as many as its size.
    #[ts(type = "number")]
    pub had: u64,
    /// Whether somebody asked for it here.
    pub asked: bool,
    /// Whether it still waits to be sent.
    pub waits: bool,
}

/// What people call a document: `Nghị quyết 12-NQ/TU`.
pub(crate) fn called(document: &Document) -> String {
    [Some(document.form.as_str()), document.number.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What this person, and their unit, said of documents.
struct Said {
    readings: HashMap<Id<Document>, Reading>,
    receipts: HashMap<Id<Document>, Receipt>,
    reminders: HashMap<Id<Document>, Reminder>,
}

/// Tells of documents; what is the same for all of them is read once.
pub(crate) struct Teller<'a> {
    desk: &'a Desk,
    above: Vec<Id<Unit>>,
    said: Said,
    reports: BTreeMap<Id<Document>, Moment>,
    units: HashMap<Id<Unit>, Unit>,
    today: Day,
    may_publish: bool,
}

impl Desk {
    /// Every document that this person sees, the newest first.
    pub(crate) fn library(&self) -> Result<Vec<DocumentLine>, Trouble> {
        let documents = self.book.list("ORDER BY coalesce(issued_on, shown_from) DESC, id DESC", [])?;
        let mut teller = self.teller()?;
        documents.into_iter().filter_map(|document| teller.tell(document).transpose()).collect()
    }

    /// One document's line, whoever sees it.
    pub(crate) fn document_line(&self, id: Id<Document>) -> Result<DocumentLine, Trouble> {
        let document = self.need(id)?;
        self.teller()?.line(document)
    }

    /// Whether this person sees it: members from its day on, until it is taken back; who publishes always.
    pub(crate) fn shows(&self, document: &Document) -> Result<bool, Trouble> {
        Ok(is_shown(document, &self.today(), self.may_publish_documents()?))
    }

    pub(crate) fn teller(&self) -> Result<Teller<'_>, Trouble> {
        let me = self.me.uuid().into_bytes();
        Ok(Teller {
            desk: self,
            above: self.own_units()?,
            said: Said {
                readings: keyed(self.readings()?, |one| one.document),
                receipts: keyed(self.book.list::<Receipt>("WHERE member = ?1", [me])?, |one| one.document),
                reminders: keyed(self.book.list::<Reminder>("ORDER BY reminded_at", [])?, |one| one.document),
            },
            reports: self.own_reports()?,
            units: HashMap::new(),
            today: self.today(),
            may_publish: self.may_publish_documents()?,
        })
    }
}

impl Teller<'_> {
    /// A document's line, where this person sees it.
    pub fn tell(&mut self, document: Document) -> Result<Option<DocumentLine>, Trouble> {
        if is_shown(&document, &self.today, self.may_publish) { self.line(document).map(Some) } else { Ok(None) }
    }

    /// Whether this person was ever in it, or said that they read it.
    pub fn knows(&self, document: Id<Document>) -> bool {
        self.said.readings.contains_key(&document) || self.said.receipts.contains_key(&document)
    }

    fn line(&mut self, document: Document) -> Result<DocumentLine, Trouble> {
        self.meet(document.unit)?;
        let (desk, unit) = (self.desk, self.units.get(&document.unit));
        let reading = self.said.readings.get(&document.id);
        let progress = match reading {
            None => None,
            Some(reading) => Some(desk.progress(&document, reading)?),
        };
        let comes = document.shown_from > self.today;
        let reported_at = self.reports.get(&document.id).cloned();
        let answered_at =
            document.cleared_at.clone().filter(|cleared| reported_at.as_ref().is_some_and(|said| said <= cleared));
        let reported_at = reported_at.filter(|_| answered_at.is_none() && document.wiped_at.is_none());
        Ok(DocumentLine {
            name: called(&document),
            level: unit.map_or(Level::Cell, |unit| unit.level),
            unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            for_me: self.above.contains(&document.unit) && document.withdrawn.is_none() && !comes,
            minutes: document.body.is_some().then(|| minutes(usize::try_from(document.length).unwrap_or_default())),
            progress,
            ribbon: reading.is_some_and(|reading| reading.ribbon.is_some()),
            confirmed_at: self.said.receipts.get(&document.id).map(|receipt| receipt.confirmed_at.clone()),
            reminded_at: self.said.reminders.get(&document.id).map(|reminder| reminder.reminded_at.clone()),
            place: place_of(&document, &self.units),
            body: document.body.as_ref().map(|body| desk.file_state(body)).transpose()?,
            original: document.original.as_ref().map(|original| desk.file_state(original)).transpose()?,
            id: document.id,
            form: document.form,
            number: document.number,
            title: document.title,
            issuer: document.issuer,
            issued_on: document.issued_on,
            must_confirm: document.must_confirm,
            recognised: document.recognised,
            original_kind: document.original_kind,
            shown_from: document.shown_from,
            comes,
            withdrawn: document.withdrawn,
            wiped_at: document.wiped_at,
            reported_at,
            answered_at,
            snippet: Vec::new(),
        })
    }

    /// Reads a unit and those above it, as far as they are not known yet.
    fn meet(&mut self, id: Id<Unit>) -> Result<(), Trouble> {
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| !self.units.contains_key(id)) {
            let unit: Option<Unit> = self.desk.book.get(id)?;
            next = unit.as_ref().and_then(|unit| unit.above);
            self.units.extend(unit.map(|unit| (id, unit)));
        }
        Ok(())
    }
}

impl Desk {
    /// How much of it lies behind the place where its reader is; nothing is known of a text that is not here. A text is
    /// unpacked for this once a place, not for every list.
    fn progress(&self, document: &Document, reading: &Reading) -> Result<u32, Trouble> {
        let Some(body) = &document.body else { return Ok(0) };
        if let Some((block, percent)) = self.places.borrow().get(&body.hash)
            && *block == reading.block
        {
            return Ok(*percent);
        }
        let Some(blocks) = self.blocks(document)? else { return Ok(0) };
        let at = usize::try_from(reading.block).unwrap_or_default().min(blocks.len());
        let percent = along(&blocks).get(at).map_or(0, |along| along.percent);
        self.places.borrow_mut().insert(body.hash, (reading.block, percent));
        Ok(percent)
    }

    /// Its text, where that is here and can be read.
    pub(crate) fn blocks(&self, document: &Document) -> Result<Option<Vec<Block>>, Trouble> {
        let kept = document.body.as_ref().map(|body| self.book.file(body)).transpose()?.flatten();
        Ok(kept.and_then(|bytes| unpack_blocks(&bytes)))
    }

    /// How much of a file is here.
    pub(crate) fn file_state(&self, content: &Content) -> Result<FileState, Trouble> {
        let (size, had) = (u64::from(content.size), self.book.file_had(content)?);
        Ok(FileState {
            file: hex(&content.hash),
            size,
            had,
            asked: self.book.is_wished(content)?,
            waits: had == size && !self.book.is_there(content)?,
        })
    }

    /// This person's unit and those above it.
    pub(crate) fn own_units(&self) -> Result<Vec<Id<Unit>>, Trouble> {
        let mut units = vec![self.unit];
        while let Some(above) =
            units.last().map(|unit| self.book.get(*unit)).transpose()?.flatten().and_then(|u| u.above)
            && !units.contains(&above)
        {
            units.push(above);
        }
        Ok(units)
    }

    /// The log that a personal word of this person's about a document goes to.
    pub(crate) fn own_log<T: Record>(&self) -> Result<domain::Log, Trouble> {
        Ok(domain::Log { audience: T::TABLE.audience, ..self.about(self.me)? })
    }
}

fn is_shown(document: &Document, today: &Day, may_publish: bool) -> bool {
    may_publish || document.shown_from <= *today && document.withdrawn.is_none()
}

/// Where the unit that issued it dates its papers from: the issuer bears the place's name, or is the unit.
fn place_of(document: &Document, units: &HashMap<Id<Unit>, Unit>) -> Option<String> {
    let above = |unit: &&Unit| unit.above.and_then(|id| units.get(&id));
    std::iter::successors(units.get(&document.unit), above)
        .filter_map(|unit| Some((unit, unit.locality.as_deref().filter(|place| !place.is_empty())?)))
        .find(|(unit, place)| document.issuer == unit.name || document.issuer.ends_with(*place))
        .map(|(_, place)| place.to_owned())
}

fn keyed<T>(all: Vec<T>, key: impl Fn(&T) -> Id<Document>) -> HashMap<Id<Document>, T> {
    all.into_iter().map(|one| (key(&one), one)).collect()
}
