//! A personal record, field by field: shown, masked where it must be, edited in place, settled where two devices differ.

use domain::{Field, Id, Kind, Member, Moment, Person, Record, Table, Value};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::lists::{DuesYear, PersonList};
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
    meeting::choices,
    time,
};

/// A personal record.
#[derive(Debug, Serialize, TS)]
pub struct PersonPage {
    /// Its name.
    pub id: Id<Person>,
    /// Its fields, in the order of the declaration.
    pub fields: Vec<PersonField>,
    /// What there is one of each year: ratings, badges.
    pub lists: Vec<PersonList>,
    /// The dues of this year.
    pub dues: DuesYear,
}

/// One field of it, or of a line of its lists.
#[derive(Debug, Serialize, TS)]
pub struct PersonField {
    /// A key of `person` in the text catalogue.
    pub name: &'static str,
    /// What it holds; masked where it must be.
    pub value: Option<String>,
    /// How it is edited.
    pub kind: FieldKind,
    /// What may be chosen.
    pub choices: Vec<String>,
    /// Whether `value` hides part of what is held.
    pub masked: bool,
    /// Whether it is said once, with the line that it names.
    pub once: bool,
    /// What other devices wrote, not having seen this.
    pub others: Vec<OtherValue>,
}

/// How a field is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// As words.
    Text,
    /// As a day.
    Date,
    /// By choosing.
    Choice,
    /// As a number.
    Number,
}

/// What another device wrote.
#[derive(Debug, Serialize, TS)]
pub struct OtherValue {
    /// The value.
    pub value: Option<String>,
    /// Whose device.
    pub device: String,
    /// When.
    pub at: Moment,
}

/// Numbers that identify a person: shown in full to nobody but their holder and those who edit them.
pub(super) const MASKED: &[&str] = &["personal_id", "card_no"];

impl Desk {
    /// The personal record of a member, where this device holds it.
    pub(super) fn person(&self, member: Id<Member>) -> Result<Option<PersonPage>, Trouble> {
        let id: Id<Person> = Id::made_from(&[member.into()]);
        if self.book.log_of(&Person::TABLE, id.uuid())?.is_none() {
            return Ok(None);
        }
        let fields = self.fields(&Person::TABLE, id.uuid())?;
        Ok(Some(PersonPage { id, fields, lists: self.lists(member)?, dues: self.dues(member)? }))
    }

    /// A record field by field, but for its links; of one that there is not yet, what it would be asked.
    pub(super) fn fields(&self, table: &Table, id: Uuid) -> Result<Vec<PersonField>, Trouble> {
        let values = self.book.values(table, id)?;
        let fields = table.fields.iter().zip(values).filter(|(field, _)| !matches!(field.kind, Kind::Link(_)));
        fields
            .map(|(field, value)| {
                let others = self.book.others(table, id, field.name)?;
                let masked = MASKED.contains(&field.name);
                let show = |value: Value| shown(value).map(|text| if masked { mask(&text) } else { text });
                Ok(PersonField {
                    name: field.name,
                    kind: kind_of(field),
                    choices: choices(field.kind),
                    masked: masked && value != Value::Nothing,
                    once: table.made_from.contains(&field.name),
                    value: show(value),
                    others: others
                        .into_iter()
                        .map(|other| {
                            Ok(OtherValue {
                                value: show(other.value),
                                device: self.device_name(other.device)?,
                                at: time::moment(other.at),
                            })
                        })
                        .collect::<Result<_, Trouble>>()?,
                })
            })
            .collect()
    }
}

pub(super) fn shown(value: Value) -> Option<String> {
    match value {
        Value::Nothing => None,
        Value::Number(number) => Some(number.to_string()),
        Value::Text(text) => Some(text),
        Value::Link(uuid) => Some(uuid.to_string()),
    }
}

/// `0450********`
pub(super) fn mask(text: &str) -> String {
    text.chars().enumerate().map(|(at, c)| if at < 4 { c } else { '*' }).collect()
}

pub(super) fn kind_of(field: &Field) -> FieldKind {
    match field.kind {
        Kind::Day => FieldKind::Date,
        Kind::Choice(_) => FieldKind::Choice,
        Kind::Number => FieldKind::Number,
        _ => FieldKind::Text,
    }
}

/// Sets one field.
#[derive(Deserialize, TS)]
pub struct EditPerson {
    member: Id<Member>,
    field: String,
    /// As typed; empty for nothing. A day as `2026-12-03` or `03/12/2026`.
    value: String,
}

impl Action for EditPerson {
    const NAME: &'static str = "edit_person";
    type Reply = PersonPage;

    fn run(self, app: &App) -> Result<PersonPage, Trouble> {
        app.at_desk(|desk| {
            let log = desk.about(self.member)?;
            let field = Person::TABLE.fields.iter().find(|field| field.name == self.field).ok_or(Code::NotFound)?;
            let id: Id<Person> = Id::made_from(&[self.member.into()]);
            let value = typed(field, &self.value)?;
            let edits = vec![edit(id, "member", self.member), edit(id, field.name, value)];
            desk.write(log, edits, None)?;
            desk.person(self.member)?.ok_or_else(|| Code::NotFound.into())
        })
    }
}

/// What was typed, as the field holds it.
pub(super) fn typed(field: &Field, typed: &str) -> Result<Value, Trouble> {
    let text = domain::clean(typed);
    if text.is_empty() {
        return Ok(Value::Nothing);
    }
    Ok(match field.kind {
        Kind::Number => Value::Number(text.parse().map_err(|_| Trouble::invalid(field.name, "not_a_number"))?),
        Kind::Day if text.contains('/') => {
            let mut parts = text.split('/');
            let mut next = || parts.next().unwrap_or_default();
            Value::Text(
                time::day_of(next(), next(), next()).ok_or_else(|| Trouble::invalid(field.name, "no_such_day"))?,
            )
        }
        _ if matches!(field.name, "phone" | "personal_id" | "card_no") => Value::Text(text.replace([' ', '.'], "")),
        _ => Value::Text(text),
    })
}
