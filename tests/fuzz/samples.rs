//! Good bytes to begin with, made by the code itself: the same every time.

use std::{fs, io::Write, path::Path};

use domain::{Audience, Id, Log, Rating, TABLES, Value};
use rand::{SeedableRng, rngs::StdRng};
use store::{Cost, FileKeystore, Vault};
use sync::{Ask, Code, Head, Said, SigningKey, Stamp, Ticket, bundle, device_of, pack, pack_all, seal, unpack};
use tests::{CELL, Device, Province, member, name, opened, set};

/// What is short and means much.
pub enum Bomb {
    /// An entry.
    Entry(Vec<u8>),
    /// A question in its envelope.
    Ask(Vec<u8>),
}

impl std::fmt::Debug for Bomb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (kind, bytes) = match self {
            Self::Entry(bytes) => ("entry", bytes),
            Self::Ask(bytes) => ("ask", bytes),
        };
        write!(f, "a bomb of {} bytes for an {kind}", bytes.len())
    }
}

/// A long name that thousands of changes bear; thousands of changes looked at; a million entries of no bytes; a window of
/// 128 MiB over nothing.
pub fn bombs(samples: &Samples) -> Vec<Bomb> {
    let device = device_of(&samples.key.verifying_key());
    let log = Log::of(CELL, Audience::Everyone);
    // As an entry's body is written.
    let body = |names: Vec<String>, set: Vec<(u16, Value, Vec<Stamp>)>| {
        let touched = vec![(0u16, Some(name(1)), 0u64, set)];
        let body = opened(&pack(&(log, device, 1u64, 5u64, names, touched)).unwrap());
        Bomb::Entry([&[1], body.as_slice(), &[0; 64]].concat())
    };
    let named = (0..10_000).map(|_| (1, Value::Nothing, Vec::new())).collect();
    let seen = (0..20_000).map(|tick| Stamp { tick, device: 1 }).collect();
    let mut ask = opened(&pack(&Ask::default()).unwrap());
    // Its last two parts are no entries and no room.
    ask.truncate(ask.len() - 2);
    let mut empty = opened(&pack(&vec![Vec::<u8>::new(); 1_000_000]).unwrap());
    empty.push(0);
    let mut wide = zstd::stream::write::Encoder::new(vec![1], 3).unwrap();
    wide.window_log(27).unwrap();
    wide.write_all(&[ask.as_slice(), &[0, 0]].concat()).unwrap();
    vec![
        body(vec!["meeting".into(), "a".repeat(30_000)], named),
        body(vec!["meeting".into(), "place".into()], vec![(1, "Nhà văn hóa".into(), seen)]),
        Bomb::Ask([&[0], ask.as_slice(), &empty].concat()),
        Bomb::Ask(wide.finish().unwrap()),
    ]
}

/// The PIN of the sealed keys.
pub const PIN: &str = "24681357";

/// What the decoders are fed with.
pub struct Samples {
    /// Signs the entries and the heads.
    pub key: SigningKey,
    /// Entries of several kinds.
    pub entries: Vec<Vec<u8>>,
    /// Questions, without their envelope.
    pub asks: Vec<Vec<u8>>,
    /// Answers, without their envelope.
    pub replies: Vec<Vec<u8>>,
    /// Answers in parts of a few entries.
    pub parts: Vec<Vec<u8>>,
    /// Reads the bundles. Not the same every time, like what age draws: no bundle of an earlier run opens in this one.
    pub reader: SigningKey,
    /// A question in a bundle for `reader`; the same for somebody else.
    pub bundles: Vec<Vec<u8>>,
    /// Questions and answers in their envelope.
    pub packed: Vec<Vec<u8>>,
    /// Heads with their signature.
    pub heads: Vec<Vec<u8>>,
    /// Codes and tickets.
    pub codes: Vec<Vec<u8>>,
    /// Files of each kind that an office may choose.
    pub papers: Vec<Vec<u8>>,
    /// Sealed keys.
    pub keys: Vec<Vec<u8>>,
    /// The files of the keystore that they are sealed under.
    pub keystore: Vec<(&'static str, Vec<u8>)>,
    /// A place to put spoilt ones.
    pub home: tempfile::TempDir,
}

impl Samples {
    /// All of them.
    pub fn made() -> Self {
        let key = SigningKey::from_bytes(&[7; 32]);
        let entries = entries(&key);
        let (asks, replies) = exchanges();
        let packed = asks.iter().map(|ask| pack(ask).unwrap()).chain(replies.iter().map(|reply| pack(reply).unwrap()));
        let packed = packed.collect();
        let parts = replies.iter().map(|reply| pack_all(&reply.clone().in_parts(400)).unwrap()).collect();
        let other = SigningKey::from_bytes(&[9; 32]).verifying_key();
        let said = Said::Ask(asks.iter().max_by_key(|ask| ask.entries.len()).cloned().unwrap_or_default());
        let reader = SigningKey::from_bytes(&rand::random());
        let bundles = [reader.verifying_key(), other].map(|to| bundle(&said, &key, &to, 0).unwrap()).into();
        let asks = asks.iter().map(|ask| opened(&pack(ask).unwrap())).collect();
        let replies = replies.iter().map(|reply| opened(&pack(reply).unwrap())).collect();
        let home = tempfile::tempdir().unwrap();
        Self {
            entries,
            asks,
            replies,
            parts,
            reader,
            bundles,
            packed,
            heads: heads(&key),
            codes: codes(),
            papers: tests::hostile::good(),
            keys: keys(home.path()),
            keystore: ["keystore", "tries"].map(|name| (name, fs::read(home.path().join(name)).unwrap())).into(),
            key,
            home,
        }
    }
}

fn entries(key: &SigningKey) -> Vec<Vec<u8>> {
    let device = device_of(&key.verifying_key());
    let stamp = |count| Stamp::new(1_796_259_600_000, count, device);
    let everyone = Log::of(CELL, Audience::Everyone);
    let meeting = |count| set(stamp(count), "meeting", name(1), "place", format!("Nhà văn hóa {count}"));
    let mut looked = meeting(3);
    looked.seen = vec![stamp(0), stamp(1), Stamp { tick: u64::MAX, device: 3 }];
    let rating = Id::<Rating>::made_from(&[member(1).into(), 2026.into()]).uuid();
    let rated = [
        set(stamp(0), "rating", rating, "member", member(1)),
        set(stamp(0), "rating", rating, "year", 2026),
        set(stamp(0), "rating", rating, "class", "good"),
    ];
    let newer =
        [set(stamp(0), "circular", name(9), "title", "Nghị quyết"), set(stamp(0), "x", name(9), "y", Value::Nothing)];
    let many: Vec<_> = (0..200).map(|at| set(stamp(at), "meeting", name(at.into()), "status", "open")).collect();
    let logs = [everyone, everyone, Log::about(CELL, member(1)), everyone, everyone];
    let said: [&[sync::Change]; 5] = [&[meeting(0)], &[meeting(1), looked], &rated, &newer, &many];
    (1..)
        .zip(logs.into_iter().zip(said))
        .map(|(number, (log, set))| seal(key, log, number, set, TABLES).unwrap().bytes)
        .collect()
}

/// Questions and answers of two devices that write and sync.
fn exchanges() -> (Vec<Ask>, Vec<sync::Reply>) {
    let mut province = Province::default();
    let mut devices = [Device::new(1), Device::new(2)];
    devices.iter_mut().for_each(|device| device.join(&mut province));
    let (mut asks, mut replies) = (Vec::new(), Vec::new());
    for round in 0..6 {
        for device in &mut devices {
            for table in TABLES.iter().skip(4).take(round) {
                device.set(
                    table,
                    name(round as u32),
                    table.fields.last().unwrap().name,
                    tests::value(table.fields.last().unwrap(), round as u8),
                );
            }
            device.room = if round == 3 { 300 } else { 1 << 20 };
            let ask = device.book.ask(usize::MAX, device.room).unwrap();
            let heard: Ask = unpack(&pack(&ask).unwrap()).unwrap();
            let reply = province.answer(device.id(), heard);
            device.book.take(&ask, &reply, device.now).unwrap();
            asks.push(ask);
            replies.push(reply);
        }
    }
    (asks, replies)
}

fn heads(key: &SigningKey) -> Vec<Vec<u8>> {
    let head = |count: u32| Head {
        epoch: 5,
        stream: CELL,
        seq: u64::from(count) * 1000,
        logs: (0..count).map(|at| (name(at), [at as u8; 32])).collect(),
    };
    [0, 1, 12].into_iter().map(|count| opened(&pack(&(head(count), head(count).sign(key))).unwrap())).collect()
}

fn codes() -> Vec<Vec<u8>> {
    let code = Code::new([0xa5; 10]);
    let ticket = |server: Option<&str>, root: Option<&str>| {
        Ticket { code, server: server.map(str::to_owned), root: root.map(str::to_owned) }.to_string()
    };
    let root = "5f".repeat(32);
    let all = [
        code.to_string(),
        Code::new([0, 0, 0, 1, 2, 3, 4, 5, 6, 7]).to_string(),
        code.to_string().to_lowercase().replace('-', " "),
        ticket(None, None),
        ticket(Some("https://sotay.quangtri.example:8443"), None),
        ticket(Some("https://sotay.quangtri.example:8443"), Some(&root)),
    ];
    all.into_iter().map(String::into_bytes).collect()
}

fn keys(home: &Path) -> Vec<Vec<u8>> {
    let vault = Vault::new(home, Box::new(FileKeystore::new(home)));
    vault.create(PIN, Cost::FLOOR, &mut StdRng::seed_from_u64(1)).unwrap();
    vec![fs::read(home.join("keys.a")).unwrap()]
}
