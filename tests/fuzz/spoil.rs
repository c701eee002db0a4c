//! Mutations: what a broken disk, a cut line or a hostile hand makes of good bytes.

use rand::{Rng, RngCore, rngs::StdRng, seq::IndexedRandom};

/// No input is longer than twice the longest entry.
const LONGEST: usize = 128 * 1024;
/// Numbers that bound something, as they are written: as varints, and as bytes.
const GIANTS: [&[u8]; 8] = [
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
    &[0xff, 0xff, 0xff, 0xff, 0x0f],
    &[0xff, 0xff, 0xff, 0x7f],
    &[0xff, 0xff, 0x03],
    &[0x80, 0x80, 0x04],
    &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02],
    &[0x00, 0x00, 0x00, 0x80],
];

/// One of the samples, spoilt by a few mutations.
pub fn spoilt(corpus: &[Vec<u8>], chance: &mut StdRng) -> Vec<u8> {
    let mut bytes = corpus.choose(chance).unwrap().clone();
    // A few are noise from their first byte to their last.
    if chance.random_ratio(1, 50) {
        bytes = vec![0; chance.random_range(0..400)];
        chance.fill_bytes(&mut bytes);
    }
    for _ in 0..chance.random_range(1..5) {
        mutate(&mut bytes, corpus, chance);
        bytes.truncate(LONGEST);
    }
    bytes
}

fn mutate(bytes: &mut Vec<u8>, corpus: &[Vec<u8>], chance: &mut StdRng) {
    let at = chance.random_range(0..bytes.len() + 1);
    let upto = chance.random_range(at..bytes.len() + 1);
    match chance.random_range(0..10) {
        0 | 1 if at < bytes.len() => bytes[at] ^= 1 << chance.random_range(0..8),
        2 if at < bytes.len() => bytes[at] = *[0, 1, 2, 0x7f, 0x80, 0xfe, 0xff].choose(chance).unwrap(),
        3 => bytes.truncate(at),
        4 => drop(bytes.drain(at..upto)),
        // A length or a count that says more than there is.
        5 => {
            let giant = *GIANTS.choose(chance).unwrap();
            let over = (at + chance.random_range(0..=giant.len())).min(bytes.len());
            bytes.splice(at..over, giant.iter().copied());
        }
        6 => {
            let other = corpus.choose(chance).unwrap();
            let from = chance.random_range(0..other.len() + 1);
            bytes.splice(at..upto, other[from..].iter().copied());
        }
        // The same over and over: what is nested nests deep, what is listed lists many.
        7 => {
            let part = bytes[at..upto.min(at + 64)].to_vec();
            let times = chance.random_range(1..2000);
            bytes.splice(upto..upto, part.repeat(times));
        }
        8 => {
            let mut noise = vec![0; chance.random_range(0..64)];
            chance.fill_bytes(&mut noise);
            bytes.splice(at..at, noise);
        }
        _ => bytes[at..upto].reverse(),
    }
}
