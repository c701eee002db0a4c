//! What a paper says: headings that count themselves, paragraphs, items, tables, and a full stop at the end.

use domain::fill;

use super::{Grid, Piece, Role, Setter, Text};
use crate::{
    Block, Level, Part, Table,
    layout::Face,
    text::{ended, lines, numbered, one_line},
};

impl Setter<'_> {
    pub(super) fn body(&mut self) {
        let start = self.pieces.len();
        let mut counts = [0_usize; 3];
        for block in &self.paper.body {
            match block {
                Block::Heading(level, text) => self.heading(*level, text, &mut counts),
                Block::Paragraph(text) => self.paragraphs(text, ""),
                Block::Item(text) => self.paragraphs(text, &self.layout.words.item),
                Block::Table(table) => self.table(table),
                Block::PageBreak => self.pieces.push(Piece::Break),
            }
        }
        if self.pieces.len() == start && self.asks.contains(&Part::Body) {
            self.paragraphs(&self.layout.words.missing, "");
        }
        if let Some(Piece::Text(last)) = self.pieces.get_mut(start..).and_then(<[Piece]>::last_mut) {
            last.words = ended(&last.words);
        }
    }

    fn heading(&mut self, level: Level, text: &str, counts: &mut [usize; 3]) {
        let at = level as usize;
        let words = one_line(text);
        let (Some(heading), false) = (self.layout.headings.get(at), words.is_empty()) else { return };
        if let Some((count, deeper)) = counts.get_mut(at..).and_then(<[usize]>::split_first_mut) {
            *count += 1;
            deeper.fill(0);
            let number = numbered(heading.numbering, *count, &self.layout.words.letters);
            let mark = fill(&heading.mark, &[("n", &number)]);
            // A sub-heading's letter stays small whatever its face does to the words.
            let words = if heading.face.caps { words.to_uppercase() } else { words };
            let face = Face { caps: false, ..heading.face.clone() };
            let text = Text { role: Role::Heading(level), keep_next: true, ..Text::plain(mark + &words, &face) };
            self.pieces.push(Piece::Text(text));
        }
    }

    fn paragraphs(&mut self, text: &str, mark: &str) {
        for (at, line) in lines(text).into_iter().enumerate() {
            let line = if at == 0 { format!("{mark}{line}") } else { line };
            self.pieces.push(Piece::Text(Text::plain(line, &self.layout.body)));
        }
    }

    fn table(&mut self, table: &Table) {
        let look = &self.layout.table;
        let count = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.columns.len());
        if count == 0 {
            return;
        }
        let column = |at: usize| table.columns.get(at);
        let share = |at| f32::from(column(at).map_or(1, |column| column.share.max(1)));
        let all: f32 = (0..count).map(share).sum();
        let page = &self.layout.page;
        let width = page.width - page.left - page.right;
        let cell =
            |text: &str, face: &Face| lines(text).into_iter().map(|line| Text::plain(line, face)).collect::<Vec<_>>();
        let faces: Vec<Face> = (0..count)
            .map(|at| Face { align: column(at).map_or(look.cell.align, |column| column.align), ..look.cell.clone() })
            .collect();
        let row = |row: &Vec<String>| {
            let cells = faces.iter().enumerate();
            cells.map(|(at, face)| cell(row.get(at).map_or("", String::as_str), face)).collect()
        };
        let mut head: Vec<_> =
            (0..count).map(|at| cell(column(at).map_or("", |column| &column.title), &look.head)).collect();
        head.iter_mut().flatten().for_each(|text| text.keep_next = true);
        self.pieces.push(Piece::Grid(Grid {
            widths: (0..count).map(|at| width * share(at) / all).collect(),
            head: if head.iter().all(Vec::is_empty) { Vec::new() } else { head },
            rows: table.rows.iter().map(row).collect(),
            above: look.above,
            keep_next: false,
        }));
    }
}
