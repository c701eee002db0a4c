//! Pieces become chunks that no page divides: a line of a paragraph, a row of a table, the columns with the signatures.

use super::{
    flow::{Chunk, Ink, Step, Tag},
    lines::{Line, Setter},
    points,
};
use crate::{
    layout::Layout,
    plan::{Columns, Grid, Piece, Role, Text},
};

/// What makes them, and counts paragraphs.
pub(crate) struct Maker<'a> {
    layout: &'a Layout,
    setter: &'a mut Setter,
    pub steps: Vec<Step>,
    pub tags: Vec<Tag>,
    pub leaves: usize,
}

impl<'a> Maker<'a> {
    pub fn new(layout: &'a Layout, setter: &'a mut Setter) -> Self {
        Self { layout, setter, steps: Vec::new(), tags: Vec::new(), leaves: 0 }
    }

    pub fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Columns(columns) => self.columns(columns),
            Piece::Grid(grid) => self.grid(grid),
            Piece::Break => self.steps.push(Step::Break),
        }
    }

    fn width(&self) -> f32 {
        points(self.layout.page.width - self.layout.page.left - self.layout.page.right)
    }

    fn leaf(&mut self) -> usize {
        self.leaves += 1;
        self.leaves - 1
    }

    fn text(&mut self, text: &Text) {
        let leaf = self.leaf();
        self.tags.push(Tag::Text(text.role, leaf));
        let lines = self.setter.set(text, self.width());
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let last = at + 1 == count;
            // The first two lines stay together, and so do the last two.
            let glued = if last { text.keep_next } else { at == 0 || at + 2 == count || text.role != Role::Paragraph };
            let above = if at == 0 { text.face.above } else { 0.0 };
            let height = line.height;
            let inks = inked(line, text, leaf, (0.0, 0.0), self.layout.table.rule_weight);
            self.steps.push(Step::Chunk(Chunk { above, height, glued, inks, frame: None }));
        }
    }

    /// Paragraphs under each other in a column; gives back how far down they reach.
    fn stack(
        &mut self,
        texts: &[Text],
        x: f32,
        width: f32,
        inks: &mut Vec<(f32, f32, Ink)>,
        leaves: &mut Vec<usize>,
    ) -> f32 {
        let mut y = 0.0;
        for (at, text) in texts.iter().enumerate() {
            if at > 0 {
                y += text.face.above;
            }
            let leaf = self.leaf();
            leaves.push(leaf);
            let lines = self.setter.set(text, width);
            let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
            let left = lines.iter().map(|line| line.x).fold(f32::MAX, f32::min).min(width);
            let top = y;
            for line in lines {
                let height = line.height;
                inks.extend(inked(line, text, leaf, (x, y), self.layout.table.rule_weight));
                y += height;
            }
            let weight = self.layout.rule_weight;
            if text.ruled {
                y += self.layout.rule_gap;
                inks.push((x + left, y, Ink::Across { length: widest, weight }));
            }
            if text.boxed {
                let gap = self.layout.rule_gap;
                let (left, length) = (x + left - gap, widest + 2.0 * gap);
                inks.extend([top, y].map(|y| (left, y, Ink::Across { length, weight })));
                inks.extend([left, left + length].map(|x| (x, top, Ink::Down { length: y - top, weight })));
            }
        }
        y
    }

    fn columns(&mut self, columns: &Columns) {
        let mut chunk = Chunk { above: columns.above, glued: columns.keep_next, ..Chunk::default() };
        let mut x = 0.0;
        let mut leaves = Vec::new();
        for (side, width) in columns.sides.iter().zip(columns.widths.map(points)) {
            let height = self.stack(side, x, width, &mut chunk.inks, &mut leaves);
            chunk.height = chunk.height.max(height);
            x += width;
        }
        self.tags.extend(leaves.into_iter().map(|leaf| Tag::Text(Role::Paragraph, leaf)));
        self.steps.push(Step::Chunk(chunk));
    }

    fn grid(&mut self, grid: &Grid) {
        let mut tags = Vec::new();
        let head = (!grid.head.is_empty()).then(|| self.row(&grid.head, grid, &mut tags));
        if let Some(head) = &head {
            let again = head.inks.iter().map(|(x, y, ink)| match ink {
                Ink::Line(line, _) => (*x, *y, Ink::Line(line.clone(), None)),
                ink => (*x, *y, ink.clone()),
            });
            let again = Chunk { above: 0.0, inks: again.collect(), ..head.clone() };
            self.steps.push(Step::Chunk(Chunk { above: grid.above, glued: true, ..head.clone() }));
            self.steps.push(Step::Head(Some(again)));
        }
        let count = grid.rows.len();
        for (at, cells) in grid.rows.iter().enumerate() {
            let row = self.row(cells, grid, &mut tags);
            let above = if at == 0 && head.is_none() { grid.above } else { 0.0 };
            let glued = at + 1 == count && grid.keep_next;
            self.steps.push(Step::Chunk(Chunk { above, glued, ..row }));
        }
        self.steps.push(Step::Head(None));
        self.tags.push(Tag::Table { head: head.is_some(), rows: tags });
    }

    fn row(&mut self, cells: &[Vec<Text>], grid: &Grid, tags: &mut Vec<Vec<Vec<usize>>>) -> Chunk {
        let look = &self.layout.table;
        let (padding, weight) = (points(look.padding), look.rule_weight);
        let mut chunk = Chunk { height: look.cell.line, ..Chunk::default() };
        let mut edges = vec![0.0];
        let mut x = 0.0;
        let mut row = Vec::new();
        for (texts, width) in cells.iter().zip(&grid.widths) {
            let width = points(*width);
            // A column may be too narrow for its padding; one letter must still find room.
            let inner = (width - 2.0 * padding).max(look.cell.size);
            let mut leaves = Vec::new();
            let height = self.stack(texts, x + padding, inner, &mut chunk.inks, &mut leaves);
            chunk.height = chunk.height.max(height);
            row.push(leaves);
            x += width;
            edges.push(x);
        }
        tags.push(row);
        let above = padding / 2.0;
        for (_, y, _) in &mut chunk.inks {
            *y += above;
        }
        chunk.height += padding;
        chunk.frame = Some((edges, weight));
        chunk
    }
}

/// A line at a place, its underline, and a frame for each letter that the font has not.
fn inked(line: Line, text: &Text, leaf: usize, (x, y): (f32, f32), weight: f32) -> Vec<(f32, f32, Ink)> {
    let mut inks = Vec::new();
    let (down, thick) = line.underline;
    if text.face.underline && thick > 0.0 {
        inks.push((x + line.x, y + down, Ink::Across { length: line.width, weight: thick }));
    }
    let (top, height) = (y + line.baseline - line.capitals, line.capitals);
    for (left, width) in line.segments.iter().flat_map(|segment| &segment.frames) {
        // Two frames side by side do not touch.
        let (left, length) = (x + left + weight, (width - 2.0 * weight).max(weight));
        inks.extend([top, top + height].map(|y| (left, y, Ink::Across { length, weight })));
        inks.extend([left, left + length].map(|x| (x, top, Ink::Down { length: height, weight })));
    }
    inks.push((x, y, Ink::Line(line, Some(leaf))));
    inks
}
