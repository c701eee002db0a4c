//! Tables of Word files whose cells go over several columns.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use domain::Block;
use intake::open;
use sample::{p, word};

fn cell(says: &str, words: &str) -> String {
    let words = if words.is_empty() { "<w:p/>".to_owned() } else { p(words) };
    format!("<w:tc><w:tcPr>{says}</w:tcPr>{words}</w:tc>")
}

fn over(columns: u32, words: &str) -> String {
    cell(&format!("<w:gridSpan w:val=\"{columns}\"/>"), words)
}

fn row(says: &str, cells: &[String]) -> String {
    format!("<w:tr><w:trPr>{says}</w:trPr>{}</w:tr>", cells.concat())
}

fn blocks(rows: &[String]) -> Vec<Block> {
    open("bảng.docx", &word(&format!("<w:tbl>{}</w:tbl>", rows.concat()))).unwrap().blocks
}

fn table(rows: &[&[&str]]) -> Vec<Block> {
    vec![Block::Table { rows: rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect() }]
}

// Planted: what a cell goes over not counted; empty cells before the words instead of after; columns left out before a row not
// counted; a column that is none kept; any number of columns believed → each caught.
#[test]
fn words_stand_under_their_column_whatever_cells_go_over() {
    let (begins, goes_on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let head = [
        row("", &[cell(begins, "Họ tên"), over(2, "Kết quả"), cell(begins, "Ghi chú")]),
        row("", &[cell(goes_on, ""), cell("", "Tốt"), cell("", "Khá"), cell(goes_on, "")]),
    ];
    let body = row("", &[cell("", "Lan"), cell("", "x"), cell("", ""), cell("", "Dự bị")]);
    let foot = row("<w:gridBefore w:val=\"2\"/>", &[cell("", "1"), cell("", "Cộng")]);
    assert_eq!(
        blocks(&[&head[..], &[body, foot]].concat()),
        table(&[
            &["Họ tên", "Kết quả", "", "Ghi chú"],
            &["", "Tốt", "Khá", ""],
            &["Lan", "x", "", "Dự bị"],
            &["", "", "1", "Cộng"],
        ])
    );
    // What goes over the same columns in every row is one column, and one column is no table.
    let wide = |words: [&str; 2]| row("", &[over(3, words[0]), over(2, words[1])]);
    assert_eq!(
        blocks(&[wide(["Việc", "Hạn"]), wide(["Rừng", "15/12"])]),
        table(&[&["Việc", "Hạn"], &["Rừng", "15/12"]])
    );
    let alone = |words: &str| row("", &[over(2, words)]);
    let said = |text: &str| Block::Paragraph { lead: None, text: text.to_owned() };
    assert_eq!(blocks(&[alone("Một"), alone("Hai")]), [said("Một"), said("Hai")]);
    let endless = |words: &str| row("", &[over(4_000_000_000, words), cell("", "b")]);
    assert_eq!(blocks(&[endless("a"), endless("c")]), table(&[&["a", "b"], &["c", "b"]]));
}
