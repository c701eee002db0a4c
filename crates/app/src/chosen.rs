//! Files that somebody chose on the screen, as bytes: kept in memory until they are used or the book is locked, never on the
//! disk in the open. What was recognised of a scan lies beside it.

use std::{collections::BTreeMap, fs, path::Path};

use domain::{Block, Content, clean};
use sync::{Hash, hash_of};

use crate::{App, Code, Trouble, session::hold};

/// What a handle begins with; a path does not.
const HANDLE: &str = "chosen:";
/// So many are kept; the oldest goes.
const KEPT: usize = 4;

/// Whether it stands for a file that was chosen; else it is a path.
pub(crate) fn is_handle(path: &str) -> bool {
    path.starts_with(HANDLE)
}

/// A file's name and bytes.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The files that were chosen, with the number of each, and the scans among what was opened, each by its SHA-256.
#[derive(Debug, Default)]
pub(crate) struct Drawer {
    last: u64,
    files: Vec<(u64, Chosen)>,
    scans: Vec<(Hash, Scan)>,
}

/// What was recognised of a scan so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scan {
    /// Pages it has.
    pub pages: u32,
    /// The text of each page that was read.
    pub read: BTreeMap<u32, Vec<Block>>,
    /// Whether one of them bears a mark of secrecy.
    pub marked: bool,
}

impl Scan {
    /// Whether all its pages were read.
    pub fn is_whole(&self) -> bool {
        self.read.len() as u32 == self.pages
    }
}

impl App {
    /// Takes a file that somebody chose; what it answers stands where an action asks for a path.
    pub fn hand(&self, name: &str, bytes: Vec<u8>) -> Result<String, Trouble> {
        if !self.is_open() {
            return Err(Code::Locked.into());
        }
        if bytes.len() > Content::MOST {
            return Err(Trouble::invalid("original", "too_large"));
        }
        let mut drawer = hold(&self.drawer);
        drawer.last += 1;
        let number = drawer.last;
        drawer.files.push((number, Chosen { name: clean(name), bytes }));
        let over = drawer.files.len().saturating_sub(KEPT);
        drawer.files.drain(..over);
        Ok(format!("{HANDLE}{number}"))
    }

    /// The file at a path, or that was chosen.
    pub(crate) fn chosen(&self, path: &str) -> Result<Chosen, Trouble> {
        let gone = |_| Trouble::invalid("original", "unreadable");
        if let Some(number) = path.strip_prefix(HANDLE) {
            let number: Option<u64> = number.parse().ok();
            let drawer = hold(&self.drawer);
            let found = drawer.files.iter().find(|(one, _)| Some(*one) == number);
            return found.map(|(_, file)| file.clone()).ok_or_else(|| gone(()));
        }
        let path = Path::new(path);
        let size = fs::metadata(path).map_err(|_| gone(()))?.len();
        if size > Content::MOST as u64 {
            return Err(Trouble::invalid("original", "too_large"));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(Chosen { name: clean(&name), bytes: fs::read(path).map_err(|_| gone(()))? })
    }

    /// What was recognised of a file so far.
    pub(crate) fn scan(&self, bytes: &[u8]) -> Option<Scan> {
        let (hash, drawer) = (hash_of(bytes), hold(&self.drawer));
        drawer.scans.iter().find(|(of, _)| *of == hash).map(|(_, scan)| scan.clone())
    }

    /// Notes something about a scan of so many pages, unless the book was locked meanwhile.
    pub(crate) fn note_scan(&self, bytes: &[u8], pages: u32, note: impl FnOnce(&mut Scan)) -> Result<Scan, Trouble> {
        let (hash, mut drawer) = (hash_of(bytes), hold(&self.drawer));
        // The drawer is wiped after the book is closed: what is put in before that goes with it.
        if !self.is_open() {
            return Err(Code::Locked.into());
        }
        let at = drawer.scans.iter().position(|(of, _)| *of == hash);
        let (_, mut scan) = at.map_or_else(|| (hash, Scan::default()), |at| drawer.scans.remove(at));
        scan.pages = pages;
        note(&mut scan);
        drawer.scans.push((hash, scan.clone()));
        // That one bears a mark of secrecy is not forgotten for others that do not.
        let over = drawer.scans.iter().filter(|(_, scan)| !scan.marked).count().saturating_sub(KEPT);
        let mut kept = 0;
        drawer.scans.retain(|(_, scan)| {
            kept += usize::from(!scan.marked);
            scan.marked || kept > over
        });
        Ok(scan)
    }
}
