//! Where a photograph ends: phones put films and second pictures behind the end mark, and a decoder fills up what is missing
//! with grey.

use crate::Refusal;

/// Markers without a length: what restarts a scan, and one for the decoder alone.
const ALONE: [u8; 9] = [0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7];
const START: u8 = 0xd8;
const END: u8 = 0xd9;
/// A frame in several passes: all of it is held at once.
const PROGRESSIVE: [u8; 2] = [0xc2, 0xca];

/// Whether it comes in several passes; refused where it breaks off.
pub(super) fn passes(bytes: &[u8]) -> Result<bool, Refusal> {
    let (mut rest, mut several) = (bytes, false);
    loop {
        let (marker, after) = next(rest).ok_or(Refusal::Broken)?;
        rest = match marker {
            END => return Ok(several),
            START => after,
            one if ALONE.contains(&one) => after,
            one => {
                several |= PROGRESSIVE.contains(&one);
                let length = after.first_chunk().map(|length| usize::from(u16::from_be_bytes(*length)));
                length.and_then(|length| after.get(length..)).ok_or(Refusal::Broken)?
            }
        };
    }
}

/// The next marker and what follows it; a 0 after `ff` is a point of the picture, another `ff` fills up.
fn next(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = bytes;
    loop {
        let (_, after) = rest.split_at_checked(rest.iter().position(|byte| *byte == 0xff)? + 1)?;
        match after.split_first()? {
            (0, after) => rest = after,
            (0xff, _) => rest = after,
            (marker, after) => return Some((*marker, after)),
        }
    }
}
