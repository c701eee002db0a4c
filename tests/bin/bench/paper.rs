//! Minutes of six pages as PDF and as DOCX, beside a page that says three words: what the same libraries take for nothing.

#[path = "../../../crates/print/tests/papers/samples.rs"]
mod samples;

use std::time::Instant;

use anyhow::{Result, ensure};
use print::{Block, Kind, Paper, Refused, docx, pdf};

use crate::{Case, quantile, sorted};

const TURNS: usize = 60;

pub fn run() -> Result<Vec<Case>> {
    // Opinions enough for six pages: a test of the papers' own counts them.
    let minutes = samples::minutes(60);
    let body = vec![Block::Paragraph("Không họp.".into())];
    let empty = Paper { kind: Kind::NotHeld, title: "Trang".into(), body, ..Default::default() };
    // The first one unpacks the font, once in the life of a program.
    let first = timed(pdf, &minutes)?;
    let (six, floor) = measured(pdf, &minutes, &empty)?;
    let (word, word_floor) = measured(docx, &minutes, &empty)?;
    Ok(vec![
        Case { name: "minutes_6_pages_ms", value: six, floor: Some(floor), unit: "ms" },
        Case { name: "minutes_6_pages_first_ms", value: first, floor: None, unit: "ms" },
        Case { name: "minutes_6_pages_docx_ms", value: word, floor: Some(word_floor), unit: "ms" },
    ])
}

type Make = fn(&Paper) -> Result<Vec<u8>, Refused>;

/// Medians of both, made in turn.
fn measured(make: Make, paper: &Paper, empty: &Paper) -> Result<(f64, f64)> {
    let (mut times, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        times.push(timed(make, paper)?);
        floors.push(timed(make, empty)?);
    }
    Ok((quantile(&sorted(times), 0.5), quantile(&sorted(floors), 0.5)))
}

fn timed(make: Make, paper: &Paper) -> Result<f64> {
    let start = Instant::now();
    let file = make(paper)?;
    let took = start.elapsed();
    ensure!(file.len() > 1000, "a file came of it");
    Ok(took.as_secs_f64() * 1000.0)
}
