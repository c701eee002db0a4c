//! What stands on the pages, and where: against the dated figures, to a millimetre.

use print::{Layout, Paper, layout, pdf};

use crate::{
    measure::{Shown, sheets},
    read::pdf_pages,
    samples,
};

pub fn made(paper: &Paper) -> Vec<u8> {
    pdf(paper).expect("a file")
}

pub fn rules(paper: &Paper) -> &'static Layout {
    &layout(paper.date.as_deref()).expect("a layout").sets
}

fn near(is: f32, should: f32, what: &str) {
    assert!((is - should).abs() <= 1.0, "{what}: {is} mm, not {should} mm");
}

fn middle(shown: &Shown) -> f32 {
    (shown.x + shown.end) / 2.0
}

/// Whether all of it is in that face.
fn face(shown: &Shown, size: f32, ending: &str) {
    assert!((shown.size - size).abs() < 0.05, "{:?} is {} pt, not {size}", shown.text, shown.size);
    assert!(shown.font.ends_with(&format!("LiberationSerif{ending}")), "{:?} is in {}", shown.text, shown.font);
}

// Planted: a tenth of the left margin is lost; the rule under the Party's name is as wide as its column; the title is not
// bold → each caught.
#[test]
fn the_head_stands_where_the_rules_want_it() {
    let paper = samples::resolution();
    let Layout { page, head_columns, .. } = rules(&paper);
    let sheet = &sheets(&made(&paper))[0];
    near(sheet.width, 210.0, "width");
    near(sheet.height, 297.0, "height");
    let left = page.left + head_columns[0] / 2.0;
    let right = page.left + head_columns[0] + head_columns[1] / 2.0;
    for (text, size, ending, at) in [
        ("ĐẢNG BỘ XÃ TÂN HÒA", 14.0, "", left),
        ("CHI BỘ THÔN ĐÔNG", 14.0, "-Bold", left),
        ("*", 14.0, "", left),
        ("Số 05-NQ/CB", 14.0, "", left),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 15.0, "-Bold", right),
        ("Tân Hòa, ngày 05 tháng 10 năm 2026", 14.0, "-Italic", right),
    ] {
        let shown = sheet.saying(text);
        assert_eq!(shown.text.trim(), text, "in one line");
        face(shown, size, ending);
        near(middle(shown), at, text);
    }
    let body = (page.left + page.width - page.right) / 2.0;
    for (text, sizes) in [("NGHỊ QUYẾT", 15.0..=16.0), ("về lãnh đạo", 14.0..=15.0)] {
        let shown = sheet.saying(text);
        assert!(sizes.contains(&shown.size), "{text}: {} pt", shown.size);
        face(shown, shown.size, "-Bold");
        near(middle(shown), body, text);
    }
    near(middle(sheet.saying("-----")), body, "the dashes");
    assert!(sheet.saying("-----").baseline > sheet.saying("về lãnh đạo").baseline, "below the subject");
    let party = sheet.saying("ĐẢNG CỘNG SẢN");
    let rule = sheet.bars.iter().find(|bar| bar.y > party.baseline && bar.width > 20.0).expect("a rule");
    near(rule.x, party.x, "the rule begins where the words do");
    near(rule.x + rule.width, party.end, "and ends where they do");
    assert!(rule.y - party.baseline < 5.0 && rule.height < 0.5, "solid, and right below: {rule:?}");
    // The letters' own height above the baseline is not the margin's.
    let top = sheet.shown.iter().map(|shown| shown.baseline - shown.size * 25.4 / 72.0).fold(f32::MAX, f32::min);
    near(top, page.top, "the upper margin");
}

// Planted: lines two points further apart; no indent; left-aligned → each caught.
#[test]
fn the_body_is_justified_between_the_margins_line_by_line() {
    let paper = samples::minutes(60);
    let layout = rules(&paper);
    let (left, right) = (layout.page.left, layout.page.width - layout.page.right);
    let all = sheets(&made(&paper));
    assert_eq!(all.len(), 6, "six pages");
    let (mut full, mut indented) = (0, 0);
    for sheet in &all[1..5] {
        let lines: Vec<Vec<&Shown>> = sheet.lines().into_iter().skip(1).collect();
        for pair in lines.windows(2) {
            let step = (pair[1][0].baseline - pair[0][0].baseline) / 25.4 * 72.0;
            let between = [layout.body.line, layout.body.line + layout.body.above];
            assert!(between.iter().any(|should| (step - should).abs() < 0.1), "{step} pt from line to line");
        }
        for line in &lines {
            face(line[0], layout.body.size, "");
            let (x, end) = (line[0].x, line.last().expect("words").end);
            let blank = line.last().is_some_and(|last| last.text.ends_with(' '));
            match x - left {
                x if x.abs() < 1.0 => {}
                x => {
                    near(x, layout.body.indent, "the first line");
                    indented += 1;
                }
            }
            assert!(blank || end < right + 1.0, "no line is too long: {end}");
            if blank {
                // The blank where a line breaks hangs over the margin.
                let blank = line.last().map_or(0.0, |last| last.size * 0.25 * 25.4 / 72.0);
                near(end - blank, right, "a full line ends at the margin");
                full += 1;
            }
        }
    }
    assert!(full > 60 && indented > 40, "there are lines to measure: {full} full, {indented} indented");
    for sheet in &all {
        let (top, bottom) = (layout.page.top, layout.page.height - layout.page.bottom);
        let body = sheet.shown.iter().filter(|shown| shown.baseline > top);
        assert!(body.into_iter().all(|shown| shown.baseline < bottom), "nothing stands in the lower margin");
    }
}

// Planted: a number on the first page → caught.
#[test]
fn pages_are_numbered_at_the_top_but_for_the_first() {
    let paper = samples::minutes(60);
    let layout = rules(&paper);
    let middle_of_page = (layout.page.left + layout.page.width - layout.page.right) / 2.0;
    for (at, sheet) in sheets(&made(&paper)).iter().enumerate() {
        let above: Vec<&Shown> = sheet.shown.iter().filter(|shown| shown.baseline < layout.page.top).collect();
        let said: Vec<&str> = above.iter().map(|shown| shown.text.as_str()).collect();
        if at == 0 {
            assert!(said.is_empty(), "no number on the first: {said:?}");
            continue;
        }
        assert_eq!(said, [(at + 1).to_string()]);
        assert!((13.0..=14.0).contains(&above[0].size));
        near(middle(above[0]), middle_of_page, "the number");
        let top = above[0].baseline - above[0].size * 0.9 * 25.4 / 72.0;
        near(top, layout.page.number_from_edge, "from the edge");
    }
}

// Planted: place and date; dashes; three blank lines to sign in → each caught.
#[test]
fn minutes_have_no_place_and_date_and_no_dashes_and_two_sign() {
    let paper = samples::minutes(2);
    let said = pdf_pages(&made(&paper)).concat();
    assert!(!said.contains("-----") && !said.contains("Tân Hòa, ngày"), "{said}");
    let all = sheets(&made(&paper));
    let sheet = all.last().expect("a page");
    let (left, right) = (sheet.saying("NGƯỜI GHI BIÊN BẢN"), sheet.saying("CHỦ TRÌ HỘI NGHỊ"));
    assert!(left.end < right.x && (left.baseline - right.baseline).abs() < 0.1, "side by side");
    for (title, name) in [(left, "Nguyễn Thị Thanh Hiền"), (right, "Nguyễn Mạnh Cường")] {
        let name = sheet.shown.iter().rfind(|shown| shown.text == name).expect("a name to sign over");
        face(name, 14.0, "-Bold");
        near(middle(name), middle(title), "the name under its title");
        let lines = (name.baseline - title.baseline) / 25.4 * 72.0 / rules(&paper).body.line;
        assert!((lines - 5.0).abs() < 0.1, "four blank lines between them: {lines}");
    }
}

// Planted: `Nơi nhận` without its line; `./.` at the end; the latest rule for every day → each caught.
#[test]
fn one_signs_at_the_right_and_recipients_stand_at_the_left() {
    let paper = samples::resolution();
    let all = sheets(&made(&paper));
    let sheet = all.last().expect("a page");
    face(sheet.saying("T/M CHI BỘ"), 14.0, "-Bold");
    face(sheet.saying("BÍ THƯ"), 14.0, "");
    face(sheet.saying("Nguyễn Mạnh Cường"), 14.0, "-Bold");
    let label = sheet.saying("Nơi nhận:");
    face(label, 14.0, "");
    near(label.x, rules(&paper).page.left, "at the left margin");
    assert!(sheet.saying("T/M CHI BỘ").x > 105.0, "at the right");
    let under = sheet.bars.iter().find(|bar| bar.y > label.baseline && bar.y < label.baseline + 1.5);
    let under = under.expect("underlined");
    near(under.width, label.end - label.x, "as long as the words");
    for item in ["- Đảng ủy xã (để báo cáo);", "- Các đồng chí đảng viên chi bộ;", "- Lưu Chi bộ."]
    {
        let shown = sheet.saying(item);
        assert_eq!(shown.text, item);
        face(shown, 12.0, "");
    }
    assert!(
        sheet.shown.iter().any(|shown| shown.text.trim_end().ends_with("100%.")),
        "a full stop, and nothing after it"
    );
    // Of a day before the rule changed, by the rule of that day.
    let old = sheets(&made(&samples::conclusion()));
    face(old[0].saying("BÍ THƯ"), 14.0, "-Bold");
    assert_eq!(old[0].saying("Số ").text, "Số      -KL/CB", "a number to be written in");
}

// Planted: a clock in the DOCX → caught.
#[test]
fn the_same_paper_is_the_same_file() {
    for (name, paper) in samples::all() {
        assert!(made(&paper) == made(&paper), "{name} as PDF");
        let word = || print::docx(&paper).expect("a file");
        assert!(word() == word(), "{name} as DOCX");
    }
    let list = || print::xlsx(&samples::list()).expect("a file");
    assert!(list() == list());
}

// Planted: no title; no PDF/A → each caught.
#[test]
fn a_file_says_what_it_is_and_is_fit_for_the_archive() {
    let file = lopdf::Document::load_mem(&made(&samples::resolution())).expect("a PDF");
    let bytes = made(&samples::resolution());
    let find = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    assert!(find("<pdfaid:part>2</pdfaid:part>") && find("<pdfaid:conformance>A</pdfaid:conformance>"), "PDF/A-2a");
    let catalog = file.catalog().expect("a catalogue");
    assert!(catalog.has(b"StructTreeRoot") && catalog.get(b"Lang").is_ok(), "tagged, and in a language");
    assert!(find("Nghị quyết về lãnh đạo thực hiện nhiệm vụ tháng 10 năm 2026"), "it has a title");
}

// Planted: no page break between the papers of a book → caught.
#[test]
fn a_book_counts_its_pages_through() {
    let all = sheets(&made(&samples::book()));
    assert_eq!(all.len(), 6);
    assert_eq!(all[0].saying("SỔ BIÊN BẢN").size, 16.0);
    assert_eq!(all[1].saying("2").text, "2");
    all[1].saying("BIÊN BẢN");
    all[3].saying("THÁNG 12 NĂM 2026");
    all[3].saying("Không họp.");
    assert_eq!(all[5].saying("6").text, "6");
}
