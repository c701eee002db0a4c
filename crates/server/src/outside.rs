//! What comes from outside a computation: the time and chance. Passed in, so that a test can hold them.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use rand::{CryptoRng, SeedableRng, rngs::StdRng};

/// A clock and a source of chance.
#[derive(Clone)]
pub struct Outside {
    clock: Arc<dyn Fn() -> u64 + Send + Sync>,
    chance: Arc<Mutex<dyn CryptoRng + Send>>,
}

impl Outside {
    /// A clock in milliseconds since 1970, and chance.
    pub fn new(clock: impl Fn() -> u64 + Send + Sync + 'static, chance: impl CryptoRng + Send + 'static) -> Self {
        Self { clock: Arc::new(clock), chance: Arc::new(Mutex::new(chance)) }
    }

    /// The machine's own.
    pub fn real() -> Self {
        Self::new(machine_clock, StdRng::from_os_rng())
    }

    /// The machine's own, with the clock put forward so that it is now `at`, milliseconds since 1970.
    pub fn starting_at(at: u64) -> Self {
        let ahead = i128::from(at) - i128::from(machine_clock());
        let clock = move || u64::try_from(i128::from(machine_clock()) + ahead).unwrap_or_default();
        Self::new(clock, StdRng::from_os_rng())
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> u64 {
        (self.clock)()
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }
}

fn machine_clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}
