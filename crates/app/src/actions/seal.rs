//! Sealing a resolution: its text as it was adopted, named by its hash, so that whoever holds the book can tell whether the
//! text before them is the true one.

use domain::{Edition, Id, Moment, Outcome, Record, Resolution};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::resolutions::ResolutionPage;
use crate::{
    Action, App, Trouble,
    desk::{Desk, edit, hex},
    time,
};

/// Whether a text can be trusted.
#[derive(Debug, Serialize, TS)]
pub struct Seal {
    /// What was found.
    pub state: SealState,
    /// Who sealed it.
    pub by: Option<String>,
    /// When.
    pub at: Option<Moment>,
    /// SHA-256 of the sealed text: what a printed copy is held against.
    pub hash: Option<String>,
}

/// What was found of a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SealState {
    /// Nobody has sealed it.
    Unsealed,
    /// Khớp: what stands is what was sealed.
    True,
    /// Không khớp: another text stands, or a sealed text does not have its own hash, or two were sealed.
    Differs,
}

impl Seal {
    /// Whether the text may still be changed.
    pub(super) fn is_open(&self) -> bool {
        self.state == SealState::Unsealed
    }
}

fn hash(text: &str) -> String {
    hex(&sync::hash_of(text.as_bytes()))
}

impl Desk {
    /// The whole text, a line a paragraph: number, day, title, words. Nothing in it changes once the number has come; and
    /// each of its readers can assemble it, so the vote, which is not everybody's to read, is not part of it.
    fn whole(&self, resolution: &Resolution) -> Result<String, Trouble> {
        let number = self.written(resolution)?.unwrap_or_default();
        Ok([&number, &resolution.adopted_on, &resolution.title, &resolution.body].map(String::as_str).join("\n"))
    }

    /// Whether the text of a resolution can be trusted.
    pub(super) fn seal_of(&self, resolution: &Resolution) -> Result<Seal, Trouble> {
        let editions: Vec<Edition> =
            self.book.list("WHERE resolution = ?1 ORDER BY sealed_at, id", [resolution.id.uuid().into_bytes()])?;
        let stands = hash(&self.whole(resolution)?);
        let is_true = |edition: &Edition| {
            let text = [edition.text.as_str(), edition.more.as_deref().unwrap_or_default()].concat();
            hash(&text) == edition.hash && edition.hash == stands
        };
        let state = match editions.iter().all(is_true) {
            _ if editions.is_empty() => SealState::Unsealed,
            true => SealState::True,
            false => SealState::Differs,
        };
        let first = editions.into_iter().next();
        let by = first.as_ref().map(|edition| self.book.get(edition.sealed_by)).transpose()?.flatten();
        Ok(Seal {
            state,
            by: by.map(|member| member.name),
            at: first.as_ref().map(|edition| edition.sealed_at.clone()),
            hash: first.map(|edition| edition.hash),
        })
    }
}

/// Seals a resolution that was adopted and has its number.
#[derive(Deserialize, TS)]
pub struct SealResolution {
    id: Id<Resolution>,
}

impl Action for SealResolution {
    const NAME: &'static str = "seal_resolution";
    type Reply = ResolutionPage;

    fn run(self, app: &App) -> Result<ResolutionPage, Trouble> {
        app.at_desk(|desk| {
            let resolution = desk.need(self.id)?;
            if !desk.seal_of(&resolution)?.is_open() {
                return Err(Trouble::invalid("body", "sealed"));
            }
            let adopted = resolution.outcome == Some(Outcome::Adopted) && resolution.cancelled.is_none();
            if !adopted || resolution.number.is_none() {
                return Err(Trouble::invalid("number", "not_numbered"));
            }
            let text = desk.whole(&resolution)?;
            let hash = hash(&text);
            let id = Edition::of(self.id, &hash);
            let edits = vec![
                edit(id, "unit", resolution.unit),
                edit(id, "resolution", self.id),
                edit(id, "hash", hash),
                edit(id, "text", text),
                edit(id, "sealed_by", desk.me),
                edit(id, "sealed_at", time::moment(desk.now)),
            ];
            desk.write(domain::Log::of(resolution.unit, Edition::TABLE.audience), edits, None)?;
            desk.resolution_page(self.id)
        })
    }
}
