//! The library: documents that are for this person or that they publish, with what was read of each.

use std::collections::{BTreeSet, HashMap};

use domain::{Document, Level, Record, Typed, passage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Action, App, Trouble, desk::Desk, library::DocumentLine};

/// The documents found.
#[derive(Debug, Serialize, TS)]
pub struct DocumentList {
    /// The newest first; of a search, the ones that were most likely meant, the likeliest first.
    pub rows: Vec<DocumentLine>,
    /// How many there are in all.
    pub all: u32,
    /// How many of those wait for this person.
    pub unread: u32,
    /// Every kind of document there is: `Nghị quyết`.
    pub forms: Vec<String>,
    /// Every year, the latest first.
    pub years: Vec<String>,
    /// Everybody who issued one.
    pub issuers: Vec<String>,
    /// Whether this person publishes.
    pub may_publish: bool,
}

/// Which documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReadState {
    /// All.
    #[default]
    All,
    /// Those that wait for this person: never opened, or to be confirmed.
    Unread,
    /// Those with a ribbon.
    Ribbon,
}

/// Asks for documents; what is not named is not asked.
#[derive(Default, Deserialize, TS)]
pub struct GetDocuments {
    level: Option<Level>,
    form: Option<String>,
    year: Option<String>,
    issuer: Option<String>,
    state: ReadState,
    /// Words that all stand in it, with marks or without; empty to see all.
    #[serde(default)]
    search: String,
}

/// No more are shown of what a search found.
const MOST: usize = 50;

impl DocumentLine {
    /// Whether it waits for this person.
    pub(crate) fn waits(&self) -> bool {
        self.for_me && self.confirmed_at.is_none() && (self.must_confirm || self.progress.is_none())
    }

    fn year(&self) -> &str {
        self.issued_on.as_ref().unwrap_or(&self.shown_from).get(..4).unwrap_or_default()
    }
}

impl Desk {
    /// Whether this person publishes documents for somebody.
    pub(crate) fn may_publish_documents(&self) -> Result<bool, Trouble> {
        self.may_edit(&<Document as domain::Record>::TABLE, "title")
    }

    fn documents(&mut self, ask: &GetDocuments) -> Result<DocumentList, Trouble> {
        let may_publish = self.may_publish_documents()?;
        let mut rows = self.library()?;
        rows.retain(|line| line.withdrawn.is_none() || may_publish);
        let all = rows.len() as u32;
        let unread = rows.iter().filter(|line| line.waits()).count() as u32;
        let forms: BTreeSet<String> = rows.iter().map(|line| line.form.clone()).collect();
        let years: BTreeSet<String> = rows.iter().map(|line| line.year().to_owned()).collect();
        let issuers: BTreeSet<String> = rows.iter().map(|line| line.issuer.clone()).collect();
        rows.retain(|line| {
            ask.level.is_none_or(|level| line.level == level)
                && ask.form.as_ref().is_none_or(|form| line.form == *form)
                && ask.year.as_ref().is_none_or(|year| line.year() == year)
                && ask.issuer.as_ref().is_none_or(|issuer| line.issuer == *issuer)
                && match ask.state {
                    ReadState::All => true,
                    ReadState::Unread => line.waits(),
                    ReadState::Ribbon => line.ribbon,
                }
        });
        let typed = Typed::read(&ask.search);
        if !ask.search.trim().is_empty() {
            self.found_first(&mut rows, &typed)?;
        }
        Ok(DocumentList {
            rows,
            all,
            unread,
            forms: forms.into_iter().collect(),
            years: years.into_iter().rev().collect(),
            issuers: issuers.into_iter().collect(),
            may_publish,
        })
    }

    /// Leaves of `rows` those that hold what was typed, the likeliest first, each with the passage that does.
    fn found_first(&mut self, rows: &mut Vec<DocumentLine>, typed: &Typed) -> Result<(), Trouble> {
        let found = self.book.search(typed, Some(Document::TABLE.name))?;
        let places: HashMap<_, usize> = found.into_iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        rows.retain(|line| places.contains_key(&line.id.uuid()));
        rows.sort_by_key(|line| places.get(&line.id.uuid()).copied());
        rows.truncate(MOST);
        for line in rows {
            let blocks = self.blocks(&self.need(line.id)?)?;
            line.snippet = passage(&blocks.unwrap_or_default(), typed);
        }
        Ok(())
    }
}

impl Action for GetDocuments {
    const NAME: &'static str = "documents";
    type Reply = DocumentList;

    fn run(self, app: &App) -> Result<DocumentList, Trouble> {
        app.at_desk(|desk| desk.documents(&self))
    }
}
