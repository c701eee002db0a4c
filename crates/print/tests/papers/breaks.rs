//! Where pages end, and what goes on over them.

use print::{Block, Level, Paper};

use crate::{
    any::lost,
    measure::{Sheet, Shown, sheets},
    pages::{made, rules},
    read::pdf_pages,
    samples,
};

fn level_with(is: f32, should: f32) -> bool {
    (is - should).abs() < 0.1
}

/// Paragraphs of every length before the end of a page.
fn shifted(by: usize, extra: usize) -> Paper {
    let mut paper = samples::minutes(0);
    let lines = |count: usize| "Đồng chí Lê Văn An đề nghị bổ sung kết quả thu quỹ khuyến học năm nay. ".repeat(count);
    paper.body = (0..by).map(|at| Block::Paragraph(format!("Đoạn {at}."))).collect();
    paper.body.push(Block::Heading(Level::Section, "Đề mục".into()));
    paper.body.push(Block::Paragraph(lines(extra)));
    paper.body.push(Block::Heading(Level::Point, "Đề mục cuối".into()));
    paper.body.push(Block::Paragraph(format!("Đoạn cuối cùng {}", lines(extra))));
    paper
}

// Planted: headings not kept with what follows; signatures not kept with what they sign; single lines → each caught.
#[test]
fn no_page_ends_with_a_heading_or_begins_with_signatures_or_has_a_single_line() {
    let mut broken = 0;
    for by in 12..34 {
        for extra in [1, 2, 3, 5] {
            let all = sheets(&made(&shifted(by, extra)));
            broken += all.len() - 1;
            for (at, sheet) in all.iter().enumerate() {
                let lines: Vec<String> =
                    sheet.lines().iter().map(|line| line.iter().map(|shown| shown.text.as_str()).collect()).collect();
                let body = &lines[usize::from(at > 0)..];
                let (first, last) = (body.first().expect("a line"), body.last().expect("a line"));
                assert!(
                    !last.starts_with("I- ĐỀ") && !last.starts_with("1. Đề"),
                    "a heading ends page {at} of {by}/{extra}"
                );
                assert!(!first.contains("NGƯỜI GHI"), "signatures alone on page {at} of {by}/{extra}");
                let begins = |line: &str| {
                    ["Đoạn", "I- ", "1. ", "ĐẢNG", "Đồng chí Lê"].iter().any(|start| line.starts_with(start))
                };
                let indented = |at: usize| sheet.lines()[at][0].x > 35.0;
                if at > 0 && !begins(first) && !indented(1) {
                    assert!(!indented(2), "one line of a paragraph begins page {at} of {by}/{extra}: {first}");
                }
            }
        }
    }
    assert!(broken > 40, "pages were broken: {broken}");
}

// Planted: the head not repeated → caught.
#[test]
fn a_long_table_goes_on_under_its_head() {
    let paper = samples::attendance(90);
    let all = sheets(&made(&paper));
    assert!(all.len() > 3, "it is long");
    for sheet in &all {
        let head: Vec<&Shown> = ["TT", "Họ và tên", "Điểm danh", "Ký tên"].map(|title| sheet.saying(title)).to_vec();
        assert!(head.iter().all(|title| level_with(title.baseline, head[0].baseline)), "one row");
        let page = &rules(&paper).page;
        for bar in &sheet.bars {
            assert!(bar.x > page.left - 1.0 && bar.x + bar.width < page.width - page.right + 1.0, "{bar:?}");
            assert!(bar.y + bar.height < page.height - page.bottom + 1.0, "{bar:?}");
        }
    }
    let said = pdf_pages(&made(&paper)).concat();
    for at in 1..=90 {
        assert!(
            said.contains(&format!("Nguyễn Thị Thanh Hiền {at}\n")) || said.contains(&format!("Hiền {at} ")),
            "{at}"
        );
    }
}

// Planted: long words not broken; what is longer than a page not divided → each caught.
#[test]
fn what_is_endless_wraps_and_stays_between_the_margins() {
    let paper = samples::endless();
    let page = &rules(&paper).page;
    let blank = 14.0 * 0.25 * 25.4 / 72.0;
    let all: Vec<Sheet> = sheets(&made(&paper));
    for (at, sheet) in all.iter().enumerate() {
        for shown in &sheet.shown {
            assert!(
                shown.x > page.left - 1.0 && shown.end < page.width - page.right + blank + 1.0,
                "page {at}: {shown:?}"
            );
            assert!(shown.baseline < page.height - page.bottom, "page {at}: {shown:?}");
        }
    }
    let Block::Table(table) = &paper.body[2] else { panic!("a table") };
    let mut wanted = [&paper.superior, &paper.issuer, &paper.subject].map(String::as_str).concat();
    wanted.extend(table.rows.iter().flatten().chain(&paper.recipients).map(String::as_str));
    let said = pdf_pages(&made(&paper)).concat();
    assert_eq!(lost(&wanted.to_lowercase(), &said.to_lowercase()), Vec::new(), "no letter of any of it");
}
