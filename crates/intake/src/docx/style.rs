//! What a file's styles say of paragraphs and words: by their own names, which every language spells otherwise, and by what
//! they are based on.

use std::collections::HashMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::pack::said;

/// How far one style may lean on others.
const CHAIN: usize = 20;
/// What the styles of headings are called, by Word itself in every language, and by people.
const HEADINGS: [&str; 4] = ["heading ", "đầu đề ", "tiêu đề ", "đề mục "];

/// How words look, where something says so.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    pub bold: Option<bool>,
    /// Shown in capitals, whatever was typed.
    pub caps: Option<bool>,
}

/// One style.
#[derive(Clone, Default)]
struct Style {
    above: Option<String>,
    heading: Option<u8>,
    number: Option<String>,
    level: Option<usize>,
    look: Look,
}

/// A file's styles by their ids.
#[derive(Clone, Default)]
pub(super) struct Styles {
    all: HashMap<String, Style>,
    /// What a paragraph that names none follows.
    usual: Option<String>,
    /// How words look that nothing else says anything of.
    rest: Look,
}

impl Styles {
    /// The styles of a file; what cannot be read says nothing.
    pub fn read(text: Option<&str>) -> Self {
        let mut styles = Self::default();
        let mut reader = Reader::from_str(text.unwrap_or_default());
        let mut at: Option<(String, Style)> = None;
        loop {
            let tag = match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => tag,
                Ok(Event::End(tag)) if tag.local_name().as_ref() == b"style" => {
                    styles.all.extend(at.take());
                    continue;
                }
                Ok(Event::Eof) | Err(_) => return styles,
                Ok(_) => continue,
            };
            let value = said(&tag, "val");
            if tag.local_name().as_ref() == b"style" {
                let id = said(&tag, "styleId").unwrap_or_default();
                if is_on(said(&tag, "default")) && said(&tag, "type").as_deref() == Some("paragraph") {
                    styles.usual = Some(id.clone());
                }
                at = Some((id, Style::default()));
                continue;
            }
            let Some((_, style)) = at.as_mut() else {
                styles.rest.take(&tag);
                continue;
            };
            match tag.local_name().as_ref() {
                b"name" => style.heading = style.heading.or_else(|| heading(value.as_deref()?)),
                b"basedOn" => style.above = value,
                b"outlineLvl" => style.heading = outline(value).or(style.heading),
                b"numId" => style.number = value,
                b"ilvl" => style.level = value.and_then(|level| level.parse().ok()),
                _ => style.look.take(&tag),
            }
        }
    }

    /// A style and those it is based on, itself first.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = (&str, &Style)> {
        let find = |id: &str| self.all.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        let first = id.or(self.usual.as_deref()).and_then(find);
        std::iter::successors(first, move |(_, style)| find(style.above.as_deref()?)).take(CHAIN)
    }

    /// The level of the heading that a paragraph of this style is, from 1. A style that the file does not tell of has its id.
    pub fn heading(&self, id: Option<&str>) -> Option<u8> {
        let untold = id.filter(|id| !self.all.contains_key(*id));
        let told = || self.chain(id).find_map(|(_, style)| style.heading);
        untold.and_then(|id| id.strip_prefix("Heading")?.parse().ok()).or_else(told)
    }

    /// The list that a paragraph of this style stands in, the style that says so, and the level.
    pub fn list(&self, id: Option<&str>) -> Option<(&str, &str, usize)> {
        let (by, number) = self.chain(id).find_map(|(by, style)| Some((by, style.number.as_deref()?)))?;
        let level = self.chain(id).find_map(|(_, style)| style.level).unwrap_or_default();
        Some((by, number, level))
    }

    /// How words look: by themselves, else by the styles of the paragraph and of the words, of which two undo each other.
    pub fn look(&self, own: Look, paragraph: Option<&str>, words: Option<&str>) -> (bool, bool) {
        let by = |pick: fn(&Look) -> Option<bool>| {
            let styled = |id| self.chain(id).find_map(|(_, style)| pick(&style.look));
            let words = words.and_then(|id| styled(Some(id))).unwrap_or_default();
            let set = styled(paragraph).or(pick(&self.rest)).unwrap_or_default();
            pick(&own).unwrap_or(set ^ words)
        };
        (by(|look| look.bold), by(|look| look.caps))
    }
}

impl Look {
    /// Notes what a tag says of it.
    pub fn take(&mut self, tag: &BytesStart<'_>) {
        let on = || Some(said(tag, "val").is_none_or(|value| is_on(Some(value))));
        match tag.local_name().as_ref() {
            b"b" => self.bold = on(),
            b"caps" => self.caps = on(),
            _ => {}
        }
    }
}

fn is_on(value: Option<String>) -> bool {
    value.is_some_and(|value| !matches!(value.as_str(), "0" | "false" | "off"))
}

/// The level that a style's name tells: `heading 2`, `Đề mục 2`.
fn heading(name: &str) -> Option<u8> {
    let name = domain::clean(name).to_lowercase();
    HEADINGS.iter().find_map(|word| name.strip_prefix(word)?.parse().ok()).filter(|level| *level > 0)
}

/// The level of an outline, which counts from 0; 9 is plain text.
pub(super) fn outline(value: Option<String>) -> Option<u8> {
    value?.parse().ok().filter(|level| *level < 9).map(|level: u8| level + 1)
}
