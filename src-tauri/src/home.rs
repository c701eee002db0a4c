//! Where the book lies, and that one window at a time is open over it.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager};

/// The folder of the book, and whether it is this device's own: `SOTAY_HOME` names another one, so that tests and
/// demonstrations run several side by side.
pub fn find(handle: &AppHandle) -> tauri::Result<(PathBuf, bool)> {
    // Not the roaming folder of Windows: a book must not wander to a file server by itself.
    let (home, own) = match std::env::var_os("SOTAY_HOME").filter(|home| !home.is_empty()) {
        Some(home) => (std::path::absolute(home)?, false),
        None => (handle.path().app_local_data_dir()?, true),
    };
    // Where it cannot be made, the book cannot be read either, and the page has the words for that.
    let _ = std::fs::create_dir_all(&home);
    Ok((home, own))
}

/// Held for as long as the window is open.
pub struct Held(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] Option<File>);

/// Takes the folder, unless another window of this app has it: two would each believe to be the only writer.
pub fn take(home: &Path) -> Option<Held> {
    // A file system that knows no locks is no reason to keep the book shut.
    let Ok(file) = File::create(home.join("held")) else { return Some(Held(None)) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        _ => Some(Held(Some(file))),
    }
}

#[cfg(test)]
mod tests {
    use super::take;

    #[test]
    fn a_book_opens_in_one_window() {
        let home = std::env::temp_dir().join(format!("sotay-held-{}", std::process::id()));
        std::fs::create_dir_all(&home).unwrap();
        let first = take(&home);
        assert!(first.is_some() && take(&home).is_none(), "the first has it, the second does not");
        drop(first);
        assert!(take(&home).is_some(), "it is free again");
        std::fs::remove_dir_all(&home).unwrap();
    }
}
