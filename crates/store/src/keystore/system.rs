//! The keystore of the system: Secret Service on Linux, Credential Manager on Windows, Keychain on Apple's,
//! the Android Keystore.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use keyring_core::{CredentialStore, Entry, Error as Refusal};
use zeroize::Zeroizing;

use super::{Item, Keystore, Kind, put};
use crate::{Error, Result};

/// Under what the system lists the items.
const SERVICE: &str = "vn.sotay.dangvien";
/// In the book's folder: the name that its items have in the system's keystore.
const NAME: &str = "keystore.name";

/// The system's own keystore, for one book.
pub struct SystemKeystore(PathBuf);

impl SystemKeystore {
    /// For a book in `home` that is to be made.
    pub(super) fn new(home: &Path) -> Self {
        Self(home.join(NAME))
    }

    /// For the book in `home`, if that was made with it.
    pub(super) fn known(home: &Path) -> Option<Self> {
        home.join(NAME).exists().then(|| Self::new(home))
    }

    /// Whether this machine has one that keeps what it is given.
    pub(super) fn works() -> bool {
        let tried = || -> Result<bool, Refusal> {
            let entry = store()?.build(SERVICE, "trial", None)?;
            entry.set_secret(b"trial")?;
            let kept = entry.get_secret()? == b"trial";
            entry.delete_credential()?;
            Ok(kept)
        };
        tried().unwrap_or(false)
    }

    fn entry(&self, item: Item) -> Result<Entry> {
        let name = fs::read_to_string(&self.0)?;
        Ok(store()?.build(SERVICE, &format!("{name}.{}", item.name()), None)?)
    }
}

impl Keystore for SystemKeystore {
    fn kind(&self) -> Kind {
        Kind::System
    }
    fn read(&self, item: Item) -> Result<Option<Zeroizing<Vec<u8>>>> {
        if !self.0.exists() {
            return Ok(None);
        }
        match self.entry(item)?.get_secret() {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(Refusal::NoEntry) => Ok(None),
            Err(refusal) => Err(refusal.into()),
        }
    }
    fn keep(&self, item: Item, bytes: &[u8]) -> Result<()> {
        if !self.0.exists() {
            // Before the item: an item without a name would lie there for ever.
            put(&self.0, uuid::Uuid::new_v4().simple().to_string().as_bytes())?;
        }
        Ok(self.entry(item)?.set_secret(bytes)?)
    }
    fn destroy(&self, item: Item) -> Result<()> {
        if !self.0.exists() {
            return Ok(());
        }
        match self.entry(item)?.delete_credential() {
            Ok(()) | Err(Refusal::NoEntry) => Ok(()),
            Err(refusal) => Err(refusal.into()),
        }
    }
}

/// The system's words stay out: they may name the person's collections.
impl From<Refusal> for Error {
    fn from(_: Refusal) -> Self {
        Self::Keystore
    }
}

/// Asked for once: what it talks to is there for as long as the person is logged in.
fn store() -> Result<&'static Arc<CredentialStore>, Refusal> {
    static STORE: OnceLock<Arc<CredentialStore>> = OnceLock::new();
    if let Some(store) = STORE.get() {
        return Ok(store);
    }
    let store = open()?;
    Ok(STORE.get_or_init(|| store))
}

#[cfg(all(unix, not(any(target_os = "macos", target_os = "ios", target_os = "android"))))]
fn open() -> Result<Arc<CredentialStore>, Refusal> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}
#[cfg(windows)]
fn open() -> Result<Arc<CredentialStore>, Refusal> {
    Ok(windows_native_keyring_store::Store::new()?)
}
#[cfg(target_os = "macos")]
fn open() -> Result<Arc<CredentialStore>, Refusal> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}
#[cfg(target_os = "ios")]
fn open() -> Result<Arc<CredentialStore>, Refusal> {
    Ok(apple_native_keyring_store::protected::Store::new()?)
}
#[cfg(target_os = "android")]
fn open() -> Result<Arc<CredentialStore>, Refusal> {
    Ok(android_native_keyring_store::Store::new()?)
}
