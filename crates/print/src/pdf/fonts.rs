//! The four faces of Liberation Serif, packed into the program, unpacked once.

use std::sync::{Arc, OnceLock};

use krilla::text::Font;
use parley::fontique::Blob;

/// What the family is called in its files.
pub(crate) const FAMILY: &str = "Liberation Serif";

static PACKED: [&[u8]; 4] = [
    include_bytes!("../../../../assets/fonts/LiberationSerif-Regular.ttf.zst"),
    include_bytes!("../../../../assets/fonts/LiberationSerif-Bold.ttf.zst"),
    include_bytes!("../../../../assets/fonts/LiberationSerif-Italic.ttf.zst"),
    include_bytes!("../../../../assets/fonts/LiberationSerif-BoldItalic.ttf.zst"),
];

/// A face, for the one that measures and for the one that embeds.
pub(crate) struct Packed {
    pub measured: Blob<u8>,
    pub embedded: Font,
}

/// The faces. A test opens all four; one that cannot be opened is left out, and another stands in.
pub(crate) fn fonts() -> &'static [Packed] {
    static FONTS: OnceLock<Vec<Packed>> = OnceLock::new();
    FONTS.get_or_init(|| PACKED.iter().filter_map(|packed| unpack(packed)).collect())
}

fn unpack(packed: &[u8]) -> Option<Packed> {
    let bytes: Arc<Vec<u8>> = Arc::new(zstd::decode_all(packed).ok()?);
    let embedded = Font::new(Arc::clone(&bytes).into(), 0)?;
    Some(Packed { measured: Blob::new(bytes), embedded })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_faces_open() {
        assert_eq!(fonts().len(), 4);
    }
}
