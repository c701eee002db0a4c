//! Who may have which piece of a file, and who may give it. A piece is handed out in a log only after the device that named
//! it there has given its bytes: to know a name is not to have the file.

use domain::{Actor, Content, Deed, Device, Digest, Id, Kind, Value, authorize};
use rusqlite::params;
use sync::Entry;

use super::{
    LedgerError, Sqlite,
    rights::{known, log_in},
};

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
    /// Notes the files that an accepted entry names, in the log `no`.
    pub(super) fn name_pieces(&mut self, no: i64, entry: &Entry) -> Result<(), LedgerError> {
        for change in &entry.changes {
            let (Some((_, field)), Value::Text(name)) = (known(change), &change.value) else { continue };
            let Some(content) = (field.kind == Kind::Content).then(|| name.parse::<Content>().ok()).flatten() else {
                continue;
            };
            let sql = "INSERT OR IGNORE INTO piece (hash, log, device, size) VALUES (?1, ?2, ?3, ?4)";
            let mut add = self.db.prepare_cached(sql)?;
            for (at, hash) in content.pieces.iter().enumerate() {
                add.execute(params![hash, no, entry.device.uuid().as_bytes(), content.length(at) as i64])?;
            }
        }
        Ok(())
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
