//! What a spreadsheet reads in an XLSX.

use print::{Column, List, Refused, Table, xlsx};

use crate::{
    read::{elements, unzipped},
    samples,
};

fn list(cells: &[&str], number: bool) -> List {
    let column = Column { title: "Cột".into(), share: 1, number, ..Default::default() };
    let rows = cells.iter().map(|cell| vec![(*cell).to_owned()]).collect();
    List { title: "Danh sách".into(), date: None, table: Table { columns: vec![column], rows } }
}

// Planted: cells written as formulas; the quote left out → each caught.
#[test]
fn no_text_is_ever_a_formula() {
    let cells = ["=1+1", "+1", "-1", "@SUM(A1)", "'x", "=HYPERLINK(\"http://a\",\"b\")", "\t=1", "https://example.org"];
    let file = xlsx(&list(&cells, true)).expect("a file");
    let sheet = unzipped(&file, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f ") && !sheet.contains("hyperlink"), "{sheet}");
    let said = elements(&unzipped(&file, "xl/sharedStrings.xml"), "t");
    for cell in cells.iter().filter(|cell| **cell != "-1") {
        assert!(said.iter().any(|text| text == cell.trim()), "{cell} in {said:?}");
    }
    assert!(unzipped(&file, "xl/styles.xml").contains("quotePrefix=\"1\""), "not even when somebody edits the cell");
}

// Planted: `007` is 7 → caught.
#[test]
fn only_whole_numbers_of_a_column_of_numbers_are_numbers() {
    let file = |number| xlsx(&list(&["120", "-30", "007", "1,5", "1e3"], number)).expect("a file");
    let sheet = |number| unzipped(&file(number), "xl/worksheets/sheet1.xml");
    assert!(sheet(true).contains("<v>120</v>") && sheet(true).contains("<v>-30</v>"));
    assert!(!sheet(false).contains("<v>120</v>"), "of another column they are texts");
    let said = elements(&unzipped(&file(true), "xl/sharedStrings.xml"), "t");
    assert!(["007", "1,5", "1e3"].iter().all(|text| said.contains(&(*text).to_owned())), "{said:?}");
}

#[test]
fn every_cell_is_there_and_the_head_stays_in_sight() {
    let file = xlsx(&samples::list()).expect("a file");
    let said = elements(&unzipped(&file, "xl/sharedStrings.xml"), "t");
    for text in ["Danh sách điểm danh 03/11/2026", "Họ và tên", "Nguyễn Thị Thanh Hiền 30", "Có mặt", "@x"]
    {
        assert!(said.iter().any(|one| one == text), "{text}");
    }
    let sheet = unzipped(&file, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("paperSize=\"9\""), "{sheet}");
    assert!(unzipped(&file, "xl/workbook.xml").contains("Danh sách điểm danh 03 11 2026"), "its tab");
    let core = unzipped(&file, "docProps/core.xml");
    assert!(core.contains("2026-11-03T00:00:00Z"), "its own day, no clock's: {core}");
}

#[test]
fn what_no_cell_can_hold_is_refused_as_a_whole() {
    let long = "ă".repeat(40_000);
    assert!(matches!(xlsx(&list(&[&long], false)), Err(Refused::TooMuch(_))));
    for title in ["", "'", "[]:*?/\\", &"Một tên tờ rất dài ".repeat(9), &"😀".repeat(16)] {
        let named = List { title: title.into(), ..list(&["x"], false) };
        assert!(xlsx(&named).is_ok(), "{title:?} is no reason to refuse");
    }
}
