//! Files that somebody brings, and files that are handed out: whole, or not at all.

use std::path::PathBuf;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{App, Code, Trouble};

/// Reads a file: by its path from a script, by its bytes in base64 from the page.
pub fn brought(path: Option<String>, data: Option<String>) -> Result<Vec<u8>, Trouble> {
    match (path, data) {
        (Some(path), _) => Ok(std::fs::read(path).map_err(store::Error::from)?),
        (None, Some(data)) => STANDARD.decode(data).map_err(|_| Code::BundleBroken.into()),
        (None, None) => Err(Trouble::invalid("path", "missing")),
    }
}

/// Writes a file into a folder, the downloads where none is named, and tells where it lies.
pub fn hand_out(app: &App, folder: Option<String>, name: &str, bytes: &[u8]) -> Result<String, Trouble> {
    let folder = folder.map(PathBuf::from).or_else(dirs::download_dir).unwrap_or_else(|| app.home.join("files"));
    let path = folder.join(name);
    // Under another name until it is whole: what has the name can be sent on.
    let half = folder.join(format!("{name}.part"));
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&half, bytes))
        .and_then(|()| std::fs::rename(&half, &path))
        .map_err(store::Error::from)?;
    Ok(path.to_string_lossy().into_owned())
}
