//! Texts as they are set: one spelling, no hidden characters, numbers and dates as the rules write them.

use domain::{fill, is_hidden};

use crate::layout::{Numbering, Words};

/// The lines of a text that say something, in NFC, without what cannot be seen. What is not a letter may go; no letter does.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let seen = |c: &char| c.is_whitespace() || !(c.is_control() || is_hidden(*c) || is_nothing(*c));
    let seen: String = text.chars().filter(seen).collect();
    domain::clean(&seen).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The same in one line.
pub(crate) fn one_line(text: &str) -> String {
    lines(text).join(" ")
}

/// Noncharacters, the last two of every plane and 32 of the first: no text has them, and XML may not.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// `05 tháng 02 năm 2026` and the like: leading zeros before small days and the first months only.
pub(crate) fn place_date(words: &Words, place: &str, day: Option<&str>) -> String {
    let part = |range: std::ops::Range<usize>| day.and_then(|day| day.get(range)?.parse::<u32>().ok());
    let zero = |number: Option<u32>, below: u32| match number {
        Some(number) if number < below => format!("{number:02}"),
        Some(number) => number.to_string(),
        None => words.missing.clone(),
    };
    let day_of_month = zero(part(8..10), words.zero_before_days_below);
    let month = zero(part(5..7), words.zero_before_months_below);
    let year = zero(part(0..4), 0);
    fill(&words.place_date, &[("place", place), ("day", &day_of_month), ("month", &month), ("year", &year)])
}

/// The `n`th number, from 1.
pub fn numbered(numbering: Numbering, n: usize, letters: &str) -> String {
    match numbering {
        Numbering::Arabic => n.to_string(),
        Numbering::Roman => roman(n),
        Numbering::Letters => {
            let count = letters.chars().count().max(1);
            // After the last letter, each twice: aa, bb.
            letters.chars().nth((n.max(1) - 1) % count).into_iter().cycle().take(n.div_ceil(count)).collect()
        }
    }
}

fn roman(mut n: usize) -> String {
    const STEPS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut written = String::new();
    for (value, letters) in STEPS {
        while n >= value {
            written.push_str(letters);
            n -= value;
        }
    }
    written
}

/// A paper ends with a full stop, and with nothing after it: not `./.`
pub(crate) fn ended(text: &str) -> String {
    let bare = text.trim_end_matches(|c: char| c == '/' || c == '.' || c.is_whitespace());
    let tail = text.get(bare.len()..).unwrap_or_default();
    let stops = bare.ends_with(['!', '?', '…', ':', ';']);
    match (tail.contains('/'), tail.contains('.')) {
        // `và/` or `http://a/` is nobody's end sign.
        (true, false) => format!("{text}."),
        (true, true) => format!("{bare}."),
        (false, true) => text.to_owned(),
        (false, false) if stops => text.to_owned(),
        (false, false) => format!("{bare}."),
    }
}

/// A recipient with its semicolon, the last with a full stop.
pub(crate) fn recipient(item: &str, text: &str, last: bool) -> String {
    let bare = text.trim_start_matches(['-', '–', ' ']).trim_end_matches([';', '.', ',', ' ']);
    format!("{item}{bare}{}", if last { "." } else { ";" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::layout;

    fn words() -> &'static Words {
        &layout(None).expect("a layout ships").sets.words
    }

    // Planted: a zero before every month → caught.
    #[test]
    fn small_days_and_the_first_two_months_have_a_leading_zero() {
        for (day, written) in [
            ("2026-10-05", "Tân Hòa, ngày 05 tháng 10 năm 2026"),
            ("2026-02-28", "Tân Hòa, ngày 28 tháng 02 năm 2026"),
            ("2026-01-01", "Tân Hòa, ngày 01 tháng 01 năm 2026"),
            ("2026-03-09", "Tân Hòa, ngày 09 tháng 3 năm 2026"),
            ("2026-12-10", "Tân Hòa, ngày 10 tháng 12 năm 2026"),
        ] {
            assert_eq!(place_date(words(), "Tân Hòa", Some(day)), written);
        }
        assert_eq!(place_date(words(), "…", None), "…, ngày … tháng … năm …");
        assert_eq!(place_date(words(), "{year}", Some("2026-12-10")), "{year}, ngày 10 tháng 12 năm 2026");
    }

    // Planted: English letters → caught.
    #[test]
    fn headings_count_in_roman_arabic_and_vietnamese_letters() {
        let letters: Vec<_> = (1..=10).map(|n| numbered(Numbering::Letters, n, &words().letters)).collect();
        assert_eq!(letters, ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"]);
        assert_eq!(numbered(Numbering::Letters, 23, &words().letters), "y");
        assert_eq!(numbered(Numbering::Letters, 24, &words().letters), "aa");
        for (n, written) in [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX"), (2026, "MMXXVI")] {
            assert_eq!(numbered(Numbering::Roman, n, ""), written);
        }
    }

    #[test]
    fn a_paper_ends_with_a_full_stop_and_nothing_after_it() {
        for (said, ended_) in [
            ("Hết./.", "Hết."),
            ("Hết. /.", "Hết."),
            ("Hết", "Hết."),
            ("Hết.", "Hết."),
            ("Hết…", "Hết…"),
            ("Vân vân...", "Vân vân..."),
            ("Phải không?", "Phải không?"),
            ("(ba đồng chí)", "(ba đồng chí)."),
        ] {
            assert_eq!(ended(said), ended_);
        }
    }

    #[test]
    fn recipients_end_with_a_semicolon_and_the_last_with_a_full_stop() {
        assert_eq!(recipient("- ", "Đảng ủy xã (để báo cáo),", false), "- Đảng ủy xã (để báo cáo);");
        assert_eq!(recipient("- ", "- Lưu Chi bộ;", true), "- Lưu Chi bộ.");
    }

    #[test]
    fn what_cannot_be_seen_goes_and_every_letter_stays() {
        assert_eq!(
            lines("Nguye\u{302}\u{303}n\u{202e} Va\u{306}n\u{0}\u{7}A\u{ffff}\n\n\tB\u{200b}C"),
            ["Nguyễn VănA", "BC"]
        );
        assert!(lines(" \n\u{200b}\u{feff}\t").is_empty());
    }
}
