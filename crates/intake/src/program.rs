//! Other programs that read or set papers, where they are on this machine: without a shell, what they say bounded in length and
//! time, and ended with everything they started when nobody waits for them any more.

use std::{
    io::{ErrorKind, Read, Write},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use process_wrap::std::{ChildWrapper, CommandWrap};

use crate::Refusal;

/// Bytes that one may say.
const MOST: u64 = 4 * 1024 * 1024;

/// What a program said, and whether it ended well.
pub(crate) struct Said {
    pub words: String,
    pub well: bool,
}

/// Killed with its offspring when it is dropped.
struct Running(Box<dyn ChildWrapper>);

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only where it has ended.
        let _ = self.0.start_kill();
        let _ = self.0.wait();
    }
}

/// Runs a program to its end, at most for so long: a picture or nothing goes in, words come out. None where it is not on this machine.
pub(crate) fn run(mut command: Command, input: &[u8], longest: Duration) -> Result<Option<Said>, Refusal> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut command = CommandWrap::from(command);
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(process_wrap::std::JobObject);
    let mut running = match command.spawn() {
        Ok(running) => Running(running),
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
        Err(_) => return Err(Refusal::Broken),
    };
    let (Some(mut into), Some(out)) = (running.0.stdin().take(), running.0.stdout().take()) else {
        return Err(Refusal::Broken);
    };
    let (say, heard) = mpsc::channel();
    thread::spawn(move || {
        let mut words = Vec::new();
        let whole = out.take(MOST).read_to_end(&mut words).is_ok();
        // Nobody hears it where it took too long.
        let _ = say.send(whole.then_some(words));
    });
    let input = input.to_vec();
    // Written beside, for a program that does not read must not hold up who would end it.
    thread::spawn(move || into.write_all(&input));
    let words = heard.recv_timeout(longest).ok().flatten().ok_or(Refusal::Bomb)?;
    let words = String::from_utf8(words).map_err(|_| Refusal::Broken)?;
    Ok(Some(Said { words, well: running.0.wait().is_ok_and(|end| end.success()) }))
}
