//! Papers typeset as the rules want them (thể thức), to PDF, DOCX and XLSX, offline. Knows the domain only.
//!
//! A [`Paper`] says what it is; how it looks is dated data with its source, in `assets/rules/layout.json`. What lacks a part
//! is refused with the list of all of them, so that there is never half a file; a draft shows `…` in their place.
//!
//! ```
//! use print::{Block, Kind, Level, Number, Paper, Refused, Signature, Signatures, docx, missing, pdf};
//!
//! let mut paper = Paper {
//!     kind: Kind::Resolution,
//!     superior: "Đảng bộ xã Tân Hòa".into(),
//!     issuer: "Chi bộ thôn Đông".into(),
//!     number: Some(Number { given: Some(5), unit: "CB".into(), ..Default::default() }),
//!     date: Some("2026-10-05".into()),
//!     subject: "về lãnh đạo thực hiện nhiệm vụ tháng 10 năm 2026".into(),
//!     body: vec![
//!         Block::Heading(Level::Section, "Đánh giá kết quả tháng 9".into()),
//!         Block::Paragraph("Chi bộ đã hoàn thành các nhiệm vụ đề ra.".into()),
//!     ],
//!     recipients: vec!["Đảng ủy xã (để báo cáo)".into(), "Lưu Chi bộ".into()],
//!     signatures: Signatures::One(Signature {
//!         on_behalf: "T/M Chi bộ".into(),
//!         post: "Bí thư".into(),
//!         name: "Nguyễn Mạnh Cường".into(),
//!     }),
//!     ..Default::default()
//! };
//! // Where it was issued was forgotten: both ask the same, and neither gives half a file.
//! assert!(matches!(pdf(&paper), Err(Refused::Missing(parts)) if parts == missing(&paper) && parts.len() == 1));
//! paper.place = "Tân Hòa".into();
//! assert!(pdf(&paper)?.starts_with(b"%PDF-"));
//! assert!(docx(&paper)?.starts_with(b"PK"));
//! # Ok::<(), Refused>(())
//! ```

mod bind;
mod docx;
mod layout;
mod missing;
mod paper;
mod pdf;
mod plan;
mod text;
mod xlsx;

pub use bind::zip;
pub use docx::docx;
pub use layout::{Align, Face, Layout, Numbering, Page, layout};
pub use missing::missing;
pub use paper::{Block, Column, Draft, Kind, Level, Missing, Number, Paper, Part, Signature, Signatures, Table};
pub use pdf::pdf;
pub use plan::title;
pub use text::numbered;
pub use xlsx::{List, xlsx};

use domain::Day;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It lacks parts.
    #[error("the paper lacks {} parts", .0.len())]
    Missing(Vec<Missing>),
    /// No layout is known for its day.
    #[error("no layout is known for {0}")]
    NoLayout(Day),
    /// It is more than the format can hold.
    #[error("the format cannot hold it: {0}")]
    TooMuch(String),
}

/// The plan of a paper that lacks nothing.
fn planned(paper: &Paper) -> Result<(plan::Plan, &'static Layout), Refused> {
    let lacks = missing(paper);
    if !lacks.is_empty() {
        return Err(Refused::Missing(lacks));
    }
    let day = missing::full_day(paper);
    let rule = layout(day).ok_or_else(|| Refused::NoLayout(day.unwrap_or_default().to_owned()))?;
    Ok((plan::plan(paper, &rule.sets), &rule.sets))
}
