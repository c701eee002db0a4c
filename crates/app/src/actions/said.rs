//! A text of a meeting as a screen shows it: what stands, and what other devices wrote that nobody has chosen from yet.

use std::collections::HashSet;

pub(super) use domain::spoken;
use domain::{Record, Table, Value};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::person::OtherValue;
use crate::{Trouble, desk::Desk, time};

/// A text that may wait for a choice.
#[derive(Debug, Serialize, TS)]
pub struct Said {
    /// What stands.
    pub value: Option<String>,
    /// What other devices wrote, not having seen it.
    pub others: Vec<OtherValue>,
}

/// What was said or pasted, for a field that may be left out.
pub(super) fn spoken_or_nothing(text: Option<&str>) -> Value {
    text.map(spoken).filter(|text| !text.is_empty()).map_or(Value::Nothing, Value::Text)
}

/// The records of one kind with texts that wait for a choice: few, so that the others need no second look.
pub(super) struct Asking(&'static Table, HashSet<Uuid>);

impl Asking {
    pub fn of<T: Record>(desk: &Desk) -> Result<Self, Trouble> {
        let table = const { &T::TABLE };
        Ok(Self(table, desk.book.asking(table)?.into_iter().collect()))
    }

    /// One text of one record.
    pub fn said(&self, desk: &Desk, id: Uuid, field: &str, value: Option<String>) -> Result<Said, Trouble> {
        let others = if self.1.contains(&id) { desk.other_texts(self.0, id, field)? } else { Vec::new() };
        Ok(Said { value: value.filter(|value| !value.is_empty()), others })
    }
}

impl Desk {
    fn other_texts(&self, table: &Table, id: Uuid, field: &str) -> Result<Vec<OtherValue>, Trouble> {
        let mut others = Vec::new();
        for other in self.book.others(table, id, field)? {
            others.push(OtherValue {
                value: other.value.as_text().map(str::to_owned),
                device: self.device_name(other.device)?,
                at: time::moment(other.at),
            });
        }
        Ok(others)
    }
}
