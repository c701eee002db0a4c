//! A document (văn bản) that an office or a cell gives its members to read: its facts, its text as blocks, and the original
//! it was made from. Whoever reads the log it lies in is its audience.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Content, Day, Fault, Id, Merge::*, Moment, Record, Role::*, Searched::*, Table, Unit, choice, content, day, flag,
    link, moment, number, text,
};

/// One document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Document {
    /// Its name.
    pub id: Id<Document>,
    /// The unit whose members, and those of the units below, it is for.
    pub unit: Id<Unit>,
    /// What it is: `Nghị quyết`, `Luật`.
    pub form: String,
    /// Its number and sign, as they are written: `12-NQ/TU`.
    pub number: Option<String>,
    /// The day it was issued.
    pub issued_on: Option<Day>,
    /// Who issued it: `Tỉnh ủy Quảng Trị`.
    pub issuer: String,
    /// What it is about.
    pub title: String,
    /// Its text: [`crate::Block`]s as JSON, packed. No text is published without it.
    pub body: Option<Content>,
    /// How many characters the text has: how long it takes to read is told before it is fetched.
    pub length: i32,
    /// Whether the text was read off a picture by a machine (nhận dạng tự động): the original stays the source.
    pub recognised: bool,
    /// The file it was made from.
    pub original: Option<Content>,
    /// What that is.
    pub original_kind: Option<OriginalKind>,
    /// Whether everybody is asked to confirm having read it.
    pub must_confirm: bool,
    /// The first day on which it is shown.
    pub shown_from: Day,
    /// Why it was taken back (thu hồi).
    pub withdrawn: Option<String>,
    /// When its files were ordered to be destroyed everywhere, because it bears a mark of secrecy.
    pub wiped_at: Option<Moment>,
    /// When whoever published it looked again, and found no such mark: what was reported before is answered.
    pub cleared_at: Option<Moment>,
}

/// What a document was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OriginalKind {
    /// A PDF.
    Pdf,
    /// A Word file.
    Docx,
    /// A photograph.
    Jpg,
    /// A picture.
    Png,
}

impl Record for Document {
    const TABLE: Table = Table::new::<Self>(
        "document",
        &[
            link("unit", "unit").merge(First),
            // What people confirmed and what the seal covers is never exchanged afterwards: it is taken back, and published anew.
            text("form").merge(First).longest(60).searched(Number),
            text("number").merge(First).optional().longest(60).searched(Number),
            day("issued_on").merge(First).optional(),
            text("issuer").merge(First).searched(Words),
            text("title").merge(First).longest(500).searched(Title),
            content("body").merge(First).optional().eager().searched(Words),
            number("length").merge(First),
            flag("recognised").merge(First),
            content("original").merge(First).optional(),
            choice("original_kind", &["pdf", "docx", "jpg", "png"]).merge(First).optional(),
            flag("must_confirm"),
            day("shown_from"),
            text("withdrawn").optional().merge(First).longest(500).searched(Ends),
            // What a mistake would destroy for good is not in everybody's hand.
            moment("wiped_at")
                .optional()
                .merge(First)
                .edit(&[Deputy, Secretary, Commune, Province])
                .searched(Ends)
                .wipes(),
            moment("cleared_at").optional().edit(&[Deputy, Secretary, Commune, Province]),
        ],
    )
    .edit(&[Committee, Deputy, Secretary, Commune, Province])
    .home("unit");

    /// Of one that was wiped neither its number nor what it is about is told any more, and it has no file: none that lies here for
    /// another record's sake is shown in its name.
    fn told(self) -> Self {
        match self.wiped_at {
            None => self,
            Some(_) => {
                Self { number: None, title: String::new(), body: None, original: None, recognised: false, ..self }
            }
        }
    }

    fn check(&self) -> Result<(), Fault> {
        if self.title.is_empty() {
            return Err(Fault::new("title", "empty"));
        }
        let whole = |day: &Day| day.len() == "2026-11-24".len();
        if !whole(&self.shown_from) {
            return Err(Fault::new("shown_from", "no_such_day"));
        }
        Ok(())
    }
}
