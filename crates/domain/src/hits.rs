//! Where typed words stand in a text, marks aside, and the passage that is shown of it.

use std::ops::Range;

use serde::Serialize;
use ts_rs::TS;

use crate::{
    Block, Word,
    text::folded,
    words::{exact, ranges, words},
};

/// What somebody typed to find: words, of which the last may be only begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// In the order of typing.
    pub words: Vec<Word>,
}

/// A place in a document's text where typed words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "TextHit")]
pub struct Hit {
    /// Which block, from 0.
    pub block: u32,
    /// Which run of words within it, from 0, in the order of [`Block::words`].
    pub run: u32,
    /// Where it begins in the run, in UTF-16 units, as a page counts.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
}

/// A stretch of a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Stretch {
    /// Its words, as they are spelt in the text.
    pub text: String,
    /// Whether they are what was typed.
    pub hit: bool,
}

/// How strictly words are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// One after another, with the marks that were typed.
    Spelt,
    /// One after another, marks aside.
    Bare,
    /// Each for itself, marks aside.
    Each,
}

/// Characters of a passage before its first hit, and from there on.
const BEFORE: usize = 50;
const AFTER: usize = 130;

impl Typed {
    /// No more words than this are looked for.
    const MOST: usize = 24;

    /// The words of what was typed; whatever else was is passed over.
    pub fn read(text: &str) -> Self {
        Self { words: words(text).take(Self::MOST).collect() }
    }

    /// Whether nothing was typed that could be found.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether one of the words has marks.
    pub fn has_marks(&self) -> bool {
        self.words.iter().any(|word| word.exact.is_some())
    }

    /// Where it stands in a run, whose words stand at `ranges`.
    fn places(&self, run: &str, ranges: &[Range<usize>], how: How) -> Vec<Range<usize>> {
        let fits = |at: usize, range: Range<usize>| {
            let Some((typed, there)) = self.words.get(at).zip(run.get(range)) else { return false };
            fits(typed, at + 1 == self.words.len(), there, how == How::Spelt)
        };
        if how == How::Each {
            let held = |range: &&Range<usize>| (0..self.words.len()).any(|at| fits(at, (*range).clone()));
            return ranges.iter().filter(held).cloned().collect();
        }
        let mut places = Vec::new();
        let mut rest = ranges;
        while let Some(window) = rest.get(..self.words.len()).filter(|window| !window.is_empty()) {
            let found = window.iter().enumerate().all(|(at, range)| fits(at, range.clone()));
            if let (true, Some(first), Some(last)) = (found, window.first(), window.last()) {
                places.push(first.start..last.end);
            }
            rest = rest.get(if found { window.len() } else { 1 }..).unwrap_or_default();
        }
        places
    }

    /// How many of its words stand in a run, whose words stand at `ranges`.
    fn held(&self, run: &str, ranges: &[Range<usize>]) -> usize {
        let last = self.words.len().saturating_sub(1);
        let stands = |at: usize, word: &Word| {
            ranges.iter().filter_map(|range| run.get(range.clone())).any(|there| fits(word, at == last, there, false))
        };
        self.words.iter().enumerate().filter(|(at, word)| stands(*at, word)).count()
    }
}

/// Whether a word of a text is the typed one, or begins like it where that may be only begun.
fn fits(typed: &Word, begun: bool, there: &str, spelt: bool) -> bool {
    // Most words differ in their first letter, and that is mostly one that bears no mark.
    if let (Some(typed), Some(first)) = (typed.bare.chars().next(), there.chars().next()) {
        let plain = match first {
            'đ' | 'Đ' => Some('d'),
            _ => first.is_ascii().then_some(first.to_ascii_lowercase()),
        };
        if plain.is_some_and(|plain| plain != typed) {
            return false;
        }
    }
    let mut rest = folded(there);
    let bare = typed.bare.chars().all(|c| rest.next() == Some(c)) && (begun || rest.next().is_none());
    bare && match &typed.exact {
        Some(typed) if spelt => {
            let bare: String = folded(there).collect();
            exact(there, &bare).is_some_and(|there| there == *typed || begun && there.starts_with(typed.as_str()))
        }
        _ => true,
    }
}

/// Where typed words stand in a text: one after another and with the marks typed, if they do anywhere; else marks aside;
/// else each for itself.
pub fn hits(blocks: &[Block], typed: &Typed) -> Vec<Hit> {
    for how in [How::Spelt, How::Bare, How::Each] {
        let mut hits = Vec::new();
        for (block, run, text) in runs(blocks) {
            let units = |to: usize| text.get(..to).map_or(0, |before| before.encode_utf16().count() as u32);
            let hit = |at: Range<usize>| Hit { block, run, from: units(at.start), to: units(at.end) };
            let ranges: Vec<Range<usize>> = ranges(text).collect();
            hits.extend(typed.places(text, &ranges, how).into_iter().map(hit));
        }
        if !hits.is_empty() {
            return hits;
        }
    }
    Vec::new()
}

/// The first passage in which typed words stand one after another, with the marks typed if they do anywhere; else the first
/// that holds most of them; in stretches, and nothing where it holds none.
pub fn passage(blocks: &[Block], typed: &Typed) -> Vec<Stretch> {
    // A code of law is read once, whatever is found in it.
    let (mut bare, mut most) = (None, (0, "", Vec::new()));
    for (.., text) in runs(blocks) {
        let ranges: Vec<Range<usize>> = ranges(text).collect();
        let places = typed.places(text, &ranges, How::Bare);
        if !places.is_empty() {
            let spelt = if typed.has_marks() { typed.places(text, &ranges, How::Spelt) } else { places.clone() };
            if !spelt.is_empty() {
                return stretches(text, &spelt);
            }
            bare.get_or_insert((text, places));
        } else if bare.is_none() && most.0 < typed.words.len() {
            let held = typed.held(text, &ranges);
            if held > most.0 {
                most = (held, text, ranges);
            }
        }
    }
    match (bare, most) {
        (Some((text, places)), _) => stretches(text, &places),
        (None, (0, ..)) => Vec::new(),
        (None, (_, text, ranges)) => stretches(text, &typed.places(text, &ranges, How::Each)),
    }
}

/// Every run of words with its block and its place in that.
fn runs(blocks: &[Block]) -> impl Iterator<Item = (u32, u32, &str)> {
    blocks
        .iter()
        .enumerate()
        .flat_map(|(block, of)| of.words().enumerate().map(move |(run, text)| (block as u32, run as u32, text)))
}

/// What is shown of a run: from shortly before the first place on, cut between words.
fn stretches(text: &str, places: &[Range<usize>]) -> Vec<Stretch> {
    let start = places.first().map_or(0, |place| place.start);
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(start..).unwrap_or_default());
    let from = match before.char_indices().rev().nth(BEFORE) {
        Some((cut, _)) => before.get(cut..).and_then(|rest| rest.find(' ')).map_or(start, |blank| cut + blank + 1),
        None => 0,
    };
    let to = match after.char_indices().nth(AFTER) {
        Some((cut, _)) => start + after.get(..cut).and_then(|rest| rest.rfind(' ')).unwrap_or(cut),
        None => text.len(),
    };
    let mut stretches = Vec::new();
    let mut say = |text: Option<&str>, hit: bool| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            stretches.push(Stretch { text: text.to_owned(), hit });
        }
    };
    say((from > 0).then_some("…"), false);
    let mut end = from;
    for place in places.iter().filter(|place| place.end <= to) {
        say(text.get(end..place.start), false);
        say(text.get(place.clone()), true);
        end = place.end;
    }
    say(text.get(end..to), false);
    say((to < text.len()).then_some("…"), false);
    stretches
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str) -> Vec<Block> {
        vec![
            Block::Heading { level: 1, text: "I. Tình hình".into() },
            Block::Paragraph { lead: Some("1. Việc chung.".into()), text: text.into() },
        ]
    }

    fn found(text: &str, typed: &str) -> Vec<String> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let hits = hits(&said(text), &Typed::read(typed));
        let hits = hits.iter().filter(|hit| (hit.block, hit.run) == (1, 1));
        hits.map(|hit| String::from_utf16(&units[hit.from as usize..hit.to as usize]).unwrap()).collect()
    }

    #[test]
    fn typed_words_are_found_as_a_page_counts_them() {
        let text = "🌳 Đảng viên đang học; đảng viên dự bị. Đáng viện.";
        assert_eq!(found(text, "dang vien"), ["Đảng viên", "đảng viên", "Đáng viện"]);
        assert_eq!(found(text, "đảng viên"), ["Đảng viên", "đảng viên"], "marks that stand somewhere are meant");
        assert_eq!(found(text, "đảng vi"), ["Đảng viên", "đảng viên"], "the last word may be only begun");
        assert_eq!(found(text, "học đảng"), ["học; đảng"], "one after another");
        assert_eq!(found(text, "bị học"), ["học", "bị"], "else each for itself");
    }

    #[test]
    fn a_passage_is_spelt_as_the_text_is() {
        let text = format!("{} Chi bộ trồng rừng ven sông. {}", "Mở đầu dài. ".repeat(20), "Kết luận dài. ".repeat(20));
        let passage = passage(&said(&text), &Typed::read("trong rung"));
        let hit: Vec<&str> = passage.iter().filter(|part| part.hit).map(|part| part.text.as_str()).collect();
        assert_eq!(hit, ["trồng rừng"]);
        let whole: String = passage.iter().map(|part| part.text.as_str()).collect();
        assert!(whole.starts_with('…') && whole.ends_with('…') && whole.chars().count() < 190, "{whole}");
        assert!(text.contains(whole.trim_matches('…')));
        assert_eq!(super::passage(&said(&text), &Typed::read("vắng mặt")), []);
    }

    proptest! {
        #[test]
        fn any_text_is_searched_for_anything(text in "\\PC{0,300}", typed in "\\PC{0,40}") {
            for hit in hits(&said(&text), &Typed::read(&typed)) {
                prop_assert!(hit.from < hit.to);
            }
            let shown: String = passage(&said(&text), &Typed::read(&typed)).into_iter().map(|part| part.text).collect();
            let inner = shown.trim_matches('…');
            let runs = ["I. Tình hình", "1. Việc chung.", &text];
            prop_assert!(runs.iter().any(|run| run.contains(inner)), "{shown}");
        }
    }
}
