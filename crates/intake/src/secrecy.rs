//! Marks of secrecy (dấu chỉ độ mật): a paper that bears one is refused. The marks are data: `assets/rules/secrecy.json`.

mod name;

use std::sync::LazyLock;

use domain::Rule;
use serde::Deserialize;

use crate::{
    Place, Refusal,
    line::{Line, Part},
};
pub(crate) use name::of_name;

#[derive(Clone, Default, Deserialize)]
struct Secrecy {
    /// The marks, in capitals, the gravest first.
    marks: Vec<String>,
    /// The words that a mark may follow on its line: `Độ mật: Mật`.
    labels: Vec<String>,
    /// The words with a number that a mark may stand beside on its line: `MẬT Số 12-NQ/TU`.
    beside: Vec<String>,
    /// Pairs of words that are no mark although one of them reads like one.
    words: Vec<String>,
}

/// Words of a number and what says so, at most.
const NUMBER: usize = 4;
/// What a machine reads where a stamp's frame stands.
const FRAME: [char; 8] = ['|', '[', ']', '{', '}', 'I', 'l', ' '];

static SPELLED: LazyLock<Option<Secrecy>> = LazyLock::new(|| read(include_str!("../../../assets/rules/secrecy.json")));
/// The same without marks on its letters.
static BARE: LazyLock<Option<Secrecy>> = LazyLock::new(|| SPELLED.as_ref().map(Secrecy::bare));

/// All rules as one: what was secret under an older one is still to be refused. None that names no mark is a rule.
fn read(text: &str) -> Option<Secrecy> {
    let rules: Vec<Rule<Secrecy>> = serde_json::from_str(text).ok()?;
    let whole = rules.into_iter().fold(Secrecy::default(), |mut whole, rule| {
        whole.marks.extend(rule.sets.marks);
        whole.labels.extend(rule.sets.labels);
        whole.beside.extend(rule.sets.beside);
        whole.words.extend(rule.sets.words);
        whole
    });
    (!whole.marks.is_empty()).then_some(whole)
}

/// Looks for marks as people spell them.
pub(crate) fn of_text(parts: &[Part]) -> Result<(), Refusal> {
    of_lines(&parts.iter().flat_map(Part::lines).collect::<Vec<_>>(), &SPELLED)
}

/// Looks for marks in what a machine read, which mistakes the marks on letters: `MÂT`, `MẠT`, `MAT`.
pub(crate) fn of_recognised(parts: &[Part]) -> Result<(), Refusal> {
    let spell = |words: &str| {
        let mut letters: Vec<char> = bare(words.trim_matches(FRAME)).chars().collect();
        // A frame beside a letter makes it read twice: `MẬTT|`.
        letters.dedup_by(|next, last| next == last && next.is_uppercase());
        letters.into_iter().collect::<String>()
    };
    let spell = |line: &Line| Line {
        text: spell(&line.text),
        apart: line.apart.iter().map(|stretch| spell(stretch)).collect(),
        ..Line::default()
    };
    let lines: Vec<Line> = parts.iter().flat_map(Part::lines).map(spell).collect();
    of_lines(&lines.iter().collect::<Vec<_>>(), &BARE)
}

fn of_lines(lines: &[&Line], rules: &Option<Secrecy>) -> Result<(), Refusal> {
    let apart = in_one(lines.iter().map(|line| line.text.as_str()));
    refuse(Place::Text, rules, |mark, rules| {
        lines.iter().any(|line| bears(line, mark, rules)) || apart.iter().any(|word| *word == letters(mark))
    })
}

/// Refuses what bears a mark, by its name; and everything, where what is a mark is not known.
fn refuse(place: Place, rules: &Option<Secrecy>, bears: impl Fn(&str, &Secrecy) -> bool) -> Result<(), Refusal> {
    let (rules, spelled) = rules.as_ref().zip(SPELLED.as_ref()).ok_or(Refusal::Unreadable)?;
    let at = rules.marks.iter().position(|mark| bears(mark, rules));
    let mark = at.and_then(|at| spelled.marks.get(at));
    mark.map_or(Ok(()), |mark| Err(Refusal::Secret { mark: mark.clone(), place }))
}

/// Whether a line is a mark, or has one that a gap sets apart, however its letters are spaced.
fn bears(line: &Line, mark: &str, rules: &Secrecy) -> bool {
    let is_mark = |words: &str| letters(words) == letters(mark);
    let labelled = |words: &str| {
        let words = words.to_uppercase();
        rules.labels.iter().any(|label| words.strip_prefix(label.as_str()).is_some_and(is_mark))
    };
    let says = |words: &str| {
        let words = words.trim_matches(|c: char| !c.is_alphanumeric());
        is_mark(words) || labelled(words) || is_beside(words, mark, rules)
    };
    says(&line.text)
        || line.apart.iter().any(|stretch| says(stretch))
        || in_one(line.apart.iter().map(String::as_str)).iter().any(|word| *word == letters(mark))
}

/// Whether a mark stands before or after a paper's number with nothing else on the line.
fn is_beside(words: &str, mark: &str, rules: &Secrecy) -> bool {
    let number = |rest: &str| {
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
        let counts = |after: &str| after.trim_start_matches([' ', ':', '.']).starts_with(|c: char| !c.is_alphabetic());
        rest.split(' ').count() <= NUMBER
            && rules.beside.iter().any(|word| rest.strip_prefix(word.as_str()).is_some_and(counts))
    };
    let before = words.strip_prefix(mark).filter(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()));
    let after = words.strip_suffix(mark).filter(|rest| rest.ends_with(|c: char| !c.is_alphanumeric()));
    before.or(after).is_some_and(number)
}

impl Secrecy {
    fn bare(&self) -> Self {
        let all = |words: &[String]| words.iter().map(|word| bare(word)).collect();
        Self { marks: all(&self.marks), labels: all(&self.labels), beside: all(&self.beside), words: all(&self.words) }
    }
}

/// Words without marks on their letters; what is a capital stays one.
fn bare(words: &str) -> String {
    let letter = |c: char| {
        let low = domain::fold(c.encode_utf8(&mut [0; 4]));
        if c.is_uppercase() { low.to_uppercase() } else { low }
    };
    words.chars().map(letter).collect()
}

/// `M Ậ T` as one word.
fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words that stretches of one letter each make, one after the other or one under the other.
fn in_one<'a>(stretches: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words = vec![String::new()];
    for stretch in stretches {
        let letters = letters(stretch);
        match words.last_mut().filter(|_| letters.chars().count() == 1) {
            Some(word) => word.push_str(&letters),
            None => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    // Planted: a mark anywhere in a line; only words and not letters compared; gaps not looked at; the number beside a mark not
    // looked at → each caught.
    #[test]
    fn a_mark_is_refused_and_a_word_is_not() {
        let text = |words: &str| of_text(&[Part::Line(Line::of(&[(words.to_owned(), false)]))]);
        for (marked, mark) in [
            ("MẬT", "MẬT"),
            ("MA\u{323}\u{302}T", "MẬT"),
            ("TỐI MẬT", "TỐI MẬT"),
            ("(TUYỆT MẬT)", "TUYỆT MẬT"),
            ("Độ mật: Mật", "MẬT"),
            ("Độ mật: TỐI MẬT", "TỐI MẬT"),
            ("M Ậ T", "MẬT"),
            ("M\u{a0}A\u{302}\u{323}\u{a0}T", "MẬT"),
            ("T Ố I   M Ậ T", "TỐI MẬT"),
            ("- T.U.Y.Ệ.T M.Ậ.T -", "TUYỆT MẬT"),
            ("MẬT          Số 12-NQ/TU", "MẬT"),
            ("MẬT\tSố 12-NQ/TU\tTân Hòa, ngày 05 tháng 11", "MẬT"),
            ("ĐẢNG BỘ TỈNH\nTỐI MẬT", "TỐI MẬT"),
            ("M Ậ T\tSố 12-NQ/TU", "MẬT"),
            ("M\tẬ\tT\tSố 12-NQ/TU", "MẬT"),
            ("MẬT Số 12-NQ/TU", "MẬT"),
            ("MẬT - Số: 12-NQ/TU", "MẬT"),
            ("MẬT Bản số 03", "MẬT"),
            ("Số 12-NQ/TU MẬT", "MẬT"),
            ("TỐI MẬT Số      -NQ/TU", "TỐI MẬT"),
        ] {
            let refused = text(marked).unwrap_err();
            assert_eq!(refused, Refusal::Secret { mark: mark.to_owned(), place: Place::Text }, "{marked}");
        }
        for plain in [
            "Mật ong rừng",
            "MẬT ONG RỪNG",
            "giữ gìn bí mật",
            "BÍ MẬT NHÀ NƯỚC",
            "MẬT ĐỘ DÂN SỐ",
            "MẬT ĐỘ DÂN SỐ 12 NGƯỜI",
            "MẬT KHẨU",
            "bảo vệ bí mật nhà nước",
            "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",
            "Luật Bảo vệ bí mật nhà nước\tSố 117/2025/QH15",
            "Mật",
            "a\tb\tc",
            "Văn bản loại MẬT không đưa vào sổ",
            "MẬT số lượng lớn trong ba xã",
        ] {
            assert!(text(plain).is_ok(), "{plain}");
        }
        let under = ["M", "Ậ", "T"].map(|one| Part::Line(Line::of(&[(one.to_owned(), false)])));
        assert!(of_text(&under).is_err(), "letters one under the other");
    }
    // Planted: marks on letters compared; small letters taken for a mark; a frame read with the words → each caught.
    #[test]
    fn a_mark_that_a_machine_read_is_refused_however_it_spelled_it() {
        let text = |words: &str| of_recognised(&[Part::Line(Line::of(&[(words.to_owned(), false)]))]);
        for (marked, mark) in [
            ("MẬT", "MẬT"),
            ("MÂT", "MẬT"),
            ("MẠT", "MẬT"),
            ("MAT", "MẬT"),
            ("|MẬT|", "MẬT"),
            ("[MÂT]", "MẬT"),
            ("I MẬT l", "MẬT"),
            ("IMÂTI", "MẬT"),
            ("[TUYÊT MÂTT|", "TUYỆT MẬT"),
            ("TỐI MÂT", "TỐI MẬT"),
            ("TUYÊT MẬT", "TUYỆT MẬT"),
            ("M Â T", "MẬT"),
            ("MÂT\tSố 12-NQ/TU", "MẬT"),
            ("MAT Số 12-NQ/TU", "MẬT"),
            ("Đô mât: Tôi mât", "TỐI MẬT"),
        ] {
            let refused = text(marked).unwrap_err();
            assert_eq!(refused, Refusal::Secret { mark: mark.to_owned(), place: Place::Text }, "{marked}");
        }
        for plain in ["Mặt", "MẶT TRẬN TỔ QUỐC", "BÍ MÂT NHÀ NƯỚC", "có mặt", "RA MẮT", "MAT số lượng lớn trong ba xã"]
        {
            assert!(text(plain).is_ok(), "{plain}");
        }
        assert!(of_text(&[Part::Line(Line::of(&[("MẶT".to_owned(), false)]))]).is_ok(), "who types spells as is meant");
    }

    // Planted: a rule that cannot be read taken for one without marks → caught.
    #[test]
    fn where_no_mark_is_known_nothing_is_let_in() {
        assert!(SPELLED.is_some() && BARE.is_some(), "the rule reads");
        assert!(
            ["", "[]", "[{}]", r#"[{"citation": "", "from": "", "to": null, "marks": []}]"#]
                .iter()
                .all(|text| read(text).is_none())
        );
        assert_eq!(refuse(Place::Text, &None, |_, _| false), Err(Refusal::Unreadable));
    }
}
