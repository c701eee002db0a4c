//! The envelope: one byte that says how, then the message, compressed where that helps.

use std::{
    fmt,
    io::{BufReader, Read, Write},
    marker::PhantomData,
};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Error, SeqAccess, Visitor},
};

/// No request is longer than this, as it travels.
pub const BIGGEST_REQUEST: usize = 1024 * 1024;
/// Nor longer than this once unpacked.
pub const BIGGEST_INFLATED: usize = 4 * 1024 * 1024;
const STEEPEST: usize = 20;
/// The window of a compressed message, as a power of two: all of the longest, and no more than that is ever set aside.
const WINDOW: u32 = BIGGEST_INFLATED.ilog2();

const PLAIN: u8 = 0;
const ZSTD: u8 = 1;
/// Shorter than this, compression only adds.
const SMALL: usize = 96;
/// Longer than this, it is worth some time.
const LARGE: usize = 128 * 1024;

/// The bytes are not a message, or are one that unpacks to too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unreadable message")]
pub struct Unreadable;

/// Packs a message.
pub fn pack<T: Serialize>(message: &T) -> Result<Vec<u8>, Unreadable> {
    let plain = postcard::to_extend(message, vec![PLAIN]).map_err(|_| Unreadable)?;
    let body = plain.get(1..).unwrap_or_default();
    let mut packed = vec![ZSTD];
    packed.extend(zstd::bulk::compress(body, 3).map_err(|_| Unreadable)?);
    // A message that would look like a bomb to the other end, which does not count the first byte, goes plain.
    let bomb = body.len() > (packed.len() - 1) * STEEPEST && body.len() > 64 * 1024;
    Ok(if packed.len() < plain.len() && !bomb { packed } else { plain })
}

/// Packs messages one behind the other. Each can be read before the next has come, so that what was carried before a
/// line broke is not carried again.
pub fn pack_all<T: Serialize>(messages: &[T]) -> Result<Vec<u8>, Unreadable> {
    let mut plain = vec![PLAIN];
    let mut ends = Vec::new();
    for message in messages {
        let bytes = postcard::to_stdvec(message).map_err(|_| Unreadable)?;
        plain.extend(u32::try_from(bytes.len()).map_err(|_| Unreadable)?.to_le_bytes());
        plain.extend(bytes);
        ends.push(plain.len());
    }
    // No message is empty: this is the end, not a line that broke.
    plain.extend(0u32.to_le_bytes());
    if plain.len() < SMALL {
        return Ok(plain);
    }
    let level = if plain.len() < LARGE { 3 } else { 9 };
    let mut packed = zstd::stream::write::Encoder::new(vec![ZSTD], level).map_err(|_| Unreadable)?;
    let mut from = 1;
    for end in ends {
        packed.write_all(plain.get(from..end).unwrap_or_default()).map_err(|_| Unreadable)?;
        packed.flush().map_err(|_| Unreadable)?;
        from = end;
    }
    packed.write_all(plain.get(from..).unwrap_or_default()).map_err(|_| Unreadable)?;
    packed.finish().map_err(|_| Unreadable)
}

/// Reads what [`pack_all`] packed, as it comes.
pub struct Messages<R: Read> {
    from: Source<R>,
}

enum Source<R: Read> {
    Plain(R),
    Zstd(zstd::stream::read::Decoder<'static, BufReader<R>>),
}

/// Why the next message did not come.
#[derive(Debug, thiserror::Error)]
pub enum Cut {
    /// The line broke; what came before it is whole.
    #[error("the line broke")]
    Line(#[from] std::io::Error),
    /// It is no message.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl<R: Read> Messages<R> {
    /// Reads from `from` on.
    pub fn new(mut from: R) -> Result<Self, Cut> {
        let mut how = [0];
        from.read_exact(&mut how)?;
        let from = match how {
            [PLAIN] => Source::Plain(from),
            [ZSTD] => {
                let mut decoder = zstd::stream::read::Decoder::new(from)?;
                decoder.window_log_max(WINDOW)?;
                Source::Zstd(decoder)
            }
            _ => return Err(Unreadable.into()),
        };
        Ok(Self { from })
    }

    /// The next message; none where the last has been read.
    pub fn read<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Cut> {
        let mut length = [0; 4];
        self.fill(&mut length)?;
        let length = u32::from_le_bytes(length) as usize;
        if length == 0 {
            return Ok(None);
        }
        if length > BIGGEST_INFLATED {
            return Err(Unreadable.into());
        }
        let mut bytes = vec![0; length];
        self.fill(&mut bytes)?;
        let (message, left) = postcard::take_from_bytes(&bytes).map_err(|_| Unreadable)?;
        if left.is_empty() { Ok(Some(message)) } else { Err(Unreadable.into()) }
    }

    fn fill(&mut self, bytes: &mut [u8]) -> std::io::Result<()> {
        match &mut self.from {
            Source::Plain(from) => from.read_exact(bytes),
            Source::Zstd(from) => from.read_exact(bytes),
        }
    }
}

/// Unpacks a message; anything left over or too large is refused.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    unpack_within(bytes, BIGGEST_INFLATED)
}

/// Unpacks a message of at most so many bytes.
pub(crate) fn unpack_within<T: DeserializeOwned>(bytes: &[u8], most: usize) -> Result<T, Unreadable> {
    let (how, body) = bytes.split_first().ok_or(Unreadable)?;
    let plain = match *how {
        PLAIN if body.len() <= most => body.to_vec(),
        ZSTD => inflate(body, most)?,
        _ => return Err(Unreadable),
    };
    let (message, left) = postcard::take_from_bytes(&plain).map_err(|_| Unreadable)?;
    if left.is_empty() { Ok(message) } else { Err(Unreadable) }
}

fn inflate(body: &[u8], most: usize) -> Result<Vec<u8>, Unreadable> {
    let most = most.min((body.len() * STEEPEST).max(64 * 1024));
    let mut plain = Vec::new();
    let mut decoder = zstd::stream::read::Decoder::new(body).map_err(|_| Unreadable)?;
    decoder.window_log_max(WINDOW).map_err(|_| Unreadable)?;
    decoder.take(most as u64 + 1).read_to_end(&mut plain).map_err(|_| Unreadable)?;
    if plain.len() > most { Err(Unreadable) } else { Ok(plain) }
}

/// Reads a list of at most `MOST`: a short message that lists a million nothings would cost its reader dearly.
pub(crate) fn few<'de, const MOST: usize, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    struct Few<T, const MOST: usize>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Few<T, MOST> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a list of at most {MOST}")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut listed: A) -> Result<Vec<T>, A::Error> {
            let mut few = Vec::new();
            while let Some(one) = listed.next_element()? {
                if few.len() == MOST {
                    return Err(A::Error::custom("too many"));
                }
                few.push(one);
            }
            Ok(few)
        }
    }

    from.deserialize_seq(Few::<T, MOST>(PhantomData))
}
