//! Files that somebody chose on the screen, as bytes: kept in memory until they are used or the book is locked, never on the
//! disk in the open.

use std::{fs, path::Path, sync::Arc};

use domain::{Content, clean};
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

/// The files that were chosen, with the number of each.
#[derive(Debug, Default)]
pub(crate) struct Drawer {
    last: u64,
    files: Vec<(u64, Chosen)>,
    /// The Word file that was set last, by its SHA-256, as a PDF; none where that could not be.
    set: Option<(Hash, Option<Arc<Vec<u8>>>)>,
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

    /// Lets go of files that were chosen or looked at, by their SHA-256.
    pub(crate) fn let_go(&self, files: &[Hash]) {
        hold(&self.opened).let_go(files);
        let mut drawer = hold(&self.drawer);
        drawer.files.retain(|(_, file)| !files.contains(&hash_of(&file.bytes)));
        drawer.set = drawer.set.take().filter(|(of, _)| !files.contains(of));
    }

    /// A Word file that was chosen as a PDF: set once, away from the book. None where there is no program for it here, or it fails.
    pub(crate) fn set(&self, bytes: &[u8]) -> Result<Option<Arc<Vec<u8>>>, Trouble> {
        let hash = hash_of(bytes);
        // A second asker waits for what the first has set.
        let _one = hold(&self.setting);
        if let Some((_, set)) = hold(&self.drawer).set.as_ref().filter(|(of, _)| *of == hash) {
            return Ok(set.clone());
        }
        let set = intake::set(bytes).ok().map(Arc::new);
        let mut drawer = hold(&self.drawer);
        // The book may have been locked meanwhile: its drawer stays empty.
        if !self.is_open() {
            return Err(Code::Locked.into());
        }
        drawer.set = Some((hash, set.clone()));
        Ok(set)
    }
}
