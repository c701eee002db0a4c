//! A meeting's agenda, what was said of each item, and what was concluded. Words are saved while they are typed.

use domain::{Discussion, Id, Item, Meeting, Record, Value};
use serde::{Deserialize, Serialize};
use store::Edit;
use ts_rs::TS;
use uuid::Uuid;

use super::{
    attach::ItemDocument,
    said::{Asking, Said, spoken, spoken_or_nothing},
    tasks::TaskLine,
};
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
};

/// One item of the agenda.
#[derive(Debug, Serialize, TS)]
pub struct ItemLine {
    /// Its name.
    pub id: Id<Item>,
    /// Its place, from 1.
    pub place: u32,
    /// What it is.
    pub title: Said,
    /// The papers read for it, a line each.
    pub papers: Said,
    /// The documents read for it.
    pub documents: Vec<ItemDocument>,
    /// What was said of it, for those who lead the cell.
    pub words: Said,
    /// What was concluded of it.
    pub conclusion: Said,
    /// The record both are in, to settle them.
    pub discussion: Id<Discussion>,
    /// The tasks that its conclusion gave.
    pub tasks: Vec<TaskLine>,
}

impl ItemLine {
    /// What it is called.
    pub fn title(&self) -> &str {
        self.title.value.as_deref().unwrap_or_default()
    }
}

impl Desk {
    /// The items of a meeting in their order.
    pub(crate) fn items(&self, meeting: Id<Meeting>) -> Result<Vec<Item>, Trouble> {
        Ok(self.book.list("WHERE meeting = ?1 ORDER BY place, id", [meeting.uuid().into_bytes()])?)
    }

    /// The agenda, each item with the tasks given at it; the tasks of no item are left in `tasks`.
    pub(super) fn agenda(&self, id: Id<Meeting>, tasks: &mut Vec<TaskLine>) -> Result<Vec<ItemLine>, Trouble> {
        let (of_item, of_words) = (Asking::of::<Item>(self)?, Asking::of::<Discussion>(self)?);
        let mut lines: Vec<ItemLine> = Vec::new();
        for item in self.items(id)? {
            let discussion = Id::made_from(&[item.id.into()]);
            let said: Option<Discussion> = self.book.get(discussion)?;
            let (words, conclusion) = said.map_or((None, None), |said| (said.words, said.conclusion));
            let (uuid, talk) = (item.id.uuid(), discussion.uuid());
            lines.push(ItemLine {
                id: item.id,
                place: lines.len() as u32 + 1,
                title: of_item.said(self, uuid, "title", Some(item.title))?,
                papers: of_item.said(self, uuid, "papers", item.papers)?,
                documents: self.item_documents(item.id)?,
                words: of_words.said(self, talk, "words", words)?,
                conclusion: of_words.said(self, talk, "conclusion", conclusion)?,
                discussion,
                tasks: tasks.extract_if(.., |task| task.item == Some(item.id)).collect(),
            });
        }
        Ok(lines)
    }

    /// A meeting of this person's own unit.
    pub(super) fn own_meeting(&self, id: Id<Meeting>) -> Result<Meeting, Trouble> {
        let meeting = self.need(id)?;
        if meeting.unit == self.unit { Ok(meeting) } else { Err(Code::NotFound.into()) }
    }

    fn write_said(&mut self, item: Id<Item>, field: &'static str, said: &str, was: &str) -> Result<(), Trouble> {
        self.need(item)?;
        let id: Id<Discussion> = Id::made_from(&[item.into()]);
        let mut edits = vec![edit(id, "unit", self.unit), edit(id, "item", item)];
        edits.extend(self.back(&Discussion::TABLE, id.uuid())?);
        let text = Edit { value: spoken_or_nothing(Some(said)), ..edit(id, field, Value::Nothing) };
        self.write_over(self.log(&Discussion::TABLE), edits, text, &spoken_or_nothing(Some(was)))
    }
}

/// Puts an item on the agenda, at its end, or changes one.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct SaveItem {
    meeting: Id<Meeting>,
    item: Option<Id<Item>>,
    title: String,
    papers: Option<String>,
}

impl Action for SaveItem {
    const NAME: &'static str = "save_item";
    type Reply = Id<Item>;

    fn run(self, app: &App) -> Result<Id<Item>, Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.own_meeting(self.meeting)?;
            let id = self.item.unwrap_or_else(|| Id::new(Uuid::now_v7()));
            let mut edits = vec![
                edit(id, "title", spoken(&self.title)),
                Edit { value: spoken_or_nothing(self.papers.as_deref()), ..edit(id, "papers", Value::Nothing) },
            ];
            match self.item {
                Some(item) => drop(desk.need(item)?),
                None => {
                    let last = desk.items(meeting.id)?.last().map_or(0, |item| item.place);
                    let place = i64::from(last) + 1;
                    edits.extend([
                        edit(id, "unit", desk.unit),
                        edit(id, "meeting", meeting.id),
                        edit(id, "place", place),
                    ]);
                }
            }
            desk.write(desk.log(&Item::TABLE), edits, None)?;
            Ok(id)
        })
    }
}

/// Takes an item off the agenda, or puts it back; what was said of it is kept.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct RemoveItem {
    item: Id<Item>,
    /// Puts it back instead.
    back: Option<bool>,
}

impl Action for RemoveItem {
    const NAME: &'static str = "remove_item";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            let removed = i64::from(!self.back.unwrap_or_default());
            desk.write(desk.log(&Item::TABLE), vec![edit(self.item, "removed", removed)], None)
        })
    }
}

/// Moves an item one place up or down.
#[derive(Deserialize, TS)]
pub struct MoveItem {
    item: Id<Item>,
    up: bool,
}

impl Action for MoveItem {
    const NAME: &'static str = "move_item";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            let mut items = desk.items(desk.need(self.item)?.meeting)?;
            let at = items.iter().position(|item| item.id == self.item).ok_or(Code::NotFound)?;
            let to = if self.up { at.saturating_sub(1) } else { (at + 1).min(items.len() - 1) };
            items.swap(at, to);
            let places = (1..).zip(&items).filter(|(place, item)| item.place != *place);
            let edits = places.map(|(place, item)| edit(item.id, "place", i64::from(place))).collect();
            desk.write(desk.log(&Item::TABLE), edits, None)
        })
    }
}

/// Saves what was said of an item, while it is typed.
#[derive(Deserialize, TS)]
pub struct SaveWords {
    item: Id<Item>,
    words: String,
    /// What was on screen before: what somebody else wrote meanwhile is not written over.
    was: String,
}

impl Action for SaveWords {
    const NAME: &'static str = "save_words";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| desk.write_said(self.item, "words", &self.words, &self.was))
    }
}

/// Saves what was concluded of an item, while it is typed.
#[derive(Deserialize, TS)]
pub struct SaveConclusion {
    item: Id<Item>,
    conclusion: String,
    /// What was on screen before.
    was: String,
}

impl Action for SaveConclusion {
    const NAME: &'static str = "save_conclusion";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| desk.write_said(self.item, "conclusion", &self.conclusion, &self.was))
    }
}
