//! The marks that Word counts by itself: `1.`, `a)`, `II.`.

use std::collections::HashMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

/// How one level is counted.
#[derive(Clone, Default)]
struct Level {
    form: String,
    /// With `%1`, `%2` for the counts of the levels.
    text: String,
    start: u32,
}

/// Counts as far as they came.
#[derive(Default)]
pub(super) struct Count {
    plans: HashMap<String, Vec<Level>>,
    /// Which plan each list follows.
    lists: HashMap<String, String>,
    counts: HashMap<String, Vec<u32>>,
}

impl Count {
    /// The plans of a file; one that cannot be read counts nothing.
    pub fn read(text: Option<&str>) -> Self {
        let mut count = Self::default();
        let mut reader = Reader::from_str(text.unwrap_or_default());
        let (mut plan, mut list) = (String::new(), String::new());
        while let Ok(event) = reader.read_event() {
            let (Event::Start(tag) | Event::Empty(tag)) = event else {
                if matches!(event, Event::Eof) {
                    break;
                }
                continue;
            };
            let said = |name: &[u8]| said(&tag, name).unwrap_or_default();
            let level = |count: &mut Self, set: &dyn Fn(&mut Level)| {
                count.plans.get_mut(&plan).and_then(|levels| levels.last_mut()).into_iter().for_each(set);
            };
            match tag.local_name().as_ref() {
                b"abstractNum" => {
                    plan = said(b"abstractNumId");
                    count.plans.insert(plan.clone(), Vec::new());
                }
                b"lvl" => count.plans.entry(plan.clone()).or_default().push(Level { start: 1, ..Level::default() }),
                b"start" => level(&mut count, &|level| level.start = said(b"val").parse().unwrap_or(1)),
                b"numFmt" => level(&mut count, &|level| level.form = said(b"val")),
                b"lvlText" => level(&mut count, &|level| level.text = said(b"val")),
                b"num" => list = said(b"numId"),
                b"abstractNumId" => {
                    count.lists.insert(list.clone(), said(b"val"));
                }
                _ => {}
            }
        }
        count
    }

    /// The next mark of a list at a level; empty for a dot or a dash, none where it is no list.
    pub fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let name = self.lists.get(list)?;
        let plan = self.plans.get(name)?;
        let at = plan.get(level)?;
        let counts = self.counts.entry(name.clone()).or_insert_with(|| vec![0; plan.len()]);
        for deeper in counts.iter_mut().skip(level + 1) {
            *deeper = 0;
        }
        let now = counts.get_mut(level)?;
        *now = if *now == 0 { at.start } else { *now + 1 };
        if matches!(at.form.as_str(), "bullet" | "none") {
            return Some(String::new());
        }
        let mut mark = at.text.clone();
        for (level, count) in counts.iter().enumerate() {
            let form = plan.get(level).map_or("", |level| level.form.as_str());
            mark = mark.replace(&format!("%{}", level + 1), &written(form, *count));
        }
        Some(mark)
    }
}

fn said(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let one = tag.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(String::from_utf8_lossy(&one.value).into_owned())
}

fn written(form: &str, count: u32) -> String {
    match form {
        "lowerLetter" | "upperLetter" => {
            let at = u8::try_from(count.saturating_sub(1) % 26).unwrap_or_default();
            let first = if form == "lowerLetter" { b'a' } else { b'A' };
            char::from(first + at).to_string()
        }
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        _ => count.to_string(),
    }
}

fn roman(mut count: u32) -> String {
    const SIGNS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut text = String::new();
    count = count.min(399);
    for (worth, sign) in SIGNS {
        while count >= worth {
            text.push_str(sign);
            count -= worth;
        }
    }
    text
}
