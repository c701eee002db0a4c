//! Where the device keeps the secret that a book's keys are sealed under.

mod file;
mod system;

use std::path::Path;

use zeroize::Zeroizing;

use crate::Result;
pub use file::FileKeystore;
pub(crate) use file::put;
pub use system::SystemKeystore;

/// What a keystore holds for one book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// The secret under which the keys are sealed, together with the PIN.
    Secret,
    /// How often a PIN was tried: beside the secret, so that an old copy of the book's folder gives no tries back.
    Tries,
    /// The key that a rescued book is answered to.
    Rescue,
}

impl Item {
    pub(crate) const ALL: [Item; 3] = [Item::Secret, Item::Tries, Item::Rescue];

    fn name(self) -> &'static str {
        match self {
            Item::Secret => "keystore",
            Item::Tries => "tries",
            Item::Rescue => "rescue",
        }
    }
}

/// What kind of keystore it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The system's own.
    System,
    /// A file only its owner reads.
    File,
}

/// Where the device keeps what must not leave it.
pub trait Keystore: Send + Sync {
    /// What it is, for the screen to say.
    fn kind(&self) -> Kind;
    /// One of the things kept, if it is there.
    fn read(&self, item: Item) -> Result<Option<Zeroizing<Vec<u8>>>>;
    /// Keeps it from now on.
    fn keep(&self, item: Item, bytes: &[u8]) -> Result<()>;
    /// Destroys it; what was sealed under a destroyed secret is gone.
    fn destroy(&self, item: Item) -> Result<()>;
}

/// The keystore of the book in `home`: the one that it was made with; for a new book the system's, where `system` allows
/// and there is one.
pub fn find(home: &Path, system: bool) -> Box<dyn Keystore> {
    match SystemKeystore::known(home) {
        Some(known) => Box::new(known),
        None if system && !home.join(Item::Secret.name()).exists() && SystemKeystore::works() => {
            Box::new(SystemKeystore::new(home))
        }
        None => Box::new(FileKeystore::new(home)),
    }
}
