//! Glyphs become rows, and rows the pieces that a wide gap sets apart; page numbers are dropped.

use super::glyph::Letter;
use crate::line::Line;

/// Of the size of the letters: how far a glyph may stand off the row, what sets words apart, and what sets pieces apart.
const OFF: f64 = 0.45;
const SPACE: f64 = 0.15;
const APART: f64 = 1.4;
/// How near the same glyph stands that is drawn twice, to be bold or for a shadow.
const TWICE: f64 = 0.12;
/// How far an item may stand from its mark.
const TAB: f64 = 4.0;
/// Of the page's height: where page numbers and running heads stand.
const MARGIN: f64 = 0.1;

/// A stretch of words on one row.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub runs: Vec<(String, bool)>,
    pub left: f64,
    pub right: f64,
    /// Where its first word ends.
    pub first: f64,
}

/// A row of a page, from left to right.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub pieces: Vec<Piece>,
    pub base: f64,
    pub size: f64,
    /// Whether it stands where page numbers and running heads do.
    pub margin: bool,
}

impl Piece {
    fn new(letter: &Letter) -> Self {
        Self { runs: vec![(letter.text.clone(), letter.bold)], left: letter.left, right: letter.right, first: 0.0 }
    }

    pub fn text(&self) -> String {
        self.runs.iter().map(|(words, _)| words.as_str()).collect()
    }

    fn push(&mut self, letter: &Letter) {
        let gap = letter.left - self.right > SPACE * letter.size;
        if gap && self.first == 0.0 {
            self.first = self.right;
        }
        let said = if gap { format!(" {}", letter.text) } else { letter.text.clone() };
        match self.runs.last_mut().filter(|(_, bold)| *bold == letter.bold) {
            Some((words, _)) => words.push_str(&said),
            None => self.runs.push((said, letter.bold)),
        }
        self.right = self.right.max(letter.right);
    }
}

impl Row {
    /// All its words, with its gaps.
    pub fn line(&self) -> Line {
        Line::of(&[(self.pieces.iter().map(Piece::text).collect::<Vec<_>>().join("\t"), false)])
    }
}

pub(super) fn rows(mut letters: Vec<Letter>, height: f64) -> Vec<Row> {
    letters.retain(|letter| !letter.text.trim().is_empty());
    letters.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut rows: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        let near = |row: &&mut Vec<Letter>| {
            row.last().is_some_and(|last| (letter.base - last.base).abs() < OFF * letter.size.max(last.size))
        };
        match rows.last_mut().filter(near) {
            Some(row) => row.push(letter),
            None => rows.push(vec![letter]),
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().map(|row| of(row, height)).collect();
    rows.retain(|row| !(row.margin && is_number(row)));
    rows
}

fn of(mut letters: Vec<Letter>, height: f64) -> Row {
    letters.sort_by(|a, b| a.left.total_cmp(&b.left));
    letters.dedup_by(|next, last| next.text == last.text && next.left - last.left < TWICE * last.size);
    let size = letters.iter().map(|letter| letter.size).fold(0.0, f64::max);
    let base = letters.iter().map(|letter| letter.base).sum::<f64>() / letters.len().max(1) as f64;
    let mut pieces: Vec<Piece> = Vec::new();
    for letter in &letters {
        // What stands a tab after a mark is its item.
        let joins = |last: &&mut Piece| {
            let gap = letter.left - last.right;
            gap < APART * size || gap < TAB * size && is_mark(&last.text())
        };
        match pieces.last_mut().filter(joins) {
            Some(piece) => piece.push(letter),
            None => pieces.push(Piece::new(letter)),
        }
    }
    for piece in &mut pieces {
        piece.first = if piece.first == 0.0 { piece.right } else { piece.first };
    }
    let margin = base < MARGIN * height || base > (1.0 - MARGIN) * height;
    Row { pieces, base, size, margin }
}

/// `-`, `+`, `a)`, `1.`, `IV.`
pub(super) fn is_mark(text: &str) -> bool {
    let inner = text.trim_end_matches(['.', ')']);
    matches!(text, "-" | "–" | "+" | "•" | "*")
        || inner.len() < text.len() && inner.chars().count() <= 5 && inner.chars().all(char::is_alphanumeric)
}

/// `2`, `- 2 -`, `Trang 2/5`.
fn is_number(row: &Row) -> bool {
    let text: String = row.pieces.iter().map(Piece::text).collect::<Vec<_>>().join(" ").to_lowercase();
    let text = text.trim_start_matches("trang");
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '/' | '.'))
        && text.chars().count() <= 12
}
