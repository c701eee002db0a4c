//! A record that a search found, as the box for everything shows it, and where it leads.

use domain::{Annex, Discussion, Document, Id, Item, Meeting, Minutes, Record, Resolution, Task, clean};
use store::Match;

use super::find::{Hit, HitKind};
use crate::{Trouble, desk::Desk};

impl Desk {
    /// A record that a search found, as the box shows it; what was said in a meeting leads to the meeting.
    pub(super) fn hit(&self, found: &Match) -> Result<Option<Hit>, Trouble> {
        let book = &self.book;
        let name = found.table.as_str();
        Ok(if name == Document::TABLE.name {
            let document = book.get::<Document>(Id::new(found.id))?;
            let shown = document.map(|one| Ok::<_, Trouble>(self.shows(&one)?.then_some(one))).transpose()?.flatten();
            shown.map(|document| Hit {
                what: HitKind::Document,
                note: clean(&format!("{} {}", document.form, document.number.unwrap_or_default())),
                title: document.title,
                route: format!("#/tai-lieu/doc/{}", document.id),
            })
        } else if name == Resolution::TABLE.name {
            book.get::<Resolution>(Id::new(found.id))?.map(|resolution| Hit {
                what: HitKind::Resolution,
                title: resolution.title,
                note: resolution.adopted_on,
                route: format!("#/tai-lieu/nghi-quyet/{}", resolution.id),
            })
        } else if name == Task::TABLE.name {
            let found = book.get::<Task>(Id::new(found.id))?.into_iter().collect();
            self.standing(found)?.pop().map(|task| Hit {
                what: HitKind::Task,
                title: task.what,
                note: task.due_on.unwrap_or_default(),
                route: format!("#/viec/{}", task.id),
            })
        } else {
            self.meeting_of(found)?.map(|id| book.get(id)).transpose()?.flatten().map(|meeting: Meeting| Hit {
                what: HitKind::Meeting,
                title: meeting.topic.unwrap_or_default(),
                note: meeting.planned_at,
                route: format!("#/sinh-hoat/{}", meeting.id),
            })
        })
    }

    /// The meeting in which something was said.
    fn meeting_of(&self, found: &Match) -> Result<Option<Id<Meeting>>, Trouble> {
        let book = &self.book;
        let item = |id: Id<Item>| Ok::<_, Trouble>(book.get(id)?.map(|item: Item| item.meeting));
        let name = found.table.as_str();
        if name == Meeting::TABLE.name {
            Ok(Some(Id::new(found.id)))
        } else if name == Item::TABLE.name {
            item(Id::new(found.id))
        } else if name == Discussion::TABLE.name {
            let said: Option<Discussion> = book.get(Id::new(found.id))?;
            Ok(said.map(|said| item(said.item)).transpose()?.flatten())
        } else if name == Minutes::TABLE.name {
            Ok(book.get::<Minutes>(Id::new(found.id))?.map(|minutes| minutes.meeting))
        } else if name == Annex::TABLE.name {
            Ok(book.get::<Annex>(Id::new(found.id))?.map(|annex| annex.meeting))
        } else {
            Ok(None)
        }
    }
}
