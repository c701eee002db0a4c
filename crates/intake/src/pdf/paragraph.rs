//! Rows become paragraphs: by gaps, by indents, and by what would have fitted on the row above.

use std::collections::HashMap;

use super::row::{Piece, Row, is_mark};
use crate::line::{Line, Part};

/// Rows that make a table when their pieces stand under one another.
const TABLE: usize = 3;
/// Points by which the same edge may differ.
const EDGE: f64 = 4.0;

pub(super) fn parts(mut pages: Vec<Vec<Row>>) -> Vec<Part> {
    drop_heads(&mut pages);
    let mut parts = Vec::new();
    let mut open: Option<Open> = None;
    for page in &pages {
        let page_right = page.iter().flat_map(|row| &row.pieces).map(|piece| piece.right).fold(0.0, f64::max);
        let mut rows = page.as_slice();
        let mut above: Option<&Row> = None;
        while let Some((row, rest)) = rows.split_first() {
            let beside = rows.iter().take_while(|row| row.pieces.len() > 1).count();
            if beside > 0 {
                open.take().into_iter().for_each(|done| parts.push(done.part()));
                let (group, rest) = rows.split_at(beside);
                parts.extend(columns(group));
                (above, rows) = (None, rest);
                continue;
            }
            if let Some(piece) = row.pieces.first() {
                match open.as_mut().filter(|open| open.takes(piece, row, above)) {
                    Some(open) => open.push(piece, page_right),
                    None => {
                        open.take().into_iter().for_each(|done| parts.push(done.part()));
                        open = Some(Open::new(piece, page_right));
                    }
                }
            }
            (above, rows) = (Some(row), rest);
        }
    }
    open.into_iter().for_each(|done| parts.push(done.part()));
    parts.retain(|part| part.lines().iter().any(|line| !line.text.is_empty()));
    parts
}

/// A paragraph while rows still join it.
struct Open {
    runs: Vec<(String, bool)>,
    /// The left edge of its second row, or of its first.
    left: f64,
    /// What is free at the end of its last row.
    room: f64,
    rows: usize,
}

impl Open {
    fn new(piece: &Piece, page_right: f64) -> Self {
        Self { runs: piece.runs.clone(), left: piece.left, room: page_right - piece.right, rows: 1 }
    }

    fn takes(&self, piece: &Piece, row: &Row, above: Option<&Row>) -> bool {
        let far = above.is_some_and(|above| row.base - above.base > 2.0 * row.size.max(above.size));
        let other = above.is_some_and(|above| (row.size - above.size).abs() > 0.5);
        let indented = piece.left > self.left + EDGE;
        let outdented = self.rows > 1 && piece.left < self.left - EDGE;
        let fitted = piece.first - piece.left + 0.3 * row.size < self.room;
        let text = piece.text();
        let marked = text.split(' ').next().is_some_and(is_mark);
        !(far || other || indented || outdented || fitted || marked)
    }

    fn push(&mut self, piece: &Piece, page_right: f64) {
        self.runs.push((" ".to_owned(), self.runs.last().is_some_and(|(_, bold)| *bold)));
        self.runs.extend(piece.runs.iter().cloned());
        (self.left, self.room, self.rows) = (piece.left, page_right - piece.right, self.rows + 1);
    }

    fn part(self) -> Part {
        Part::Line(Line::of(&self.runs))
    }
}

/// Rows of pieces: a table where they stand in line, else the left side, then the right.
fn columns(rows: &[Row]) -> Vec<Part> {
    let lefts = |row: &Row| row.pieces.iter().map(|piece| piece.left).collect::<Vec<_>>();
    let first = rows.first().map(lefts).unwrap_or_default();
    let in_line = |row: &Row| {
        let other = lefts(row);
        other.len() == first.len() && other.iter().zip(&first).all(|(a, b)| (a - b).abs() < EDGE)
    };
    if rows.len() >= TABLE && rows.iter().all(in_line) {
        let cell = |piece: &Piece| vec![Line::of(&piece.runs)];
        return vec![Part::Table(rows.iter().map(|row| row.pieces.iter().map(cell).collect()).collect())];
    }
    let left = rows.iter().filter_map(|row| row.pieces.first());
    let right = rows.iter().flat_map(|row| row.pieces.iter().skip(1));
    left.chain(right).map(|piece| Part::Line(Line::of(&piece.runs))).collect()
}

/// What stands in the margin of most pages, but for its number, is no text of the paper.
fn drop_heads(pages: &mut [Vec<Row>]) {
    let name = |row: &Row| -> String {
        row.pieces
            .iter()
            .flat_map(|piece| piece.text().chars().collect::<Vec<_>>())
            .filter(|c| !c.is_ascii_digit())
            .collect()
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for row in pages.iter().flatten().filter(|row| row.margin) {
        *counts.entry(name(row)).or_default() += 1;
    }
    let most = (pages.len() / 2).max(2);
    for page in pages {
        page.retain(|row| !row.margin || counts.get(&name(row)).is_none_or(|count| *count <= most));
    }
}
