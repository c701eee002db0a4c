//! The keys of a book: sealed under the device keystore's secret and the PIN, with tries that are counted
//! before they are made.

mod rescue;

use std::{
    fs,
    path::{Path, PathBuf},
};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use hkdf::Hkdf;
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{Error, Item, Keystore, Kind, Result, keystore::put};

/// What opens a book and signs in its holder's name.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Keys {
    /// The database key.
    pub book: [u8; 32],
    /// The seed of the device's Ed25519 key.
    pub seed: [u8; 32],
}

/// How much work one guess at a PIN is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory, KiB.
    pub kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// Refused when read below this.
    pub const FLOOR: Cost = Cost { kib: 19 * 1024, passes: 2 };
    /// Refused when read above this: a file that was spoilt would take all memory there is, or for ever.
    pub const CEILING: Cost = Cost { kib: 128 * 1024, passes: 24 };
    /// What a book begins with, raised where the device is quick.
    pub const USUAL: Cost = Cost { kib: 32 * 1024, passes: 3 };

    /// Does the work of one guess, so that the caller can see how long it takes here.
    pub fn try_out(self) {
        let _ = self.stretch(b"", &[0; 16]);
    }

    fn is_usual(self) -> bool {
        let (floor, ceiling) = (Cost::FLOOR, Cost::CEILING);
        (floor.kib..=ceiling.kib).contains(&self.kib) && (floor.passes..=ceiling.passes).contains(&self.passes)
    }

    fn stretch(self, pin: &[u8], salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>> {
        let params = Params::new(self.kib, self.passes, 1, Some(32)).map_err(|_| Error::Broken)?;
        let mut guess = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin, salt, guess.as_mut())
            .map_err(|_| Error::Broken)?;
        Ok(guess)
    }
}

/// How a book is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locked {
    /// There is no book here.
    Vacant,
    /// There is one; a PIN opens it.
    Sealed {
        /// How many digits the PIN has.
        digits: u8,
        /// Tries before the next wait, or before the end.
        tries_left: u32,
        /// Seconds until the next try.
        wait: u64,
    },
    /// The secret was destroyed after too many tries.
    Destroyed,
}

/// Why a PIN did not open the book.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Not the PIN.
    #[error("wrong PIN")]
    WrongPin(Locked),
    /// Too soon after too many wrong ones.
    #[error("too soon")]
    Wait(Locked),
    /// The secret is destroyed.
    #[error("destroyed")]
    Destroyed,
    /// The files could not be read or written.
    #[error(transparent)]
    Book(#[from] Error),
}

/// What a book's folder holds beside the keystore.
const FILES: [&str; 11] = [
    "keys.a",
    "keys.b",
    "label",
    rescue::ENVELOPE,
    "book.db",
    "book.db-wal",
    "book.db-shm",
    "keystore.name",
    "keys.new",
    "label.new",
    "envelope.new",
];
/// The tries before anything happens.
const FREE: u32 = 5;
/// Seconds to wait after the fifth, sixth … wrong try.
const WAITS: [u64; 5] = [30, 5 * 60, 30 * 60, 2 * 3600, 2 * 3600];
/// The try that destroys.
const LAST: u32 = 10;

#[derive(Serialize, Deserialize)]
struct Slot {
    turn: u64,
    digits: u8,
    cost: Cost,
    salt: [u8; 16],
    nonce: [u8; 24],
    sealed: Vec<u8>,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct Tries {
    wrong: u32,
    /// When the last was made, seconds since 1970.
    at: u64,
}

/// The sealed keys in the book's folder.
pub struct Vault {
    home: PathBuf,
    keystore: Box<dyn Keystore>,
}

impl Vault {
    /// The vault in `home`.
    pub fn new(home: &Path, keystore: Box<dyn Keystore>) -> Self {
        Self { home: home.to_owned(), keystore }
    }

    /// Where the secret lies.
    pub fn keystore(&self) -> Kind {
        self.keystore.kind()
    }

    /// How the book is locked, at `now` in seconds since 1970.
    pub fn locked(&self, now: u64) -> Result<Locked> {
        let Some(slot) = self.slot()? else { return Ok(Locked::Vacant) };
        if self.keystore.read(Item::Secret)?.is_none() {
            return Ok(Locked::Destroyed);
        }
        Ok(self.tries()?.locked(slot.digits, now))
    }

    /// Draws new keys and seals them under a new secret and `pin`.
    pub fn create(&self, pin: &str, cost: Cost, chance: &mut impl CryptoRng) -> Result<Keys> {
        fs::create_dir_all(&self.home)?;
        #[cfg(unix)]
        fs::set_permissions(&self.home, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        let mut secret = Zeroizing::new([0; 32]);
        let mut keys = Keys { book: [0; 32], seed: [0; 32] };
        chance.fill_bytes(secret.as_mut());
        chance.fill_bytes(&mut keys.book);
        chance.fill_bytes(&mut keys.seed);
        self.keystore.keep(Item::Secret, secret.as_ref())?;
        // Before there is anything to open: keys without a counter are taken for a thief's work.
        self.put_tries(Tries::default())?;
        self.seal(&keys, pin, cost, chance)?;
        Ok(keys)
    }

    /// Tries a PIN at `now`, seconds since 1970. The try is counted before it is made.
    pub fn open(&self, pin: &str, now: u64) -> Result<Keys, Refused> {
        let slot = self.slot()?.ok_or(Error::Broken)?;
        let secret = self.keystore.read(Item::Secret)?.ok_or(Refused::Destroyed)?;
        let mut tries = self.tries()?;
        if tries.wrong >= LAST {
            // The power went between the last try and what it brings.
            self.keystore.destroy(Item::Secret)?;
            return Err(Refused::Destroyed);
        }
        let locked = tries.locked(slot.digits, now);
        if let Locked::Sealed { wait: 1.., .. } = locked {
            if now < tries.at {
                // The try was made by a clock that was ahead: the whole wait begins now, not when that day comes.
                self.put_tries(Tries { at: now, ..tries })?;
            }
            return Err(Refused::Wait(locked));
        }
        tries = Tries { wrong: tries.wrong + 1, at: now };
        self.put_tries(tries)?;
        match slot.open(&secret, pin)? {
            Some(keys) => {
                self.put_tries(Tries::default())?;
                Ok(keys)
            }
            None if tries.wrong >= LAST => {
                self.keystore.destroy(Item::Secret)?;
                Err(Refused::Destroyed)
            }
            None => Err(Refused::WrongPin(tries.locked(slot.digits, now))),
        }
    }

    /// Seals the keys under another PIN.
    pub fn change(&self, keys: &Keys, pin: &str, chance: &mut impl CryptoRng) -> Result<()> {
        let cost = self.slot()?.ok_or(Error::Broken)?.cost;
        self.seal(keys, pin, cost, chance)
    }

    /// Clears away a book that cannot be opened any more.
    pub fn forget(&self) -> Result<()> {
        for item in Item::ALL {
            self.keystore.destroy(item)?;
        }
        for name in FILES {
            match fs::remove_file(self.home.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Words to show above the PIN pad, sealed under the secret alone.
    pub fn label(&self) -> Option<String> {
        let secret = self.keystore.read(Item::Secret).ok()??;
        let bytes = fs::read(self.home.join("label")).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(24)?;
        let plain = cipher(&secret, b"sotay label").decrypt(XNonce::from_slice(nonce), sealed).ok()?;
        String::from_utf8(plain).ok()
    }

    /// Keeps the words to show above the PIN pad.
    pub fn put_label(&self, label: &str, chance: &mut impl CryptoRng) -> Result<()> {
        let secret = self.keystore.read(Item::Secret)?.ok_or(Error::Broken)?;
        let mut bytes = vec![0; 24];
        chance.fill_bytes(&mut bytes);
        let nonce = *XNonce::from_slice(&bytes);
        let sealed = cipher(&secret, b"sotay label").encrypt(&nonce, label.as_bytes());
        bytes.extend(sealed.map_err(|_| Error::Broken)?);
        put(&self.home.join("label"), &bytes)
    }

    fn seal(&self, keys: &Keys, pin: &str, cost: Cost, chance: &mut impl CryptoRng) -> Result<()> {
        let secret = self.keystore.read(Item::Secret)?.ok_or(Error::Broken)?;
        let turn = self.slot()?.map_or(0, |slot| slot.turn + 1);
        let digits = pin.chars().count() as u8;
        let mut slot = Slot { turn, digits, cost, salt: [0; 16], nonce: [0; 24], sealed: Vec::new() };
        chance.fill_bytes(&mut slot.salt);
        chance.fill_bytes(&mut slot.nonce);
        let plain = Zeroizing::new(postcard::to_stdvec(keys).map_err(|_| Error::Broken)?);
        let sealed = slot.cipher(&secret, pin)?.encrypt(XNonce::from_slice(&slot.nonce), plain.as_ref());
        slot.sealed = sealed.map_err(|_| Error::Broken)?;
        // Two slots in turn: a power cut while one is written leaves the other.
        let name = if turn % 2 == 0 { "keys.a" } else { "keys.b" };
        put(&self.home.join(name), &postcard::to_stdvec(&slot).map_err(|_| Error::Broken)?)?;
        if turn > 0 {
            // The old PIN must not open the book any more.
            let old = if turn % 2 == 0 { "keys.b" } else { "keys.a" };
            let _ = fs::remove_file(self.home.join(old));
        }
        Ok(())
    }

    fn slot(&self) -> Result<Option<Slot>> {
        let mut newest: Option<Slot> = None;
        let mut there = false;
        for name in ["keys.a", "keys.b"] {
            let bytes = match fs::read(self.home.join(name)) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error.into()),
            };
            there = true;
            let Ok(slot) = postcard::from_bytes::<Slot>(&bytes) else { continue };
            if slot.cost.is_usual() && newest.as_ref().is_none_or(|known| known.turn < slot.turn) {
                newest = Some(slot);
            }
        }
        if there && newest.is_none() { Err(Error::Broken) } else { Ok(newest) }
    }

    /// A counter that is gone or cannot be read leaves the last try: else who removes it could go on for ever.
    fn tries(&self) -> Result<Tries> {
        let bytes = self.keystore.read(Item::Tries)?.unwrap_or_default();
        Ok(postcard::from_bytes(&bytes).unwrap_or(Tries { wrong: LAST - 1, at: 0 }))
    }

    fn put_tries(&self, tries: Tries) -> Result<()> {
        self.keystore.keep(Item::Tries, &postcard::to_stdvec(&tries).map_err(|_| Error::Broken)?)
    }
}

impl Tries {
    fn locked(&self, digits: u8, now: u64) -> Locked {
        let asked = self.wrong.checked_sub(FREE).and_then(|over| WAITS.get(over as usize));
        // A clock set back does not shorten the wait.
        let passed = now.saturating_sub(self.at);
        let wait = asked.map_or(0, |wait| wait.saturating_sub(passed));
        let tries_left = if self.wrong < FREE { FREE - self.wrong } else { LAST.saturating_sub(self.wrong) };
        Locked::Sealed { digits, tries_left, wait }
    }
}

impl Slot {
    fn cipher(&self, secret: &[u8], pin: &str) -> Result<XChaCha20Poly1305> {
        let guess = self.cost.stretch(pin.as_bytes(), &self.salt)?;
        Ok(cipher(&Zeroizing::new([secret, guess.as_ref()].concat()), b"sotay keys"))
    }

    fn open(&self, secret: &[u8], pin: &str) -> Result<Option<Keys>> {
        let plain = self.cipher(secret, pin)?.decrypt(XNonce::from_slice(&self.nonce), self.sealed.as_ref());
        let Ok(plain) = plain.map(Zeroizing::new) else { return Ok(None) };
        postcard::from_bytes(&plain).map(Some).map_err(|_| Error::Broken)
    }
}

fn cipher(secret: &[u8], what: &[u8]) -> XChaCha20Poly1305 {
    let mut key = Zeroizing::new([0; 32]);
    // Only an output of more than 255 hashes can fail.
    let _ = Hkdf::<Sha256>::new(None, secret).expand(what, key.as_mut());
    XChaCha20Poly1305::new(Key::from_slice(key.as_ref()))
}
