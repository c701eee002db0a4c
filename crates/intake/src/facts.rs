//! What a paper says of itself: its kind, number, day, issuer and subject, off its head (phần thể thức). The names are data:
//! `assets/rules/documents.json`.

use std::collections::BTreeMap;

use domain::Day;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::line::{Line, Part};

/// What was recognised; a person puts it right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "PaperFacts")]
pub struct Facts {
    /// `Nghị quyết`.
    pub form: Option<String>,
    /// `12-NQ/TU`, `45/2026/NĐ-CP`.
    pub number: Option<String>,
    /// `2026-11-05`.
    pub issued_on: Option<Day>,
    /// `Đảng ủy xã Tân Hòa`.
    pub issuer: Option<String>,
    /// What it is about.
    pub title: Option<String>,
}

/// What papers are called.
#[derive(Default, Deserialize)]
struct Names {
    forms: Vec<String>,
    codes: BTreeMap<String, String>,
    heads: Vec<String>,
    mottos: Vec<String>,
    places: Vec<String>,
    /// What a body's own organisation is called, and what it is called itself: `Đảng bộ`, `Đảng ủy`.
    bodies: Vec<(String, String)>,
}

/// Lines of a head, at most: what stands further down is text.
const HEAD: usize = 24;
/// Lines that a subject may take.
const SUBJECT: usize = 6;

/// The facts, and what is left once the head is taken off.
pub(crate) fn recognise(parts: &[Part]) -> (Facts, &[Part]) {
    let names = Names::shipped();
    let mut facts = Facts::default();
    let head = parts.iter().take(HEAD).take_while(|part| names.form(part).is_none()).count();
    let found = parts.get(head).and_then(|part| names.form(part));
    // Without a kind's name the head is the first table alone, if it is one.
    let letterhead = |part: &Part| part.lines().iter().any(|line| names.is_head(&line.text));
    let head = match found {
        Some(_) => head,
        None => parts.iter().take(3).position(letterhead).map_or(0, |at| at + 1),
    };
    for line in parts.get(..head).unwrap_or_default().iter().flat_map(Part::lines) {
        names.read(&line.text, &mut facts);
    }
    let Some(form) = found else {
        if let Some(code) = facts.number.as_deref().and_then(code) {
            facts.form = names.codes.get(code).cloned();
        }
        return (facts, parts.get(head..).unwrap_or_default());
    };
    facts.form = Some(form);
    let below = parts.get(head + 1..).unwrap_or_default();
    let subject = below.iter().take(SUBJECT).take_while(|part| is_subject(part)).count();
    let words: Vec<&str> = below.iter().take(subject).flat_map(Part::lines).map(|line| line.text.as_str()).collect();
    facts.title = facts.title.or_else(|| (!words.is_empty()).then(|| words.join(" ")));
    let rest = below.get(subject..).unwrap_or_default();
    let rule = usize::from(rest.first().is_some_and(|part| part.lines().iter().all(|line| is_rule(&line.text))));
    (facts, rest.get(rule..).unwrap_or_default())
}

/// The subject stands in bold under the kind, or says `về`: off a picture nothing is bold.
fn is_subject(part: &Part) -> bool {
    matches!(part, Part::Line(line) if (line.is_bold() || line.text.starts_with("về ")) && line.mark.is_none() && line.heading.is_none() && !is_rule(&line.text))
}

fn is_rule(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '*' | ' '))
}

/// The kinds of paper that the rule in force names.
pub fn forms() -> Vec<String> {
    Names::shipped().forms
}

/// Who issues papers in the name of a unit: `Đảng ủy xã Tân Hòa` of `Đảng bộ xã Tân Hòa`.
pub fn issuer(unit: &str) -> String {
    let named = |(unit_is, body): &(String, String)| unit.strip_prefix(unit_is).map(|rest| format!("{body}{rest}"));
    Names::shipped().bodies.iter().find_map(named).unwrap_or_else(|| unit.to_owned())
}

impl Names {
    fn shipped() -> Self {
        serde_json::from_str::<Vec<Self>>(include_str!("../../../assets/rules/documents.json"))
            .ok()
            .and_then(|all| all.into_iter().next_back())
            .unwrap_or_default()
    }

    /// The kind whose name a line is.
    fn form(&self, part: &Part) -> Option<String> {
        let Part::Line(Line { text, .. }) = part else { return None };
        self.forms.iter().find(|form| form.to_uppercase() == *text).cloned()
    }

    fn is_head(&self, text: &str) -> bool {
        let text = text.to_uppercase().replace(['–', '—'], "-");
        self.heads.iter().chain(&self.mottos).any(|one| *one == text)
    }

    fn read(&self, text: &str, facts: &mut Facts) {
        if self.is_head(text) || is_rule(text) {
            return;
        }
        if let Some(number) = text.strip_prefix("Số") {
            facts.number = facts.number.take().or_else(|| number_of(number));
        } else if let Some(day) = day_of(text) {
            facts.issued_on = facts.issued_on.take().or(Some(day));
        } else if let Some(subject) = ["V/v", "Về việc", "về việc"].iter().find_map(|about| text.strip_prefix(about))
        {
            facts.title = Some(format!("Về việc {}", subject.trim_start_matches([':', ' '])));
        } else if !text.chars().any(char::is_lowercase) {
            // The last name in capitals before the number is who issued it; those above it are whom it belongs to.
            facts.issuer = Some(self.spelled(text));
        }
    }

    /// A name in capitals as it is spelled in a sentence: `Đảng ủy xã Tân Hòa`.
    fn spelled(&self, capitals: &str) -> String {
        let lower = capitals.to_lowercase();
        let end = |place: &String| lower.find(&format!("{place} ")).map(|at| at + place.len());
        let proper = self.places.iter().filter_map(end).min().unwrap_or(lower.len());
        let (common, name) = lower.split_at_checked(proper).unwrap_or((&lower, ""));
        let name: Vec<String> = name.split(' ').map(capital).collect();
        capital(common) + &name.join(" ")
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// `12-NQ/TU` out of ` 12-NQ/TU` or `: 45/2026/NĐ-CP`; none while its place is blank.
fn number_of(text: &str) -> Option<String> {
    let number: String = text.trim_start_matches([':', ' ']).chars().filter(|c| !c.is_whitespace()).collect();
    let written = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains(['-', '/']);
    written.then_some(number)
}

/// `NQ` of `12-NQ/TU`.
fn code(number: &str) -> Option<&str> {
    number.split_once('-')?.1.split('/').next()
}

/// The day of `Tân Hòa, ngày 05 tháng 11 năm 2026`.
fn day_of(text: &str) -> Option<Day> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let after = |name: &str| {
        let at = words.iter().rposition(|word| *word == name)?;
        words.get(at + 1)?.parse::<u32>().ok()
    };
    let (day, month, year) = (after("ngày")?, after("tháng")?, after("năm")?);
    let written = format!("{year:04}-{month:02}-{day:02}");
    domain::is_day(&written).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Planted: a blank number taken for one → caught.
    #[test]
    fn numbers_and_days_are_read_as_offices_write_them() {
        assert_eq!(issuer("Đảng bộ xã Tân Hòa"), "Đảng ủy xã Tân Hòa");
        assert_eq!(issuer("Đảng bộ tỉnh Quảng Trị"), "Tỉnh ủy Quảng Trị");
        assert_eq!(issuer("Chi bộ Thôn Đông"), "Chi bộ Thôn Đông");
        assert_eq!(number_of(" 12-NQ/TU").as_deref(), Some("12-NQ/TU"));
        assert_eq!(number_of(": 45/2026/NĐ-CP").as_deref(), Some("45/2026/NĐ-CP"));
        assert_eq!(number_of(" 05 - QĐ/ĐU").as_deref(), Some("05-QĐ/ĐU"));
        assert_eq!(number_of("      -NQ/CB"), None);
        assert_eq!(day_of("Quảng Trị, ngày 05 tháng 11 năm 2026").as_deref(), Some("2026-11-05"));
        assert_eq!(day_of("Tân Hòa, ngày 31 tháng 02 năm 2026"), None);
        assert_eq!(day_of("Tân Hòa, ngày   tháng   năm 2026"), None);
    }
}
