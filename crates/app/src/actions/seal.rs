//! Sealing a resolution: its text as it was adopted, named by its hash, so that whoever holds the book can tell whether the
//! text before them is the true one.

use domain::{Edition, Fault, Id, Minutes, Moment, Outcome, Record, Resolution, Task, hex};
use print::Paper;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{minutes::parts, paper::whole, resolutions::ResolutionPage};
use crate::{
    Action, App, Trouble,
    desk::{Desk, edit},
    paper::{assigns, read, write},
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

/// The paper that was sealed; none where its text has not the hash that names it.
fn sealed(edition: &Edition) -> Option<Paper> {
    let text = [edition.text.as_str(), edition.more.as_deref().unwrap_or_default()].concat();
    if hash(&text) == edition.hash { read(&text) } else { None }
}

impl Desk {
    /// The texts of a resolution that were sealed, the first first.
    fn editions(&self, resolution: &Resolution) -> Result<Vec<Edition>, Trouble> {
        let of = [resolution.id.uuid().into_bytes()];
        Ok(self.book.list("WHERE resolution = ?1 ORDER BY sealed_at, id", of)?)
    }

    /// Whether the text of a resolution can be trusted. Each of its readers can tell, so the vote, which is not everybody's to
    /// read, is not part of it.
    pub(super) fn seal_of(&self, resolution: &Resolution) -> Result<Seal, Trouble> {
        let editions = self.editions(resolution)?;
        let state = match editions.as_slice() {
            [] => SealState::Unsealed,
            [one] => match sealed(one) {
                Some(paper) if self.says(&paper, resolution)? => SealState::True,
                _ => SealState::Differs,
            },
            _ => SealState::Differs,
        };
        let first = editions.into_iter().next();
        let by = self.name_of(first.as_ref().map(|edition| edition.sealed_by))?;
        Ok(Seal {
            state,
            by,
            at: first.as_ref().map(|edition| edition.sealed_at.clone()),
            hash: first.map(|edition| edition.hash),
        })
    }

    /// Whether a task stands in a sealed paper: what it asks does not change any more.
    pub(super) fn in_seal(&self, task: &Task) -> Result<bool, Trouble> {
        let resolution = task.resolution.map(|id| self.book.get(id)).transpose()?.flatten();
        let editions = resolution.map(|one| self.editions(&one)).transpose()?.unwrap_or_default();
        Ok(editions.iter().filter_map(sealed).any(|paper| assigns(&paper, task)))
    }

    /// A resolution as it is printed: as it was sealed, or else as it stands. Which of two texts is the true one, no paper can
    /// tell: then there is none.
    pub(super) fn resolution_as_sealed(&self, id: Id<Resolution>) -> Result<Paper, Trouble> {
        let resolution = self.need(id)?;
        let differs = || Trouble::invalid("body", "seal_differs");
        match self.seal_of(&resolution)?.state {
            SealState::Unsealed => self.resolution_paper(&resolution),
            SealState::True => self.editions(&resolution)?.first().and_then(sealed).ok_or_else(differs),
            SealState::Differs => Err(differs()),
        }
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
            // What is sealed can be printed, now and for ever.
            let paper = desk.resolution_paper(&resolution)?;
            whole(&paper)?;
            let text = write(&paper);
            let hash = hash(&text);
            let mut parts = parts(&text).into_iter();
            let (text, more) = (parts.next().unwrap_or_default(), parts.next());
            if parts.next().is_some() {
                return Err(Fault::new("body", "too_long").with("most", 2 * Minutes::LONGEST_PART as u32).into());
            }
            let id = Edition::of(self.id, &hash);
            let edits = vec![
                edit(id, "unit", resolution.unit),
                edit(id, "resolution", self.id),
                edit(id, "hash", hash),
                edit(id, "text", text),
                edit(id, "more", more),
                edit(id, "sealed_by", desk.me),
                edit(id, "sealed_at", time::moment(desk.now)),
            ];
            desk.write(domain::Log::of(resolution.unit, Edition::TABLE.audience), edits, None)?;
            desk.resolution_page(self.id)
        })
    }
}
