//! The exchange: one question and one answer carry everything. What is said stands here; how the server comes to its
//! answer stands in `answer.rs`, and how the bytes travel is nobody's business here.

use std::collections::BTreeMap;

use domain::{Id, Log, Unit};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Chain, wire::few};

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
    /// [`Reply::word`] of the last answer, from a device that says nothing: where that still is the server's word, the
    /// server need not give it again.
    #[serde(deserialize_with = "late")]
    pub known: Option<[u8; 16]>,
}

/// What an older app does not say, at the end of a message.
fn late<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Ok(Option::deserialize(from).unwrap_or(None))
}

impl Ask {
    /// Whether `reply` says nothing at all: that the word known here still stands.
    pub fn is_answered_by_silence(&self, reply: &Reply) -> bool {
        self.known.is_some() && reply.parts.is_empty() && reply.is_quiet()
    }

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
            known: None,
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
    /// A short name for all that the server gives its word for; none in the middle of an answer.
    pub fn word(&self) -> Option<[u8; 16]> {
        let mut parts: Vec<&Part> = self.parts.iter().collect();
        parts.sort_unstable_by_key(|part| part.cursor.stream);
        let mut digest = Sha256::new_with_prefix(self.epoch.to_be_bytes());
        for part in parts {
            if part.signature.is_empty() {
                return None;
            }
            digest.update(part.cursor.stream.uuid());
            digest.update(part.cursor.seq.to_be_bytes());
            digest.update(&part.signature);
        }
        digest.finalize().first_chunk().copied().filter(|_| !self.more)
    }

    /// Whether it says nothing but the server's word.
    pub(crate) fn is_quiet(&self) -> bool {
        let spoken = |part: &Part| !part.entries.is_empty() || part.chains.is_some();
        let Self { verdicts, parts, backfill, filled, scope, more, .. } = self;
        verdicts.is_empty()
            && backfill.is_empty()
            && filled.is_empty()
            && scope.is_none()
            && !more
            && !parts.iter().any(spoken)
    }

    /// Bytes of entries in it.
    pub fn size(&self) -> usize {
        let entries = self.parts.iter().flat_map(|part| &part.entries).chain(&self.backfill);
        entries.map(|entry| entry.bytes.len()).sum()
    }

    /// The same in parts of about `most` bytes of entries, each an answer by itself: what came of it before a line broke
    /// is kept. The heads are signed where the streams end, in the last.
    pub fn in_parts(mut self, most: usize) -> Vec<Reply> {
        // What fetches a log from its start, or spells chains out, is followed by a question of the device's own.
        let fetched = !self.backfill.is_empty() || !self.filled.is_empty();
        if self.size() <= most || fetched || self.parts.iter().any(|part| part.chains.is_some()) {
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

impl Refusal {
    /// What a person is told: a key of `aside` in the text catalogue.
    pub fn key(self) -> String {
        format!("{self:?}").to_lowercase()
    }
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
