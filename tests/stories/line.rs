//! The line between a phone and the server: it can be cut, and it can break in the middle of an answer.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    thread,
};

/// Nothing is cut off.
const WHOLE: usize = usize::MAX;

/// A line to one server.
pub struct Line {
    /// Where a phone reaches the server through it.
    pub address: String,
    state: Arc<State>,
}

struct State {
    there: Mutex<SocketAddr>,
    up: AtomicBool,
    /// After how many bytes of answers, and of questions, the line breaks, once.
    cut_after: AtomicUsize,
    cut_up_after: AtomicUsize,
    /// Bytes of answers carried.
    carried: AtomicU64,
    /// The answers themselves.
    said: Mutex<Vec<u8>>,
}

impl Line {
    pub fn to(server: &str) -> Self {
        let (scheme, there) = server.split_once("://").unwrap();
        let there: Mutex<SocketAddr> = Mutex::new(there.parse().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("{scheme}://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            there,
            up: true.into(),
            cut_after: WHOLE.into(),
            cut_up_after: WHOLE.into(),
            carried: 0.into(),
            said: Mutex::default(),
        });
        let carried = Arc::clone(&state);
        // It ends with the process: nobody waits for a line.
        thread::spawn(move || {
            for phone in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&carried);
                thread::spawn(move || carry(phone, &state));
            }
        });
        Self { address, state }
    }

    /// Whoever answers at the server's address from now on.
    pub fn lead_to(&self, server: &str) {
        *self.state.there.lock().unwrap() = server.split_once("://").unwrap().1.parse().unwrap();
    }

    /// No signal.
    pub fn down(&self) {
        self.state.up.store(false, Ordering::SeqCst);
    }

    /// A signal again.
    pub fn up(&self) {
        self.state.up.store(true, Ordering::SeqCst);
    }

    /// The next answers break off after so many bytes in all.
    pub fn cut_after(&self, bytes: usize) {
        self.state.cut_after.store(bytes, Ordering::SeqCst);
    }

    /// The next questions break off after so many bytes in all.
    pub fn cut_up_after(&self, bytes: usize) {
        self.state.cut_up_after.store(bytes, Ordering::SeqCst);
    }

    /// The answers carried so far, byte for byte.
    pub fn said(&self) -> Vec<u8> {
        self.state.said.lock().unwrap().clone()
    }

    /// Bytes of answers carried so far.
    pub fn carried(&self) -> u64 {
        self.state.carried.load(Ordering::SeqCst)
    }
}

fn carry(phone: TcpStream, state: &State) {
    if !state.up.load(Ordering::SeqCst) {
        let _ = phone.shutdown(Shutdown::Both);
        return;
    }
    let there = *state.there.lock().unwrap();
    let Ok(server) = TcpStream::connect(there) else { return };
    thread::scope(|scope| {
        scope.spawn(|| {
            if pass(&phone, &server, state, &state.cut_up_after, |_| ()) {
                let _ = server.shutdown(Shutdown::Write);
            } else {
                let _ = server.shutdown(Shutdown::Both);
                let _ = phone.shutdown(Shutdown::Both);
            }
        });
        pass(&server, &phone, state, &state.cut_after, |sent| {
            state.carried.fetch_add(sent.len() as u64, Ordering::SeqCst);
            state.said.lock().unwrap().extend(sent);
        });
        let _ = phone.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    });
}

/// Carries one way until it ends, whole or cut; whether it was whole.
fn pass(mut from: &TcpStream, mut to: &TcpStream, state: &State, cut: &AtomicUsize, note: impl Fn(&[u8])) -> bool {
    let mut bytes = [0; 512];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        if !state.up.load(Ordering::SeqCst) {
            return false;
        }
        let left = cut.load(Ordering::SeqCst);
        let sent = read.min(left);
        if left != WHOLE {
            cut.store(left - sent, Ordering::SeqCst);
        }
        note(&bytes[..sent]);
        if to.write_all(&bytes[..sent]).is_err() || sent < read {
            cut.store(WHOLE, Ordering::SeqCst);
            return false;
        }
    }
    true
}
