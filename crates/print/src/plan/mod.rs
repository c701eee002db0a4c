//! A paper as the rules set it, piece by piece from the top: what PDF and DOCX both walk, so that they cannot differ.

mod body;
mod foot;

use domain::fill;

use crate::{
    Draft, Level, Number, Paper, Part,
    layout::{Face, Layout, layout, numbering},
    missing::{code_of, full_day},
    text::{one_line, place_date},
};

/// A piece that stands below the one before it.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// A line or a paragraph.
    Text(Text),
    /// Two columns side by side without lines, kept on one page.
    Columns(Columns),
    /// A table with lines.
    Grid(Grid),
    /// What follows begins on a new page.
    Break,
}

/// A paragraph of one face.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub words: String,
    pub face: Face,
    pub role: Role,
    /// On the page of what follows.
    pub keep_next: bool,
    /// A solid rule under it, as long as the words.
    pub ruled: bool,
    /// A frame around it.
    pub boxed: bool,
}

/// What a piece of text is to somebody who hears it read out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Title,
    Heading(Level),
    Paragraph,
}

#[derive(Debug, Clone)]
pub(crate) struct Columns {
    /// mm
    pub widths: [f32; 2],
    pub sides: [Vec<Text>; 2],
    /// Points.
    pub above: f32,
    pub keep_next: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Grid {
    /// mm
    pub widths: Vec<f32>,
    /// What stands over each column, on every page.
    pub head: Vec<Vec<Text>>,
    pub rows: Vec<Vec<Vec<Text>>>,
    /// Points.
    pub above: f32,
    pub keep_next: bool,
}

/// What a paper and those bound behind it come to.
pub(crate) struct Plan {
    pub pieces: Vec<Piece>,
    /// For the reader's window: `Nghị quyết về …`.
    pub title: String,
    /// Whose it is.
    pub author: String,
    /// Year, month and day.
    pub date: Option<(u16, u8, u8)>,
}

/// Sets a paper by a layout. Only a draft may lack anything, and shows where.
pub(crate) fn plan(paper: &Paper, layout: &Layout) -> Plan {
    let mut pieces = Vec::new();
    for (at, paper) in std::iter::once(paper).chain(&paper.bound).enumerate() {
        if at > 0 {
            pieces.push(Piece::Break);
        }
        let form = layout.forms.of(paper.kind);
        Setter { paper, layout, asks: &form.asks, pieces: &mut pieces }.set();
    }
    let name = [title_of(paper, layout), one_line(&paper.subject)];
    let date = full_day(paper).and_then(|day| {
        Some((day.get(..4)?.parse().ok()?, day.get(5..7)?.parse().ok()?, day.get(8..10)?.parse().ok()?))
    });
    Plan { pieces, title: name.join(" ").trim().to_owned(), author: one_line(&paper.issuer), date }
}

/// What a paper is called: by its own title, or by its kind on its day.
pub fn title(paper: &Paper) -> String {
    let rule = layout(full_day(paper)).or_else(|| layout(None));
    rule.map(|rule| title_of(paper, &rule.sets)).unwrap_or_default()
}

fn title_of(paper: &Paper, layout: &Layout) -> String {
    let own = one_line(&paper.title);
    if own.is_empty() { layout.forms.of(paper.kind).title.clone() } else { own }
}

struct Setter<'a> {
    paper: &'a Paper,
    layout: &'a Layout,
    asks: &'a [Part],
    pieces: &'a mut Vec<Piece>,
}

impl Setter<'_> {
    fn set(mut self) {
        self.head();
        self.title();
        self.body();
        self.foot();
    }

    /// What was said, or in a draft a mark that it was not.
    fn said(&self, text: &str, part: Part) -> String {
        let said = one_line(text);
        if said.is_empty() && self.asks.contains(&part) { self.layout.words.missing.clone() } else { said }
    }

    fn head(&mut self) {
        let Layout { words, .. } = self.layout;
        let form = self.layout.forms.of(self.paper.kind);
        let mut left = Vec::new();
        push(&mut left, self.said(&self.paper.superior, Part::Superior), &self.layout.superior);
        push(&mut left, self.said(&self.paper.issuer, Part::Issuer), &self.layout.issuer);
        if left.is_empty() {
            return;
        }
        push(&mut left, words.star.clone(), &self.layout.star);
        let number = self.paper.number.clone();
        if let Some(number) = number.or_else(|| self.asks.contains(&Part::Number).then(Default::default)) {
            push(&mut left, self.number(&number), &self.layout.number);
        }
        let draft = match self.paper.draft {
            Draft::Final => String::new(),
            Draft::Draft => words.draft.clone(),
            Draft::Round(round) => fill(&words.draft_round, &[("round", &round.to_string())]),
        };
        push(&mut left, draft, &self.layout.draft);
        if self.paper.draft != Draft::Final
            && let Some(last) = left.last_mut()
        {
            last.boxed = true;
        }
        let mut right = Vec::new();
        push(&mut right, words.party.clone(), &self.layout.party);
        if let Some(party) = right.last_mut() {
            party.ruled = true;
        }
        if form.place_date {
            let place = self.said(&self.paper.place, Part::Place);
            push(&mut right, place_date(words, &place, full_day(self.paper)), &self.layout.place_date);
        }
        let (widths, sides) = (self.layout.head_columns, [left, right]);
        self.pieces.push(Piece::Columns(Columns { widths, sides, above: 0.0, keep_next: true }));
    }

    fn number(&self, number: &Number) -> String {
        let code = one_line(&number.code);
        let code = if code.is_empty() { code_of(self.paper) } else { &code };
        let unit = self.said(&number.unit, Part::Number);
        let rule = numbering(full_day(self.paper));
        rule.map(|rule| rule.signed(number.given, code, &unit)).unwrap_or_default()
    }

    fn title(&mut self) {
        let form = self.layout.forms.of(self.paper.kind);
        let mut texts = Vec::new();
        push(&mut texts, self.title_or_mark(), &self.layout.title);
        if let Some(title) = texts.last_mut() {
            title.role = Role::Title;
        }
        push(&mut texts, self.said(&self.paper.subject, Part::Subject), &self.layout.subject);
        if form.dashes {
            push(&mut texts, self.layout.words.dashes.clone(), &self.layout.dashes);
        }
        self.pieces.extend(texts.into_iter().map(|text| Piece::Text(Text { keep_next: true, ..text })));
    }

    fn title_or_mark(&self) -> String {
        let title = title_of(self.paper, self.layout);
        if title.is_empty() { self.said("", Part::Title) } else { title }
    }
}

fn push(side: &mut Vec<Text>, words: String, face: &Face) {
    if !words.is_empty() {
        side.push(Text::plain(words, face));
    }
}

impl Text {
    /// A paragraph. Capitals are set here, so that what is read out of a file is what is seen.
    pub(crate) fn plain(words: String, face: &Face) -> Self {
        let words = if face.caps { words.to_uppercase() } else { words };
        Self { words, face: face.clone(), role: Role::Paragraph, keep_next: false, ruled: false, boxed: false }
    }
}
