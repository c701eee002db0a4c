//! Pictures: of giant dimensions, cut off, and with something to run in them.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use super::{End, Hostile, deflated};

const BROKEN: End = End::Refused("broken");
const BOMB: End = End::Refused("grows_too_much");

fn sheet(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let sheet =
        RgbImage::from_fn(60, 80, |x, y| if (x / 7 + y / 9) % 2 == 0 { Rgb([255; 3]) } else { Rgb([40, 60, 80]) });
    sheet.write_to(&mut bytes, format).expect("memory takes it");
    bytes.into_inner()
}

pub(super) fn good() -> Vec<u8> {
    sheet(ImageFormat::Png)
}

pub(super) fn photo() -> Vec<u8> {
    sheet(ImageFormat::Jpeg)
}

/// A part of a PNG.
fn chunk(kind: &[u8; 4], bytes: &[u8]) -> Vec<u8> {
    let named = [&kind[..], bytes].concat();
    let mut sum = u32::MAX;
    for byte in &named {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    [&(bytes.len() as u32).to_be_bytes()[..], &named, &(!sum).to_be_bytes()].concat()
}

/// A PNG that says it is so wide and high, with these parts before its points.
fn png(width: u32, height: u32, parts: &[u8], points: &[u8]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n", &chunk(b"IHDR", &head)[..], parts, &chunk(b"IDAT", &deflated(points)), &chunk(b"IEND", &[])]
        .concat()
}

pub(super) fn pictures(door: &str) -> Vec<Hostile> {
    let (drawn, photo) = (good(), photo());
    let html = format!("<html><script>window.hacked=1;fetch('{door}/a')</script><img src=x onerror=window.hacked=1>");
    let words = chunk(b"tEXt", &[b"Comment\0", html.as_bytes()].concat());
    // After its first mark, a JPEG says what it likes.
    let said = |kind: u8, words: &[u8]| {
        let length = (words.len() as u16 + 2).to_be_bytes();
        [&photo[..2], &[0xff, kind], &length, words, &photo[2..]].concat()
    };
    let mut giant = photo.clone();
    let frame = giant.windows(2).position(|mark| mark == [0xff, 0xc0]).expect("a photo has a frame");
    giant[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    let new = |what, ending, bytes, end| Hostile::new(what, ending, bytes, end);
    vec![
        new("ảnh khổng lồ", "png", png(60_000, 60_000, &[], &[0; 1_000]), BOMB),
        new("ảnh chụp khổng lồ", "jpg", giant, BOMB),
        new("ảnh không có chiều cao", "png", png(10, 0, &[], &[]), BROKEN),
        new("ảnh phồng khi giải nén", "png", png(8, 8, &[], &vec![0; 64 << 20]), End::Read),
        new(
            "lời trong ảnh phồng",
            "png",
            png(8, 1, &chunk(b"zTXt", &[b"a\0\0", &deflated(&vec![b'a'; 16 << 20])[..]].concat()), &[0; 9]),
            End::Read,
        ),
        new("ảnh đứt giữa chừng", "png", drawn[..drawn.len() / 2].to_vec(), BROKEN),
        new("ảnh chụp đứt giữa chừng", "jpg", photo[..photo.len() / 2].to_vec(), BROKEN),
        new("ảnh kiêm trang mạng", "png", [&drawn[..33], &words, &drawn[33..], html.as_bytes()].concat(), End::Read),
        new("lệnh trong EXIF", "jpg", said(0xe1, &[b"Exif\0\0MM\0*", html.as_bytes()].concat()), End::Read),
        new("lệnh trong lời ảnh chụp", "jpg", said(0xfe, html.as_bytes()), End::Read),
    ]
}
