//! A record that two devices wrote differently: only what differs, who wrote what and when, settled for everybody by one
//! choice. Nothing is lost until then.

use domain::{Field, Kind, Meeting, Moment, Record, Table, Value};
use serde::{Deserialize, Serialize};
use store::Edit;
use ts_rs::TS;
use uuid::Uuid;

use super::{
    person::{FieldKind, MASKED, kind_of, mask, shown, typed},
    said::spoken,
};
use crate::{Action, App, Code, Trouble, desk::Desk, meeting::choices, time};

/// A record with what differs in it.
#[derive(Debug, Serialize, TS)]
pub struct Clash {
    /// What the record is called.
    pub name: String,
    /// The fields that differ, in the order of the declaration.
    pub fields: Vec<ClashField>,
}

/// One field that differs.
#[derive(Debug, Serialize, TS)]
pub struct ClashField {
    /// A key of `person` in the text catalogue.
    pub name: &'static str,
    /// How it is typed, where neither value is right.
    pub kind: FieldKind,
    /// What may be chosen.
    pub choices: Vec<String>,
    /// What stands, and after it what others wrote.
    pub values: Vec<Written>,
    /// Whether all of them can be kept, one under the other.
    pub joins: bool,
}

/// One value of it.
#[derive(Debug, Serialize, TS)]
pub struct Written {
    /// The value; masked where it must be.
    pub value: Option<String>,
    /// Whose device wrote it.
    pub device: String,
    /// Whether it is this device.
    pub this_one: bool,
    /// When.
    pub at: Option<Moment>,
}

/// A text that may be so long is written in lines, which can stand one under the other.
const LINES: usize = 1000;

impl Desk {
    /// What a record is called on a screen: by its title, or by the day of its meeting.
    pub(super) fn called(&self, table: &Table, id: Uuid) -> Result<String, Trouble> {
        let meeting = match table.name == Meeting::TABLE.name {
            true => Some(id),
            false => self.book.value(table, id, "meeting")?.and_then(|meeting| meeting.as_link()),
        };
        let title = if meeting == Some(id) { String::new() } else { self.title(table.name, id)? };
        let (true, Some(meeting)) = (title.is_empty(), meeting) else { return Ok(title) };
        let planned = self.title(Meeting::TABLE.name, meeting)?;
        let part = |from: usize, to: usize| planned.get(from..to).unwrap_or_default();
        Ok(format!("{}/{}/{}", part(8, 10), part(5, 7), part(0, 4)))
    }

    fn clash(&self, table: &Table, id: Uuid) -> Result<Clash, Trouble> {
        if self.book.log_of(table, id)?.is_none() {
            return Err(Code::NotFound.into());
        }
        let mut fields = Vec::new();
        for field in table.columns() {
            let others = self.book.others(table, id, field.name)?;
            if !others.is_empty() {
                let (device, at) = self.book.author(table, id, field.name)?.unwrap_or_default();
                let stands = self.book.value(table, id, field.name)?.unwrap_or(Value::Nothing);
                let written = others.into_iter().map(|other| (other.value, other.device, other.at));
                fields.push(ClashField {
                    name: field.name,
                    kind: kind_of(field),
                    choices: choices(field.kind),
                    values: [(stands, device, at)]
                        .into_iter()
                        .chain(written)
                        .map(|(value, device, at)| {
                            let value = shown(value);
                            Ok(Written {
                                value: value.map(|v| if MASKED.contains(&field.name) { mask(&v) } else { v }),
                                device: self.device_name(device)?,
                                this_one: device == Some(self.book.device()),
                                at: (at > 0).then(|| time::moment(at)),
                            })
                        })
                        .collect::<Result<_, Trouble>>()?,
                    joins: joins(field),
                });
            }
        }
        Ok(Clash { name: self.called(table, id)?, fields })
    }

    /// Whether a record waits for a choice.
    pub(super) fn differs(&self, table: &Table, id: Uuid) -> Result<bool, Trouble> {
        Ok(self.book.asking(table)?.contains(&id))
    }
}

fn joins(field: &Field) -> bool {
    matches!(field.kind, Kind::Text) && field.longest >= LINES
}

/// Asks what differs in a record.
#[derive(Deserialize, TS)]
pub struct GetClash {
    table: String,
    id: Uuid,
}

impl Action for GetClash {
    const NAME: &'static str = "clash";
    type Reply = Clash;

    fn run(self, app: &App) -> Result<Clash, Trouble> {
        let table = Table::find(domain::TABLES, &self.table).ok_or(Code::NotFound)?;
        app.at_desk(|desk| desk.clash(table, self.id))
    }
}

/// Settles what differs in a record, all of it at once.
#[derive(Deserialize, TS)]
pub struct Settle {
    table: String,
    id: Uuid,
    fields: Vec<Settled>,
}

/// What one field is to say: one of the values, or what is typed, or all of them one under the other.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct Settled {
    field: String,
    /// How many values there were to choose from: where there are others by now, they are shown first.
    of: usize,
    /// 0 keeps what stands, 1 takes the first after it, and so on.
    choose: Option<usize>,
    /// Typed, where none is right.
    value: Option<String>,
}

impl Action for Settle {
    const NAME: &'static str = "settle";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        let table = Table::find(domain::TABLES, &self.table).ok_or(Code::NotFound)?;
        app.at_desk(|desk| {
            let log = desk.book.log_of(table, self.id)?.ok_or(Code::NotFound)?;
            let edits = self.fields.iter().map(|one| desk.settled(table, self.id, one)).collect::<Result<_, _>>()?;
            desk.write(log, edits, None)
        })
    }
}

impl Desk {
    fn settled(&self, table: &'static Table, id: Uuid, said: &Settled) -> Result<Edit, Trouble> {
        let (_, field) = table.column(&said.field).ok_or(Code::NotFound)?;
        let stands = self.book.value(table, id, field.name)?.ok_or(Code::NotFound)?;
        let others = self.book.others(table, id, field.name)?.into_iter().map(|other| other.value);
        let mut all: Vec<Value> = [stands].into_iter().chain(others).collect();
        if all.len() != said.of {
            return Err(Code::Decided.into());
        }
        let value = match (said.choose, &said.value) {
            (Some(at), _) if at < all.len() => all.swap_remove(at),
            (None, Some(value)) => typed(field, value)?,
            // The oldest first, as they would have been written one after the other.
            (None, None) if joins(field) => {
                Value::Text(spoken(&all.iter().rev().filter_map(Value::as_text).collect::<Vec<_>>().join("\n")))
            }
            _ => return Err(Code::NotFound.into()),
        };
        Ok(Edit { table, id, field: field.name, value })
    }
}
