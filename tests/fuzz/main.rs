//! What comes from outside, spoilt in every way: real samples are mutated by chance, the same for the same seed, and each
//! decoder gives an error or a value, never panics, never takes more memory or time than its input is worth.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod ends;
mod memory;
mod samples;
mod spoil;
mod targets;

use std::time::{Duration, Instant};

use rand::{SeedableRng, rngs::StdRng};

use samples::Samples;

/// How many inputs each decoder gets; 100,000 in all. The soak asks for more.
const SHARE: [(&str, u32); 10] = [
    ("entry", 25_000),
    ("ask", 10_000),
    ("parts", 7_000),
    ("bundle", 3_000),
    ("reply", 15_000),
    ("envelope", 15_000),
    ("head", 10_000),
    ("code", 9_700),
    ("paper", 300),
    ("keys", 5_000),
];
/// No input takes longer, on a slow machine that does other things too.
const LONGEST: Duration = Duration::from_secs(2);

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|said| said.parse().ok()).unwrap_or(usual)
}

fn play(name: &str, made: fn(&Samples) -> Vec<Vec<u8>>, target: fn(&[u8], &Samples)) {
    let (_, share) = SHARE.iter().find(|(known, _)| *known == name).unwrap();
    let (count, seed) = (u64::from(*share) * number("FUZZ", 1), number("SEED", 1));
    let samples = Samples::made();
    let corpus = made(&samples);
    corpus.iter().for_each(|sample| target(sample, &samples));
    let mut slowest = Duration::ZERO;
    let began = Instant::now();
    for at in 0..count {
        let mut chance = StdRng::seed_from_u64(seed << 32 | at);
        let bytes = spoil::spoilt(&corpus, &mut chance);
        let begun = Instant::now();
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| target(&bytes, &samples)));
        assert!(done.is_ok(), "{name}, seed {seed}, input {at}: {} bytes, {:02x?}", bytes.len(), head(&bytes));
        slowest = slowest.max(begun.elapsed());
        // Pages are read by others' code, which nobody optimises for a test.
        let longest = if name == "paper" { 10 * LONGEST } else { LONGEST };
        assert!(slowest < longest, "{name}, seed {seed}, input {at} took {slowest:?}: {:02x?}", head(&bytes));
    }
    println!("{name}: {count} inputs in {:?}, the slowest {slowest:?}", began.elapsed());
}

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(64)]
}

// Planted: a name of any length read; any number of changes looked at; any number of entries; any window → each caught.
#[test]
fn bombs() {
    samples::bombs(&Samples::made()).iter().for_each(targets::bomb);
}

// Planted: the signature not verified → caught.
#[test]
fn entries() {
    play("entry", |samples| samples.entries.clone(), targets::entry);
}

#[test]
fn asks() {
    play("ask", |samples| samples.asks.clone(), targets::ask);
}

#[test]
fn replies() {
    play("reply", |samples| samples.replies.clone(), targets::reply);
}

// Planted: bytes left over ignored → caught.
#[test]
fn envelopes() {
    play("envelope", |samples| samples.packed.clone(), targets::envelope);
}

// Planted: the chains left out of what is signed → caught.
#[test]
fn heads() {
    play("head", |samples| samples.heads.clone(), targets::head);
}

// Planted: letters not counted → caught.
#[test]
fn codes() {
    play("code", |samples| samples.codes.clone(), targets::code);
}

// Found: a file that named a cost of 8 GiB.
#[test]
fn keys() {
    play("keys", |samples| samples.keys.clone(), targets::keys);
}

// Planted: the length of a part not looked at → caught.
#[test]
fn parts() {
    play("parts", |samples| samples.parts.clone(), targets::parts);
}

// Found: a head of a megabyte, read in a time that grew with its square.
#[test]
fn bundles() {
    play("bundle", |samples| samples.bundles.clone(), targets::bundle);
}

// Found: dictionaries that nest by the thousand, each looked into from every one around it.
#[test]
fn papers() {
    play("paper", |samples| samples.papers.clone(), targets::paper);
}
