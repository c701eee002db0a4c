//! What a paper says of itself: its kind, number, day, issuer and subject, off its head (phần thể thức). The names are data:
//! `assets/rules/documents.json`.

use std::{collections::BTreeMap, sync::LazyLock};

use domain::{Day, Rule, in_force};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::line::Part;

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

/// What papers were called, and since when. Where they cannot be read nothing is recognised, and a person says all of it.
static RULES: LazyLock<Vec<Rule<Names>>> = LazyLock::new(|| read(include_str!("../../../assets/rules/documents.json")));
static NONE: LazyLock<Names> = LazyLock::new(Names::default);

fn read(text: &str) -> Vec<Rule<Names>> {
    serde_json::from_str(text).unwrap_or_default()
}

/// Lines of a head, at most: what stands further down is text.
const HEAD: usize = 24;
/// Letters of an issuer's name, at least: a machine reads the star under it as anything.
const NAME: usize = 3;
/// Lines that a subject may take.
const SUBJECT: usize = 6;

/// The facts, and what is left once the head is taken off.
pub(crate) fn recognise(parts: &[Part]) -> (Facts, &[Part]) {
    let top = parts.get(..HEAD.min(parts.len())).unwrap_or_default();
    let names = Names::on(&RULES, top.iter().flat_map(Part::lines).find_map(|line| day_of(&line.text)));
    let mut facts = Facts::default();
    let head = top.iter().take_while(|part| names.form(part).is_none()).count();
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
    let Some((form, number)) = found else {
        let coded = facts.number.as_deref().and_then(code).and_then(|code| names.codes.get(code)).cloned();
        facts.form = facts.form.or(coded);
        return (facts, parts.get(head..).unwrap_or_default());
    };
    facts.form = Some(form);
    facts.number = facts.number.or(number);
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
    Names::on(&RULES, None).forms.clone()
}

/// Who issues papers in the name of a unit: `Đảng ủy xã Tân Hòa` of `Đảng bộ xã Tân Hòa`.
pub fn issuer(unit: &str) -> String {
    let named = |(unit_is, body): &(String, String)| unit.strip_prefix(unit_is).map(|rest| format!("{body}{rest}"));
    Names::on(&RULES, None).bodies.iter().find_map(named).unwrap_or_else(|| unit.to_owned())
}

impl Names {
    /// What papers were called on a day; today, where that is not known or no rule is as old.
    fn on(rules: &[Rule<Self>], day: Option<Day>) -> &Self {
        let newest = || rules.iter().max_by(|a, b| a.from.cmp(&b.from));
        let rule = day.and_then(|day| in_force(rules, &day)).or_else(newest);
        rule.map_or(&NONE, |rule| &rule.sets)
    }

    /// The kind whose name a line is, and the number where it goes on with that.
    fn form(&self, part: &Part) -> Option<(String, Option<String>)> {
        let Part::Line(line) = part else { return None };
        if !line.is_capital() {
            return None;
        }
        let named = self.forms.iter().find(|form| form.to_uppercase() == line.text).map(|form| (form.clone(), None));
        named.or_else(|| self.numbered(&line.text).map(|(form, number)| (form, Some(number))))
    }

    /// The kind and the number of `Luật số: 52/2019/QH14`.
    fn numbered(&self, text: &str) -> Option<(String, String)> {
        let of = |form: &String| {
            let rest = without(without(text, form)?.trim_start(), "số")?;
            Some((form.clone(), number_of(rest)?))
        };
        self.forms.iter().find_map(of)
    }

    fn is_head(&self, text: &str) -> bool {
        let text = text.to_uppercase().replace(['–', '—'], "-");
        self.heads.iter().chain(&self.mottos).any(|one| *one == text)
    }

    fn read(&self, text: &str, facts: &mut Facts) {
        if self.is_head(text) || is_rule(text) {
            return;
        }
        if let Some(number) = without(text, "số") {
            facts.number = facts.number.take().or_else(|| number_of(number));
        } else if let Some((form, number)) = self.numbered(text) {
            facts.form = facts.form.take().or(Some(form));
            facts.number = facts.number.take().or(Some(number));
        } else if let Some(day) = day_of(text) {
            facts.issued_on = facts.issued_on.take().or(Some(day));
        } else if let Some(subject) = ["V/v", "Về việc", "về việc"].iter().find_map(|about| text.strip_prefix(about))
        {
            facts.title = Some(format!("Về việc {}", subject.trim_start_matches([':', ' '])));
        } else if !text.chars().any(char::is_lowercase) && text.chars().filter(|c| c.is_alphabetic()).count() >= NAME {
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

/// What follows some words, however they are written.
fn without<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (begin, rest) =
        text.split_at_checked(text.char_indices().nth(words.chars().count()).map_or(text.len(), |(at, _)| at))?;
    (begin.to_lowercase() == words.to_lowercase() && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// `12-NQ/TU` out of ` 12-NQ/TU` or `: 45/2026/NĐ-CP ngày 05/11/2026`; none while its place is blank.
fn number_of(text: &str) -> Option<String> {
    let words = text.trim_start_matches([':', '.', ' ']).split_whitespace();
    let number: String = words.take_while(|word| !word.starts_with(char::is_lowercase)).collect();
    let number = number.trim_end_matches([',', ';', '.']);
    let written = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains(['-', '/']);
    written.then(|| number.to_owned())
}

/// `NQ` of `12-NQ/TU`, and of `12/NQ-HĐND`.
fn code(number: &str) -> Option<&str> {
    number.split(['-', '/']).find(|part| part.starts_with(char::is_alphabetic))
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
        assert_eq!(number_of(": 12/NQ-HĐND").as_deref(), Some("12/NQ-HĐND"));
        let codes = ["12-NQ/TU", "12/NQ-HĐND", "45/2026/NĐ-CP", "117/2025/QH15", "12"].map(code);
        assert_eq!(codes, [Some("NQ"), Some("NQ"), Some("NĐ"), Some("QH15"), None]);
        assert_eq!(number_of("      -NQ/CB"), None);
        assert_eq!(day_of("Quảng Trị, ngày 05 tháng 11 năm 2026").as_deref(), Some("2026-11-05"));
        assert_eq!(day_of("Tân Hòa, ngày 31 tháng 02 năm 2026"), None);
        assert_eq!(day_of("Tân Hòa, ngày   tháng   năm 2026"), None);
    }

    fn line(text: &str) -> Part {
        Part::Line(crate::line::Line::of(&[(text.to_owned(), false)]))
    }

    // Planted: only lines that begin with `Số` looked at; what follows the number taken with it; a sentence taken for a head
    // → each caught.
    #[test]
    fn a_number_may_follow_the_name_of_its_kind() {
        let said = |lines: &[&str]| {
            let parts: Vec<Part> = lines.iter().map(|text| line(text)).collect();
            let (facts, rest) = recognise(&parts);
            (facts.form.unwrap_or_default(), facts.number.unwrap_or_default(), rest.len())
        };
        let owned = |form: &str, number: &str, rest| (form.to_owned(), number.to_owned(), rest);
        let law = ["QUỐC HỘI", "Luật số: 52/2019/QH14", "LUẬT", "về việc sửa đổi", "Điều 1."];
        assert_eq!(said(&law), owned("Luật", "52/2019/QH14", 1));
        let one = ["ĐẢNG CỘNG SẢN VIỆT NAM", "NGHỊ QUYẾT SỐ: 12-NQ/TU, ngày 05/11/2026"];
        assert_eq!(said(&one).1, "", "a sentence is no head");
        let one = ["ĐẢNG CỘNG SẢN VIỆT NAM", "NGHỊ QUYẾT SỐ: 12-NQ/TU", "về công tác cán bộ", "Điều 1."];
        assert_eq!(said(&one), owned("Nghị quyết", "12-NQ/TU", 1));
        let head = ["ĐẢNG CỘNG SẢN VIỆT NAM", "Nghị quyết số: 12-NQ/TU ngày 05/11/2026", "NGHỊ QUYẾT", "Điều 1."];
        assert_eq!(said(&head), owned("Nghị quyết", "12-NQ/TU", 1));
        assert_eq!(number_of(" lượng 12-15 người"), None);
    }

    // Planted: the last rule of the list taken whatever the day; the first where none is as old → each caught.
    #[test]
    fn a_paper_is_called_what_it_was_called_on_its_day() {
        assert!(!RULES.is_empty(), "the rule reads");
        let rule = |from: &str, to: Option<&str>, form: &str| Rule {
            citation: String::new(),
            from: from.to_owned(),
            to: to.map(str::to_owned),
            sets: Names { forms: vec![form.to_owned()], ..Names::default() },
        };
        let rules = [rule("2026-01-09", None, "mới"), rule("2018-01-01", Some("2026-01-08"), "cũ")];
        let on = |day: Option<&str>| Names::on(&rules, day.map(str::to_owned)).forms.concat();
        assert_eq!(
            [on(Some("2020-05-01")), on(Some("2026-05-01")), on(Some("1990-05-01")), on(None)],
            ["cũ", "mới", "mới", "mới"]
        );
        assert!(Names::on(&[], None).forms.is_empty());
        let known = forms();
        for form in ["Cương lĩnh", "Giấy giới thiệu", "Giấy đi đường", "Phiếu chuyển", "Phiếu gửi", "Phương án"]
        {
            assert!(known.iter().any(|one| one == form), "{form}");
        }
    }
}
