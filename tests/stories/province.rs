//! A made-up province, served on this machine by a clock of the story's own.

use std::{
    fs,
    path::Path,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use rand::{SeedableRng, rngs::StdRng};
use server::{Config, Demo, Limit, Outside, Running, Sqlite, demo, living, people, serve};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// 3 December 2026, 08:00 in Vietnam: the day of a monthly meeting.
pub const TODAY: u64 = 1_796_259_600_000;
/// Milliseconds of a day.
pub const DAY: u64 = 24 * 3600 * 1000;

/// A clock that stands until it is moved.
pub type Clock = Arc<AtomicU64>;

/// The server and what it was begun with.
pub struct Province {
    /// `http://127.0.0.1:41234`
    pub address: String,
    /// Its clock, milliseconds since 1970.
    pub clock: Clock,
    pub made: Demo,
    folder: TempDir,
    running: Option<Running>,
    threads: Runtime,
}

impl Province {
    pub fn open() -> Self {
        Self::served(false)
    }

    /// Served as a province serves strangers: by TLS.
    pub fn over_tls() -> Self {
        Self::served(true)
    }

    /// One with a root key and people of its own, at its own address, by TLS.
    pub fn stranger() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let today = server::day_of(TODAY).parse().unwrap();
        let made = demo(folder.path(), 2, today, TODAY, "https://127.0.0.1:1").unwrap();
        Self::over(folder, made, true)
    }

    /// The one that `province demo` makes: its first cell is at work.
    pub fn at_work() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made =
            living(folder.path(), 1, server::day_of(TODAY).parse().unwrap(), TODAY, "http://127.0.0.1:1").unwrap();
        Self::over(folder, made, false)
    }

    fn served(tls: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, made) = original();
        copy(ledger.path(), folder.path());
        Self::over(folder, made.clone(), tls)
    }

    fn over(folder: TempDir, made: Demo, tls: bool) -> Self {
        let clock = Arc::new(AtomicU64::new(TODAY));
        let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let mut province = Self { address: String::new(), clock, made, folder, running: None, threads };
        province.start(tls);
        province
    }

    fn start(&mut self, tls: bool) {
        let now = Arc::clone(&self.clock);
        // The server's time always goes on a little, as time does.
        let outside = Outside::new(move || now.fetch_add(1, Ordering::SeqCst), StdRng::seed_from_u64(7));
        let config = Config {
            data: self.folder.path().to_owned(),
            listen: ([127, 0, 0, 1], 0).into(),
            tls,
            limit: Limit { burst: 1000, per_second: 1000 },
            outside,
        };
        let running = self.threads.block_on(serve(config)).unwrap();
        self.address = format!("{}://{}", if tls { "https" } else { "http" }, running.addr);
        self.running = Some(running);
    }

    /// The code of the person who plays a role, `ABCDEF-GHJKMN-PQRSTV`.
    pub fn code(&self, role: &str) -> &str {
        &self.issued(role).code
    }

    pub fn issued(&self, role: &str) -> &server::Issued {
        self.made.codes.iter().find(|issued| issued.role == role).unwrap()
    }

    /// Confirms a device as an administrator at the server's machine does, who has its holder read the digits.
    pub fn confirm(&self, device: &str, digits: &str) {
        let device = device.parse().unwrap();
        self.admin(|ledger, _| people::confirm(ledger, device, digits)).unwrap();
    }

    /// Does something at the server's machine, as `province admin` does: by a connection of its own.
    pub fn admin<T>(&self, work: impl FnOnce(&mut Sqlite, &Outside) -> T) -> T {
        let now = self.clock.load(Ordering::SeqCst);
        let outside = Outside::new(move || now, StdRng::seed_from_u64(now));
        let mut ledger = Sqlite::open(self.folder.path()).unwrap();
        ledger.transaction(now, |ledger| Ok(work(ledger, &outside))).unwrap()
    }

    /// Goes on from an older copy, as after a lost disk; at another address.
    pub fn restore(&mut self, copy: &Path) {
        if let Some(running) = self.running.take() {
            self.threads.block_on(running.shutdown());
        }
        let now = self.clock.load(Ordering::SeqCst);
        let outside = Outside::new(move || now, StdRng::seed_from_u64(now));
        Sqlite::restore(self.folder.path(), copy, &outside).unwrap();
        self.start(false);
    }

    /// The folder of its ledger.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    pub fn later(&self, millis: u64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Drop for Province {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.threads.block_on(running.shutdown());
        }
    }
}

/// Made once; every story begins with a copy.
fn original() -> &'static (TempDir, Demo) {
    static MADE: OnceLock<(TempDir, Demo)> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let today = server::day_of(TODAY).parse().unwrap();
        let made = demo(folder.path(), 1, today, TODAY, "http://127.0.0.1:1").unwrap();
        (folder, made)
    })
}

/// Copies a folder, files and folders in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let path = file.unwrap().path();
        let other = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &other);
        } else {
            fs::copy(&path, &other).unwrap();
        }
    }
}
