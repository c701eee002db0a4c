//! Marks of secrecy as they stand on scans: alone, or in a frame as a stamp has one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma, imageops::crop_imm};
use intake::{Place, Refusal, Warning, look_at_first, open, picture, recognise};
use sample::{
    LONG,
    layers::{Words, laid},
    long_paper, paper,
};

const DPI: u32 = 300;
/// Dots of a stamp's line, and between that and its words.
const LINE: u32 = 6;
const ROOM: u32 = 9;

/// A page with these words on a line of their own.
fn page(words: &str) -> GrayImage {
    let body = [words, LONG[0], LONG[1]].map(|text| print::Block::Paragraph(text.into())).to_vec();
    let set = print::pdf(&print::Paper { body, ..paper() }).unwrap();
    image::load_from_memory(&picture(&set, 1, DPI * 595 / 72).unwrap()).unwrap().to_luma8()
}

/// The same with a frame around them, and where that stands: left and right, top and foot.
fn framed(words: &str) -> (GrayImage, [(u32, u32); 2]) {
    let (mut page, other) = (page(words), page("."));
    let differs: Vec<(u32, u32)> = page
        .enumerate_pixels()
        .filter(|(x, y, pixel)| other.get_pixel(*x, *y) != *pixel)
        .map(|(x, y, _)| (x, y))
        .collect();
    let side = |pick: fn(&(u32, u32)) -> u32| {
        let all = differs.iter().map(pick);
        (all.clone().min().unwrap() - ROOM, all.max().unwrap() + ROOM)
    };
    let ((left, right), (top, foot)) = (side(|(x, _)| *x), side(|(_, y)| *y));
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        let inside = |by: u32| (left + by..=right - by).contains(&x) && (top + by..=foot - by).contains(&y);
        if inside(0) && !inside(LINE) {
            *pixel = Luma([0]);
        }
    }
    (page, [(left, right), (top, foot)])
}

fn stamped(words: &str) -> GrayImage {
    framed(words).0
}

/// A typed paper with a stamp in its foot.
fn typed(words: &str) -> Vec<u8> {
    let (page, [(left, right), (top, foot)]) = framed(words);
    let (wide, high) = (right - left + 2 * ROOM, foot - top + 2 * ROOM);
    let stamp = crop_imm(&page, left - ROOM, top - ROOM, wide, high).to_image();
    let points = |dots: u32| dots * 72 / DPI;
    laid(&print::pdf(&long_paper()).unwrap(), 1, &stamp, [90, 20, points(wide), points(high)], Words::Over)
}

fn read(page: &GrayImage) -> Result<Vec<domain::Block>, Refusal> {
    let mut png = Cursor::new(Vec::new());
    page.write_to(&mut png, ImageFormat::Png).unwrap();
    recognise(&png.into_inner(), 1)
}

// Planted: marks on letters compared in what a machine has read; a letter that it read twice → each caught.
#[test]
fn a_mark_on_a_scan_is_found_alone_and_in_a_stamps_frame() {
    for (words, mark) in [("MẬT", "MẬT"), ("TỐI MẬT", "TỐI MẬT"), ("TUYÊT MÂT", "TUYỆT MẬT")] {
        let refused = Err(Refusal::Secret { mark: mark.to_owned(), place: Place::Text });
        assert_eq!(read(&page(words)), refused, "{words}");
        assert_eq!(read(&stamped(words)), refused, "{words} in a frame");
    }
}

// Planted: no look at the pictures of a typed page → caught.
#[test]
fn a_stamp_on_a_typed_page_is_found_where_its_text_says_nothing() {
    for (words, mark) in [("MẬT", "MẬT"), ("TỐI MẬT", "TỐI MẬT")] {
        let file = typed(words);
        let read = open("nghị quyết.pdf", &file).unwrap();
        assert!(!read.scanned && read.warnings.contains(&Warning::Pictures), "{read:?}");
        let refused = Err(Refusal::Secret { mark: mark.to_owned(), place: Place::Text });
        assert_eq!(look_at_first(&file), refused, "{words}");
    }
    assert_eq!(look_at_first(&typed("SAO Y")), Ok(()), "another stamp is none");
}
