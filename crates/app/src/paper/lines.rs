//! What a paper says, as a screen shows it.

use print::{Block, Level};
use serde::Serialize;
use ts_rs::TS;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PaperLine {
    /// How it is set.
    pub set: Set,
    /// Its words; of a row, a cell each.
    pub words: Vec<String>,
}

/// How a line is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PaperSet")]
pub enum Set {
    /// A heading of the first level.
    Section,
    /// Of the second.
    Point,
    /// Of the third.
    Sub,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// The words over a table's columns.
    Columns,
    /// A row of a table.
    Row,
}

/// The lines of a paper's body.
pub fn lines(body: &[Block]) -> Vec<PaperLine> {
    let mut lines = Vec::new();
    let mut line = |set, words| lines.push(PaperLine { set, words });
    for block in body {
        match block {
            Block::Heading(level, text) => {
                let set = match level {
                    Level::Section => Set::Section,
                    Level::Point => Set::Point,
                    Level::Sub => Set::Sub,
                };
                line(set, vec![text.clone()]);
            }
            Block::Paragraph(text) => text.lines().for_each(|text| line(Set::Paragraph, vec![text.to_owned()])),
            Block::Item(text) => line(Set::Item, vec![text.clone()]),
            Block::Table(table) => {
                line(Set::Columns, table.columns.iter().map(|column| column.title.clone()).collect());
                table.rows.iter().for_each(|row| line(Set::Row, row.clone()));
            }
            Block::PageBreak => {}
        }
    }
    lines
}
