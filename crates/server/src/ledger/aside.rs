//! The quarantine. Whoever keeps the machine sees what was set aside and why, not what it says; those who may write the
//! records concerned are given the entries themselves, to decide. Nothing ever leaves it.

use std::{collections::BTreeSet, rc::Rc};

use domain::{Actor, Audience, Deed, Device, Id, Log, Role, authorize, standing};
use rusqlite::{params, types::Value};
use serde::Serialize;
use sync::{Asides, Entry};

use super::{LedgerError, REFUSALS, Sqlite, rights::known};

/// Bytes of entries in one answer: what somebody piles up there is fetched a part at a time.
const ROOM: usize = 512 * 1024;

/// One entry that was set aside.
#[derive(Debug, Clone, Serialize)]
pub struct Aside {
    /// Its number in the quarantine.
    pub no: i64,
    /// When it came, milliseconds since 1970.
    pub at: u64,
    /// Why it may not stand.
    pub code: String,
    /// The device that signed it.
    pub device: Id<Device>,
    /// Its number among the device's entries in that log.
    pub number: u64,
    /// The log it was meant for.
    pub log: Option<Log>,
    /// What it touches, as `table.field`.
    pub touches: BTreeSet<String>,
}

impl Sqlite {
    /// Every entry that was set aside, oldest first.
    pub fn quarantined(&self) -> Result<Vec<Aside>, LedgerError> {
        let sql = "SELECT no, at, code, device, number, bytes FROM quarantine ORDER BY no";
        let mut found = self.db.prepare_cached(sql)?;
        let rows = found.query_map([], |row| {
            let bytes = row.get_ref(5)?.as_blob().unwrap_or_default();
            let entry = Entry::read(bytes, domain::TABLES).ok();
            let touched = entry.iter().flat_map(|entry| &entry.changes);
            Ok(Aside {
                no: row.get(0)?,
                at: row.get::<_, i64>(1)?.cast_unsigned(),
                code: row.get(2)?,
                device: Id::new(uuid::Uuid::from_bytes(row.get(3)?)),
                number: row.get::<_, i64>(4)?.cast_unsigned(),
                touches: touched.map(|change| format!("{}.{}", change.table, change.field)).collect(),
                log: Entry::place(bytes).ok().map(|(log, ..)| log),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was set aside after number `after`, of records that the asker may write, oldest first. An entry that is
    /// somebody else's affair sounds like one that is not there.
    pub fn aside_for(&mut self, actor: &Actor, after: u64) -> Result<Asides, LedgerError> {
        let logs = self.led_by(actor)?;
        let logs: Rc<Vec<Value>> = Rc::new(logs.iter().map(|log| Value::Blob(log.id().as_bytes().to_vec())).collect());
        // A number past what SQLite holds is after everything.
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let sql = "SELECT no, at, code, bytes FROM quarantine WHERE log IN rarray(?1) AND no > ?2 ORDER BY no";
        let mut found = self.db.prepare_cached(sql)?;
        let mut rows = found.query(params![logs, after])?;
        let (mut asides, mut size) = (Asides::default(), 0);
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get(3)?;
            let word: String = row.get(2)?;
            let code = REFUSALS.iter().find(|(_, known)| *known == word).map(|(code, _)| *code);
            // One that cannot be read hides none that can.
            let (Ok(entry), Some(code)) = (Entry::read(&bytes, domain::TABLES), code) else { continue };
            if !self.may_write_some(actor, &entry) {
                continue;
            }
            size += bytes.len();
            if size > ROOM && !asides.entries.is_empty() {
                asides.more = true;
                break;
            }
            let [no, at] = [row.get::<_, i64>(0)?, row.get::<_, i64>(1)?].map(i64::cast_unsigned);
            asides.entries.push(sync::Aside { no, at, code, bytes });
        }
        Ok(asides)
    }

    /// The logs, begun or not, of units where a person is more than a plain member: one who leads nobody decides
    /// nothing, although some record is their own.
    fn led_by(&mut self, actor: &Actor) -> Result<Vec<Log>, LedgerError> {
        let mut logs = self.readable(actor)?;
        for unit in self.reach(actor) {
            let audiences = Audience::ALL.into_iter().filter(|audience| !audience.is_personal());
            logs.extend(audiences.map(|audience| Log::of(unit, audience)));
        }
        logs.retain(|log| standing(actor, log.unit, &self.register).iter().any(|role| *role != Role::Member));
        Ok(logs)
    }

    /// Whether a person reads the entry's log and may make one of its changes: what else is in it may be of a newer app,
    /// or nobody's to write.
    fn may_write_some(&self, actor: &Actor, entry: &Entry) -> bool {
        authorize(actor, Deed::Read, &entry.log, &self.register).is_ok()
            && entry.changes.iter().any(|change| {
                known(change).is_some_and(|(table, field)| {
                    let deed = Deed::Edit(table, change.id, field, &change.value);
                    authorize(actor, deed, &entry.log, &self.register).is_ok()
                })
            })
    }
}
