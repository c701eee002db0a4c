//! Marks of secrecy (dấu chỉ độ mật): a paper that bears one is refused. The marks are data: `assets/rules/secrecy.json`.

use serde::Deserialize;

use crate::{
    Place, Refusal,
    line::{Line, Part, plain},
};

#[derive(Deserialize)]
struct Secrecy {
    /// The marks, in capitals, the gravest first.
    marks: Vec<String>,
    /// The words that a mark may follow on its line: `Độ mật: Mật`.
    labels: Vec<String>,
    /// The words with a number that a mark may stand beside on its line: `MẬT Số 12-NQ/TU`.
    beside: Vec<String>,
}

/// Words of a number and what says so, at most.
const NUMBER: usize = 4;

/// The rule as it was first set: what was secret under an older one is still to be refused, so all rules count.
fn rules() -> Vec<Secrecy> {
    // What cannot be read is caught by a test of this file, not in a person's hand.
    serde_json::from_str(include_str!("../../../assets/rules/secrecy.json")).unwrap_or_default()
}

pub(crate) fn of_name(name: &str) -> Result<(), Refusal> {
    let spelled = plain(name);
    let stem = spelled.rsplit_once('.').map_or(spelled.as_str(), |(stem, _)| stem);
    let line = Line::of(&[(name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned(), false)]);
    let name = spelled.to_uppercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // `bí mật`, `mật ong` and `mật độ` are words like others; a mark stands by itself or in brackets, first or last.
    let rules = rules();
    refuse(Place::Name, &rules, |mark| {
        let words_of: Vec<&str> = mark.split(' ').collect();
        let bracketed = [format!("({mark})"), format!("[{mark}]")];
        bracketed.iter().any(|one| name.contains(one))
            || words.starts_with(&words_of) && name.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(' '))
            || letters(&stem.to_uppercase()) == letters(mark)
            || bears(&line, mark, &rules)
    })
}

pub(crate) fn of_text(parts: &[Part]) -> Result<(), Refusal> {
    let rules = rules();
    let lines: Vec<&Line> = parts.iter().flat_map(Part::lines).collect();
    let apart = in_one(lines.iter().map(|line| line.text.as_str()));
    refuse(Place::Text, &rules, |mark| {
        lines.iter().any(|line| bears(line, mark, &rules)) || apart.iter().any(|word| *word == letters(mark))
    })
}

fn refuse(place: Place, rules: &[Secrecy], bears: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    let mark = rules.iter().flat_map(|rule| &rule.marks).find(|mark| bears(mark));
    mark.map_or(Ok(()), |mark| Err(Refusal::Secret { mark: mark.clone(), place }))
}

/// Whether a line is a mark, or has one that a gap sets apart, however its letters are spaced.
fn bears(line: &Line, mark: &str, rules: &[Secrecy]) -> bool {
    let is_mark = |words: &str| letters(words) == letters(mark);
    let labelled = |words: &str| {
        let words = words.to_uppercase();
        rules.iter().flat_map(|rule| &rule.labels).any(|label| words.strip_prefix(label).is_some_and(is_mark))
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
fn is_beside(words: &str, mark: &str, rules: &[Secrecy]) -> bool {
    let number = |rest: &str| {
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
        let counts = |after: &str| after.trim_start_matches([' ', ':', '.']).starts_with(|c: char| !c.is_alphabetic());
        rest.split(' ').count() <= NUMBER
            && rules.iter().flat_map(|rule| &rule.beside).any(|word| rest.strip_prefix(word).is_some_and(counts))
    };
    let before = words.strip_prefix(mark).filter(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()));
    let after = words.strip_suffix(mark).filter(|rest| rest.ends_with(|c: char| !c.is_alphanumeric()));
    before.or(after).is_some_and(number)
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
        assert!(!rules().is_empty(), "the rule reads");
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
        for marked in [
            "Mật.docx",
            "[Mật] kế hoạch.docx",
            "Kế hoạch (tối mật).pdf",
            "MA\u{302}\u{323}T-12.docx",
            "M Ậ T.pdf",
            "MẬT Số 12-NQ.pdf",
            "MẬT    Kế hoạch.pdf",
        ] {
            assert!(of_name(marked).is_err(), "{marked}");
        }
        for plain in [
            "Mật ong.docx",
            "bí mật nhà nước.docx",
            "Luật Bảo vệ bí mật nhà nước.pdf",
            "mật độ.pdf",
            "MẬT ĐỘ DÂN SỐ.pdf",
            "Nghị quyết 12.docx",
        ] {
            assert!(of_name(plain).is_ok(), "{plain}");
        }
    }
}
