//! A device: one phone or computer that may write in a member's name.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Id, Member, Merge::*, Moment, Record, Role, Table, link, moment, text};

/// A phone or computer, named after its public key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Device {
    /// The first 16 bytes of its public key's SHA-256.
    pub id: Id<Device>,
    /// Whose it is.
    pub member: Id<Member>,
    /// What its holder calls it.
    pub name: String,
    /// Its Ed25519 public key, 64 hexadecimal digits.
    pub public_key: String,
    /// When the server let it in.
    pub enrolled_at: Moment,
    /// When a second person agreed that it is the holder's. Until then it is a plain member's, whatever the holder is.
    pub confirmed_at: Option<Moment>,
    /// When it was shut out.
    pub revoked_at: Option<Moment>,
}

impl Record for Device {
    const TABLE: Table = Table::new::<Self>(
        "device",
        &[
            link("member", "member").merge(First).edit(&[Role::Server]),
            text("name").longest(60),
            text("public_key").merge(First).longest(64).edit(&[Role::Server]),
            moment("enrolled_at").merge(First).edit(&[Role::Server]),
            moment("confirmed_at")
                .optional()
                .merge(First)
                .edit(&[Role::Deputy, Role::Secretary, Role::Commune, Role::Province, Role::Server])
                .by_another(),
            // Whoever was shut out is not let in again by a later word; a new code makes a new device.
            moment("revoked_at").optional().merge(First),
        ],
    )
    .audience(Audience::Register)
    .own("member")
    .edit(&[Role::Secretary, Role::Commune, Role::Province, Role::Server]);
}
