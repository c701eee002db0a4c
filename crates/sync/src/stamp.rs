//! When a change was made: a hybrid logical clock, 48 bits of milliseconds, 16 bits of count, and the device.

use domain::{Device, Id};
use serde::{Deserialize, Serialize};

/// When and where a change was made. Unique but for cloned devices, ordered the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Milliseconds since 1970 in the upper 48 bits, a count in the lower 16.
    pub tick: u64,
    /// The first 8 bytes of the device's id.
    pub device: u64,
}

impl Stamp {
    /// A stamp of a millisecond and a count.
    pub fn new(millis: u64, count: u16, device: Id<Device>) -> Self {
        Self { tick: millis << 16 | u64::from(count), device: short(device) }
    }

    /// The millisecond in it.
    pub fn millis(self) -> u64 {
        self.tick >> 16
    }

    /// What orders it once the server received it at `received`: nobody's clock reaches past that. The count goes
    /// to its end, so that two stamps of one device received together still stand in the order they were made.
    pub fn received(self, received: u64) -> Self {
        if self.millis() <= received { self } else { Self { tick: received << 16 | 0xffff, ..self } }
    }
}

/// The first 8 bytes of a device's id.
fn short(device: Id<Device>) -> u64 {
    (device.uuid().as_u128() >> 64) as u64
}

/// A device's clock: it never gives the same stamp twice, nor an earlier one.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    device: Id<Device>,
    last: u64,
}

impl Clock {
    /// A clock that goes on from the last tick it gave.
    pub fn new(device: Id<Device>, last: u64) -> Self {
        Self { device, last }
    }

    /// The next stamp at `now`, later than all of `over`, which order what is written over: who writes over a value has
    /// the last word. Nothing else heard moves the clock, so one that is wrong elsewhere stays wrong there.
    pub fn next<'a>(&mut self, now: u64, over: impl IntoIterator<Item = &'a Stamp>) -> Stamp {
        self.last = (now << 16).max(self.last + 1);
        let tick = over.into_iter().fold(self.last, |tick, seen| tick.max(seen.tick.saturating_add(1)));
        Stamp { tick, device: short(self.device) }
    }

    /// The last tick given, to be kept.
    pub fn last(&self) -> u64 {
        self.last
    }
}
