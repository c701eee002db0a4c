//! The exchange: one question and one answer carry everything. The server's end is here, over a [`Ledger`]
//! that keeps what it decides; how the bytes travel is not.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Id, Log, Unit};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Broken, Chain, Entry, Hash, Head, hash_of, wire::few};

/// The protocol spoken here.
pub const PROTO: u16 = 1;
/// No message says more entries: one that is not a byte long costs as much to judge as any other.
pub(crate) const MOST_ENTRIES: usize = 65_536;

/// What a device says and asks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// [`PROTO`] of the asker.
    pub proto: u16,
    /// The epoch of the server it last spoke to; 0 if none.
    pub epoch: u64,
    /// How far it has followed each stream.
    pub cursors: Vec<Cursor>,
    /// [`scope_of`] the logs it holds.
    pub scope: u64,
    /// Logs it may read since lately, to be taken from their start.
    pub backfill: Vec<Backfill>,
    /// Whether the chains are to be spelled out: a log that is not yet whole cannot be followed.
    pub spell: bool,
    /// Entries, verbatim.
    #[serde(deserialize_with = "few::<MOST_ENTRIES, _, _>")]
    pub entries: Vec<Vec<u8>>,
    /// How many bytes of entries it would take in one answer.
    pub room: u32,
}

impl Ask {
    /// The question that the next part of an answer is the answer to, once this part is taken; none where the device
    /// must speak first.
    pub fn then(&self, reply: &Reply) -> Option<Ask> {
        let restored = self.epoch != 0 && self.epoch != reply.epoch;
        let backwards = !self.cursors.is_empty() && reply.scope.is_some() || !self.backfill.is_empty();
        if !reply.more || restored || backwards || self.spell {
            return None;
        }
        let mut cursors: BTreeMap<Uuid, u64> = self.cursors.iter().map(|c| (c.stream.uuid(), c.seq)).collect();
        for part in &reply.parts {
            let seq = cursors.entry(part.cursor.stream.uuid()).or_default();
            *seq = part.cursor.seq.max(*seq);
        }
        Some(Ask {
            epoch: reply.epoch,
            cursors: cursors.into_iter().map(|(stream, seq)| Cursor { stream: Id::new(stream), seq }).collect(),
            scope: reply.scope.as_ref().map_or(self.scope, |logs| scope_of(logs.iter().map(Log::id))),
            entries: Vec::new(),
            ..self.clone()
        })
    }
}

/// A place in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The commune or province whose entries are numbered together.
    pub stream: Id<Unit>,
    /// The number of the last entry heard.
    pub seq: u64,
}

/// Part of a log to be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backfill {
    /// Which log.
    pub log: Uuid,
    /// After this number …
    pub after: u64,
    /// … up to and including this one.
    pub upto: u64,
}

/// What the server answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// Drawn anew when the server is restored from an older copy.
    pub epoch: u64,
    /// The server's clock, milliseconds since 1970.
    pub now: u64,
    /// One for each entry sent, in order.
    pub verdicts: Vec<Verdict>,
    /// What is new in each stream, and the server's word for all that stands in it, new or not.
    pub parts: Vec<Part>,
    /// Entries of logs fetched from their start.
    pub backfill: Vec<Carried>,
    /// Backfills that are now complete.
    pub filled: Vec<Uuid>,
    /// All logs the device may read, where that differs from what it holds.
    pub scope: Option<Vec<Log>>,
    /// Whether there is more to fetch.
    pub more: bool,
    /// Bytes of entries still to come, about.
    pub left: u64,
}

impl Reply {
    /// Bytes of entries in it.
    pub fn size(&self) -> usize {
        self.parts.iter().flat_map(|part| &part.entries).map(|entry| entry.bytes.len()).sum()
    }

    /// The same in parts of about `most` bytes of entries, each an answer by itself: what came of it before a line broke
    /// is kept. The heads are signed where the streams end, in the last.
    pub fn in_parts(mut self, most: usize) -> Vec<Reply> {
        if self.size() <= most || !self.backfill.is_empty() || self.parts.iter().any(|part| part.chains.is_some()) {
            return vec![self];
        }
        let mut left = self.left + self.size() as u64;
        let mut replies: Vec<Reply> = Vec::new();
        for part in &mut self.parts {
            let mut entries = std::mem::take(&mut part.entries).into_iter().peekable();
            while entries.peek().is_some() {
                let (mut size, mut some) = (0, Vec::new());
                while let Some(entry) = entries.next_if(|entry| some.is_empty() || size + entry.bytes.len() <= most) {
                    size += entry.bytes.len();
                    some.push(entry);
                }
                left = left.saturating_sub(size as u64);
                let cursor = Cursor { seq: some.last().map_or(0, |entry| entry.seq), ..part.cursor };
                let (verdicts, scope) = (std::mem::take(&mut self.verdicts), self.scope.take());
                let part = Part { cursor, entries: some, signature: Vec::new(), chains: None };
                let (backfill, filled) = (Vec::new(), Vec::new());
                let (epoch, now) = (self.epoch, self.now);
                let parts = vec![part];
                replies.push(Reply { epoch, now, verdicts, parts, backfill, filled, scope, more: true, left });
            }
        }
        replies.push(self);
        replies
    }

    /// This answer and the one that follows it, as the one answer they would have been to an asker with more room.
    pub fn and(mut self, next: Reply) -> Reply {
        for part in next.parts {
            match self.parts.iter_mut().find(|known| known.cursor.stream == part.cursor.stream) {
                Some(known) => {
                    let mut entries = std::mem::take(&mut known.entries);
                    entries.extend(part.entries);
                    *known = Part { entries, ..part };
                }
                None => self.parts.push(part),
            }
        }
        self.scope = next.scope.or(self.scope);
        Reply { epoch: next.epoch, now: next.now, more: next.more, left: next.left, ..self }
    }
}

/// What is new in one stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Where the device now stands.
    pub cursor: Cursor,
    /// Entries by others, in order.
    pub entries: Vec<Carried>,
    /// The server's signature on the [`Head`] of every log of the stream that the device may read; none in the middle of
    /// an answer that comes in parts.
    pub signature: Vec<u8>,
    /// The chains it was made on, where asked for or where rights have changed.
    pub chains: Option<Vec<(Uuid, Chain)>>,
}

/// An entry as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Its number in its stream.
    pub seq: u64,
    /// When the server received it, milliseconds since 1970.
    pub received: u64,
    /// Verbatim.
    pub bytes: Vec<u8>,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It is in the log, on disk.
    Accepted {
        /// Its number in its stream.
        seq: u64,
        /// When it was received.
        received: u64,
    },
    /// It was there before.
    Duplicate {
        /// Its number in its stream.
        seq: u64,
        /// When it was received.
        received: u64,
    },
    /// It is kept aside where the office sees it.
    Quarantined {
        /// Why.
        code: Refusal,
    },
    /// An earlier entry of this device in this log is missing.
    Gap {
        /// The number expected.
        expect: u64,
    },
    /// It is not kept.
    Rejected {
        /// Why.
        code: Refusal,
    },
}

/// Why an entry was not taken into its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Not an entry.
    Unreadable,
    /// Written by a newer app than this server.
    Newer,
    /// Not signed by the device it names.
    Signature,
    /// The device is not known.
    Device,
    /// Its author may not write this.
    NotAllowed,
    /// The same number was used for other words: a copied device.
    Forked,
}

/// A short name for a set of logs.
pub fn scope_of(logs: impl IntoIterator<Item = Uuid>) -> u64 {
    let mut ids: Vec<Uuid> = logs.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut digest = Sha256::new();
    ids.iter().for_each(|id| digest.update(id.as_bytes()));
    digest.finalize().iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

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
    /// Whether a number below the one expected was used by this device in this log.
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
    fn quarantine(&mut self, entry: &Entry, hash: &Hash, bytes: &[u8], code: Refusal) -> Result<(), Self::Error>;
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
        // What cannot be kept must not stop what stands beside it: its author offers it again after an update.
        let verdict = ledger.apart(|ledger| judge(ledger, bytes))?;
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
        if room == 0 && seq < last.seq {
            reply.more = true;
            continue;
        }
        let from = Cursor { seq, ..last };
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
    for part in &ask.backfill {
        if !ids.contains(&part.log) {
            continue;
        }
        if room == 0 {
            reply.more = true;
            break;
        }
        let (entries, all) = ledger.range(part, room)?;
        room = room.saturating_sub(entries.iter().map(|entry| entry.bytes.len()).sum());
        reply.backfill.extend(entries);
        if !all {
            reply.more = true;
            break;
        }
        reply.filled.push(part.log);
    }
    Ok(reply)
}

fn judge<L: Ledger>(ledger: &mut L, bytes: &[u8]) -> Result<Verdict, L::Error> {
    let hash = hash_of(bytes);
    if let Some((seq, received)) = ledger.find(&hash)? {
        return Ok(Verdict::Duplicate { seq, received });
    }
    if let Some(code) = ledger.aside(&hash)? {
        return Ok(Verdict::Quarantined { code });
    }
    let rejected = |code| Ok(Verdict::Rejected { code });
    let entry = match Entry::read(bytes, ledger.tables()) {
        Ok(entry) => entry,
        Err(Broken::Newer) => return rejected(Refusal::Newer),
        Err(_) => return rejected(Refusal::Unreadable),
    };
    let Some(key) = ledger.key(entry.device) else {
        return rejected(Refusal::Device);
    };
    if Entry::verify(bytes, &key).is_err() {
        return rejected(Refusal::Signature);
    }
    let expect = ledger.expect(&entry.log, entry.device)?;
    if entry.number > expect {
        return Ok(Verdict::Gap { expect });
    }
    let code = if entry.number < expect && ledger.used(&entry.log, entry.device, entry.number)? {
        Refusal::Forked
    } else if !ledger.authorize(&entry)? {
        Refusal::NotAllowed
    } else {
        let (seq, received) = ledger.append(&entry, &hash, bytes)?;
        return Ok(Verdict::Accepted { seq, received });
    };
    ledger.quarantine(&entry, &hash, bytes, code)?;
    Ok(Verdict::Quarantined { code })
}
