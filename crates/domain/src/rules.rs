//! What regulations set, as dated data with its source: `assets/rules`. A correction is a change of data.

use std::collections::BTreeSet;

use serde::Deserialize;

/// One rule while it was in force.
#[derive(Debug, Clone, Deserialize)]
pub struct Rule<T> {
    /// Where it is written.
    pub citation: String,
    /// The first day it was in force.
    pub from: String,
    /// The last day, once known.
    pub to: Option<String>,
    /// What it sets.
    #[serde(flatten)]
    pub sets: T,
}

/// Whom a vote is counted against (số đảng viên được triệu tập có quyền biểu quyết).
#[derive(Debug, Clone, Deserialize)]
pub struct VoteBase {
    /// The standings that have a vote.
    pub standings: Vec<crate::Standing>,
    /// The activities that leave the base.
    pub leaves: Vec<crate::Activity>,
    /// The activities that leave it unless the member attends.
    pub leaves_unless_here: Vec<crate::Activity>,
}

/// How much of the vote base must be in the room for a meeting to be held.
#[derive(Debug, Clone, Deserialize)]
pub struct Quorum {
    /// At least this many …
    pub numerator: u32,
    /// … out of this many.
    pub denominator: u32,
    /// Whether the rule binds, or is practice that only warns.
    pub binding: bool,
}

/// What share of attendance a cell strives for.
#[derive(Debug, Clone, Deserialize)]
pub struct Target {
    /// More than this, per cent.
    pub percent: u32,
}

/// How long a meeting lasts at least.
#[derive(Debug, Clone, Deserialize)]
pub struct Duration {
    /// Minutes of a meeting.
    pub minutes: i64,
    /// Minutes of a regular and a thematic meeting in one session.
    pub with_thematic: i64,
}

/// For how many years in the Party there is a badge (Huy hiệu Đảng).
#[derive(Debug, Clone, Deserialize)]
pub struct Badges {
    /// Each of them, the fewest first.
    pub years: Vec<i32>,
}

/// The rules of a cell.
#[derive(Debug, Clone, Deserialize)]
pub struct Rules {
    /// Who counts.
    pub vote_base: Vec<Rule<VoteBase>>,
    /// How many must come.
    pub quorum: Vec<Rule<Quorum>>,
    /// How many should come.
    pub attendance_target: Vec<Rule<Target>>,
    /// How long it should take.
    pub duration: Vec<Rule<Duration>>,
    /// Which badges there are.
    pub badges: Vec<Rule<Badges>>,
}

impl Rules {
    /// The rules this version ships with.
    pub fn shipped() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("../../../assets/rules/cell.json"))
    }

    /// The years for which there was a badge, by every rule known: one given long ago stays in its record.
    pub fn badge_years(&self) -> BTreeSet<i32> {
        self.badges.iter().flat_map(|rule| &rule.sets.years).copied().collect()
    }

    /// Who counts and how many must come, on `day`; none where no rule is known for it.
    pub fn of_roll(&self, day: &str) -> Option<(&Rule<VoteBase>, &Rule<Quorum>)> {
        in_force(&self.vote_base, day).zip(in_force(&self.quorum, day))
    }
}

/// The rule in force on `day`, if any was.
pub fn in_force<'a, T>(rules: &'a [Rule<T>], day: &str) -> Option<&'a Rule<T>> {
    let day = day.get(..10).unwrap_or(day);
    rules.iter().find(|rule| rule.from.as_str() <= day && rule.to.as_deref().is_none_or(|to| day <= to))
}
