//! The open book and the person reading it: one door for every write.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use domain::{
    Actor, Audience, Day, Decision, Deed, Device, Digest, Document, Fault, Id, Log, Meeting, Member, Person, Record,
    Rules, Scene, Table, Unit, Value, authorize,
};
use serde::Serialize;
use store::{Book, Edit, Step};
use ts_rs::TS;
use uuid::Uuid;

use crate::{Code, Trouble, actions::Catalogue, time};

/// An open book, and whose it is.
pub struct Desk {
    pub book: Book,
    pub me: Id<Member>,
    pub unit: Id<Unit>,
    pub rules: Rules,
    /// Milliseconds since 1970, set right where the device's clock is wrong.
    pub now: u64,
    /// What has changed since the screens were last told.
    pub changed: BTreeSet<&'static str>,
    /// What there is in the library, after so many writes, on a day.
    pub catalogue: Option<((u64, Day), Catalogue)>,
    /// Of each text, how much lies behind the block where its reader is, per cent.
    pub places: RefCell<HashMap<Digest, (i32, u32)>>,
    /// Whether the originals that were looked at are what they are named by.
    pub fits: RefCell<HashMap<Digest, bool>>,
    /// Files of documents that were wiped, and that nothing is kept of any more.
    pub wiped: usize,
}

/// What this person may do here; a screen offers nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Rights {
    /// Mark attendance.
    pub mark: bool,
    /// Plan and lead meetings.
    pub plan_meeting: bool,
    /// Edit the roster.
    pub edit_roster: bool,
    /// Edit personal records.
    pub edit_person: bool,
    /// Decide about what the server set aside.
    pub decide: bool,
    /// Publish documents.
    pub publish: bool,
}

/// A clock further off than this is put right by the server's, in milliseconds.
const WRONG: i64 = 10 * 60 * 1000;
/// Milliseconds.
const DAY: u64 = 24 * 3600 * 1000;

impl Desk {
    /// Sits down at an open book that has been joined to a province.
    pub fn new(book: Book, now: u64) -> Result<Self, Trouble> {
        let me = book.fact("member")?.ok_or(Code::NoBook)?;
        let unit = book.fact("unit")?.ok_or(Code::NoBook)?;
        let rules = Rules::shipped().map_err(|error| Trouble::new(Code::Internal, error.to_string()))?;
        Ok(Self {
            book,
            me,
            unit,
            rules,
            now,
            changed: BTreeSet::new(),
            catalogue: None,
            places: RefCell::default(),
            fits: RefCell::default(),
            wiped: 0,
        })
    }

    /// The time by the server's clock where the device's own is wrong; unless somebody has set the device's clock since.
    pub fn by_server(&self, now: u64) -> u64 {
        let off: i64 = self.book.fact("clock_off").ok().flatten().unwrap_or(0);
        let checked: u64 = self.book.fact("checked").ok().flatten().unwrap_or(0);
        let since = (now as i64).abs_diff(checked as i64);
        let set_since = since > (off.unsigned_abs() / 2).max(DAY);
        if off.abs() > WRONG && !set_since { now.saturating_add_signed(off) } else { now }
    }

    /// Today.
    pub fn today(&self) -> String {
        time::day(self.now)
    }

    /// This person, with the offices held today.
    pub fn actor(&self) -> Result<Actor, Trouble> {
        let offices = self.grants(self.me)?.iter().map(|grant| (grant.unit, grant.office)).collect();
        let this = self.book.get(self.book.device())?;
        Ok(Actor::at(self.me, offices, this.is_some_and(|device| device.confirmed_at.is_some())))
    }

    /// What this person may do in the unit.
    pub fn rights(&self) -> Result<Rights, Trouble> {
        let (actor, scene) = (self.actor()?, On::book(&self.book));
        let may = |table, field, log| may(&actor, table, field, &log, &scene);
        let log = |audience| Log::of(self.unit, audience);
        Ok(Rights {
            mark: may(&domain::Attendance::TABLE, "mark", log(Audience::Everyone)),
            plan_meeting: may(&Meeting::TABLE, "place", log(Audience::Everyone)),
            edit_roster: may(&Member::TABLE, "name", log(Audience::Register)),
            edit_person: may(&Person::TABLE, "phone", Log::about(self.unit, Id::new(Uuid::nil()))),
            decide: may(&Decision::TABLE, "taken", Log::about(self.unit, Id::new(Uuid::nil()))),
            publish: may(&Document::TABLE, "title", log(Document::TABLE.audience)),
        })
    }

    /// Whether this person may call the roll: [`Rights::mark`], which every tap asks for.
    pub fn may_mark(&self) -> Result<bool, Trouble> {
        self.may_edit(&domain::Attendance::TABLE, "mark")
    }

    /// Whether this person may set a field of the unit's records of `table`.
    pub fn may_edit(&self, table: &Table, field: &str) -> Result<bool, Trouble> {
        self.may_edit_at(table, field, self.unit)
    }

    /// The same of a unit's records, whichever unit it is.
    pub fn may_edit_at(&self, table: &Table, field: &str, unit: Id<Unit>) -> Result<bool, Trouble> {
        Ok(may(&self.actor()?, table, field, &Log::of(unit, table.audience), &On::book(&self.book)))
    }

    /// Whether this person reads the unit's log of that audience.
    pub fn may_read(&self, audience: Audience) -> Result<bool, Trouble> {
        let scene = On::book(&self.book);
        Ok(domain::authorize(&self.actor()?, Deed::Read, &Log::of(self.unit, audience), &scene).is_ok())
    }

    /// The log a record of `table` about this unit lives in.
    pub fn log(&self, table: &Table) -> Log {
        Log::of(self.unit, table.audience)
    }

    /// The log about a member: of the unit that the member belongs to, whoever asks.
    pub fn about(&self, member: Id<Member>) -> Result<Log, Trouble> {
        Ok(Log::about(self.need(member)?.unit, member))
    }

    /// Writes fields of records of one log in one commit: the one door. Each value is checked, each record as a
    /// whole, and whether this person may; then all is written, or nothing.
    pub fn write(&mut self, log: Log, edits: Vec<Edit>, step: Option<Step>) -> Result<(), Trouble> {
        self.may_write(&log, &edits)?;
        self.book.write(&log, &edits, self.now, step)?;
        self.wrote(&edits);
        Ok(())
    }

    /// The same for several logs: all stand, or none does.
    pub fn write_all(&mut self, parts: Vec<(Log, Vec<Edit>)>) -> Result<(), Trouble> {
        parts.iter().try_for_each(|(log, edits)| self.may_write(log, edits))?;
        self.book.write_all(&parts, self.now)?;
        parts.iter().for_each(|(_, edits)| self.wrote(edits));
        Ok(())
    }

    /// The same for a text that is saved while it is typed: see [`Book::write_over`]. `edits` name its record.
    pub fn write_over(&mut self, log: Log, edits: Vec<Edit>, text: Edit, was: &Value) -> Result<(), Trouble> {
        let all: Vec<Edit> = edits.iter().cloned().chain([text.clone()]).collect();
        self.may_write(&log, &all)?;
        self.book.write_over(&log, &edits, &text, was, self.now)?;
        self.wrote(&all);
        Ok(())
    }

    fn wrote(&mut self, edits: &[Edit]) {
        self.changed.extend(edits.iter().map(|edit| edit.table.name));
        self.changed.insert("sync");
    }

    fn may_write(&self, log: &Log, edits: &[Edit]) -> Result<(), Trouble> {
        let mut faults: Vec<Fault> = Vec::new();
        let actor = self.actor()?;
        let scene = On::with(&self.book, edits);
        self.refuse_locked(&scene, edits)?;
        for edit in edits {
            let Some((_, field)) = edit.table.column(edit.field) else {
                return Err(Trouble::new(Code::Internal, "no such field"));
            };
            faults.extend(field.check(&edit.value).err());
            authorize(&actor, Deed::Edit(edit.table, edit.id, field, &edit.value), log, &scene)?;
        }
        let records: BTreeSet<(&str, Uuid)> = edits.iter().map(|edit| (edit.table.name, edit.id)).collect();
        // A record is judged as a whole only once each value can be read.
        let whole = if faults.is_empty() { records } else { BTreeSet::new() };
        for (name, id) in &whole {
            let Some(table) = Table::find(domain::TABLES, name) else { continue };
            let mut values = self.book.values(table, *id)?;
            for edit in edits.iter().filter(|edit| edit.table.name == *name && edit.id == *id) {
                if let Some((at, _)) = table.column(edit.field)
                    && let Some(value) = values.get_mut(at)
                {
                    *value = edit.value.clone();
                }
            }
            faults.extend((table.check)(table.json(*id, values)).err());
        }
        if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
    }

    /// A record by its id, or `not_found`; `empty_book` before the first sync.
    pub fn need<T: Record>(&self, id: Id<T>) -> Result<T, Trouble> {
        if let Some(record) = self.book.get(id)? {
            return Ok(record);
        }
        let filled = self.book.fact::<u64>("received")?.is_some();
        Err(if filled { Code::NotFound } else { Code::EmptyBook }.into())
    }

    /// Whose device it is and what it is called, for "who wrote this".
    pub fn device_name(&self, device: Option<Id<Device>>) -> Result<String, Trouble> {
        let Some(device) = device.map(|id| self.book.get(id)).transpose()?.flatten() else { return Ok(String::new()) };
        Ok(self.book.get(device.member)?.map_or(device.name, |member| member.name))
    }
}

/// Whether a person may set a field of a record that is not there yet.
fn may(actor: &Actor, table: &Table, field: &str, log: &Log, scene: &On<'_>) -> bool {
    let Some((_, field)) = table.column(field) else { return false };
    authorize(actor, Deed::Edit(table, Uuid::nil(), field, &field.blank()), log, scene).is_ok()
}

/// The book as the access rules see it, with edits that are about to be made.
pub struct On<'a> {
    book: &'a Book,
    edits: &'a [Edit],
    /// Units that were asked for: every field of a record asks for the same ones.
    units: RefCell<BTreeMap<Id<Unit>, Place>>,
}

/// The level of a unit and the one above it.
type Place = Option<(domain::Level, Option<Id<Unit>>)>;

impl<'a> On<'a> {
    /// The book as it stands.
    pub fn book(book: &'a Book) -> Self {
        Self::with(book, &[])
    }

    /// The book with these edits made.
    pub fn with(book: &'a Book, edits: &'a [Edit]) -> Self {
        Self { book, edits, units: RefCell::default() }
    }
}

impl Scene for On<'_> {
    fn unit(&self, unit: Id<Unit>) -> Place {
        let read = || self.book.get(unit).ok().flatten().map(|unit| (unit.level, unit.above));
        *self.units.borrow_mut().entry(unit).or_insert_with(read)
    }
    fn value(&self, table: &Table, id: Uuid, field: &str) -> Option<Value> {
        let written = self.book.value(table, id, field).ok().flatten();
        let about = |edit: &&Edit| edit.table.name == table.name && edit.id == id && edit.field == field;
        written.or_else(|| self.edits.iter().find(about).map(|edit| edit.value.clone()))
    }
}

/// An edit of a typed record.
pub fn edit<T: Record>(id: Id<T>, field: &'static str, value: impl Into<Value>) -> Edit {
    Edit { table: table_of::<T>(), id: id.uuid(), field, value: value.into() }
}

fn table_of<T: Record>() -> &'static Table {
    const { &T::TABLE }
}

/// The words of an enum as its field writes them.
pub fn word<T: Serialize>(choice: T) -> Value {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => Value::Text(word),
        _ => Value::Nothing,
    }
}
