//! Chunks fill pages: headings stay with what follows, signatures with what they sign, and no paragraph leaves a single
//! line behind.

use super::{
    chunks::Maker,
    lines::{Line, Setter},
    points,
};
use crate::{
    layout::Layout,
    plan::{Piece, Role},
};

/// What stands on the pages.
pub(crate) struct Flow {
    pub pages: Vec<Page>,
    /// What it is to somebody who hears it, in reading order.
    pub tags: Vec<Tag>,
    /// How many paragraphs there are: each line says which of them it is in.
    pub leaves: usize,
}

/// A piece of the structure.
pub(crate) enum Tag {
    Text(Role, usize),
    /// Rows of cells of paragraphs; the first row is the head, if it has one.
    Table {
        head: bool,
        rows: Vec<Vec<Vec<usize>>>,
    },
}

/// What is drawn on a page, in points from its upper left corner.
#[derive(Default)]
pub(crate) struct Page {
    pub inks: Vec<(f32, f32, Ink)>,
}

#[derive(Clone)]
pub(crate) enum Ink {
    /// A line of the paragraph of that number; none where a table's head is drawn once more.
    Line(Line, Option<usize>),
    /// A line from here, so long and so thick; across or down.
    Across {
        length: f32,
        weight: f32,
    },
    Down {
        length: f32,
        weight: f32,
    },
}

impl Ink {
    fn height(&self) -> f32 {
        match self {
            Self::Line(line, _) => line.height,
            Self::Across { .. } => 0.0,
            Self::Down { length, .. } => *length,
        }
    }
}

/// What no page divides, unless it is longer than a page.
#[derive(Clone, Default)]
pub(crate) struct Chunk {
    /// Space above, for what stands above.
    pub above: f32,
    pub height: f32,
    /// On the page of the next one.
    pub glued: bool,
    pub inks: Vec<(f32, f32, Ink)>,
    /// A row of a table: its columns' edges, and the weight of its lines.
    pub frame: Option<(Vec<f32>, f32)>,
}

pub(crate) enum Step {
    Chunk(Chunk),
    Break,
    /// From here on, every page begins with this, until another is set.
    Head(Option<Chunk>),
}

/// Sets pieces on pages.
pub(crate) fn flow(pieces: &[Piece], layout: &Layout, setter: &mut Setter) -> Flow {
    let mut maker = Maker::new(layout, setter);
    for piece in pieces {
        maker.piece(piece);
    }
    let Maker { steps, tags, leaves, .. } = maker;
    Flow { pages: fill(steps, layout), tags, leaves }
}

struct Filler<'a> {
    layout: &'a Layout,
    pages: Vec<Page>,
    /// How far the last page is filled, from its upper margin.
    y: f32,
    /// How far it is filled by the head of a table that goes on.
    start: f32,
    head: Option<Chunk>,
}

fn fill(steps: Vec<Step>, layout: &Layout) -> Vec<Page> {
    let mut filler = Filler { layout, pages: vec![Page::default()], y: 0.0, start: 0.0, head: None };
    let mut group: Vec<Chunk> = Vec::new();
    // A table's head is glued to its first row, and is repeated from then on.
    let mut heads: Vec<Option<Chunk>> = Vec::new();
    for step in steps {
        let done = match step {
            Step::Chunk(chunk) => {
                let glued = chunk.glued;
                group.push(chunk);
                !glued
            }
            Step::Head(head) => {
                heads.push(head);
                group.is_empty()
            }
            Step::Break => {
                filler.group(std::mem::take(&mut group));
                filler.head = None;
                filler.new_page();
                true
            }
        };
        if done {
            filler.group(std::mem::take(&mut group));
            filler.head = heads.drain(..).next_back().unwrap_or(filler.head);
        }
    }
    filler.group(group);
    filler.pages
}

impl Filler<'_> {
    fn room(&self) -> f32 {
        points(self.layout.page.height - self.layout.page.top - self.layout.page.bottom)
    }

    /// Whether anything stands on the last page.
    fn begun(&self) -> bool {
        self.y > self.start
    }

    fn new_page(&mut self) {
        if !self.begun() {
            return;
        }
        self.pages.push(Page::default());
        (self.y, self.start) = (0.0, 0.0);
        // A head that is most of a page would leave no room for rows.
        if let Some(head) = self.head.clone().filter(|head| head.height < self.room() / 3.0) {
            self.draw(head);
            self.start = self.y;
        }
    }

    /// Chunks that belong on one page, if one can hold them.
    fn group(&mut self, group: Vec<Chunk>) {
        let height: f32 = group.iter().map(|chunk| chunk.above + chunk.height).sum();
        let first = group.first().map_or(0.0, |chunk| chunk.above);
        if self.y + height > self.room() && height - first <= self.room() {
            self.new_page();
        }
        for chunk in group {
            self.chunk(chunk);
        }
    }

    fn chunk(&mut self, mut chunk: Chunk) {
        if self.y + chunk.above + chunk.height > self.room() {
            self.new_page();
        }
        while self.y + chunk.height > self.room() {
            let Some(rest) = chunk.cut(self.room() - self.y) else { break };
            self.draw(std::mem::replace(&mut chunk, rest));
            self.new_page();
        }
        self.draw(chunk);
    }

    fn draw(&mut self, chunk: Chunk) {
        let page = &self.layout.page;
        let y = if self.begun() { self.y + chunk.above } else { self.y };
        let (left, top) = (points(page.left), points(page.top) + y);
        let height = chunk.height;
        if let Some(page) = self.pages.last_mut() {
            page.inks.extend(chunk.inks.into_iter().map(|(x, dy, ink)| (left + x, top + dy, ink)));
            if let Some((edges, weight)) = chunk.frame {
                let length = edges.last().copied().unwrap_or(0.0);
                page.inks.extend([0.0, height].map(|dy| (left, top + dy, Ink::Across { length, weight })));
                page.inks.extend(edges.iter().map(|x| (left + x, top, Ink::Down { length: height, weight })));
            }
        }
        self.y = y + height;
    }
}

impl Chunk {
    /// Cuts off what does not fit into `room`, between lines. None where not even the first line fits.
    fn cut(&mut self, room: f32) -> Option<Self> {
        let over = self.inks.iter().filter(|(_, y, ink)| y + ink.height() > room);
        // Whatever belongs to the first line that does not fit begins no higher than it.
        let from = over.map(|(_, y, _)| *y).fold(f32::MAX, f32::min);
        let (fits, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.inks).into_iter().partition(|(_, y, _)| *y < from);
        if fits.is_empty() || rest.is_empty() {
            self.inks = fits.into_iter().chain(rest).collect();
            return None;
        }
        let height = (self.height - from).max(0.0);
        let mut rest = Self { inks: rest, above: 0.0, height, ..self.clone() };
        rest.inks.iter_mut().for_each(|(_, y, _)| *y -= from);
        self.inks = fits;
        self.height = room.min(self.height);
        Some(rest)
    }
}
