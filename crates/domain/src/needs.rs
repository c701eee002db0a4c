//! What a decision needs at a meeting: counted from the roll before the vote, held against the votes after it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Activity, Decides, Of, Rules, Seat, Standing, Threshold, VoteBase, in_force};

/// What one kind of decision needs of one roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    /// Vote base B.
    pub base: u32,
    /// Those of the base who are in the room: each of them gives one vote.
    pub here: u32,
    /// Of whom the share is taken.
    pub of: Of,
    /// How many those are.
    pub whole: u32,
    /// The fewest votes that pass.
    pub needed: u32,
    /// Whether the ballot must be secret.
    pub secret: bool,
    /// Where it is written: the rule in force on the day, and what it says of this decision.
    pub source: String,
}

/// Why a member on the list has no vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Barred {
    /// Đảng viên dự bị.
    Probationary,
    /// Sinh hoạt tạm thời ở đây.
    Temporary,
    /// Sinh hoạt tạm thời nơi khác.
    Elsewhere,
    /// Được miễn, and not here.
    Exempt,
    /// Đình chỉ sinh hoạt.
    Suspended,
}

/// What came of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// Thông qua.
    Passed,
    /// Chưa quá một nửa.
    NotOverHalf,
    /// Fewer than the share that is needed.
    TooFew,
}

impl Needs {
    /// Counts a roll by the rules in force on `day`; none where no rule is known for it.
    pub fn of(seats: &[Seat], rules: &Rules, day: &str, decides: Decides) -> Option<Self> {
        let base_rule = in_force(&rules.vote_base, day)?;
        let rule = in_force(&rules.thresholds, day)?;
        let threshold = rule.sets.by.get(&decides)?;
        let voters = || seats.iter().filter(|seat| seat.votes(&base_rule.sets));
        let base = voters().count() as u32;
        let on_list = |seat: &&Seat| seat.standing == Standing::Official && !seat.activity.ended();
        let whole = match threshold.of {
            Of::Base => base,
            Of::Official => seats.iter().filter(on_list).count() as u32,
        };
        let mut cited = vec![rule.citation.as_str(), &base_rule.citation];
        cited.dedup();
        Some(Self {
            base,
            here: voters().filter(|seat| seat.mark().here()).count() as u32,
            of: threshold.of,
            whole,
            needed: threshold.needed(whole),
            secret: threshold.secret,
            source: threshold.cited(&cited.join("; ")),
        })
    }
}

impl Threshold {
    /// What the rule of that name says of this decision.
    pub fn cited(&self, citation: &str) -> String {
        format!("{citation}: {}", self.source)
    }

    /// What so many votes come to, of so many.
    pub fn ruling(&self, votes_for: u32, whole: u32) -> Ruling {
        match votes_for >= self.needed(whole) {
            true => Ruling::Passed,
            false if self.more && self.share == (1, 2) => Ruling::NotOverHalf,
            false => Ruling::TooFew,
        }
    }
}

impl Seat {
    /// Whether the member has a vote at this meeting.
    pub fn votes(&self, rule: &VoteBase) -> bool {
        self.on_roll() && self.counts(rule)
    }

    /// Why the member has none; nothing where they have one, or are no longer on the list.
    pub fn barred(&self, rule: &VoteBase) -> Option<Barred> {
        if self.votes(rule) {
            return None;
        }
        match (self.activity, self.standing) {
            (Activity::Suspended, _) => Some(Barred::Suspended),
            (_, Standing::Probationary) => Some(Barred::Probationary),
            (_, Standing::Temporary) => Some(Barred::Temporary),
            (Activity::Elsewhere, _) => Some(Barred::Elsewhere),
            (Activity::Exempt, _) => Some(Barred::Exempt),
            _ => None,
        }
    }
}

/// A share in per cent as papers write it: two decimals and a comma, `55,00%`.
pub fn percent(part: u32, whole: u32) -> String {
    let (part, whole) = (u64::from(part), u64::from(whole.max(1)));
    let hundredths = (part * 20_000 + whole) / (whole * 2);
    format!("{},{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mark;

    fn seats(count: usize, standing: Standing, activity: Activity, marked: Mark) -> Vec<Seat> {
        vec![Seat { standing, activity, marked }; count]
    }

    /// 27 on the list: 24 official, 2 probationary, 1 temporary; 12 of those who have a vote are here.
    fn roll() -> Vec<Seat> {
        use {Activity::*, Standing::*};
        [
            seats(11, Official, Active, Mark::Present),
            seats(8, Official, Active, Mark::AbsentExcused),
            seats(2, Official, Elsewhere, Mark::Unmarked),
            seats(2, Official, Exempt, Mark::Unmarked),
            seats(1, Official, Exempt, Mark::Late),
            seats(2, Probationary, Active, Mark::Present),
            seats(1, Temporary, Active, Mark::Present),
        ]
        .concat()
    }

    // Planted: the share taken of those present; a half that is enough; probationary members in the base; an exempt member who
    // attends left out → each caught.
    #[test]
    fn the_worked_example_of_a_vote() {
        let rules = Rules::shipped().unwrap();
        let needs = Needs::of(&roll(), &rules, "2026-08-10", Decides::Resolution).unwrap();
        assert_eq!((needs.base, needs.here, needs.whole, needs.needed), (20, 12, 20, 11), "24 less 2 less 2");
        let threshold = &in_force(&rules.thresholds, "2026-08-10").unwrap().sets.by[&Decides::Resolution];
        assert_eq!(threshold.ruling(11, 20), Ruling::Passed);
        assert_eq!(threshold.ruling(10, 20), Ruling::NotOverHalf, "10 of 12 present, but half of 20 is not over half");
        assert_eq!(percent(11, 20), "55,00%");
        assert_eq!([percent(2, 3), percent(1, 6), percent(0, 0)], ["66,67%", "16,67%", "0,00%"]);
    }

    #[test]
    fn an_admission_needs_two_thirds_of_the_official_members_on_the_list() {
        let rules = Rules::shipped().unwrap();
        let needs = Needs::of(&roll(), &rules, "2026-08-10", Decides::Admission).unwrap();
        assert_eq!((needs.base, needs.whole, needs.needed, needs.secret), (20, 24, 16, false));
        let threshold = &in_force(&rules.thresholds, "2026-08-10").unwrap().sets.by[&Decides::Admission];
        assert_eq!([15, 16].map(|votes| threshold.ruling(votes, 24)), [Ruling::TooFew, Ruling::Passed]);
        for decides in [Decides::Reprimand, Decides::Expulsion, Decides::Election] {
            assert!(Needs::of(&roll(), &rules, "2026-08-10", decides).unwrap().secret, "{decides:?}");
        }
    }

    #[test]
    fn each_day_has_its_own_rule_and_a_day_before_all_of_them_none() {
        let rules = Rules::shipped().unwrap();
        let source = |day| Needs::of(&roll(), &rules, day, Decides::Resolution).map(|needs| needs.source);
        assert!(source("2026-07-25T19:00").unwrap().contains("20-QĐ/TW ngày 08/4/2026"));
        assert!(source("2026-07-26T07:00").unwrap().contains("208-QĐ/TW ngày 26/7/2026"));
        assert_eq!(source("1999-01-01"), None);
    }

    // Planted: an exempt member who is here counted as barred; a suspended member left out → each caught.
    #[test]
    fn who_has_no_vote_is_told_why() {
        use {Activity::*, Standing::*};
        let rules = Rules::shipped().unwrap();
        let rule = &in_force(&rules.vote_base, "2026-08-10").unwrap().sets;
        let why = |standing, activity, marked| Seat { standing, activity, marked }.barred(rule);
        assert_eq!(why(Official, Active, Mark::Present), None);
        assert_eq!(why(Official, Active, Mark::AbsentUnexcused), None, "absent, and still counted against");
        assert_eq!(why(Probationary, Active, Mark::Present), Some(Barred::Probationary));
        assert_eq!(why(Temporary, Active, Mark::Present), Some(Barred::Temporary));
        assert_eq!(why(Official, Elsewhere, Mark::Unmarked), Some(Barred::Elsewhere));
        assert_eq!(why(Official, Exempt, Mark::Unmarked), Some(Barred::Exempt));
        assert_eq!(why(Official, Exempt, Mark::Present), None);
        assert_eq!(why(Official, Suspended, Mark::Unmarked), Some(Barred::Suspended));
    }
}
