//! A piece of a file on its way: a head of forty bytes, then bytes of the piece as they are, from some place of it on.

use std::io::{ErrorKind, Read};

use domain::{Content, Digest};

use crate::{Cut, Unreadable};

/// No question names more pieces than this.
pub const MOST_PIECES: usize = 256;

/// What the head says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Which piece.
    pub piece: Digest,
    /// From which byte of it on.
    pub from: u32,
    /// How many bytes follow.
    pub length: u32,
}

impl Slice {
    /// Bytes of a head.
    pub const HEAD: usize = 40;

    /// The head as it travels.
    pub fn head(&self) -> Vec<u8> {
        [self.piece.as_slice(), &self.from.to_be_bytes(), &self.length.to_be_bytes()].concat()
    }

    /// The next head; none where nothing follows any more. Its bytes are the caller's to read.
    pub fn read(from: &mut impl Read) -> Result<Option<Self>, Cut> {
        let mut head = [0; Self::HEAD];
        let mut had = 0;
        while let Some(rest @ [_, ..]) = head.get_mut(had..) {
            match from.read(rest) {
                Ok(0) if had == 0 => return Ok(None),
                Ok(0) => return Err(Cut::Line(ErrorKind::UnexpectedEof.into())),
                Ok(read) => had += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        let (piece, rest) = head.split_first_chunk::<32>().ok_or(Unreadable)?;
        let (from, length) = rest.split_first_chunk::<4>().ok_or(Unreadable)?;
        let length = length.first_chunk::<4>().ok_or(Unreadable)?;
        let slice = Self { piece: *piece, from: u32::from_be_bytes(*from), length: u32::from_be_bytes(*length) };
        let end = slice.from.checked_add(slice.length).ok_or(Unreadable)?;
        if slice.length == 0 || end as usize > Content::PIECE { Err(Unreadable.into()) } else { Ok(Some(slice)) }
    }
}
