//! What is known of the way that files go: whether some may be waiting for it, when they are to stop, and what it costs.

use std::{
    io::{Cursor, Error, Read},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};

use crate::session::hold;

/// The state of it.
#[derive(Default)]
pub(crate) struct Freight {
    /// One carries at a time. Words have a lock of their own: they never wait for files.
    pub carrying: Mutex<()>,
    /// Whether somebody asked for something, or words came, since it was last looked what there is to carry.
    due: AtomicBool,
    /// Whether it is to stop: the person pauses, or the book is locked.
    halted: Arc<AtomicBool>,
    /// Whether the system tells what the network counts, and whether it counts nothing.
    knows_network: AtomicBool,
    unmetered: AtomicBool,
    /// Wakes who carries by themselves.
    wake: Mutex<Option<SyncSender<()>>>,
}

impl Freight {
    /// There may be something to carry, soon.
    pub fn ask(&self) {
        self.due.store(true, SeqCst);
        if let Some(wake) = hold(&self.wake).as_ref() {
            // One that is full wakes all the same.
            let _ = wake.try_send(());
        }
    }

    /// Whether there may be; whoever asks looks what it is.
    pub fn take_due(&self) -> bool {
        self.due.swap(false, SeqCst)
    }

    /// Hears when there may be something to carry.
    pub fn wakes(&self) -> Receiver<()> {
        let (wake, wakes) = sync_channel(1);
        *hold(&self.wake) = Some(wake);
        wakes
    }

    /// Stops it, or lets it go on.
    pub fn halt(&self, halt: bool) {
        self.halted.store(halt, SeqCst);
    }

    pub fn is_halted(&self) -> bool {
        self.halted.load(SeqCst)
    }

    /// Takes what the system says of the network; nothing where it says nothing.
    pub fn set_unmetered(&self, said: Option<bool>) {
        let unmetered = said == Some(true);
        self.knows_network.store(said.is_some(), SeqCst);
        if unmetered && !self.unmetered.swap(true, SeqCst) {
            self.ask();
        }
        self.unmetered.store(unmetered, SeqCst);
    }

    /// Whether the system tells what the network counts.
    pub fn knows_network(&self) -> bool {
        self.knows_network.load(SeqCst)
    }

    /// Whether the network is known to count nothing.
    pub fn is_unmetered(&self) -> bool {
        self.unmetered.load(SeqCst)
    }

    /// Bytes on their way out.
    pub fn out(&self, bytes: Vec<u8>) -> Outgoing {
        Outgoing { bytes: Cursor::new(bytes), halted: Arc::clone(&self.halted) }
    }
}

/// Bytes that go out until they are stopped: what went is kept where they go.
#[derive(Clone)]
pub(crate) struct Outgoing {
    bytes: Cursor<Vec<u8>>,
    halted: Arc<AtomicBool>,
}

impl Outgoing {
    pub fn length(&self) -> u64 {
        self.bytes.get_ref().len() as u64
    }
}

impl Read for Outgoing {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        if self.halted.load(SeqCst) { Err(Error::other("stopped")) } else { self.bytes.read(room) }
    }
}
