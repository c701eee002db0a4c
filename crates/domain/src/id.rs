//! Names for records: one type per kind, so a meeting is never taken for a member.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::{Config, TS};
use uuid::Uuid;

use crate::{Record, Value};

/// The name of one record of kind `T`: 16 bytes in SQL and on the wire, a branded string on screen.
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// Takes a name from outside for what it says it is.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The bare name.
    pub const fn uuid(self) -> Uuid {
        self.0
    }

    /// The one name that follows from `parts`, wherever it is worked out.
    pub fn made_from(parts: &[Value]) -> Self {
        Self::new(made_from(parts))
    }
}

/// The one name that follows from `parts`. No version may work it out otherwise: it is in every book, and entries
/// leave it out.
pub(crate) fn made_from(parts: &[Value]) -> Uuid {
    let bytes: Vec<u8> = parts.iter().flat_map(|part| name_of(part).into_bytes()).collect();
    Uuid::new_v5(&Uuid::NAMESPACE_OID, &bytes)
}

/// A link is a name already; a number or a word has one made of it.
fn name_of(part: &Value) -> Uuid {
    match part {
        Value::Nothing => Uuid::nil(),
        Value::Link(uuid) => *uuid,
        Value::Number(number) => Uuid::new_v5(&Uuid::NAMESPACE_OID, &number.to_be_bytes()),
        Value::Text(text) => Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()),
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Uuid::deserialize(from).map(Self::new)
    }
}
impl<T: Record> TS for Id<T> {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &Config) -> String {
        format!("Id<'{}'>", T::TABLE.name)
    }
    fn inline(config: &Config) -> String {
        Self::name(config)
    }
}
