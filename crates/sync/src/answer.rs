//! The server's end of the exchange, over a [`Ledger`] that keeps what it decides.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Id, Log, Unit};
use ed25519_dalek::SigningKey;
use uuid::Uuid;

use crate::{
    Ask, Backfill, Broken, Carried, Chain, Cursor, Entry, Hash, Head, Part, Place, Refusal, Reply, Verdict, hash_of,
    scope_of,
};

/// What the server keeps, whichever database it is in. All of one exchange is one transaction.
pub trait Ledger {
    /// What may go wrong below.
    type Error;

    /// The epoch of this ledger.
    fn epoch(&self) -> u64;
    /// The tables this server knows.
    fn tables(&self) -> &[domain::Table];
    /// Where an entry stands, if it is in the log.
    fn find(&mut self, hash: &Hash) -> Result<Option<(u64, u64)>, Self::Error>;
    /// Why an entry is kept aside, if it is: one that is sent again hears the same answer again.
    fn aside(&mut self, hash: &Hash) -> Result<Option<Refusal>, Self::Error>;
    /// The number expected next of a device in a log.
    fn expect(&mut self, log: &Log, device: Id<domain::Device>) -> Result<u64, Self::Error>;
    /// Whether a number was used by this device in this log, for an entry or for one set aside.
    fn used(&mut self, log: &Log, device: Id<domain::Device>, number: u64) -> Result<bool, Self::Error>;
    /// The key of a device that is known, whether it may still write or not.
    fn key(&mut self, device: Id<domain::Device>) -> Option<ed25519_dalek::VerifyingKey>;
    /// Whether the entry's author may make every one of its changes.
    fn authorize(&mut self, entry: &Entry) -> Result<bool, Self::Error>;
    /// Runs `write` so that a failure undoes it alone; nothing where it would fail again however often it is tried.
    fn apart<T>(&mut self, write: impl FnOnce(&mut Self) -> Result<T, Self::Error>) -> Result<Option<T>, Self::Error>;
    /// Gives the entry the next number of its stream and puts it into its log.
    fn append(&mut self, entry: &Entry, hash: &Hash, bytes: &[u8]) -> Result<(u64, u64), Self::Error>;
    /// Keeps the entry aside and counts its number as used.
    fn quarantine(&mut self, place: &Place, hash: &Hash, bytes: &[u8], code: Refusal) -> Result<(), Self::Error>;
    /// The streams that the readable logs are in, and each stream's last number.
    fn streams(&mut self, readable: &[Log]) -> Result<Vec<Cursor>, Self::Error>;
    /// Entries of the readable logs after a cursor, not by `but`, oldest first, up to about `room` bytes;
    /// and where the device then stands.
    fn after(
        &mut self,
        cursor: Cursor,
        readable: &[Log],
        but: Id<domain::Device>,
        room: usize,
    ) -> Result<(Vec<Carried>, u64), Self::Error>;
    /// The chains, at `upto`, of those readable logs that have entries by then.
    fn chains(&mut self, stream: Id<Unit>, upto: u64, readable: &[Log]) -> Result<BTreeMap<Uuid, Chain>, Self::Error>;
    /// Bytes of readable entries after a cursor, not by `but`.
    fn left(&mut self, cursor: Cursor, readable: &[Log], but: Id<domain::Device>) -> Result<u64, Self::Error>;
    /// Entries of one log in a range, up to about `room` bytes; and whether that was all.
    fn range(&mut self, part: &Backfill, room: usize) -> Result<(Vec<Carried>, bool), Self::Error>;
    /// Bytes of the entries of one log in a range.
    fn left_in(&mut self, part: &Backfill) -> Result<u64, Self::Error>;
}

/// Answers `ask` of `device`, whose person may read `readable` before and after.
pub fn answer<L: Ledger>(
    ledger: &mut L,
    key: &SigningKey,
    device: Id<domain::Device>,
    ask: Ask,
    now: u64,
    readable: impl Fn(&mut L) -> Result<Vec<Log>, L::Error>,
) -> Result<Reply, L::Error> {
    let mut verdicts = Vec::with_capacity(ask.entries.len());
    for bytes in &ask.entries {
        // What cannot be kept must stop neither what stands beside it nor what its author says next.
        let verdict = match ledger.apart(|ledger| judge(ledger, device, bytes, true))? {
            None => ledger.apart(|ledger| judge(ledger, device, bytes, false))?,
            judged => judged,
        };
        verdicts.push(verdict.unwrap_or(Verdict::Rejected { code: Refusal::Unreadable }));
    }
    let readable = readable(ledger)?;
    let mut reply = Reply {
        epoch: ledger.epoch(),
        now,
        verdicts,
        parts: Vec::new(),
        backfill: Vec::new(),
        filled: Vec::new(),
        scope: None,
        more: false,
        left: 0,
    };
    let ids: BTreeSet<Uuid> = readable.iter().map(Log::id).collect();
    if scope_of(ids.iter().copied()) != ask.scope {
        reply.scope = Some(readable.clone());
    }
    let mut room = ask.room as usize;
    for last in ledger.streams(&readable)? {
        let seq = ask.cursors.iter().find(|c| c.stream == last.stream).map_or(0, |c| c.seq);
        if seq > last.seq {
            // The device has heard more than is here: said under our own hand, it is the proof that something was lost.
            let head = Head { epoch: reply.epoch, stream: last.stream, seq: last.seq, logs: Vec::new() };
            reply.parts.push(Part { cursor: last, entries: Vec::new(), signature: head.sign(key), chains: None });
            continue;
        }
        let from = Cursor { seq, ..last };
        if room == 0 && seq < last.seq {
            reply.more = true;
            reply.left += ledger.left(from, &readable, device)?;
            continue;
        }
        let (entries, upto) = ledger.after(from, &readable, device, room)?;
        room = room.saturating_sub(entries.iter().map(|entry| entry.bytes.len()).sum());
        let cursor = Cursor { seq: upto, ..last };
        if upto < last.seq {
            reply.more = true;
            reply.left += ledger.left(cursor, &readable, device)?;
        }
        let spelled = ask.spell || seq > 0 && reply.scope.is_some();
        let logs = ledger.chains(last.stream, upto, &readable)?.into_iter().collect();
        let head = Head { epoch: reply.epoch, stream: last.stream, seq: upto, logs };
        let signature = head.sign(key);
        reply.parts.push(Part { cursor, entries, signature, chains: spelled.then_some(head.logs) });
    }
    for part in ask.backfill.iter().filter(|part| ids.contains(&part.log)) {
        let mut rest = *part;
        if room > 0 {
            let (entries, all) = ledger.range(part, room)?;
            room = room.saturating_sub(entries.iter().map(|entry| entry.bytes.len()).sum());
            rest.after = entries.last().map_or(part.after, |entry| entry.seq);
            reply.backfill.extend(entries);
            if all {
                reply.filled.push(part.log);
                continue;
            }
            room = 0;
        }
        reply.more = true;
        reply.left += ledger.left_in(&rest)?;
    }
    if ask.known.is_some() && ask.known == reply.word() && reply.is_quiet() {
        reply.parts.clear();
    }
    Ok(reply)
}

/// What becomes of an entry that `bearer` brings; one that cannot be kept in its log is set aside where it stands.
fn judge<L: Ledger>(
    ledger: &mut L,
    bearer: Id<domain::Device>,
    bytes: &[u8],
    can_keep: bool,
) -> Result<Verdict, L::Error> {
    let hash = hash_of(bytes);
    if let Some((seq, received)) = ledger.find(&hash)? {
        return Ok(Verdict::Duplicate { seq, received });
    }
    if let Some(code) = ledger.aside(&hash)? {
        return Ok(Verdict::Quarantined { code });
    }
    let rejected = |code| Ok(Verdict::Rejected { code });
    let entry = match Entry::read(bytes, ledger.tables()) {
        Err(Broken::Newer) => return rejected(Refusal::Newer),
        read => read.ok(),
    };
    let Ok(place @ (log, device, number)) = Entry::place(bytes) else {
        return rejected(Refusal::Unreadable);
    };
    let Some(key) = ledger.key(device) else {
        return rejected(Refusal::Device);
    };
    if Entry::verify(bytes, &key).is_err() {
        return rejected(Refusal::Signature);
    }
    let expect = ledger.expect(&log, device)?;
    // Its author has all its words and says them in order. Whoever hands on another's may not have those before it, and
    // nobody may have them any more: one that was set aside is known to its author alone.
    if number > expect && device == bearer {
        return Ok(Verdict::Gap { expect });
    }
    let code = match entry.filter(|_| can_keep) {
        _ if number < expect && ledger.used(&log, device, number)? => Refusal::Forked,
        None => Refusal::Unreadable,
        Some(entry) if !ledger.authorize(&entry)? => Refusal::NotAllowed,
        Some(entry) => {
            let (seq, received) = ledger.append(&entry, &hash, bytes)?;
            return Ok(Verdict::Accepted { seq, received });
        }
    };
    ledger.quarantine(&place, &hash, bytes, code)?;
    Ok(Verdict::Quarantined { code })
}
