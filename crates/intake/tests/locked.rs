//! PDF files under AES: who needs no password reads them, and nobody else does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use domain::Block;
use intake::{Refusal, open, pages, picture, recognise};
use sample::{
    layers::{laden, locked},
    paper,
};

// Planted: a file under a password called broken → caught.
#[test]
fn a_pdf_under_aes_is_read_without_a_password_or_refused_as_locked() {
    let good = print::pdf(&paper()).unwrap();
    let said = |bytes: &[u8]| open("khóa.pdf", bytes).map(|read| read.blocks);
    for bits in [128, 256] {
        let file = locked(&good, bits, "mở");
        assert_eq!(said(&file), Err(Refusal::Encrypted), "{bits} bits");
        assert_eq!(pages(&file), Err(Refusal::Encrypted));
        assert_eq!(picture(&file, 1, 200), Err(Refusal::Encrypted));
        assert_eq!(recognise(&file, 1), Err(Refusal::Encrypted));
        let file = locked(&good, bits, "");
        let words: Vec<Block> = said(&file).unwrap();
        assert_eq!(words, said(&good).unwrap(), "{bits} bits");
        // Damaged, it may be called anything but read as another paper.
        for cut in (0..file.len()).step_by(file.len() / 40) {
            let mut broken = file.clone();
            broken[cut] ^= 0x55;
            let _ = said(&broken);
        }
    }
}

// Planted: a stream that only its reader can unlock taken for as large as it looks → caught.
#[test]
fn what_a_locked_stream_would_come_to_is_not_found_out_by_unpacking_it() {
    let mut chance = 7_u32;
    let noise = (0..400_000).map(|_| {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (chance >> 24) as u8 & 0x3f
    });
    let file = laden(&print::pdf(&paper()).unwrap(), noise.collect());
    assert!(open("lớn.pdf", &file).is_ok());
    assert_eq!(open("lớn.pdf", &locked(&file, 256, "")).unwrap_err(), Refusal::Encrypted);
}
