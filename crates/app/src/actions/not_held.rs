//! The months of a minutes book: what was held in each, and why nothing was.

use domain::{Id, Meeting, MeetingKind, MeetingStatus};
use serde::Deserialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    Action, App, Trouble,
    desk::{Desk, edit, word},
    meeting::MeetingLine,
};

/// Those that were not given up.
pub(super) const HELD: &str = "(not_held IS NULL OR status <> 'planned')";
/// When a meeting that only says why a month had none was to begin.
const NEVER: &str = "-01T00:00";

/// One month of a minutes book.
pub(super) struct BookMonth {
    /// `3`
    pub number: u32,
    /// The meetings that were held in it, or are being held, the first first.
    pub held: Vec<Meeting>,
    /// Why none was.
    pub why: Option<String>,
}

/// Whether a meeting is there only to say why its month had none.
pub(crate) fn is_page(meeting: &Meeting) -> bool {
    meeting.not_held.is_some() && meeting.place.is_empty() && meeting.planned_at.ends_with(NEVER)
}

impl Desk {
    /// The months of a year that a minutes book tells: from the first meeting that this book knows, those in which the cell
    /// met, and those that are over. What is to come is not told.
    pub(super) fn months(&self, year: i32) -> Result<Vec<BookMonth>, Trouble> {
        let unit = self.unit.uuid().into_bytes();
        let first: Vec<Meeting> = self.book.list("WHERE unit = ?1 ORDER BY planned_at LIMIT 1", [unit])?;
        let Some(first) = first.first().and_then(|meeting| meeting.planned_at.get(..7)) else { return Ok(Vec::new()) };
        let (from, to) = (format!("{year:04}-01"), format!("{:04}-01", year.saturating_add(1)));
        let meetings: Vec<Meeting> = self.book.list(
            "WHERE unit = ?1 AND planned_at >= ?2 AND planned_at < ?3 ORDER BY planned_at, id",
            (unit, from.as_str(), to.as_str()),
        )?;
        let today = self.today();
        let months = (1..=12).filter_map(|number| {
            let month = format!("{year:04}-{number:02}");
            let of: Vec<&Meeting> = meetings.iter().filter(|one| one.planned_at.starts_with(&month)).collect();
            let why = of.iter().find_map(|one| one.missed()).map(str::to_owned);
            let held: Vec<Meeting> =
                of.into_iter().filter(|one| one.status != MeetingStatus::Planned).cloned().collect();
            let over = today.get(..7).is_some_and(|now| month.as_str() < now);
            let told = !held.is_empty() || over && month.as_str() >= first;
            told.then_some(BookMonth { number, held, why })
        });
        Ok(months.collect())
    }
}

/// Says why a month had no meeting: it stands in the minutes book.
#[derive(Deserialize, TS)]
pub struct SayNotHeld {
    year: i32,
    month: u32,
    reason: String,
}

impl Action for SayNotHeld {
    const NAME: &'static str = "say_not_held";
    type Reply = MeetingLine;

    fn run(self, app: &App) -> Result<MeetingLine, Trouble> {
        app.at_desk(|desk| {
            let month = format!("{:04}-{:02}", self.year, self.month);
            let day = format!("{month}-01");
            if !domain::is_day(&day) {
                return Err(Trouble::invalid("month", "not_a_month"));
            }
            if desk.today() < day {
                return Err(Trouble::invalid("month", "month_to_come"));
            }
            let reason = domain::clean(&self.reason);
            if reason.is_empty() {
                return Err(Trouble::invalid("not_held", "empty"));
            }
            let unit = desk.unit.uuid().into_bytes();
            let of: Vec<Meeting> = desk.book.list(
                "WHERE unit = ?1 AND planned_at >= ?2 AND planned_at < ?3 ORDER BY planned_at, id",
                (unit, month.as_str(), format!("{month}-99")),
            )?;
            if of.iter().any(|one| one.status != MeetingStatus::Planned) {
                return Err(Trouble::invalid("month", "cell_met"));
            }
            // What was planned and never begun is what was not held; else there was nothing, and a page says so.
            let planned = of.iter().find(|one| one.kind == MeetingKind::Regular).map(|one| one.id);
            let id: Id<Meeting> = planned.unwrap_or_else(|| Id::new(Uuid::now_v7()));
            let mut edits = vec![edit(id, "not_held", reason)];
            if planned.is_none() {
                edits.extend([
                    edit(id, "unit", desk.unit),
                    edit(id, "kind", word(MeetingKind::Regular)),
                    edit(id, "planned_at", month + NEVER),
                ]);
            }
            desk.write_meeting(edits)?;
            desk.meeting_line(id)
        })
    }
}
