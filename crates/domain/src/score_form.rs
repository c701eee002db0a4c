//! The commune's own form by which its cells score their meetings (mẫu tự đánh giá chất lượng sinh hoạt): in force from its
//! month until another one is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Criterion, Day, Fault, Id, Merge::*, Record, Role, Table, Unit, day, link, text};

/// One published form. Meetings are scored by it, so nothing of it is ever changed or taken away: what is wrong with it is
/// put right by another one, of a later month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ScoreForm {
    /// Follows from unit and month: no month has two.
    pub id: Id<ScoreForm>,
    /// The commune that published it.
    pub unit: Id<Unit>,
    /// The first month whose meetings are scored by it: `2027-01`.
    pub month: Day,
    /// What it is called, and the decision that it came with.
    pub source: String,
    /// A line a criterion, its points first: `10 Chuẩn bị nội dung`.
    pub lines: String,
}

/// What the points of a form come to.
const WHOLE: u32 = 100;
/// The most lines of one.
const MOST_LINES: usize = 30;

impl ScoreForm {
    /// Its lines. Each has a name in the book that says which form it is of, so that points given by one form are never
    /// taken for those of another.
    pub fn criteria(&self) -> Vec<Criterion> {
        let named = |(at, typed)| {
            let (most, name) = line(typed)?;
            Some(Criterion { key: format!("{}/{at}", self.id), most, name: name.to_owned() })
        };
        (1..).zip(self.lines.lines()).filter_map(named).collect()
    }

    /// What the points of those lines come to that can be read.
    pub fn sum(lines: &str) -> u32 {
        lines.lines().filter_map(line).map(|(points, _)| points).sum()
    }

    /// What is wrong with lines as they were typed.
    pub fn fault(lines: &str) -> Option<Fault> {
        let fault = |why| Some(Fault::new("lines", why));
        let (sum, lines) = (Self::sum(lines), lines.lines());
        if let Some(at) = lines.clone().position(|typed| line(typed).is_none()) {
            return fault("line_without_points").map(|fault| fault.with("line", at as u32 + 1));
        }
        match lines.count() {
            0 => fault("empty"),
            count if count > MOST_LINES => fault("too_many_lines").map(|fault| fault.with("most", MOST_LINES as u32)),
            _ if sum != WHOLE => fault("not_a_hundred").map(|fault| fault.with("sum", sum)),
            _ => None,
        }
    }
}

/// One line: its points and its words; none where it does not have both. Points are whole: `2,5` has none.
fn line(typed: &str) -> Option<(u32, &str)> {
    let (points, words) = typed.split_once(' ')?;
    let points: u32 = points.trim_end_matches(['.', ':', ')']).parse().ok()?;
    (1..=WHOLE).contains(&points).then_some((points, words))
}

impl Record for ScoreForm {
    const TABLE: Table = Table::new::<Self>(
        "score_form",
        &[
            link("unit", "unit").merge(First),
            day("month").merge(First),
            text("source").merge(First).longest(300),
            text("lines").merge(First).longest(4000),
        ],
    )
    .made_from(&["unit", "month"])
    .home("unit")
    .edit(&[Role::Commune, Role::Server])
    .lasting();

    fn check(&self) -> Result<(), Fault> {
        if self.month.len() != "2027-01".len() {
            return Err(Fault::new("month", "not_a_month"));
        }
        Self::fault(&self.lines).map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_comes_to_a_hundred_or_says_why_not() {
        let why = |lines: &str| ScoreForm::fault(lines).map(|fault| (fault.why, fault.params.into_values().next()));
        assert_eq!(why("40 Chuẩn bị\n60. Nội dung"), None);
        assert_eq!(why(""), Some(("empty", None)));
        assert_eq!(why("40 Chuẩn bị\n61: Nội dung"), Some(("not_a_hundred", Some(101))));
        for line in ["Nội dung", "60", "2,5 Nội dung", "0 Nội dung", "-5 Nội dung", "101 Nội dung"] {
            assert_eq!(why(&format!("40 Chuẩn bị\n{line}")), Some(("line_without_points", Some(2))), "{line}");
        }
        assert_eq!(why(&["1 Việc"; 31].join("\n")), Some(("too_many_lines", Some(30))));
    }
}
