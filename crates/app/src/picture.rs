//! Pages of originals as pictures: drawn here, so that nothing of a foreign file reaches the screen but its dots.

use std::sync::Arc;

use domain::{Digest, Document, Id};
use uuid::Uuid;

use crate::{App, Code, Trouble, actions::not_taken, session::hold};

/// Dots that a picture may be narrow and wide.
const WIDTH: (u32, u32) = (64, 2400);

/// The original that was looked at last: its pages are turned without reading it anew. It is wiped when the book locks.
#[derive(Debug, Default)]
pub(crate) struct Opened(Option<(Digest, Arc<Vec<u8>>)>);

impl Opened {
    /// Lets go of it, where it is one of these.
    pub fn let_go(&mut self, files: &[Digest]) {
        self.0.take_if(|(hash, _)| files.contains(hash));
    }
}

impl App {
    /// One page, from 1, as a PNG `width` dots wide. `of` is what [`App::hand`] answered or a path, for who publishes; or a
    /// document, whose original is whole here.
    pub fn picture(&self, of: &str, page: u32, width: u32) -> Result<Vec<u8>, Trouble> {
        let bytes = self.sheets(of)?;
        let (narrow, wide) = WIDTH;
        let drawn = intake::picture(&bytes, page, width.clamp(narrow, wide));
        // The book may have been locked meanwhile.
        if !self.is_open() {
            return Err(Code::Locked.into());
        }
        drawn.map_err(|refusal| not_taken("original", &refusal))
    }

    /// What the pages are drawn from: the original, or what a Word file that was chosen comes to on paper.
    pub(crate) fn sheets(&self, of: &str) -> Result<Arc<Vec<u8>>, Trouble> {
        let bytes = self.original(of)?;
        let is_word = matches!(intake::pages(&bytes), Ok((intake::Kind::Docx, _)));
        // A document's is not given to another program: it would lie on the disk in the open.
        let set = if is_word && Uuid::parse_str(of).is_err() { self.set(&bytes)? } else { None };
        Ok(set.unwrap_or(bytes))
    }

    /// The bytes behind a name: nothing is drawn while the book waits.
    fn original(&self, of: &str) -> Result<Arc<Vec<u8>>, Trouble> {
        if let Ok(id) = Uuid::parse_str(of) {
            return self.original_of(Id::new(id));
        }
        self.may_publish()?;
        Ok(Arc::new(self.chosen(of)?.bytes))
    }

    fn original_of(&self, id: Id<Document>) -> Result<Arc<Vec<u8>>, Trouble> {
        self.at_desk(|desk| {
            let document = desk.need(id)?;
            let original = document.original.as_ref().ok_or(Code::NotFound)?;
            // Kept and wiped while nobody else is at the desk: a book that is being locked is not opened again by this.
            let mut opened = hold(&self.opened);
            let bytes = match &opened.0 {
                Some((hash, bytes)) if *hash == original.hash => Arc::clone(bytes),
                _ => {
                    let bytes = desk.book.file(original)?.ok_or_else(|| Trouble::invalid("original", "not_here"))?;
                    Arc::new(bytes)
                }
            };
            opened.0 = Some((original.hash, Arc::clone(&bytes)));
            desk.book.touch(original, desk.now)?;
            Ok(bytes)
        })
    }
}
