//! What goes on by itself while the app runs: sending and receiving words, carrying files, and locking when nobody is there.

use std::{
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use rand::Rng;

use crate::{App, Code, Trouble, actions::look_aside, carry::carry, exchange::exchange, session::hold};

/// How often it looks whether there is something to do.
const LOOK: Duration = Duration::from_secs(5);
/// How often it asks for news while all is well, in milliseconds.
const NEWS: u64 = 5 * 60 * 1000;
/// How often it asks what the server set aside, in milliseconds: it is seldom, and costs a round trip.
const ASIDE: u64 = 24 * 3600 * 1000;
/// The longest it waits after failures, in milliseconds.
const LONGEST: u64 = 30 * 60 * 1000;
/// Words are not sent while they are being typed: taps collect into one entry. Milliseconds.
const TYPED: u64 = 3_000;

/// Does all of it, for as long as the process lives. Each has a thread of its own: a file that takes an hour keeps no word back,
/// and neither keeps the book from being locked.
pub fn keep(app: Arc<App>) {
    let keeper = Arc::new(Keeper::default());
    let every = |look: fn(&Keeper, &App), asked: Option<mpsc::Receiver<()>>| {
        let (app, keeper) = (Arc::clone(&app), Arc::clone(&keeper));
        thread::spawn(move || {
            // Nobody sends here: it only gives the wait its end, should the thread ever be told to stop.
            let (_stop, stopped) = mpsc::channel();
            let asked = asked.unwrap_or(stopped);
            while asked.recv_timeout(LOOK) != Err(mpsc::RecvTimeoutError::Disconnected) {
                look(&keeper, &app);
            }
        });
    };
    every(Keeper::watch, None);
    every(Keeper::words, None);
    every(Keeper::files, Some(app.freight.wakes()));
}

/// When what goes on by itself is tried next. The three looks may be taken side by side.
#[derive(Debug, Default)]
pub struct Keeper {
    words: Mutex<Pace>,
    files: Mutex<Pace>,
    /// When to ask next what the server set aside.
    aside: Mutex<u64>,
}

impl Keeper {
    /// Locks the book where nobody has been there for long.
    pub fn watch(&self, app: &App) {
        let minutes = u64::from(app.settings().lock_minutes.max(1));
        if app.is_open() && app.idle() > minutes * 60_000 {
            app.get_up();
        }
    }

    /// Sends and receives words, where some wait or news are due.
    pub fn words(&self, app: &App) {
        let mut pace = hold(&self.words);
        if !app.is_open() {
            *pace = Pace::default();
            return;
        }
        let Ok((waits, paused)) =
            app.at_desk(|desk| Ok((desk.book.has_waiting()?, desk.book.fact("paused")?.unwrap_or(false))))
        else {
            return;
        };
        let now = app.now();
        let soon = waits && pace.failures == 0 && app.idle() > TYPED;
        if paused || now < pace.next && !soon {
            return;
        }
        let done = exchange(app);
        pace.tried(now, &done);
        if done.is_ok() {
            pace.next = now + NEWS;
            let mut aside = hold(&self.aside);
            if now >= *aside && look_aside(app).is_ok() {
                *aside = now + ASIDE;
            }
        }
    }

    /// Carries files, where some may be waiting.
    pub fn files(&self, app: &App) {
        let mut pace = hold(&self.files);
        let now = app.now();
        let again = pace.failures > 0 && now >= pace.next;
        if app.is_open() && !app.freight.is_halted() && (again || app.freight.take_due()) {
            pace.tried(now, &carry(app));
        }
    }
}

/// When something is tried again that may fail.
#[derive(Debug, Default)]
struct Pace {
    /// Milliseconds since 1970.
    next: u64,
    failures: u32,
}

impl Pace {
    fn tried(&mut self, now: u64, done: &Result<(), Trouble>) {
        match done {
            Ok(()) => *self = Self { next: now, failures: 0 },
            Err(trouble) if trouble.code == Code::Revoked => self.next = u64::MAX,
            Err(_) => {
                // Full jitter: devices that lost the server together do not come back together.
                self.failures = (self.failures + 1).min(10);
                let most = (10_000u64 << self.failures).min(LONGEST);
                self.next = now + rand::rng().random_range(5_000..=most);
            }
        }
    }
}
