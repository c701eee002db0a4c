//! A Word file's words: its paragraphs and tables with their notes, and the marks that Word counts by itself. What stands at the
//! head and foot of its pages is no text, but is searched for marks of secrecy as the text is.

mod count;
mod style;
mod walk;

use crate::{Refusal, line::Part, pack::Pack};
use count::Count;
use style::Styles;
use walk::{Notes, Walk};

/// What was read.
pub(crate) struct Read {
    pub parts: Vec<Part>,
    /// What stands beside the text: heads and feet of pages, notes, comments, words drawn as pictures. Only searched.
    pub beside: Vec<Part>,
    /// Whether pictures stand in it.
    pub pictures: bool,
}

pub(crate) fn read(bytes: &[u8]) -> Result<Read, Refusal> {
    let mut pack = Pack::open(bytes)?;
    let count = Count::read(pack.part("word/numbering.xml")?.as_deref());
    let styles = Styles::read(pack.part("word/styles.xml")?.as_deref());
    let main = pack.main.clone();
    let text = pack.part(&main)?.ok_or(Refusal::Broken)?;
    let mut beside = Vec::new();
    let (none, mut notes) = (Notes::new(), Notes::new());
    for role in ["header", "footer", "footnotes", "endnotes", "comments"] {
        for name in pack.playing(role).into_iter().filter(|name| *name != main) {
            let said = pack.part(&name)?.unwrap_or_default();
            let read = Walk::new(&count, &styles, &none).walk(&said)?;
            beside.extend(read.parts);
            beside.extend(read.beside);
            for (id, note) in read.notes {
                beside.extend(note.iter().cloned());
                notes.insert(id, note);
            }
        }
    }
    let read = Walk::new(&count, &styles, &notes).walk(&text)?;
    beside.extend(read.beside);
    Ok(Read { parts: read.parts, beside, pictures: pack.pictures() })
}
