//! One entry that the server set aside, held against this book: whose it is, where a decision about it goes, and what of
//! it could be taken.

use std::collections::HashMap;

use domain::{Actor, Decision, Deed, Device, Grant, Id, Log, Member, Record, Table, Value, authorize, unhex};
use store::Edit;
use sync::{Aside, Change, Entry, Hash, VerifyingKey, device_of, hash_of};
use uuid::Uuid;

use crate::{
    Trouble,
    desk::{Desk, On},
};

/// An entry that was set aside, signed by the one who is said to have written it.
pub(super) struct Held {
    pub hash: Hash,
    pub author: Id<Member>,
    pub entry: Entry,
    /// Where a decision about it goes.
    pub home: Log,
    /// When the server set it aside.
    pub at: u64,
}

/// The last word of an entry on one field, and what would become of it.
pub(super) struct Weighed {
    pub change: Change,
    pub fate: Fate,
}

/// What would become of one field.
#[derive(Clone)]
pub(super) enum Fate {
    /// It would be written.
    Takes(Edit),
    /// It stands already.
    Stands,
    /// Something newer stands, or it is nothing that this person or this app can write.
    Passed,
}

impl Weighed {
    /// Whether it only says which record it is, or whose.
    fn names(&self) -> bool {
        Table::find(domain::TABLES, &self.change.table).is_some_and(|table| names(table, &self.change.field))
    }

    /// Whether it is, or would be, in the book.
    pub fn is_taken(&self) -> bool {
        !self.names() && !matches!(self.fate, Fate::Passed)
    }
}

impl Desk {
    /// An entry as this person may decide about it: where its author is known here, really signed it, and belongs to
    /// whom this person leads.
    pub(super) fn held(&self, aside: &Aside) -> Result<Option<Held>, Trouble> {
        let Ok(entry) = Entry::read(&aside.bytes, domain::TABLES) else { return Ok(None) };
        let Some(author) = self.holder_of(entry.device)? else { return Ok(None) };
        let key = self.book.value(&Device::TABLE, entry.device.uuid(), "public_key")?;
        let key = key.as_ref().and_then(Value::as_text).and_then(unhex);
        let key = key.and_then(|key| VerifyingKey::from_bytes(&key).ok()).filter(|key| device_of(key) == entry.device);
        if key.is_none_or(|key| Entry::verify(&aside.bytes, &key).is_err()) {
            return Ok(None);
        }
        let Some(home) = self.log_of_decision(author, &entry.log)? else { return Ok(None) };
        Ok(Some(Held { hash: hash_of(&aside.bytes), author, entry, home, at: aside.at }))
    }

    /// Whose a device is, or was.
    pub(super) fn holder_of(&self, device: Id<Device>) -> Result<Option<Id<Member>>, Trouble> {
        let holder = self.book.value(&Device::TABLE, device.uuid(), "member")?;
        Ok(holder.and_then(|holder| holder.as_link()).map(Id::new))
    }

    /// The author's own log: in the unit that the entry is of where the author belongs or ever held an office there, else
    /// in the author's unit. None where this person may not decide there.
    fn log_of_decision(&self, author: Id<Member>, of: &Log) -> Result<Option<Log>, Trouble> {
        let home = self.book.log_of(&Member::TABLE, author.uuid())?.map(|log| log.unit);
        let grants: Vec<Grant> = self.book.list("WHERE member = ?1", [author.uuid().into_bytes()])?;
        let belongs = home == Some(of.unit) || grants.iter().any(|grant| grant.unit == of.unit);
        let Some(unit) = Some(of.unit).filter(|_| belongs).or(home) else { return Ok(None) };
        let (log, table) = (Log::about(unit, author), &Decision::TABLE);
        let Some((_, field)) = table.column("taken") else { return Ok(None) };
        let deed = Deed::Edit(table, Uuid::nil(), field, &Value::Number(1));
        Ok(authorize(&self.actor()?, deed, &log, &On::book(&self.book)).is_ok().then_some(log))
    }

    /// What would become of every field that an entry sets.
    pub(super) fn weigh(&self, held: &Held) -> Result<Vec<Weighed>, Trouble> {
        let actor = self.actor()?;
        let changes = last_words(held);
        let edits: Vec<Option<Edit>> = changes.iter().map(edit_of).collect();
        let known: Vec<Edit> = edits.iter().flatten().cloned().collect();
        let mut weighed = Vec::new();
        for (change, edit) in changes.into_iter().zip(edits) {
            let fate = match edit {
                Some(edit) => self.fate(&actor, held, &known, &change, edit)?,
                None => Fate::Passed,
            };
            weighed.push(Weighed { change, fate });
        }
        // A record is not begun by its name alone.
        let kept: Vec<Uuid> = weighed.iter().filter(|one| one.is_taken()).map(|one| one.change.id).collect();
        weighed.iter_mut().filter(|one| !kept.contains(&one.change.id)).for_each(|one| one.fate = Fate::Passed);
        Ok(weighed)
    }

    fn fate(&self, actor: &Actor, held: &Held, known: &[Edit], change: &Change, edit: Edit) -> Result<Fate, Trouble> {
        let (table, id) = (edit.table, edit.id);
        let Some((_, field)) = table.column(edit.field) else { return Ok(Fate::Passed) };
        let said =
            |name: &str| known.iter().any(|one| one.id == id && one.table.name == table.name && one.field == name);
        let there = match self.book.log_of(table, id)? {
            Some(log) => log == held.entry.log,
            // Begun without its name, the decider's own words would be set aside.
            None => table.columns().filter(|field| names(table, field.name)).all(|field| said(field.name)),
        };
        let present = self.book.value(table, id, field.name)?.unwrap_or(Value::Nothing);
        if there && present == edit.value && self.book.others(table, id, field.name)?.is_empty() {
            return Ok(Fate::Stands);
        }
        let passed = !there
            || field.check(&edit.value).is_err()
            || self.book.stands_after(table, id, field.name, change.stamp)?
            || {
                let deed = Deed::Edit(table, id, field, &edit.value);
                authorize(actor, deed, &held.entry.log, &On::with(&self.book, known)).is_err()
            };
        Ok(if passed { Fate::Passed } else { Fate::Takes(edit) })
    }
}

/// Whether a field says which record it is, or of which unit.
fn names(table: &Table, field: &str) -> bool {
    table.made_from.contains(&field) || table.home == Some(field)
}

fn edit_of(change: &Change) -> Option<Edit> {
    let table = Table::find(domain::TABLES, &change.table)?;
    let (_, field) = table.column(&change.field)?;
    Some(Edit { table, id: change.id, field: field.name, value: change.value.clone() })
}

/// The last word on each field, by a clock that goes no further than when the server heard it; in the order of the entry.
fn last_words(held: &Held) -> Vec<Change> {
    let mut last: Vec<Change> = Vec::new();
    let mut places: HashMap<(&str, Uuid, &str), usize> = HashMap::new();
    for change in &held.entry.changes {
        let stamp = change.stamp.received(held.at);
        let change_at = Change { stamp, ..change.clone() };
        match places.get(&(change.table.as_str(), change.id, change.field.as_str())) {
            Some(at) => {
                if let Some(was) = last.get_mut(*at).filter(|was| was.stamp <= stamp) {
                    *was = change_at;
                }
            }
            None => {
                places.insert((&change.table, change.id, &change.field), last.len());
                last.push(change_at);
            }
        }
    }
    last
}
