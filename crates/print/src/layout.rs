//! How a paper looks: the figures and words of the layout rules (thể thức), as dated data in `assets/rules/layout.json`.

use std::sync::OnceLock;

use domain::{Numbering as Numbers, Rule, in_force};
use serde::Deserialize;

use crate::{Kind, Part};

/// How one paper is set.
#[derive(Debug, Clone, Deserialize)]
pub struct Layout {
    /// The sheet.
    pub page: Page,
    /// What a word processor is to set it in; a PDF takes letters of the same widths.
    pub font: String,
    /// Widths of the two columns at the top, mm.
    pub head_columns: [f32; 2],
    /// Widths of the two columns at the bottom, mm.
    pub foot_columns: [f32; 2],
    /// Space above the two columns at the bottom, points.
    pub foot_above: f32,
    /// Weight of the rule under the Party's name, points.
    pub rule_weight: f32,
    /// From the line of the Party's name down to its rule, points.
    pub rule_gap: f32,
    /// Blank lines to sign in.
    pub signature_space: usize,
    pub(crate) superior: Face,
    pub(crate) issuer: Face,
    pub(crate) star: Face,
    pub(crate) number: Face,
    pub(crate) draft: Face,
    pub(crate) party: Face,
    pub(crate) place_date: Face,
    pub(crate) title: Face,
    pub(crate) subject: Face,
    pub(crate) dashes: Face,
    pub(crate) page_number: Face,
    /// A paragraph.
    pub body: Face,
    pub(crate) headings: [Heading; 3],
    pub(crate) table: TableLook,
    pub(crate) recipients_label: Face,
    pub(crate) recipient: Face,
    pub(crate) on_behalf: Face,
    pub(crate) post: Face,
    pub(crate) signatory: Face,
    pub(crate) words: Words,
    pub(crate) forms: Forms,
}

/// The sheet and its margins, mm.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "each says itself")]
pub struct Page {
    pub width: f32,
    pub height: f32,
    pub top: f32,
    pub bottom: f32,
    pub left: f32,
    pub right: f32,
    /// From the upper edge to the page's number.
    pub number_from_edge: f32,
}

/// How a line of text is set.
#[derive(Debug, Clone, Deserialize)]
pub struct Face {
    /// Points.
    pub size: f32,
    /// From one line to the next, points, exactly.
    pub line: f32,
    pub(crate) align: Align,
    /// Of the first line, mm.
    #[serde(default)]
    pub indent: f32,
    /// Space before, points.
    #[serde(default)]
    pub above: f32,
    #[serde(default)]
    pub(crate) bold: bool,
    #[serde(default)]
    pub(crate) italic: bool,
    #[serde(default)]
    pub(crate) caps: bool,
    #[serde(default)]
    pub(crate) underline: bool,
}

/// Where a line of text stands between its edges.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
    /// At both, but for the last line.
    Justified,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Heading {
    pub numbering: Numbering,
    /// What stands before the words; `{n}` is the number.
    pub mark: String,
    pub face: Face,
}

/// How headings of a level count.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbering {
    /// I, II, III.
    Roman,
    /// 1, 2, 3.
    Arabic,
    /// a, b, c, in the letters that are given.
    Letters,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct TableLook {
    pub head: Face,
    pub cell: Face,
    /// Space before, points.
    pub above: f32,
    /// Between a cell's edge and its words, mm.
    pub padding: f32,
    /// Points.
    pub rule_weight: f32,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Words {
    pub party: String,
    pub star: String,
    pub place_date: String,
    pub zero_before_days_below: u32,
    pub zero_before_months_below: u32,
    pub dashes: String,
    pub item: String,
    pub letters: String,
    pub recipients: String,
    pub minute_taker: String,
    pub chair: String,
    pub draft: String,
    pub draft_round: String,
    pub missing: String,
}

/// What a kind of paper is called, has and needs.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Form {
    pub title: String,
    pub place_date: bool,
    pub dashes: bool,
    pub asks: Vec<Part>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Forms {
    minutes: Form,
    resolution: Form,
    conclusion: Form,
    invitation: Form,
    list: Form,
    minutes_book: Form,
    not_held: Form,
    annex: Form,
}

impl Forms {
    pub fn of(&self, kind: Kind) -> &Form {
        match kind {
            Kind::Minutes => &self.minutes,
            Kind::Resolution => &self.resolution,
            Kind::Conclusion => &self.conclusion,
            Kind::Invitation => &self.invitation,
            Kind::List => &self.list,
            Kind::MinutesBook => &self.minutes_book,
            Kind::NotHeld => &self.not_held,
            Kind::Annex => &self.annex,
        }
    }
}

#[derive(Deserialize)]
struct Rules {
    layout: Vec<Rule<Layout>>,
}

/// The layout rules this version ships with.
fn shipped() -> &'static [Rule<Layout>] {
    static SHIPPED: OnceLock<Vec<Rule<Layout>>> = OnceLock::new();
    // A test reads them: what ships can be read.
    SHIPPED.get_or_init(|| {
        let rules: Result<Rules, _> = serde_json::from_str(include_str!("../../../assets/rules/layout.json"));
        rules.map(|rules| rules.layout).unwrap_or_default()
    })
}

/// How papers are numbered on `day`; by the latest rule where there is no day yet.
pub(crate) fn numbering(day: Option<&str>) -> Option<&'static Numbers> {
    static SHIPPED: OnceLock<Vec<Rule<Numbers>>> = OnceLock::new();
    let shipped = SHIPPED.get_or_init(|| domain::Rules::shipped().map(|rules| rules.numbering).unwrap_or_default());
    let rule = day.map_or_else(|| latest(shipped), |day| in_force(shipped, day));
    rule.map(|rule| &rule.sets)
}

fn latest<T>(rules: &[Rule<T>]) -> Option<&Rule<T>> {
    rules.iter().max_by(|a, b| a.from.cmp(&b.from))
}

/// The layout in force on `day`, with its source; the latest where there is no day yet. None where no rule is known.
pub fn layout(day: Option<&str>) -> Option<&'static Rule<Layout>> {
    match day {
        Some(day) => in_force(shipped(), day),
        None => latest(shipped()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Planted: a day between two rules → caught.
    #[test]
    fn what_ships_can_be_read_and_every_day_has_one_layout() {
        let rules = shipped();
        assert!(rules.len() >= 2, "there are rules");
        for pair in rules.windows(2) {
            let last = pair[0].to.as_deref().expect("an older rule ends");
            assert_eq!(domain::days_between(last, &pair[1].from), Some(1), "no day between them, none in both");
        }
        assert!(rules.last().is_some_and(|rule| rule.to.is_none()), "the last is in force");
        assert!(rules.iter().all(|rule| rule.citation.contains("-HD/VPTW")), "each names its source");
        let citation = |day| layout(day).map_or("", |rule| rule.citation.as_str());
        assert!(citation(Some("2026-05-26")).contains("36-HD/VPTW"));
        assert!(citation(Some("2026-05-27")).contains("05-HD/VPTW") && citation(None).contains("05-HD/VPTW"));
        assert!(layout(Some("2018-04-02")).is_none(), "what is not known is not guessed");
    }

    // Planted: a column three millimetres short → caught.
    #[test]
    fn the_columns_fill_the_sheet_between_its_margins() {
        for rule in shipped() {
            let Layout { page, head_columns, foot_columns, .. } = &rule.sets;
            for columns in [head_columns, foot_columns] {
                assert_eq!(page.left + columns[0] + columns[1] + page.right, page.width);
            }
        }
    }
}
