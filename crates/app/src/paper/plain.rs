//! A paper as plain text: what is signed, hashed and kept. It reads like the paper does, and the paper is set from it, so
//! that what is printed is what was signed.
//!
//! ```text
//! Loại: minutes
//! Cấp trên: Đảng bộ xã Tân Hòa
//! …
//!
//! I- Thành phần
//! - Tổng số đảng viên: 30 đồng chí
//! ```

use print::{Block, Column, Draft, Kind, Level, Number, Numbering, Paper, Signature, Signatures, Table, numbered};

/// a, b, c, d, đ, e …: without f, j, w and z. Part of how papers are kept, so it never changes.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// The widths of a table's first columns whose rows are numbered.
const NUMBERED: [u16; 2] = [1, 6];

/// Writes it.
pub fn write(paper: &Paper) -> String {
    let mut lines: Vec<String> = head(paper).into_iter().map(|(label, value)| format!("{label}: {value}")).collect();
    lines.push(String::new());
    let mut at = Count::default();
    for block in &paper.body {
        match block {
            Block::Heading(level, text) => lines.push(at.next(*level) + &one_line(text)),
            Block::Paragraph(text) => lines.extend(text.lines().map(str::to_owned)),
            Block::Item(text) => lines.push(format!("- {}", one_line(text))),
            Block::Table(table) => {
                let row = |cells: Vec<&str>| {
                    cells.iter().map(|cell| format!("| {} ", one_line(cell).replace('|', "/"))).collect::<String>()
                        + "|"
                };
                lines.push(row(table.columns.iter().map(|column| column.title.as_str()).collect()));
                lines.extend(table.rows.iter().map(|cells| row(cells.iter().map(String::as_str).collect())));
            }
            Block::PageBreak => {}
        }
    }
    domain::clean(&lines.join("\n"))
}

/// The paper again; none where it is not one of ours.
pub fn read(text: &str) -> Option<Paper> {
    let (head, body) = text.split_once("\n\n")?;
    let said = |label: &str| {
        head.lines()
            .find_map(|line| line.split_once(": ").filter(|(known, _)| *known == label))
            .map(|(_, value)| value.to_owned())
    };
    let named = said("Loại")?;
    let kind = KINDS.into_iter().find(|kind| kind.name() == named)?;
    let words = |label: &str| said(label).unwrap_or_default();
    let number = said("Ký hiệu").and_then(|code| {
        let (code, unit) = code.split_once('/')?;
        let given = said("Số").and_then(|number| number.parse().ok());
        Some(Number { given, code: code.to_owned(), unit: unit.to_owned() })
    });
    let signatures = match kind {
        Kind::Minutes => Signatures::Minutes { taker: words("Thư ký"), chair: words("Chủ trì") },
        _ => {
            Signatures::One(Signature {
                on_behalf: words("Thay mặt"), post: words("Chức vụ"), name: words("Người ký")
            })
        }
    };
    Some(Paper {
        kind,
        superior: words("Cấp trên"),
        issuer: words("Đơn vị"),
        number,
        place: words("Địa danh"),
        date: said("Ngày"),
        title: words("Tên"),
        subject: words("Trích yếu"),
        body: blocks(body),
        recipients: said("Nơi nhận").map(|all| all.split("; ").map(str::to_owned).collect()).unwrap_or_default(),
        signatures,
        draft: Draft::Final,
        bound: Vec::new(),
    })
}

/// The kinds that are kept as text.
const KINDS: [Kind; 3] = [Kind::Minutes, Kind::Resolution, Kind::Conclusion];

fn head(paper: &Paper) -> Vec<(&'static str, String)> {
    let mut head = vec![
        ("Loại", paper.kind.name().to_owned()),
        ("Cấp trên", paper.superior.clone()),
        ("Đơn vị", paper.issuer.clone()),
    ];
    if let Some(number) = &paper.number {
        head.extend(number.given.map(|given| ("Số", given.to_string())));
        head.push(("Ký hiệu", format!("{}/{}", number.code, number.unit)));
    }
    head.push(("Địa danh", paper.place.clone()));
    head.extend(paper.date.clone().map(|date| ("Ngày", date)));
    head.extend([("Tên", paper.title.clone()), ("Trích yếu", paper.subject.clone())]);
    head.push(("Nơi nhận", paper.recipients.join("; ")));
    match &paper.signatures {
        Signatures::Minutes { taker, chair } => head.extend([("Thư ký", taker.clone()), ("Chủ trì", chair.clone())]),
        Signatures::One(one) => head.extend([
            ("Thay mặt", one.on_behalf.clone()),
            ("Chức vụ", one.post.clone()),
            ("Người ký", one.name.clone()),
        ]),
        Signatures::None => {}
    }
    head.into_iter().map(|(label, value)| (label, one_line(&value))).filter(|(_, value)| !value.is_empty()).collect()
}

/// The blocks of a text as people write it. A number that is not the next one is a word like others: no text is ever
/// printed with another number than it was written with.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = Count::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(item) = line.strip_prefix("- ") {
            blocks.push(Block::Item(item.to_owned()));
        } else if let Some(cells) = row(line) {
            match blocks.last_mut() {
                Some(Block::Table(table)) => table.rows.push(cells),
                _ => {
                    // What a row is about is said at its beginning, or after its number, and takes the most words.
                    let shares: &[u16] =
                        if cells.first().is_some_and(|first| first == "STT") { &NUMBERED } else { &[2] };
                    let rest = shares.last().map_or(1, |share| (*share / 2).max(1));
                    let shares = shares.iter().copied().chain(std::iter::repeat(rest));
                    let column = |(title, share)| Column { title, share, ..Column::default() };
                    let columns = cells.into_iter().zip(shares).map(column).collect();
                    blocks.push(Block::Table(Table { columns, rows: Vec::new() }));
                }
            }
        } else if let Some((level, words)) = at.heading(line) {
            blocks.push(Block::Heading(level, words));
        } else {
            blocks.push(Block::Paragraph(line.to_owned()));
        }
    }
    blocks
}

fn row(line: &str) -> Option<Vec<String>> {
    let cells = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(cells.split('|').map(|cell| cell.trim().to_owned()).collect())
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How far the headings are counted.
#[derive(Default, Clone)]
struct Count {
    section: usize,
    point: usize,
    sub: usize,
}

impl Count {
    /// The mark of the next heading of a level.
    fn next(&mut self, level: Level) -> String {
        match level {
            Level::Section => {
                *self = Self { section: self.section + 1, ..Self::default() };
                format!("{}- ", numbered(Numbering::Roman, self.section, LETTERS))
            }
            Level::Point => {
                (self.point, self.sub) = (self.point + 1, 0);
                format!("{}. ", self.point)
            }
            Level::Sub => {
                self.sub += 1;
                format!("{}) ", numbered(Numbering::Letters, self.sub, LETTERS))
            }
        }
    }

    /// The heading that a line is, if it bears the next number of its level.
    fn heading(&mut self, line: &str) -> Option<(Level, String)> {
        [Level::Section, Level::Point, Level::Sub].into_iter().find_map(|level| {
            let mut next = self.clone();
            let mark = next.next(level);
            // `I.` is as common as `I-`.
            let words = line.strip_prefix(&mark).or_else(|| line.strip_prefix(&mark.replace('-', ".")))?;
            *self = next;
            Some((level, words.to_owned()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Planted: a heading taken whatever its number; the blank line before the body left out → each caught.
    #[test]
    fn what_is_printed_is_what_was_written() {
        let paper = Paper {
            superior: "Đảng bộ xã Tân Hòa".into(),
            issuer: "Chi bộ thôn Đông".into(),
            date: Some("2026-11-05".into()),
            subject: "Sinh hoạt chi bộ thường kỳ tháng 11 năm 2026".into(),
            body: vec![
                Block::Paragraph("Bắt đầu hồi 14 giờ 00.".into()),
                Block::Heading(Level::Section, "Thành phần".into()),
                Block::Item("Tổng số: 30 đồng chí".into()),
                Block::Heading(Level::Section, "Diễn biến".into()),
                Block::Heading(Level::Point, "Đường bê tông ngõ 3".into()),
                Block::Paragraph("Đ/c Bình: nhất trí.".into()),
                Block::Heading(Level::Sub, "Việc giao".into()),
                Block::Table(Table {
                    columns: [("Việc", 2), ("Ai", 1)]
                        .map(|(title, share)| Column { title: title.into(), share, ..Column::default() })
                        .into(),
                    rows: vec![vec!["Vận động".into(), "Đ/c An".into()]],
                }),
            ],
            signatures: Signatures::Minutes { taker: "Lê Thị Hoa".into(), chair: "Trần Văn Bình".into() },
            ..Paper::default()
        };
        let text = write(&paper);
        assert_eq!(read(&text), Some(paper), "{text}");
        assert_eq!(write(&read(&text).expect("reads")), text);
    }

    #[test]
    fn a_number_out_of_turn_stays_as_it_was_written() {
        let written = "2. Hai trước một\n1. Một\n3. Ba sau một";
        let kinds: Vec<bool> = blocks(written).iter().map(|block| matches!(block, Block::Heading(..))).collect();
        assert_eq!(kinds, [false, true, false]);
        assert_eq!(blocks("- một\n\n| a | b |\n| c | d |").len(), 2);
    }
}
