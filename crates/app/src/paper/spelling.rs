//! How `ủy` is spelt on paper: HD 05-HD/VPTW writes `ủy`, much practice still `uỷ`. Only the word by itself (Đảng ủy, cấp ủy, ủy viên)
//! is spelt otherwise. It is the look of a printed word: what is hashed and acknowledged keeps its letters.

use print::{Block, Paper, Signatures};

use crate::Spelling;

/// A paper with its words spelt so.
pub fn spelt(mut paper: Paper, spelling: Spelling) -> Paper {
    if spelling == Spelling::U {
        return paper;
    }
    let Paper { superior, issuer, place, title, subject, recipients, .. } = &mut paper;
    [superior, issuer, place, title, subject].into_iter().chain(recipients).for_each(spell);
    for block in &mut paper.body {
        match block {
            Block::Heading(_, text) | Block::Paragraph(text) | Block::Item(text) => spell(text),
            Block::Table(table) => {
                table.columns.iter_mut().for_each(|column| spell(&mut column.title));
                table.rows.iter_mut().flatten().for_each(spell);
            }
            Block::PageBreak => {}
        }
    }
    if let Signatures::One(one) = &mut paper.signatures {
        spell(&mut one.on_behalf);
        spell(&mut one.post);
    }
    paper.bound = paper.bound.into_iter().map(|bound| spelt(bound, spelling)).collect();
    paper
}

fn spell(text: &mut String) {
    if !text.to_lowercase().contains("ủy") {
        return;
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        out.push_str(match word {
            "ủy" => "uỷ",
            "Ủy" => "Uỷ",
            "ỦY" => "UỶ",
            other => other,
        });
        out.push_str(part.get(word.len()..).unwrap_or_default());
    }
    *text = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    // Planted: every syllable that holds it → caught.
    #[test]
    fn the_word_is_spelt_otherwise_and_no_name_is() {
        let paper = || Paper {
            superior: "Đảng ủy xã".into(),
            body: vec![Block::Item("ỦY BAN; Ủy viên; quỷ; đ/c Lê Thị Thủy, chi ủy".into())],
            bound: vec![Paper { subject: "cấp ủy".into(), ..Paper::default() }],
            ..Paper::default()
        };
        assert_eq!(spelt(paper(), Spelling::U), paper());
        let other = spelt(paper(), Spelling::Y);
        assert_eq!(
            (other.superior.as_str(), other.bound.first().map(|one| one.subject.as_str())),
            ("Đảng uỷ xã", Some("cấp uỷ"))
        );
        assert_eq!(other.body, [Block::Item("UỶ BAN; Uỷ viên; quỷ; đ/c Lê Thị Thủy, chi uỷ".into())]);
    }
}
