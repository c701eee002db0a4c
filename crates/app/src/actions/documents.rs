//! The library: documents that are for this person or that they publish, with what was read of each.

use std::collections::BTreeSet;

use domain::{Document, Id, Level, Record, Typed, passage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Action, App, Trouble, desk::Desk, library::DocumentLine};

/// The documents found.
#[derive(Debug, Serialize, TS)]
pub struct DocumentList {
    /// The newest first; of a search, the ones that were most likely meant, the likeliest first.
    pub rows: Vec<DocumentLine>,
    /// How many were found, on this page and the others; of a search, at most those that are shown.
    pub found: u32,
    /// How many pages they take; one where no page was asked for.
    pub pages: u32,
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
    /// Those begun and not read to the end.
    Reading,
    /// Those read to the end, or confirmed.
    Read,
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
    /// One page of them, from 1; all where none is named.
    #[serde(default)]
    #[ts(optional)]
    page: Option<u32>,
}

/// Documents on a page: what a phone shows without taking long.
const PAGE: usize = 40;

/// No more are shown of what a search found.
const MOST: usize = 50;

impl DocumentLine {
    /// Whether it waits for this person.
    pub(crate) fn waits(&self) -> bool {
        self.for_me && self.confirmed_at.is_none() && (self.must_confirm || self.progress.is_none())
    }

    /// Whether its text or its original is whole on this device.
    pub(crate) fn can_be_read(&self) -> bool {
        [&self.body, &self.original].into_iter().flatten().any(|file| file.had == file.size)
    }

    /// Whether this person read it to the end, or said so.
    fn was_read(&self) -> bool {
        self.confirmed_at.is_some() || self.progress == Some(100)
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
        let typed = Typed::read(&ask.search);
        if !ask.search.trim().is_empty() {
            let (rows, catalogue) = (self.found(ask, &typed)?, self.catalogue()?);
            return Ok(catalogue.list(rows, ask.page));
        }
        let (mut rows, catalogue) = self.all_of_it()?;
        rows.retain(|line| ask.wants(line));
        Ok(catalogue.list(rows, ask.page))
    }

    fn all_of_it(&self) -> Result<(Vec<DocumentLine>, Catalogue), Trouble> {
        let rows = self.library()?;
        let catalogue = Catalogue::of(&rows, self.may_publish_documents()?);
        Ok((rows, catalogue))
    }

    /// What there is to choose from. While somebody types nothing is written, and it stays as it was.
    fn catalogue(&mut self) -> Result<Catalogue, Trouble> {
        let as_of = (self.book.writes(), self.today());
        if let Some((of, catalogue)) = &self.catalogue
            && *of == as_of
        {
            return Ok(catalogue.clone());
        }
        let (_, catalogue) = self.all_of_it()?;
        self.catalogue = Some((as_of, catalogue.clone()));
        Ok(catalogue)
    }

    /// The documents that hold what was typed, the likeliest first, each with the passage that does. No more are read than
    /// are shown.
    fn found(&mut self, ask: &GetDocuments, typed: &Typed) -> Result<Vec<DocumentLine>, Trouble> {
        let found = self.book.search(typed, Some(Document::TABLE.name))?;
        let mut teller = self.teller()?;
        let mut rows: Vec<DocumentLine> = Vec::new();
        for one in found {
            let id: Id<Document> = Id::new(one.id);
            if rows.len() == MOST {
                break;
            }
            if ask.state.needs_reading() && !teller.knows(id) {
                continue;
            }
            let line = self.book.get(id)?.map(|document| teller.tell(document)).transpose()?.flatten();
            rows.extend(line.filter(|line| ask.wants(line)));
        }
        for line in &mut rows {
            let blocks = self.blocks(&self.need(line.id)?)?;
            line.snippet = passage(&blocks.unwrap_or_default(), typed);
        }
        Ok(rows)
    }
}

impl ReadState {
    /// Whether only documents are meant that this person was in, or said of that they read it.
    fn needs_reading(self) -> bool {
        matches!(self, Self::Reading | Self::Read | Self::Ribbon)
    }
}

impl GetDocuments {
    fn wants(&self, line: &DocumentLine) -> bool {
        self.level.is_none_or(|level| line.level == level)
            && self.form.as_ref().is_none_or(|form| line.form == *form)
            && self.year.as_ref().is_none_or(|year| line.year() == year)
            && self.issuer.as_ref().is_none_or(|issuer| line.issuer == *issuer)
            && match self.state {
                ReadState::All => true,
                ReadState::Unread => line.waits(),
                ReadState::Reading => line.progress.is_some() && !line.was_read(),
                ReadState::Read => line.was_read(),
                ReadState::Ribbon => line.ribbon,
            }
    }
}

/// What there is in the library, whatever is asked of it.
#[derive(Debug, Clone)]
pub(crate) struct Catalogue {
    all: u32,
    unread: u32,
    forms: BTreeSet<String>,
    years: BTreeSet<String>,
    issuers: BTreeSet<String>,
    may_publish: bool,
}

impl Catalogue {
    fn of(rows: &[DocumentLine], may_publish: bool) -> Self {
        Self {
            all: rows.len() as u32,
            unread: rows.iter().filter(|line| line.waits()).count() as u32,
            forms: rows.iter().map(|line| line.form.clone()).collect(),
            years: rows.iter().map(|line| line.year().to_owned()).collect(),
            issuers: rows.iter().map(|line| line.issuer.clone()).collect(),
            may_publish,
        }
    }

    fn list(self, mut rows: Vec<DocumentLine>, page: Option<u32>) -> DocumentList {
        let found = rows.len();
        let pages = page.map_or(1, |_| found.div_ceil(PAGE).max(1));
        if let Some(page) = page {
            // A page beyond the last is the last: documents may have gone since.
            let before = (page.max(1) as usize - 1).min(pages - 1) * PAGE;
            rows = rows.into_iter().skip(before).take(PAGE).collect();
        }
        DocumentList {
            rows,
            found: found as u32,
            pages: pages as u32,
            all: self.all,
            unread: self.unread,
            forms: self.forms.into_iter().collect(),
            years: self.years.into_iter().rev().collect(),
            issuers: self.issuers.into_iter().collect(),
            may_publish: self.may_publish,
        }
    }
}

impl Action for GetDocuments {
    const NAME: &'static str = "documents";
    type Reply = DocumentList;

    fn run(self, app: &App) -> Result<DocumentList, Trouble> {
        app.at_desk(|desk| desk.documents(&self))
    }
}
