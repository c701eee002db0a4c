//! The merge rules, all of them: what a field holds, given the set of changes made to it.

use domain::{Field, Kind, Merge, Table, Value};
use serde::{Deserialize, Serialize};

use crate::{Change, Stamp};

/// A value somebody wrote, by its stamp, and what orders it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Written {
    /// What orders it: the stamp, no later than the server received it.
    pub order: Stamp,
    /// The name others know it by; it decides between two that were pulled back to one moment.
    pub stamp: Stamp,
    /// What was written.
    pub value: Value,
}

/// What a field holds once every change to it has been heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The value that stands.
    pub value: Value,
    /// Other values nobody had seen; a person should choose.
    pub others: Vec<Value>,
}

/// What `field` holds, given every change made to it, in any order, however often repeated.
/// Values this version does not know are passed over; they count once it does.
pub fn settle(field: &Field, changes: &[Change]) -> Option<Settled> {
    let mut slot = Slot::default();
    for change in changes {
        slot.take(field, change, change.stamp);
    }
    let value = slot.standing()?.value.clone();
    Some(Settled { value, others: slot.others().iter().map(|other| other.value.clone()).collect() })
}

/// What is kept of the changes to one field: no more than tells what later changes come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Slot {
    /// The change that stands; for fields that ask, every change nobody wrote over, in order.
    written: Vec<Written>,
    /// Stamps of changes that were written over, heard or not: only fields that ask need them.
    over: Vec<Stamp>,
}

impl Slot {
    fn standing(&self) -> Option<&Written> {
        self.written.last()
    }

    /// Values that wait for a person, each once.
    fn others(&self) -> Vec<&Written> {
        let mut others: Vec<&Written> = Vec::new();
        for written in self.written.iter().rev() {
            if Some(&written.value) != self.standing().map(|s| &s.value)
                && others.iter().all(|other| other.value != written.value)
            {
                others.push(written);
            }
        }
        others
    }

    fn take(&mut self, field: &Field, change: &Change, order: Stamp) {
        // What is set once is never set to nothing: that would be the first word for ever.
        if !field.accepts(&change.value) || field.merge == Merge::First && change.value == Value::Nothing {
            return;
        }
        let written = Written { order, value: change.value.clone(), stamp: change.stamp };
        if field.merge == Merge::Ask {
            return self.ask(written, &change.seen);
        }
        let stays = self.standing().is_some_and(|standing| match field.merge {
            Merge::First => *standing <= written,
            Merge::Furthest => (rank(field, &standing.value), standing) >= (rank(field, &written.value), &written),
            Merge::Latest | Merge::Ask => *standing >= written,
        });
        if !stays {
            self.written = vec![written];
        }
    }

    fn ask(&mut self, written: Written, seen: &[Stamp]) {
        for stamp in seen {
            self.written.retain(|head| head.stamp != *stamp);
            if let Err(at) = self.over.binary_search(stamp) {
                self.over.insert(at, *stamp);
            }
        }
        if self.over.binary_search(&written.stamp).is_err()
            && let Err(at) = self.written.binary_search(&written)
        {
            self.written.insert(at, written);
        }
    }
}

fn rank(field: &Field, value: &Value) -> Option<usize> {
    match field.kind {
        Kind::Choice(of) => of.iter().position(|option| value.as_text() == Some(option)),
        _ => None,
    }
}

/// One record as it stands: its values in column order and what later changes are judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    slots: Vec<Slot>,
}

/// A row's stamps as they are stored beside its values.
#[derive(Serialize, Deserialize)]
struct Stamps {
    /// The distinct stamps, and what orders each where that differs.
    stamps: Vec<(Stamp, Option<Stamp>)>,
    /// For each column, one more than the place of its stamp; 0 where nothing was written.
    of: Vec<u8>,
    /// Columns that ask and were written over or twice.
    asked: Vec<(u8, Vec<Written>, Vec<Stamp>)>,
}

impl Row {
    /// A record of which nothing has been heard.
    pub fn blank(table: &Table) -> Self {
        Self { slots: table.columns().map(|_| Slot::default()).collect() }
    }

    /// Hears one change, ordered by `order`. A field this version does not know is passed over.
    pub fn take(&mut self, table: &Table, change: &Change, order: Stamp) {
        if let Some((slot, field)) = self.slot(table, &change.field) {
            slot.take(field, change, order);
        }
    }

    /// Takes back a change that has not left the device, because its author replaces it.
    pub fn take_back(&mut self, table: &Table, field: &str, stamp: Stamp) {
        if let Some((slot, _)) = self.slot(table, field) {
            slot.written.retain(|written| written.stamp != stamp);
        }
    }

    fn slot<'t>(&mut self, table: &'t Table, field: &str) -> Option<(&mut Slot, &'t Field)> {
        let at = table.columns().position(|known| known.name == field)?;
        let field = table.fields.get(at).unwrap_or(&domain::REMOVED);
        self.slots.get_mut(at).map(|slot| (slot, field))
    }

    /// The values in column order, blanks where nothing was written.
    pub fn values<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = Value> + 'a {
        self.slots
            .iter()
            .zip(table.columns())
            .map(|(slot, field)| slot.standing().map_or_else(|| field.blank(), |w| w.value.clone()))
    }

    /// The value that stands in one field, if anyone wrote one.
    pub fn value(&self, table: &Table, field: &str) -> Option<&Value> {
        let (at, _) = table.column(field)?;
        self.slots.get(at)?.standing().map(|written| &written.value)
    }

    /// The values of one field that wait for a person.
    pub fn others(&self, table: &Table, field: &str) -> Vec<Written> {
        let slot = table.column(field).and_then(|(at, _)| self.slots.get(at));
        slot.map(|slot| slot.others().into_iter().cloned().collect()).unwrap_or_default()
    }

    /// Whether any field of it waits for a person.
    pub fn asks(&self) -> bool {
        self.slots.iter().any(|slot| !slot.others().is_empty())
    }

    /// What somebody who writes over one field now has seen there.
    pub fn seen(&self, table: &Table, field: &str) -> Vec<Stamp> {
        let slot = table.column(field).and_then(|(at, _)| self.slots.get(at));
        slot.map(|slot| slot.written.iter().map(|written| written.stamp).collect()).unwrap_or_default()
    }

    /// The same of somebody who has only seen one of the values there.
    pub fn seen_as(&self, table: &Table, field: &str, value: &Value) -> Vec<Stamp> {
        let slot = table.column(field).and_then(|(at, _)| self.slots.get(at));
        let written = slot.into_iter().flat_map(|slot| &slot.written);
        written.filter(|written| written.value == *value).map(|written| written.stamp).collect()
    }

    /// What orders the changes that stand in one field: who writes now must come after them.
    pub fn orders(&self, table: &Table, field: &str) -> Vec<Stamp> {
        let slot = table.column(field).and_then(|(at, _)| self.slots.get(at));
        slot.map(|slot| slot.written.iter().map(|written| written.order).collect()).unwrap_or_default()
    }

    /// The stamps, to be stored beside the values.
    pub fn stamps(&self) -> Vec<u8> {
        let mut kept = Stamps { stamps: Vec::new(), of: Vec::new(), asked: Vec::new() };
        for (at, slot) in self.slots.iter().enumerate() {
            let Some(standing) = slot.standing() else {
                kept.of.push(0);
                if !slot.over.is_empty() {
                    kept.asked.push((at as u8, Vec::new(), slot.over.clone()));
                }
                continue;
            };
            let pair = (standing.stamp, (standing.order != standing.stamp).then_some(standing.order));
            let place = kept.stamps.iter().position(|known| *known == pair).unwrap_or_else(|| {
                kept.stamps.push(pair);
                kept.stamps.len() - 1
            });
            kept.of.push(place as u8 + 1);
            if slot.written.len() > 1 || !slot.over.is_empty() {
                kept.asked.push((at as u8, slot.written.clone(), slot.over.clone()));
            }
        }
        postcard::to_stdvec(&kept).unwrap_or_default()
    }

    /// The row again, from its values in column order and its stamps.
    pub fn restore(values: impl IntoIterator<Item = Value>, stamps: &[u8]) -> Option<Self> {
        let kept: Stamps = postcard::from_bytes(stamps).ok()?;
        let mut slots = Vec::with_capacity(kept.of.len());
        for (value, place) in values.into_iter().zip(&kept.of) {
            let written = match usize::from(*place).checked_sub(1) {
                None => Vec::new(),
                Some(place) => {
                    let (stamp, order) = *kept.stamps.get(place)?;
                    vec![Written { order: order.unwrap_or(stamp), value, stamp }]
                }
            };
            slots.push(Slot { written, over: Vec::new() });
        }
        for (at, written, over) in kept.asked {
            *slots.get_mut(usize::from(at))? = Slot { written, over };
        }
        Some(Self { slots })
    }
}

#[cfg(test)]
mod tests {
    use domain::{Device, Id, Record};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_device_that_was_shut_out_is_not_let_in_by_a_word_before_or_after() {
        let table = Device::TABLE;
        let said = |millis, value: Value| {
            let stamp = Stamp::new(millis, 0, Id::new(Uuid::nil()));
            let (table, field) = ("device".to_owned(), "revoked_at".to_owned());
            Change { table, id: Uuid::nil(), field, value, stamp, seen: Vec::new() }
        };
        let mut all = [
            said(1, Value::Nothing),
            said(2, "2026-11-23T09:00".into()),
            said(3, Value::Nothing),
            said(4, "2026-11-24T09:00".into()),
        ];
        for _ in 0..2 {
            let mut row = Row::blank(&table);
            all.iter().for_each(|change| row.take(&table, change, change.stamp));
            assert_eq!(row.value(&table, "revoked_at"), Some(&"2026-11-23T09:00".into()), "the first word stands");
            all.reverse();
        }
    }
}
