//! The roll of one meeting: who is here, whom a vote is counted against, and whether enough have come.

use crate::{Activity, Mark, Quorum, Standing, VoteBase};

/// One member on the roll of one meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Probationary, official, temporary.
    pub standing: Standing,
    /// What the member's activity is on that day.
    pub activity: Activity,
    /// What was marked; see [`Seat::mark`] for what it comes to.
    pub marked: Mark,
}

impl Seat {
    /// Whether the member is on the roll at all: suspended members are not invited.
    pub fn on_roll(&self) -> bool {
        !self.activity.ended() && self.activity != Activity::Suspended
    }

    /// What the roll says: members who are elsewhere or exempt need no mark to be so.
    pub fn mark(&self) -> Mark {
        match (self.marked, self.activity) {
            (Mark::Unmarked, Activity::Elsewhere) => Mark::Away,
            (Mark::Unmarked, Activity::Exempt) => Mark::Exempt,
            (mark, _) => mark,
        }
    }

    /// Whether a vote is counted against this member.
    pub fn counts(&self, rule: &VoteBase) -> bool {
        rule.standings.contains(&self.standing)
            && !rule.leaves.contains(&self.activity)
            && (self.mark().here() || !rule.leaves_unless_here.contains(&self.activity))
    }
}

/// The figures of a roll. Every member stands in exactly one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// On the roll.
    pub all: u32,
    /// Came on time.
    pub present: u32,
    /// Came late.
    pub late: u32,
    /// Absent, and why is not known yet.
    pub unclear: u32,
    /// Absent with a reason.
    pub excused: u32,
    /// Absent without.
    pub unexcused: u32,
    /// At another cell for a time.
    pub away: u32,
    /// Exempt and not here.
    pub exempt: u32,
    /// Not marked yet.
    pub unmarked: u32,
}

impl Tally {
    /// Counts a roll.
    pub fn of(seats: &[Seat]) -> Self {
        let mut tally = Self::default();
        for seat in seats.iter().filter(|seat| seat.on_roll()) {
            tally.all += 1;
            *match seat.mark() {
                Mark::Unmarked => &mut tally.unmarked,
                Mark::Present => &mut tally.present,
                Mark::Late => &mut tally.late,
                Mark::Absent => &mut tally.unclear,
                Mark::AbsentExcused => &mut tally.excused,
                Mark::AbsentUnexcused => &mut tally.unexcused,
                Mark::Away => &mut tally.away,
                Mark::Exempt => &mut tally.exempt,
            } += 1;
        }
        tally
    }

    /// In the room.
    pub fn here(&self) -> u32 {
        self.present + self.late
    }

    /// Absent, whatever the reason.
    pub fn absent(&self) -> u32 {
        self.unclear + self.excused + self.unexcused
    }

    /// Share of those expected who came, in per cent, rounded; those away or exempt were not expected.
    pub fn percent(&self) -> Option<u32> {
        let expected = self.all - self.away - self.exempt;
        (expected > 0).then(|| (self.here() * 200 + expected) / (expected * 2))
    }
}

/// Whether enough members have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Vote base B.
    pub base: u32,
    /// How many of them must be here.
    pub need: u32,
    /// How many of them are.
    pub voters_here: u32,
}

impl Verdict {
    /// Judges a roll by the rules in force on its day.
    pub fn of(seats: &[Seat], base: &VoteBase, quorum: &Quorum) -> Self {
        let voters = || seats.iter().filter(|seat| seat.on_roll() && seat.counts(base));
        let count = voters().count() as u32;
        Self {
            base: count,
            need: (count * quorum.numerator).div_ceil(quorum.denominator.max(1)),
            voters_here: voters().filter(|seat| seat.mark().here()).count() as u32,
        }
    }

    /// How many are missing.
    pub fn short(&self) -> u32 {
        self.need.saturating_sub(self.voters_here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rules;

    fn seats(count: usize, standing: Standing, activity: Activity, marked: Mark) -> Vec<Seat> {
        vec![Seat { standing, activity, marked }; count]
    }

    #[test]
    fn the_worked_example_of_the_vote_base() {
        use Activity::*;
        let rules = Rules::shipped().unwrap();
        let roll = [
            seats(19, Standing::Official, Active, Mark::Unmarked),
            seats(2, Standing::Official, Elsewhere, Mark::Unmarked),
            seats(2, Standing::Official, Exempt, Mark::Unmarked),
            seats(1, Standing::Official, Exempt, Mark::Present),
            seats(2, Standing::Probationary, Active, Mark::Present),
            seats(1, Standing::Temporary, Active, Mark::Present),
        ]
        .concat();
        let verdict = Verdict::of(&roll, &rules.vote_base[0].sets, &rules.quorum[0].sets);
        assert_eq!(Tally::of(&roll).all, 27, "24 official, 2 probationary, 1 temporary");
        assert_eq!(verdict.base, 20, "24 less 2 elsewhere less 2 exempt who stay away");
        assert_eq!(verdict.need, 14, "two thirds of 20, rounded up");
        assert_eq!(verdict.voters_here, 1, "neither probationary nor temporary members vote");
    }

    #[test]
    fn suspended_members_are_neither_invited_nor_counted() {
        let rules = Rules::shipped().unwrap();
        let roll = seats(3, Standing::Official, Activity::Suspended, Mark::Unmarked);
        assert_eq!(Tally::of(&roll).all, 0);
        assert_eq!(Verdict::of(&roll, &rules.vote_base[0].sets, &rules.quorum[0].sets).base, 0);
    }
}
