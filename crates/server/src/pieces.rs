//! The bytes of files, a piece a file, each under its SHA-256: under its name stands the whole piece or nothing.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use domain::{Device, Digest, Id, hex};
use sync::hash_of;

/// The folder of pieces, beside a ledger.
#[derive(Debug, Clone)]
pub struct Pieces {
    folder: PathBuf,
}

/// How a piece stands after some of it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// There is more to come.
    Part,
    /// It is here.
    Whole,
    /// What came is not what it is named by, or does not follow on what came before; it begins anew.
    Spoilt,
}

impl Pieces {
    /// The pieces beside the ledger in `data`.
    pub fn beside(data: &Path) -> Self {
        Self { folder: data.join("pieces") }
    }

    /// The pieces of a copy of a ledger, beside the copy.
    pub fn of_copy(copy: &Path) -> Self {
        let mut folder = copy.as_os_str().to_owned();
        folder.push(".pieces");
        Self { folder: folder.into() }
    }

    /// Bytes of a piece that is here.
    pub fn length(&self, piece: &Digest) -> Option<u64> {
        Some(fs::metadata(self.place(piece)).ok()?.len())
    }

    /// Bytes of it that this device has begun to give.
    pub fn begun(&self, piece: &Digest, device: Id<Device>) -> u64 {
        fs::metadata(self.coming(piece, device)).map_or(0, |of| of.len())
    }

    /// A piece from one of its bytes on; nothing where it is not here.
    pub fn read(&self, piece: &Digest, from: u32) -> io::Result<Option<Vec<u8>>> {
        let mut file = match File::open(self.place(piece)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        file.seek(SeekFrom::Start(from.into()))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// Takes in bytes that a device gave, from the place `from` of a piece of `size` bytes on. Two connections of one device
    /// may give the same bytes at once, where the first is dead and does not know it yet.
    pub fn take(&self, piece: &Digest, device: Id<Device>, size: u32, from: u32, bytes: &[u8]) -> io::Result<Came> {
        let coming = self.coming(piece, device);
        if u64::from(from) > self.begun(piece, device) {
            return Ok(Came::Spoilt);
        }
        make(coming.parent().unwrap_or(&self.folder))?;
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&coming)?;
        file.seek(SeekFrom::Start(from.into()))?;
        file.write_all(bytes)?;
        if from as usize + bytes.len() < size as usize {
            return Ok(Came::Part);
        }
        let mut whole = Vec::with_capacity(size as usize);
        file.seek(SeekFrom::Start(0))?;
        file.read_to_end(&mut whole)?;
        if hash_of(&whole) != *piece {
            fs::remove_file(&coming)?;
            return Ok(Came::Spoilt);
        }
        file.sync_all()?;
        let place = self.place(piece);
        let shelf = place.parent().unwrap_or(&self.folder);
        make(shelf)?;
        match fs::rename(&coming, &place) {
            // The other connection was faster.
            Err(error) if error.kind() == io::ErrorKind::NotFound && place.exists() => {}
            moved => moved?,
        }
        File::open(shelf)?.sync_all()?;
        Ok(Came::Whole)
    }

    /// Copies those of `pieces` that are here and not there yet; each is held against its name.
    pub fn copy_to(&self, other: &Self, pieces: &[Digest]) -> io::Result<()> {
        for piece in pieces {
            let place = other.place(piece);
            if place.exists() || !self.fits(piece)? {
                continue;
            }
            let shelf = place.parent().unwrap_or(&other.folder);
            make(shelf)?;
            let half = place.with_extension("half");
            fs::copy(self.place(piece), &half)?;
            File::open(&half)?.sync_all()?;
            fs::rename(&half, &place)?;
            File::open(shelf)?.sync_all()?;
        }
        Ok(())
    }

    /// Deletes a piece, and whatever of it is coming.
    pub fn destroy(&self, piece: &Digest) -> io::Result<()> {
        let place = self.place(piece);
        gone(fs::remove_file(&place))?;
        let of = hex(piece);
        let coming = self.folder.join("coming");
        for begun in fs::read_dir(&coming).into_iter().flatten() {
            let begun = begun?;
            if begun.file_name().to_string_lossy().starts_with(&of) {
                gone(fs::remove_file(begun.path()))?;
            }
        }
        for folder in [place.parent().unwrap_or(&self.folder), &coming] {
            gone(File::open(folder).and_then(|folder| folder.sync_all()))?;
        }
        Ok(())
    }

    /// Whether a piece is here and is what it is named by.
    pub fn fits(&self, piece: &Digest) -> io::Result<bool> {
        Ok(self.read(piece, 0)?.is_some_and(|bytes| hash_of(&bytes) == *piece))
    }

    /// A shelf for each first byte: no folder grows too long.
    fn place(&self, piece: &Digest) -> PathBuf {
        let name = hex(piece);
        self.folder.join(name.get(..2).unwrap_or_default()).join(name)
    }

    /// What one device gives is nobody else's to spoil.
    fn coming(&self, piece: &Digest, device: Id<Device>) -> PathBuf {
        self.folder.join("coming").join(format!("{}.{}", hex(piece), device.uuid().simple()))
    }
}

fn make(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// What is not there needs no deleting.
fn gone(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
