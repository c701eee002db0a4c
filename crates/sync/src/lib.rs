//! How books come to agree.
//!
//! A field's value is a function of the *set* of its changes, so order, repeats and lost replies cannot matter.
//! Nothing here knows SQL, HTTP, a clock or chance.

mod answer;
mod aside;
mod bundle;
mod chain;
mod enrol;
mod entry;
mod exchange;
mod settle;
mod shelf;
mod slice;
mod stamp;
mod wire;

pub use answer::{Ledger, answer};
pub use aside::{Aside, Asides};
pub use bundle::{BUNDLE_LIFE, Rescue, Said, Spoilt, bundle, recovery_of, rescue, rescued, seal_for, unbundle};
pub use chain::{Chain, Head, NO_CHAIN, follow};
pub use enrol::{Code, Enrol, Held, Look, Mistyped, Opening, Seen, Ticket, Welcome, challenge, sign, six_digits};
pub use entry::{Broken, Change, Entry, Hash, LONGEST_ENTRY, Place, Sealed, content, device_of, hash_of, seal};
pub use exchange::{Ask, Backfill, Carried, Cursor, PROTO, Part, Refusal, Reply, Verdict, scope_of};
pub use settle::{Row, Settled, Written, settle};
pub use shelf::Shelf;
pub use slice::{MOST_PIECES, Slice};
pub use stamp::{Clock, Stamp};
pub use wire::{BIGGEST_INFLATED, BIGGEST_REQUEST, Cut, Messages, Unreadable, pack, pack_all, unpack};

pub use ed25519_dalek::{Signature, SigningKey, VerifyingKey};
