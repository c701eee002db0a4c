//! What a field may hold, whichever record it is of.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

/// One value of one field. Four shapes, for ever: a new kind of field is a new reading of one of them,
/// so that an old app can carry what it cannot read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// Nothing is written there.
    Nothing,
    /// A whole number; a yes or no is 1 or 0.
    Number(i64),
    /// Words, a choice, a day or a moment.
    Text(String),
    /// The name of another record.
    Link(Uuid),
}

impl Value {
    /// The words in it, if it holds any.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The record it names, if it names one.
    pub fn as_link(&self) -> Option<Uuid> {
        match self {
            Self::Link(uuid) => Some(*uuid),
            _ => None,
        }
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        match value {
            Value::Nothing => Json::Null,
            Value::Number(number) => number.into(),
            Value::Text(text) => text.into(),
            Value::Link(uuid) => uuid.to_string().into(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl<T> From<crate::Id<T>> for Value {
    fn from(id: crate::Id<T>) -> Self {
        Self::Link(id.uuid())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}
