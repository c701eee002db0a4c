//! What a field may hold, whichever record it is of.

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, IntoDeserializer, Visitor},
    forward_to_deserialize_any,
};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::Kind;

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

/// A value of a field of that kind, as the record's struct reads it.
pub(crate) struct Cell(pub Kind, pub Value);

impl<'de> IntoDeserializer<'de> for Cell {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Cell {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match (self.0, self.1) {
            (_, Value::Nothing) => visitor.visit_unit(),
            (Kind::Flag, Value::Number(number)) => visitor.visit_bool(number != 0),
            (_, Value::Number(number)) => visitor.visit_i64(number),
            (_, Value::Text(text)) => visitor.visit_string(text),
            (_, Value::Link(uuid)) => visitor.visit_str(uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.1 == Value::Nothing { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.1.as_text().unwrap_or_default().into_deserializer().deserialize_enum(name, variants, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
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
