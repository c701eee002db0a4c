//! PDF files, as our own papers are; pictures; and what is refused of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use domain::Block;
use intake::{Kind, Refusal, open, picture};
use sample::{layers::drawn_as, paper, png};

fn words(blocks: &[Block]) -> Vec<String> {
    let mut words: Vec<String> = blocks
        .iter()
        .flat_map(Block::words)
        .flat_map(|text| text.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    words.sort();
    words
}

#[test]
fn a_paper_of_ours_comes_back_from_its_pdf() {
    let bytes = print::pdf(&paper()).unwrap();
    let read = open("nghị quyết.pdf", &bytes).unwrap();
    let facts = &read.facts;
    assert_eq!((read.kind, facts.form.as_deref()), (Kind::Pdf, Some("Nghị quyết")), "{read:#?}");
    assert_eq!((facts.number.as_deref(), facts.issued_on.as_deref()), (Some("05-NQ/CB"), Some("2026-10-05")));
    assert_eq!(facts.issuer.as_deref(), Some("Chi bộ thôn Đông"));
    assert_eq!(facts.title.as_deref(), Some("về lãnh đạo thực hiện nhiệm vụ tháng 10 năm 2026"));
    assert!(!read.scanned && read.pages >= 1);
    let word = open("nghị quyết.docx", &print::docx(&paper()).unwrap()).unwrap();
    assert_eq!(words(&read.blocks), words(&word.blocks), "{:#?}", read.blocks);
}

// Planted: each glyph of an outlined word read twice → caught.
#[test]
fn words_drawn_twice_are_read_once() {
    let plain = print::pdf(&paper()).unwrap();
    let outlined = drawn_as(&plain, 1, 2);
    assert_eq!(open("đậm.pdf", &outlined).unwrap().blocks, open("thường.pdf", &plain).unwrap().blocks);
}

#[test]
fn a_page_becomes_a_picture_of_the_width_that_was_asked() {
    let bytes = print::pdf(&paper()).unwrap();
    let drawn = picture(&bytes, 1, 300).unwrap();
    assert!(drawn.starts_with(b"\x89PNG"));
    assert_eq!(u32::from_be_bytes(drawn[16..20].try_into().unwrap()), 300);
    assert!(picture(&bytes, 99, 300).is_err() && picture(&bytes, 0, 300).is_err());
    assert_eq!(picture(&bytes, 1, 60_000).unwrap_err(), Refusal::Bomb);
}

#[test]
fn a_picture_is_a_scan_of_one_page_and_one_that_breaks_off_is_refused() {
    let whole = png(40, 50);
    let read = open("ảnh.png", &whole).unwrap();
    assert_eq!((read.kind, read.pages, read.scanned, read.blocks.len()), (Kind::Png, 1, true, 0));
    assert_eq!(open("ảnh.png", &whole[..whole.len() / 2]).unwrap_err(), Refusal::Broken);
    assert!(picture(&whole, 1, 20).is_ok());
}

#[test]
fn a_pdf_that_breaks_off_is_refused() {
    let whole = print::pdf(&paper()).unwrap();
    for part in 1..20 {
        let cut = whole.len() * part / 20;
        assert_eq!(open("cụt.pdf", &whole[..cut]).unwrap_err(), Refusal::Broken, "cut at {cut}");
    }
}
