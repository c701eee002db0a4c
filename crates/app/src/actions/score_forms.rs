//! The forms by which cells score their meetings: which one counts, and how the commune office publishes its own.

use domain::{Criterion, Day, Fault, Id, Level, Meeting, Record, Score, ScoreForm, Unit};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
    time,
};

/// For how many months ahead a form may be published.
const AHEAD: i32 = 12;

/// A form, whoever made it.
pub(super) struct Form {
    /// The first month or day of it.
    from: Day,
    /// The last day, once known.
    to: Option<Day>,
    /// Where it comes from.
    pub source: String,
    /// Its lines, in order.
    pub criteria: Vec<Criterion>,
    /// Whether the commune published it; else it came with the rules.
    own: bool,
}

impl Form {
    fn in_force(&self, day: &str) -> bool {
        self.from.as_str() <= day && self.to.as_deref().is_none_or(|to| day.get(..10).unwrap_or(day) <= to)
    }

    fn gave(&self, score: &Score) -> bool {
        self.criteria.iter().any(|line| line.key == score.criterion)
    }
}

impl From<ScoreForm> for Form {
    fn from(form: ScoreForm) -> Self {
        Self { criteria: form.criteria(), from: form.month, to: None, source: form.source, own: true }
    }
}

impl Desk {
    /// Every form for the meetings of a unit, the first in force counts: the commune's own, the newest first, before those of
    /// the rules.
    fn forms(&self, unit: Id<Unit>) -> Result<Vec<Form>, Trouble> {
        let unit = self.need(unit)?;
        let commune = unit.above.filter(|_| unit.level == Level::Cell).unwrap_or(unit.id);
        let own: Vec<ScoreForm> =
            self.book.list("WHERE unit = ?1 ORDER BY month DESC", [commune.uuid().into_bytes()])?;
        let shipped = self.rules.quality.iter().map(|rule| Form {
            from: rule.from.clone(),
            to: rule.to.clone(),
            source: rule.citation.clone(),
            criteria: rule.sets.criteria.clone(),
            own: false,
        });
        // What does not come to a hundred is no form, whichever app wrote it.
        Ok(own.into_iter().filter(|form| form.check().is_ok()).map(Form::from).chain(shipped).collect())
    }

    /// The form of a meeting: the one by which points were given already, so that a form that comes late changes nothing; else
    /// the one in force in its month.
    pub(super) fn form_of(&self, meeting: &Meeting, given: &[Score]) -> Result<Option<Form>, Trouble> {
        let mut forms = self.forms(meeting.unit)?;
        let begun = forms.iter().position(|form| given.iter().any(|score| form.gave(score)));
        let counts = begun.or_else(|| forms.iter().position(|form| form.in_force(&meeting.planned_at)));
        Ok(counts.map(|at| forms.swap_remove(at)))
    }

    /// Whether this person publishes for the cells of a commune.
    fn may_publish(&self) -> Result<bool, Trouble> {
        Ok(self.need(self.unit)?.level == Level::Commune && self.may_edit(&ScoreForm::TABLE, "lines")?)
    }

    fn score_form(&self, month: &str) -> Id<ScoreForm> {
        Id::made_from(&[self.unit.into(), month.into()])
    }

    /// What is against publishing for a month. Meetings of this one may have been scored already.
    fn month_fault(&self, month: &str) -> Result<Option<Fault>, Trouble> {
        let taken = self.book.log_of(&ScoreForm::TABLE, self.score_form(month).uuid())?.is_some();
        let begun = self.today().get(..7).is_none_or(|this| month <= this);
        let why = begun.then_some("month_begun").or(taken.then_some("month_taken"));
        Ok(why.map(|why| Fault::new("month", why)))
    }

    /// What is against publishing a draft, in the order in which it is typed.
    fn faults(&self, draft: &ScoreFormDraft) -> Result<Vec<Fault>, Trouble> {
        let unnamed = draft.source.is_empty().then(|| Fault::new("source", "empty"));
        Ok([self.month_fault(&draft.month)?, unnamed, ScoreForm::fault(&draft.lines)].into_iter().flatten().collect())
    }

    fn score_forms(&self) -> Result<ScoreForms, Trouble> {
        let (today, mut months) = (self.today(), Vec::new());
        for month in (1..=AHEAD).filter_map(|ahead| time::month_after(&today, ahead)) {
            if self.month_fault(&month)?.is_none() {
                months.push(month);
            }
        }
        let forms = self.forms(self.unit)?;
        let counts = forms.iter().position(|form| form.in_force(&today));
        let start = counts.and_then(|at| forms.get(at)).map_or(&[][..], |form| &form.criteria);
        let start: Vec<String> = start.iter().map(|line| format!("{} {}", line.most, line.name)).collect();
        let line = |(at, form): (usize, Form)| ScoreFormLine {
            state: match () {
                () if Some(at) == counts => FormState::InForce,
                () if form.from > today => FormState::Coming,
                () => FormState::Replaced,
            },
            sum: form.criteria.iter().map(|line| line.most).sum(),
            lines: form.criteria.into_iter().map(|line| FormLine { most: line.most, name: line.name }).collect(),
            from: form.from,
            source: form.source,
            own: form.own,
        };
        let rows = forms.into_iter().enumerate().map(line).collect();
        Ok(ScoreForms { rows, may_publish: self.may_publish()?, months, start: start.join("\n") })
    }
}

/// The forms of a commune.
#[derive(Debug, Serialize, TS)]
pub struct ScoreForms {
    /// The newest first, the one that came with the rules last.
    rows: Vec<ScoreFormLine>,
    /// Whether this person may publish one.
    may_publish: bool,
    /// The months for which one may be published.
    months: Vec<Day>,
    /// The lines of the form in force, as they would be typed.
    start: String,
}

/// One form in the list.
#[derive(Debug, Serialize, TS)]
pub struct ScoreFormLine {
    /// The first month or day of it.
    from: Day,
    /// Where it comes from.
    source: String,
    /// Its lines, in order.
    lines: Vec<FormLine>,
    /// What they come to.
    sum: u32,
    /// Whether it is used today.
    state: FormState,
    /// Whether the commune published it; else it came with the rules.
    own: bool,
}

/// One line of a form.
#[derive(Debug, Serialize, TS)]
pub struct FormLine {
    /// The most points.
    most: u32,
    /// What it asks.
    name: String,
}

/// Whether a form is used today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormState {
    /// In a month to come.
    Coming,
    /// Meetings of this month are scored by it.
    InForce,
    /// Another one has taken its place.
    Replaced,
}

/// A form as it is typed.
#[derive(Deserialize, TS)]
pub struct ScoreFormDraft {
    /// `2027-01`.
    month: Day,
    source: String,
    lines: String,
}

impl ScoreFormDraft {
    /// Lines with nothing in them say nothing.
    fn clean(self) -> Self {
        let lines = domain::clean(&self.lines);
        let lines: Vec<&str> = lines.lines().filter(|line| !line.is_empty()).collect();
        Self { month: self.month, source: domain::clean(&self.source), lines: lines.join("\n") }
    }
}

/// Asks for the forms.
#[derive(Deserialize, TS)]
pub struct GetScoreForms {}

impl Action for GetScoreForms {
    const NAME: &'static str = "score_forms";
    type Reply = ScoreForms;

    fn run(self, app: &App) -> Result<ScoreForms, Trouble> {
        app.at_desk(|desk| desk.score_forms())
    }
}

/// What a draft comes to.
#[derive(Debug, Serialize, TS)]
pub struct DraftSum {
    /// The points of those lines that can be read.
    sum: u32,
    /// What is against publishing it.
    faults: Vec<Fault>,
}

/// Adds a draft up while it is typed, and says what is wrong with it.
#[derive(Deserialize, TS)]
pub struct CheckScoreForm {
    draft: ScoreFormDraft,
}

impl Action for CheckScoreForm {
    const NAME: &'static str = "check_score_form";
    type Reply = DraftSum;

    fn run(self, app: &App) -> Result<DraftSum, Trouble> {
        let draft = self.draft.clean();
        app.at_desk(|desk| Ok(DraftSum { sum: ScoreForm::sum(&draft.lines), faults: desk.faults(&draft)? }))
    }
}

/// Publishes a form for a month to come and those after it. It is never changed any more.
#[derive(Deserialize, TS)]
pub struct PublishScoreForm {
    draft: ScoreFormDraft,
}

impl Action for PublishScoreForm {
    const NAME: &'static str = "publish_score_form";
    type Reply = ScoreForms;

    fn run(self, app: &App) -> Result<ScoreForms, Trouble> {
        let draft = self.draft.clean();
        app.at_desk(|desk| {
            if !desk.may_publish()? {
                return Err(Code::NotAllowed.into());
            }
            let faults = desk.faults(&draft)?;
            if !faults.is_empty() {
                return Err(faults.into());
            }
            let id = desk.score_form(&draft.month);
            let edits = vec![
                edit(id, "unit", desk.unit),
                edit(id, "month", draft.month),
                edit(id, "source", draft.source),
                edit(id, "lines", draft.lines),
            ];
            desk.write(desk.log(&ScoreForm::TABLE), edits, None)?;
            desk.score_forms()
        })
    }
}
