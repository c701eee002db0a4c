//! A document's text as a file: its blocks as JSON, packed.

use domain::Block;

use crate::{Error, Result};

/// Blocks as a file.
pub fn pack_blocks(blocks: &[Block]) -> Result<Vec<u8>> {
    let text = serde_json::to_string(blocks).map_err(|_| Error::Broken)?;
    sync::pack(&text).map_err(|_| Error::Broken)
}

/// The blocks of a file; none where it holds none. A block of a kind that a newer app knows is left out, not the others.
pub fn unpack_blocks(bytes: &[u8]) -> Option<Vec<Block>> {
    let text: String = sync::unpack(bytes).ok()?;
    if let Ok(all) = serde_json::from_str(&text) {
        return Some(all);
    }
    let all: Vec<serde_json::Value> = serde_json::from_str(&text).ok()?;
    Some(all.into_iter().filter_map(|block| serde_json::from_value(block).ok()).collect())
}
