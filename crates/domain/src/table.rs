//! How a record describes itself: its fields, each with a kind, a merge rule and who may edit it.

use serde::de::value::MapDeserializer;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::{Audience, Fault, Record, Role, Value, access::OFFICERS, id::made_from, time, value::Cell};

/// One kind of record.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The same in Rust, SQL, entries and TypeScript.
    pub name: &'static str,
    /// Every field but the id.
    pub fields: &'static [Field],
    /// Who may read it, which settles the log it lives in.
    pub audience: Audience,
    /// Who may edit it, seen from the unit it belongs to.
    pub edit: &'static [Role],
    /// The fields its id follows from, so that two devices that write of one thing write one record; empty where
    /// the id is drawn by chance. The first of them is what the record hangs on. An id does not say its
    /// table: no two tables list the same things in the same order.
    pub made_from: &'static [&'static str],
    /// The link that names its holder, who may edit it too.
    pub own: Option<&'static str>,
    /// Whether it is a person's own word: whoever a log is about writes such records into it.
    pub by_self: bool,
    /// Whether nobody takes such a record away: what others wrote rests on it.
    pub lasting: bool,
    /// The field, or `id`, that must name the unit, or the member, whose log the record lives in: so that nobody writes
    /// another unit's record into a log of their own.
    pub home: Option<&'static str>,
    /// The field that asks for the next number of the series it names, and the field in which the server gives it.
    pub numbered: Option<(&'static str, &'static str)>,
    /// The struct's own say, for those who hold only the table.
    pub echo: fn(Json) -> Result<Json, serde_json::Error>,
    /// [`Record::check`], for those who hold only the table.
    pub check: fn(Json) -> Result<(), Fault>,
    /// The TypeScript of the struct.
    pub typescript: fn(&ts_rs::Config) -> String,
}

/// One field of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The same everywhere.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may hold nothing.
    pub optional: bool,
    /// Which of several changes stands.
    pub merge: Merge,
    /// Narrower than the table's editors, where set.
    pub edit: Option<&'static [Role]>,
    /// Whether only somebody else than the record's holder may set it.
    pub by_another: bool,
    /// Which role may give which choice; empty where all may.
    pub only: &'static [(Role, &'static [&'static str])],
    /// The greatest length in characters, for words.
    pub longest: usize,
    /// Whether every book fetches this file by itself, before those that somebody asks for.
    pub eager: bool,
    /// What it is to a search; nothing where nobody searches it.
    pub searched: Option<Searched>,
    /// Whether the record's files are destroyed wherever they lie, once it holds something.
    pub wipes: bool,
}

/// What a field is to whoever searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Searched {
    /// What the record is called by, with its number: `Nghị quyết`, `12-NQ/TU`.
    Number,
    /// What it is about.
    Title,
    /// What it says: words, or a file of [`crate::Block`]s.
    Words,
    /// Once it holds something, the record is not found any more.
    Ends,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words: NFC, no control characters but a line break.
    Text,
    /// A whole number.
    Number,
    /// Yes or no, as 1 or 0.
    Flag,
    /// `2026-12-03`, or `1958` or `1958-05` where only that is known.
    Day,
    /// `2026-12-03T14:00`, local time.
    Moment,
    /// One of a list, in the order of progress.
    Choice(&'static [&'static str]),
    /// A record of the named table.
    Link(&'static str),
    /// A file, by its [`crate::Content`]; its bytes travel apart.
    Content,
}

/// Which of several changes to a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// The first one; a field that is set once.
    First,
    /// The last one.
    Latest,
    /// The choice furthest along its list; a merge never undoes progress.
    Furthest,
    /// The last one, and the others are kept and shown to a person who settles it.
    Ask,
}

/// Whether a record was taken away: a field of every table, so that taking away can be undone.
pub const REMOVED: Field = flag("removed");

impl Table {
    /// A table of `T` that everyone in the unit reads and its officers edit.
    pub const fn new<T: Record>(name: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name,
            fields,
            audience: Audience::Everyone,
            edit: OFFICERS,
            made_from: &[],
            own: None,
            by_self: false,
            lasting: false,
            numbered: None,
            home: None,
            echo: |said| serde_json::from_value::<T>(said).and_then(serde_json::to_value),
            check: |said| serde_json::from_value::<T>(said).map_err(|_| Fault::new("id", "unreadable"))?.check(),
            typescript: |config| T::decl(config),
        }
    }
    /// Says who may read it.
    pub const fn audience(self, audience: Audience) -> Self {
        Self { audience, ..self }
    }
    /// Says who may edit it.
    pub const fn edit(self, edit: &'static [Role]) -> Self {
        Self { edit, ..self }
    }
    /// Says which fields its id follows from.
    pub const fn made_from(self, made_from: &'static [&'static str]) -> Self {
        Self { made_from, ..self }
    }
    /// Says which link names its holder.
    pub const fn own(self, own: &'static str) -> Self {
        Self { own: Some(own), ..self }
    }

    /// Says that it is the word of the person whose log it lies in, and of nobody else.
    pub const fn by_self(self) -> Self {
        Self { by_self: true, audience: Audience::Person, edit: &[], ..self }
    }

    /// Says that nobody takes it away.
    pub const fn lasting(self) -> Self {
        Self { lasting: true, ..self }
    }

    /// Says which field, or `id`, names the unit or the member it belongs to.
    pub const fn home(self, home: &'static str) -> Self {
        Self { home: Some(home), ..self }
    }

    /// Says which field asks the server for a number, and which holds it.
    pub const fn numbered(self, series: &'static str, number: &'static str) -> Self {
        Self { numbered: Some((series, number)), ..self }
    }

    /// Who may edit a field of it.
    pub fn editors(&self, field: &Field) -> &'static [Role] {
        let stays = self.lasting && field.name == REMOVED.name;
        if stays { &[] } else { field.edit.unwrap_or(self.edit) }
    }

    /// The table of that name in `tables`.
    pub fn find<'a>(tables: &'a [Table], name: &str) -> Option<&'a Table> {
        tables.iter().find(|table| table.name == name)
    }

    /// The fields in the order of their columns, [`REMOVED`] last.
    pub fn columns(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().chain(std::iter::once(&REMOVED))
    }

    /// The place of a field among [`Self::columns`], and the field.
    pub fn column(&self, name: &str) -> Option<(usize, &Field)> {
        self.columns().enumerate().find(|(_, field)| field.name == name)
    }

    /// The field that has the record's files destroyed, where it has one.
    pub fn wipes(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.wipes)
    }

    /// The fields that name files.
    pub fn files(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.kind == Kind::Content)
    }

    /// The id that follows from what `value_of` says of its fields, for a table whose ids are made so. Whether this
    /// version knows the values does not matter: a record of a newer app has its name here too.
    pub fn id_from(&self, mut value_of: impl FnMut(&str) -> Option<Value>) -> Option<Uuid> {
        let mut part = |field: &&str| value_of(field).filter(|value| *value != Value::Nothing);
        let parts: Vec<Value> = self.made_from.iter().map(&mut part).collect::<Option<_>>()?;
        (!parts.is_empty()).then(|| made_from(&parts))
    }

    /// The record as it is told, from its values in column order; none where they do not read as one.
    pub fn record<T: Record>(&self, id: Uuid, values: impl IntoIterator<Item = Value>) -> Option<T> {
        let id = ("id", Cell(Kind::Link(""), Value::Link(id)));
        let fields = self.fields.iter().zip(values).map(|(field, value)| (field.name, Cell(field.kind, value)));
        T::deserialize(MapDeserializer::new(std::iter::once(id).chain(fields))).ok().map(T::told)
    }

    /// The record as JSON, from its values in column order.
    pub fn json(&self, id: Uuid, values: impl IntoIterator<Item = Value>) -> Json {
        let mut object = Map::from_iter([("id".to_owned(), Json::from(id.to_string()))]);
        for (field, value) in self.fields.iter().zip(values) {
            object.insert(field.name.to_owned(), field.json(value));
        }
        Json::Object(object)
    }
}

impl Field {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            optional: false,
            merge: Merge::Latest,
            edit: None,
            by_another: false,
            only: &[],
            longest: 200,
            eager: false,
            searched: None,
            wipes: false,
        }
    }
    /// It may hold nothing.
    pub const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
    /// Says which of several changes stands.
    pub const fn merge(self, merge: Merge) -> Self {
        Self { merge, ..self }
    }
    /// Narrows who may edit it.
    pub const fn edit(self, roles: &'static [Role]) -> Self {
        Self { edit: Some(roles), ..self }
    }
    /// Says that a second person sets it, not the record's holder.
    pub const fn by_another(self) -> Self {
        Self { by_another: true, ..self }
    }
    /// Says which role may give which choice.
    pub const fn only(self, only: &'static [(Role, &'static [&'static str])]) -> Self {
        Self { only, ..self }
    }
    /// Says how many characters its words may have.
    pub const fn longest(self, longest: usize) -> Self {
        Self { longest, ..self }
    }
    /// Says that every book fetches this file by itself.
    pub const fn eager(self) -> Self {
        Self { eager: true, ..self }
    }
    /// Says what it is to a search.
    pub const fn searched(self, searched: Searched) -> Self {
        Self { searched: Some(searched), ..self }
    }
    /// Says that once it holds something, no book and no server keeps the record's files any more.
    pub const fn wipes(self) -> Self {
        Self { wipes: true, ..self }
    }

    /// Whether this version knows what `value` means here. What it does not know waits in the journal.
    pub fn accepts(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (_, Value::Nothing) => self.optional,
            (Kind::Number, Value::Number(_)) | (Kind::Link(_), Value::Link(_)) => true,
            (Kind::Flag, Value::Number(number)) => matches!(number, 0 | 1),
            (Kind::Choice(of), Value::Text(text)) => of.contains(&text.as_str()),
            (Kind::Text | Kind::Day | Kind::Moment | Kind::Content, Value::Text(_)) => true,
            _ => false,
        }
    }

    /// What stands where nobody has written anything.
    pub fn blank(&self) -> Value {
        match self.kind {
            _ if self.optional => Value::Nothing,
            Kind::Number | Kind::Flag => Value::Number(0),
            Kind::Choice(of) => of.first().copied().unwrap_or_default().into(),
            Kind::Link(_) => Value::Link(Uuid::nil()),
            Kind::Text | Kind::Day | Kind::Moment | Kind::Content => Value::Text(String::new()),
        }
    }

    /// Whether a person may write `value` here; stricter than [`Self::accepts`], which must
    /// also bear what other apps wrote.
    pub fn check(&self, value: &Value) -> Result<(), Fault> {
        let bad = |why| Err(Fault::new(self.name, why));
        match (self.kind, value) {
            (_, Value::Nothing) => {
                if self.optional {
                    Ok(())
                } else {
                    bad("empty")
                }
            }
            (Kind::Text, Value::Text(words)) if words.is_empty() => bad("empty"),
            (Kind::Text, Value::Text(words)) if words.chars().count() > self.longest => {
                Err(Fault::new(self.name, "too_long").with("most", self.longest as u32))
            }
            (Kind::Text, Value::Text(words)) if crate::text::has_control(words) => bad("control_characters"),
            (Kind::Day, Value::Text(day)) if !time::is_day(day) => bad("no_such_day"),
            (Kind::Moment, Value::Text(moment)) if !time::is_moment(moment) => bad("not_a_time"),
            (Kind::Choice(of), Value::Text(choice)) if !of.contains(&choice.as_str()) => bad("not_a_choice"),
            (Kind::Content, Value::Text(name)) if name.parse::<crate::Content>().is_err() => bad("unreadable"),
            _ if self.accepts(value) => Ok(()),
            _ => bad("unreadable"),
        }
    }

    /// The value as the record's struct reads it.
    pub fn json(&self, value: Value) -> Json {
        match (self.kind, value) {
            (Kind::Flag, Value::Number(number)) => Json::Bool(number != 0),
            (_, value) => value.into(),
        }
    }
}

/// Words of at most 200 characters, unless said otherwise.
pub const fn text(name: &'static str) -> Field {
    Field::new(name, Kind::Text)
}
/// A whole number.
pub const fn number(name: &'static str) -> Field {
    Field::new(name, Kind::Number)
}
/// Yes or no.
pub const fn flag(name: &'static str) -> Field {
    Field::new(name, Kind::Flag)
}
/// A day.
pub const fn day(name: &'static str) -> Field {
    Field::new(name, Kind::Day)
}
/// A day and a time of day.
pub const fn moment(name: &'static str) -> Field {
    Field::new(name, Kind::Moment)
}
/// One of a list.
pub const fn choice(name: &'static str, of: &'static [&'static str]) -> Field {
    Field::new(name, Kind::Choice(of))
}
/// Another record.
pub const fn link(name: &'static str, to: &'static str) -> Field {
    Field::new(name, Kind::Link(to))
}
/// A file.
pub const fn content(name: &'static str) -> Field {
    Field::new(name, Kind::Content)
}
