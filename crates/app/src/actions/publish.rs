//! Publishing: a text with its facts is given to whom it is for, and taken back with a reason.

use std::collections::BTreeSet;

use domain::{Block, Day, Document, Fault, Id, Level, Log, Record, Unit, clean, spoken};
use serde::{Deserialize, Serialize};
use store::Edit;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    Action, App, Code, Trouble,
    actions::open_paper::{Opened, not_taken},
    desk::{Desk, edit, word},
    library::{DocumentLine, length, pack_blocks},
};

/// What is to be known before publishing.
#[derive(Debug, Serialize, TS)]
pub struct Publishing {
    /// Whom this person may publish to: their own unit first, each with the units below it after it.
    pub audiences: Vec<Audience>,
    /// The kinds of document that the rule in force names, and those in the library.
    pub forms: Vec<String>,
    /// Who issues documents here, first this unit's own body, then those who did before.
    pub issuers: Vec<String>,
    /// The first day on which it is shown, unless another is said.
    pub today: Day,
}

/// A unit whose members can be given documents.
#[derive(Debug, Serialize, TS)]
pub struct Audience {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub level: Level,
    /// Whether it is this person's own, which all units below belong to.
    pub whole: bool,
    /// The one of these that it belongs to.
    pub above: Option<Id<Unit>>,
}

/// The facts of a document, as they were recognised or put right.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct DocumentFacts {
    /// `Nghị quyết`.
    pub form: String,
    /// `12-NQ/TU`.
    pub number: String,
    /// `2026-11-05`; empty where it is not known.
    pub issued_on: String,
    /// `Đảng ủy xã Tân Hòa`.
    pub issuer: String,
    /// What it is about.
    pub title: String,
}

/// What is published, clean and looked through: it lacks nothing, and bears no mark of secrecy.
pub(crate) struct Looked {
    facts: DocumentFacts,
    blocks: Vec<Block>,
}

impl DocumentFacts {
    /// What lacks something is told whole; then what bears a mark of secrecy, whoever wrote it there.
    pub(crate) fn look(&self, blocks: &[Block], is_for_nobody: bool, has_original: bool) -> Result<Looked, Trouble> {
        let facts = Self {
            form: spoken(&self.form),
            number: spoken(&self.number),
            issued_on: spoken(&self.issued_on),
            issuer: spoken(&self.issuer),
            title: spoken(&self.title),
        };
        let blocks: Vec<Block> = blocks.iter().filter_map(Block::cleaned).collect();
        let missing = [
            ("unit", is_for_nobody),
            ("form", facts.form.is_empty()),
            ("issuer", facts.issuer.is_empty()),
            ("title", facts.title.is_empty()),
            ("body", blocks.is_empty() && !has_original),
        ];
        let faults = missing.into_iter().filter(|(_, missing)| *missing).map(|(field, _)| Fault::new(field, "empty"));
        let faults: Vec<Fault> = faults.collect();
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let said =
            [("form", &facts.form), ("number", &facts.number), ("issuer", &facts.issuer), ("title", &facts.title)];
        for (field, words) in said {
            let words = [words.as_str()];
            let called = if matches!(field, "number" | "title") { intake::check_called(words) } else { Ok(()) };
            called.and_then(|()| intake::check(words)).map_err(|refusal| not_taken(field, &refusal))?;
        }
        intake::check(blocks.iter().flat_map(Block::words)).map_err(|refusal| not_taken("body", &refusal))?;
        Ok(Looked { facts, blocks })
    }
}

impl Desk {
    fn publishing(&self) -> Result<Publishing, Trouble> {
        let own = self.need(self.unit)?;
        let mut issuers = vec![intake::issuer(&own.name)];
        let mut audiences = Vec::new();
        if self.may_publish_documents()? {
            self.audience(own, None, &mut audiences)?;
        }
        let library = self.library()?;
        let mut forms = intake::forms();
        forms.extend(library.iter().map(|line| line.form.clone()));
        issuers.extend(library.into_iter().map(|line| line.issuer));
        for words in [&mut forms, &mut issuers] {
            let mut seen = BTreeSet::new();
            words.retain(|word| seen.insert(word.clone()));
        }
        Ok(Publishing { audiences, forms, issuers, today: self.today() })
    }

    /// A unit and those below it, as far as this person may publish there: the province does in no cell's name.
    fn audience(&self, unit: Unit, above: Option<Id<Unit>>, all: &mut Vec<Audience>) -> Result<(), Trouble> {
        let sql = "WHERE above = ?1 AND valid_to IS NULL ORDER BY name, id";
        let below: Vec<Unit> = self.book.list(sql, [unit.id.uuid().into_bytes()])?;
        let id = unit.id;
        all.push(Audience { unit: id, name: unit.name, level: unit.level, whole: above.is_none(), above });
        for one in below {
            let met = all.iter().any(|known| known.unit == one.id);
            if !met && self.may_edit_at(&Document::TABLE, "title", one.id)? {
                self.audience(one, Some(id), all)?;
            }
        }
        Ok(())
    }

    /// `units` once each, without those that another of them stands above: nobody is given a document twice.
    fn topmost(&self, units: &[Id<Unit>]) -> Result<Vec<Id<Unit>>, Trouble> {
        let mut topmost: Vec<Id<Unit>> = Vec::new();
        for unit in units {
            // The tree is three levels deep; a ring ends the walk.
            let (mut at, mut covered) = (*unit, topmost.contains(unit));
            for _ in 0..8 {
                let Some(above) = self.book.get(at)?.and_then(|unit: Unit| unit.above) else { break };
                covered |= units.contains(&above);
                at = above;
            }
            if !covered {
                topmost.push(*unit);
            }
        }
        Ok(topmost)
    }

    /// Publishes a text for each of `units`, with the file it was made from; what else is to stand with it is written in the
    /// same commit.
    pub(crate) fn publish(
        &mut self,
        units: &[Id<Unit>],
        looked: &Looked,
        original: Option<Opened>,
        how: How,
        with: impl FnOnce(&[Id<Document>]) -> Vec<(Log, Vec<Edit>)>,
    ) -> Result<Vec<Id<Document>>, Trouble> {
        let Looked { facts, blocks } = looked;
        let units = &self.topmost(units)?;
        // Of a picture that nobody could read there is no text.
        let body = match blocks.is_empty() {
            true => None,
            false => Some(self.book.keep_file(&pack_blocks(blocks)?, self.now)?),
        };
        let original = match original {
            None => None,
            Some(file) => Some((self.book.keep_file(&file.bytes, self.now)?, file.kind)),
        };
        let optional = |words: &str| (!words.is_empty()).then(|| words.to_owned());
        let mut parts: Vec<(Log, Vec<Edit>)> = Vec::new();
        let mut ids = Vec::new();
        for unit in units {
            let id: Id<Document> = Id::new(Uuid::now_v7());
            ids.push(id);
            let edits = vec![
                edit(id, "unit", *unit),
                edit(id, "form", facts.form.clone()),
                edit(id, "number", optional(&facts.number)),
                edit(id, "issued_on", optional(&facts.issued_on)),
                edit(id, "issuer", facts.issuer.clone()),
                edit(id, "title", facts.title.clone()),
                edit(id, "body", body.clone()),
                edit(id, "length", length(blocks) as i64),
                edit(id, "recognised", i64::from(how.recognised)),
                edit(id, "original", original.as_ref().map(|(content, _)| content.clone())),
                edit(id, "original_kind", original.as_ref().map(|(_, kind)| word(*kind))),
                edit(id, "must_confirm", i64::from(how.must_confirm)),
                edit(id, "shown_from", how.shown_from.clone()),
            ];
            parts.push((Log::of(*unit, Document::TABLE.audience), edits));
        }
        parts.extend(with(&ids));
        self.write_all(parts)?;
        if let Some((content, _)) = &original {
            self.forget_scans(&[content.hash])?;
        }
        Ok(ids)
    }
}

/// How a document is published.
#[derive(Debug, Clone)]
pub(crate) struct How {
    /// Whether its text was read off a picture by a machine.
    pub recognised: bool,
    /// Whether everybody is asked to confirm it.
    pub must_confirm: bool,
    /// The first day on which it is shown.
    pub shown_from: Day,
}

/// Asks what is to be known before publishing.
#[derive(Deserialize, TS)]
pub struct GetPublishing {}

impl Action for GetPublishing {
    const NAME: &'static str = "publishing";
    type Reply = Publishing;

    fn run(self, app: &App) -> Result<Publishing, Trouble> {
        app.at_desk(|desk| desk.publishing())
    }
}

/// Publishes a text for each of `units`: one document a unit, so that each is read by its own members.
#[derive(Deserialize, TS)]
pub struct PublishDocument {
    units: Vec<Id<Unit>>,
    facts: DocumentFacts,
    blocks: Vec<Block>,
    /// The path of the file it was made from, where it was.
    original: Option<String>,
    /// Whether somebody has looked and says that the file bears no mark of secrecy: without that none is taken.
    #[serde(default)]
    unmarked: bool,
    must_confirm: bool,
    shown_from: Day,
}

impl Action for PublishDocument {
    const NAME: &'static str = "publish_document";
    type Reply = Vec<DocumentLine>;

    fn run(self, app: &App) -> Result<Vec<DocumentLine>, Trouble> {
        app.may_publish()?;
        let looked = self.facts.look(&self.blocks, self.units.is_empty(), self.original.is_some())?;
        let original = self.original.as_deref().map(|path| app.paper_at(path)).transpose()?;
        let has_text = !looked.blocks.is_empty();
        let scan = original.as_ref().map(|file| app.scan(&file.bytes)).transpose()?.flatten();
        if let Some(scan) = scan.filter(|scan| has_text && scan.is_begun()) {
            // Its first pages would be taken for the whole.
            let done = scan.read.len() as u32;
            return Err(Fault::new("original", "not_whole").with("done", done).with("pages", scan.pages).into());
        }
        let original = original.map(|file| app.cleared(file, self.unmarked)).transpose()?;
        let recognised = has_text && original.as_ref().is_some_and(|file| file.paper.scanned);
        let how = How { recognised, must_confirm: self.must_confirm, shown_from: self.shown_from };
        app.at_desk(|desk| {
            let ids = desk.publish(&self.units, &looked, original, how, |_| Vec::new())?;
            ids.into_iter().map(|id| desk.document_line(id)).collect()
        })
    }
}

/// Takes a document back: members no longer see it, and the reason stays.
#[derive(Deserialize, TS)]
pub struct WithdrawDocument {
    id: Id<Document>,
    reason: String,
}

impl Action for WithdrawDocument {
    const NAME: &'static str = "withdraw_document";
    type Reply = DocumentLine;

    fn run(self, app: &App) -> Result<DocumentLine, Trouble> {
        app.at_desk(|desk| {
            let log = desk.book.log_of(&Document::TABLE, self.id.uuid())?.ok_or(Code::NotFound)?;
            let reason = clean(&self.reason);
            if reason.is_empty() {
                return Err(Trouble::invalid("withdrawn", "reason_needed"));
            }
            desk.write(log, vec![edit(self.id, "withdrawn", reason)], None)?;
            desk.document_line(self.id)
        })
    }
}
