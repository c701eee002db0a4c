//! What the personal logs have one of each year or month: ratings, badges, dues, as the secretary's phone wrote them.

use chrono::{Datelike, Months, NaiveDate};
use domain::{Badge, Class, Dues, Id, Log, Rating, Rules};
use sync::{Stamp, device_of};

use super::{Met, cast::Someone};
use crate::{LedgerError, Sqlite, changes};

/// Days on which the Party gives its badges.
const BADGE_DAYS: [(u32, u32); 4] = [(2, 3), (5, 19), (9, 2), (11, 7)];

/// Writes the lists of everybody in a cell as of `today`, at the ledger's time.
pub fn write(ledger: &mut Sqlite, met: &Met<'_>, today: NaiveDate) -> Result<(), LedgerError> {
    let stamp = Stamp::new(ledger.now(), 0, device_of(&met.device.verifying_key()));
    for someone in &met.people {
        let mut said = Vec::new();
        ratings(someone, today).iter().for_each(|rating| said.extend(changes(rating, stamp)));
        badges(someone, today).iter().for_each(|badge| said.extend(changes(badge, stamp)));
        dues(someone, today).iter().for_each(|dues| said.extend(changes(dues, stamp)));
        if !said.is_empty() {
            ledger.write_as(&met.device, Log::about(met.unit, someone.member.id), &said)?;
        }
    }
    Ok(())
}

/// The last three years, as far as the person was an official member.
fn ratings(someone: &Someone, today: NaiveDate) -> Vec<Rating> {
    let member = someone.member.id;
    let official = day(someone.person.official_on.as_deref());
    let years = (1..=3).map(|back| today.year() - back);
    years
        .filter(|year| official.is_some_and(|day| day.year() <= *year))
        .map(|year| Rating {
            id: Id::made_from(&[member.into(), i64::from(year).into()]),
            member,
            year,
            class: Some(match (someone.luck + (today.year() - 1 - year).unsigned_abs() * 29) % 100 {
                0..15 => Class::Excellent,
                15..87 => Class::Good,
                _ => Class::Fair,
            }),
        })
        .collect()
}

fn badges(someone: &Someone, today: NaiveDate) -> Vec<Badge> {
    let member = someone.member.id;
    let Some(decided) = day(someone.person.admission_decision_on.as_deref()) else { return Vec::new() };
    let years = Rules::shipped().map(|rules| rules.badge_years()).unwrap_or_default();
    let reached = years.into_iter().filter_map(|years| Some((years, given(decided, years, today)?)));
    reached
        .map(|(years, day)| Badge {
            id: Id::made_from(&[member.into(), i64::from(years).into()]),
            member,
            years,
            given_on: Some(day.to_string()),
        })
        .collect()
}

/// When a badge of so many years was given, if that day has come.
fn given(decided: NaiveDate, years: i32, today: NaiveDate) -> Option<NaiveDate> {
    let due = decided + Months::new(years.unsigned_abs() * 12);
    let days = (due.year()..=due.year() + 1)
        .flat_map(|year| BADGE_DAYS.iter().filter_map(move |(month, day)| NaiveDate::from_ymd_opt(year, *month, *day)));
    days.into_iter().find(|day| *day >= due).filter(|day| *day <= today)
}

/// The months of this year: most have paid them all, some are a month or two behind.
fn dues(someone: &Someone, today: NaiveDate) -> Vec<Dues> {
    let member = someone.member.id;
    let first = if someone.joined.year() == today.year() { someone.joined.month() } else { 1 };
    (first..=today.month().saturating_sub(behind(someone)))
        .map(|month| format!("{:04}-{month:02}", today.year()))
        .map(|month| Dues { id: Id::made_from(&[member.into(), month.as_str().into()]), member, month, paid: true })
        .collect()
}

/// How many months of dues a person is behind.
pub fn behind(someone: &Someone) -> u32 {
    match someone.luck % 7 {
        0 => 2,
        1 | 2 => 1,
        _ => 0,
    }
}

fn day(text: Option<&str>) -> Option<NaiveDate> {
    text?.parse().ok()
}
