//! Where this person is in a document, and where the ribbon lies. While they read, the place is kept on this device alone; it is
//! written for their other devices once they leave: how long somebody stayed at which lines is nobody's business.

use domain::{Document, Id, Reading, Record, Value};
use serde::Deserialize;
use ts_rs::TS;

use crate::{
    Action, App, Trouble,
    desk::{Desk, edit},
};

/// The fact under which the place lies that is not written yet: a document, and the block at the top of the screen.
const PLACE: &str = "place";
type Place = Option<(Id<Document>, u32)>;

impl Desk {
    fn reading_of(&self, document: Id<Document>) -> Id<Reading> {
        Id::made_from(&[document.into(), self.me.into()])
    }

    fn place_here(&self) -> Result<Place, Trouble> {
        Ok(self.book.fact::<Place>(PLACE)?.flatten())
    }

    /// Where this person is in a document.
    pub(super) fn reading(&self, document: Id<Document>) -> Result<Option<Reading>, Trouble> {
        let written = self.book.get(self.reading_of(document))?;
        let here = self.place_here()?.filter(|(of, _)| *of == document);
        Ok(here.map_or(written.clone(), |(_, block)| Some(self.at(document, block, written))))
    }

    /// Where this person is in each document.
    pub(crate) fn readings(&self) -> Result<Vec<Reading>, Trouble> {
        let mut readings: Vec<Reading> = self.book.list("WHERE member = ?1", [self.me.uuid().into_bytes()])?;
        if let Some((document, block)) = self.place_here()? {
            let known = readings.iter().position(|one| one.document == document);
            let written = known.map(|at| readings.swap_remove(at));
            readings.push(self.at(document, block, written));
        }
        Ok(readings)
    }

    fn at(&self, document: Id<Document>, block: u32, written: Option<Reading>) -> Reading {
        let block = i32::try_from(block).unwrap_or(i32::MAX);
        let ribbon = written.and_then(|one| one.ribbon);
        Reading { id: self.reading_of(document), member: self.me, document, block, ribbon }
    }

    fn keep_place(&mut self, document: Id<Document>, block: u32) -> Result<(), Trouble> {
        self.need(document)?;
        if self.place_here()?.is_some_and(|(of, _)| of != document) {
            self.settle_place()?;
        }
        // What there is to read is counted with it, although nothing is written.
        self.catalogue = None;
        self.changed.insert(Reading::TABLE.name);
        Ok(self.book.put_fact(PLACE, &Some((document, block)))?)
    }

    /// Writes the place for the other devices, if it is another than is written there.
    pub(crate) fn settle_place(&mut self) -> Result<(), Trouble> {
        let Some((document, block)) = self.place_here()? else { return Ok(()) };
        let written = self.book.get(self.reading_of(document))?;
        if written.is_none_or(|one| i64::from(one.block) != i64::from(block)) {
            self.say_reading(document, "block", i64::from(block).into())?;
        }
        Ok(self.book.put_fact::<Place>(PLACE, &None)?)
    }

    fn say_reading(&mut self, document: Id<Document>, field: &'static str, value: Value) -> Result<(), Trouble> {
        self.need(document)?;
        let id = self.reading_of(document);
        let named = [edit(id, "member", self.me), edit(id, "document", document)];
        self.write(self.own_log::<Reading>()?, named.into_iter().chain([edit(id, field, value)]).collect(), None)
    }
}

/// Keeps the block at the top of the screen on this device; as many as there are blocks at the end of the text.
#[derive(Deserialize, TS)]
pub struct SaveReading {
    id: Id<Document>,
    block: u32,
}

impl Action for SaveReading {
    const NAME: &'static str = "save_reading";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| desk.keep_place(self.id, self.block))
    }
}

/// Says that the reader has gone from the document, or the app from the screen: the place goes to their other devices.
#[derive(Deserialize, TS)]
pub struct LeaveReading {}

impl Action for LeaveReading {
    const NAME: &'static str = "leave_reading";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(Desk::settle_place)
    }
}

/// Lays the ribbon at a block, or takes it out.
#[derive(Deserialize, TS)]
pub struct LayRibbon {
    id: Id<Document>,
    block: Option<u32>,
}

impl Action for LayRibbon {
    const NAME: &'static str = "lay_ribbon";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| desk.say_reading(self.id, "ribbon", self.block.map(i64::from).into()))
    }
}
