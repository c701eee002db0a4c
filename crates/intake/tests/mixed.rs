//! Papers of scanned and of typed pages, signed scans, and scans with words that nobody sees.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use domain::Block;
use image::GrayImage;
use intake::{Facts, Place, Refusal, open, picture, recognise, recognised};
use sample::{
    LONG,
    layers::{SIGNED, Words, backwards, covered, signed},
    long_paper, paper,
};

/// Pages of the long paper, and dots across one at 200 to the inch.
const PAGES: u32 = 2;
const WIDTH: u32 = 200 * 595 / 72;

fn drawn(pdf: &[u8], page: u32) -> GrayImage {
    image::load_from_memory(&picture(pdf, page, WIDTH).unwrap()).unwrap().to_luma8()
}

/// The long paper with some of its pages scanned.
fn paper_with_scans(scans: &[u32]) -> Vec<u8> {
    let set = print::pdf(&long_paper()).unwrap();
    scans.iter().fold(set.clone(), |pdf, page| covered(&pdf, *page, &drawn(&set, *page), Words::Gone))
}

fn text(blocks: &[Block]) -> String {
    blocks.iter().flat_map(Block::words).collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

// Planted: a page with a signature's stamp taken for a typed one → caught.
#[test]
fn a_signed_scan_is_a_scan() {
    let scan = paper_with_scans(&[1, 2]);
    let signed = signed(&scan, 1);
    assert!(SIGNED.chars().filter(|c| !c.is_whitespace()).count() > 115);
    let read = open("bản quét đã ký.pdf", &signed).unwrap();
    assert!(read.scanned, "{read:?}");
    assert_eq!(
        (read.pages, &read.blocks, &read.facts),
        (PAGES, &Vec::new(), &Facts::default()),
        "the stamp is no text of the paper"
    );
    let first = text(&recognise(&signed, 1).unwrap());
    assert!(first.contains("NGHỊ QUYẾT") && first.contains("TAN HOA"), "{first}");
}

// Planted: a typed page's text left out; a paper with one scanned page taken for a typed one; what a later page says taken for
// the head of a paper whose first page is scanned → each caught.
#[test]
fn a_paper_of_scanned_and_of_typed_pages_is_read_whole() {
    let typed = open("nghị quyết.pdf", &print::pdf(&long_paper()).unwrap()).unwrap();
    assert!(!typed.scanned && typed.pages == PAGES);
    for scan in 1..=PAGES {
        let file = paper_with_scans(&[scan]);
        let read = open("nghị quyết.pdf", &file).unwrap();
        assert!(read.scanned && read.pages == PAGES && !read.blocks.is_empty(), "page {scan}: {read:?}");
        let pages: Vec<Vec<Block>> = (1..=PAGES).map(|page| recognise(&file, page).unwrap()).collect();
        let (facts, blocks) = recognised(&pages).unwrap();
        assert_eq!(facts.number.as_deref(), Some("05-NQ/CB"));
        assert_eq!(facts.issuer.as_deref(), Some("Chi bộ thôn Đông"));
        let said = text(&blocks);
        for words in [
            "Chi bộ đã hoàn thành các nhiệm vụ đề ra",
            "hai mươi bảy đảng viên",
            "tuyến mương nội đồng",
            "Nguyễn Mạnh Cường",
        ] {
            assert!(said.contains(words), "page {scan} is a picture: {words} in {said}");
        }
    }
    let read = open("nghị quyết.pdf", &backwards(&paper_with_scans(&[2]))).unwrap();
    assert!(read.scanned && text(&read.blocks).contains("NGHỊ QUYẾT"));
    assert_eq!(read.facts, Facts::default(), "the first page tells the head");
    // What is typed is not recognised: not a letter is wrong.
    let file = paper_with_scans(&[2]);
    let first = text(&recognise(&file, 1).unwrap());
    let typed = LONG.iter().filter(|words| first.contains(**words)).count();
    assert!(typed >= 4, "{typed}: {first}");
}

/// A paper that bears a mark.
fn marked() -> Vec<u8> {
    let body = vec![print::Block::Paragraph("MẬT".into()), print::Block::Paragraph(LONG[0].into())];
    print::pdf(&print::Paper { body, ..paper() }).unwrap()
}

// Planted: words that nobody sees left out of the search; words under a picture counted among those that are seen → each caught.
#[test]
fn a_mark_in_what_a_scanner_has_read_is_found_without_recognition() {
    let set = marked();
    let white = GrayImage::from_pixel(600, 850, image::Luma([255]));
    let secret = Refusal::Secret { mark: "MẬT".into(), place: Place::Text };
    for words in [Words::Unseen, Words::Under, Words::Over] {
        assert_eq!(open("bản quét.pdf", &covered(&set, 1, &white, words)).unwrap_err(), secret);
    }
    let plain = print::pdf(&paper()).unwrap();
    for words in [Words::Unseen, Words::Under] {
        let read = open("bản quét.pdf", &covered(&plain, 1, &white, words)).unwrap();
        assert!(read.scanned && read.blocks.is_empty(), "what nobody sees is no text: {read:?}");
    }
}

// Planted: a scanned page not searched for marks → caught.
#[test]
fn a_mark_on_the_scanned_page_of_a_typed_paper_is_found() {
    let file = covered(&print::pdf(&long_paper()).unwrap(), 1, &drawn(&marked(), 1), Words::Gone);
    assert!(open("nghị quyết.pdf", &file).unwrap().scanned, "so that its first page is looked at");
    assert_eq!(recognise(&file, 1).unwrap_err(), Refusal::Secret { mark: "MẬT".into(), place: Place::Text });
}
