//! A copy of the ledger, whether it is whole, and going on from it.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use domain::{Device, Id};
use rusqlite::params;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sync::{Chain, Entry, NO_CHAIN, follow, hash_of};

use super::{
    LedgerError, Sqlite,
    sqlite::{FILE, connect},
};
use crate::{Outside, pieces::Pieces};

/// What was counted while a ledger was checked from its first entry to its last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Logs, each followed along its chain.
    pub logs: u64,
    /// Entries, each held against its hash and its author's signature.
    pub entries: u64,
    /// Entries set aside.
    pub aside: u64,
    /// Pieces of files that it names and that are not whole beside it: whoever has them gives them again.
    pub missing: u64,
    /// When the last entry was received, milliseconds since 1970.
    pub last: u64,
}

/// Where the digest of a copy stands, as `sha256sum --check` reads it.
fn digest_of(copy: &Path) -> PathBuf {
    let mut name = copy.as_os_str().to_owned();
    name.push(".sha256");
    name.into()
}

fn digest(file: &Path) -> Result<String, LedgerError> {
    let unreadable = |_| LedgerError::Place("the copy cannot be read");
    let mut digest = Sha256::new();
    std::io::copy(&mut File::open(file).map_err(unreadable)?, &mut digest).map_err(unreadable)?;
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Sqlite {
    /// Writes a copy of the ledger as it stands now to a new file, also while a server goes on with it, and the pieces of
    /// its files to a folder beside that.
    pub fn back_up(&self, to: &Path) -> Result<(), LedgerError> {
        self.copy(to, true)
    }

    fn copy(&self, to: &Path, pieces: bool) -> Result<(), LedgerError> {
        if to.exists() {
            return Err(LedgerError::Place("there is a file of that name already"));
        }
        // Under its name stands a whole copy or none.
        let half = to.with_extension("half");
        let unwritable = |_| LedgerError::Place("the copy cannot be written there");
        let _ = fs::remove_file(&half);
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&half).map_err(unwritable)?;
        let name = half.to_str().ok_or(LedgerError::Place("the copy's name is not Unicode"))?;
        self.db().execute("VACUUM INTO ?1", [name])?;
        if pieces {
            // Whatever the copy names was here before it was made.
            let here = Path::new(self.db().path().unwrap_or_default()).parent().map(Pieces::beside);
            let copied = here.map(|here| here.copy_to(&Pieces::of_copy(to), &self.all_given()?).map_err(unwritable));
            copied.transpose()?;
        }
        File::open(&half).and_then(|file| file.sync_all()).map_err(unwritable)?;
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        fs::write(digest_of(to), format!("{}  {name}\n", digest(&half)?)).map_err(unwritable)?;
        fs::rename(&half, to).map_err(unwritable)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(unwritable)
    }

    /// Checks a copy against its digest, where that lies beside it, and then from its first entry to its last: the file,
    /// each entry's hash and signature, each log's chain, each stream's counter. Nothing is written.
    pub fn check(file: &Path) -> Result<Checked, LedgerError> {
        if !file.is_file() {
            return Err(LedgerError::Place("there is no such copy"));
        }
        let said = fs::read_to_string(digest_of(file)).ok();
        let said = said.as_deref().and_then(|line| line.split_whitespace().next());
        if let Some(said) = said
            && said != digest(file)?
        {
            return Err(LedgerError::Damaged("the copy is not as it was written"));
        }
        let ledger = Self::to_read(file)?;
        let (mut checked, pieces) = (ledger.verify()?, Pieces::of_copy(file));
        for piece in ledger.all_given()? {
            let fits = pieces.fits(&piece).map_err(|_| LedgerError::Place("the copy cannot be read"))?;
            checked.missing += u64::from(!fits);
        }
        Ok(checked)
    }

    fn verify(&self) -> Result<Checked, LedgerError> {
        let sound: String = self.db().query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        if sound != "ok" {
            return Err(LedgerError::Damaged("the database file"));
        }
        let behind: bool = self.db().query_row(
            "SELECT EXISTS (SELECT 1 FROM stream WHERE last_seq < (SELECT max(seq) FROM entry WHERE stream = stream.id))",
            [],
            |row| row.get(0),
        )?;
        if behind {
            return Err(LedgerError::Damaged("a stream's counter"));
        }
        let mut checked = Checked {
            logs: 0,
            entries: 0,
            aside: self
                .db()
                .query_row("SELECT count(*) FROM quarantine", [], |row| row.get::<_, i64>(0))?
                .cast_unsigned(),
            missing: 0,
            last: 0,
        };
        let mut logs = self.db().prepare("SELECT no, id, count, chain FROM log ORDER BY no")?;
        let logs = logs.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        for log in logs {
            self.verify_log(log?, &mut checked)?;
        }
        Ok(checked)
    }

    fn verify_log(
        &self,
        (no, id, count, chain): (i64, [u8; 16], i64, Chain),
        checked: &mut Checked,
    ) -> Result<(), LedgerError> {
        let mut found =
            self.db().prepare_cached("SELECT hash, received, device, bytes FROM entry WHERE log = ?1 ORDER BY seq")?;
        let mut rows = found.query(params![no])?;
        let (mut at, mut entries) = (NO_CHAIN, 0);
        while let Some(row) = rows.next()? {
            let (hash, received, device, bytes): ([u8; 32], i64, [u8; 16], Vec<u8>) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let entry = Entry::read(&bytes, self.tables()).map_err(|_| LedgerError::Damaged("an entry"))?;
            let device: Id<Device> = Id::new(uuid::Uuid::from_bytes(device));
            let key = if device == self.root_device() {
                Some(self.root().verifying_key())
            } else {
                self.register().key(device)
            };
            let key = key.ok_or(LedgerError::Damaged("an entry of a device that nobody let in"))?;
            if hash_of(&bytes) != hash || entry.log.id().into_bytes() != id || entry.device != device {
                return Err(LedgerError::Damaged("an entry"));
            }
            Entry::verify(&bytes, &key).map_err(|_| LedgerError::Damaged("an entry's signature"))?;
            at = follow(&at, &hash, received.cast_unsigned());
            entries += 1;
            checked.last = checked.last.max(received.cast_unsigned());
        }
        if at != chain || entries != count {
            return Err(LedgerError::Damaged("a log's chain"));
        }
        checked.logs += 1;
        checked.entries += entries.cast_unsigned();
        Ok(())
    }

    /// Goes on from a copy in `dir`. The copy is checked first; a ledger that stands there is kept beside it. Devices
    /// are told by a new epoch, and hand back what the copy does not have.
    pub fn restore(dir: &Path, from: &Path, outside: &Outside) -> Result<Checked, LedgerError> {
        let checked = Self::check(from)?;
        let unwritable = |_| LedgerError::Place("the folder cannot be written");
        fs::create_dir_all(dir).map_err(unwritable)?;
        let (half, file) = (dir.join("restoring.db"), dir.join(FILE));
        fs::copy(from, &half).map_err(unwritable)?;
        let half_written = connect(&half)?;
        half_written.pragma_update(None, "journal_mode", "DELETE")?;
        // It says that it was restored before it stands in the other's place, or it might be served without saying so.
        Self::with(half_written)?.restored(outside)?;
        if file.exists() {
            // With what is not yet in the file itself.
            Self::open(dir)?.copy(&dir.join(format!("before-{}.db", outside.now())), false)?;
            for end in ["-wal", "-shm"] {
                let _ = fs::remove_file(dir.join(format!("{FILE}{end}")));
            }
        }
        Pieces::of_copy(from).copy_to(&Pieces::beside(dir), &Self::to_read(from)?.all_given()?).map_err(unwritable)?;
        fs::rename(&half, &file).map_err(unwritable)?;
        File::open(dir).and_then(|dir| dir.sync_all()).map_err(unwritable)?;
        Ok(checked)
    }
}
