//! Pages that a scanner made, as PDF holds them: drawn here they are what was scanned. Says how far off, and how long it took.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use std::{io::Write, time::Instant};

use fax::{Color, VecWriter, encoder::Encoder};
use image::{GrayImage, ImageFormat, codecs::jpeg::JpegEncoder, imageops::FilterType};
use intake::{open, picture};
use sample::{jbig2::jbig2, long_paper};

/// Pages of each file, and how wide they are drawn.
const PAGES: usize = 1;
const WIDTH: u32 = 1_000;
/// How far off a page may be, of 255, in squares.
const MOST: f64 = 1.5;

/// A PDF whose pages show one picture each.
fn pdf(sheet: &GrayImage, says: &str, picture: &[u8]) -> Vec<u8> {
    let (width, height) = sheet.dimensions();
    let kids: String = (0..PAGES).map(|at| format!("{} 0 R ", 3 + at * 3)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {PAGES}/Kids[{kids}]>>").into_bytes(),
    ];
    let stream = |says: &str, bytes: &[u8]| {
        [format!("<<{says}/Length {}>>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
    };
    for at in 0..PAGES {
        let (show, shown) = (4 + at * 3, 5 + at * 3);
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {show} 0 R/Resources<</XObject<</X {shown} 0 R>>>>>>"
        );
        let head = format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray{says}");
        objects.extend([page.into_bytes(), stream("", b"595 0 0 842 0 0 cm /X Do"), stream(&head, picture)]);
    }
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut list = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        list += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend([format!("{} 0 obj\n", at + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = bytes.len();
    let end = format!("{list}trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend(end.as_bytes());
    bytes
}

/// How far two pictures differ on average, of 255, point by point.
fn differs(one: &GrayImage, other: &GrayImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let sum: u64 = one.pixels().zip(other.pixels()).map(|(a, b)| u64::from(a.0[0].abs_diff(b.0[0]))).sum();
    sum as f64 / f64::from(one.width() * one.height())
}

/// The same over squares of eight points, which half a point to the side does not matter to.
fn differs_in_squares(one: &GrayImage, other: &GrayImage) -> f64 {
    let (width, height) = (one.width() / 8, one.height() / 8);
    let squares = |all: &GrayImage| image::imageops::thumbnail(all, width, height);
    differs(&squares(one), &squares(other))
}

#[test]
fn scanned_pages_are_drawn_as_they_were_scanned() {
    let drawn = picture(&print::pdf(&long_paper()).unwrap(), 1, 200 * 595 / 72).unwrap();
    let gray = image::load_from_memory(&drawn).unwrap().to_luma8();
    let (width, height) = gray.dimensions();
    let black = |x: u32, y: u32| gray.get_pixel(x, y).0[0] < 128;
    let bits = GrayImage::from_fn(width, height, |x, y| image::Luma([if black(x, y) { 0 } else { 255 }]));

    let mut photo = Vec::new();
    JpegEncoder::new_with_quality(&mut photo, 75).encode_image(&gray).unwrap();
    let mut lines = Encoder::new(VecWriter::new());
    for y in 0..height {
        let points = (0..width).map(|x| if black(x, y) { Color::Black } else { Color::White });
        lines.encode_line(points, width as u16).unwrap();
    }
    let fax = lines.finish().unwrap().finish();
    let row = |y| {
        (0..width.div_ceil(8)).map(move |byte| {
            (0..8).fold(0, |all, bit| all << 1 | u8::from(!(byte * 8 + bit < width && black(byte * 8 + bit, y))))
        })
    };
    let packed: Vec<u8> = (0..height).flat_map(row).collect();
    let mut flate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    flate.write_all(&packed).unwrap();
    let flate = flate.finish().unwrap();
    let fax_says =
        format!("/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns {width}/Rows {height}>>");

    for (name, says, bytes, scanned) in [
        ("DCT", "/BitsPerComponent 8/Filter/DCTDecode", &photo, &gray),
        ("CCITT G4", &fax_says, &fax, &bits),
        ("JBIG2", "/BitsPerComponent 1/Filter/JBIG2Decode", &jbig2(width, height, black), &bits),
        ("Flate, 1 bit", "/BitsPerComponent 1/Filter/FlateDecode", &flate, &bits),
    ] {
        let file = pdf(&gray, says, bytes);
        let began = Instant::now();
        let read = open("bản quét.pdf", &file).unwrap();
        let opened = began.elapsed();
        assert!(read.scanned && read.pages == PAGES as u32 && read.blocks.is_empty(), "{name}");
        let began = Instant::now();
        let pages: Vec<Vec<u8>> = (1..=PAGES as u32).map(|page| picture(&file, page, WIDTH).unwrap()).collect();
        let each = began.elapsed() / PAGES as u32;
        for (at, page) in (1..).zip(pages) {
            if let Some(folder) = std::env::var_os("SOTAY_SHOTS").map(std::path::PathBuf::from) {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(folder.join(format!("{name} {at}.png")), &page).unwrap();
                std::fs::write(folder.join(format!("{name}.pdf")), &file).unwrap();
            }
            let page = image::load_from_memory_with_format(&page, ImageFormat::Png).unwrap().to_luma8();
            let small = image::imageops::resize(scanned, page.width(), page.height(), FilterType::Triangle);
            let white = GrayImage::from_pixel(page.width(), page.height(), image::Luma([255]));
            let (off, empty) = (differs_in_squares(&small, &page), differs_in_squares(&small, &white));
            eprintln!(
                "{name}: {} KB a page of {width} x {height}, {:.2} of 255 off, in squares {off:.2} (a white page: {empty:.1}), opened in {opened:?}, {each:?} a page",
                bytes.len() / 1024,
                differs(&small, &page)
            );
            assert!(off <= MOST && empty > 5.0 * MOST, "{name}: {off}");
        }
    }
}
