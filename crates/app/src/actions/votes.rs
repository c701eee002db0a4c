//! Votes of a meeting: what one needs before it is taken, counting it, and what came of it.

use domain::{
    Ballot, Barred, Decides, Id, Item, Meeting, Moment, Needs, Of, Record, Ruling, Seat, Vote, in_force, percent,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit, word},
    meeting::Seated,
    time,
};

/// What a vote needs, before it is taken.
#[derive(Debug, Serialize, TS)]
pub struct VoteSheet {
    /// The kind of decision.
    pub decides: Decides,
    /// Vote base B.
    pub base: u32,
    /// Those of the base who are in the room: so many votes must be counted.
    pub here: u32,
    /// Of whom the share is taken.
    pub of: Of,
    /// How many those are.
    pub whole: u32,
    /// The fewest votes that pass.
    pub needed: u32,
    /// Whether the ballot must be secret.
    pub secret: bool,
    /// Where that is written.
    pub source: String,
    /// The members on the list who have no vote, in the order of the roll.
    pub barred: Vec<BarredMember>,
    /// Whether this person may write down what was counted.
    pub may_record: bool,
}

/// A member who has no vote.
#[derive(Debug, Serialize, TS)]
pub struct BarredMember {
    /// Họ và tên.
    pub name: String,
    /// Why.
    pub why: Barred,
}

/// A vote that was counted.
#[derive(Debug, Serialize, TS)]
pub struct VoteLine {
    /// Its name.
    pub id: Id<Vote>,
    /// The meeting.
    pub meeting: Id<Meeting>,
    /// When that was to begin.
    pub planned_at: Moment,
    /// The item that it was about.
    pub item: Option<Id<Item>>,
    /// What was put to the vote.
    pub subject: String,
    /// What kind of decision.
    pub decides: Decides,
    /// By hand, or in secret.
    pub ballot: Ballot,
    /// Vote base B, as it was counted then.
    pub base: i32,
    /// How many of those were in the room.
    pub here: i32,
    /// Of whom the share was taken.
    pub of: Of,
    /// How many those were.
    pub whole: i32,
    /// Tán thành.
    pub votes_for: i32,
    /// Không tán thành.
    pub votes_against: i32,
    /// Ý kiến khác.
    pub votes_other: i32,
    /// The votes for it, in per cent of those whom the share is taken of: `55,00%`.
    pub percent: String,
    /// The fewest votes that pass.
    pub needed: u32,
    /// Whether it passed.
    pub passed: bool,
    /// What came of it.
    pub why: Ruling,
    /// Where that is written.
    pub source: String,
}

impl Desk {
    fn needs(&self, meeting: &Meeting, seated: &[Seated], decides: Decides) -> Result<Needs, Trouble> {
        let seats: Vec<Seat> = seated.iter().map(|one| one.seat).collect();
        Needs::of(&seats, &self.rules, &meeting.planned_at, decides).ok_or_else(|| Code::NoRule.into())
    }

    /// What came of a vote, by the rule in force on the day of its meeting and the figures that were counted then.
    pub(crate) fn vote_line(&self, vote: Vote) -> Result<VoteLine, Trouble> {
        let day = self.need(vote.meeting)?.planned_at;
        let rule = in_force(&self.rules.thresholds, &day).ok_or(Code::NoRule)?;
        let threshold = rule.sets.by.get(&vote.decides).ok_or(Code::NoRule)?;
        let whole = vote.whole.unwrap_or(vote.base);
        let [counted, of] = [vote.votes_for, whole].map(|number| u32::try_from(number).unwrap_or_default());
        let why = threshold.ruling(counted, of);
        Ok(VoteLine {
            percent: percent(counted, of),
            needed: threshold.needed(of),
            passed: why == Ruling::Passed,
            why,
            source: threshold.cited(&rule.citation),
            of: threshold.of,
            whole,
            planned_at: day,
            id: vote.id,
            meeting: vote.meeting,
            item: vote.item,
            subject: vote.subject,
            decides: vote.decides,
            ballot: vote.ballot,
            base: vote.base,
            here: vote.here,
            votes_for: vote.votes_for,
            votes_against: vote.votes_against,
            votes_other: vote.votes_other,
        })
    }

    /// The votes of a meeting, the first first.
    pub(crate) fn votes(&self, meeting: Id<Meeting>) -> Result<Vec<VoteLine>, Trouble> {
        let votes: Vec<Vote> =
            self.book.list("WHERE meeting = ?1 ORDER BY counted_at, id", [meeting.uuid().into_bytes()])?;
        votes.into_iter().map(|vote| self.vote_line(vote)).collect()
    }
}

/// Asks what a vote needs, before it is taken.
#[derive(Deserialize, TS)]
pub struct GetVoteSheet {
    meeting: Id<Meeting>,
    decides: Decides,
}

impl Action for GetVoteSheet {
    const NAME: &'static str = "vote_sheet";
    type Reply = VoteSheet;

    fn run(self, app: &App) -> Result<VoteSheet, Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.need(self.meeting)?;
            let seats = desk.seated(&meeting)?;
            let needs = desk.needs(&meeting, &seats, self.decides)?;
            let base = &in_force(&desk.rules.vote_base, &meeting.planned_at).ok_or(Code::NoRule)?.sets;
            let barred = seats.into_iter().filter_map(|one| {
                let why = one.seat.barred(base)?;
                Some(BarredMember { name: one.member.name, why })
            });
            Ok(VoteSheet {
                barred: barred.collect(),
                may_record: desk.may_edit(&Vote::TABLE, "votes_for")?,
                decides: self.decides,
                base: needs.base,
                here: needs.here,
                of: needs.of,
                whole: needs.whole,
                needed: needs.needed,
                secret: needs.secret,
                source: needs.source,
            })
        })
    }
}

/// Writes down what was counted.
#[derive(Deserialize, TS)]
pub struct RecordVote {
    meeting: Id<Meeting>,
    item: Option<Id<Item>>,
    subject: String,
    decides: Decides,
    ballot: Ballot,
    votes_for: i32,
    votes_against: i32,
    votes_other: i32,
}

impl Action for RecordVote {
    const NAME: &'static str = "record_vote";
    type Reply = VoteLine;

    fn run(self, app: &App) -> Result<VoteLine, Trouble> {
        app.at_desk(|desk| {
            let meeting = desk.need(self.meeting)?;
            if let Some(item) = self.item
                && desk.need(item)?.meeting != self.meeting
            {
                return Err(Code::NotFound.into());
            }
            let seats = desk.seated(&meeting)?;
            let needs = desk.needs(&meeting, &seats, self.decides)?;
            self.check(&needs)?;
            let [base, here, whole] = [needs.base, needs.here, needs.whole].map(i64::from);
            let id: Id<Vote> = Id::new(Uuid::now_v7());
            let edits = vec![
                edit(id, "unit", meeting.unit),
                edit(id, "meeting", self.meeting),
                edit(id, "item", self.item),
                edit(id, "subject", domain::clean(&self.subject)),
                edit(id, "decides", word(self.decides)),
                edit(id, "ballot", word(self.ballot)),
                edit(id, "base", base),
                edit(id, "here", here),
                edit(id, "whole", whole),
                edit(id, "votes_for", i64::from(self.votes_for)),
                edit(id, "votes_against", i64::from(self.votes_against)),
                edit(id, "votes_other", i64::from(self.votes_other)),
                edit(id, "counted_at", time::moment(desk.now)),
            ];
            let log = domain::Log::of(meeting.unit, Vote::TABLE.audience);
            desk.write(log, edits, None)?;
            desk.vote_line(desk.need(id)?)
        })
    }
}

impl RecordVote {
    /// Everybody in the room who has a vote gives one, and in the way that the rule asks for.
    fn check(&self, needs: &Needs) -> Result<(), Trouble> {
        let counts =
            [("votes_for", self.votes_for), ("votes_against", self.votes_against), ("votes_other", self.votes_other)];
        // More than anybody could count would not add up either.
        if let Some((field, _)) = counts.iter().find(|(_, count)| !(0..=100_000).contains(count)) {
            return Err(Trouble::invalid(field, "not_a_count"));
        }
        if needs.here == 0 {
            return Err(Trouble::invalid("votes_other", "nobody_here"));
        }
        let counted = counts.iter().map(|(_, count)| count.unsigned_abs()).sum::<u32>();
        if counted != needs.here {
            let fault = domain::Fault::new("votes_other", "votes_differ");
            let fault = fault.with("counted", counted).with("here", needs.here);
            return Err(fault.with("differ", counted.abs_diff(needs.here)).into());
        }
        if needs.secret && self.ballot == Ballot::Hand {
            return Err(Trouble::invalid("ballot", "must_be_secret"));
        }
        Ok(())
    }
}

/// Asks for the votes of a meeting.
#[derive(Deserialize, TS)]
pub struct Votes {
    meeting: Id<Meeting>,
}

impl Action for Votes {
    const NAME: &'static str = "votes";
    type Reply = Vec<VoteLine>;

    fn run(self, app: &App) -> Result<Vec<VoteLine>, Trouble> {
        app.at_desk(|desk| desk.votes(self.meeting))
    }
}
