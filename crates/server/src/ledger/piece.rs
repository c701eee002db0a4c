//! Who may have which piece of a file, and who may give it. A piece is handed out in a log only after the device that named
//! it there has given its bytes: to know a name is not to have the file.

use std::{collections::HashSet, path::Path};

use domain::{Actor, Content, Deed, Device, Digest, Id, Kind, Value, authorize};
use rusqlite::{TransactionBehavior, params};
use sync::{Change, Entry};

use super::{
    LedgerError, Sqlite,
    rights::{known, log_in},
};
use crate::pieces::Pieces;

/// The table's text; a ledger that was made before it takes it when it is opened.
pub(super) const SQL: &str = include_str!("piece.sql");

/// What a device may do with a piece.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// It may have it: it reads a log in which the piece was given.
    pub take: bool,
    /// It named it itself, and has not given it yet.
    pub owes: bool,
    /// Bytes of the piece, as it was named where this device may know.
    pub size: u32,
}

impl Sqlite {
    /// Notes the files that an accepted entry names, in the log `no`, and has those destroyed whose record it wipes.
    pub(super) fn name_pieces(&mut self, no: i64, entry: &Entry) -> Result<(), LedgerError> {
        for change in entry.changes.iter().filter(|change| wipes(change)) {
            self.db
                .prepare_cached("INSERT OR IGNORE INTO wiped (record) VALUES (?1)")?
                .execute([change.id.as_bytes()])?;
            self.wiped = true;
        }
        for (change, content) in entry.changes.iter().filter_map(names) {
            if self.is_wiped(change.id)? {
                continue;
            }
            let sql = "INSERT OR IGNORE INTO piece (hash, log, device, size) VALUES (?1, ?2, ?3, ?4)";
            let mut add = self.db.prepare_cached(sql)?;
            for (at, hash) in content.pieces.iter().enumerate() {
                add.execute(params![hash, no, entry.device.uuid().as_bytes(), content.length(at) as i64])?;
            }
        }
        if entry.changes.iter().any(wipes) { self.forget_pieces(no) } else { Ok(()) }
    }

    fn is_wiped(&self, record: uuid::Uuid) -> Result<bool, LedgerError> {
        let mut found = self.db.prepare_cached("SELECT EXISTS (SELECT 1 FROM wiped WHERE record = ?1)")?;
        Ok(found.query_row([record.as_bytes()], |row| row.get(0))?)
    }

    /// Forgets every piece of a log that only wiped records name there. Once in a long while: its entries are read for it.
    fn forget_pieces(&self, no: i64) -> Result<(), LedgerError> {
        let (mut stand, mut fall) = (HashSet::new(), HashSet::new());
        let mut found = self.db.prepare_cached("SELECT bytes FROM entry WHERE log = ?1")?;
        let mut rows = found.query([no])?;
        while let Some(row) = rows.next()? {
            let entry = Entry::read(&row.get::<_, Vec<u8>>(0)?, self.tables());
            let entry = entry.map_err(|_| LedgerError::Damaged("an entry"))?;
            for (change, content) in entry.changes.iter().filter_map(names) {
                let of = if self.is_wiped(change.id)? { &mut fall } else { &mut stand };
                of.extend(content.pieces);
            }
        }
        let mut forget = self.db.prepare_cached("DELETE FROM piece WHERE hash = ?1 AND log = ?2")?;
        for piece in fall.difference(&stand) {
            forget.execute(params![piece, no])?;
            self.let_fall(piece)?;
        }
        Ok(())
    }

    fn let_fall(&self, piece: &Digest) -> Result<(), LedgerError> {
        self.db.prepare_cached("INSERT OR IGNORE INTO falling (hash) VALUES (?1)")?.execute([piece])?;
        Ok(())
    }

    /// Has a piece destroyed that came, and that nobody names any more: it was wiped on its way.
    pub fn let_fall_unnamed(&mut self, piece: &Digest) -> Result<(), LedgerError> {
        let mut found = self.db.prepare_cached("SELECT EXISTS (SELECT 1 FROM piece WHERE hash = ?1)")?;
        if !found.query_row([piece], |row| row.get::<_, bool>(0))? {
            self.let_fall(piece)?;
            self.wiped = true;
        }
        Ok(())
    }

    /// Destroys the bytes of the pieces that were forgotten, but for those that somebody names, here or again. One that cannot
    /// be is left for the next time.
    pub(super) fn sweep(&mut self) -> Result<(), LedgerError> {
        let Some(folder) = self.db.path().and_then(|file| Path::new(file).parent()).map(Pieces::beside) else {
            return Ok(());
        };
        // Nobody names one meanwhile.
        let sweeping = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let falling: Vec<Digest> = {
            let sql = "SELECT hash FROM falling WHERE hash NOT IN (SELECT hash FROM piece)";
            let mut found = sweeping.prepare_cached(sql)?;
            found.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        for piece in &falling {
            match folder.destroy(piece) {
                Ok(()) => drop(sweeping.execute("DELETE FROM falling WHERE hash = ?1", [piece])?),
                Err(error) => tracing::error!(%error, "a piece cannot be destroyed"),
            }
        }
        sweeping.execute("DELETE FROM falling WHERE hash IN (SELECT hash FROM piece)", [])?;
        Ok(sweeping.commit()?)
    }

    /// What a device, and the person who holds it, may do with a piece. Where it may nothing, the piece sounds as if it
    /// were not there.
    pub fn standing(&self, device: Id<Device>, actor: &Actor, piece: &Digest) -> Result<Standing, LedgerError> {
        let sql = "SELECT log.unit, log.audience, log.member, piece.device, piece.size, piece.given
                   FROM piece JOIN log ON log.no = piece.log WHERE piece.hash = ?1";
        let mut found = self.db.prepare_cached(sql)?;
        let mut rows = found.query([piece])?;
        let mut standing = Standing::default();
        while let Some(row) = rows.next()? {
            let (by, size, given): ([u8; 16], u32, bool) = (row.get(3)?, row.get(4)?, row.get(5)?);
            let own = by == *device.uuid().as_bytes();
            let take = given && authorize(actor, Deed::Read, &log_in(row, 0)?, self.register()).is_ok();
            standing.take |= take;
            standing.owes |= own && !given;
            if own || take {
                standing.size = standing.size.max(size);
            }
        }
        Ok(standing)
    }

    /// Notes that a device has given a piece, wherever it named it.
    pub fn given(&mut self, device: Id<Device>, piece: &Digest) -> Result<(), LedgerError> {
        let sql = "UPDATE piece SET given = 1 WHERE hash = ?1 AND device = ?2";
        self.db.prepare_cached(sql)?.execute(params![piece, device.uuid().as_bytes()])?;
        Ok(())
    }

    /// Every piece that was given.
    pub(super) fn all_given(&self) -> Result<Vec<Digest>, LedgerError> {
        let mut found = self.db.prepare_cached("SELECT DISTINCT hash FROM piece WHERE given = 1")?;
        Ok(found.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}

/// Whether a change has its record's files destroyed.
fn wipes(change: &Change) -> bool {
    known(change).is_some_and(|(_, field)| field.wipes) && change.value != Value::Nothing
}

/// The file that a change names.
fn names(change: &Change) -> Option<(&Change, Content)> {
    let (Some((_, field)), Value::Text(name)) = (known(change), &change.value) else { return None };
    let content = (field.kind == Kind::Content).then(|| name.parse().ok()).flatten()?;
    Some((change, content))
}
