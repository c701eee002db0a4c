//! Where the book lies.

use std::path::PathBuf;

use tauri::{AppHandle, Manager};

/// The folder of the book, there when this returns. `SOTAY_HOME` names another one, so that tests and
/// demonstrations run several books side by side.
pub fn find(handle: &AppHandle) -> tauri::Result<PathBuf> {
    // Not the roaming folder of Windows: a book must not wander to a file server by itself.
    let home = match std::env::var_os("SOTAY_HOME").filter(|home| !home.is_empty()) {
        Some(home) => std::path::absolute(home)?,
        None => handle.path().app_local_data_dir()?,
    };
    std::fs::create_dir_all(&home)?;
    Ok(home)
}
