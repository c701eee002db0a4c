//! Papers as a scanner gives them: each page a picture, all of them in one PDF.

use std::io::{Cursor, Write as _};

use image::{GrayImage, ImageFormat, codecs::jpeg::JpegEncoder};

/// Dots across a sheet at 300 to the inch.
const WIDTH: u32 = 300 * 595 / 72;

/// A cell's resolution with these paragraphs.
fn paper(text: &[&str]) -> print::Paper {
    print::Paper {
        kind: print::Kind::Resolution,
        superior: "Đảng bộ xã Tân Hòa".into(),
        issuer: "Chi bộ thôn Đông".into(),
        number: Some(print::Number { given: Some(5), unit: "CB".into(), ..Default::default() }),
        place: "Tân Hòa".into(),
        date: Some("2026-10-05".into()),
        subject: "về lãnh đạo thực hiện nhiệm vụ tháng 10 năm 2026".into(),
        body: text.iter().map(|one| print::Block::Paragraph((*one).into())).collect(),
        recipients: vec!["Lưu Chi bộ".into()],
        signatures: print::Signatures::One(print::Signature {
            on_behalf: "T/M Chi bộ".into(),
            post: "Bí thư".into(),
            name: "Nguyễn Mạnh Cường".into(),
        }),
        ..Default::default()
    }
}

fn drawn(text: &[&str]) -> GrayImage {
    let set = print::pdf(&paper(text)).expect("a paper that can be set");
    let png = intake::picture(&set, 1, WIDTH).expect("a page that can be drawn");
    image::load_from_memory(&png).expect("a picture").to_luma8()
}

/// A resolution with these paragraphs as an office has prepared it: a Word file.
pub fn prepared(text: &[&str]) -> Vec<u8> {
    print::docx(&paper(text)).expect("a paper that can be set")
}

/// A scan with a page for each of these, every one a resolution with paragraphs of this text.
pub fn scan(pages: &[&[&str]]) -> Vec<u8> {
    bound(&pages.iter().map(|text| drawn(text)).collect::<Vec<_>>(), &[])
}

/// A page with words drawn as a picture, as a stamp is, and ASCII `lines` typed below them.
pub fn typed_under(stamp: &[&str], lines: &[&str]) -> Vec<u8> {
    bound(&[drawn(stamp)], lines)
}

/// One page of such a scan, as a picture by itself.
pub fn photograph(text: &[&str]) -> Vec<u8> {
    let mut jpg = Cursor::new(Vec::new());
    drawn(text).write_to(&mut jpg, ImageFormat::Jpeg).expect("memory takes it");
    jpg.into_inner()
}

/// Pictures bound to a PDF that has nothing else in it but these lines on each.
fn bound(pages: &[GrayImage], lines: &[&str]) -> Vec<u8> {
    let said: String = lines.iter().map(|line| format!("({line}) Tj T* ")).collect();
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 3 + 3 * at)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into_bytes(),
    ];
    for (at, page) in pages.iter().enumerate() {
        let (wide, high) = page.dimensions();
        let mut jpg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpg, 80).encode_image(page).expect("memory takes it");
        let shown = format!("q 595 0 0 842 0 0 cm /I Do Q BT /F 9 Tf 60 300 Td 12 TL {said}ET");
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
                 /Resources << /XObject << /I {} 0 R >> \
                 /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
                4 + 3 * at,
                5 + 3 * at
            )
            .into_bytes(),
        );
        objects.push(format!("<< /Length {} >>\nstream\n{shown}\nendstream", shown.len()).into_bytes());
        let mut picture = format!(
            "<< /Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceGray /BitsPerComponent 8 \
             /Filter /DCTDecode /Length {} >>\nstream\n",
            jpg.len()
        )
        .into_bytes();
        picture.extend(jpg);
        picture.extend(b"\nendstream");
        objects.push(picture);
    }
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        let _ = writeln!(pdf, "{} 0 obj", at + 1);
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let (table, all) = (pdf.len(), objects.len() + 1);
    let _ = write!(pdf, "xref\n0 {all}\n0000000000 65535 f \n");
    places.iter().for_each(|place| drop(writeln!(pdf, "{place:010} 00000 n ")));
    let _ = write!(pdf, "trailer << /Size {all} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    pdf
}
