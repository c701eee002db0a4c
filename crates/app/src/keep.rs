//! What goes on by itself while the app runs: sending and receiving, and locking when nobody is there.

use std::{
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use rand::Rng;

use crate::{App, Code, actions::look_aside, exchange::exchange};

/// How often it looks whether there is something to do.
const LOOK: Duration = Duration::from_secs(5);
/// How often it asks for news while all is well, in milliseconds.
const NEWS: u64 = 5 * 60 * 1000;
/// How often it asks what the server set aside, in milliseconds: it is seldom, and costs a round trip.
const ASIDE: u64 = 24 * 3600 * 1000;
/// The longest it waits after failures, in milliseconds.
const LONGEST: u64 = 30 * 60 * 1000;

/// Sends by itself and locks when nobody is there, for as long as the process lives.
pub fn keep(app: Arc<App>) {
    // Nobody sends: the channel only gives the wait its end, should the thread ever be told to stop.
    let (_stop, stopped) = mpsc::channel::<()>();
    thread::spawn(move || {
        let _stop = _stop;
        let mut keeper = Keeper { app, next: 0, aside: 0, failures: 0 };
        while stopped.recv_timeout(LOOK) == Err(mpsc::RecvTimeoutError::Timeout) {
            keeper.look();
        }
    });
}

struct Keeper {
    app: Arc<App>,
    /// When to talk to the server next, milliseconds since 1970.
    next: u64,
    /// When to ask next what it set aside.
    aside: u64,
    failures: u32,
}

impl Keeper {
    fn look(&mut self) {
        let app = &self.app;
        if !app.is_open() {
            self.next = 0;
            return;
        }
        let minutes = u64::from(app.settings().lock_minutes.max(1));
        if app.idle() > minutes * 60_000 {
            app.get_up();
            return;
        }
        let Ok((waits, paused)) =
            app.at_desk(|desk| Ok((desk.book.has_waiting()?, desk.book.fact("paused")?.unwrap_or(false))))
        else {
            return;
        };
        let now = app.now();
        // Words that wait are sent soon, but not while they are being typed: taps collect into one entry.
        let soon = waits && self.failures == 0 && app.idle() > 3_000;
        if paused || now < self.next && !soon {
            return;
        }
        match exchange(app) {
            Ok(()) => {
                self.failures = 0;
                self.next = now + NEWS;
                if now >= self.aside && look_aside(app).is_ok() {
                    self.aside = now + ASIDE;
                }
            }
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
