//! What was recognised of scans, page by page: it takes minutes, so it lies in the book, where a lock loses none of it, until
//! the scan is published.

use std::collections::BTreeMap;

use domain::Block;
use serde::{Deserialize, Serialize};
use sync::{Hash, hash_of};

use crate::{App, Code, Trouble, desk::Desk};

/// So many are kept of those that bear no mark; the one touched longest ago goes.
const KEPT: usize = 4;

/// What was recognised of a scan so far.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Scan {
    /// Pages it has.
    pub pages: u32,
    /// The text of each page that was read; none is kept of one that bears a mark.
    pub read: BTreeMap<u32, Vec<Block>>,
    /// Whether one of them bears a mark of secrecy.
    pub marked: bool,
}

impl Scan {
    /// Whether all its pages were read.
    pub fn is_whole(&self) -> bool {
        self.read.len() as u32 == self.pages
    }

    /// Whether some of its pages were read, and others not.
    pub fn is_begun(&self) -> bool {
        !self.read.is_empty() && !self.is_whole()
    }

    /// Notes that a page bears a mark of secrecy: its words are no longer kept, and no other scan makes it forgotten.
    pub fn mark(&mut self) {
        self.marked = true;
        self.read.clear();
    }
}

impl Desk {
    /// Scans by their SHA-256, the one that was touched last at the end. JSON, as blocks are kept everywhere.
    fn scans(&self) -> Result<Vec<(Hash, Scan)>, Trouble> {
        let kept: Option<String> = self.book.fact("scans")?;
        Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
    }

    fn keep_scans(&self, scans: &[(Hash, Scan)]) -> Result<(), Trouble> {
        let kept = serde_json::to_string(scans).map_err(|_| Code::BrokenBook)?;
        Ok(self.book.put_fact("scans", &kept)?)
    }

    /// Forgets what was recognised of files: they are published, or were wiped.
    pub(crate) fn forget_scans(&self, files: &[Hash]) -> Result<(), Trouble> {
        let mut scans = self.scans()?;
        let had = scans.len();
        scans.retain(|(of, _)| !files.contains(of));
        if scans.len() < had { self.keep_scans(&scans) } else { Ok(()) }
    }
}

impl App {
    /// What was recognised of a file so far.
    pub(crate) fn scan(&self, bytes: &[u8]) -> Result<Option<Scan>, Trouble> {
        let hash = hash_of(bytes);
        self.at_desk(|desk| Ok(desk.scans()?.into_iter().find(|(of, _)| *of == hash).map(|(_, scan)| scan)))
    }

    /// Notes something about a scan of so many pages.
    pub(crate) fn note_scan(&self, bytes: &[u8], pages: u32, note: impl FnOnce(&mut Scan)) -> Result<Scan, Trouble> {
        let hash = hash_of(bytes);
        self.at_desk(|desk| {
            let mut scans = desk.scans()?;
            let at = scans.iter().position(|(of, _)| *of == hash);
            let (_, mut scan) = at.map_or_else(|| (hash, Scan::default()), |at| scans.remove(at));
            scan.pages = pages;
            note(&mut scan);
            scans.push((hash, scan.clone()));
            let mut over = scans.iter().filter(|(_, scan)| !scan.marked).count().saturating_sub(KEPT);
            scans.retain(|(_, scan)| {
                let goes = over > 0 && !scan.marked;
                over -= usize::from(goes);
                !goes
            });
            desk.keep_scans(&scans)?;
            Ok(scan)
        })
    }
}
