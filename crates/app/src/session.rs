//! The app while it runs: the book open or locked, who is told of changes, what the clock says.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{Document, Record};
use serde_json::Value as Json;
use store::{Keystore, Vault};

use crate::{
    Code, Settings, Trouble, chosen::Drawer, desk::Desk, freight::Freight, picture::Opened, remote::Line, router,
};

/// Called with the names of what changed: tables, or `sync`, `lock`, `settings`; `file` where a file came or went.
pub type Changed = Box<dyn Fn(&[&str]) + Send + Sync>;
/// Milliseconds since 1970.
pub type Now = Box<dyn Fn() -> u64 + Send + Sync>;

/// The app on one device.
pub struct App {
    pub(crate) home: PathBuf,
    pub(crate) vault: Vault,
    pub(crate) line: Mutex<Line>,
    /// One exchange of words at a time.
    pub(crate) talking: Mutex<()>,
    pub(crate) freight: Freight,
    pub(crate) drawer: Mutex<Drawer>,
    /// One Word file is set at a time.
    pub(crate) setting: Mutex<()>,
    pub(crate) opened: Mutex<Opened>,
    desk: Mutex<Option<Desk>>,
    settings: Mutex<Settings>,
    changed: Mutex<Option<Changed>>,
    now: Now,
    /// When somebody last touched it.
    touched: Mutex<u64>,
}

impl App {
    /// The book in `home`, locked. A new one leaves the system's keystore alone: for scripts, servers and trials.
    pub fn new(home: &Path) -> Self {
        Self::with(home, store::keystore(home, false), system_clock())
    }

    /// The one book of this device: a new one is kept by the system's keystore where there is one.
    pub fn of_device(home: &Path) -> Self {
        Self::with(home, store::keystore(home, true), system_clock())
    }

    /// The book in `home`, by a clock of the caller's own.
    pub fn with_clock(home: &Path, now: Now) -> Self {
        Self::with(home, store::keystore(home, false), now)
    }

    fn with(home: &Path, keystore: Box<dyn Keystore>, now: Now) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            home: home.to_owned(),
            vault: Vault::new(home, keystore),
            line: Mutex::default(),
            talking: Mutex::default(),
            freight: Freight::default(),
            drawer: Mutex::default(),
            setting: Mutex::default(),
            opened: Mutex::default(),
            desk: Mutex::default(),
            settings: Mutex::new(Settings::read(home)),
            changed: Mutex::default(),
            touched: Mutex::new(now()),
            now,
        }
    }

    /// Runs one action by name.
    pub fn call(&self, name: &str, ask: Json) -> Result<Json, Trouble> {
        router().call(self, name, ask)
    }

    /// Says whom to tell of changes.
    pub fn on_changed(&self, changed: Changed) {
        *hold(&self.changed) = Some(changed);
    }

    pub(crate) fn tell(&self, what: &[&str]) {
        if let Some(changed) = hold(&self.changed).as_ref() {
            changed(what);
        }
    }

    /// The device's clock, milliseconds since 1970, as it is set.
    pub(crate) fn now(&self) -> u64 {
        (self.now)()
    }

    /// Somebody is there.
    pub(crate) fn touch(&self) {
        *hold(&self.touched) = self.now();
    }

    /// Says whether the network counts what goes over it, as the device knows: until it says so it does.
    pub fn set_unmetered(&self, said: Option<bool>) {
        self.freight.set_unmetered(said);
    }

    /// Milliseconds since somebody last was.
    pub(crate) fn idle(&self) -> u64 {
        self.now().saturating_sub(*hold(&self.touched))
    }

    pub(crate) fn settings(&self) -> Settings {
        hold(&self.settings).clone()
    }

    pub(crate) fn set_settings(&self, settings: Settings) -> Result<(), Trouble> {
        settings.keep(&self.home)?;
        *hold(&self.settings) = settings;
        Ok(())
    }

    pub(crate) fn is_open(&self) -> bool {
        hold(&self.desk).is_some()
    }

    /// Reads or writes the open book; `locked` where it is not.
    pub(crate) fn at_desk<T>(&self, work: impl FnOnce(&mut Desk) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let mut at = hold(&self.desk);
        let desk = at.as_mut().ok_or(Code::Locked)?;
        desk.now = desk.by_server(self.now());
        let reply = work(desk);
        let changed: Vec<&str> = std::mem::take(&mut desk.changed).into_iter().collect();
        let wiped = if changed.contains(&Document::TABLE.name) { desk.newly_wiped() } else { Vec::new() };
        if !changed.is_empty() {
            self.tell(&changed);
        }
        drop(at);
        if !wiped.is_empty() {
            self.let_go(&wiped);
        }
        reply
    }

    pub(crate) fn sit_down(&self, mut desk: Desk) {
        self.touch();
        desk.now = desk.by_server(self.now());
        // Left over where the app was killed. Should it fail, it waits on.
        let _ = desk.settle_place();
        let paused = desk.book.fact("paused").ok().flatten().unwrap_or(false);
        *hold(&self.desk) = Some(desk);
        self.freight.halt(paused);
        self.tell(&["lock"]);
    }

    /// Closes the book; its keys are wiped from memory.
    pub(crate) fn get_up(&self) {
        if let Some(mut desk) = hold(&self.desk).take() {
            // Should it fail, the place waits in the book.
            let _ = desk.settle_place();
        }
        self.freight.halt(true);
        *hold(&self.line) = Line::default();
        *hold(&self.drawer) = Drawer::default();
        *hold(&self.opened) = Opened::default();
        self.tell(&["lock"]);
    }
}

fn system_clock() -> Now {
    let since = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Box::new(move || since().as_millis() as u64)
}

/// A panic elsewhere must not keep the secretary from her book: what a lock guards is whole between commits.
pub(crate) fn hold<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
