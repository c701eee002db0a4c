//! Made-up people: names, birth years, posts, and the figures of their own records.

use std::collections::HashSet;

use chrono::{Months, NaiveDate, TimeDelta};
use domain::{Activity, Gender, Id, Member, Person, Post, Standing, Unit};
use serde::Deserialize;

use super::Cell;
use crate::{
    Outside,
    people::{bare_person, new_id},
};

/// One person of the demonstration.
#[derive(Debug, Clone)]
pub struct Someone {
    /// On the roster, as the person came onto it.
    pub member: Member,
    /// The person's own record.
    pub person: Person,
    /// Since when the person is on the roster.
    pub joined: NaiveDate,
    /// What the person's activity became later, and when.
    pub turn: Option<(Activity, NaiveDate)>,
    /// Below 100: what the years' ratings and the dues are worked out from.
    pub luck: u32,
}

#[derive(Deserialize)]
struct Names {
    family: Vec<String>,
    male: Words,
    female: Words,
}

#[derive(Deserialize)]
struct Words {
    middle: Vec<String>,
    given: Vec<String>,
}

#[derive(Deserialize)]
struct Listed {
    name: String,
    born: i32,
    gender: Gender,
    post: Option<Post>,
    standing: Option<Standing>,
}

/// Draws people, none twice.
pub struct Cast<'a> {
    names: Names,
    roster: Vec<Listed>,
    taken: HashSet<String>,
    today: NaiveDate,
    outside: &'a Outside,
    count: u32,
}

impl<'a> Cast<'a> {
    /// A cast as of `today`.
    pub fn new(today: NaiveDate, outside: &'a Outside) -> Result<Self, serde_json::Error> {
        let names = serde_json::from_str(include_str!("../../../../assets/demo/names.json"))?;
        let roster: Vec<Listed> = serde_json::from_str(include_str!("../../../../assets/demo/roster.json"))?;
        let taken = roster.iter().map(|listed| listed.name.clone()).collect();
        Ok(Self { names, roster, taken, today, outside, count: 0 })
    }

    /// The thirty of thôn Đông.
    pub fn listed(&mut self, unit: Id<Unit>) -> Vec<Someone> {
        let roster = std::mem::take(&mut self.roster);
        let one = |listed: Listed| {
            let standing = listed.standing.unwrap_or(Standing::Official);
            self.someone(unit, listed.name, listed.born, listed.gender, listed.post, standing)
        };
        roster.into_iter().map(one).collect()
    }

    /// Somebody of an office above the cells.
    pub fn official(&mut self, unit: Id<Unit>, name: &str) -> Someone {
        self.taken.insert(name.to_owned());
        let gender = if name.contains("Thị") { Gender::Female } else { Gender::Male };
        let born = 1978 + below(self.outside, 10) as i32;
        self.someone(unit, name.to_owned(), born, gender, Some(Post::Office), Standing::Official)
    }

    /// The people of another cell: its leaders first, then those on probation, then the others.
    pub fn made_up(&mut self, unit: Id<Unit>, cell: &Cell) -> Vec<Someone> {
        let [oldest, youngest] = cell.born;
        let leaders = if cell.people > 20 { 4 } else { 3 };
        let mut people = Vec::with_capacity(cell.people);
        for at in 0..cell.people {
            let on_probation = (leaders..leaders + cell.probationary).contains(&at);
            let (post, years) = match at {
                0 => (Some(Post::Secretary), 1968..1984),
                1 => (Some(Post::Deputy), 1974..1990),
                at if at < leaders => (Some(Post::Committee), 1972..1992),
                _ if on_probation => (None, youngest - 8..youngest + 1),
                _ => (None, oldest..youngest - 3),
            };
            let born = years.start + below(self.outside, (years.end - years.start) as u32) as i32;
            let gender = if below(self.outside, 100) < cell.women { Gender::Female } else { Gender::Male };
            let name = self.name(gender);
            let standing = if on_probation { Standing::Probationary } else { Standing::Official };
            people.push(self.someone(unit, name, born, gender, post, standing));
        }
        let turns = std::iter::repeat_n(Activity::Exempt, cell.exempt)
            .chain(std::iter::repeat_n(Activity::Elsewhere, cell.elsewhere));
        let mut plain: Vec<&mut Someone> = people.iter_mut().skip(leaders + cell.probationary).collect();
        plain.sort_by_key(|someone| someone.member.birth_year);
        // The oldest are exempt, the youngest away for work.
        let (mut low, mut high) = (0, plain.len().saturating_sub(1));
        for activity in turns {
            let at = if activity == Activity::Exempt { low } else { high };
            let from = self.today - TimeDelta::days(60 + i64::from(below(self.outside, 500)));
            if let Some(someone) = plain.get_mut(at) {
                someone.turn = Some((activity, from));
            }
            if activity == Activity::Exempt { low += 1 } else { high = high.saturating_sub(1) }
        }
        people
    }

    fn name(&mut self, gender: Gender) -> String {
        let words = if gender == Gender::Male { &self.names.male } else { &self.names.female };
        loop {
            let [family, middle, given] =
                [&self.names.family, &words.middle, &words.given].map(|words| pick(self.outside, words));
            let name = format!("{family} {middle} {given}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    fn someone(
        &mut self,
        unit: Id<Unit>,
        name: String,
        born: i32,
        gender: Gender,
        post: Option<Post>,
        standing: Standing,
    ) -> Someone {
        self.count += 1;
        let id = new_id(self.outside);
        let on_probation = standing == Standing::Probationary;
        let admitted = if on_probation {
            self.today - TimeDelta::days(45 + i64::from(below(self.outside, 260)))
        } else {
            self.day(born + 22 + below(self.outside, 10) as i32).min(self.today - Months::new(60))
        };
        let decided = admitted - TimeDelta::days(8 + i64::from(below(self.outside, 18)));
        let person = Person {
            birth_date: Some(self.day(born).to_string()),
            gender: Some(gender),
            personal_id: Some(format!("000099{:06}", 1000 + self.count * 7)),
            phone: Some(format!("0912555{:03}", self.count % 1000)),
            admitted_on: Some(admitted.to_string()),
            admission_decision_on: Some(decided.to_string()),
            official_on: (!on_probation).then(|| (admitted + Months::new(12)).to_string()),
            card_no: (!on_probation).then(|| format!("99{:06}", 2000 + self.count * 13)),
            ..bare_person(id, &name)
        };
        let member = Member {
            id,
            unit,
            name,
            birth_year: Some(born),
            post,
            standing,
            activity: Activity::Active,
            activity_from: None,
            activity_to: None,
        };
        let luck = if on_probation { 50 } else { below(self.outside, 100) };
        Someone { member, person, joined: admitted, turn: None, luck }
    }

    fn day(&self, year: i32) -> NaiveDate {
        let (month, day) = (1 + below(self.outside, 12), 1 + below(self.outside, 28));
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or(self.today)
    }
}

/// A number below `end`.
pub fn below(outside: &Outside, end: u32) -> u32 {
    (u64::from_be_bytes(outside.bytes()) % u64::from(end.max(1))) as u32
}

fn pick<'w>(outside: &Outside, words: &'w [String]) -> &'w str {
    let at = below(outside, words.len() as u32) as usize;
    words.get(at).map_or("", String::as_str)
}
