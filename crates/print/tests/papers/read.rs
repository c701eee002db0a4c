//! What files say, as other programs read them.

use std::{
    io::{Cursor, Read},
    process::Command,
};

use unicode_normalization::UnicodeNormalization;

/// Everything a PDF says, page by page, by poppler's `pdftotext`.
pub fn pdf_pages(pdf: &[u8]) -> Vec<String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), pdf).expect("written");
    let told = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-raw"])
        .arg(file.path())
        .arg("-")
        .output()
        .expect("pdftotext, of poppler-utils, is installed by `cargo xtask setup`");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let text = String::from_utf8(told.stdout).expect("UTF-8");
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    pages.pop();
    pages
}

/// Words without the white space between them: a line may end anywhere.
pub fn bare(text: &str) -> String {
    text.nfc().filter(|c| !c.is_whitespace()).collect()
}

/// A file of a zip.
pub fn unzipped(file: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).unwrap_or_else(|_| panic!("{name} is in it")).read_to_string(&mut text).expect("text");
    text
}

/// What stands between `<tag …>` and `</tag>`, one after the other.
pub fn elements(xml: &str, tag: &str) -> Vec<String> {
    let (opens, ends) = (format!("<{tag}"), format!("</{tag}>"));
    let mut found = Vec::new();
    for (at, _) in xml.match_indices(opens.as_str()) {
        let Some((attributes, rest)) = xml[at + opens.len()..].split_once('>') else { continue };
        // `<w:t>` is not `<w:tbl>`, and an empty one says nothing.
        if !(attributes.is_empty() || attributes.starts_with(' ')) || attributes.ends_with('/') {
            continue;
        }
        let said = rest.split(ends.as_str()).next().unwrap_or_default();
        let plain = said.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
        found.push(plain.replace("&amp;", "&"));
    }
    found
}
