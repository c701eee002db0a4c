//! What the server said of each entry it was sent.

use domain::Table;
use rusqlite::{OptionalExtension, Transaction, params};
use sync::{Verdict, hash_of};
use uuid::Uuid;

use super::{Again, IN_LOG, REFUSED, SET_ASIDE, WAITS, reader::moved};
use crate::Result;

/// What a verdict came to.
pub(super) struct Noted {
    /// Whether the server heard something that it had not settled before.
    pub heard: bool,
    /// The unit of a log that lacks entries which the server acknowledged.
    pub forgotten: Option<Uuid>,
}

/// Notes what became of one entry.
pub(super) fn note(
    tx: &Transaction<'_>,
    tables: &[Table],
    bytes: &[u8],
    verdict: &Verdict,
    again: &mut Again,
) -> Result<Noted> {
    let mut noted = Noted { heard: true, forgotten: None };
    type Kept = (i64, i64, i64, Option<i64>, [u8; 16]);
    let kept: Option<Kept> = tx
        .prepare_cached("SELECT no, log, state, received, device FROM entry WHERE hash = ?1")?
        .query_row([hash_of(bytes)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .optional()?;
    // It was purged with its log.
    let Some((no, log, state, before, author)) = kept else { return Ok(Noted { heard: false, ..noted }) };
    let set = |state: i64, why: Option<String>| {
        tx.execute("UPDATE entry SET state = ?2, why = ?3 WHERE no = ?1", params![no, state, why])
    };
    match verdict {
        Verdict::Accepted { seq, received } | Verdict::Duplicate { seq, received } => {
            tx.execute(
                "UPDATE entry SET state = ?2, seq = ?3, received = ?4, why = NULL WHERE no = ?1",
                params![no, IN_LOG, *seq as i64, *received as i64],
            )?;
            again.all |= state == SET_ASIDE;
            if moved(bytes, tables, before, *received) {
                again.logs.insert(log);
            }
        }
        // What does not stand in the log does not stand here: the author must see what all others see.
        Verdict::Quarantined { code } => {
            set(SET_ASIDE, Some(code.key()))?;
            again.all |= state != SET_ASIDE;
        }
        Verdict::Rejected { code } => {
            set(REFUSED, Some(code.key()))?;
            noted.heard = false;
        }
        // Numbers are each author's own: what others wrote is handed back too, and says nothing of this device's.
        Verdict::Gap { expect } => {
            let unit: Option<[u8; 16]> = tx
                .query_row(
                    "SELECT unit FROM log WHERE no = ?1 AND EXISTS (SELECT 1 FROM entry WHERE log = ?1
                     AND device = ?2 AND number >= ?3 AND state = 1 AND seq IS NOT NULL)",
                    params![log, author, *expect as i64],
                    |row| row.get(0),
                )
                .optional()?;
            noted.forgotten = unit.map(Uuid::from_bytes);
            let reopen = |state: i64| {
                tx.execute(
                    "UPDATE entry SET state = ?1, seq = NULL
                     WHERE log = ?2 AND device = ?3 AND number >= ?4 AND state = ?5",
                    params![WAITS, log, author, *expect as i64, state],
                )
            };
            let aside = reopen(SET_ASIDE)?;
            let opened = reopen(IN_LOG)? + aside;
            again.all |= aside > 0;
            noted.heard = opened > 0;
            if opened == 0 {
                // It waits for one before it that was refused.
                set(REFUSED, None)?;
            }
        }
    }
    Ok(noted)
}
