//! Who read a document: counts for offices, names only for those who lead the reader's own cell.

use std::collections::HashMap;

use domain::{Coverage, Document, Id, Level, Member, Moment, Receipt, Record, Reminder, Unit};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::secrecy::marked_by;
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
    library::DocumentLine,
    time,
};

/// Who read a document.
#[derive(Debug, Serialize, TS)]
pub struct Readers {
    /// The document.
    pub line: DocumentLine,
    /// How many it is for, as far as is known here.
    pub members: u32,
    /// How many of them confirmed.
    pub confirmed: u32,
    /// The counts of each unit below, for the offices above.
    pub units: Vec<UnitReaders>,
    /// Each member of this person's own cell, those who have not confirmed first; none for the offices above.
    pub people: Option<Vec<Reader>>,
    /// When this person's unit was last reminded.
    pub reminded_at: Option<Moment>,
    /// Cells that it is for.
    pub cells: u32,
    /// Those of them that told how many read it: of the others nothing is known here.
    pub told: u32,
    /// Whether there may be somebody to remind.
    pub may_remind: bool,
}

/// The counts of a unit: what a cell reported, or the sum of what a commune's cells did.
#[derive(Debug, Serialize, TS)]
pub struct UnitReaders {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its name.
    pub name: String,
    /// None where nothing came yet.
    pub counts: Option<Counts>,
    /// Cells that it is or has.
    pub cells: u32,
    /// Those of them that told.
    pub told: u32,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
pub struct Counts {
    /// How many it is for.
    pub members: u32,
    /// How many confirmed.
    pub confirmed: u32,
}

/// One member.
#[derive(Debug, Serialize, TS)]
pub struct Reader {
    /// Who.
    pub member: Id<Member>,
    /// Họ và tên.
    pub name: String,
    /// When they confirmed.
    pub confirmed_at: Option<Moment>,
}

impl Desk {
    /// Whether this person sees who read documents: of a cell those who lead it and read its members' receipts, of the
    /// others those who publish.
    pub(super) fn may_see_readers(&self) -> Result<bool, Trouble> {
        match self.need(self.unit)?.level {
            Level::Cell => self.may_read(Receipt::TABLE.audience),
            _ => self.may_publish_documents(),
        }
    }

    fn readers(&self, id: Id<Document>) -> Result<Readers, Trouble> {
        let document = self.need(id)?;
        if !self.may_see_readers()? {
            return Err(Code::NotAllowed.into());
        }
        let reminder = self.book.get(Id::<Reminder>::made_from(&[self.unit.into(), id.into()]))?;
        let own_cell = self.need(self.unit)?.level == Level::Cell;
        let people = if own_cell { Some(self.own_readers(id, &self.roster()?)?) } else { None };
        let units = if own_cell { Vec::new() } else { self.unit_readers(&document)? };
        let all = match &people {
            Some(people) => counts_of(people),
            None => units.iter().filter_map(|unit| unit.counts).fold(Counts::default(), Counts::and),
        };
        let (cells, told) = match own_cell {
            true => (1, 1),
            false => units.iter().fold((0, 0), |(cells, told), unit| (cells + unit.cells, told + unit.told)),
        };
        let line = self.document_line(id)?;
        Ok(Readers {
            // Where a cell has told nothing yet, its members may be waiting too.
            may_remind: !line.comes && line.withdrawn.is_none() && (told < cells || all.confirmed < all.members),
            line,
            cells,
            told,
            members: all.members,
            confirmed: all.confirmed,
            units,
            people,
            reminded_at: reminder.map(|reminder| reminder.reminded_at),
        })
    }

    /// Each member of the own cell.
    fn own_readers(&self, id: Id<Document>, roster: &[Member]) -> Result<Vec<Reader>, Trouble> {
        let said: Vec<Receipt> = self.book.list("WHERE document = ?1", [id.uuid().into_bytes()])?;
        let said: HashMap<Id<Member>, Moment> = said.into_iter().map(|one| (one.member, one.confirmed_at)).collect();
        let reader = |member: &Member| Reader {
            confirmed_at: said.get(&member.id).cloned(),
            member: member.id,
            name: member.name.clone(),
        };
        let mut people: Vec<Reader> = roster.iter().map(reader).collect();
        people.sort_by_key(|reader| reader.confirmed_at.is_some());
        Ok(people)
    }

    /// The counts of each unit right below this person's that the document is for.
    fn unit_readers(&self, document: &Document) -> Result<Vec<UnitReaders>, Trouble> {
        let told: Vec<Coverage> = self.book.list("WHERE document = ?1", [document.id.uuid().into_bytes()])?;
        let told: HashMap<Id<Unit>, Counts> = told.into_iter().map(|one| (one.unit, one.into())).collect();
        let below = |unit: Id<Unit>| {
            self.book
                .list::<Unit>("WHERE above = ?1 AND valid_to IS NULL ORDER BY name, id", [unit.uuid().into_bytes()])
        };
        let right_below = match document.unit == self.unit || self.own_units()?.contains(&document.unit) {
            true => below(self.unit)?,
            false => self.book.get(document.unit)?.into_iter().collect(),
        };
        let mut units = Vec::new();
        for unit in right_below {
            let cells = if unit.level == Level::Cell {
                vec![unit.id]
            } else {
                below(unit.id)?.iter().map(|cell| cell.id).collect()
            };
            let said: Vec<Counts> = cells.iter().filter_map(|cell| told.get(cell).copied()).collect();
            units.push(UnitReaders {
                unit: unit.id,
                name: unit.name,
                cells: cells.len() as u32,
                told: said.len() as u32,
                counts: said.into_iter().reduce(Counts::and),
            });
        }
        Ok(units)
    }

    /// Reports upward how many of the own cell confirmed each document that asks for it or that somebody confirmed unasked, and
    /// how many say that it bears a mark of secrecy, where that has changed: the same count as its officers see, and no more than
    /// the count. It says nothing where somebody else leads the cell, and whether it said anything.
    pub(crate) fn report_coverage(&mut self) -> Result<bool, Trouble> {
        if self.need(self.unit)?.level != Level::Cell || !self.may_edit(&Coverage::TABLE, "confirmed")? {
            return Ok(false);
        }
        let own = self.own_units()?;
        let sql = "WHERE withdrawn IS NULL AND (must_confirm = 1 OR id IN (SELECT document FROM receipt))
                    OR wiped_at IS NULL AND id IN (SELECT document FROM sighting)";
        let asked: Vec<Document> = self.book.list(sql, [])?;
        let (roster, sightings) = (self.roster()?, self.standing_sightings()?);
        let mut edits = Vec::new();
        for document in asked.into_iter().filter(|document| own.contains(&document.unit)) {
            let now = counts_of(&self.own_readers(document.id, &roster)?);
            let id: Id<Coverage> = Id::made_from(&[document.id.into(), self.unit.into()]);
            let (marked, marked_at) = marked_by(&roster, &sightings, document.id);
            let same = |told: Coverage| {
                (told.marked, &told.marked_at) == (marked as i32, &marked_at) && Counts::from(told) == now
            };
            if self.book.get(id)?.is_some_and(same) {
                continue;
            }
            edits.extend([
                edit(id, "unit", self.unit),
                edit(id, "document", document.id),
                edit(id, "members", i64::from(now.members)),
                edit(id, "confirmed", i64::from(now.confirmed)),
                edit(id, "marked", i64::from(marked)),
                edit(id, "marked_at", marked_at),
            ]);
        }
        let said = !edits.is_empty();
        if said {
            self.write(self.log(&Coverage::TABLE), edits, None)?;
        }
        Ok(said)
    }
}

impl Counts {
    fn and(self, other: Self) -> Self {
        Self { members: self.members + other.members, confirmed: self.confirmed + other.confirmed }
    }
}

impl From<Coverage> for Counts {
    fn from(told: Coverage) -> Self {
        let count = |number: i32| u32::try_from(number).unwrap_or_default();
        Self { members: count(told.members), confirmed: count(told.confirmed) }
    }
}

fn counts_of(people: &[Reader]) -> Counts {
    let confirmed = people.iter().filter(|reader| reader.confirmed_at.is_some()).count();
    Counts { members: people.len() as u32, confirmed: confirmed as u32 }
}

/// Asks who read a document.
#[derive(Deserialize, TS)]
pub struct GetReaders {
    id: Id<Document>,
}

impl Action for GetReaders {
    const NAME: &'static str = "readers";
    type Reply = Readers;

    fn run(self, app: &App) -> Result<Readers, Trouble> {
        app.at_desk(|desk| desk.readers(self.id))
    }
}

/// Reminds the members of this person's unit of a document: those who have not read it see it first.
#[derive(Deserialize, TS)]
pub struct Remind {
    id: Id<Document>,
}

impl Action for Remind {
    const NAME: &'static str = "remind";
    type Reply = Readers;

    fn run(self, app: &App) -> Result<Readers, Trouble> {
        app.at_desk(|desk| {
            desk.need(self.id)?;
            let id: Id<Reminder> = Id::made_from(&[desk.unit.into(), self.id.into()]);
            let edits = vec![
                edit(id, "unit", desk.unit),
                edit(id, "document", self.id),
                edit(id, "reminded_at", time::moment(desk.now)),
            ];
            desk.write(desk.log(&Reminder::TABLE), edits, None)?;
            desk.readers(self.id)
        })
    }
}
