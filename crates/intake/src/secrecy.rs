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
}

/// The rule as it was first set: what was secret under an older one is still to be refused, so all rules count.
fn rules() -> Vec<Secrecy> {
    // What cannot be read is caught by a test of this file, not in a person's hand.
    serde_json::from_str(include_str!("../../../assets/rules/secrecy.json")).unwrap_or_default()
}

pub(crate) fn of_name(name: &str) -> Result<(), Refusal> {
    let name = plain(name).to_uppercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // `bí mật`, `mật ong` and `mật độ` are words like others; a mark stands by itself or in brackets, first or last.
    let alone = |mark: &str| {
        let mark: Vec<&str> = mark.split(' ').collect();
        let bracketed = [format!("({})", mark.join(" ")), format!("[{}]", mark.join(" "))];
        bracketed.iter().any(|one| name.contains(one))
            || words.starts_with(&mark) && name.strip_prefix(&mark.join(" ")).is_some_and(|rest| !rest.starts_with(' '))
    };
    refuse(Place::Name, alone)
}

pub(crate) fn of_text(parts: &[Part]) -> Result<(), Refusal> {
    let lines: Vec<&Line> = parts.iter().flat_map(Part::lines).collect();
    let labels: Vec<String> = rules().into_iter().flat_map(|rule| rule.labels).collect();
    let bears = |mark: &str| {
        lines.iter().any(|line| {
            let text = line.text.trim_matches(|c: char| !c.is_alphanumeric());
            let after = |label: &String| {
                let rest = text.to_uppercase();
                let rest = rest
                    .strip_prefix(label.as_str())
                    .map(|rest| rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
                rest.is_some_and(|rest| rest == mark)
            };
            text == mark || labels.iter().any(after)
        })
    };
    refuse(Place::Text, bears)
}

fn refuse(place: Place, bears: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    let mark = rules().into_iter().flat_map(|rule| rule.marks).find(|mark| bears(mark));
    mark.map_or(Ok(()), |mark| Err(Refusal::Secret { mark, place }))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Planted: a mark anywhere in a line → caught.
    #[test]
    fn a_mark_is_refused_and_a_word_is_not() {
        assert!(!rules().is_empty(), "the rule reads");
        let text = |words: &str| of_text(&[Part::Line(Line { text: words.to_owned(), ..Line::default() })]);
        for marked in ["MẬT", "TỐI MẬT", "(TUYỆT MẬT)", "Độ mật: Mật", "Độ mật: TỐI MẬT"] {
            assert!(text(marked).is_err(), "{marked}");
        }
        for plain in ["Mật ong rừng", "giữ gìn bí mật", "MẬT ĐỘ DÂN SỐ", "bảo vệ bí mật nhà nước", "Mật"]
        {
            assert!(text(plain).is_ok(), "{plain}");
        }
        for marked in ["Mật.docx", "[Mật] kế hoạch.docx", "Kế hoạch (tối mật).pdf", "MA\u{302}\u{323}T-12.docx"]
        {
            assert!(of_name(marked).is_err(), "{marked}");
        }
        for plain in ["Mật ong.docx", "bí mật nhà nước.docx", "mật độ.pdf", "Nghị quyết 12.docx"] {
            assert!(of_name(plain).is_ok(), "{plain}");
        }
    }
}
