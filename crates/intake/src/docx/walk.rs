//! One part of a Word file, from its first tag to its last. What was deleted, what is hidden, what is only linked and frames'
//! second copies are left out.

use std::collections::{HashMap, HashSet};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    count::Count,
    style::{Look, Styles, outline},
};
use crate::{
    Refusal,
    line::{Line, Part, plain},
    pack::said,
};

/// Elements that may stand in one another.
const DEPTH: usize = 200;
/// Columns of a table: what Word has.
const COLUMNS: usize = 63;

/// Notes by their kind (`footnote`, `endnote`) and id.
pub(super) type Notes = HashMap<(String, String), Vec<Part>>;

/// A paragraph while it is read.
#[derive(Default)]
struct Paragraph {
    runs: Vec<(String, bool)>,
    style: Option<String>,
    outline: Option<u8>,
    number: Option<String>,
    level: Option<usize>,
}

/// Rows of cells of lines, as far as they came.
type Rows = Vec<Vec<Vec<Line>>>;

/// What was read, and what stands open meanwhile.
pub(super) struct Walk<'a> {
    count: Count,
    styles: &'a Styles,
    /// The notes that the text may cite.
    known: &'a Notes,
    cited: HashSet<(String, String)>,
    /// Notes that the text cited and that do not stand in it yet.
    due: Vec<Part>,
    pub parts: Vec<Part>,
    /// Words that only marks of secrecy are looked for in.
    pub beside: Vec<Part>,
    /// The notes that this part itself holds.
    pub notes: Notes,
    /// Which of them is open, and the parts before it.
    note: Option<((String, String), usize)>,
    tables: Vec<Rows>,
    /// Of each cell that is open, the columns that it goes over.
    spans: Vec<usize>,
    paragraphs: Vec<Paragraph>,
    look: Look,
    words: Option<String>,
    hidden: bool,
    in_run: bool,
    in_text: bool,
    /// How deep the reader is in what is not to be read; 0 outside.
    skipped: usize,
}

impl<'a> Walk<'a> {
    pub fn new(count: &Count, styles: &'a Styles, known: &'a Notes) -> Self {
        Self {
            count: count.clone(),
            styles,
            known,
            cited: HashSet::new(),
            due: Vec::new(),
            parts: Vec::new(),
            beside: Vec::new(),
            notes: Notes::new(),
            note: None,
            tables: Vec::new(),
            spans: Vec::new(),
            paragraphs: Vec::new(),
            look: Look::default(),
            words: None,
            hidden: false,
            in_run: false,
            in_text: false,
            skipped: 0,
        }
    }

    pub fn walk(mut self, text: &str) -> Result<Self, Refusal> {
        let mut reader = Reader::from_str(text);
        let mut depth = 0_usize;
        loop {
            match reader.read_event().map_err(|_| Refusal::Broken)? {
                Event::Start(tag) => {
                    depth += 1;
                    if depth > DEPTH {
                        return Err(Refusal::Bomb);
                    }
                    self.begin(&tag)?;
                }
                Event::Empty(tag) => self.alone(&tag)?,
                Event::End(tag) => {
                    depth = depth.saturating_sub(1);
                    self.end(tag.local_name().as_ref());
                }
                Event::Text(words) if self.reads() => self.say(&words.decode().map_err(|_| Refusal::Broken)?),
                Event::CData(words) if self.reads() => self.say(&words.decode().map_err(|_| Refusal::Broken)?),
                Event::GeneralRef(entity) if self.reads() => {
                    let named = match &*entity as &[u8] {
                        b"amp" => Some('&'),
                        b"lt" => Some('<'),
                        b"gt" => Some('>'),
                        b"quot" => Some('"'),
                        b"apos" => Some('\''),
                        _ => entity.resolve_char_ref().ok().flatten(),
                    };
                    self.say(&named.map(String::from).unwrap_or_default());
                }
                Event::Eof if depth > 0 => return Err(Refusal::Broken),
                Event::Eof => return Ok(self),
                _ => {}
            }
        }
    }

    fn reads(&self) -> bool {
        self.in_text && self.skipped == 0
    }

    fn say(&mut self, words: &str) {
        let Some(paragraph) = self.paragraphs.last_mut().filter(|_| !self.hidden) else { return };
        let (bold, caps) = self.styles.look(self.look, paragraph.style.as_deref(), self.words.as_deref());
        paragraph.runs.push((if caps { words.to_uppercase() } else { words.to_owned() }, bold));
    }

    fn begin(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        if self.skipped > 0 {
            self.skipped += 1;
            self.drawn(tag);
            return Ok(());
        }
        match tag.local_name().as_ref() {
            b"Fallback" | b"del" | b"moveFrom" | b"pPrChange" | b"rPrChange" => self.skipped = 1,
            b"tbl" => self.tables.push(Vec::new()),
            b"tr" => self.tables.last_mut().into_iter().for_each(|rows| rows.push(Vec::new())),
            b"tc" => {
                self.cells(1);
                self.spans.push(1);
            }
            b"p" => self.paragraphs.push(Paragraph::default()),
            b"r" => {
                self.in_run = true;
                (self.look, self.words, self.hidden) = (Look::default(), None, false);
            }
            b"t" => self.in_text = true,
            kind @ (b"footnote" | b"endnote") if self.note.is_none() => {
                let kind = String::from_utf8_lossy(kind).into_owned();
                self.note = Some(((kind, said(tag, "id").unwrap_or_default()), self.parts.len()));
            }
            _ => self.alone(tag)?,
        }
        Ok(())
    }

    /// Sets empty cells into the row that is open.
    fn cells(&mut self, count: usize) {
        let row = self.tables.last_mut().and_then(|rows| rows.last_mut());
        row.into_iter().for_each(|row| row.resize(row.len() + count.min(COLUMNS), Vec::new()));
    }

    /// Words that are drawn (WordArt, the stamps behind a page) stand in no paragraph.
    fn drawn(&mut self, tag: &BytesStart<'_>) {
        if tag.local_name().as_ref() == b"textpath" {
            self.beside.extend(said(tag, "string").map(|words| Part::Line(Line::of(&[(words, false)]))));
        }
    }

    fn alone(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        self.drawn(tag);
        if self.skipped > 0 {
            return Ok(());
        }
        let value = || said(tag, "val");
        match tag.local_name().as_ref() {
            // Its words lie in another file, or in another kind of text, that only Word puts in.
            b"altChunk" | b"subDoc" => return Err(Refusal::Broken),
            b"b" | b"caps" if self.in_run => self.look.take(tag),
            b"rStyle" if self.in_run => self.words = value(),
            b"vanish" if self.in_run => self.hidden = !matches!(value().as_deref(), Some("0" | "false" | "off")),
            b"tab" | b"ptab" if self.in_run => self.say("\t"),
            b"br" | b"cr" if self.in_run => self.say("\n"),
            b"noBreakHyphen" if self.in_run => self.say("-"),
            b"gridBefore" => self.cells(columns(value())),
            b"gridSpan" => self.spans.last_mut().into_iter().for_each(|span| *span = columns(value())),
            b"footnoteReference" => self.cite("footnote", tag),
            b"endnoteReference" => self.cite("endnote", tag),
            b"p" => {
                self.paragraphs.push(Paragraph::default());
                self.end(b"p");
            }
            name => {
                let Some(paragraph) = self.paragraphs.last_mut() else { return Ok(()) };
                match name {
                    b"pStyle" => paragraph.style = value(),
                    b"outlineLvl" => paragraph.outline = outline(value()),
                    b"numId" => paragraph.number = value(),
                    b"ilvl" => paragraph.level = value().and_then(|at| at.parse().ok()),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Puts a note's mark where it is cited; the note itself follows what cites it.
    fn cite(&mut self, kind: &str, tag: &BytesStart<'_>) {
        let id = (kind.to_owned(), said(tag, "id").unwrap_or_default());
        let note = self.known.get(&id).map(Vec::as_slice).unwrap_or_default();
        let words: Vec<&str> = note.iter().flat_map(Part::lines).map(|line| line.text.as_str()).collect();
        if words.is_empty() || !self.cited.insert(id) {
            return;
        }
        let mark = format!("[{}]", self.cited.len());
        self.say(&mark);
        self.due.push(Part::Line(Line { mark: Some(mark), ..Line::of(&[(words.join(" "), false)]) }));
    }

    fn end(&mut self, name: &[u8]) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            b"t" => self.in_text = false,
            b"r" => self.in_run = false,
            b"p" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.keep(paragraph);
                }
            }
            b"tc" => {
                let span = self.spans.pop().unwrap_or_default();
                self.cells(span.saturating_sub(1));
            }
            b"tbl" => {
                let Some(rows) = self.tables.pop() else { return };
                // A table in a table's cell is read as the lines of that cell.
                match self.tables.last_mut().and_then(|rows| rows.last_mut()).and_then(|row| row.last_mut()) {
                    Some(cell) => cell.extend(rows.into_iter().flatten().flatten()),
                    None => self.parts.push(Part::Table(rows)),
                }
            }
            b"footnote" | b"endnote" => {
                if let Some((id, before)) = self.note.take() {
                    self.notes.insert(id, self.parts.split_off(before));
                }
            }
            _ => {}
        }
        if self.tables.is_empty() && matches!(name, b"p" | b"tbl") {
            self.parts.append(&mut self.due);
        }
    }

    fn keep(&mut self, paragraph: Paragraph) {
        let mut line = Line::of(&paragraph.runs);
        if line.text.is_empty() {
            return;
        }
        let style = paragraph.style.as_deref();
        let heading = paragraph.outline.or_else(|| self.styles.heading(style));
        line.heading = heading.map(|level| level.clamp(1, 3));
        let styled = self.styles.list(style);
        let level = |(by, list, level): (&str, &str, usize)| self.count.level_of(list, by).unwrap_or(level);
        let list = match paragraph.number {
            Some(number) => Some((number, paragraph.level.or(styled.map(level)).unwrap_or_default())),
            None => styled.map(|(by, list, at)| (list.to_owned(), paragraph.level.unwrap_or(level((by, list, at))))),
        };
        line.mark = list.and_then(|(list, level)| self.count.next(&list, level)).map(|mark| plain(&mark));
        match self.tables.last_mut() {
            Some(rows) => {
                rows.last_mut().and_then(|row| row.last_mut()).into_iter().for_each(|cell| cell.push(line.clone()))
            }
            None => self.parts.push(Part::Line(line)),
        }
    }
}

/// How many columns a tag says.
fn columns(value: Option<String>) -> usize {
    value.and_then(|columns| columns.parse().ok()).unwrap_or_default()
}
