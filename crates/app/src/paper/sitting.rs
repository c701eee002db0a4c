//! A meeting as its papers need it: the same reading that the screens show, with the roll, the votes and the score.

use domain::{Id, Mark, Meeting, Quorum, Rule, Seat, Standing, Unit, Verdict, VoteBase};

use crate::{
    Code, Trouble,
    actions::{MeetingDay, QualityForm, VoteLine},
    desk::Desk,
    meeting::Seated,
};

/// One meeting as it was held.
pub struct Sitting {
    /// The meeting's record, and everything that belongs to it as the screens show it.
    pub meeting: Meeting,
    /// The same as its day.
    pub day: MeetingDay,
    /// The cell.
    pub unit: Unit,
    /// The name of the organisation above.
    pub above: String,
    /// The roll, in its order.
    pub roll: Vec<Seated>,
    /// Those of the list who are suspended: they are not called.
    pub suspended: Vec<Seated>,
    /// Who counts, and how many must come, on that day.
    pub rules: (Rule<VoteBase>, Rule<Quorum>),
    /// The votes, in the order they were counted.
    pub votes: Vec<VoteLine>,
    /// Its score of itself; none where no form was in force.
    pub quality: Option<QualityForm>,
}

impl Sitting {
    /// Who counts, who came.
    pub fn verdict(&self) -> Verdict {
        let seats: Vec<Seat> = self.roll.iter().map(|one| one.seat).collect();
        Verdict::of(&seats, &self.rules.0.sets, &self.rules.1.sets)
    }

    /// How many of a standing, of those for whom `which` holds.
    pub fn count(&self, standing: Standing, which: impl Fn(&Seat) -> bool) -> usize {
        self.roll.iter().filter(|one| one.seat.standing == standing && which(&one.seat)).count()
    }

    /// Those whom the roll has so.
    pub fn marked(&self, mark: Mark) -> Vec<&Seated> {
        self.roll.iter().filter(|one| one.seat.mark() == mark).collect()
    }

    /// Who led it.
    pub fn chair(&self) -> &str {
        self.day.meeting.chair.as_deref().unwrap_or_default()
    }

    /// Who wrote its minutes.
    pub fn taker(&self) -> &str {
        self.day.meeting.minute_taker.as_deref().unwrap_or_default()
    }
}

impl Desk {
    /// Reads it.
    pub fn sitting(&self, id: Id<Meeting>) -> Result<Sitting, Trouble> {
        let meeting = self.need(id)?;
        let (base, quorum) = self.rules.of_roll(&meeting.planned_at).ok_or(Code::NoRule)?;
        let (roll, suspended) = self.seated(&meeting)?.into_iter().partition(|one| one.seat.on_roll());
        let unit = self.need(self.unit)?;
        Ok(Sitting {
            rules: (base.clone(), quorum.clone()),
            above: self.above(&unit)?,
            day: self.day(id)?,
            votes: self.votes(id)?,
            quality: self.quality_of(&meeting)?,
            unit,
            roll,
            suspended,
            meeting,
        })
    }

    /// The name of the organisation above a unit.
    pub fn above(&self, unit: &Unit) -> Result<String, Trouble> {
        let above = unit.above.map(|above| self.book.get(above)).transpose()?.flatten();
        Ok(above.map(|above| above.name).unwrap_or_default())
    }
}
