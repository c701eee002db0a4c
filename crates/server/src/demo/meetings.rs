//! Two years of meetings, each written as the secretary's phone wrote it that evening, and the next one planned.

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use domain::{
    Activity, Attendance, Audience, Id, Log, Mark, Meeting, MeetingKind, MeetingStatus, Member, Moment, Person, Post,
    Reason, Record,
};
use sync::{Change, Stamp, device_of};

use super::{
    Met, at,
    cast::{Someone, below},
    first_of,
    next::{Phones, follow, prepare},
    settle, thirds,
    work::{Evening, Held, Work, tell},
};
use crate::{
    LedgerError, Outside, Sqlite, changes, millis_of,
    people::{new_id, word},
};

const MONTHS: u32 = 24;

/// What happened, in the order it happened.
enum Event<'a> {
    Joined(&'a Someone),
    Turned(&'a Met<'a>, &'a Someone, Activity, NaiveDate),
    Met(&'a Met<'a>, MeetingKind, NaiveDateTime, Option<&'a str>, Option<&'a Evening>),
    Planned(&'a Met<'a>, NaiveDateTime),
}

/// Writes everything after the first day.
pub fn write(
    ledger: &mut Sqlite,
    outside: &Outside,
    cells: &[Met<'_>],
    (topics, work): (&[String], Option<&Work>),
    today: NaiveDate,
) -> Result<(), LedgerError> {
    let start = first_of(today, MONTHS);
    let mut events = Vec::new();
    for (place, met) in cells.iter().enumerate() {
        for someone in &met.people {
            if someone.joined > start {
                events.push((at(someone.joined, 8, 0), Event::Joined(someone)));
            }
            if let Some((activity, from)) = someone.turn {
                events.push((at(from, 9, 0), Event::Turned(met, someone, activity, from)));
            }
        }
        let hour = NaiveTime::parse_from_str(&met.cell.at, "%H:%M").unwrap_or_default();
        // Only the first cell's evenings are told.
        let work = work.filter(|_| place == 0);
        for (back, day) in (0..MONTHS as usize).rev().zip(thirds(today, MONTHS)) {
            let begins = day.and_time(hour);
            let told = work.and_then(|work| work.regular.iter().rev().nth(back));
            events.push((millis_of(begins), Event::Met(met, MeetingKind::Regular, begins, None, told)));
        }
        let quarters = seventeenths(start, today);
        let last = quarters.len().saturating_sub(1);
        for (quarter, day) in quarters.into_iter().enumerate() {
            let begins = day.and_hms_opt(19, 0, 0).unwrap_or_default();
            let topic = topics.get((quarter + place * 3) % topics.len().max(1)).map(String::as_str);
            let told = work.filter(|_| quarter == last).map(|work| &work.thematic);
            events.push((millis_of(begins), Event::Met(met, MeetingKind::Thematic, begins, topic, told)));
        }
        if place == 0 {
            let month = if today.day() <= 3 { today } else { today + Months::new(1) };
            let begins = month.with_day(3).unwrap_or(month).and_time(hour);
            events.push((at(today - TimeDelta::days(2), 20, 15), Event::Planned(met, begins)));
        }
    }
    events.sort_by_key(|(when, _)| *when);
    let (mut phones, mut begun) = (Phones::default(), Vec::new());
    for (when, event) in events {
        match event {
            Event::Joined(someone) => {
                ledger.set_now(when);
                settle(ledger, outside, someone, &someone.joined.to_string())?;
            }
            Event::Turned(met, someone, activity, from) => turn(ledger, met, someone, activity, from, when)?,
            Event::Met(met, kind, begins, topic, told) => {
                let held = hold(ledger, outside, met, kind, begins, topic)?;
                if let (Some(evening), Some(work)) = (told, work) {
                    begun.extend(tell(ledger, outside, met, work, (&held, evening), today)?);
                }
            }
            Event::Planned(met, begins) => {
                let meeting = plan(ledger, outside, met, begins, when)?;
                if let Some(work) = work {
                    let evening = (today - TimeDelta::days(2)).and_hms_opt(20, 15, 0).unwrap_or_default();
                    prepare(ledger, outside, (met, &mut phones), (&meeting, &work.next), evening, today)?;
                }
            }
        }
    }
    match cells.first().filter(|_| !begun.is_empty()) {
        Some(met) => follow(ledger, outside, (met, &mut phones), &begun, today),
        None => Ok(()),
    }
}

/// The days of the thematic meetings, one a quarter.
fn seventeenths(start: NaiveDate, today: NaiveDate) -> Vec<NaiveDate> {
    let months = (0..=MONTHS + 1).filter_map(|on| (start + Months::new(on)).with_day(17));
    months.filter(|day| matches!(day.month(), 2 | 5 | 8 | 11) && *day < today).collect()
}

/// A member goes elsewhere for a time, or is exempted.
fn turn(
    ledger: &mut Sqlite,
    met: &Met<'_>,
    someone: &Someone,
    activity: Activity,
    from: NaiveDate,
    when: u64,
) -> Result<(), LedgerError> {
    ledger.set_now(when + 60_000);
    let stamp = Stamp::new(when, 0, device_of(&met.device.verifying_key()));
    let set = |table: &domain::Table, id: uuid::Uuid, field: &str, value: domain::Value| Change {
        table: table.name.to_owned(),
        id,
        field: field.to_owned(),
        value,
        stamp,
        seen: Vec::new(),
    };
    let (member, person) = (someone.member.id, someone.person.id.uuid());
    let day = from.to_string();
    let roster = [
        set(&Member::TABLE, member.uuid(), "activity", word(activity)),
        set(&Member::TABLE, member.uuid(), "activity_from", day.as_str().into()),
    ];
    let own = if activity == Activity::Exempt {
        vec![
            set(&Person::TABLE, person, "exemption_group", "age".into()),
            set(&Person::TABLE, person, "exemption_from", day.into()),
            set(&Person::TABLE, person, "exemption_resolution", format!("{:02}-NQ/CB", from.month()).into()),
        ]
    } else {
        vec![set(&Person::TABLE, person, "temporary_from", day.into())]
    };
    ledger.write_as(&met.device, Log::of(met.unit, Audience::Register), &roster)?;
    ledger.write_as(&met.device, Log::about(met.unit, member), &own)
}

/// One meeting with its roll, in one entry.
fn hold(
    ledger: &mut Sqlite,
    outside: &Outside,
    met: &Met<'_>,
    kind: MeetingKind,
    begins: NaiveDateTime,
    topic: Option<&str>,
) -> Result<Held, LedgerError> {
    let started = begins + minutes(outside, 2, 9);
    let closed = started + minutes(outside, 12, 25);
    let ended = started + minutes(outside, 92, 125);
    let device = device_of(&met.device.verifying_key());
    let meeting = Meeting {
        started_at: Some(moment(started)),
        ended_at: Some(moment(ended)),
        attendance_closed_at: Some(moment(closed)),
        status: MeetingStatus::Ended,
        kind,
        topic: topic.map(str::to_owned),
        papers_posted_on: Some((begins.date() - TimeDelta::days(1)).to_string()),
        finished_posted_on: Some(ended.date().to_string()),
        ..planned(outside, met, begins)
    };
    let mut said = changes(&meeting, Stamp::new(millis_of(ended), 0, device));
    let roll = roll(outside, met, begins);
    for (place, (member, mark)) in roll.iter().copied().enumerate() {
        let attendance = Attendance {
            id: Id::made_from(&[meeting.id.into(), member.into()]),
            meeting: meeting.id,
            member,
            mark,
            arrived_at: (mark == Mark::Late).then(|| moment(started + minutes(outside, 6, 25))),
            reason: (mark == Mark::AbsentExcused).then(|| reason(outside)),
        };
        // A tap every three seconds.
        let tapped = millis_of(started) + place as u64 * 3_000;
        said.extend(changes(&attendance, Stamp::new(tapped, 0, device)));
    }
    ledger.set_now(millis_of(ended + minutes(outside, 10, 80)));
    ledger.write_as(&met.device, Log::of(met.unit, Audience::Everyone), &said)?;
    Ok(Held { meeting, roll, ended })
}

/// The next meeting, not held yet.
fn plan(
    ledger: &mut Sqlite,
    outside: &Outside,
    met: &Met<'_>,
    begins: NaiveDateTime,
    when: u64,
) -> Result<Meeting, LedgerError> {
    let meeting = planned(outside, met, begins);
    let said = changes(&meeting, Stamp::new(when, 0, device_of(&met.device.verifying_key())));
    ledger.set_now(when + 60_000);
    ledger.write_as(&met.device, Log::of(met.unit, Audience::Everyone), &said)?;
    Ok(meeting)
}

fn planned(outside: &Outside, met: &Met<'_>, begins: NaiveDateTime) -> Meeting {
    let who = |post| met.people.iter().find(|someone| someone.member.post == Some(post)).map(|s| s.member.id);
    Meeting {
        id: new_id(outside),
        unit: met.unit,
        kind: MeetingKind::Regular,
        topic: None,
        planned_at: moment(begins),
        planned_until: Some(moment(begins + TimeDelta::hours(2))),
        started_at: None,
        ended_at: None,
        place: met.cell.place.clone(),
        chair: who(Post::Secretary),
        minute_taker: who(Post::Deputy),
        status: MeetingStatus::Planned,
        attendance_closed_at: None,
        invited_at: None,
        supervisor: None,
        guests: None,
        dues_stated_at: None,
        dues_paid: None,
        dues_of: None,
        short_notice: false,
        from_paper: false,
        not_held: None,
        papers_posted_on: None,
        finished_posted_on: None,
    }
}

/// Who was marked how: between 77 and 97 of a hundred expected came, fewer in harvest months and before Tết.
fn roll(outside: &Outside, met: &Met<'_>, begins: NaiveDateTime) -> Vec<(Id<Member>, Mark)> {
    let day = begins.date();
    let expected: Vec<&Someone> = met
        .people
        .iter()
        .filter(|someone| someone.joined <= day && someone.turn.is_none_or(|(_, from)| day < from))
        .collect();
    let count = expected.len() as u32;
    let percent = match day.month() {
        1 | 5 | 9 => 77 + below(outside, 9),
        _ => 86 + below(outside, 12),
    };
    // At least one is absent, and never so many that the share falls under 77.
    let most = (count * 23 / 100).max(1);
    let absent = ((count * (100 - percent) + 50) / 100).clamp(1, most);
    let mut away = Vec::new();
    while (away.len() as u32) < absent {
        let at = below(outside, count) as usize;
        let led = expected.get(at).is_none_or(|someone| someone.member.post == Some(Post::Secretary));
        if !led && !away.contains(&at) {
            away.push(at);
        }
    }
    let mark = |at: usize| match (away.contains(&at), below(outside, 100)) {
        (true, 0..85) => Mark::AbsentExcused,
        (true, _) => Mark::AbsentUnexcused,
        (false, 0..6) => Mark::Late,
        (false, _) => Mark::Present,
    };
    expected.iter().enumerate().map(|(at, someone)| (someone.member.id, mark(at))).collect()
}

fn reason(outside: &Outside) -> Reason {
    match below(outside, 100) {
        0..35 => Reason::Health,
        35..65 => Reason::Work,
        65..85 => Reason::Family,
        85..95 => Reason::Travel,
        _ => Reason::Other,
    }
}

fn minutes(outside: &Outside, from: u32, to: u32) -> TimeDelta {
    TimeDelta::minutes(i64::from(from + below(outside, to - from)))
}

/// As records hold it.
pub fn moment(at: NaiveDateTime) -> Moment {
    at.format("%Y-%m-%dT%H:%M").to_string()
}
