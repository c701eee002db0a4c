//! Taking entries that others wrote into the journal, and from there into the tables.

use domain::{Device, Id, Table, Unit};
use rusqlite::{OptionalExtension, Transaction, params};
use sync::{Broken, Carried, Entry, Place, VerifyingKey, hash_of};
use uuid::Uuid;

use super::{Again, IN_LOG, SET_ASIDE, Taken};
use crate::{Book, Result, journal, open, wipe};

/// Takes entries into the journal and into the tables.
pub(super) struct Reader<'a> {
    pub tx: &'a Transaction<'a>,
    pub tables: &'static [Table],
    pub root: Option<VerifyingKey>,
    pub taken: &'a mut Taken,
    pub again: &'a mut Again,
}

/// An entry, or of one of a newer format only its place.
fn read(bytes: &[u8], tables: &[Table]) -> Result<(Option<Entry>, Place), Broken> {
    match Entry::read(bytes, tables) {
        Ok(entry) => {
            let place = (entry.log, entry.device, entry.number);
            Ok((Some(entry), place))
        }
        Err(Broken::Newer) => Ok((None, Entry::place(bytes)?)),
        Err(broken) => Err(broken),
    }
}

/// Whether what orders an entry's changes is not what it was before.
pub(super) fn moved(bytes: &[u8], tables: &[Table], before: Option<i64>, received: u64) -> bool {
    Entry::read(bytes, tables).is_ok_and(|entry| {
        entry.changes.iter().any(|change| {
            let was = before.map_or(change.stamp, |at| change.stamp.received(at as u64));
            was != change.stamp.received(received)
        })
    })
}

impl Reader<'_> {
    /// Takes entries of one stream, or of logs fetched from their start.
    pub fn enter(&mut self, entries: &[Carried], stream: Option<Id<Unit>>) -> Result<()> {
        entries.iter().try_for_each(|carried| self.enter_one(carried, stream))
    }

    fn enter_one(&mut self, carried: &Carried, stream: Option<Id<Unit>>) -> Result<()> {
        let hash = hash_of(&carried.bytes);
        let (seq, received) = (carried.seq as i64, carried.received as i64);
        let known: Option<(i64, i64, i64, Option<i64>)> = self
            .tx
            .prepare_cached("SELECT no, log, state, received FROM entry WHERE hash = ?1")?
            .query_row([hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        if let Some((no, log, state, before)) = known {
            self.tx
                .prepare_cached("UPDATE entry SET state = ?2, seq = ?3, received = ?4, why = NULL WHERE no = ?1")?
                .execute(params![no, IN_LOG, seq, received])?;
            self.again.all |= state == SET_ASIDE;
            if moved(&carried.bytes, self.tables, before, carried.received) {
                self.again.logs.insert(log);
            }
            return Ok(());
        }
        let (entry, (place, device, number)) = match read(&carried.bytes, self.tables) {
            Ok(read) => read,
            Err(_) => {
                // No app ever wrote that: it is kept as it came, for whoever asks what came.
                self.taken.misfit = stream.map(Id::uuid).or(self.taken.misfit);
                self.tx.execute(
                    "INSERT OR IGNORE INTO unread (hash, stream, seq, received, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![hash, stream.map(|s| s.uuid().into_bytes()), seq, received, carried.bytes],
                )?;
                return Ok(());
            }
        };
        let log = journal::log_no(self.tx, &place)?;
        if let Some(stream) = stream {
            // Where its unit is hung may change; the stream a log is numbered in does not.
            self.tx
                .prepare_cached("UPDATE log SET stream = ?2 WHERE no = ?1 AND stream IS NOT ?2")?
                .execute(params![log, stream.uuid().into_bytes()])?;
        }
        // Of a newer format only its place is known: it waits in its log for an app that reads it.
        let genuine = entry.as_ref().and_then(|entry| self.genuine(entry, &carried.bytes));
        if genuine == Some(false) {
            // It stays in the journal unread: that is the proof.
            self.taken.misfit = Some(stream.unwrap_or(place.unit).uuid());
        }
        self.tx
            .prepare_cached(
                "INSERT INTO entry (log, device, number, state, seq, received, read, hash, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                log,
                device.uuid().into_bytes(),
                number as i64,
                IN_LOG,
                seq,
                received,
                genuine == Some(true),
                hash,
                carried.bytes
            ])?;
        self.taken.entries += 1;
        if let (Some(true), Some(entry)) = (genuine, &entry) {
            self.hear(log, entry, carried.received)?;
        }
        Ok(())
    }

    fn hear(&mut self, log: i64, entry: &Entry, received: u64) -> Result<()> {
        journal::hear(self.tx, self.tables, log, &entry.changes, Some(received), &mut self.taken.tables)
    }

    /// Whether the device named wrote these bytes; nothing where its key has not been heard of yet.
    fn genuine(&self, entry: &Entry, bytes: &[u8]) -> Option<bool> {
        let key = match &self.root {
            Some(root) if sync::device_of(root) == entry.device => *root,
            _ => self.key(entry.device)?,
        };
        Some(Entry::verify(bytes, &key).is_ok())
    }

    fn key(&self, device: Id<Device>) -> Option<VerifyingKey> {
        let hex: String = self
            .tx
            .prepare_cached("SELECT public_key FROM device WHERE id = ?1")
            .ok()?
            .query_row([device.uuid().into_bytes()], |row| row.get(0))
            .ok()?;
        let bytes: Vec<u8> =
            (0..hex.len()).step_by(2).filter_map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect();
        let key = VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok()?;
        // The id is the key's own: a record that says otherwise is somebody else's.
        (sync::device_of(&key) == device).then_some(key)
    }

    /// Entries of which no app could even tell the place when they came, as far as this one can.
    pub fn read_unread(&mut self) -> Result<()> {
        let unread = self
            .tx
            .prepare_cached("SELECT stream, seq, received, bytes FROM unread ORDER BY rowid")?
            .query_map([], |row| {
                let stream = row.get::<_, Option<[u8; 16]>>(0)?.map(|id| Id::new(Uuid::from_bytes(id)));
                let (seq, received): (i64, i64) = (row.get(1)?, row.get(2)?);
                Ok((stream, Carried { seq: seq as u64, received: received as u64, bytes: row.get(3)? }))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        for (stream, carried) in unread {
            if read(&carried.bytes, self.tables).is_ok() {
                self.tx.execute("DELETE FROM unread WHERE hash = ?1", [hash_of(&carried.bytes)])?;
                self.enter_one(&carried, stream)?;
            }
        }
        Ok(())
    }

    /// Entries whose author was not known when they came, or whose format was not.
    pub fn try_again(&mut self) -> Result<()> {
        let unread: Vec<(i64, i64, i64, Vec<u8>)> = self
            .tx
            .prepare_cached("SELECT no, log, received, bytes FROM entry WHERE read = 0 ORDER BY no")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (no, log, received, bytes) in unread {
            let Ok(entry) = Entry::read(&bytes, self.tables) else { continue };
            if self.genuine(&entry, &bytes) == Some(true) {
                self.tx.execute("UPDATE entry SET read = 1 WHERE no = ?1", [no])?;
                self.hear(log, &entry, received as u64)?;
            }
        }
        Ok(())
    }
}

/// Reads what waited for this version of the app.
pub(crate) fn read_waiting(book: &mut Book) -> Result<()> {
    let root: Option<[u8; 32]> = book.fact("root")?;
    let tx = book.conn.transaction()?;
    let (mut taken, mut again) = (Taken::default(), Again::default());
    let root = root.and_then(|key| VerifyingKey::from_bytes(&key).ok());
    let mut pen = Reader { tx: &tx, tables: book.tables, root, taken: &mut taken, again: &mut again };
    pen.read_unread()?;
    pen.try_again()?;
    if let Some(misfit) = taken.misfit {
        open::put_fact(&tx, "misfit", &(misfit, 0u64, 0u64))?;
    }
    again.read(&tx, book.tables, book.device, &mut taken.tables)?;
    wipe::wipe(&tx, book.tables)?;
    tx.commit()?;
    Ok(())
}
