//! The lists of a personal record: what there is one of each year, and the months whose dues are paid.

use domain::{Badge, Day, Dues, Id, Member, Person, Rating, Record, Table, Value};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::person::{PersonField, PersonPage};
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
};

/// The lists, in the order in which they are shown. Their lines are added, edited and removed as any record is.
const LISTS: &[Table] = &[Rating::TABLE, Badge::TABLE];

/// One list.
#[derive(Debug, Serialize, TS)]
pub struct PersonList {
    /// Which table's; a key of `lists` in the text catalogue.
    pub table: &'static str,
    /// What a new line is asked.
    pub blank: Vec<PersonField>,
    /// Its lines, the latest first.
    pub lines: Vec<PersonLine>,
}

/// One line of a list.
#[derive(Debug, Serialize, TS)]
pub struct PersonLine {
    /// The record's name.
    pub id: Uuid,
    /// Its fields, in the order of the declaration.
    pub fields: Vec<PersonField>,
}

/// The dues of a year.
#[derive(Debug, Serialize, TS)]
pub struct DuesYear {
    /// Which.
    pub year: String,
    /// How many months are paid, of those that have begun.
    pub paid: u32,
    /// How many have begun.
    pub begun: u32,
    /// Its months, from the one of admission on.
    pub months: Vec<DuesMonth>,
}

/// The dues of a month.
#[derive(Debug, Serialize, TS)]
pub struct DuesMonth {
    /// `2026-11`.
    pub month: Day,
    /// How they stand.
    pub state: DuesState,
}

/// How the dues of a month stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DuesState {
    /// Đã nộp.
    Paid,
    /// Chưa nộp.
    Unpaid,
    /// Not paid, and the month has not begun.
    ToCome,
}

impl Desk {
    pub(super) fn lists(&self, member: Id<Member>) -> Result<Vec<PersonList>, Trouble> {
        let list = |table: &Table| {
            let mut lines = Vec::new();
            for id in self.book.ids_naming(table, "member", member.uuid())? {
                lines.push((self.key(table, id)?, PersonLine { id, fields: self.fields(table, id)? }));
            }
            lines.sort_by(|(one, _), (other, _)| other.cmp(one));
            let lines = lines.into_iter().map(|(_, line)| line).collect();
            // Nothing is held under the name of nobody: every field is blank.
            let mut blank = self.fields(table, Uuid::nil())?;
            blank.iter_mut().for_each(|field| field.value = None);
            Ok(PersonList { table: table.name, blank, lines })
        };
        LISTS.iter().map(list).collect()
    }

    /// What a line is of: a year, or a number of years.
    fn key(&self, table: &Table, id: Uuid) -> Result<Option<Value>, Trouble> {
        let Some(key) = table.made_from.last() else { return Ok(None) };
        Ok(self.book.value(table, id, key)?)
    }

    pub(super) fn dues(&self, member: Id<Member>) -> Result<DuesYear, Trouble> {
        let today = self.today();
        let (year, this) = (today.get(..4).unwrap_or_default(), today.get(..7).unwrap_or_default());
        let person: Id<Person> = Id::made_from(&[member.into()]);
        let admitted = self.book.get(person)?.and_then(|person| person.admitted_on);
        // A day of which only the year is known stands before its months.
        let admitted = admitted.as_deref().map_or("", |day| day.get(..7).unwrap_or(day));
        let all: Vec<Dues> = self.book.list("WHERE member = ?1 AND paid = 1", [member.uuid().into_bytes()])?;
        let months = (1..=12).map(|month| format!("{year}-{month:02}")).filter(|month| month.as_str() >= admitted);
        let months: Vec<DuesMonth> = months
            .map(|month| {
                let state = match all.iter().any(|dues| dues.month == month) {
                    true => DuesState::Paid,
                    false if month.as_str() <= this => DuesState::Unpaid,
                    false => DuesState::ToCome,
                };
                DuesMonth { month, state }
            })
            .collect();
        let begun = || months.iter().filter(|one| one.month.as_str() <= this);
        Ok(DuesYear {
            year: year.to_owned(),
            paid: begun().filter(|one| one.state == DuesState::Paid).count() as u32,
            begun: begun().count() as u32,
            months,
        })
    }
}

/// Ticks the dues of a month as paid, or takes the tick away.
#[derive(Deserialize, TS)]
pub struct TickDues {
    member: Id<Member>,
    /// `2026-11`.
    month: String,
    paid: bool,
}

impl Action for TickDues {
    const NAME: &'static str = "tick_dues";
    type Reply = PersonPage;

    fn run(self, app: &App) -> Result<PersonPage, Trouble> {
        app.at_desk(|desk| {
            let id: Id<Dues> = Id::made_from(&[self.member.into(), self.month.as_str().into()]);
            let mut edits = vec![
                edit(id, "member", self.member),
                edit(id, "month", self.month.as_str()),
                edit(id, "paid", i64::from(self.paid)),
            ];
            edits.extend(desk.back(&Dues::TABLE, id.uuid())?);
            desk.write(desk.about(self.member)?, edits, None)?;
            desk.person(self.member)?.ok_or_else(|| Code::NotFound.into())
        })
    }
}
