//! What papers say, as dated data: `assets/rules/minutes.json`.

use std::collections::HashMap;

use domain::{Rule, fill, in_force};
use serde::Deserialize;

/// The sentences of minutes, by name; `{…}` stands for what is put in.
#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    /// What the minutes of each kind of meeting are called.
    pub subject: HashMap<String, String>,
    /// Over the columns of the tasks that were given.
    pub task_columns: Vec<String>,
    /// Over those of the month before.
    pub last_columns: Vec<String>,
    /// Over those of the roll.
    pub roll_columns: Vec<String>,
    /// What the roll says.
    pub marks: HashMap<String, String>,
    /// Over those of what is put into the national app.
    pub package_columns: Vec<String>,
    /// Why somebody was excused.
    pub reasons: HashMap<String, String>,
    /// How a basis (căn cứ) of a resolution begins.
    pub basis: String,
    /// Those of one that names none of its own.
    pub bases: Vec<String>,
    /// Those of a conclusion that nobody voted on.
    pub bases_unvoted: Vec<String>,
    /// Over the columns of the tasks that come out of it.
    pub assigned_columns: Vec<String>,
    /// Who receives it.
    pub recipients: Vec<String>,
    /// All others.
    #[serde(flatten)]
    said: HashMap<String, String>,
}

#[derive(Deserialize)]
struct All {
    minutes: Vec<Rule<Words>>,
}

impl Words {
    /// Those in use on a day.
    pub fn on(day: &str) -> Option<Self> {
        let all: All = serde_json::from_str(include_str!("../../../../assets/rules/minutes.json")).ok()?;
        in_force(&all.minutes, day).map(|rule| rule.sets.clone())
    }

    /// A sentence with what belongs in it.
    pub fn say(&self, name: &str, values: &[(&str, &str)]) -> String {
        self.said.get(name).map(|sentence| fill(sentence, values)).unwrap_or_default()
    }

    /// The same with the parts of a moment: `{day}`, `{month}`, `{year}`, `{hour}`, `{minute}`.
    pub fn say_when(&self, sentence: &str, moment: &str, more: &[(&str, &str)]) -> String {
        let part = |from: usize, to: usize| moment.get(from..to).unwrap_or("…");
        let bare = |from, to| part(from, to).trim_start_matches('0');
        let mut values = vec![
            ("year", part(0, 4)),
            ("month", bare(5, 7)),
            ("day", part(8, 10)),
            ("hour", part(11, 13)),
            ("minute", part(14, 16)),
        ];
        values.extend(more);
        fill(sentence, &values)
    }

    /// One sentence by its name.
    pub fn sentence(&self, name: &str) -> &str {
        self.said.get(name).map(String::as_str).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_reads() {
        let words = Words::on("2026-11-05").expect("in force");
        assert_eq!(
            words.say_when(&words.subject["regular"], "2026-11-05T14:05", &[]),
            "Sinh hoạt chi bộ thường kỳ tháng 11 năm 2026"
        );
        assert_eq!(words.say("place", &[("place", "Nhà văn hóa")]), "Địa điểm: Nhà văn hóa");
    }
}
