//! Word files, as our own papers are, and as people and enemies make them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use domain::Block;
use intake::{Kind, Place, Refusal, Warning, open};
use sample::{p, pack, paper, word};

fn blocks(body: &str) -> Vec<Block> {
    open("thử.docx", &word(body)).unwrap().blocks
}

fn said(text: &str) -> Block {
    Block::Paragraph { lead: None, text: text.to_owned() }
}

// Planted: the name above taken for the issuer's → caught.
#[test]
fn a_paper_of_ours_comes_back() {
    let read = open("nghị quyết.docx", &print::docx(&paper()).unwrap()).unwrap();
    let facts = &read.facts;
    assert_eq!((read.kind, facts.form.as_deref()), (Kind::Docx, Some("Nghị quyết")));
    assert_eq!((facts.number.as_deref(), facts.issued_on.as_deref()), (Some("05-NQ/CB"), Some("2026-10-05")));
    assert_eq!(facts.issuer.as_deref(), Some("Chi bộ thôn Đông"));
    assert_eq!(facts.title.as_deref(), Some("về lãnh đạo thực hiện nhiệm vụ tháng 10 năm 2026"));
    assert_eq!(read.warnings, []);
    assert!(
        matches!(&read.blocks[0], Block::Heading { level: 1, text } if text.contains("ĐÁNH GIÁ") || text.contains("Đánh giá")),
        "{:#?}",
        read.blocks
    );
    assert_eq!(read.blocks[1], said("Chi bộ đã hoàn thành các nhiệm vụ đề ra."));
    let words: String = read.blocks.iter().flat_map(Block::words).collect::<Vec<_>>().join(" ");
    for part in ["Đảng ủy xã (để báo cáo)", "Lưu Chi bộ", "Nguyễn Mạnh Cường"] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(!words.contains("ĐẢNG CỘNG SẢN"), "the head is told as facts");
}

#[test]
fn what_people_type_becomes_blocks() {
    let read = blocks(
        &[p("I. TÌNH HÌNH"), p("- Làm đường"), p("đ) Trồng rừng"), p("1.2. Giữ nước"), p("Câu thường.")].concat(),
    );
    let item = |mark: Option<&str>, text: &str| Block::Item { mark: mark.map(str::to_owned), text: text.to_owned() };
    let heading = Block::Heading { level: 1, text: "I. TÌNH HÌNH".to_owned() };
    assert_eq!(
        read,
        [
            heading,
            item(None, "Làm đường"),
            item(Some("đ)"), "Trồng rừng"),
            item(Some("1.2."), "Giữ nước"),
            said("Câu thường.")
        ]
    );

    let lead = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>1. Chuẩn bị.</w:t></w:r><w:r><w:t xml:space=\"preserve\"> Sớm ba ngày.</w:t></w:r></w:p>";
    assert_eq!(blocks(lead), [Block::Paragraph { lead: Some("1. Chuẩn bị.".into()), text: "Sớm ba ngày.".into() }]);
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(text));
    let row = |a: &str, b: &str| format!("<w:tr>{}{}</w:tr>", cell(a), cell(b));
    let table = format!("{}<w:tbl>{}{}</w:tbl>", p("Bảng:"), row("Việc", "Hạn"), row("Rừng", "15/12"));
    let rows = vec![vec!["Việc".to_owned(), "Hạn".to_owned()], vec!["Rừng".to_owned(), "15/12".to_owned()]];
    assert_eq!(blocks(&table), [said("Bảng:"), Block::Table { rows }]);
}

// Planted: hidden marks kept; deleted words read → each caught.
#[test]
fn words_are_nfc_and_nothing_hides_in_them() {
    let nfd = "Nghi\u{323} quye\u{302}\u{301}t &amp; tho\u{300}\u{200b} &#272;a\u{309}ng \u{202e}cu\u{309}a";
    assert_eq!(blocks(&p(nfd)), [said("Nghị quyết & thò Đảng của")]);
    let gone = "<w:p><w:del><w:r><w:delText>xóa</w:delText><w:t>xóa</w:t></w:r></w:del><w:r><w:t>còn</w:t></w:r></w:p>";
    assert_eq!(blocks(gone), [said("còn")]);
}

// Planted: macros by one spelling of their name; no bound on a part, or on depth; entities let in;
// a file that breaks off read → each caught.
#[test]
fn what_is_no_paper_is_refused_with_the_reason() {
    let good = word(&p("Chữ"));
    let refused = |bytes: &[u8]| open("Tài liệu.docx", bytes).unwrap_err();
    let deep = "<w:p>".repeat(5_000) + &"</w:p>".repeat(5_000);
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><w:document><w:body><w:p>&b;</w:p></w:body></w:document>";
    let bomb = vec![b' '; 40 * 1024 * 1024];
    let many: Vec<(String, &[u8])> = (0..2_100).map(|at| (format!("word/{at}.xml"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let document = ("word/document.xml", &b"<a/>"[..]);
    for (bytes, why) in [
        (b"MZ\x90\0".to_vec(), Refusal::NotADocument),
        (b"<html><script>alert(1)</script>".to_vec(), Refusal::NotADocument),
        (Vec::new(), Refusal::Empty),
        (vec![0; domain::Content::MOST + 1], Refusal::TooLarge),
        (pack(&[("a.txt", b"a")]), Refusal::NotADocument),
        (pack(&[document, ("word/vbaProject.bin", b"x")]), Refusal::Macros),
        (pack(&[document, ("WORD/VBAPROJECT.BIN", b"x")]), Refusal::Macros),
        (pack(&[("word/document.xml", &bomb)]), Refusal::Bomb),
        (pack(&many), Refusal::Bomb),
        (word(&deep), Refusal::Bomb),
        (pack(&[("word/document.xml", entities.as_bytes())]), Refusal::Broken),
        (pack(&[("word/document.xml", b"<a><b></a>")]), Refusal::Broken),
        (pack(&[("word/document.xml", b"<a>")]), Refusal::Broken),
        (pack(&[("word/document.xml", b"\xff\xfe")]), Refusal::Broken),
        (pack(&[document]), Refusal::Empty),
        (
            [
                &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
                b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
            ]
            .concat(),
            Refusal::Encrypted,
        ),
    ] {
        assert_eq!(refused(&bytes), why, "{} bytes", bytes.len());
    }
    for cut in 0..good.len() {
        assert!(open("cụt.docx", &good[..cut]).is_err(), "cut at {cut}");
    }
    let secret = |place| Refusal::Secret { mark: "MẬT".into(), place };
    assert_eq!(open("thử.docx", &word(&[p("Chữ"), p("MẬT")].concat())).unwrap_err(), secret(Place::Text));
    assert_eq!(open("Mật.docx", &good).unwrap_err(), secret(Place::Name));
    assert!(open("thử.docx", &good).unwrap().warnings.contains(&Warning::NoNumber));
}
