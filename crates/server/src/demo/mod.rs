//! A made-up province: one commune, six cells, 150 people, two years of meetings. The same for the same seed.

mod cast;
mod lists;
mod meetings;
mod next;
mod pen;
mod work;

use std::path::Path;

use chrono::{Datelike, Months, NaiveDate, NaiveTime, TimeDelta};
use domain::{Audience, Device, Grant, Id, Level, Log, Member, Office, Post, Unit, hex};
use rand::{SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};
use sync::{SigningKey, Ticket, device_of, recovery_of};

use crate::{
    LedgerError, Outside, Sqlite, changes, device_record, issue, millis_of, moment_of,
    people::{add_person, add_unit, grant, new_id},
    stamp,
};
use cast::{Cast, Someone};
use work::Work;

/// What a demonstration is begun with.
#[derive(Debug, Clone, Serialize)]
pub struct Demo {
    /// The day it is made for.
    pub today: String,
    /// Draws everything in it.
    pub seed: u64,
    /// The server's public key, 64 hexadecimal digits.
    pub root: String,
    /// Where the tickets say the server is.
    pub server: String,
    /// Province, commune, cells.
    pub units: Vec<Named>,
    /// Codes for the people one would like to be.
    pub codes: Vec<Issued>,
}

/// A unit of the demonstration.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    /// Its id.
    pub id: Id<Unit>,
    /// What it is called.
    pub name: String,
    /// Its Party code.
    pub code: String,
}

/// A code for one person.
#[derive(Debug, Clone, Serialize)]
pub struct Issued {
    /// `secretary`, `deputy`, `member`, `neighbour` (secretary of another cell), `commune` or `province`.
    pub role: &'static str,
    /// The person's name.
    pub name: String,
    /// The person's id.
    pub member: Id<Member>,
    /// The unit the person is on the roster of.
    pub unit: Id<Unit>,
    /// `ABCDEF-GHJKMN-PQRSTV`
    pub code: String,
    /// What a QR holds.
    pub ticket: String,
    /// When the code ends, milliseconds since 1970.
    pub expires: u64,
}

#[derive(Deserialize)]
struct Places {
    province: Seat,
    commune: Seat,
    cells: Vec<Cell>,
    topics: Vec<String>,
}

#[derive(Deserialize)]
struct Seat {
    name: String,
    code: String,
    office: String,
}

#[derive(Deserialize)]
struct Cell {
    name: String,
    code: String,
    place: String,
    at: String,
    people: usize,
    women: u32,
    born: [i32; 2],
    probationary: usize,
    elsewhere: usize,
    exempt: usize,
}

/// A cell with its people, as the meetings need it.
struct Met<'a> {
    unit: Id<Unit>,
    cell: &'a Cell,
    people: Vec<Someone>,
    /// The key of the device its secretary writes with; dropped when the demonstration is made.
    device: SigningKey,
}

impl Met<'_> {
    /// The one of that name.
    fn named(&self, name: &str) -> Option<&Someone> {
        self.people.iter().find(|someone| someone.member.name == name)
    }
}

/// The term that its committees serve.
const TERM: &str = "2025-2030";

/// Makes the demonstration with a cell at work: its last meetings have words, votes, decisions and tasks, and the next one
/// is prepared.
pub fn living(dir: &Path, seed: u64, today: NaiveDate, now: u64, server: &str) -> Result<Demo, LedgerError> {
    let work = Work::shipped().map_err(|_| LedgerError::Damaged("the demonstration's words"))?;
    make(dir, seed, today, now, server, Some(&work))
}

/// Makes the demonstration in `dir` as of `today`; codes live from `now`, milliseconds since 1970, on. Its meetings have a
/// roll and nothing else: what tests write there is the first of its kind.
pub fn demo(dir: &Path, seed: u64, today: NaiveDate, now: u64, server: &str) -> Result<Demo, LedgerError> {
    make(dir, seed, today, now, server, None)
}

fn make(
    dir: &Path,
    seed: u64,
    today: NaiveDate,
    now: u64,
    server: &str,
    work: Option<&Work>,
) -> Result<Demo, LedgerError> {
    let outside = Outside::new(move || now, StdRng::seed_from_u64(seed));
    let mut ledger = Sqlite::init(dir, &outside)?;
    let unreadable = |_| LedgerError::Damaged("the demonstration's names");
    let places: Places =
        serde_json::from_str(include_str!("../../../../assets/demo/places.json")).map_err(unreadable)?;
    let mut cast = Cast::new(today, &outside).map_err(unreadable)?;
    let start = first_of(today, 24);
    ledger.transaction(now, |ledger| {
        ledger.set_now(at(start, 8, 0));
        let day = start.to_string();
        let province = unit(&outside, None, Level::Province, &places.province.name, &places.province.code, &day);
        let commune =
            unit(&outside, Some(province.id), Level::Commune, &places.commune.name, &places.commune.code, &day);
        add_unit(ledger, &province)?;
        add_unit(ledger, &commune)?;
        let mut codes = Vec::new();
        for (role, unit, seat) in [("province", &province, &places.province), ("commune", &commune, &places.commune)] {
            let someone = cast.official(unit.id, &seat.office);
            let office = grant(new_id(&outside), unit.id, someone.member.id, Office::Office, &day);
            add_person(ledger, &someone.member, &someone.person, &[office])?;
            codes.push((role, someone));
        }
        let mut units = vec![province.clone(), commune.clone()];
        let mut cells = Vec::new();
        for cell in &places.cells {
            let unit = unit(&outside, Some(commune.id), Level::Cell, &cell.name, &cell.code, &day);
            add_unit(ledger, &unit)?;
            let people = if cells.is_empty() { cast.listed(unit.id) } else { cast.made_up(unit.id, cell) };
            for someone in people.iter().filter(|someone| someone.joined <= start) {
                settle(ledger, &outside, someone, &day)?;
            }
            let device = secretary_device(ledger, &outside, &people)?;
            cells.push(Met { unit: unit.id, cell, people, device });
            units.push(unit);
        }
        meetings::write(ledger, &outside, &cells, (&places.topics, work), today)?;
        ledger.set_now(at(today - TimeDelta::days(1), 23, 0));
        cells.iter().try_for_each(|met| lists::write(ledger, met, today))?;
        ledger.set_now(now);
        let who = |post, at: usize| cells.get(at).and_then(|met| met.people.iter().find(|p| p.member.post == post));
        let wanted = [
            ("secretary", who(Some(Post::Secretary), 0)),
            ("deputy", who(Some(Post::Deputy), 0)),
            ("member", who(None, 0)),
            ("neighbour", who(Some(Post::Secretary), 1)),
        ];
        codes.splice(0..0, wanted.into_iter().filter_map(|(role, someone)| Some((role, someone?.clone()))));
        let root = hex(ledger.root().verifying_key().as_bytes());
        let mut issued = Vec::new();
        for (role, Someone { member, .. }) in codes {
            let (code, expires) = issue(ledger, &outside, member.id)?;
            let ticket = Ticket { code, server: Some(server.to_owned()), root: Some(root.clone()) };
            let (code, ticket) = (code.to_string(), ticket.to_string());
            issued.push(Issued {
                role,
                name: member.name,
                member: member.id,
                unit: member.unit,
                code,
                ticket,
                expires,
            });
        }
        // A demonstration has no safe to lock a secret away in: it lies beside the ledger.
        let (secret, recipient) = recovery_of(outside.bytes()).ok_or(LedgerError::Damaged("the recovery key"))?;
        ledger.set_recovery(&recipient)?;
        std::fs::write(dir.join("recovery.key"), secret.as_bytes())
            .map_err(|_| LedgerError::Place("the folder cannot be written"))?;
        let named = |unit: Unit| Named { id: unit.id, name: unit.name, code: unit.code.unwrap_or_default() };
        Ok(Demo {
            today: today.to_string(),
            seed,
            root,
            server: server.to_owned(),
            units: units.into_iter().map(named).collect(),
            codes: issued,
        })
    })
}

fn unit(outside: &Outside, above: Option<Id<Unit>>, level: Level, name: &str, code: &str, day: &str) -> Unit {
    Unit {
        id: new_id(outside),
        above,
        level,
        name: name.to_owned(),
        code: Some(code.to_owned()),
        valid_from: Some(day.to_owned()),
        valid_to: None,
        successor: None,
        former_names: None,
        term: Some(TERM.to_owned()),
        locality: (level != Level::Province).then(|| "Tân Hòa".to_owned()),
    }
}

/// Brings one person onto the roster, with the offices of the post.
fn settle(ledger: &mut Sqlite, outside: &Outside, someone: &Someone, from: &str) -> Result<(), LedgerError> {
    let Someone { member, person, .. } = someone;
    let office = member.post.map(|post| match post {
        Post::Secretary => Office::Secretary,
        Post::Deputy => Office::Deputy,
        Post::Committee => Office::Committee,
        Post::Office => Office::Office,
    });
    let offices = std::iter::once(Office::Member).chain(office);
    let grants: Vec<Grant> =
        offices.map(|office| grant(new_id(outside), member.unit, member.id, office, from)).collect();
    add_person(ledger, member, person, &grants)
}

/// The phone that a cell's secretary has written with so far.
fn secretary_device(ledger: &mut Sqlite, outside: &Outside, people: &[Someone]) -> Result<SigningKey, LedgerError> {
    let secretary = people.iter().find(|someone| someone.member.post == Some(Post::Secretary));
    let Some(Someone { member, .. }) = secretary else { return Err(LedgerError::Missing("secretary")) };
    device_of_member(ledger, outside, member, "Điện thoại cũ", true)
}

/// A device that somebody has written with so far.
fn device_of_member(
    ledger: &mut Sqlite,
    outside: &Outside,
    member: &Member,
    name: &str,
    confirmed: bool,
) -> Result<SigningKey, LedgerError> {
    let key = SigningKey::from_bytes(&outside.bytes());
    let public = key.verifying_key();
    let id = device_of(&public);
    let at = moment_of(ledger.now());
    let record = Device {
        confirmed_at: confirmed.then(|| at.clone()),
        ..device_record(id, member.id, public.as_bytes(), name, at)
    };
    let said = changes(&record, stamp(ledger.now(), ledger.root_device()));
    ledger.write(Log::of(member.unit, Audience::Register), &said)?;
    Ok(key)
}

/// The third of each of the last `months` months, oldest first; the last one is before `today`.
fn thirds(today: NaiveDate, months: u32) -> Vec<NaiveDate> {
    let last = if today.day() > 3 { today } else { today - Months::new(1) };
    (0..months).rev().filter_map(|back| (last - Months::new(back)).with_day(3)).collect()
}

fn first_of(today: NaiveDate, months: u32) -> NaiveDate {
    let first = thirds(today, months).first().copied().unwrap_or(today);
    first.with_day(1).unwrap_or(first)
}

fn at(day: NaiveDate, hour: u32, minute: u32) -> u64 {
    millis_of(day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()))
}
