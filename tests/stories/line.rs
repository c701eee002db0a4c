//! The line between a phone and the server: it can be cut, it can break in the middle of an answer, and it can be a weak
//! link.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use crate::weak::{PIECE, Weak, until};

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
    /// After how many bytes it breaks again, each time it broke.
    every: AtomicUsize,
    /// How often it broke.
    cuts: AtomicUsize,
    /// Bytes of answers carried.
    carried: AtomicU64,
    /// Bytes of questions carried.
    asked: AtomicU64,
    /// The answers themselves.
    said: Mutex<Vec<u8>>,
    /// Connections begun.
    begun: AtomicUsize,
    weak: Mutex<Option<Arc<Weak>>>,
    gate: Gate,
}

/// Where a connection waits that has carried much: whoever comes with little goes by.
struct Gate {
    /// After how many bytes, and how many the one has carried that waits.
    at: Mutex<(usize, usize)>,
    turned: Condvar,
}

impl Gate {
    fn pass(&self, carried: usize) {
        let mut at = self.at.lock().unwrap();
        while carried > at.0 {
            if carried > at.1 {
                at.1 = carried;
                self.turned.notify_all();
            }
            at = self.turned.wait(at).unwrap();
        }
    }
}

/// While this is kept, whoever has carried much waits.
pub struct Held<'a>(&'a Gate);

impl Held<'_> {
    /// Who waits goes on until it has carried so many bytes.
    pub fn until(&self, bytes: usize) {
        *self.0.at.lock().unwrap() = (bytes, 0);
        self.0.turned.notify_all();
    }

    /// Comes back once a connection waits. Far too long without one means that none will come.
    pub fn waits(&self) {
        let long = Duration::from_secs(100);
        let (at, never) = self.0.turned.wait_timeout_while(self.0.at.lock().unwrap(), long, |at| at.1 <= at.0).unwrap();
        drop(at);
        assert!(!never.timed_out(), "no connection carried that much");
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.until(WHOLE);
    }
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
            every: WHOLE.into(),
            cuts: 0.into(),
            carried: 0.into(),
            asked: 0.into(),
            said: Mutex::default(),
            begun: 0.into(),
            weak: Mutex::default(),
            gate: Gate { at: Mutex::new((WHOLE, 0)), turned: Condvar::new() },
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

    /// From the next connection on it is a weak link.
    pub fn weak(&self, weak: &Arc<Weak>) {
        *self.state.weak.lock().unwrap() = Some(Arc::clone(weak));
    }

    /// The next answers break off after so many bytes in all.
    pub fn cut_after(&self, bytes: usize) {
        self.state.cut_after.store(bytes, Ordering::SeqCst);
    }

    /// The next questions break off after so many bytes in all.
    pub fn cut_up_after(&self, bytes: usize) {
        self.state.cut_up_after.store(bytes, Ordering::SeqCst);
    }

    /// From now on answers, and questions, break off each time so many bytes were carried.
    pub fn cut_every(&self, bytes: usize) {
        self.state.every.store(bytes, Ordering::SeqCst);
        self.cut_after(bytes);
        self.cut_up_after(bytes);
    }

    /// How often the line broke.
    pub fn cuts(&self) -> usize {
        self.state.cuts.load(Ordering::SeqCst)
    }

    /// Nothing breaks off any more.
    pub fn mend(&self) {
        self.state.every.store(WHOLE, Ordering::SeqCst);
        self.cut_after(WHOLE);
        self.cut_up_after(WHOLE);
    }

    /// A connection that has carried more than so many bytes, both ways together, waits until it is let go.
    pub fn hold_after(&self, bytes: usize) -> Held<'_> {
        let held = Held(&self.state.gate);
        held.until(bytes);
        held
    }

    /// How many connections were begun.
    pub fn begun(&self) -> usize {
        self.state.begun.load(Ordering::SeqCst)
    }

    /// The answers carried so far, byte for byte.
    pub fn said(&self) -> Vec<u8> {
        self.state.said.lock().unwrap().clone()
    }

    /// Bytes of questions carried so far.
    pub fn asked(&self) -> u64 {
        self.state.asked.load(Ordering::SeqCst)
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
    state.begun.fetch_add(1, Ordering::SeqCst);
    let weak = state.weak.lock().unwrap().clone();
    let weak = weak.as_deref();
    weak.inspect(|weak| weak.greet());
    let there = *state.there.lock().unwrap();
    let Ok(server) = TcpStream::connect(there) else { return };
    let through = AtomicUsize::new(0);
    let gate = |bytes: &[u8]| state.gate.pass(through.fetch_add(bytes.len(), Ordering::SeqCst) + bytes.len());
    thread::scope(|scope| {
        scope.spawn(|| {
            let note = |sent: &[u8]| {
                let _ = state.asked.fetch_add(sent.len() as u64, Ordering::SeqCst);
            };
            let put = |bytes: &[u8]| {
                gate(bytes);
                put(&server, state, &state.cut_up_after, bytes, note)
            };
            if pass(&phone, weak.map(|weak| (weak, true)), put) {
                let _ = server.shutdown(Shutdown::Write);
            } else {
                let _ = server.shutdown(Shutdown::Both);
                let _ = phone.shutdown(Shutdown::Both);
            }
        });
        let note = |sent: &[u8]| {
            state.carried.fetch_add(sent.len() as u64, Ordering::SeqCst);
            state.said.lock().unwrap().extend(sent);
        };
        let put = |bytes: &[u8]| {
            gate(bytes);
            put(&phone, state, &state.cut_after, bytes, note)
        };
        pass(&server, weak.map(|weak| (weak, false)), put);
        let _ = phone.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    });
}

/// Carries one way until it ends, whole or cut; whether it was whole.
fn pass(from: &TcpStream, weak: Option<(&Weak, bool)>, put: impl Fn(&[u8]) -> bool + Send) -> bool {
    let Some((weak, up)) = weak else { return read(from, put) };
    // What is on its way is in nobody's hands: the next piece leaves while it flies.
    let (leave, fly) = mpsc::channel::<(std::time::Instant, Vec<u8>)>();
    thread::scope(|scope| {
        let landed = scope.spawn(move || {
            let whole = fly.into_iter().all(|(then, bytes)| {
                until(then);
                put(&bytes)
            });
            if !whole {
                // Also where nobody sends anything more.
                let _ = from.shutdown(Shutdown::Both);
            }
            whole
        });
        let left = read(from, |bytes| {
            let there = weak.send(up, bytes.len());
            there.is_some_and(|there| leave.send((there, bytes.to_vec())).is_ok())
        });
        drop(leave);
        landed.join().unwrap() && left
    })
}

/// Reads pieces until there are no more; whether each was taken.
fn read(mut from: &TcpStream, take: impl Fn(&[u8]) -> bool) -> bool {
    let mut bytes = [0; PIECE];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        if !take(&bytes[..read]) {
            return false;
        }
    }
    true
}

/// Hands on as much as there is a line for; whether that was all.
fn put(mut to: &TcpStream, state: &State, cut: &AtomicUsize, bytes: &[u8], note: impl Fn(&[u8])) -> bool {
    if !state.up.load(Ordering::SeqCst) {
        return false;
    }
    let left = cut.load(Ordering::SeqCst);
    let sent = bytes.len().min(left);
    if left != WHOLE {
        cut.store(left - sent, Ordering::SeqCst);
    }
    note(&bytes[..sent]);
    if to.write_all(&bytes[..sent]).is_err() || sent < bytes.len() {
        cut.store(state.every.load(Ordering::SeqCst), Ordering::SeqCst);
        state.cuts.fetch_add(1, Ordering::SeqCst);
        return false;
    }
    true
}
