//! Resolutions and conclusions as screens show them: the list, one with all about it, its number as it stands on paper.

use domain::{
    Day, Decides, Id, Level, Meeting, Moment, Numbering, Outcome, Record, Resolution, ResolutionKind, ResolutionStatus,
    Task, in_force,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    day::{Comrade, comrades},
    seal::Seal,
    tasks::TaskLine,
    votes::VoteLine,
};
use crate::{Action, App, Trouble, desk::Desk};

/// The resolutions of the unit.
#[derive(Debug, Serialize, TS)]
pub struct ResolutionList {
    /// The newest first.
    pub rows: Vec<ResolutionLine>,
    /// Whether this person may write one.
    pub may_edit: bool,
}

/// One resolution in a list.
#[derive(Debug, Serialize, TS)]
pub struct ResolutionLine {
    /// Its name.
    pub id: Id<Resolution>,
    /// Nghị quyết or kết luận.
    pub kind: ResolutionKind,
    /// What it is about.
    pub title: String,
    /// How far it has come.
    pub status: ResolutionStatus,
    /// What was decided.
    pub outcome: Option<Outcome>,
    /// When it was adopted.
    pub adopted_on: Option<Day>,
    /// Its number as it stands on paper, once it is adopted: `Số 05-NQ/CB`, or a blank in the number's place.
    pub number: Option<String>,
    /// Which draft it is.
    pub round: i32,
    /// Why its number is not used after all.
    pub cancelled: Option<String>,
}

/// One resolution with everything about it.
#[derive(Debug, Serialize, TS)]
pub struct ResolutionPage {
    /// As in the list.
    pub line: ResolutionLine,
    /// What it says.
    pub body: String,
    /// The meeting that took it up.
    pub meeting: Option<Id<Meeting>>,
    /// When that was.
    pub met_at: Option<Moment>,
    /// The vote that decided it, where this person may read it.
    pub vote: Option<VoteLine>,
    /// Votes that may decide it: those of its meeting that were about a resolution and decided no other.
    pub votes: Vec<VoteLine>,
    /// Whether it may be concluded without a vote.
    pub unvoted: bool,
    /// Whether its text can be trusted.
    pub seal: Seal,
    /// What this person may do with it next.
    pub may: Vec<ResolutionStep>,
    /// What its number waits for.
    pub waits: Option<NumberWaits>,
    /// Whether two devices wrote of it differently.
    pub differs: bool,
    /// The tasks that come out of it, the most urgent first.
    pub tasks: Vec<TaskLine>,
    /// To whom one can be given; nobody where it gives none.
    pub people: Vec<Comrade>,
    /// The last day for one unless another is said.
    pub due_on: Option<Day>,
}

/// What may be done with a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResolutionStep {
    /// Change its words.
    Edit,
    /// Put it before the cell.
    Propose,
    /// Say which vote decided it.
    Decide,
    /// Ask the server for its number.
    Number,
    /// Seal its text.
    Seal,
    /// Say that its number is not used.
    Cancel,
}

/// What a number waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NumberWaits {
    /// The server's word.
    Server,
    /// The unit's term, which the office above has not written yet: papers are numbered within it.
    Term,
}

impl Desk {
    fn level(&self, resolution: &Resolution) -> Result<Level, Trouble> {
        Ok(self.book.get(resolution.unit)?.map_or(Level::Cell, |unit| unit.level))
    }

    /// The rule of numbers on the day it was adopted.
    fn numbering(&self, day: &str) -> Option<&Numbering> {
        in_force(&self.rules.numbering, day).map(|rule| &rule.sets)
    }

    /// Its number as it stands on paper, once it is adopted.
    pub(super) fn written(&self, resolution: &Resolution) -> Result<Option<String>, Trouble> {
        let adopted = resolution.outcome == Some(Outcome::Adopted) || resolution.number.is_some();
        let rule = self.numbering(&resolution.adopted_on).filter(|_| adopted);
        let level = self.level(resolution)?;
        Ok(rule.map(|rule| rule.written(resolution.number, resolution.kind, level)))
    }

    /// The series it asks a number of; none while its unit's term is not known.
    pub(super) fn series(&self, resolution: &Resolution, day: &str) -> Result<Option<String>, Trouble> {
        let term = self.book.get(resolution.unit)?.and_then(|unit| unit.term);
        Ok(term.and_then(|term| self.numbering(day)?.series(resolution.kind, &term)))
    }

    pub(super) fn resolution_line(&self, resolution: Resolution) -> Result<ResolutionLine, Trouble> {
        Ok(ResolutionLine {
            number: self.written(&resolution)?,
            adopted_on: Some(resolution.adopted_on).filter(|day| !day.is_empty()),
            id: resolution.id,
            kind: resolution.kind,
            title: resolution.title,
            status: resolution.status,
            outcome: resolution.outcome,
            round: resolution.round.unwrap_or(1),
            cancelled: resolution.cancelled,
        })
    }

    pub(super) fn resolution_page(&self, id: Id<Resolution>) -> Result<ResolutionPage, Trouble> {
        let resolution = self.need(id)?;
        let seal = self.seal_of(&resolution)?;
        let meeting = resolution.meeting.map(|id| self.book.get(id)).transpose()?.flatten();
        let vote = resolution.vote.map(|id| self.book.get(id)).transpose()?.flatten();
        let decided = resolution.status == ResolutionStatus::Decided;
        let votes = match resolution.meeting.filter(|_| !decided) {
            Some(meeting) => self.votes(meeting)?,
            None => Vec::new(),
        };
        let votes = votes.into_iter().filter(|vote| vote.decides == Decides::Resolution);
        let votes = votes.filter_map(|vote| match self.vote_taken(vote.id, Some(id)) {
            Ok(taken) => (!taken).then_some(Ok(vote)),
            Err(trouble) => Some(Err(trouble)),
        });
        let votes = votes.collect::<Result<Vec<_>, Trouble>>()?;
        let begun = meeting.as_ref().is_some_and(|meeting| meeting.started_at.is_some());
        let asks = resolution.outcome == Some(Outcome::Adopted) && resolution.number.is_none();
        let waits = match (asks, resolution.series.is_some()) {
            (false, _) => None,
            (true, true) => Some(NumberWaits::Server),
            (true, false) => Some(NumberWaits::Term),
        };
        let gives = resolution.outcome != Some(Outcome::Rejected) && resolution.cancelled.is_none();
        let gives = gives && resolution.unit == self.unit && self.may_edit(&Task::TABLE, "what")?;
        let mut roster = if gives { self.roster()? } else { Vec::new() };
        roster.retain(|member| !member.activity.ended());
        let due_on = meeting.as_ref().map(|meeting| self.due_on(meeting)).transpose()?.flatten();
        Ok(ResolutionPage {
            differs: self.differs(&Resolution::TABLE, id.uuid())?,
            tasks: self.task_lines(self.book.list("WHERE resolution = ?1", [id.uuid().into_bytes()])?)?,
            people: comrades(&roster, &[]),
            due_on: due_on.filter(|due| *due >= self.today()),
            may: self.steps(&resolution, &seal, waits)?,
            body: resolution.body.clone(),
            meeting: resolution.meeting,
            met_at: meeting.map(|meeting| meeting.planned_at),
            vote: vote.map(|vote| self.vote_line(vote)).transpose()?,
            votes,
            unvoted: resolution.kind == ResolutionKind::Conclusion && begun && !decided,
            seal,
            waits,
            line: self.resolution_line(resolution)?,
        })
    }

    fn steps(
        &self,
        resolution: &Resolution,
        seal: &Seal,
        waits: Option<NumberWaits>,
    ) -> Result<Vec<ResolutionStep>, Trouble> {
        if !self.may_edit(&Resolution::TABLE, "body")? {
            return Ok(Vec::new());
        }
        let (draft, decided) =
            (resolution.status == ResolutionStatus::Draft, resolution.status == ResolutionStatus::Decided);
        let numbered = resolution.number.is_some() && resolution.cancelled.is_none();
        let term = waits == Some(NumberWaits::Term) && self.series(resolution, &resolution.adopted_on)?.is_some();
        let steps = [
            (ResolutionStep::Edit, !decided && seal.is_open()),
            (ResolutionStep::Propose, draft),
            (ResolutionStep::Decide, resolution.status == ResolutionStatus::Proposed),
            (ResolutionStep::Number, term),
            (ResolutionStep::Seal, numbered && seal.is_open()),
            (ResolutionStep::Cancel, numbered),
        ];
        Ok(steps.into_iter().filter(|(_, may)| *may).map(|(step, _)| step).collect())
    }
}

/// Asks for the resolutions of the unit.
#[derive(Deserialize, TS)]
pub struct Resolutions {}

impl Action for Resolutions {
    const NAME: &'static str = "resolutions";
    type Reply = ResolutionList;

    fn run(self, app: &App) -> Result<ResolutionList, Trouble> {
        app.at_desk(|desk| {
            let all: Vec<Resolution> =
                desk.book.list("WHERE unit = ?1 ORDER BY id DESC", [desk.unit.uuid().into_bytes()])?;
            let rows = all.into_iter().map(|resolution| desk.resolution_line(resolution));
            Ok(ResolutionList {
                rows: rows.collect::<Result<_, _>>()?,
                may_edit: desk.may_edit(&Resolution::TABLE, "body")?,
            })
        })
    }
}

/// Asks for one.
#[derive(Deserialize, TS)]
pub struct GetResolution {
    id: Id<Resolution>,
}

impl Action for GetResolution {
    const NAME: &'static str = "resolution";
    type Reply = ResolutionPage;

    fn run(self, app: &App) -> Result<ResolutionPage, Trouble> {
        app.at_desk(|desk| desk.resolution_page(self.id))
    }
}
