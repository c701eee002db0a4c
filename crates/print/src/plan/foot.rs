//! Who receives a paper, and who signs it.

use super::{Columns, Piece, Setter, Text, push};
use crate::{
    Part, Signatures,
    layout::{Face, Layout},
    text::{one_line, recipient},
};

impl Setter<'_> {
    pub(super) fn foot(&mut self) {
        let Layout { words, signature_space, .. } = self.layout;
        let mut left = Vec::new();
        let mut right = Vec::new();
        let recipients: Vec<String> = self.paper.recipients.iter().map(|text| one_line(text)).collect();
        let recipients: Vec<String> = recipients.into_iter().filter(|text| !text.is_empty()).collect();
        let count = recipients.len();
        let recipients = recipients.iter().enumerate();
        let mut recipients: Vec<_> =
            recipients.map(|(at, text)| recipient(&words.item, text, at + 1 == count)).collect();
        if recipients.is_empty() && self.asks.contains(&Part::Recipients) {
            recipients.push(format!("{}{}", words.item, words.missing));
        }
        if !recipients.is_empty() {
            push(&mut left, words.recipients.clone(), &self.layout.recipients_label);
        }
        for line in recipients {
            push(&mut left, line, &self.layout.recipient);
        }
        let signed = |side: &mut Vec<Text>, name: String| {
            for _ in 0..*signature_space {
                side.push(Text::plain(String::new(), &Face { above: 0.0, ..self.layout.signatory.clone() }));
            }
            push(side, name, &self.layout.signatory);
        };
        let nobody = Signatures::Minutes { taker: String::new(), chair: String::new() };
        let signatures = match &self.paper.signatures {
            Signatures::None if self.asks.contains(&Part::Chair) => &nobody,
            signatures => signatures,
        };
        match signatures {
            Signatures::None if self.asks.contains(&Part::Signatory) => {
                push(&mut right, words.missing.clone(), &self.layout.post);
                signed(&mut right, words.missing.clone());
            }
            Signatures::None => {}
            Signatures::One(one) => {
                push(&mut right, one_line(&one.on_behalf), &self.layout.on_behalf);
                push(&mut right, self.said(&one.post, Part::Signatory), &self.layout.post);
                signed(&mut right, self.said(&one.name, Part::Signatory));
            }
            Signatures::Minutes { taker, chair } => {
                // Who wrote signs at the left, below those who receive a copy, if any do.
                push(&mut left, words.minute_taker.clone(), &self.layout.on_behalf);
                signed(&mut left, self.said(taker, Part::MinuteTaker));
                push(&mut right, words.chair.clone(), &self.layout.on_behalf);
                signed(&mut right, self.said(chair, Part::Chair));
            }
        }
        if left.is_empty() && right.is_empty() {
            return;
        }
        // Signatures are never alone on a page.
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.keep_next = true,
            Some(Piece::Columns(last)) => last.keep_next = true,
            Some(Piece::Grid(last)) => {
                last.keep_next = true;
                last.rows.last_mut().into_iter().flatten().flatten().for_each(|text| text.keep_next = true);
            }
            Some(Piece::Break) | None => {}
        }
        let (widths, above) = (self.layout.foot_columns, self.layout.foot_above);
        self.pieces.push(Piece::Columns(Columns { widths, sides: [left, right], above, keep_next: false }));
    }
}
