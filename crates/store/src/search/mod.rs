//! Searching the book: which records hold what was typed, the best first.

mod index;
mod tokenizer;

use domain::Typed;
use uuid::Uuid;

pub(crate) use index::{all_stale, made, stale_again, triggers};
pub(crate) use tokenizer::register;

use crate::{Book, Result};

/// A record that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Which kind of record.
    pub table: String,
    /// Which record.
    pub id: Uuid,
}

impl Book {
    /// The records, of one table where it is named, that hold every word typed: first those whose number it is, then
    /// those that spell it so, then those that have it in their title, and of each the ones that speak of it most.
    /// What was written since is read before, so that it is found.
    pub fn search(&mut self, typed: &Typed, table: Option<&str>) -> Result<Vec<Match>> {
        self.index()?;
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement = self.conn.prepare_cached(include_str!("search_by_rank.sql"))?;
        let rows = statement.query_map((all(typed), number(typed), spelt(typed), title(typed), table), |row| {
            Ok(Match { table: row.get(0)?, id: row.get(1).map(Uuid::from_bytes)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Every word, the last as a beginning. Words hold no quotes, so that none of them is ever an operator.
fn all(typed: &Typed) -> String {
    terms(typed, |word| word.bare.clone(), |_| true)
}

/// A number and what stands around it in a record's number; nothing where no number was typed.
fn number(typed: &Typed) -> Option<String> {
    let digits = |word: &str| word.starts_with(|c: char| c.is_numeric());
    let any = typed.words.iter().any(|word| digits(&word.bare));
    any.then(|| format!("number : ({})", terms(typed, |word| word.bare.clone(), |word| !digits(word))))
}

/// With the marks that were typed; nothing where none were.
fn spelt(typed: &Typed) -> Option<String> {
    let word = |word: &domain::Word| word.exact.clone().unwrap_or_else(|| word.bare.clone());
    typed.has_marks().then(|| terms(typed, word, |_| true))
}

fn title(typed: &Typed) -> String {
    format!("title : ({})", all(typed))
}

fn terms(typed: &Typed, form: impl Fn(&domain::Word) -> String, may_begin: impl Fn(&str) -> bool) -> String {
    let words: Vec<String> = typed.words.iter().map(form).collect();
    let last = words.len().saturating_sub(1);
    let term =
        |(at, word): (usize, &String)| format!("\"{word}\"{}", if at == last && may_begin(word) { "*" } else { "" });
    words.iter().enumerate().map(term).collect::<Vec<_>>().join(" AND ")
}
