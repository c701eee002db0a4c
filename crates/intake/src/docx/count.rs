//! The marks that Word counts by itself: `1.`, `a)`, `II.`.

use std::collections::{HashMap, HashSet};

use quick_xml::{Reader, events::Event};

use crate::pack::said;

/// Levels of a list, and characters of a mark: what Word has.
const LEVELS: usize = 9;
const MARK: usize = 64;

/// How one level is counted.
#[derive(Clone, Default)]
struct Level {
    form: String,
    /// With `%1`, `%2` for the counts of the levels.
    text: String,
    start: u32,
    /// The style whose paragraphs stand on it.
    style: Option<String>,
}

/// Counts as far as they came.
#[derive(Clone, Default)]
pub(super) struct Count {
    plans: HashMap<String, Vec<Level>>,
    /// Which plan each list follows.
    lists: HashMap<String, String>,
    /// Where a list begins its plan anew: its level and the count there.
    anew: HashMap<String, Vec<(usize, u32)>>,
    begun: HashSet<String>,
    /// None at a level that has not begun.
    counts: HashMap<String, Vec<Option<i64>>>,
}

impl Count {
    /// The plans of a file; one that cannot be read counts nothing.
    pub fn read(text: Option<&str>) -> Self {
        let mut count = Self::default();
        let mut reader = Reader::from_str(text.unwrap_or_default());
        let (mut plan, mut list, mut at) = (String::new(), String::new(), 0);
        while let Ok(event) = reader.read_event() {
            let (Event::Start(tag) | Event::Empty(tag)) = event else {
                if matches!(event, Event::Eof) {
                    break;
                }
                continue;
            };
            let said = |name| said(&tag, name).unwrap_or_default();
            let level = |count: &mut Self, set: &dyn Fn(&mut Level)| {
                count.plans.get_mut(&plan).and_then(|levels| levels.last_mut()).into_iter().for_each(set);
            };
            match tag.local_name().as_ref() {
                b"abstractNum" => {
                    plan = said("abstractNumId");
                    count.plans.insert(plan.clone(), Vec::new());
                }
                b"lvl" => {
                    let levels = count.plans.get_mut(&plan).filter(|levels| levels.len() < LEVELS);
                    levels.into_iter().for_each(|levels| levels.push(Level { start: 1, ..Level::default() }));
                }
                b"start" => level(&mut count, &|level| level.start = said("val").parse().unwrap_or(1)),
                b"numFmt" => level(&mut count, &|level| level.form = said("val")),
                b"lvlText" => level(&mut count, &|level| level.text = said("val").chars().take(MARK).collect()),
                b"pStyle" => level(&mut count, &|level| level.style = Some(said("val"))),
                // What stands in a list speaks of that list alone, not of the plan.
                b"num" => (plan, list) = (String::new(), said("numId")),
                b"abstractNumId" => {
                    count.lists.insert(list.clone(), said("val"));
                }
                b"lvlOverride" => at = said("ilvl").parse().unwrap_or(LEVELS),
                b"startOverride" => {
                    let start = said("val").parse().unwrap_or(1);
                    let anew = count.anew.entry(list.clone()).or_default();
                    if anew.len() < LEVELS {
                        anew.push((at, start));
                    }
                }
                _ => {}
            }
        }
        count
    }

    /// The level of a list on which paragraphs of a style stand.
    pub fn level_of(&self, list: &str, style: &str) -> Option<usize> {
        let plan = self.plans.get(self.lists.get(list)?)?;
        plan.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// The next mark of a list at a level; empty for a dot or a dash, none where it is no list.
    pub fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let name = self.lists.get(list)?;
        let plan = self.plans.get(name)?;
        let at = plan.get(level)?;
        let counts = self.counts.entry(name.clone()).or_insert_with(|| vec![None; plan.len()]);
        if let Some(anew) = self.anew.get(list).filter(|_| self.begun.insert(list.to_owned())) {
            for (at, start) in anew {
                counts.get_mut(*at).into_iter().for_each(|count| *count = Some(i64::from(*start) - 1));
            }
        }
        for deeper in counts.iter_mut().skip(level + 1) {
            *deeper = None;
        }
        let now = counts.get_mut(level)?;
        *now = Some(now.map_or(i64::from(at.start), |count| count + 1));
        if matches!(at.form.as_str(), "bullet" | "none") {
            return Some(String::new());
        }
        let mut mark = at.text.clone();
        for (number, (level, count)) in (1..).zip(plan.iter().zip(counts)) {
            let count = count.map_or(level.start, |count| u32::try_from(count).unwrap_or_default());
            mark = mark.replace(&format!("%{number}"), &written(&level.form, count));
        }
        Some(mark)
    }
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
        "decimalZero" => format!("{count:02}"),
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
