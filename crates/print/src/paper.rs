//! A paper as its author means it: what it is, whose it is, what it says and who signs; nothing of how it looks.

use domain::Day;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Align;

/// A paper of a Party organisation. A text that is empty is not there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paper {
    /// What it is.
    pub kind: Kind,
    /// The organisation above: `Đảng bộ xã Tân Hòa`. Capitals are set, not typed.
    pub superior: String,
    /// Whose it is: `Chi bộ thôn Đông`.
    pub issuer: String,
    /// Số, ký hiệu; none where the kind goes without.
    pub number: Option<Number>,
    /// Where it was issued: `Tân Hòa`.
    pub place: String,
    /// The day it was issued; of minutes, the day of the meeting. The layout in force on it is the one that is used.
    pub date: Option<Day>,
    /// What it is called, where that is not what its kind is called.
    pub title: String,
    /// Trích yếu: what it is about.
    pub subject: String,
    /// What it says.
    pub body: Vec<Block>,
    /// Nơi nhận, a line each, without dash and semicolon.
    pub recipients: Vec<String>,
    /// Who signs.
    pub signatures: Signatures,
    /// Whether it is one to be talked over: then what is missing may be.
    pub draft: Draft,
    /// The papers bound behind this one, each from a new page, under one page count.
    pub bound: Vec<Paper>,
}

/// What a paper is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Biên bản.
    #[default]
    Minutes,
    /// Nghị quyết.
    Resolution,
    /// Kết luận.
    Conclusion,
    /// Giấy mời.
    Invitation,
    /// Danh sách, as of those who attended.
    List,
    /// Sổ biên bản of one year: a cover, and the minutes bound behind it.
    MinutesBook,
    /// In a minutes book, the page of a month without a meeting: its title names the month, its body says why.
    NotHeld,
    /// Phụ lục of minutes: what was put right or added after they were locked.
    Annex,
}

impl Kind {
    /// Its name in rules and in texts that are kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Resolution => "resolution",
            Self::Conclusion => "conclusion",
            Self::Invitation => "invitation",
            Self::List => "list",
            Self::MinutesBook => "minutes_book",
            Self::NotHeld => "not_held",
            Self::Annex => "annex",
        }
    }
}

/// Số, ký hiệu: `Số 05-NQ/CB`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Number {
    /// Left blank, to be written in, until it is given.
    pub given: Option<u32>,
    /// `NQ`; where empty, what the kind has.
    pub code: String,
    /// `CB`, `ĐU`.
    pub unit: String,
}

/// A piece of what a paper says. A line break in a text begins another paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// `I- …`, `1. …` or `a) …`; the numbers are counted, not typed.
    Heading(Level, String),
    /// A paragraph.
    Paragraph(String),
    /// `- …`
    Item(String),
    /// A table.
    Table(Table),
    /// What follows begins on a new page.
    PageBreak,
}

/// How deep a heading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `I-`
    Section,
    /// `1.`
    Point,
    /// `a)`, in Vietnamese letters.
    Sub,
}

/// Rows under titled columns. A cell beyond the last column makes a column of its own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// What stands over each column.
    pub columns: Vec<Column>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// What stands over it.
    pub title: String,
    /// Its part of the width, beside the others'.
    pub share: u16,
    /// Where its words stand.
    pub align: Align,
    /// Whether it holds whole numbers: a spreadsheet can then add them up.
    pub number: bool,
}

/// Who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Signatures {
    /// Nobody.
    #[default]
    None,
    /// One, at the right.
    One(Signature),
    /// Minutes: who wrote them at the left, who led the meeting at the right.
    Minutes {
        /// Người ghi biên bản.
        taker: String,
        /// Chủ trì hội nghị.
        chair: String,
    },
}

/// A signature for an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// `T/M Chi bộ`.
    pub on_behalf: String,
    /// `Bí thư`.
    pub post: String,
    /// Họ và tên, without titles.
    pub name: String,
}

/// Whether a paper is a draft (dự thảo).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Draft {
    /// It is not.
    #[default]
    Final,
    /// Dự thảo.
    Draft,
    /// Dự thảo lần 1, 2, …
    Round(u32),
}

/// A part that a paper can lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PaperPart")]
pub enum Part {
    /// The organisation above.
    Superior,
    /// Whose paper it is.
    Issuer,
    /// Số, ký hiệu: its codes; the number itself may be blank.
    Number,
    /// Địa danh.
    Place,
    /// A full day of the calendar.
    Date,
    /// What it is called.
    Title,
    /// Trích yếu.
    Subject,
    /// What it says.
    Body,
    /// Nơi nhận.
    Recipients,
    /// Who signs, by name and post.
    Signatory,
    /// Người ghi biên bản.
    MinuteTaker,
    /// Chủ trì hội nghị.
    Chair,
    /// The papers of a book.
    Papers,
}

/// What is missing, and of which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Missing {
    /// The part.
    pub part: Part,
    /// Which of the papers bound behind the first, counted from 0; none for the first itself.
    pub bound: Option<u32>,
}
