//! Get, list, add, edit, remove: what any record can be asked, for scripts and for screens without a verb of their own.

use domain::{Field, Id, Kind, Log, REMOVED, Table, Value};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use store::Edit;
use ts_rs::TS;
use uuid::Uuid;

use super::person::typed;
use crate::{Action, App, Code, Trouble, desk::Desk};

fn table(name: &str) -> Result<&'static Table, Trouble> {
    Table::find(domain::TABLES, name).ok_or_else(|| Code::NotFound.into())
}

/// A JSON value as the field holds it; what was typed is read and cleaned at this door.
fn value(field: &Field, json: &Json) -> Result<Value, Trouble> {
    let unreadable = || Trouble::invalid(field.name, "unreadable");
    Ok(match (field.kind, json) {
        (_, Json::Null) => Value::Nothing,
        (Kind::Flag, Json::Bool(yes)) => Value::Number(i64::from(*yes)),
        (Kind::Number | Kind::Flag, Json::Number(number)) => Value::Number(number.as_i64().ok_or_else(unreadable)?),
        (Kind::Link(_), Json::String(id)) => Value::Link(id.parse().map_err(|_| unreadable())?),
        (_, Json::String(text)) => typed(field, text)?,
        _ => return Err(unreadable()),
    })
}

fn edits(table: &'static Table, id: Uuid, values: &Map<String, Json>) -> Result<Vec<Edit>, Trouble> {
    values
        .iter()
        .map(|(name, json)| {
            let (_, field) = table.column(name).ok_or_else(|| Trouble::invalid(name, "unreadable"))?;
            Ok(Edit { table, id, field: field.name, value: value(field, json)? })
        })
        .collect()
}

impl Desk {
    fn json(&self, table: &Table, id: Uuid) -> Result<Json, Trouble> {
        if self.book.log_of(table, id)?.is_none() {
            return Err(Code::NotFound.into());
        }
        Ok(table.json(id, self.book.values(table, id)?))
    }

    /// Where a new record goes: the log of its unit, or of the person it is about.
    fn place(&self, table: &Table, edits: &[Edit]) -> Result<Log, Trouble> {
        let link = |name: &str| edits.iter().find(|edit| edit.field == name).and_then(|edit| edit.value.as_link());
        match (table.audience, link("member")) {
            (audience, Some(member)) if audience.is_personal() => Ok(Log { audience, ..self.about(Id::new(member))? }),
            _ => Ok(Log::of(table.home.and_then(link).map_or(self.unit, Id::new), table.audience)),
        }
    }

    /// What brings a record back that was taken away.
    pub(super) fn back(&self, table: &'static Table, id: Uuid) -> Result<Option<Edit>, Trouble> {
        let away = self.book.value(table, id, REMOVED.name)? == Some(Value::Number(1));
        Ok(away.then_some(Edit { table, id, field: REMOVED.name, value: Value::Number(0) }))
    }
}

/// One record by its id.
#[derive(Deserialize, TS)]
pub struct Get {
    table: String,
    id: Uuid,
}

impl Action for Get {
    const NAME: &'static str = "get";
    type Reply = Json;

    fn run(self, app: &App) -> Result<Json, Trouble> {
        let table = table(&self.table)?;
        app.at_desk(|desk| desk.json(table, self.id))
    }
}

/// Every record of a table that this device holds.
#[derive(Deserialize, TS)]
pub struct List {
    table: String,
}

impl Action for List {
    const NAME: &'static str = "list";
    type Reply = Vec<Json>;

    fn run(self, app: &App) -> Result<Vec<Json>, Trouble> {
        let table = table(&self.table)?;
        app.at_desk(|desk| desk.book.ids(table)?.into_iter().map(|id| desk.json(table, id)).collect())
    }
}

/// Adds a record.
#[derive(Deserialize, TS)]
pub struct Add {
    table: String,
    #[ts(type = "Record<string, unknown>")]
    values: Map<String, Json>,
}

impl Action for Add {
    const NAME: &'static str = "add";
    type Reply = Json;

    fn run(self, app: &App) -> Result<Json, Trouble> {
        let table = table(&self.table)?;
        app.at_desk(|desk| {
            let mut made = edits(table, Uuid::nil(), &self.values)?;
            let said = |made: &[Edit], field: &str| made.iter().any(|edit| edit.field == field);
            if let Some((_, home)) = table.home.and_then(|home| table.column(home))
                && !said(&made, home.name)
            {
                let value = match home.kind {
                    Kind::Link("member") => desk.me.into(),
                    _ => desk.unit.into(),
                };
                made.push(Edit { table, id: Uuid::nil(), field: home.name, value });
            }
            // A number, a flag and a choice have a blank that says something; nothing else has.
            let speaks = |field: &&Field| matches!(field.kind, Kind::Number | Kind::Flag | Kind::Choice(_));
            let missing = table.fields.iter().filter(|field| !speaks(field) && !said(&made, field.name));
            let faults: Vec<_> = missing.filter_map(|field| field.check(&Value::Nothing).err()).collect();
            if !faults.is_empty() {
                return Err(faults.into());
            }
            let from = |part: &str| Some(made.iter().find(|edit| edit.field == part)?.value.clone());
            let id = table.id_from(from).unwrap_or_else(Uuid::now_v7);
            let back = desk.back(table, id)?;
            // Adding never writes over: who means to change what is there has it before their eyes and edits it.
            if let Some(part) = table.made_from.last()
                && back.is_none()
                && desk.book.log_of(table, id)?.is_some()
            {
                return Err(Trouble::invalid(part, "already_there"));
            }
            let log = desk.place(table, &made)?;
            let made = made.into_iter().map(|edit| Edit { id, ..edit });
            desk.write(log, made.chain(back).collect(), None)?;
            desk.json(table, id)
        })
    }
}

/// Changes fields of a record.
#[derive(Deserialize, TS)]
pub struct EditRecord {
    table: String,
    id: Uuid,
    #[ts(type = "Record<string, unknown>")]
    values: Map<String, Json>,
}

impl Action for EditRecord {
    const NAME: &'static str = "edit";
    type Reply = Json;

    fn run(self, app: &App) -> Result<Json, Trouble> {
        let table = table(&self.table)?;
        app.at_desk(|desk| {
            let log = desk.book.log_of(table, self.id)?.ok_or(Code::NotFound)?;
            desk.write(log, edits(table, self.id, &self.values)?, None)?;
            desk.json(table, self.id)
        })
    }
}

/// Takes a record away; `edit` with `removed: false` brings it back.
#[derive(Deserialize, TS)]
pub struct Remove {
    table: String,
    id: Uuid,
}

impl Action for Remove {
    const NAME: &'static str = "remove";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        let table = table(&self.table)?;
        app.at_desk(|desk| {
            let log = desk.book.log_of(table, self.id)?.ok_or(Code::NotFound)?;
            let away = Edit { table, id: self.id, field: REMOVED.name, value: Value::Number(1) };
            desk.write(log, vec![away], None)
        })
    }
}
