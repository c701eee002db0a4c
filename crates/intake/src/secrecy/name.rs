//! Marks of secrecy in a file's name, where offices put them: before its words or after them, set apart by anything but a
//! space, or by their capitals. `bí mật`, `mật ong` and `mật độ` are words like others.

use super::{BARE, SPELLED, Secrecy, bare, bears, letters, refuse};
use crate::{
    Place, Refusal,
    line::{Line, plain},
};

/// Refuses a name that bears a mark; what follows its last dot counts where it is no ending of a file.
pub(crate) fn of_name(name: &str) -> Result<(), Refusal> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let line = Line::of(&[(stem.to_owned(), false)]);
    let (stem, whole) = (plain(stem), plain(name));
    let names = [Name::of(&stem), Name::of(&whole)];
    refuse(Place::Name, &SPELLED, |mark, rules| {
        letters(&stem.to_uppercase()) == letters(mark)
            || bears(&line, mark, rules)
            || names.iter().any(|name| name.bears(mark, rules))
    })
}

/// A name's words, and what stands before each of them and after the last.
struct Name<'a> {
    words: Vec<&'a str>,
    gaps: Vec<&'a str>,
}

impl<'a> Name<'a> {
    fn of(text: &'a str) -> Self {
        let (mut words, mut gaps) = (Vec::new(), Vec::new());
        let mut rest = text;
        loop {
            let (gap, after) = rest.split_at(rest.find(char::is_alphanumeric).unwrap_or(rest.len()));
            gaps.push(gap);
            if after.is_empty() {
                return Self { words, gaps };
            }
            let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
            let (word, after) = after.split_at(end);
            words.push(word);
            rest = after;
        }
    }

    fn bears(&self, mark: &str, rules: &Secrecy) -> bool {
        let mark: Vec<&str> = mark.split(' ').collect();
        self.words.windows(mark.len()).enumerate().any(|(at, run)| self.is_mark(at, run, &mark, rules))
    }

    /// Whether words, of which the first is the `at`th, are a mark there.
    fn is_mark(&self, at: usize, run: &[&str], mark: &[&str], rules: &Secrecy) -> bool {
        let end = at + run.len();
        let capital = run.iter().all(|word| is_capital(word));
        let spelled = run.iter().zip(mark).all(|(word, mark)| word.to_uppercase() == **mark);
        let folded = capital && run.iter().zip(mark).all(|(word, mark)| bare(word) == bare(mark));
        if !(spelled || folded) {
            return false;
        }
        if run.len() > 1 && capital {
            return true;
        }
        let (before, after) = (self.gap(at), self.gap(end));
        let cut = |gap: &str, edge: bool| edge || gap.chars().any(|c| c != ' ');
        let apart = cut(before, at == 0) && cut(after, end == self.words.len());
        let bracketed = before.contains(['(', '[', '{']) && after.contains([')', ']', '}']);
        let loud = spelled && capital;
        let set_apart = apart && (self.is_edge(at, end) || bracketed || loud);
        (set_apart || loud && self.is_edge(at, end) && self.stands_out(at, end))
            && !self.is_word(at, end, spelled, rules)
    }

    fn gap(&self, at: usize) -> &str {
        self.gaps.get(at).copied().unwrap_or_default()
    }

    /// Whether nothing but numbers (of papers, of copies) stands before it or after it.
    fn is_edge(&self, at: usize, end: usize) -> bool {
        let numbers = |words: Option<&[&str]>| {
            words.unwrap_or_default().iter().all(|word| word.contains(|c: char| c.is_ascii_digit()))
        };
        numbers(self.words.get(..at)) || numbers(self.words.get(end..))
    }

    /// Whether its capitals tell it from what stands beside it: `Kế hoạch MẬT`, not `NUÔI ONG LẤY MẬT`.
    fn stands_out(&self, at: usize, end: usize) -> bool {
        let left = (0..at).rev().map(|place| (place, place));
        let right = (end..self.words.len()).map(|place| (place, place + 1));
        !self.is_loud(left) && !self.is_loud(right)
    }

    /// Whether what stands beside it is capitals up to the next space: places of words, and of the gaps behind them.
    fn is_loud(&self, mut side: impl Iterator<Item = (usize, usize)>) -> bool {
        let last = side.try_fold(false, |_, (place, gap)| match self.words.get(place) {
            Some(word) if !is_capital(word) => Err(false),
            _ if self.gap(gap).contains(' ') => Err(true),
            _ => Ok(true),
        });
        last.unwrap_or_else(|loud| loud)
    }

    /// Whether a neighbour makes a word of another meaning with it.
    fn is_word(&self, at: usize, end: usize, spelled: bool, rules: &Secrecy) -> bool {
        let pair = |first: usize| self.words.get(first..first + 2).map(|pair| pair.join(" ").to_uppercase());
        let pairs = [at.checked_sub(1).and_then(pair), end.checked_sub(1).and_then(pair)];
        let folded = |pair: &String| BARE.as_ref().is_some_and(|rules| rules.words.contains(&bare(pair)));
        pairs.iter().flatten().any(|pair| rules.words.contains(pair) || !spelled && folded(pair))
    }
}

fn is_capital(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Planted: a mark only at the beginning; only as it is spelled; after a space like after a dash; a pair of words not
    // known; the ending taken for no word; numbers of copies taken for the end → each caught.
    #[test]
    fn a_name_that_bears_a_mark_is_refused_and_a_word_is_not() {
        for (marked, mark) in [
            ("Kế hoạch_MẬT.pdf", "MẬT"),
            ("12-NQ-TU_MẬT.pdf", "MẬT"),
            ("NQ 12 TỐI MẬT.docx", "TỐI MẬT"),
            ("MẬT - Kế hoạch.pdf", "MẬT"),
            ("TUYỆT MẬT - kế hoạch.docx", "TUYỆT MẬT"),
            ("TUYET-MAT_12.pdf", "TUYỆT MẬT"),
            ("Ke hoach TOI MAT ban cuoi.pdf", "TỐI MẬT"),
            ("12-NQ_MẬT_2026.pdf", "MẬT"),
            ("Kế hoạch_MẬT_bản cuối.docx", "MẬT"),
            ("KH_MAT.pdf", "MẬT"),
            ("Kế hoạch - mật (1).pdf", "MẬT"),
            ("12 - Mật - kế hoạch.pdf", "MẬT"),
            ("Kế hoạch (mật) bản cuối.pdf", "MẬT"),
            ("Kế hoạch MẬT.pdf", "MẬT"),
            ("12-NQ-TU MẬT.pdf", "MẬT"),
            ("MẬT Kế hoạch 2.pdf", "MẬT"),
            ("Bảo vệ bí mật - MẬT.pdf", "MẬT"),
            ("Kế hoạch.MẬT", "MẬT"),
            ("Kế hoạch_MẬT.docx.pdf", "MẬT"),
            ("Mật.docx", "MẬT"),
            ("[Mật] kế hoạch.docx", "MẬT"),
            ("Kế hoạch (tối mật).pdf", "TỐI MẬT"),
            ("MA\u{302}\u{323}T-12.docx", "MẬT"),
            ("M Ậ T.pdf", "MẬT"),
            ("MẬT Số 12-NQ.pdf", "MẬT"),
            ("MẬT    Kế hoạch.pdf", "MẬT"),
        ] {
            let refused = of_name(marked).map(|()| marked).unwrap_err();
            assert_eq!(refused, Refusal::Secret { mark: mark.to_owned(), place: Place::Name }, "{marked}");
        }
        for plain in [
            "Mật ong.docx",
            "Mật ong rừng.docx",
            "MẬT ONG.pdf",
            "Nuôi ong lấy mật.pdf",
            "NUÔI ONG LẤY MẬT.pdf",
            "Bí mật thành công.docx",
            "bí mật nhà nước.docx",
            "Luật Bảo vệ bí mật nhà nước.pdf",
            "Luật_Bảo_vệ_bí_mật.pdf",
            "LUẬT-BẢO-VỆ-BÍ-MẬT-NHÀ-NƯỚC.pdf",
            "LUAT-BAO-VE-BI-MAT.pdf",
            "Bảo mật thông tin.docx",
            "BẢO MẬT.docx",
            "Bảo-mật.docx",
            "mật độ.pdf",
            "mật độ dân số.pdf",
            "MẬT ĐỘ DÂN SỐ.pdf",
            "MẬT_ĐỘ.pdf",
            "MAT-TRAN-TO-QUOC.pdf",
            "Danh sach vang mat.pdf",
            "kiem-tra-mat.pdf",
            "Nghị quyết 12.docx",
            "12-NQ-TU.pdf",
            "",
        ] {
            assert_eq!(of_name(plain), Ok(()), "{plain}");
        }
    }
}
