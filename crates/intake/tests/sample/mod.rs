//! Made-up papers that tests read back.
#![allow(dead_code)]

use std::io::Cursor;

use print::{Number, Paper, Signature, Signatures};

/// A cell's resolution.
pub fn paper() -> Paper {
    Paper {
        kind: print::Kind::Resolution,
        superior: "Đảng bộ xã Tân Hòa".into(),
        issuer: "Chi bộ thôn Đông".into(),
        number: Some(Number { given: Some(5), unit: "CB".into(), ..Default::default() }),
        place: "Tân Hòa".into(),
        date: Some("2026-10-05".into()),
        subject: "về lãnh đạo thực hiện nhiệm vụ tháng 10 năm 2026".into(),
        body: vec![
            print::Block::Heading(print::Level::Section, "Đánh giá kết quả tháng 9".into()),
            print::Block::Paragraph("Chi bộ đã hoàn thành các nhiệm vụ đề ra.".into()),
        ],
        recipients: vec!["Đảng ủy xã (để báo cáo)".into(), "Lưu Chi bộ".into()],
        signatures: Signatures::One(Signature {
            on_behalf: "T/M Chi bộ".into(),
            post: "Bí thư".into(),
            name: "Nguyễn Mạnh Cường".into(),
        }),
        ..Default::default()
    }
}

/// A white picture.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([255; 3]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    png.into_inner()
}
