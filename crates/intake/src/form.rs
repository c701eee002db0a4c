//! What lines mean: a heading, a paragraph with the words it begins with, an item, a table.

use domain::Block;

use crate::line::{Line, Part};

/// Characters of the longest heading that nothing but its look tells.
const HEADING: usize = 120;
/// Cells that a table may have: one wide row in a long table would make all its rows wide.
const CELLS: usize = 20_000;

pub(crate) fn blocks(parts: &[Part]) -> Vec<Block> {
    parts.iter().flat_map(block).collect()
}

fn block(part: &Part) -> Vec<Block> {
    match part {
        Part::Line(line) => vec![of_line(line)],
        Part::Table(rows) => of_table(rows),
    }
}

/// A table that has one cell a row, or too many, or sets a signature beside the recipients, is lines like others.
fn of_table(rows: &[Vec<Vec<Line>>]) -> Vec<Block> {
    let most = rows.iter().map(Vec::len).max().unwrap_or_default();
    // What other cells go over in every row is no column.
    let said = |column: &usize| rows.iter().any(|row| row.get(*column).is_some_and(|cell| !cell.is_empty()));
    let columns: Vec<usize> = (0..most).filter(said).collect();
    if columns.len() < 2 || rows.len() < 2 || columns.len().saturating_mul(rows.len()) > CELLS {
        return rows.iter().flatten().flatten().map(of_line).collect();
    }
    let cell = |cell: &Vec<Line>| cell.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    let row =
        |row: &Vec<Vec<Line>>| columns.iter().map(|column| row.get(*column).map(cell).unwrap_or_default()).collect();
    vec![Block::Table { rows: rows.iter().map(row).collect() }]
}

fn of_line(line: &Line) -> Block {
    let text = match line.mark.as_deref() {
        Some("") => return Block::Item { mark: None, text: line.text.clone() },
        // A note.
        Some(mark) if mark.starts_with('[') => {
            return Block::Item { mark: Some(mark.to_owned()), text: line.text.clone() };
        }
        Some(mark) => format!("{mark} {}", line.text),
        None => line.text.clone(),
    };
    if let Some(level) = line.heading.or_else(|| level(line, &text)) {
        return Block::Heading { level, text };
    }
    if let Some(rest) = text.strip_prefix(['-', '–', '+', '•', '*']).filter(|rest| rest.starts_with(' ')) {
        return Block::Item { mark: None, text: rest.trim_start().to_owned() };
    }
    if let Some((mark, rest)) = item(&text) {
        return Block::Item { mark: Some(mark.to_owned()), text: rest.to_owned() };
    }
    let bold = if line.bold == 0 { 0 } else { line.bold + text.len() - line.text.len() };
    match text.split_at_checked(bold).filter(|(lead, rest)| !lead.is_empty() && !rest.is_empty()) {
        Some((lead, rest)) => {
            Block::Paragraph { lead: Some(lead.trim_end().to_owned()), text: rest.trim_start().to_owned() }
        }
        None => Block::Paragraph { lead: None, text },
    }
}

/// Where a heading stands that only its words and its look tell.
fn level(line: &Line, text: &str) -> Option<u8> {
    if text.chars().count() > HEADING || !(line.is_bold() || line.is_capital()) {
        return None;
    }
    let first = text.split(' ').next().unwrap_or_default();
    let mark = first.trim_end_matches(['.', '-', ')', ':']);
    let roman = !mark.is_empty() && mark.len() < first.len() && mark.chars().all(|c| "IVXLC".contains(c));
    match first.to_uppercase().as_str() {
        _ if roman => Some(1),
        "CHƯƠNG" | "PHẦN" => Some(1),
        "MỤC" | "ĐIỀU" => Some(2),
        _ if line.is_capital() => Some(1),
        _ if mark.chars().all(|c| c.is_ascii_digit()) && !mark.is_empty() => Some(2),
        _ => None,
    }
}

/// `a)`, `đ)`, `1.1.` and what follows.
fn item(text: &str) -> Option<(&str, &str)> {
    let (mark, rest) = text.split_once(' ')?;
    let letter =
        mark.strip_suffix(')').is_some_and(|one| one.chars().count() == 1 && one.chars().all(char::is_lowercase));
    let below = mark.trim_end_matches('.');
    let counted =
        below.contains('.') && below.split('.').all(|one| !one.is_empty() && one.chars().all(|c| c.is_ascii_digit()));
    (letter || counted).then_some((mark, rest))
}
