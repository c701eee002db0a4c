//! A weak link, as a phone in the hills has it: 64 kbit/s, 600 ms there and back, and one piece in twenty that stalls.
//!
//! A piece is what one segment of TCP carries. One that is lost on the radio is sent again after the sender's alarm, a
//! second or two later, and all that its connection sent behind it waits: so a stall is a delay, as TCP shows it to a
//! program. Now and then the link is gone for good, in a dead spot or with the mast's memory of the connection: one
//! stall in eight breaks the connection, and the phone must begin another.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng};

/// Bytes of a piece: a segment of TCP on a path with tunnels.
pub const PIECE: usize = 1_200;
/// Bytes of headers that a piece has on the radio beside its own.
const HEADERS: usize = 40;

/// One way of the link; both are alike.
struct Way {
    /// When the last piece will have left.
    free: Instant,
    chance: StdRng,
}

/// The link of one phone.
pub struct Weak {
    /// Bytes a second, each way.
    rate: u64,
    /// One way.
    latency: Duration,
    /// How many pieces of a hundred stall.
    stalls: u32,
    ways: [Mutex<Way>; 2],
    pub stalled: AtomicUsize,
    pub broken: AtomicUsize,
}

impl Weak {
    /// 64 kbit/s with 600 ms and 5 % stalls, by chance from a seed.
    pub fn new(seed: u64) -> Self {
        Self::of(8_000, Duration::from_millis(300), 5, seed)
    }

    /// One that is only so wide, for many phones to share.
    pub fn wide(rate: u64) -> Self {
        Self::of(rate, Duration::from_millis(10), 0, 0)
    }

    fn of(rate: u64, latency: Duration, stalls: u32, seed: u64) -> Self {
        let way = |side| Mutex::new(Way { free: Instant::now(), chance: StdRng::seed_from_u64(seed * 2 + side) });
        Self { rate, latency, stalls, ways: [way(0), way(1)], stalled: 0.into(), broken: 0.into() }
    }

    /// What a connection costs before it carries a byte.
    pub fn greet(&self) {
        std::thread::sleep(self.latency * 2);
    }

    /// Sends a piece on its way, once what was sent before it has left: when it will be there, or nothing where the
    /// connection breaks.
    pub fn send(&self, up: bool, bytes: usize) -> Option<Instant> {
        let mut way = self.ways[usize::from(up)].lock().unwrap();
        let length = Duration::from_micros((bytes + HEADERS) as u64 * 1_000_000 / self.rate);
        way.free = way.free.max(Instant::now()) + length;
        let mut late = Duration::ZERO;
        if way.chance.random_ratio(self.stalls, 100) {
            self.stalled.fetch_add(1, Ordering::SeqCst);
            if way.chance.random_ratio(1, 8) {
                self.broken.fetch_add(1, Ordering::SeqCst);
                return None;
            }
            late = Duration::from_millis(way.chance.random_range(1000..2000));
        }
        let left = way.free;
        drop(way);
        until(left);
        Some(left + self.latency + late)
    }
}

/// The radio's own time.
pub fn until(then: Instant) {
    std::thread::sleep(then.saturating_duration_since(Instant::now()));
}

/// A seed drawn anew each time, and printed; `STORY_SEED` plays one again, as far as two machines can be told apart by
/// their chance alone.
pub fn seed(story: &str) -> u64 {
    let said = std::env::var("STORY_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = said.unwrap_or_else(|| u64::from(rand::random::<u16>()));
    println!("again: STORY_SEED={seed} cargo test -p tests --test stories {story} -- --nocapture");
    seed
}
