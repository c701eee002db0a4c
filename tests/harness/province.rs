//! A province's server in memory: the real exchange over a ledger that is a list. It lets everybody write
//! anything, because what it is for is whether books come to agree.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    convert::Infallible,
};

use domain::{Audience, Id, Level, Log, Scene, TABLES, Table, Unit, Value};
use sync::{
    Ask, Backfill, Carried, Chain, Change, Cursor, Entry, Hash, Ledger, NO_CHAIN, Place, Refusal, Reply, Shelf,
    SigningKey, Stamp, VerifyingKey, answer, device_of, follow, seal,
};
use uuid::Uuid;

use crate::{CELL, COMMUNE, Device, OTHER_CELL, PROVINCE, member, set};

/// The server.
#[derive(Clone)]
pub struct Province {
    /// Its clock, milliseconds since 1970.
    pub now: u64,
    /// Drawn anew when it is restored.
    pub epoch: u64,
    /// Signs heads and the server's own entries.
    pub key: SigningKey,
    /// The logs a device may read; a device not named here may read all.
    pub rights: HashMap<Id<domain::Device>, Vec<Log>>,
    /// What was set aside.
    pub aside: Vec<(Hash, Refusal)>,
    kept: Vec<Kept>,
    keys: HashMap<Id<domain::Device>, VerifyingKey>,
    shelf: Shelf,
}

#[derive(Clone)]
struct Kept {
    log: Log,
    stream: Id<Unit>,
    device: Id<domain::Device>,
    number: u64,
    hash: Hash,
    carried: Carried,
}

impl Default for Province {
    fn default() -> Self {
        let key = SigningKey::from_bytes(&[9; 32]);
        let root = device_of(&key.verifying_key());
        let mut province = Self {
            now: 1_000_000,
            epoch: 1,
            rights: HashMap::new(),
            aside: Vec::new(),
            kept: Vec::new(),
            keys: HashMap::from([(root, key.verifying_key())]),
            shelf: Shelf::new(TABLES),
            key,
        };
        let stamp = Stamp::new(1, 0, root);
        for (unit, above, level) in [
            (PROVINCE, None, "province"),
            (COMMUNE, Some(PROVINCE), "commune"),
            (CELL, Some(COMMUNE), "cell"),
            (OTHER_CELL, Some(COMMUNE), "cell"),
        ] {
            let said = |field: &str, value: Value| set(stamp, "unit", unit.uuid(), field, value);
            let changes =
                [said("above", above.into()), said("level", level.into()), said("name", level.to_uppercase().into())];
            province.write(Log::of(unit, Audience::Register), &changes);
        }
        province
    }
}

impl Province {
    /// Writes an entry of the server's own.
    pub fn write(&mut self, log: Log, changes: &[Change]) {
        let Ok(number) = self.expect(&log, device_of(&self.key.verifying_key()));
        let sealed = seal(&self.key, log, number, changes, TABLES).expect("the server's entries are short");
        let entry = Entry::read(&sealed.bytes, TABLES).expect("what was sealed can be read");
        let Ok(_) = self.append(&entry, &sealed.hash, &sealed.bytes);
    }

    /// Lets a device in, as one of member 1.
    pub fn let_in(&mut self, device: &Device) {
        let key = device.book.key().verifying_key();
        self.keys.insert(device.id(), key);
        let stamp = Stamp::new(self.now, 0, device_of(&self.key.verifying_key()));
        let hex: String = key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let said = |field: &str, value: Value| set(stamp, "device", device.id().uuid(), field, value);
        self.write(
            Log::of(CELL, Audience::Register),
            &[said("member", member(1).into()), said("name", "phone".into()), said("public_key", hex.into())],
        );
    }

    /// Shuts a device out.
    pub fn shut_out(&mut self, device: &Device) {
        self.keys.remove(&device.id());
    }

    /// Answers one exchange.
    pub fn answer(&mut self, device: Id<domain::Device>, ask: Ask) -> Reply {
        let (key, now) = (self.key.clone(), self.now);
        let Ok(reply) = answer(self, &key, device, ask, now, |province| {
            let all: BTreeSet<Log> = province.kept.iter().map(|kept| kept.log).collect();
            Ok(province.rights.get(&device).cloned().unwrap_or_else(|| all.into_iter().collect()))
        });
        reply
    }

    /// Every entry in the order it was taken.
    pub fn entries(&self) -> impl Iterator<Item = (Log, &Carried)> {
        self.kept.iter().map(|kept| (kept.log, &kept.carried))
    }

    /// Forgets the last `count` entries, as a restore from an older copy does.
    pub fn restore(&mut self, count: usize) {
        self.kept.truncate(self.kept.len() - count);
        self.epoch += 1;
    }

    /// Puts other words into the mouth of whoever wrote the last entry, and vouches for them: what a hostile server
    /// could do. Where `from` does not stand in it, nothing changes.
    pub fn forge(&mut self, from: &str, to: &str) {
        assert_eq!(from.len(), to.len(), "lengths are written too");
        let Some(kept) = self.kept.last_mut() else { return };
        let found = kept.carried.bytes.windows(from.len()).position(|bytes| bytes == from.as_bytes());
        if let Some(at) = found {
            kept.carried.bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
            kept.hash = sync::hash_of(&kept.carried.bytes);
        }
    }

    /// The last entry is one of a newer format than any app here reads.
    pub fn newer(&mut self) {
        let Some(kept) = self.kept.last_mut() else { return };
        kept.carried.bytes[0] += 1;
        kept.hash = sync::hash_of(&kept.carried.bytes);
    }

    fn stream(&self, unit: Id<Unit>) -> Id<Unit> {
        match self.shelf.unit(unit) {
            Some((Level::Cell, Some(above))) => above,
            _ => unit,
        }
    }

    fn numbers(&self, log: &Log, device: Id<domain::Device>) -> impl Iterator<Item = u64> {
        self.kept.iter().filter(move |kept| kept.log == *log && kept.device == device).map(|kept| kept.number)
    }

    fn since(&self, cursor: Cursor, readable: &[Log]) -> impl Iterator<Item = &Kept> {
        self.kept.iter().filter(move |kept| {
            kept.stream == cursor.stream && kept.carried.seq > cursor.seq && readable.contains(&kept.log)
        })
    }
}

impl Ledger for Province {
    type Error = Infallible;

    fn epoch(&self) -> u64 {
        self.epoch
    }
    fn tables(&self) -> &[Table] {
        TABLES
    }
    fn find(&mut self, hash: &Hash) -> Result<Option<(u64, u64)>, Infallible> {
        Ok(self.kept.iter().find(|kept| kept.hash == *hash).map(|kept| (kept.carried.seq, kept.carried.received)))
    }
    fn aside(&mut self, hash: &Hash) -> Result<Option<Refusal>, Infallible> {
        Ok(self.aside.iter().find(|(known, _)| known == hash).map(|(_, code)| *code))
    }
    fn expect(&mut self, log: &Log, device: Id<domain::Device>) -> Result<u64, Infallible> {
        Ok(1 + self.numbers(log, device).max().unwrap_or(0))
    }
    fn used(&mut self, log: &Log, device: Id<domain::Device>, number: u64) -> Result<bool, Infallible> {
        Ok(self.numbers(log, device).any(|used| used == number))
    }
    fn key(&mut self, device: Id<domain::Device>) -> Option<VerifyingKey> {
        self.keys.get(&device).copied()
    }
    fn authorize(&mut self, _: &Entry) -> Result<bool, Infallible> {
        Ok(true)
    }
    fn apart<T>(&mut self, write: impl FnOnce(&mut Self) -> Result<T, Infallible>) -> Result<Option<T>, Infallible> {
        write(self).map(Some)
    }
    fn append(&mut self, entry: &Entry, hash: &Hash, bytes: &[u8]) -> Result<(u64, u64), Infallible> {
        let received = self.now;
        for change in &entry.changes {
            self.shelf.take(&entry.log, change, change.stamp.received(received));
        }
        let stream = self.stream(entry.log.unit);
        let seq = 1 + self.kept.iter().filter(|kept| kept.stream == stream).count() as u64;
        let carried = Carried { seq, received, bytes: bytes.to_vec() };
        let (log, device, number) = (entry.log, entry.device, entry.number);
        self.kept.push(Kept { log, stream, device, number, hash: *hash, carried });
        Ok((seq, received))
    }
    fn quarantine(&mut self, _: &Place, hash: &Hash, _: &[u8], code: Refusal) -> Result<(), Infallible> {
        self.aside.push((*hash, code));
        Ok(())
    }
    fn streams(&mut self, readable: &[Log]) -> Result<Vec<Cursor>, Infallible> {
        let mut last: BTreeMap<Id<Unit>, u64> = BTreeMap::new();
        for kept in self.kept.iter().filter(|kept| readable.contains(&kept.log)) {
            last.insert(kept.stream, kept.carried.seq);
        }
        Ok(last.into_iter().map(|(stream, seq)| Cursor { stream, seq }).collect())
    }
    fn after(
        &mut self,
        cursor: Cursor,
        readable: &[Log],
        but: Id<domain::Device>,
        room: usize,
    ) -> Result<(Vec<Carried>, u64), Infallible> {
        let (mut taken, mut size, mut upto) = (Vec::new(), 0, cursor.seq);
        for kept in self.since(cursor, readable) {
            if size >= room {
                return Ok((taken, upto));
            }
            upto = kept.carried.seq;
            if kept.device != but {
                size += kept.carried.bytes.len();
                taken.push(kept.carried.clone());
            }
        }
        Ok((taken, upto))
    }
    fn chains(&mut self, stream: Id<Unit>, upto: u64, readable: &[Log]) -> Result<BTreeMap<Uuid, Chain>, Infallible> {
        let mut chains: BTreeMap<Uuid, Chain> = BTreeMap::new();
        let all = Cursor { stream, seq: 0 };
        for kept in self.since(all, readable).filter(|kept| kept.carried.seq <= upto) {
            let chain = chains.entry(kept.log.id()).or_insert(NO_CHAIN);
            *chain = follow(chain, &kept.hash, kept.carried.received);
        }
        Ok(chains)
    }
    fn left(&mut self, cursor: Cursor, readable: &[Log], but: Id<domain::Device>) -> Result<u64, Infallible> {
        let others = self.since(cursor, readable).filter(|kept| kept.device != but);
        Ok(others.map(|kept| kept.carried.bytes.len() as u64).sum())
    }
    fn range(&mut self, part: &Backfill, room: usize) -> Result<(Vec<Carried>, bool), Infallible> {
        let (mut taken, mut size) = (Vec::new(), 0);
        for kept in self.kept.iter().filter(|kept| kept.log.id() == part.log) {
            if kept.carried.seq <= part.after || kept.carried.seq > part.upto {
                continue;
            }
            if size >= room {
                return Ok((taken, false));
            }
            size += kept.carried.bytes.len();
            taken.push(kept.carried.clone());
        }
        Ok((taken, true))
    }
    fn left_in(&mut self, part: &Backfill) -> Result<u64, Infallible> {
        let within = |kept: &&Kept| kept.carried.seq > part.after && kept.carried.seq <= part.upto;
        let log = self.kept.iter().filter(|kept| kept.log.id() == part.log);
        Ok(log.filter(within).map(|kept| kept.carried.bytes.len() as u64).sum())
    }
}
