//! A Word file's words: its paragraphs and tables, with the marks that Word counts by itself. What was deleted, what is only
//! linked, notes and frames' second copies are left out.

mod count;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::{
    Refusal,
    line::{Line, Part, plain},
    pack::Pack,
};
use count::Count;

/// Elements that may stand in one another.
const DEPTH: usize = 200;

/// What was read.
pub(crate) struct Read {
    pub parts: Vec<Part>,
    /// Whether pictures stand in it.
    pub pictures: bool,
}

pub(crate) fn read(bytes: &[u8]) -> Result<Read, Refusal> {
    let mut pack = Pack::open(bytes)?;
    let count = Count::read(pack.part("word/numbering.xml")?.as_deref());
    let text = pack.part("word/document.xml")?.ok_or(Refusal::Broken)?;
    if text.contains("<!DOCTYPE") {
        return Err(Refusal::Broken);
    }
    Ok(Read { parts: Walk::new(count).walk(&text)?, pictures: pack.pictures() })
}

/// A paragraph while it is read.
#[derive(Default)]
struct Paragraph {
    runs: Vec<(String, bool)>,
    heading: Option<u8>,
    number: Option<String>,
    level: usize,
}

/// Rows of cells of lines, as far as they came.
type Rows = Vec<Vec<Vec<Line>>>;

struct Walk {
    count: Count,
    parts: Vec<Part>,
    tables: Vec<Rows>,
    paragraphs: Vec<Paragraph>,
    bold: bool,
    in_run: bool,
    in_text: bool,
    /// How deep the reader is in what is not to be read; 0 outside.
    skipped: usize,
}

impl Walk {
    fn new(count: Count) -> Self {
        let (parts, tables, paragraphs) = (Vec::new(), Vec::new(), Vec::new());
        Self { count, parts, tables, paragraphs, bold: false, in_run: false, in_text: false, skipped: 0 }
    }

    fn walk(mut self, text: &str) -> Result<Vec<Part>, Refusal> {
        let mut reader = Reader::from_str(text);
        let mut depth = 0_usize;
        loop {
            match reader.read_event().map_err(|_| Refusal::Broken)? {
                Event::Start(tag) => {
                    depth += 1;
                    if depth > DEPTH {
                        return Err(Refusal::Bomb);
                    }
                    self.begin(&tag);
                }
                Event::Empty(tag) => self.alone(&tag),
                Event::End(tag) => {
                    depth = depth.saturating_sub(1);
                    self.end(tag.local_name().as_ref());
                }
                Event::Text(words) if self.reads() => self.say(&words.decode().map_err(|_| Refusal::Broken)?),
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
                Event::Eof => return Ok(self.parts),
                _ => {}
            }
        }
    }

    fn reads(&self) -> bool {
        self.in_text && self.skipped == 0
    }

    fn say(&mut self, words: &str) {
        let bold = self.bold;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.runs.push((words.to_owned(), bold));
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        match tag.local_name().as_ref() {
            b"Fallback" | b"del" | b"moveFrom" => self.skipped = 1,
            b"tbl" => self.tables.push(Vec::new()),
            b"tr" => self.tables.last_mut().into_iter().for_each(|rows| rows.push(Vec::new())),
            b"tc" => {
                self.tables.last_mut().and_then(|rows| rows.last_mut()).into_iter().for_each(|row| row.push(Vec::new()))
            }
            b"p" => self.paragraphs.push(Paragraph::default()),
            b"r" => (self.in_run, self.bold) = (true, false),
            b"t" => self.in_text = true,
            _ => self.alone(tag),
        }
    }

    fn alone(&mut self, tag: &BytesStart<'_>) {
        if self.skipped > 0 {
            return;
        }
        let value = || {
            let said = tag.attributes().flatten().find(|one| one.key.local_name().as_ref() == b"val");
            said.map(|one| String::from_utf8_lossy(&one.value).into_owned())
        };
        match tag.local_name().as_ref() {
            b"b" if self.in_run => self.bold = !matches!(value().as_deref(), Some("0" | "false" | "off")),
            b"tab" | b"br" | b"cr" if self.in_run => self.say(" "),
            b"noBreakHyphen" if self.in_run => self.say("-"),
            b"p" => self.paragraphs.push(Paragraph::default()),
            name => {
                let Some(paragraph) = self.paragraphs.last_mut() else { return };
                match name {
                    b"pStyle" => {
                        let level =
                            value().and_then(|style| style.strip_prefix("Heading").and_then(|at| at.parse().ok()));
                        paragraph.heading = paragraph.heading.or(level);
                    }
                    b"numId" => paragraph.number = value(),
                    b"ilvl" => paragraph.level = value().and_then(|at| at.parse().ok()).unwrap_or_default(),
                    _ => {}
                }
            }
        }
        if tag.local_name().as_ref() == b"p" {
            self.end(b"p");
        }
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
            b"tbl" => {
                let Some(rows) = self.tables.pop() else { return };
                // A table in a table's cell is read as the lines of that cell.
                match self.tables.last_mut().and_then(|rows| rows.last_mut()).and_then(|row| row.last_mut()) {
                    Some(cell) => cell.extend(rows.into_iter().flatten().flatten()),
                    None => self.parts.push(Part::Table(rows)),
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, paragraph: Paragraph) {
        let mut line = Line::of(&paragraph.runs);
        if line.text.is_empty() {
            return;
        }
        line.heading = paragraph.heading.map(|level| level.clamp(1, 3));
        line.mark =
            paragraph.number.and_then(|number| self.count.next(&number, paragraph.level)).map(|mark| plain(&mark));
        match self.tables.last_mut() {
            Some(rows) => {
                rows.last_mut().and_then(|row| row.last_mut()).into_iter().for_each(|cell| cell.push(line.clone()))
            }
            None => self.parts.push(Part::Line(line)),
        }
    }
}
