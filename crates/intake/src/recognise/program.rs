//! The `tesseract` program: a picture in, a table of words and their places out, by pipes; no shell, no file, and it ends when nobody waits for it.

use std::{
    io::{ErrorKind, Read, Write},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use crate::Refusal;

/// The longest that one page may take.
const LONGEST: Duration = Duration::from_secs(120);
/// Bytes of words that a page may hold.
const MOST: u64 = 4 * 1024 * 1024;

/// Killed when it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It fails only where the program has ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(super) fn read(png: &[u8]) -> Result<String, Refusal> {
    let mut command = Command::new("tesseract");
    command.args(["stdin", "stdout", "-l", "vie", "--dpi", "300", "tsv"]).env("OMP_THREAD_LIMIT", "1");
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let child =
        child.map_err(|why| if why.kind() == ErrorKind::NotFound { Refusal::OcrMissing } else { Refusal::Broken });
    let mut running = Running(child?);
    let (Some(mut into), Some(out)) = (running.0.stdin.take(), running.0.stdout.take()) else {
        return Err(Refusal::Broken);
    };
    let (say, heard) = mpsc::channel();
    thread::spawn(move || {
        let mut text = Vec::new();
        let whole = out.take(MOST).read_to_end(&mut text).is_ok();
        let _ = say.send(whole.then_some(text));
    });
    let png = png.to_vec();
    // Written beside, for a program that does not read must not hold up who would end it.
    thread::spawn(move || into.write_all(&png));
    let text = heard.recv_timeout(LONGEST).ok().flatten().ok_or(Refusal::Bomb)?;
    // Without the language's file it says nothing and fails.
    match running.0.wait() {
        Ok(end) if end.success() => String::from_utf8(text).map_err(|_| Refusal::Broken),
        _ => Err(Refusal::OcrMissing),
    }
}
