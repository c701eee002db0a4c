//! What each decoder must do with any bytes at all: plain functions, for any fuzzer to call.

use std::fs;

use domain::TABLES;
use serde::{Serialize, de::DeserializeOwned};
use store::{FileKeystore, Vault};
use sync::{
    Ask, Change, Code, Entry, Head, LONGEST_ENTRY, Messages, Reply, SigningKey, Ticket, pack, seal, unbundle, unpack,
};

use crate::{
    memory::most,
    samples::{Bomb, PIN, Samples},
};

const MIB: usize = 1024 * 1024;

/// An entry: bounded to read, nobody's unless whole, and the same when it is written again.
pub fn entry(bytes: &[u8], samples: &Samples) {
    let (read, held) = most(|| Entry::read(bytes, TABLES));
    assert!(held < 16 * MIB, "{held} bytes held for an entry of {}", bytes.len());
    let verified = Entry::verify(bytes, &samples.key.verifying_key()).is_ok();
    assert_eq!(verified, samples.entries.iter().any(|good| good == bytes), "it was signed, every byte of it");
    let Ok(read) = read else { return };
    assert!(bytes.len() <= LONGEST_ENTRY);
    // Whoever wrote it, written again by somebody else it says the same.
    let other = SigningKey::from_bytes(&[8; 32]);
    if let Ok(sealed) = seal(&other, read.log, read.number, &read.changes, TABLES) {
        let again = Entry::read(&sealed.bytes, TABLES).expect("what was sealed is read");
        assert_eq!((again.log, again.number), (read.log, read.number));
        assert_eq!(said(&again.changes), said(&read.changes), "written again it says the same");
    }
}

/// The changes in an order of their own, whoever made them.
fn said(changes: &[Change]) -> Vec<Change> {
    let nobody = |change: &Change| Change { stamp: sync::Stamp { device: 0, ..change.stamp }, ..change.clone() };
    let mut said: Vec<Change> = changes.iter().map(nobody).collect();
    said.sort();
    said
}

/// A question, both plain and packed.
pub fn ask(bytes: &[u8], _: &Samples) {
    // A device says a few thousand entries at the most, so a question is worth no more than its bytes.
    message::<Ask>(bytes, 8 * bytes.len() + 6 * MIB);
}

/// An answer, both plain and packed.
pub fn reply(bytes: &[u8], _: &Samples) {
    message::<Reply>(bytes, 40 * bytes.len() + 6 * MIB);
}

fn message<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(bytes: &[u8], bound: usize) {
    let plain = [&[0], bytes].concat();
    let packed = [vec![1], zstd::bulk::compress(bytes, 3).unwrap()].concat();
    let (read, held) = most(|| unpack::<T>(&plain));
    assert!(held < bound, "{held} bytes held for a message of {}", bytes.len());
    if let Ok(read) = &read {
        assert_eq!(unpack::<T>(&pack(read).unwrap()).as_ref(), Ok(read), "packed again it says the same");
    }
    // Packed it says the same, but for what would look like a bomb.
    if let Ok(other) = unpack::<T>(&packed) {
        assert_eq!(Ok(other), read);
    }
}

/// An envelope, whose compressed inside is spoilt too.
pub fn envelope(bytes: &[u8], _: &Samples) {
    let (_, held) = most(|| unpack::<Reply>(bytes));
    // 20 times the input, then what an answer may be.
    assert!(held < 20 * 40 * bytes.len() + 12 * MIB, "{held} bytes held for an envelope of {}", bytes.len());
    let longer = [bytes, b"more"].concat();
    for message in [bytes, &longer] {
        if let Ok(ask) = unpack::<Ask>(message) {
            assert_eq!(unpack(&pack(&ask).unwrap()), Ok(ask));
        }
    }
    assert!(unpack::<Reply>(bytes).is_err() || unpack::<Reply>(&longer).is_err(), "nothing is left over");
}

/// An answer in parts: each part that comes is whole, and the end is said.
pub fn parts(bytes: &[u8], _: &Samples) {
    let (read, held) = most(|| {
        let mut parts = Messages::new(bytes).ok()?;
        let mut whole: Option<Reply> = None;
        while let Some(part) = parts.read().ok()? {
            whole = Some(match whole {
                Some(whole) => whole.and(part),
                None => part,
            });
        }
        whole
    });
    // A window of 4 MiB, and what a part may be.
    assert!(held < 40 * 20 * bytes.len() + 16 * MIB, "{held} bytes held for parts of {}", bytes.len());
    drop(read);
}

/// A bundle: read by whom it is for, if nobody touched it, and by nobody else.
pub fn bundle(bytes: &[u8], samples: &Samples) {
    let (read, held) = most(|| unbundle(bytes, &samples.reader, 0));
    assert!(held < 40 * bytes.len() + 6 * MIB, "{held} bytes held for a bundle of {}", bytes.len());
    assert_eq!(read.is_ok(), samples.bundles.first().is_some_and(|good| good == bytes), "every byte of it is sealed");
}

/// A head: the server's word for exactly this and nothing else.
pub fn head(bytes: &[u8], samples: &Samples) {
    let Ok((head, signature)) = unpack::<(Head, Vec<u8>)>(&[&[0], bytes].concat()) else { return };
    let good = |sample: &Vec<u8>| {
        let (known, signed): (Head, Vec<u8>) = unpack(&[&[0], sample.as_slice()].concat()).unwrap();
        known == head && signed == signature
    };
    let verified = head.verify(&samples.key.verifying_key(), &signature).is_ok();
    assert_eq!(verified, samples.heads.iter().any(good), "signed, every part of it");
}

/// A code or a ticket, as it is typed: read, it is written as it was meant.
pub fn code(bytes: &[u8], _: &Samples) {
    let typed = String::from_utf8_lossy(bytes);
    if let Ok(code) = Code::parse(&typed) {
        assert_eq!(Code::parse(&code.to_string()), Ok(code));
        let letters = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').count();
        assert_eq!(letters, 18, "every letter was typed");
    }
    if let Ok(ticket) = Ticket::parse(&typed) {
        assert_eq!(Ticket::parse(&ticket.to_string()), Ok(ticket));
    }
}

/// A file that an office chose: what is read of it is text that nothing hides in, and its page can be drawn or not.
pub fn paper(bytes: &[u8], _: &Samples) {
    // A PDF is read on a stack of its own, which is not counted here.
    let (read, held) = most(|| intake::open("văn bản", bytes));
    assert!(held < 96 * MIB, "{held} bytes held for a file of {}", bytes.len());
    let Ok(read) = read else { return };
    for words in read.blocks.iter().flat_map(domain::Block::words) {
        assert!(!words.chars().any(|c| domain::is_hidden(c) || c.is_control() && c != '\n'), "{words:?}");
    }
    if read.pages > 0 {
        let drawn = intake::picture(bytes, 1, 40);
        assert!(drawn.is_err() || drawn.is_ok_and(|png| png.starts_with(b"\x89PNG")), "a page is a picture");
    }
}

/// A file of sealed keys: opened by the PIN only if nobody touched it, and never at a price that the file names.
pub fn keys(bytes: &[u8], samples: &Samples) {
    let home = samples.home.path();
    fs::write(home.join("keys.a"), bytes).unwrap();
    fs::write(home.join("label"), bytes).unwrap();
    let vault = Vault::new(home, Box::new(FileKeystore::new(home)));
    let (locked, held) = most(|| vault.locked(0));
    assert!(held < 16 * bytes.len() + MIB, "{held} bytes held for a file of {}", bytes.len());
    assert_eq!(vault.label(), None, "nobody sealed these words");
    // A guess costs what guesses cost: few of them are made here.
    let good = samples.keys.iter().any(|known| known == bytes);
    if locked.is_err() || !good && bytes.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte)) % 64 != 0 {
        return;
    }
    for (name, bytes) in &samples.keystore {
        fs::write(home.join(name), bytes).unwrap();
    }
    let (opened, held) = most(|| vault.open(PIN, 0));
    assert!(held < 160 * MIB, "{held} bytes held for a guess");
    // How many digits the PIN has stands in the open; cost, salt and keys are what is sealed.
    let sealed = |known: &Vec<u8>| bytes.windows(known.len() - 2).any(|part| *part == known[2..]);
    assert!(opened.is_err() || samples.keys.iter().any(sealed), "the PIN opens what nobody touched");
    assert!(opened.is_ok() || !good, "and does open that");
}

/// A short message that would cost its reader dearly: refused, and for little.
pub fn bomb(bomb: &Bomb) {
    let (refused, held) = match bomb {
        Bomb::Entry(bytes) => most(|| Entry::read(bytes, TABLES).is_err()),
        Bomb::Ask(bytes) => most(|| unpack::<Ask>(bytes).is_err()),
    };
    assert!(refused, "{bomb:?}");
    assert!(held < 8 * MIB, "{held} bytes held for {bomb:?}");
}
