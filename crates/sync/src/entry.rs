//! What travels: a batch of changes by one device in one log, signed once, its bytes kept verbatim for ever.

use std::collections::BTreeMap;

use domain::{Content, Device, Id, Log, Table, Value};
use ed25519_dalek::{SIGNATURE_LENGTH, Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Stamp;

/// SHA-256 of an entry's verbatim bytes.
pub type Hash = [u8; 32];

/// No entry is longer than this, in bytes.
pub const LONGEST_ENTRY: usize = 64 * 1024;

/// No table or field has a longer name, in bytes: each change is read with its own copy.
const LONGEST_NAME: usize = 64;
/// Nobody writes over more changes at once: each is looked for among those that a field remembers.
const MOST_SEEN: usize = 1000;
const FORMAT: u8 = 1;
const CONTEXT: &[u8] = b"sotay entry 1\0";

/// One person set one field of one record, having seen what stood there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Which kind of record.
    pub table: String,
    /// Which record.
    pub id: Uuid,
    /// Which field.
    pub field: String,
    /// What it was set to.
    pub value: Value,
    /// When.
    pub stamp: Stamp,
    /// The changes its author was looking at and wrote over; kept for fields that ask.
    pub seen: Vec<Stamp>,
}

/// A decoded entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it belongs.
    pub log: Log,
    /// Who wrote it.
    pub device: Id<Device>,
    /// Its number among the device's entries in this log, from 1.
    pub number: u64,
    /// What it says.
    pub changes: Vec<Change>,
}

/// An entry ready to travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The verbatim bytes, signature included.
    pub bytes: Vec<u8>,
    /// Their hash.
    pub hash: Hash,
}

/// Why bytes are not an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Not what any version wrote, or cut off.
    #[error("these bytes are no entry")]
    Bytes,
    /// Written by a newer version; it waits in the journal.
    #[error("entry of a newer format")]
    Newer,
    /// The signature is not the device's.
    #[error("the signature does not fit")]
    Signature,
    /// Over [`LONGEST_ENTRY`].
    #[error("entry too long")]
    TooLong,
}

/// Where an entry belongs, who wrote it, and its number there.
pub type Place = (Log, Id<Device>, u64);

#[derive(Serialize, Deserialize)]
struct Body {
    // The three of [`Place`], first in every format.
    log: Log,
    device: Id<Device>,
    number: u64,
    /// The tick that the others are counted from.
    from: u64,
    /// Names of tables and fields, each written once.
    names: Vec<String>,
    touched: Vec<Touched>,
}

/// One record touched at one moment.
#[derive(Serialize, Deserialize)]
struct Touched {
    table: u16,
    /// None where it follows from values written beside it.
    id: Option<Uuid>,
    tick: u64,
    set: Vec<(u16, Value, Vec<Stamp>)>,
}

/// The id of the device that holds `key`.
pub fn device_of(key: &VerifyingKey) -> Id<Device> {
    let digest = Sha256::digest(key.as_bytes());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    Id::new(Uuid::from_bytes(bytes))
}

/// The name of a file by its bytes; none where it is empty or longer than files may be.
pub fn content(bytes: &[u8]) -> Option<Content> {
    let pieces: Vec<Hash> = bytes.chunks(Content::PIECE).map(hash_of).collect();
    let fits = (1..=Content::MOST).contains(&bytes.len());
    fits.then(|| Content { hash: hash_of(bytes), size: bytes.len() as u32, pieces })
}

/// SHA-256 of an entry's bytes.
pub fn hash_of(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Writes and signs an entry of `changes`, all by the holder of `key`.
pub fn seal(key: &SigningKey, log: Log, number: u64, changes: &[Change], tables: &[Table]) -> Result<Sealed, Broken> {
    let device = device_of(&key.verifying_key());
    let from = changes.iter().map(|change| change.stamp.tick).min().unwrap_or_default();
    let mut names = Names::default();
    let mut records: BTreeMap<(&str, Uuid, u64), Vec<&Change>> = BTreeMap::new();
    for change in changes {
        records.entry((&change.table, change.id, change.stamp.tick)).or_default().push(change);
    }
    let touched = records
        .into_iter()
        .map(|((table, id, tick), set)| Touched {
            table: names.at(table),
            id: (follows(tables, table, &set) != Some(id)).then_some(id),
            tick: tick - from,
            set: set.iter().map(|c| (names.at(&c.field), c.value.clone(), looked_at(&c.seen))).collect(),
        })
        .collect();
    if names.0.iter().any(|name| name.len() > LONGEST_NAME) {
        return Err(Broken::TooLong);
    }
    let body = Body { log, device, number, from, names: names.0, touched };
    let mut bytes = postcard::to_extend(&body, vec![FORMAT]).map_err(|_| Broken::Bytes)?;
    let signature = key.sign(&signed(&bytes));
    bytes.extend_from_slice(&signature.to_bytes());
    if bytes.len() > LONGEST_ENTRY {
        return Err(Broken::TooLong);
    }
    Ok(Sealed { hash: hash_of(&bytes), bytes })
}

impl Entry {
    /// Reads an entry. Who wrote it is only claimed until [`Entry::verify`].
    pub fn read(bytes: &[u8], tables: &[Table]) -> Result<Self, Broken> {
        if bytes.len() > LONGEST_ENTRY {
            return Err(Broken::TooLong);
        }
        let (format, rest) = bytes.split_first().ok_or(Broken::Bytes)?;
        if *format != FORMAT {
            return Err(if *format > FORMAT { Broken::Newer } else { Broken::Bytes });
        }
        let length = rest.len().checked_sub(SIGNATURE_LENGTH).ok_or(Broken::Bytes)?;
        let (body, _) = rest.split_at(length);
        let (body, left) = postcard::take_from_bytes::<Body>(body).map_err(|_| Broken::Bytes)?;
        if !left.is_empty() {
            return Err(Broken::Bytes);
        }
        body.entry(tables).ok_or(Broken::Bytes)
    }

    /// Where an entry stands, whatever its format: each begins with the byte that says which it is, and then with this. So
    /// an app that is too old to read an entry still follows its log, and nobody hides a change of the past behind one.
    pub fn place(bytes: &[u8]) -> Result<Place, Broken> {
        if bytes.len() > LONGEST_ENTRY {
            return Err(Broken::TooLong);
        }
        let (format, rest) = bytes.split_first().ok_or(Broken::Bytes)?;
        if *format < FORMAT {
            return Err(Broken::Bytes);
        }
        postcard::take_from_bytes(rest).map(|(place, _)| place).map_err(|_| Broken::Bytes)
    }

    /// Whether the holder of `key` wrote exactly these bytes.
    pub fn verify(bytes: &[u8], key: &VerifyingKey) -> Result<(), Broken> {
        let length = bytes.len().checked_sub(SIGNATURE_LENGTH).ok_or(Broken::Bytes)?;
        let (body, signature) = bytes.split_at(length);
        let signature = Signature::from_slice(signature).map_err(|_| Broken::Signature)?;
        key.verify_strict(&signed(body), &signature).map_err(|_| Broken::Signature)
    }
}

impl Body {
    fn entry(self, tables: &[Table]) -> Option<Entry> {
        if self.names.iter().any(|name| name.len() > LONGEST_NAME) {
            return None;
        }
        let mut changes = Vec::new();
        for touched in self.touched {
            let table = self.names.get(usize::from(touched.table))?;
            let stamp = Stamp { tick: self.from.checked_add(touched.tick)?, ..Stamp::new(0, 0, self.device) };
            let from = changes.len();
            for (name, value, seen) in touched.set {
                let field = self.names.get(usize::from(name))?.clone();
                let id = touched.id.unwrap_or_default();
                if seen.len() > MOST_SEEN {
                    return None;
                }
                changes.push(Change { table: table.clone(), id, field, value, stamp, seen });
            }
            // Of a table that is not known here nothing is read, so its records need no names until an update.
            if touched.id.is_none() && Table::find(tables, table).is_some() {
                let set = changes.get_mut(from..)?;
                let id = follows(tables, table, &set.iter().collect::<Vec<_>>())?;
                set.iter_mut().for_each(|change| change.id = id);
            }
        }
        Some(Entry { log: self.log, device: self.device, number: self.number, changes })
    }
}

/// The id that follows from the values in `set`, where the table's ids are made so.
fn follows(tables: &[Table], table: &str, set: &[&Change]) -> Option<Uuid> {
    Table::find(tables, table)?.id_from(|field| Some(set.iter().find(|change| change.field == field)?.value.clone()))
}

/// The latest of what its author was looking at.
fn looked_at(seen: &[Stamp]) -> Vec<Stamp> {
    seen.get(seen.len().saturating_sub(MOST_SEEN)..).unwrap_or_default().to_vec()
}

fn signed(body: &[u8]) -> Vec<u8> {
    [CONTEXT, body].concat()
}

#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn at(&mut self, name: &str) -> u16 {
        let at = self.0.iter().position(|known| known == name).unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        at as u16
    }
}
