//! The `tesseract` program: a picture in, a table of words and their places out.

use std::{process::Command, time::Duration};

use crate::{
    Refusal,
    program::{Said, run},
};

/// The longest that one page may take, and that it may say what it knows.
const LONGEST: Duration = Duration::from_secs(120);
const SHORT: Duration = Duration::from_secs(10);
const LANGUAGE: &str = "vie";

pub(super) fn read(png: &[u8]) -> Result<String, Refusal> {
    let said = tesseract(&["stdin", "stdout", "-l", LANGUAGE, "--dpi", "300", "tsv"], png, LONGEST)?;
    match said.ok_or(Refusal::OcrMissing)? {
        Said { words, well: true } => Ok(words),
        // Without the language's file it says nothing and fails; else it failed at this page, which nobody has read.
        _ if !knows_the_language() => Err(Refusal::OcrMissing),
        _ => Err(Refusal::Unreadable),
    }
}

fn knows_the_language() -> bool {
    let said = tesseract(&["--list-langs"], &[], SHORT).ok().flatten();
    said.is_some_and(|said| said.words.lines().any(|line| line.trim() == LANGUAGE))
}

/// What it says; none where it is not on this machine.
fn tesseract(arguments: &[&str], input: &[u8], longest: Duration) -> Result<Option<Said>, Refusal> {
    let mut command = Command::new("tesseract");
    command.args(arguments).env("OMP_THREAD_LIMIT", "1");
    run(command, input, longest).map_err(|_| Refusal::Unreadable)
}
