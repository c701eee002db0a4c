//! The envelope: one byte that says how, then the message, compressed where that helps.

use std::{fmt, io::Read, marker::PhantomData};

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
