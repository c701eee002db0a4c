//! Vietnamese text: one spelling for what looks the same, search without tone marks, names in the order of the roll.

use unicode_normalization::{
    UnicodeNormalization,
    char::{compose, decompose_canonical, is_combining_mark},
};

/// NFC, trimmed, inner runs of white space as one blank; line breaks stay.
pub fn clean(text: &str) -> String {
    let lines: Vec<String> = text
        .nfc()
        .collect::<String>()
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    lines.join("\n").trim().to_owned()
}

/// What was said or pasted, in one spelling: [`clean`], without control characters and the marks that hide or turn the reading
/// direction, which nobody means to write.
pub fn spoken(text: &str) -> String {
    let kept = |c: &char| c.is_whitespace() || !(c.is_control() || is_hidden(*c));
    clean(&text.chars().filter(kept).collect::<String>())
}

/// The words of a pattern, each `{name}` once, in one pass: what is put in is not looked at again.
pub fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    filled + rest
}

/// Control characters, and the marks that turn the reading direction or hide: none of them is anyone's word.
pub(crate) fn has_control(text: &str) -> bool {
    text.chars().any(|c| (c.is_control() && c != '\n') || is_hidden(c))
}

/// The marks that turn the reading direction or hide.
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Lower case without marks, `đ` as `d`: what a search compares.
pub fn fold(text: &str) -> String {
    folded(text).collect()
}

/// The same, a letter at a time.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, 'đ' | 'ð') { 'd' } else { c })
}

/// The order of the paper roll: given name first, then middle names, then family name; Vietnamese letters and
/// tones in their own order. Letters decide before tones, and a shorter word stands before a longer one.
pub fn given_name_first(name: &str) -> Vec<u8> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if let Some(given) = words.pop() {
        words.insert(0, given);
    }
    let mut key = Vec::with_capacity(3 * name.len());
    for word in words {
        let letters = letters(word);
        let rank = |letter| ALPHABET.iter().position(|a| *a == letter).map_or(250, |at| at as u8 + 2);
        key.extend(letters.iter().map(|(letter, _)| rank(*letter)));
        key.push(1);
        key.extend(letters.iter().map(|(_, tone)| tone + 2));
        key.push(0);
    }
    key
}

/// The letter a name stands under in an index: the first of the given name, without tone.
pub fn initial(name: &str) -> String {
    let given = name.split_whitespace().last().unwrap_or_default();
    letters(given).first().map_or('#', |(letter, _)| *letter).to_uppercase().collect()
}

const ALPHABET: [char; 33] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'ô', 'ơ', 'p', 'q',
    'r', 's', 't', 'u', 'ư', 'v', 'w', 'x', 'y', 'z',
];
/// Ngang, huyền, hỏi, ngã, sắc, nặng.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// The letters of a word in the Vietnamese alphabet, small, and the tone on each, however it was typed.
pub(crate) fn letters(word: &str) -> Vec<(char, u8)> {
    let mut letters: Vec<(char, u8)> = Vec::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        decompose_canonical(c, |part| {
            let tone = TONES.iter().position(|tone| *tone == part);
            match (letters.last_mut(), tone) {
                (Some((_, on)), Some(tone)) => *on = tone as u8 + 1,
                (Some((letter, _)), None) if let Some(whole) = compose(*letter, part) => *letter = whole,
                _ => letters.push((part, 0)),
            }
        });
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_finds_names_without_tone_marks_however_they_were_typed() {
        for (typed, name) in [
            ("dang", "Đảng"),
            ("nguyen thi thanh hien", "Nguyễn Thị Thanh Hiền"),
            ("thuy", "Thủy"),
            ("thuy", "Thuỷ"),
            ("hoa", "Hòa"),
            ("hoa", "Hoà"),
        ] {
            assert_eq!(typed, fold(name));
            assert_eq!(typed, fold(&name.nfd().collect::<String>()), "NFD folds the same");
        }
        assert_eq!(fold("ÐẢNG"), "dang", "statutes write the Icelandic letter");
    }

    #[test]
    fn the_roll_is_in_given_name_order() {
        let roll = [
            "Lê Văn An",
            "Trần Thị Ánh",
            "Nguyễn Quốc Bảo",
            "Hoàng Thị Bích",
            "Phạm Văn Bình",
            "Nguyễn Mạnh Cường",
            "Lý A Dình",
            "Bùi Thị Dung",
            "Trần Tiến Dũng",
            "Đinh Văn Đạt",
            "Lê Thị Hồng",
            "Đinh Thị Hồng",
        ];
        let mut sorted = roll.to_vec();
        sorted.reverse();
        sorted.sort_by_key(|name| given_name_first(name));
        let last = sorted.split_off(10);
        assert_eq!(sorted, roll[..10]);
        assert_eq!(last, ["Đinh Thị Hồng", "Lê Thị Hồng"], "one given and middle name: the family name decides");
        assert_eq!(initial("Nguyễn Thị Ánh"), "A");
    }

    #[test]
    fn cleaning_gives_one_spelling() {
        assert_eq!(clean("  Nguye\u{302}\u{303}n\u{a0} Thị \t Hải \n"), "Nguyễn Thị Hải");
        assert_eq!(clean("Lê\u{2003}Văn\u{202f}\u{3000}An\r\nxóm\u{2028}Đông"), "Lê Văn An\nxóm Đông");
        assert!(has_control("a\u{202e}b") && has_control("a\u{ad}b") && has_control("a\u{7}") && !has_control("a\nb"));
    }
}
