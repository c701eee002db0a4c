//! A plan as PDF: letters embedded, text that can be read out, searched and copied, the same bytes every time.

mod chunks;
mod draw;
mod flow;
mod fonts;
mod lines;

use crate::{Paper, Refused, planned};

/// The paper as PDF/A-2a; where it has characters that no letter of the font is for, as plain PDF with the same text.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, Refused> {
    let (plan, layout) = planned(paper)?;
    let mut setter = lines::Setter::new();
    let flow = flow::flow(&plan.pieces, layout, &mut setter);
    draw::draw(&flow, &plan, layout, &mut setter)
}

/// Points of a length in mm.
pub(crate) fn points(mm: f32) -> f32 {
    mm / 25.4 * 72.0
}

/// How wide a text would be in one line, mm.
pub(crate) fn width_mm(text: &crate::plan::Text) -> f32 {
    let lines = lines::Setter::new().set(text, f32::MAX);
    lines.iter().map(|line| line.width).fold(0.0, f32::max) / 72.0 * 25.4
}
