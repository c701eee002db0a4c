//! The words of a text as a search compares them: bare of marks, and as they are spelt, wherever the tone was put.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::text::{folded, letters};

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands: bytes of the text.
    pub at: Range<usize>,
    /// Small letters without marks: `dang`.
    pub bare: String,
    /// Its tone, then its letters, after a sign that stands in no word: `=2đang`. The same for `hòa` and `hoà`, NFC and
    /// NFD. None where it has no marks.
    pub exact: Option<String>,
}

/// The words of a text. A number and the letters beside it are two, so that `12nq` is found in `12-NQ/TU`.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    ranges(text).filter_map(|at| Word::read(text, at))
}

impl Word {
    /// The word that stands there; none where nothing but marks does.
    pub(crate) fn read(text: &str, at: Range<usize>) -> Option<Self> {
        let word = text.get(at.clone())?;
        if word.is_ascii() {
            return Some(Self { at, bare: word.to_ascii_lowercase(), exact: None });
        }
        let bare: String = folded(word).collect();
        (!bare.is_empty()).then(|| Self { at, exact: exact(word, &bare), bare })
    }
}

/// How a word is spelt; none where it is spelt as it is without marks.
pub(crate) fn exact(word: &str, bare: &str) -> Option<String> {
    let letters = letters(word);
    let tone = letters.iter().map(|(_, tone)| *tone).find(|tone| *tone > 0).unwrap_or(0);
    let spelt = letters.iter().map(|(letter, _)| if *letter == 'ð' { 'đ' } else { *letter });
    (tone > 0 || !spelt.clone().eq(bare.chars())).then(|| format!("={tone}{}", spelt.collect::<String>()))
}

/// Where the words of a text stand: runs of letters, or of digits.
pub(crate) fn ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (from, first) = rest.find(|(_, c)| kind(*c) != Kind::Between && !is_combining_mark(*c))?;
        let mut to = from + first.len_utf8();
        while let Some((at, c)) = rest.next_if(|(_, c)| is_combining_mark(*c) || kind(*c) == kind(first)) {
            to = at + c.len_utf8();
        }
        Some(from..to)
    })
}

#[derive(PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Between,
}

fn kind(c: char) -> Kind {
    match c {
        _ if c.is_ascii_digit() => Kind::Digit,
        _ if c.is_ascii() && !c.is_ascii_alphabetic() => Kind::Between,
        _ if c.is_alphabetic() => Kind::Letter,
        _ if c.is_numeric() => Kind::Digit,
        _ => Kind::Between,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn bare(text: &str) -> Vec<String> {
        words(text).map(|word| word.bare).collect()
    }

    fn exact(text: &str) -> Vec<Option<String>> {
        words(text).map(|word| word.exact).collect()
    }

    #[test]
    fn one_word_is_one_however_it_was_typed() {
        for spelt in ["hòa thủy uỷ đảng viên", "hoà thuỷ ủy Đảng VIÊN", "HOÀ Thủy Uỷ ĐẢNG viên"]
        {
            for typed in [spelt.to_owned(), spelt.nfd().collect()] {
                assert_eq!(bare(&typed), ["hoa", "thuy", "uy", "dang", "vien"]);
                let spelt = ["=1hoa", "=2thuy", "=2uy", "=2đang", "=0viên"];
                assert_eq!(exact(&typed), spelt.map(|word| Some(word.to_owned())), "{typed}");
            }
        }
        assert_ne!(exact("đang"), exact("đảng"));
        assert_ne!(exact("dang"), exact("đang"));
        assert_eq!(exact("chi 12"), [None, None]);
    }

    #[test]
    fn a_number_is_parted_from_the_letters_beside_it() {
        for typed in ["12-NQ/TU", "12nqtu".split_at(4).0, "12 nq tu", "12NQ"] {
            assert_eq!(bare(typed)[..2], ["12", "nq"], "{typed}");
        }
        assert_eq!(bare("a) 1.000.000đ; Điều 5a"), ["a", "1", "000", "000", "d", "dieu", "5", "a"]);
    }

    proptest! {
        #[test]
        fn words_of_any_text_stand_in_it_in_order(text in "\\PC*|.*|[a-zđăâêôơư0-9\u{300}-\u{345}\u{900}-\u{97f} /-]*") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(end <= word.at.start && word.at.start < word.at.end, "{word:?}");
                let there = text.get(word.at.clone());
                prop_assert!(there.is_some(), "{word:?} lies on letters' borders");
                prop_assert!(!word.bare.is_empty());
                end = word.at.end;
            }
        }
    }
}
