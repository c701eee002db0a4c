//! A line that counts what goes over it, and that can break.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use anyhow::Result;

/// What went over the line since it was last asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counted {
    /// Bytes to the server, HTTP heads included.
    pub up: usize,
    /// Bytes back.
    pub down: usize,
    /// How often the device spoke after the server had.
    pub trips: usize,
    /// The server spoke last.
    answered: bool,
    /// Whether it broke.
    pub broke: bool,
    /// The line breaks once so many bytes have come back.
    cut: Option<usize>,
}

/// The line.
pub struct Meter {
    pub address: String,
    counted: Arc<Mutex<Counted>>,
}

impl Meter {
    /// A line to the server at `there`.
    pub fn to(there: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = format!("http://{}", listener.local_addr()?);
        let counted = Arc::new(Mutex::new(Counted { answered: true, ..Counted::default() }));
        let shared = Arc::clone(&counted);
        // It ends with the process.
        thread::spawn(move || {
            for device in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(there) else { continue };
                for up in [true, false] {
                    let ends = [&device, &server].map(TcpStream::try_clone);
                    let [Ok(device), Ok(server)] = ends else { continue };
                    let shared = Arc::clone(&shared);
                    thread::spawn(move || match up {
                        true => carry(device, server, true, &shared),
                        false => carry(server, device, false, &shared),
                    });
                }
            }
        });
        Ok(Self { address, counted })
    }

    /// What went over it since this was last asked.
    pub fn read(&self) -> Counted {
        std::mem::replace(&mut *hold(&self.counted), Counted { answered: true, ..Counted::default() })
    }

    /// Breaks the line once, after so many bytes of answers.
    pub fn cut_after(&self, down: usize) {
        hold(&self.counted).cut = Some(down);
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, up: bool, counted: &Mutex<Counted>) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(count) = from.read(&mut bytes) {
        if count == 0 {
            break;
        }
        let mut counted = hold(counted);
        // Up to the byte at which it breaks, all is carried: no more went over it, and no less.
        let left = counted.cut.filter(|_| !up).map_or(count, |cut| count.min(cut.saturating_sub(counted.down)));
        let whole = left == count;
        if up {
            counted.trips += usize::from(counted.answered);
            counted.up += left;
        } else {
            counted.down += left;
        }
        counted.answered = !up;
        if !whole {
            (counted.cut, counted.broke) = (None, true);
        }
        drop(counted);
        if to.write_all(bytes.get(..left).unwrap_or_default()).is_err() || !whole {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

fn hold(counted: &Mutex<Counted>) -> MutexGuard<'_, Counted> {
    counted.lock().unwrap_or_else(PoisonError::into_inner)
}
