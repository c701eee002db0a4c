//! What a Word file says of its words in other parts: styles, lists, notes, heads and feet of pages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use domain::Block;
use intake::{Place, Refusal, open};
use sample::{p, pack};

/// A Word file of a text and other parts.
fn file(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let parts: Vec<(&str, &[u8])> = others.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    pack(&[&[("word/document.xml", text.as_bytes())], parts.as_slice()].concat())
}

fn styled(id: &str, words: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn style(id: &str, name: &str, says: &str) -> String {
    format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{says}</w:style>")
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn said(text: &str) -> Block {
    Block::Paragraph { lead: None, text: text.to_owned() }
}

fn item(mark: &str, text: &str) -> Block {
    Block::Item { mark: Some(mark.to_owned()), text: text.to_owned() }
}

// Planted: a style known by its id alone; what a style is based on not followed; the outline not looked at → each caught.
#[test]
fn a_heading_is_known_by_its_style_in_whatever_language() {
    let styles = [
        style("u1", "heading 1", ""),
        style("u2", "heading 2", "<w:basedOn w:val=\"u1\"/>"),
        style("Mc", "Mục lớn", "<w:basedOn w:val=\"u2\"/>"),
        style("Tiuring", "Tiêu đề riêng", "<w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>"),
        style("ch", "Đề mục 1", ""),
        style("vng1", "a", "<w:basedOn w:val=\"vng2\"/>"),
        style("vng2", "b", "<w:basedOn w:val=\"vng1\"/>"),
    ];
    let styles = format!("<w:styles>{}</w:styles>", styles.concat());
    let own = "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>Nhiệm vụ</w:t></w:r></w:p>";
    let plain = "<w:p><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr><w:r><w:t>Câu thường</w:t></w:r></w:p>";
    let body = [
        &styled("u1", "Tình hình"),
        &styled("u2", "Kết quả"),
        &styled("Mc", "Hạn chế"),
        &styled("Tiuring", "Nguyên nhân"),
        &styled("ch", "Phương hướng"),
        &styled("vng1", "Vòng quanh"),
        own,
        plain,
        // Of a style that the file does not tell of, its id.
        &styled("Heading2", "Tổ chức"),
    ]
    .concat::<str>();
    let read = open("thử.docx", &file(&body, &[("word/styles.xml", &styles)])).unwrap().blocks;
    assert_eq!(
        read,
        [
            heading(1, "Tình hình"),
            heading(2, "Kết quả"),
            heading(2, "Hạn chế"),
            heading(3, "Nguyên nhân"),
            heading(1, "Phương hướng"),
            said("Vòng quanh"),
            heading(2, "Nhiệm vụ"),
            said("Câu thường"),
            heading(2, "Tổ chức"),
        ]
    );
}

// Planted: bold by style not seen; the style of words not looked at; capitals left as typed; hidden words read → each caught.
#[test]
fn bold_and_capitals_come_from_styles() {
    let bold = "<w:rPr><w:b/></w:rPr>";
    let styles = [
        style("nhan", "Nhấn", bold),
        style("hoa", "Hoa", "<w:basedOn w:val=\"nhan\"/><w:rPr><w:caps/></w:rPr>"),
        format!("<w:style w:type=\"character\" w:styleId=\"dam\"><w:name w:val=\"Đậm\"/>{bold}</w:style>"),
    ];
    let styles = format!("<w:styles>{}</w:styles>", styles.concat());
    let run =
        |look: &str, words: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let dam = "<w:rStyle w:val=\"dam\"/>";
    let lead = format!("<w:p>{}{}</w:p>", run(dam, "1. Chuẩn bị."), run("", " Sớm ba ngày."));
    // In a bold paragraph, words of a bold style are plain, and so are those that say so themselves.
    let undone = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"nhan\"/></w:pPr>{}{}{}</w:p>",
        run("", "2. Họp."),
        run(dam, " Đúng giờ"),
        run("<w:b w:val=\"0\"/>", " và đủ.")
    );
    let hidden = format!("<w:p>{}{}</w:p>", run("<w:vanish/>", "giấu"), run("", "Câu thường."));
    let body = [lead, undone, styled("hoa", "Tổ chức thực hiện"), hidden].concat();
    let read = open("thử.docx", &file(&body, &[("word/styles.xml", &styles)])).unwrap().blocks;
    let paragraph = |lead: &str, text: &str| Block::Paragraph { lead: Some(lead.to_owned()), text: text.to_owned() };
    assert_eq!(
        read,
        [
            paragraph("1. Chuẩn bị.", "Sớm ba ngày."),
            paragraph("2. Họp.", "Đúng giờ và đủ."),
            heading(1, "TỔ CHỨC THỰC HIỆN"),
            said("Câu thường."),
        ]
    );
    // What a style shows in capitals is a mark as if it had been typed so.
    let marked = file(&styled("hoa", "Mật"), &[("word/styles.xml", &styles)]);
    assert!(matches!(open("thử.docx", &marked), Err(Refusal::Secret { .. })));
}

// Planted: the list of a style not counted; the level that names its style not found; a list that begins anew counted on → each
// caught.
#[test]
fn lists_are_counted_by_style_and_anew() {
    let level = |form: &str, text: &str, style: &str| {
        let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
        format!("<w:lvl><w:start w:val=\"1\"/><w:numFmt w:val=\"{form}\"/>{style}<w:lvlText w:val=\"{text}\"/></w:lvl>")
    };
    let plan = |id: u8, levels: &str| format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>");
    let list = |id: u8, plan: u8, says: &str| {
        format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{plan}\"/>{says}</w:num>")
    };
    let anew = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/><w:lvl><w:lvlText w:val=\"x\"/></w:lvl></w:lvlOverride>";
    let numbering = [
        plan(0, &[level("upperRoman", "%1.", "u1"), level("decimal", "%2.", "u2")].concat()),
        plan(1, &level("lowerLetter", "%1)", "")),
        list(1, 0, ""),
        list(2, 1, ""),
        list(3, 1, anew),
    ];
    let numbering = format!("<w:numbering>{}</w:numbering>", numbering.concat());
    let counts = "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>";
    let styles = [style("u1", "heading 1", counts), style("u2", "heading 2", counts)];
    let styles = format!("<w:styles>{}</w:styles>", styles.concat());
    let counted = |list: u8, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let uncounted = "<w:p><w:pPr><w:pStyle w:val=\"u2\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>Không số</w:t></w:r></w:p>";
    let body = [
        &styled("u1", "Tình hình"),
        &styled("u2", "Kết quả"),
        &styled("u2", "Hạn chế"),
        &counted(2, "Làm đường"),
        &counted(2, "Trồng rừng"),
        &styled("u1", "Nhiệm vụ"),
        &styled("u2", "Trước mắt"),
        &counted(3, "Giữ nước"),
        &counted(3, "Giữ rừng"),
        uncounted,
    ]
    .concat::<str>();
    let parts = [("word/styles.xml", styles.as_str()), ("word/numbering.xml", &numbering)];
    let read = open("thử.docx", &file(&body, &parts)).unwrap().blocks;
    assert_eq!(
        read,
        [
            heading(1, "I. Tình hình"),
            heading(2, "1. Kết quả"),
            heading(2, "2. Hạn chế"),
            item("a)", "Làm đường"),
            item("b)", "Trồng rừng"),
            heading(1, "II. Nhiệm vụ"),
            heading(2, "1. Trước mắt"),
            item("a)", "Giữ nước"),
            item("b)", "Giữ rừng"),
            heading(2, "Không số"),
        ]
    );
}

// Planted: notes left out; a note said twice; a note in a table said before it; heads of pages not searched → each caught.
#[test]
fn notes_follow_what_cites_them_and_heads_of_pages_are_only_searched() {
    let note = |kind: &str, id: u8, words: &str| format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", p(words));
    let cited = |kind: &str, id: u8| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let line = |words: &str, cites: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r>{cites}</w:p>");
    let table = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        p("Việc"),
        p("Hạn"),
        line("Rừng", &cited("endnote", 2)),
        p("15/12")
    );
    let body = [
        line("Theo Nghị quyết 12", &[cited("footnote", 2), cited("footnote", 3)].concat()),
        p("Câu thường."),
        table,
        line("Như trên", &cited("footnote", 2)),
    ]
    .concat();
    let notes = format!(
        "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>{}{}</w:footnotes>",
        note("footnote", 2, "Ngày 05/11/2026."),
        note("footnote", 3, "Của Đảng ủy xã.")
    );
    let ends = format!("<w:endnotes>{}</w:endnotes>", note("endnote", 2, "Rừng phòng hộ."));
    let head = format!("<w:hdr>{}</w:hdr>", p("Tài liệu của chi bộ"));
    let parts = [("word/footnotes.xml", notes.as_str()), ("word/endnotes.xml", &ends), ("word/header1.xml", &head)];
    let read = open("thử.docx", &file(&body, &parts)).unwrap().blocks;
    let cells = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
    assert_eq!(
        read,
        [
            said("Theo Nghị quyết 12[1][2]"),
            item("[1]", "Ngày 05/11/2026."),
            item("[2]", "Của Đảng ủy xã."),
            said("Câu thường."),
            Block::Table { rows: vec![cells(["Việc", "Hạn"]), cells(["Rừng[3]", "15/12"])] },
            item("[3]", "Rừng phòng hộ."),
            said("Như trên"),
        ]
    );
    for (part, mark) in [("header1", "MẬT"), ("footer2", "TỐI MẬT"), ("comments", "TUYỆT MẬT")] {
        let marked = format!("<w:hdr>{}</w:hdr>", p(mark));
        let refused = open("thử.docx", &file(&p("Chữ"), &[(&format!("word/{part}.xml"), &marked)])).unwrap_err();
        assert_eq!(refused, Refusal::Secret { mark: mark.to_owned(), place: Place::Text }, "{part}");
    }
}
