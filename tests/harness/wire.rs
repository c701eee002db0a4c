//! What travels, taken out of its envelope.

/// The message in an envelope, as bytes: whatever it says, packed or plain.
pub fn opened(envelope: &[u8]) -> Vec<u8> {
    match envelope.split_first() {
        Some((1, packed)) => zstd::stream::decode_all(packed).expect("what was packed unpacks"),
        Some((_, plain)) => plain.to_vec(),
        None => Vec::new(),
    }
}
