//! Papers that bear a mark of secrecy (dấu chỉ độ mật): what was refused is written down; what was published by mistake is
//! reported by whoever sees it, and destroyed everywhere by whoever answers for it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Coverage, Digest, Document, Id, Member, Moment, Record, Sighting, SightingPlace, Unit, clean, minutes_between,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit, word},
    exchange::index,
    library::{DocumentLine, called},
    time,
};

/// Milliseconds.
const MINUTE: u64 = 60_000;

/// Something that is known of a mark of secrecy, for those who publish.
#[derive(Debug, Serialize, TS)]
pub struct SecrecyLine {
    /// What happened.
    pub what: SecrecyEvent,
    /// When.
    pub at: Option<Moment>,
    /// Who met the mark, or ordered the document destroyed.
    pub by: String,
    /// The unit they belong to, or that it was published for.
    pub unit: String,
    /// The mark that was found: `TỐI MẬT`.
    pub mark: Option<String>,
    /// The document, where one had been published.
    pub document: Option<Id<Document>>,
    /// What it is called; of one that was destroyed only its kind.
    pub name: String,
}

/// What happened to a paper that bears a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecrecyEvent {
    /// A file was refused for its name.
    RefusedName,
    /// A file, or what was typed, was refused for what it says.
    RefusedText,
    /// Somebody who reads it said that a published document bears a mark.
    Reported,
    /// It was looked at again, and bears none.
    Cleared,
    /// A published document was destroyed.
    Wiped,
}

impl Desk {
    /// Writes down where a mark stood; the same within a minute once. What is said of a document that was looked at again is
    /// later than that, whatever the clocks say.
    fn note_sighting(
        &mut self,
        document: Option<Id<Document>>,
        mark: Option<&str>,
        place: SightingPlace,
    ) -> Result<(), Trouble> {
        let cleared = document.map(|id| self.book.get(id)).transpose()?.flatten().and_then(|one| one.cleared_at);
        let since = cleared.and_then(|cleared| minutes_between(&cleared, &time::moment(self.now))).unwrap_or(1);
        let at = time::moment(self.now + (1 - since).max(0).unsigned_abs() * MINUTE);
        let same = |one: &Sighting| one.document == document && one.mark.as_deref() == mark && one.place == place;
        let said: Vec<Sighting> =
            self.book.list("WHERE member = ?1 AND met_at = ?2", (self.me.uuid().into_bytes(), &at))?;
        if said.iter().any(same) {
            return Ok(());
        }
        let id: Id<Sighting> = Id::new(Uuid::now_v7());
        let edits = vec![
            edit(id, "member", self.me),
            edit(id, "document", document),
            edit(id, "mark", mark.map(str::to_owned)),
            edit(id, "place", word(place)),
            edit(id, "met_at", at),
        ];
        self.write(self.own_log::<Sighting>()?, edits, None)
    }

    /// When this person last said that each document bears a mark.
    pub(crate) fn own_reports(&self) -> Result<BTreeMap<Id<Document>, Moment>, Trouble> {
        let sql = "WHERE document IS NOT NULL AND member = ?1 ORDER BY met_at, id";
        let own: Vec<Sighting> = self.book.list(sql, [self.me.uuid().into_bytes()])?;
        Ok(own.into_iter().filter_map(|one| Some((one.document?, one.met_at))).collect())
    }

    /// How many people say that a document bears a mark, of those that anybody says it of: as they said it themselves, or as
    /// their cells counted them, whichever is more.
    pub(crate) fn reports(&self) -> Result<BTreeMap<Id<Document>, u32>, Trouble> {
        let mut said: BTreeMap<Id<Document>, BTreeSet<Id<Member>>> = BTreeMap::new();
        for one in self.standing_sightings()? {
            if let Some(document) = one.document {
                said.entry(document).or_default().insert(one.member);
            }
        }
        let mut counted: BTreeMap<Id<Document>, u32> = BTreeMap::new();
        for told in self.book.list::<Coverage>("WHERE marked > 0", [])? {
            if self.is_answered(told.document, told.marked_at.as_ref())? {
                continue;
            }
            *counted.entry(told.document).or_default() += u32::try_from(told.marked).unwrap_or_default();
        }
        for (document, members) in said {
            let count = counted.entry(document).or_default();
            *count = (*count).max(members.len() as u32);
        }
        Ok(counted)
    }

    /// When somebody last said that a document bears a mark, as far as is known here: who answers has heard that.
    fn last_sighted(&self, id: Id<Document>) -> Result<Option<Moment>, Trouble> {
        let sighted =
            self.standing_sightings()?.into_iter().filter(|one| one.document == Some(id)).map(|one| one.met_at);
        let told: Vec<Coverage> = self.book.list("WHERE document = ?1", [id.uuid().into_bytes()])?;
        Ok(sighted.chain(told.into_iter().filter_map(|told| told.marked_at)).max())
    }

    /// What was said of documents and is not answered.
    pub(super) fn standing_sightings(&self) -> Result<Vec<Sighting>, Trouble> {
        let mut standing = Vec::new();
        for one in self.book.list::<Sighting>("WHERE document IS NOT NULL ORDER BY met_at, id", [])? {
            if let Some(document) = one.document
                && !self.is_answered(document, Some(&one.met_at))?
            {
                standing.push(one);
            }
        }
        Ok(standing)
    }

    /// Whether the document was looked at again since something was said of it, or destroyed.
    fn is_answered(&self, document: Id<Document>, said_at: Option<&Moment>) -> Result<bool, Trouble> {
        let Some(document) = self.book.get(document)? else { return Ok(true) };
        Ok(document.wiped_at.is_some() || document.cleared_at.is_some_and(|cleared| said_at <= Some(&cleared)))
    }

    /// Whether this person answers for a document, and may have it destroyed: what an office above published is for that office
    /// to destroy, wherever it lies.
    pub(crate) fn answers_for(&self, document: &Document) -> Result<bool, Trouble> {
        if !self.may_edit_at(&Document::TABLE, "wiped_at", document.unit)? {
            return Ok(false);
        }
        let author = self.book.author(&Document::TABLE, document.id.uuid(), "unit")?.and_then(|(device, _)| device);
        let device = author.map(|device| self.book.get(device)).transpose()?.flatten();
        let member = device.map(|device| self.book.get(device.member)).transpose()?.flatten();
        let above = self.own_units()?.into_iter().filter(|unit| *unit != self.unit).collect::<Vec<_>>();
        Ok(member.is_none_or(|member| !above.contains(&member.unit)))
    }

    /// Those of the documents that somebody reported which this person answers for.
    pub(super) fn reported(&self) -> Result<Vec<(Document, u32)>, Trouble> {
        let mut reported = Vec::new();
        for (id, count) in self.reports()? {
            let document = self.need(id)?;
            if self.answers_for(&document)? {
                reported.push((document, count));
            }
        }
        Ok(reported)
    }

    /// The document, and every other that gives the same paper to somebody: the same original, or where there is none the same text.
    fn same_paper(&self, id: Id<Document>) -> Result<Vec<Document>, Trouble> {
        let paper = |one: &Document| one.original.clone().or(one.body.clone());
        let of = paper(&self.need(id)?);
        let mut same: Vec<Document> = self.book.list("WHERE wiped_at IS NULL", [])?;
        same.retain(|one| one.id == id || of.is_some() && paper(one) == of);
        Ok(same)
    }

    /// Has the files of a document destroyed, wherever it was published by those whom this person answers for. Where others
    /// published the same, it is reported to them; gives the names of their units.
    fn wipe(&mut self, id: Id<Document>, reason: &str) -> Result<Vec<String>, Trouble> {
        let (mut parts, mut others) = (Vec::new(), Vec::new());
        for document in self.same_paper(id)? {
            if !self.answers_for(&document)? {
                others.push(document);
                continue;
            }
            let log = self.book.log_of(&Document::TABLE, document.id.uuid())?.ok_or(Code::NotFound)?;
            let mut edits = vec![edit(document.id, "wiped_at", time::moment(self.now))];
            if document.withdrawn.is_none() {
                edits.push(edit(document.id, "withdrawn", reason));
            }
            parts.push((log, edits));
        }
        if others.iter().any(|other| other.id == id) {
            return Err(Code::NotAllowed.into());
        }
        self.write_all(parts)?;
        let mut units = BTreeSet::new();
        for other in others {
            self.note_sighting(Some(other.id), None, SightingPlace::Published)?;
            units.extend(self.book.get(other.unit)?.map(|unit| unit.name));
        }
        Ok(units.into_iter().collect())
    }

    /// The files of documents that were wiped since this was last asked, by their SHA-256. What was recognised of them is
    /// forgotten; what cannot be is so the next time.
    pub(crate) fn newly_wiped(&mut self) -> Vec<Digest> {
        let Ok(wiped) = self.book.wiped_files() else { return Vec::new() };
        let files: Vec<Digest> = wiped.iter().map(|content| content.hash).collect();
        if files.len() == self.wiped || self.forget_scans(&files).is_err() {
            return Vec::new();
        }
        self.wiped = files.len();
        files
    }

    fn secrecy(&self) -> Result<Vec<SecrecyLine>, Trouble> {
        let mut lines = Vec::new();
        let unit = |id: Id<Unit>| Ok::<_, Trouble>(self.book.get(id)?.map(|unit| unit.name).unwrap_or_default());
        for one in self.book.list::<Sighting>("ORDER BY met_at, id", [])? {
            let member = self.book.get(one.member)?;
            let document = one.document.map(|id| self.book.get(id)).transpose()?.flatten();
            lines.push(SecrecyLine {
                what: match one.place {
                    SightingPlace::Name => SecrecyEvent::RefusedName,
                    SightingPlace::Text => SecrecyEvent::RefusedText,
                    SightingPlace::Published => SecrecyEvent::Reported,
                },
                at: Some(one.met_at),
                unit: member.as_ref().map(|member| unit(member.unit)).transpose()?.unwrap_or_default(),
                by: member.map(|member| member.name).unwrap_or_default(),
                mark: one.mark,
                document: one.document,
                name: document.as_ref().map(called).unwrap_or_default(),
            });
        }
        let answered: Vec<Document> = self.book.list("WHERE wiped_at IS NOT NULL OR cleared_at IS NOT NULL", [])?;
        for document in answered {
            let (what, field, at) = match &document.wiped_at {
                Some(at) => (SecrecyEvent::Wiped, "wiped_at", Some(at.clone())),
                None => (SecrecyEvent::Cleared, "cleared_at", document.cleared_at.clone()),
            };
            let author = self.book.author(&Document::TABLE, document.id.uuid(), field)?;
            lines.push(SecrecyLine {
                what,
                at,
                by: self.device_name(author.and_then(|(device, _)| device))?,
                unit: unit(document.unit)?,
                mark: None,
                document: Some(document.id),
                name: called(&document),
            });
        }
        lines.sort_by(|one, other| (&other.at, other.what).cmp(&(&one.at, one.what)));
        Ok(lines)
    }
}

/// How many of a cell's members say that a document bears a mark, and when the last of them said so.
pub(super) fn marked_by(roster: &[Member], said: &[Sighting], id: Id<Document>) -> (u32, Option<Moment>) {
    let own = |one: &&Sighting| one.document == Some(id) && roster.iter().any(|member| member.id == one.member);
    let said: Vec<&Sighting> = said.iter().filter(own).collect();
    let members: BTreeSet<Id<Member>> = said.iter().map(|one| one.member).collect();
    (members.len() as u32, said.last().map(|last| last.met_at.clone()))
}

impl App {
    /// Writes down that a paper was refused because it bears a mark of secrecy, whichever action refused it. What cannot be
    /// written down is refused all the same.
    pub(crate) fn note_refusal(&self, trouble: &Trouble) {
        let place = trouble.faults.iter().find_map(|fault| match fault.why {
            "secret_name" => Some(SightingPlace::Name),
            "secret_text" => Some(SightingPlace::Text),
            _ => None,
        });
        if let Some(place) = place {
            let mark = trouble.params.get("mark").and_then(|mark| mark.as_str());
            let _ = self.at_desk(|desk| desk.note_sighting(None, mark, place));
        }
    }
}

/// Says that a published document bears a mark of secrecy: whoever answers for it sees that first.
#[derive(Deserialize, TS)]
pub struct ReportDocument {
    id: Id<Document>,
}

impl Action for ReportDocument {
    const NAME: &'static str = "report_document";
    type Reply = DocumentLine;

    fn run(self, app: &App) -> Result<DocumentLine, Trouble> {
        app.at_desk(|desk| {
            let document = desk.need(self.id)?;
            if !desk.shows(&document)? {
                return Err(Code::NotFound.into());
            }
            if desk.document_line(self.id)?.reported_at.is_none() {
                desk.note_sighting(Some(self.id), None, SightingPlace::Published)?;
            }
            desk.document_line(self.id)
        })
    }
}

/// What became of a document that was to be destroyed.
#[derive(Debug, Serialize, TS)]
pub struct WipedDocument {
    /// Units for which somebody else published the same paper: there it stands, and is reported.
    pub stands: Vec<String>,
}

/// Takes a document back because it bears a mark of secrecy, and has its text and its original destroyed on every device and
/// on the server, as each hears of it. It cannot be undone.
#[derive(Deserialize, TS)]
pub struct WipeDocument {
    id: Id<Document>,
    reason: String,
}

impl Action for WipeDocument {
    const NAME: &'static str = "wipe_document";
    type Reply = WipedDocument;

    fn run(self, app: &App) -> Result<WipedDocument, Trouble> {
        let reason = clean(&self.reason);
        if reason.is_empty() {
            return Err(Trouble::invalid("withdrawn", "reason_needed"));
        }
        let stands = app.at_desk(|desk| desk.wipe(self.id, &reason))?;
        index(app);
        Ok(WipedDocument { stands })
    }
}

/// Says that a document was looked at again and bears no mark: what was reported is answered.
#[derive(Deserialize, TS)]
pub struct ClearDocument {
    id: Id<Document>,
}

impl Action for ClearDocument {
    const NAME: &'static str = "clear_document";
    type Reply = DocumentLine;

    fn run(self, app: &App) -> Result<DocumentLine, Trouble> {
        app.at_desk(|desk| {
            let document = desk.need(self.id)?;
            if !desk.answers_for(&document)? {
                return Err(Code::NotAllowed.into());
            }
            let log = desk.book.log_of(&Document::TABLE, self.id.uuid())?.ok_or(Code::NotFound)?;
            let at = desk.last_sighted(self.id)?.max(Some(time::moment(desk.now)));
            desk.write(log, vec![edit(self.id, "cleared_at", at)], None)?;
            desk.document_line(self.id)
        })
    }
}

/// Asks what is known of papers that bear a mark, the latest first.
#[derive(Deserialize, TS)]
pub struct GetSecrecy {}

impl Action for GetSecrecy {
    const NAME: &'static str = "secrecy";
    type Reply = Vec<SecrecyLine>;

    fn run(self, app: &App) -> Result<Vec<SecrecyLine>, Trouble> {
        app.may_publish()?;
        app.at_desk(|desk| desk.secrecy())
    }
}
