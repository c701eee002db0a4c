//! Files that somebody made to do harm, or that were damaged on their way, built here so that nothing that could harm lies in
//! the house. Every address in them leads to `door`, which must hear nothing.

mod picture;
mod sheet;
mod trick;
mod word;

use std::{
    io::{Cursor, Write as _},
    net::{SocketAddr, TcpListener},
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// How a file ends that is opened for publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Refused, and why.
    Refused(&'static str),
    /// Read, without harm.
    Read,
}

/// A file.
pub struct Hostile {
    /// What is wrong with it.
    pub what: &'static str,
    /// Its name, as it was given.
    pub name: String,
    pub bytes: Vec<u8>,
    pub end: End,
}

impl Hostile {
    fn new(what: &'static str, ending: &str, bytes: Vec<u8>, end: End) -> Self {
        Self { what, name: format!("{what}.{ending}"), bytes, end }
    }

    fn named(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }
}

/// What reads stands in a file that is read: as far as a reader of it comes.
pub const WORDS: &str = "Chi bo hop du";

/// All of them.
pub fn hostile(door: SocketAddr) -> Vec<Hostile> {
    let door = format!("http://{door}");
    let mut all = word::marked();
    all.extend(word::running(&door));
    all.extend(word::swollen(&door));
    all.extend(trick::disguised());
    all.extend(trick::named());
    all.extend(sheet::running(&door));
    all.extend(sheet::swollen());
    all.extend(sheet::locked());
    all.extend(picture::pictures(&door));
    all
}

/// Small files of each kind that nothing is wrong with.
pub fn good() -> Vec<Vec<u8>> {
    vec![word::file(&word::document(""), &[]), sheet::good(), picture::good(), picture::photo()]
}

/// A door that nobody may knock at.
pub fn door() -> (TcpListener, SocketAddr) {
    let door = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    door.set_nonblocking(true).expect("a listener may not wait");
    let address = door.local_addr().expect("it has an address");
    (door, address)
}

/// Whether nobody knocked.
pub fn silent(door: &TcpListener) -> bool {
    door.accept().is_err_and(|why| why.kind() == std::io::ErrorKind::WouldBlock)
}

/// A zip of these parts.
fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let small = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, small).expect("a name that a file may have");
        zip.write_all(bytes).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// As PDF and PNG hold what is made smaller.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let zip = pack(&[("a", bytes)]);
    let number = |at: usize| u16::from_le_bytes([zip[at], zip[at + 1]]) as usize;
    // Behind the head of the part, its name and what else it says.
    let start = 30 + number(26) + number(28);
    let list = zip.windows(4).rposition(|part| part == b"PK\x01\x02").expect("a zip has a list");
    let size = u32::from_le_bytes([zip[list + 20], zip[list + 21], zip[list + 22], zip[list + 23]]) as usize;
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    [&[0x78, 0x9c][..], &zip[start..start + size], &(high << 16 | low).to_be_bytes()].concat()
}
