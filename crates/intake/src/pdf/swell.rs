//! What a PDF would cost its reader, which has no bound of its own: what its streams come to, and how deep its objects nest.

use std::io::Read;

use flate2::bufread::ZlibDecoder;

use crate::Refusal;

/// Bytes that a stream may come to: a sheet in colour at 600 dpi has 104 million.
const MOST: usize = 128 * 1024 * 1024;
/// How many times its size deflate can grow to.
const RATIO: usize = 1_032;
/// Bytes that all streams may come to, as far as they have to be unpacked to know it.
const ALL: usize = 2 * 1024 * 1024 * 1024;
/// Streams that a file may have.
const STREAMS: usize = 50_000;
/// Bytes of a stream that is packed in an unusual way, whose size is not found out.
const UNUSUAL: usize = 512 * 1024;
/// Bytes before a stream in which what it is must be said.
const SAID: usize = 64 * 1024;
/// Lists and dictionaries that may stand in one another: the reader looks into each from every one around it.
const DEPTH: usize = 100;

pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let locked = names_itself(bytes, b"Encrypt");
    let (mut from, mut after, mut depth) = (0, 0, 0);
    let (mut streams, mut end, mut all) = (0, 0, 0);
    while let Some(at) = find(bytes, from, b"stream") {
        from = at + b"stream".len();
        let before = bytes.get(at.saturating_sub(SAID)..at).unwrap_or_default();
        if before.ends_with(b"end") {
            after = from;
            continue;
        }
        streams += 1;
        if streams > STREAMS {
            return Err(Refusal::Bomb);
        }
        depth = nests(depth, bytes.get(after..at).unwrap_or_default())?;
        after = from;
        let said = before.windows(3).rposition(|part| part == b"obj").map_or(before, |at| before.split_at(at).1);
        let said = names(said);
        let is = |all: &[&str]| said.iter().filter(|name| all.contains(&name.as_str())).count();
        if end < from {
            end = find(bytes, from, b"endstream").unwrap_or(bytes.len());
        }
        let ends = end - from;
        // What ends a stream may stand in its midst.
        let long = said.iter().filter_map(|name| name.strip_prefix("Length ")).map(|length| length.parse::<usize>());
        let long = long.map(|length| length.unwrap_or(bytes.len())).fold(ends, usize::max);
        let packed = is(&["FlateDecode", "Fl", "LZWDecode", "LZW"]);
        let elsewhere = said.iter().any(|name| name.starts_with("Filter ") && name.ends_with(" R"));
        let coded = is(&["LZWDecode", "LZW", "ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "RunLengthDecode", "RL"]);
        if packed > 1 || elsewhere || packed == 1 && coded > 0 && long > UNUSUAL {
            return Err(Refusal::Bomb);
        }
        if packed == 1 && coded == 0 && long.saturating_mul(RATIO) > MOST {
            // What it comes to is told by nobody but who has unlocked it.
            if locked {
                return Err(Refusal::Encrypted);
            }
            all += unpack(bytes.get(from..).unwrap_or_default())?;
            if all > ALL {
                return Err(Refusal::Bomb);
            }
        }
    }
    nests(depth, bytes.get(after..).unwrap_or_default()).map(drop)
}

/// Looks at what stands between streams; nothing goes on over `endobj`.
fn nests(mut depth: usize, bytes: &[u8]) -> Result<usize, Refusal> {
    let mut rest = bytes;
    while let Some((_, after)) = rest.split_first() {
        depth = match rest {
            [b'd', b'o', b'b', b'j', ..] => 0,
            [b'<', b'<', ..] | [b'[', ..] => depth + 1,
            [b'>', b'>', ..] | [b']', ..] => depth.saturating_sub(1),
            _ => depth,
        };
        rest = after;
        if depth > DEPTH {
            return Err(Refusal::Bomb);
        }
    }
    Ok(depth)
}

/// The names in a dictionary as they are meant, each with the number that follows it.
fn names(said: &[u8]) -> Vec<String> {
    let text: Vec<u8> = letters(said).collect();
    let text = String::from_utf8_lossy(&text).replace(['[', ']', '<', '>', '(', ')'], " ");
    text.split('/').map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Whether a name stands anywhere, however it is written: `/Encrypt`, `/Encr#79pt`.
fn names_itself(bytes: &[u8], name: &[u8]) -> bool {
    let is =
        |at: usize| bytes.get(at + 1..).is_some_and(|rest| letters(rest).take(name.len()).eq(name.iter().copied()));
    bytes.iter().enumerate().any(|(at, byte)| *byte == b'/' && is(at))
}

/// The letters of a name as they are meant.
fn letters(name: &[u8]) -> impl Iterator<Item = u8> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let (letter, after) = letter(rest)?;
        rest = after;
        Some(letter)
    })
}

/// The first letter of a name, and what follows it.
fn letter(name: &[u8]) -> Option<(u8, &[u8])> {
    let (byte, after) = name.split_first()?;
    let hex = after.get(..2).filter(|_| *byte == b'#').and_then(|hex| std::str::from_utf8(hex).ok());
    match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
        Some(meant) => Some((meant, after.get(2..).unwrap_or_default())),
        None => Some((*byte, after)),
    }
}

/// What a stream comes to.
fn unpack(bytes: &[u8]) -> Result<usize, Refusal> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or_default();
    let mut packed = ZlibDecoder::new(bytes.get(start..).unwrap_or_default());
    let (mut room, mut come) = (vec![0; 64 * 1024], 0);
    // What is not packed as it says is for who reads it.
    while let Ok(more @ 1..) = packed.read(&mut room) {
        come += more;
        if come > MOST {
            return Err(Refusal::Bomb);
        }
    }
    Ok(come)
}

fn find(bytes: &[u8], from: usize, word: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(word.len()).position(|part| part == word).map(|at| from + at)
}
