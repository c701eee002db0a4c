//! A Word file as an office has it.

use std::io::{Cursor, Write as _};

use rand::{RngCore as _, SeedableRng as _, rngs::StdRng};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A resolution with a picture of so many bytes in it, which no compression makes smaller: another one for each length.
pub fn word(bytes: usize) -> Vec<u8> {
    word_of(&["Số 12-NQ/ĐU", "NGHỊ QUYẾT", "Về công tác năm 2027", "Chi bộ họp đủ."], bytes)
}

/// One that says this, a paragraph each.
pub fn word_of(paragraphs: &[&str], bytes: usize) -> Vec<u8> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraph = |text: &&str| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", escaped(text));
    let body: String = paragraphs.iter().map(paragraph).collect();
    let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!("<w:document xmlns:w=\"{w}\"><w:body>{body}</w:body></w:document>");
    let kinds = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let mut picture = vec![0; bytes];
    StdRng::seed_from_u64(bytes as u64).fill_bytes(&mut picture);
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts = [
        ("[Content_Types].xml", kinds.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/media/a.png", &picture),
    ];
    for (name, part) in parts {
        file.start_file(name, stored).expect("a name that a file may have");
        file.write_all(part).expect("memory takes it");
    }
    file.finish().expect("memory takes it").into_inner()
}
