//! Photographs as phones make them: turned by a note, of many pixels, with films behind them; and what is refused of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use std::io::Cursor;

use domain::Block;
use image::{DynamicImage, GrayImage, ImageFormat, Luma, imageops};
use intake::{Kind, Refusal, open, picture, recognise};
use sample::{LONG, long_paper};

fn jpg(picture: &GrayImage) -> Vec<u8> {
    let mut jpg = Cursor::new(Vec::new());
    picture.write_to(&mut jpg, ImageFormat::Jpeg).unwrap();
    jpg.into_inner()
}

fn gray(png: &[u8]) -> GrayImage {
    image::load_from_memory(png).unwrap().to_luma8()
}

/// A photograph with a note how the camera was held, and a small picture in it that ends like a whole one.
fn held(picture: &GrayImage, orientation: u8) -> Vec<u8> {
    let whole = jpg(picture);
    let small = jpg(&GrayImage::from_pixel(8, 8, Luma([255])));
    let note = [b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[orientation], &[0; 6], &small]
        .concat();
    let length = (note.len() as u16 + 2).to_be_bytes();
    [&whole[..2], &[0xff, 0xe1], &length, &note, &whole[2..]].concat()
}

/// White, with black in its upper left quarter.
fn corner(width: u32, height: u32) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| Luma([if x < width / 2 && y < height / 2 { 0 } else { 255 }]))
}

// Planted: the note not looked at → caught.
#[test]
fn a_photograph_is_shown_the_right_way_up() {
    for (orientation, black) in [(1, (15, 15)), (6, (45, 15)), (3, (45, 45)), (8, (15, 45)), (2, (45, 15))] {
        let photo = held(&corner(120, 60), orientation);
        let turned = orientation > 4;
        let shown = gray(&picture(&photo, 1, 60).unwrap());
        assert_eq!(shown.dimensions(), (60, if turned { 120 } else { 30 }), "held {orientation}");
        let (x, y) = (black.0, black.1 * shown.height() / 60);
        assert!(shown.get_pixel(x, y).0[0] < 40, "held {orientation}");
        assert!(shown.get_pixel(60 - x, shown.height() - y).0[0] > 215, "held {orientation}");
    }
}

fn page(dpi: u32) -> GrayImage {
    gray(&picture(&print::pdf(&long_paper()).unwrap(), 1, dpi * 595 / 72).unwrap())
}

fn text(blocks: &[Block]) -> String {
    blocks.iter().flat_map(Block::words).collect::<Vec<_>>().join(" ")
}

// Planted: the note not looked at where words are recognised; a sheet at 600 dpi called a bomb → each caught.
#[test]
fn a_large_photograph_held_sideways_is_read() {
    let small = page(300);
    let sheet = imageops::resize(&small, small.width() * 2, small.height() * 2, imageops::FilterType::Triangle);
    assert!(u64::from(sheet.width()) * u64::from(sheet.height()) > 34_000_000);
    let photo = held(&imageops::rotate270(&sheet), 6);
    let read = text(&recognise(&photo, 1).unwrap());
    let right = LONG.iter().filter(|words| read.contains(&words.chars().take(40).collect::<String>())).count();
    assert!(right >= 3, "{right}: {read}");
}

/// A gray photograph in several passes, of which it has only the first, and that is gray.
fn passes(width: u16, height: u16) -> Vec<u8> {
    let [w, h] = [width, height].map(u16::to_be_bytes);
    let part =
        |marker: u8, bytes: &[u8]| [&[0xff, marker], &(bytes.len() as u16 + 2).to_be_bytes()[..], bytes].concat();
    let levels = part(0xdb, &[&[0][..], &[1; 64]].concat());
    let frame = part(0xc2, &[&[8][..], &h, &w, &[1, 1, 0x11, 0]].concat());
    let codes = part(0xc4, &[&[0, 1][..], &[0; 15], &[0]].concat());
    let scan = part(0xda, &[1, 1, 0, 0, 0, 0]);
    [&[0xff, 0xd8][..], &levels, &frame, &codes, &scan, &[0x7f, 0xff, 0xd9]].concat()
}

// Planted: 60 million pixels refused; what comes in several passes let through like what does not → each caught.
#[test]
fn phones_make_large_pictures_and_bombs_are_larger() {
    for (width, height) in [(5_712, 4_284), (8_064, 6_048)] {
        let photo = jpg(&corner(width, height));
        assert_eq!(open("ảnh.jpg", &photo).unwrap().kind, Kind::Jpg);
        let shown = gray(&picture(&photo, 1, 400).unwrap());
        assert_eq!(shown.dimensions(), (400, 300));
        assert!(shown.get_pixel(100, 75).0[0] < 40 && shown.get_pixel(300, 225).0[0] > 215);
    }
    assert_eq!(open("ảnh.jpg", &jpg(&corner(10_000, 7_000))).unwrap_err(), Refusal::Bomb);
    assert_eq!(open("ảnh.jpg", &passes(8_064, 6_048)).unwrap_err(), Refusal::Bomb);
    assert_eq!(open("ảnh.jpg", &passes(8, 8)).map(|read| read.pages), Ok(1));
    let deep = DynamicImage::ImageRgba16(image::ImageBuffer::new(7_000, 7_000));
    let mut png = Cursor::new(Vec::new());
    deep.write_to(&mut png, ImageFormat::Png).unwrap();
    assert_eq!(open("ảnh.png", &png.into_inner()).unwrap_err(), Refusal::Bomb);
}

// Planted: the end mark looked for in the last bytes only; anywhere, also in the small picture → each caught.
#[test]
fn a_film_behind_a_photograph_is_no_harm_and_a_photograph_that_breaks_off_is_refused() {
    let photo = held(&page(60), 1);
    let film: Vec<u8> = (0..100_000_u32).map(|at| (at * 31 % 251) as u8).collect();
    assert!(open("ảnh.jpg", &[photo.as_slice(), &film].concat()).is_ok());
    assert!(open("ảnh.jpg", &[photo.as_slice(), &[0; 5_000]].concat()).is_ok());
    assert!(
        open("ảnh.jpg", &[photo.as_slice(), &photo[..photo.len() / 2]].concat()).is_ok(),
        "what follows is not looked at"
    );
    for part in 1..20 {
        let cut = photo.len() * part / 20;
        assert_eq!(open("ảnh.jpg", &photo[..cut]).unwrap_err(), Refusal::Broken, "cut at {cut}");
    }
    assert_eq!(open("ảnh.jpg", &photo[..photo.len() - 2]).unwrap_err(), Refusal::Broken);
}
