//! Files that only their owner reads, where there is no keystore, as in a server room.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{Item, Keystore, Kind};
use crate::Result;

/// Stands in for a keystore: a file for each item.
pub struct FileKeystore(PathBuf);

impl FileKeystore {
    /// In `folder`, which should not be the book's own where there is another.
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    fn path(&self, item: Item) -> PathBuf {
        self.0.join(item.name())
    }
}

impl Keystore for FileKeystore {
    fn kind(&self) -> Kind {
        Kind::File
    }
    fn read(&self, item: Item) -> Result<Option<Zeroizing<Vec<u8>>>> {
        match fs::read(self.path(item)) {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
    fn keep(&self, item: Item, bytes: &[u8]) -> Result<()> {
        put(&self.path(item), bytes)
    }
    fn destroy(&self, item: Item) -> Result<()> {
        // What a write that was cut off left beside it is the secret too.
        for path in [self.path(item).with_extension("new"), self.path(item)] {
            let Ok(length) = fs::metadata(&path).map(|file| file.len()) else { continue };
            // In place: a new file would leave the old one's bytes where they were.
            let mut file = OpenOptions::new().write(true).open(&path)?;
            file.write_all(&vec![0; length as usize])?;
            file.sync_all()?;
            fs::remove_file(&path)?;
        }
        Ok(())
    }
}

/// Writes a file whole or not at all, and on the disk before it returns.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let new = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)?;
    // Only here can a folder be opened; elsewhere the file system keeps the order by itself.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
