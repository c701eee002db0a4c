//! Made-up papers that tests read back.
#![allow(dead_code)]

pub mod jbig2;
pub mod layers;

use std::io::{Cursor, Write};

use print::{Number, Paper, Signature, Signatures};
use zip::{ZipWriter, write::SimpleFileOptions};

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

/// What stands in the long one, a paragraph each.
pub const LONG: [&str; 7] = [
    "Chi bộ đã hoàn thành các nhiệm vụ đề ra trong tháng chín. Đồng chí bí thư phổ biến kế hoạch trồng rừng, sửa đường thôn và \
     giúp đỡ những hộ còn khó khăn trước mùa mưa bão.",
    "Công tác tư tưởng được chú trọng: hai mươi bảy đảng viên học tập nghị quyết của Đảng ủy xã, trao đổi thẳng thắn, không có \
     ý kiến trái chiều; quần chúng tin tưởng, đồng tình với chủ trương dồn điền đổi thửa.",
    "Về kinh tế, diện tích lúa vụ hè thu đạt 45,5 ha, năng suất bình quân 52 tạ một héc-ta; đàn bò tăng 12 con, đàn lợn giữ \
     ổn định; thu ngân sách của thôn đạt 96 % kế hoạch năm.",
    "Hạn chế: một số đảng viên chưa nộp đảng phí đúng kỳ; tuyến mương nội đồng ở xóm Thượng bị sạt lở hơn ba mươi mét mà \
     chưa được gia cố; nước sinh hoạt cuối nguồn còn đục sau mưa.",
    "Nguyên nhân chủ yếu là thời tiết diễn biến phức tạp, giá vật tư tăng, và việc phân công chưa rõ người, rõ việc, rõ thời \
     hạn; người đứng đầu các đoàn thể chưa thường xuyên kiểm tra, đôn đốc.",
    "Nhiệm vụ tháng tới: gặt nhanh gọn trước ngày 15/10; tổ chức Ngày hội Đại đoàn kết toàn dân tộc; vận động mỗi hộ trồng một \
     trăm cây; rà soát hộ nghèo, hộ cận nghèo theo chuẩn mới; chuẩn bị hồ sơ kết nạp hai quần chúng ưu tú.",
    "Giao đồng chí Phó Bí thư phụ trách thủy lợi; đồng chí Chi ủy viên phụ trách thanh niên; các đảng viên còn lại giúp đỡ hai \
     hộ có người già neo đơn. Chi bộ họp kiểm điểm vào tối ngày mồng ba hằng tháng.",
];

/// The same resolution with a page full of words.
pub fn long_paper() -> Paper {
    Paper { body: LONG.iter().map(|words| print::Block::Paragraph((*words).into())).collect(), ..paper() }
}

/// A white picture.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([255; 3]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    png.into_inner()
}

/// A Word file of these parts.
pub fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file of this text.
pub fn word(body: &str) -> Vec<u8> {
    pack(&[("word/document.xml", format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>").as_bytes())])
}

/// A paragraph.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}
