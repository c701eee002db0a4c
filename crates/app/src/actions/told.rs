//! What an entry says, in words that a screen can show whatever the record: a title for each record, and its fields.

use std::collections::{BTreeMap, btree_map::Entry};

use domain::{Field, Kind, Table, Value};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::{
    person::{FieldKind, MASKED, kind_of, mask},
    weigh::{Fate, Weighed},
};
use crate::{Trouble, desk::Desk};

/// What an entry says of one record.
#[derive(Debug, Serialize, TS)]
pub struct AsideRecord {
    /// The kind of record.
    pub what: String,
    /// Its title: a name, or a moment.
    pub title: String,
    /// The fields it sets.
    pub fields: Vec<AsideField>,
}

/// One field of it.
#[derive(Debug, Serialize, TS)]
pub struct AsideField {
    /// A key of `person` in the text catalogue.
    pub name: String,
    /// What it was set to; masked where it must be.
    pub value: Option<String>,
    /// How the value is read.
    pub kind: FieldKind,
    /// Whether taking the entry passes over it: something newer stands in the book, or it cannot be written.
    pub passed: bool,
}

impl Desk {
    /// What is said of each record, in words; what names a record stands in its title.
    pub(super) fn records(&self, weighed: &[Weighed]) -> Result<Vec<AsideRecord>, Trouble> {
        let mut records: BTreeMap<(&str, Uuid), AsideRecord> = BTreeMap::new();
        for one in weighed {
            let (what, id) = (one.change.table.as_str(), one.change.id);
            let table = Table::find(domain::TABLES, what);
            let field = table.and_then(|table| Some((table, table.column(&one.change.field)?.1)));
            let record = match records.entry((what, id)) {
                Entry::Occupied(record) => record.into_mut(),
                Entry::Vacant(place) => {
                    let title = self.title_in(weighed, what, id)?;
                    place.insert(AsideRecord { what: what.to_owned(), title, fields: Vec::new() })
                }
            };
            let titled = field.is_some_and(|(table, field)| {
                let whose = field.name == "member" && table.made_from.contains(&field.name);
                whose || table.home == Some(field.name)
            });
            let nothing = one.change.value == Value::Nothing && matches!(one.fate, Fate::Stands);
            if titled || nothing {
                continue;
            }
            record.fields.push(AsideField {
                name: one.change.field.clone(),
                value: self.in_words(field.map(|(_, field)| field), &one.change.value)?,
                kind: field.map_or(FieldKind::Text, |(_, field)| match field.kind {
                    Kind::Flag => FieldKind::Choice,
                    _ => kind_of(field),
                }),
                passed: matches!(one.fate, Fate::Passed),
            });
        }
        let mut records: Vec<AsideRecord> = records.into_values().collect();
        records.sort_by(|one, other| (&one.what, &one.title).cmp(&(&other.what, &other.title)));
        Ok(records)
    }

    /// What a record is called here, or by the entry that would begin it.
    fn title_in(&self, weighed: &[Weighed], what: &str, id: Uuid) -> Result<String, Trouble> {
        let title = self.title(what, id)?;
        if !title.is_empty() {
            return Ok(title);
        }
        let of = |field: &str| {
            let mut all = weighed.iter().filter(|one| one.change.table == what && one.change.id == id);
            all.find(|one| one.change.field == field).map(|one| &one.change.value)
        };
        match of("member").and_then(Value::as_link) {
            Some(member) => self.title("member", member),
            None => {
                let words = ["name", "full_name", "planned_at", "title"].into_iter().find_map(of);
                Ok(words.and_then(Value::as_text).unwrap_or_default().to_owned())
            }
        }
    }

    fn in_words(&self, field: Option<&Field>, value: &Value) -> Result<Option<String>, Trouble> {
        Ok(match (field.map(|field| field.kind), value) {
            (_, Value::Nothing) => None,
            (Some(Kind::Flag), Value::Number(yes)) => Some(if *yes == 1 { "yes" } else { "no" }.to_owned()),
            (Some(Kind::Link(to)), Value::Link(id)) => Some(self.title(to, *id)?).filter(|title| !title.is_empty()),
            (_, Value::Link(_)) => None,
            (_, Value::Number(number)) => Some(number.to_string()),
            (_, Value::Text(text)) if field.is_some_and(|field| MASKED.contains(&field.name)) => Some(mask(text)),
            (_, Value::Text(text)) => Some(text.clone()),
        })
    }
}
