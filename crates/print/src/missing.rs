//! What a paper lacks. It is told before anything is set, so that there is never half a file.

use domain::is_day;

use crate::{
    Block, Draft, Missing, Paper, Part, Signatures,
    layout::{Layout, layout, numbering},
    text::lines,
};

/// Every part that is not there and must be, of the paper and of those bound behind it. A draft lacks nothing.
pub fn missing(paper: &Paper) -> Vec<Missing> {
    if paper.draft != Draft::Final {
        return Vec::new();
    }
    let bound = paper.bound.iter().enumerate();
    let of = |paper, bound| of_one(paper).into_iter().map(move |part| Missing { part, bound });
    of(paper, None).chain(bound.flat_map(|(at, paper)| of(paper, u32::try_from(at).ok()))).collect()
}

/// The day, if it is a full one.
pub(crate) fn full_day(paper: &Paper) -> Option<&str> {
    paper.date.as_deref().filter(|day| day.len() == "2026-11-23".len() && is_day(day))
}

/// The sign of the paper's kind on its day.
pub(crate) fn code_of(paper: &Paper) -> &'static str {
    // As of its parts: a day whose rules are not known is told as that, not as a part that lacks.
    let rule = numbering(full_day(paper)).or_else(|| numbering(None));
    rule.map_or("", |rule| rule.code(paper.kind.name()))
}

fn of_one(paper: &Paper) -> Vec<Part> {
    // Which parts a kind needs has not depended on the day; a paper without one is asked by the latest rule.
    let Some(rule) = layout(full_day(paper)).or_else(|| layout(None)) else { return vec![Part::Date] };
    rule.sets.forms.of(paper.kind).asks.iter().copied().filter(|part| lacks(paper, *part, &rule.sets)).collect()
}

fn lacks(paper: &Paper, part: Part, layout: &Layout) -> bool {
    let form = layout.forms.of(paper.kind);
    let blank = |text: &str| lines(text).is_empty();
    match part {
        Part::Superior => blank(&paper.superior),
        Part::Issuer => blank(&paper.issuer),
        Part::Number => paper
            .number
            .as_ref()
            .is_none_or(|number| blank(&number.unit) || blank(&number.code) && blank(code_of(paper))),
        Part::Place => blank(&paper.place),
        Part::Date => full_day(paper).is_none(),
        Part::Title => blank(&paper.title) && blank(&form.title),
        Part::Subject => blank(&paper.subject),
        Part::Body => !paper.body.iter().any(says),
        Part::Recipients => paper.recipients.iter().all(|line| blank(line)),
        Part::Signatory => match &paper.signatures {
            Signatures::One(one) => blank(&one.name) || blank(&one.post),
            _ => true,
        },
        Part::MinuteTaker => match &paper.signatures {
            Signatures::Minutes { taker, .. } => blank(taker),
            _ => true,
        },
        Part::Chair => match &paper.signatures {
            Signatures::Minutes { chair, .. } => blank(chair),
            _ => true,
        },
        Part::Papers => paper.bound.is_empty(),
    }
}

fn says(block: &Block) -> bool {
    match block {
        Block::Heading(_, text) | Block::Paragraph(text) | Block::Item(text) => !lines(text).is_empty(),
        Block::Table(table) => table.rows.iter().flatten().any(|cell| !lines(cell).is_empty()),
        Block::PageBreak => false,
    }
}
