//! What becomes of a resolution: drafted, proposed, decided by a vote, its number asked for and cancelled.

use domain::{Day, Decides, Id, Meeting, Outcome, Record, Resolution, ResolutionKind, ResolutionStatus, Vote};
use serde::Deserialize;
use store::Edit;
use ts_rs::TS;
use uuid::Uuid;

use super::resolutions::ResolutionPage;
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit, word},
};

impl Desk {
    /// Writes of a resolution, and shows it again.
    fn write_resolution(&mut self, id: Id<Resolution>, edits: Vec<Edit>) -> Result<ResolutionPage, Trouble> {
        let log = self.book.log_of(&Resolution::TABLE, id.uuid())?;
        let log = log.unwrap_or_else(|| self.log(&Resolution::TABLE));
        self.write(log, edits, None)?;
        self.resolution_page(id)
    }

    /// One whose words are still open: what was decided stands as it was decided, and what was sealed as it was sealed.
    fn open_resolution(&self, id: Id<Resolution>) -> Result<Resolution, Trouble> {
        let resolution = self.need(id)?;
        if !self.seal_of(&resolution)?.is_open() {
            return Err(Trouble::invalid("body", "sealed"));
        }
        if resolution.status == ResolutionStatus::Decided {
            return Err(Trouble::invalid("body", "voted"));
        }
        Ok(resolution)
    }
}

/// Writes a draft, or changes one.
#[derive(Deserialize, TS)]
pub struct SaveResolution {
    /// None for a new one.
    id: Option<Id<Resolution>>,
    meeting: Option<Id<Meeting>>,
    kind: ResolutionKind,
    title: String,
    body: String,
}

impl Action for SaveResolution {
    const NAME: &'static str = "save_resolution";
    type Reply = ResolutionPage;

    fn run(self, app: &App) -> Result<ResolutionPage, Trouble> {
        app.at_desk(|desk| {
            let id = self.id.unwrap_or_else(|| Id::new(Uuid::now_v7()));
            let mut edits = match self.id {
                // Its kind was said when it was begun; so was its meeting, or it is said once.
                Some(id) => {
                    let was = desk.open_resolution(id)?;
                    let meeting = self.meeting.filter(|_| was.meeting.is_none());
                    let mut edits: Vec<Edit> =
                        meeting.map(|meeting| edit(id, "meeting", meeting)).into_iter().collect();
                    // Other words than those that the cell had before it are the next draft.
                    let same = was.title == domain::clean(&self.title) && was.body == domain::clean(&self.body);
                    if was.status == ResolutionStatus::Proposed && !same {
                        edits.push(edit(id, "round", i64::from(was.round.unwrap_or(1)) + 1));
                    }
                    edits
                }
                None => vec![
                    edit(id, "unit", desk.unit),
                    edit(id, "meeting", self.meeting),
                    edit(id, "kind", word(self.kind)),
                    edit(id, "status", "draft"),
                ],
            };
            edits.push(edit(id, "title", domain::clean(&self.title)));
            edits.push(edit(id, "body", domain::clean(&self.body)));
            desk.write_resolution(id, edits)
        })
    }
}

/// Puts a draft before the cell.
#[derive(Deserialize, TS)]
pub struct ProposeResolution {
    id: Id<Resolution>,
}

impl Action for ProposeResolution {
    const NAME: &'static str = "propose_resolution";
    type Reply = ResolutionPage;

    fn run(self, app: &App) -> Result<ResolutionPage, Trouble> {
        app.at_desk(|desk| {
            desk.open_resolution(self.id)?;
            desk.write_resolution(self.id, vec![edit(self.id, "status", "proposed")])
        })
    }
}

/// Says which vote decided it: what was decided follows from that. What is adopted asks for its number. A conclusion may also be
/// the chair's, drawn at a meeting without a vote.
#[derive(Deserialize, TS)]
pub struct DecideResolution {
    id: Id<Resolution>,
    vote: Option<Id<Vote>>,
}

/// What was decided, on which day, at which meeting.
struct Decision {
    adopted: bool,
    day: Day,
    meeting: Id<Meeting>,
}

impl Desk {
    fn decided_by(&self, resolution: &Resolution, vote: Option<Id<Vote>>) -> Result<Decision, Trouble> {
        let day = |moment: &str| moment.get(..10).unwrap_or_default().to_owned();
        let Some(id) = vote else {
            if resolution.kind != ResolutionKind::Conclusion {
                return Err(Trouble::invalid("vote", "empty"));
            }
            let meeting = self.need(resolution.meeting.ok_or_else(|| Trouble::invalid("meeting", "empty"))?)?;
            if meeting.started_at.is_none() {
                return Err(Trouble::invalid("meeting", "not_begun"));
            }
            return Ok(Decision { adopted: true, day: day(&meeting.planned_at), meeting: meeting.id });
        };
        let vote = self.need(id)?;
        if vote.unit != resolution.unit {
            return Err(Code::NotFound.into());
        }
        if vote.decides != Decides::Resolution {
            return Err(Trouble::invalid("vote", "other_vote"));
        }
        if resolution.meeting.is_some_and(|meeting| meeting != vote.meeting) {
            return Err(Trouble::invalid("vote", "other_meeting"));
        }
        if self.vote_taken(id, Some(resolution.id))? {
            return Err(Trouble::invalid("vote", "vote_taken"));
        }
        let meeting = vote.meeting;
        let line = self.vote_line(vote)?;
        Ok(Decision { adopted: line.passed, day: day(&line.planned_at), meeting })
    }
}

impl Action for DecideResolution {
    const NAME: &'static str = "decide_resolution";
    type Reply = ResolutionPage;

    fn run(self, app: &App) -> Result<ResolutionPage, Trouble> {
        app.at_desk(|desk| {
            let resolution = desk.open_resolution(self.id)?;
            let Decision { adopted, day, meeting } = desk.decided_by(&resolution, self.vote)?;
            let mut edits = vec![
                edit(self.id, "status", "decided"),
                edit(self.id, "outcome", if adopted { "adopted" } else { "rejected" }),
                edit(self.id, "vote", self.vote),
            ];
            if resolution.meeting.is_none() {
                edits.push(edit(self.id, "meeting", meeting));
            }
            if adopted {
                let series = desk.series(&resolution, &day)?;
                edits.push(edit(self.id, "adopted_on", day));
                edits.extend(series.map(|series| edit(self.id, "series", series)));
            }
            desk.write_resolution(self.id, edits)
        })
    }
}

/// Asks the server for the number of one that was adopted before its unit's term was known.
#[derive(Deserialize, TS)]
pub struct AskNumber {
    id: Id<Resolution>,
}

impl Action for AskNumber {
    const NAME: &'static str = "ask_number";
    type Reply = ResolutionPage;

    fn run(self, app: &App) -> Result<ResolutionPage, Trouble> {
        app.at_desk(|desk| {
            let resolution = desk.need(self.id)?;
            let adopted = resolution.outcome == Some(Outcome::Adopted) && resolution.series.is_none();
            let series = desk.series(&resolution, &resolution.adopted_on)?.filter(|_| adopted);
            let series = series.ok_or_else(|| Trouble::invalid("term", "empty"))?;
            desk.write_resolution(self.id, vec![edit(self.id, "series", series)])
        })
    }
}

/// Says that a number is not used after all, and why. It stays the record's own.
#[derive(Deserialize, TS)]
pub struct CancelNumber {
    id: Id<Resolution>,
    reason: String,
}

impl Action for CancelNumber {
    const NAME: &'static str = "cancel_number";
    type Reply = ResolutionPage;

    fn run(self, app: &App) -> Result<ResolutionPage, Trouble> {
        app.at_desk(|desk| {
            if desk.need(self.id)?.number.is_none() {
                return Err(Trouble::invalid("number", "not_numbered"));
            }
            desk.write_resolution(self.id, vec![edit(self.id, "cancelled", domain::clean(&self.reason))])
        })
    }
}
