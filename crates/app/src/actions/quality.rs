//! How the cell scores its own meeting: the form in force in the meeting's month, its points, and what they come to.

use domain::{Fault, Id, Log, Meeting, Record, Score, in_force};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
};

/// The form of one meeting.
#[derive(Debug, Serialize, TS)]
pub struct QualityForm {
    /// Its lines, in order.
    pub criteria: Vec<QualityLine>,
    /// The points given, added up.
    pub sum: u32,
    /// The most there are.
    pub of: u32,
    /// What the sum comes to, once every line has its points.
    pub class: Option<String>,
    /// Where the form comes from.
    pub source: String,
    /// Whether this person may score; nobody may once the minutes are locked.
    pub may_score: bool,
}

/// One line of it.
#[derive(Debug, Serialize, TS)]
pub struct QualityLine {
    /// Its name in the book.
    pub criterion: String,
    /// What it asks.
    pub name: String,
    /// The most points.
    pub most: u32,
    /// The points given; none where it was not scored yet.
    pub points: Option<i32>,
    /// Whether two people gave different points: one is to be chosen.
    pub asks: bool,
}

impl QualityForm {
    /// Whether somebody has given points.
    pub fn is_begun(&self) -> bool {
        self.criteria.iter().any(|line| line.points.is_some())
    }
}

impl Desk {
    fn quality(&self, id: Id<Meeting>) -> Result<QualityForm, Trouble> {
        self.quality_of(&self.need(id)?)?.ok_or_else(|| Code::NoRule.into())
    }

    /// The form of a meeting with its points; none where no form was in force.
    pub(crate) fn quality_of(&self, meeting: &Meeting) -> Result<Option<QualityForm>, Trouble> {
        let given: Vec<Score> = self.book.list("WHERE meeting = ?1", [meeting.id.uuid().into_bytes()])?;
        // The form is that of the meeting's month, whatever form is in use today.
        let Some(form) = self.form_of(meeting, &given)? else { return Ok(None) };
        let asking = self.book.asking(&Score::TABLE)?;
        let line = |criterion: &domain::Criterion| {
            let score = given.iter().find(|score| score.criterion == criterion.key);
            QualityLine {
                criterion: criterion.key.clone(),
                name: criterion.name.clone(),
                most: criterion.most,
                points: score.map(|score| score.points),
                asks: score.is_some_and(|score| asking.contains(&score.id.uuid())),
            }
        };
        let criteria: Vec<QualityLine> = form.criteria.iter().map(line).collect();
        let sum = criteria.iter().filter_map(|line| u32::try_from(line.points?).ok()).sum();
        let whole = criteria.iter().all(|line| line.points.is_some());
        let classes = in_force(&self.rules.quality, &meeting.planned_at).map_or(&[][..], |rule| &rule.sets.classes);
        let class = classes.iter().find(|class| sum >= class.from).map(|class| class.class.clone());
        Ok(Some(QualityForm {
            of: criteria.iter().map(|line| line.most).sum(),
            class: class.filter(|_| whole),
            source: form.source,
            may_score: self.may_mark()? && self.locked_minutes(meeting.id)?.is_none(),
            criteria,
            sum,
        }))
    }
}

/// Asks for the form of a meeting.
#[derive(Deserialize, TS)]
pub struct GetQuality {
    meeting: Id<Meeting>,
}

impl Action for GetQuality {
    const NAME: &'static str = "quality";
    type Reply = QualityForm;

    fn run(self, app: &App) -> Result<QualityForm, Trouble> {
        app.at_desk(|desk| desk.quality(self.meeting))
    }
}

/// Gives the points of one line.
#[derive(Deserialize, TS)]
pub struct GivePoints {
    meeting: Id<Meeting>,
    criterion: String,
    points: i32,
}

impl Action for GivePoints {
    const NAME: &'static str = "give_points";
    type Reply = QualityForm;

    fn run(self, app: &App) -> Result<QualityForm, Trouble> {
        app.at_desk(|desk| {
            let form = desk.quality(self.meeting)?;
            let line = form.criteria.iter().find(|line| line.criterion == self.criterion).ok_or(Code::NotFound)?;
            if u32::try_from(self.points).map_or(true, |points| points > line.most) {
                return Err(Fault::new("points", "over_most").with("most", line.most).into());
            }
            let id: Id<Score> = Id::made_from(&[self.meeting.into(), self.criterion.as_str().into()]);
            let edits = vec![
                edit(id, "meeting", self.meeting),
                edit(id, "criterion", self.criterion),
                edit(id, "points", i64::from(self.points)),
            ];
            let log: Log = desk.log(&Score::TABLE);
            desk.write(log, edits, None)?;
            desk.quality(self.meeting)
        })
    }
}
