//! What is still missing of a meeting's minutes, and on which step of the meeting's day it is put right.

use domain::{Discussion, Id, Item, Mark, Minutes};
use serde::Serialize;
use ts_rs::TS;

use super::{Sitting, minutes, write};
use crate::{Trouble, actions::Step, desk::Desk};

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Gap {
    /// What.
    pub why: Lack,
    /// Where it is put right.
    pub step: Step,
    /// Of which item.
    pub item: Option<Id<Item>>,
    /// Whether the minutes cannot be acknowledged without it.
    pub blocks: bool,
}

/// What minutes can lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// Who leads.
    Chair,
    /// Who writes.
    MinuteTaker,
    /// Chair and minute-taker are one person.
    SamePerson,
    /// Where it was held.
    Place,
    /// When it began.
    Start,
    /// When it ended.
    End,
    /// The roll is not closed.
    Roll,
    /// Somebody is absent, and why is not known.
    Reason,
    /// How dues stand was not said.
    Dues,
    /// There is no agenda.
    Agenda,
    /// Nothing was said of an item.
    Words,
    /// The text is longer than minutes can be.
    TooLong,
    /// Nothing was concluded of an item.
    Conclusion,
    /// Two people wrote different things: one is to be chosen.
    Choice,
}

impl Desk {
    /// Everything that is missing, in the order of the steps.
    pub fn gaps(&self, sitting: &Sitting) -> Result<Vec<Gap>, Trouble> {
        let mut gaps = Vec::new();
        let mut lacks = |yes: bool, why, step, item, blocks| {
            if yes {
                gaps.push(Gap { why, step, item, blocks });
            }
        };
        let meeting = &sitting.meeting;
        let (chair, taker) = (meeting.chair, meeting.minute_taker);
        lacks(chair.is_none(), Lack::Chair, Step::Invitation, None, true);
        lacks(taker.is_none(), Lack::MinuteTaker, Step::Invitation, None, true);
        lacks(chair.is_some() && chair == taker, Lack::SamePerson, Step::Invitation, None, true);
        lacks(meeting.place.is_empty(), Lack::Place, Step::Invitation, None, true);
        lacks(meeting.attendance_closed_at.is_none(), Lack::Roll, Step::Roll, None, true);
        lacks(!sitting.marked(Mark::Absent).is_empty(), Lack::Reason, Step::Roll, None, false);
        lacks(meeting.started_at.is_none(), Lack::Start, Step::Roll, None, true);
        lacks(sitting.day.told_dues().is_none(), Lack::Dues, Step::Discussion, None, false);
        lacks(sitting.day.items.is_empty(), Lack::Agenda, Step::Papers, None, true);
        for item in &sitting.day.items {
            lacks(item.words.value.is_none(), Lack::Words, Step::Discussion, Some(item.id), false);
            lacks(item.conclusion.value.is_none(), Lack::Conclusion, Step::Conclusion, Some(item.id), false);
        }
        let text = write(&minutes(sitting, &self.words_on(&meeting.planned_at)?, false));
        lacks(text.chars().count() > Minutes::LONGEST, Lack::TooLong, Step::Discussion, None, true);
        for (table, id) in self.asked_in(meeting.id)? {
            let of_item = |id| sitting.day.items.iter().find(|item| item.id == id).map(|item| item.id);
            let (step, item) = match table.name {
                "item" => (Step::Discussion, of_item(Id::new(id))),
                "discussion" => {
                    (Step::Discussion, self.need::<Discussion>(Id::new(id)).map(|talk| of_item(talk.item))?)
                }
                "attendance" => (Step::Roll, None),
                "vote" => (Step::Conclusion, None),
                "score" => (Step::Minutes, None),
                _ => (Step::Invitation, None),
            };
            lacks(true, Lack::Choice, step, item, true);
        }
        lacks(meeting.ended_at.is_none(), Lack::End, Step::Conclusion, None, true);
        gaps.sort_by_key(|gap| gap.step);
        Ok(gaps)
    }
}
