//! Other people's readers of other people's bytes: each runs on a stack of its own, and what falls over there is a refusal.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    thread,
};

use crate::Refusal;

/// Bytes of stack: files nest deeper than phones' threads are.
const STACK: usize = 32 * 1024 * 1024;

/// What a reader that cannot be told to stop is stopped with.
struct Enough;

/// Runs a reader; where it panics the file is broken, where it was stopped it asked for too much.
pub(crate) fn guarded<T: Send>(work: impl FnOnce() -> Result<T, Refusal> + Send) -> Result<T, Refusal> {
    thread::scope(|scope| {
        let run = || catch_unwind(AssertUnwindSafe(work));
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).map_err(|_| Refusal::Bomb)?;
        match thread.join() {
            Ok(Ok(done)) => done,
            Ok(Err(why)) if why.is::<Enough>() => Err(Refusal::Bomb),
            _ => Err(Refusal::Broken),
        }
    })
}

/// Stops a reader from within what it calls back; silent, as no mistake was made here.
pub(crate) fn stop() -> ! {
    resume_unwind(Box::new(Enough))
}
