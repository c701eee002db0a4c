//! The parts of a Word file, out of its zip, with a bound on each and on all of them together.

use std::{
    collections::HashSet,
    io::{Cursor, Read},
};

use quick_xml::{Reader, XmlVersion, events::BytesStart, events::Event};
use zip::{ZipArchive, result::ZipError};

use crate::Refusal;

/// Parts that a file may have.
const PARTS: usize = 2_000;
/// Bytes that one part may come to, and all that are read.
const PART: u64 = 32 * 1024 * 1024;
const ALL: u64 = 2 * PART;
/// The text of every Word file but those that name another.
const MAIN: &str = "word/document.xml";
/// What begins a zip's list of its parts at its end, and where in that it says how many there are.
const LIST: &[u8] = b"PK\x05\x06";
const COUNT: usize = 10;

/// A Word file.
pub(crate) struct Pack<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// What the file says its parts are, by their names in lower case.
    kinds: Vec<(String, String)>,
    left: u64,
    /// The part that holds the text.
    pub main: String,
}

impl<'a> Pack<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
        if zip.len() > PARTS {
            return Err(Refusal::Bomb);
        }
        let mut pack = Self { zip, kinds: Vec::new(), left: ALL, main: MAIN.to_owned() };
        let mut names = HashSet::new();
        // Two parts of one name are two papers: which is read depends on the reader.
        if count(bytes) != Some(pack.zip.len()) || !pack.names().all(|name| names.insert(name)) {
            return Err(Refusal::Broken);
        }
        pack.kinds = pack.tags("[Content_Types].xml", "PartName")?;
        let says_programs = |kind: &str| kind.contains("vbaproject") || kind.contains("macroenabled");
        let runs = pack.names().any(|name| name.ends_with("vbaproject.bin"));
        if runs || pack.kinds.iter().any(|(_, kind)| says_programs(kind)) {
            return Err(Refusal::Macros);
        }
        let named = pack.tags("_rels/.rels", "Target")?;
        let main = named.into_iter().find(|(name, kind)| kind.ends_with("/officedocument") && names.contains(name));
        pack.main = main.map(|(name, _)| name).filter(|name| name.starts_with("word/")).unwrap_or(pack.main);
        let (folder, file) = pack.main.rsplit_once('/').unwrap_or_default();
        let links = pack.tags(&format!("{folder}/_rels/{file}.rels"), "Target")?;
        if links.iter().any(|(_, kind)| says_programs(kind)) {
            return Err(Refusal::Macros);
        }
        if names.contains(&pack.main) { Ok(pack) } else { Err(Refusal::NotADocument) }
    }

    fn names(&self) -> impl Iterator<Item = String> {
        self.zip.file_names().map(str::to_lowercase)
    }

    pub fn pictures(&self) -> bool {
        self.names().any(|name| name.starts_with("word/media/"))
    }

    /// The parts that play a role, by what the file says of them or by their names: `header` is `word/header2.xml`.
    pub fn playing(&self, role: &str) -> Vec<String> {
        let (kind, file) = (format!(".{role}+xml"), format!("{role}.xml"));
        let said = |name: &String| self.kinds.iter().any(|(one, what)| one == name && what.ends_with(&kind));
        let plays = |name: &String| {
            let last = name.rsplit('/').next().unwrap_or_default();
            said(name) || last.chars().filter(|c| !c.is_ascii_digit()).eq(file.chars())
        };
        self.names().filter(plays).collect()
    }

    /// A part's text, by its name in whatever case; none where there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let spelled = self.zip.file_names().find(|one| one.to_lowercase() == name.to_lowercase()).map(str::to_owned);
        let Some(spelled) = spelled else { return Ok(None) };
        let part = self.zip.by_name(&spelled).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
            _ => Refusal::Broken,
        })?;
        let room = PART.min(self.left);
        let mut text = Vec::new();
        part.take(room + 1).read_to_end(&mut text).map_err(|_| Refusal::Broken)?;
        self.left = self.left.checked_sub(text.len() as u64).ok_or(Refusal::Bomb)?;
        if text.len() as u64 > room {
            return Err(Refusal::Bomb);
        }
        let text = String::from_utf8(text).map_err(|_| Refusal::Broken)?;
        // What is declared in a file of its own is a way to ask for other files.
        if text.contains("<!DOCTYPE") { Err(Refusal::Broken) } else { Ok(Some(text)) }
    }

    /// What a list of parts names, in lower case, and what it says each is.
    fn tags(&mut self, list: &str, name: &str) -> Result<Vec<(String, String)>, Refusal> {
        let text = self.part(list)?.unwrap_or_default();
        let mut reader = Reader::from_str(&text);
        let mut tags = Vec::new();
        loop {
            match reader.read_event().map_err(|_| Refusal::Broken)? {
                Event::Start(tag) | Event::Empty(tag) => {
                    let kind = said(&tag, "ContentType").or_else(|| said(&tag, "Type")).unwrap_or_default();
                    let name = said(&tag, name).unwrap_or_default();
                    tags.push((name.trim_start_matches(['/', '.']).to_lowercase(), kind.to_lowercase()));
                }
                Event::Eof => return Ok(tags),
                _ => {}
            }
        }
    }
}

/// What a tag says of itself.
pub(crate) fn said(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let one = tag.attributes().flatten().find(|one| one.key.local_name().as_ref() == name.as_bytes())?;
    one.normalized_value(XmlVersion::Implicit1_0).map(|value| value.into_owned()).ok()
}

/// How many parts a zip says that it has.
fn count(bytes: &[u8]) -> Option<usize> {
    let at = bytes.windows(LIST.len()).rposition(|part| part == LIST)? + COUNT;
    bytes.get(at..at + 2)?.try_into().ok().map(|count| usize::from(u16::from_le_bytes(count)))
}
