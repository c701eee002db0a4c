//! Scans: how many characters are read wrong of a paper that was set, drawn, turned and speckled.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use std::io::Cursor;

use domain::Block;
use image::{GrayImage, ImageFormat, Luma};
use intake::{picture, recognise, recognised};
use sample::{LONG, long_paper};

/// The paper's words in the order in which they are read: row by row, and where pieces stand side by side, the left one first.
fn text() -> String {
    let head = [
        "ĐẢNG BỘ XÃ TÂN HÒA ĐẢNG CỘNG SẢN VIỆT NAM CHI BỘ THÔN ĐÔNG * Tân Hòa, ngày 05 tháng 10 năm 2026 Số 05-NQ/CB",
        "NGHỊ QUYẾT về lãnh đạo thực hiện nhiệm vụ tháng 10 năm 2026",
    ];
    let foot = ["Nơi nhận: Đảng ủy xã (để báo cáo); T/M CHI BỘ BÍ THƯ Lưu Chi bộ. Nguyễn Mạnh Cường"];
    [&head[..], &LONG, &foot].concat().join(" ")
}

fn scan(page: u32, dpi: u32, degrees: f32, specks: u32) -> Vec<u8> {
    let drawn = picture(&print::pdf(&long_paper()).unwrap(), page, dpi * 595 / 72).unwrap();
    let page = image::load_from_memory(&drawn).unwrap().to_luma8();
    let (width, height) = page.dimensions();
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (mx, my) = (width as f32 / 2.0, height as f32 / 2.0);
    let mut turned = GrayImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32 - mx, y as f32 - my);
        image::imageops::interpolate_bilinear(&page, x * cos - y * sin + mx, x * sin + y * cos + my)
            .unwrap_or(Luma([255]))
    });
    let mut chance = 20_261_124_u64;
    let mut next = |below: u32| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) as u32 % below
    };
    for _ in 0..specks {
        turned.put_pixel(next(width), next(height), Luma([0]));
    }
    let mut png = Cursor::new(Vec::new());
    turned.write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}

/// How many characters must be put in, left out or changed to make one text of the other.
fn wrong(said: &str, read: &str) -> usize {
    let (said, read): (Vec<char>, Vec<char>) = (said.chars().collect(), read.chars().collect());
    let mut row: Vec<usize> = (0..=read.len()).collect();
    for (at, a) in said.iter().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (to, b) in read.iter().enumerate() {
            let best = (corner + usize::from(a != b)).min(row[to] + 1).min(row[to + 1] + 1);
            corner = std::mem::replace(&mut row[to + 1], best);
        }
    }
    row[read.len()]
}

// Planted: the star under the issuer, which is read as anything, taken for the issuer → caught.
#[test]
fn a_scan_is_read_with_at_most_two_characters_in_a_hundred_wrong() {
    let said = text();
    let length = said.chars().count();
    assert!(length >= 1_500, "{length}");
    for (dpi, degrees, specks) in [(300, 0.0, 0), (300, 2.0, 4_000), (200, -2.0, 2_000)] {
        let pages = [1, 2].map(|page| recognise(&scan(page, dpi, degrees, specks), 1).unwrap());
        let words: Vec<&str> = pages.iter().flatten().flat_map(Block::words).collect();
        let read = words.join(" ");
        let errors = wrong(&said, &read);
        let rate = errors as f64 / length as f64;
        eprintln!(
            "{dpi} dpi, {degrees} degrees, {specks} specks: {errors} of {length} characters wrong, {:.2} %",
            rate * 100.0
        );
        assert!(rate <= 0.02, "{read}");
        let (facts, rest) = recognised(&pages).unwrap();
        assert_eq!(facts.number.as_deref(), Some("05-NQ/CB"), "{read}");
        assert_eq!(facts.issued_on.as_deref(), Some("2026-10-05"));
        assert_eq!(facts.form.as_deref(), Some("Nghị quyết"));
        assert_eq!(facts.issuer.as_deref(), Some("Chi bộ thôn Đông"));
        assert!(rest.iter().map(Block::length).sum::<usize>() > 1_200);
    }
}
