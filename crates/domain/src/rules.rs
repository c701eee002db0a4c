//! What regulations set, as dated data with its source: `assets/rules`. A correction is a change of data.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Decides, Level, ResolutionKind, fill};

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

/// How many votes each kind of decision needs.
#[derive(Debug, Clone, Deserialize)]
pub struct Thresholds {
    /// By the kind of decision.
    #[serde(flatten)]
    pub by: HashMap<Decides, Threshold>,
}

/// What one kind of decision needs.
#[derive(Debug, Clone, Deserialize)]
pub struct Threshold {
    /// Numerator and denominator.
    pub share: (u32, u32),
    /// Whether it takes more than the share; else the share itself is enough.
    pub more: bool,
    /// Of whom.
    pub of: Of,
    /// Whether the ballot must be secret.
    pub secret: bool,
    /// Where that is written.
    #[serde(rename = "where")]
    pub source: String,
}

/// Of whom a share is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "VoteOf")]
pub enum Of {
    /// The vote base.
    Base,
    /// The official members on the list.
    Official,
}

impl Threshold {
    /// The fewest votes that pass, of so many.
    pub fn needed(&self, of: u32) -> u32 {
        let (over, under) = self.share;
        if self.more { of * over / under + 1 } else { (of * over).div_ceil(under) }
    }
}

/// How a paper's number and sign are written (số và ký hiệu).
#[derive(Debug, Clone, Deserialize)]
pub struct Numbering {
    /// With `{number}`, `{code}` and `{unit}`.
    pub form: String,
    /// The fewest digits of a number.
    pub digits: usize,
    /// What stands in the number's place while there is none.
    pub blank: String,
    /// The sign of each kind of paper, by the kind's name.
    pub codes: HashMap<String, String>,
    /// The sign of who issues it.
    pub units: HashMap<Level, String>,
}

impl Numbering {
    /// The number as it stands on paper: `Số 05-NQ/CB`.
    pub fn written(&self, number: Option<i32>, kind: ResolutionKind, level: Level) -> String {
        let number = number.and_then(|number| u32::try_from(number).ok());
        self.signed(number, self.code(kind.name()), self.sign(level))
    }

    /// The same of a paper whose sign is known.
    pub fn signed(&self, number: Option<u32>, code: &str, unit: &str) -> String {
        let number = number.map_or(self.blank.clone(), |number| format!("{number:0width$}", width = self.digits));
        fill(&self.form, &[("number", &number), ("code", code), ("unit", unit)])
    }

    /// The sign of a kind of paper; empty where it has none.
    pub fn code(&self, kind: &str) -> &str {
        self.codes.get(kind).map_or("", String::as_str)
    }

    /// The sign of who issues it.
    pub fn sign(&self, level: Level) -> &str {
        self.units.get(&level).map_or("", String::as_str)
    }

    /// The series in which a kind of paper is numbered within a term of the committee.
    pub fn series(&self, kind: ResolutionKind, term: &str) -> Option<String> {
        Some(format!("{} {term}", self.codes.get(kind.name())?))
    }
}

/// Absences of which the secretary is told.
#[derive(Debug, Clone, Deserialize)]
pub struct Absences {
    /// From so many regular meetings running.
    pub running: usize,
}

/// When papers go into the national app.
#[derive(Debug, Clone, Deserialize)]
pub struct Posting {
    /// The papers at least so many days before the meeting.
    pub days_before: i64,
    /// The finished papers at most so many days after it.
    pub days_after: i64,
}

/// The form by which a cell scores its meeting.
#[derive(Debug, Clone, Deserialize)]
pub struct Quality {
    /// Its lines, in order.
    pub criteria: Vec<Criterion>,
    /// The classes, the best first.
    pub classes: Vec<QualityClass>,
}

/// One line of the form.
#[derive(Debug, Clone, Deserialize)]
pub struct Criterion {
    /// Its name in the book, which no other line of any form ever has.
    pub key: String,
    /// The most points.
    pub most: u32,
    /// What it asks.
    pub name: String,
}

/// From how many points a meeting is of a class.
#[derive(Debug, Clone, Deserialize)]
pub struct QualityClass {
    /// The fewest points.
    pub from: u32,
    /// Its name: `good`, `fair`, `average`, `poor`.
    pub class: String,
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
    /// When absences are to be spoken of.
    pub absences: Vec<Rule<Absences>>,
    /// How long it should take.
    pub duration: Vec<Rule<Duration>>,
    /// Which badges there are.
    pub badges: Vec<Rule<Badges>>,
    /// How many votes pass what.
    pub thresholds: Vec<Rule<Thresholds>>,
    /// How papers are numbered.
    pub numbering: Vec<Rule<Numbering>>,
    /// When papers are put into the national app.
    pub posting: Vec<Rule<Posting>>,
    /// How a meeting is scored.
    pub quality: Vec<Rule<Quality>>,
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
