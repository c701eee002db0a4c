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
    /// After how many bytes of answers the line breaks, once.
    cut_after: AtomicUsize,
    /// Bytes of answers carried.
    carried: AtomicU64,
}

impl Line {
    pub fn to(server: &str) -> Self {
        let (scheme, there) = server.split_once("://").unwrap();
        let there: Mutex<SocketAddr> = Mutex::new(there.parse().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("{scheme}://{}", listener.local_addr().unwrap());
        let state = Arc::new(State { there, up: true.into(), cut_after: WHOLE.into(), carried: 0.into() });
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
    let (mut up_from, mut up_to) = (phone.try_clone().unwrap(), server.try_clone().unwrap());
    thread::scope(|scope| {
        scope.spawn(|| {
            let _ = std::io::copy(&mut up_from, &mut up_to);
            let _ = up_to.shutdown(Shutdown::Write);
        });
        answers(&server, &phone, state);
        let _ = phone.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    });
}

fn answers(mut server: &TcpStream, mut phone: &TcpStream, state: &State) {
    let mut bytes = [0; 512];
    while let Ok(count @ 1..) = server.read(&mut bytes) {
        if !state.up.load(Ordering::SeqCst) {
            return;
        }
        let left = state.cut_after.load(Ordering::SeqCst);
        let sent = count.min(left);
        if left != WHOLE {
            state.cut_after.store(left - sent, Ordering::SeqCst);
        }
        state.carried.fetch_add(sent as u64, Ordering::SeqCst);
        if phone.write_all(&bytes[..sent]).is_err() || sent < count {
            state.cut_after.store(WHOLE, Ordering::SeqCst);
            return;
        }
    }
}
