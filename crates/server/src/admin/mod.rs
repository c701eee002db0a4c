//! `province admin`: what an administrator does at the server's machine, also while it is running.

mod deeds;
mod slip;

use std::{
    fs,
    io::{IsTerminal, Write, stdout},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use domain::{Activity, Device, Grant, Id, Member, Office, Post, Record, Standing, Unit, Value};
use serde::{Serialize, de::DeserializeOwned};
use server::{LedgerError, Outside, Sqlite, people};
use uuid::Uuid;

pub use deeds::Deed;
use deeds::{DeviceDeed, ListOf, PersonDeed, UnitDeed};
use slip::Slip;

/// The record's choice of the same name.
fn same<T: DeserializeOwned>(name: impl Serialize) -> Result<T, LedgerError> {
    serde_json::to_value(name).and_then(serde_json::from_value).map_err(|_| LedgerError::Missing("choice"))
}

/// What is to be said of a deed.
enum Said {
    Lines(Vec<String>),
    Code { slip: Slip, json: bool, svg: Option<PathBuf> },
}

/// Does it, in one transaction.
pub fn run(data: &Path, outside: &Outside, deed: Deed) -> Result<()> {
    let mut ledger = Sqlite::open(data)?;
    let said = ledger.transaction(outside.now(), |ledger| act(ledger, outside, deed))?;
    let mut out = stdout();
    match said {
        Said::Lines(lines) => lines.iter().try_for_each(|line| writeln!(out, "{line}"))?,
        Said::Code { slip, json, svg } => {
            if json {
                writeln!(out, "{}", slip.json())?;
            } else {
                slip.words().iter().try_for_each(|line| writeln!(out, "{line}"))?;
                if out.is_terminal() {
                    write!(out, "{}", slip.blocks()?)?;
                }
            }
            if let Some(file) = svg {
                fs::write(&file, slip.paper()?).with_context(|| format!("no slip in {}", file.display()))?;
            }
        }
    }
    Ok(())
}

fn act(ledger: &mut Sqlite, outside: &Outside, deed: Deed) -> Result<Said, LedgerError> {
    let today = ledger.today();
    let day = |day: Option<NaiveDate>| day.map_or_else(|| today.clone(), |day| day.to_string());
    let lines = match deed {
        Deed::Unit(UnitDeed::Add { name, level, above, code, term, locality, from }) => {
            let unit = Unit {
                id: people::new_id(outside),
                above: Some(Id::new(above)),
                level: same(level)?,
                name: domain::clean(&name),
                code,
                valid_from: Some(day(from)),
                valid_to: None,
                successor: None,
                former_names: None,
                term,
                locality,
            };
            if ledger.register().get(&Unit::TABLE, above).is_none() {
                return Err(LedgerError::Missing("unit above"));
            }
            people::add_unit(ledger, &unit)?;
            vec![unit.id.to_string()]
        }
        Deed::Unit(UnitDeed::List { json }) => {
            list::<Unit>(ledger, json, &["level", "code", "name", "above"], |_| true)
        }
        Deed::Person(PersonDeed::Add { unit, name, born, standing, office }) => {
            let (unit, name) = (Id::new(unit), domain::clean(&name));
            let member = Member {
                id: people::new_id(outside),
                unit,
                name,
                birth_year: born,
                post: office.and_then(|office| same::<Post>(office).ok()),
                standing: same::<Standing>(standing)?,
                activity: Activity::Active,
                activity_from: None,
                activity_to: None,
            };
            let offices = std::iter::once(Office::Member)
                .chain(office.and_then(|office| same(office).ok()).filter(|o| *o != Office::Member));
            let grants: Vec<Grant> =
                offices.map(|office| people::grant(people::new_id(outside), unit, member.id, office, &today)).collect();
            people::add_person(ledger, &member, &people::bare_person(member.id, &member.name), &grants)?;
            vec![member.id.to_string()]
        }
        Deed::Person(PersonDeed::List { unit, json }) => {
            list::<Member>(ledger, json, &["name", "birth_year", "post", "standing", "activity"], |at| at == unit)
        }
        Deed::Grant { member, unit, office, from, to } => {
            let office = same(office)?;
            let grant = Grant {
                valid_to: to.map(|to| to.to_string()),
                ..people::grant(people::new_id(outside), Id::new(unit), Id::new(member), office, &day(from))
            };
            people::add_grant(ledger, &grant)?;
            vec![grant.id.to_string()]
        }
        Deed::Withdraw { member, unit, office } => {
            let office = same(office)?;
            if !people::withdraw(ledger, Id::new(member), Id::new(unit), office)? {
                return Err(LedgerError::Missing("office of that person there"));
            }
            Vec::new()
        }
        Deed::Code { member, server, svg, json } => {
            let slip = Slip::issue(ledger, outside, Id::new(member), server)?;
            return Ok(Said::Code { slip, json, svg });
        }
        Deed::Suspend { member } => {
            people::suspend(ledger, Id::new(member))?;
            Vec::new()
        }
        Deed::Revoke { device } => {
            people::revoke(ledger, device)?;
            Vec::new()
        }
        Deed::Device(DeviceDeed::List { json }) => {
            list::<Device>(ledger, json, &["member", "name", "enrolled_at", "confirmed_at", "revoked_at"], |_| true)
        }
        Deed::Device(DeviceDeed::Confirm { device, digits }) => {
            people::confirm(ledger, device, &digits)?;
            Vec::new()
        }
        Deed::Quarantine(ListOf::List { json }) => {
            let aside = ledger.quarantined()?;
            if json {
                aside.iter().filter_map(|one| serde_json::to_string(one).ok()).collect()
            } else {
                let unit = |log: domain::Log| {
                    let name = ledger.register().text(&Unit::TABLE, log.unit.uuid(), "name").unwrap_or("-");
                    format!("{name} {:?}", log.audience)
                };
                let line = |one: &server::Aside| {
                    let to = one.log.map_or_else(|| "-".to_owned(), unit);
                    let touches: Vec<&str> = one.touches.iter().map(String::as_str).collect();
                    let (at, device) = (server::moment_of(one.at), one.device);
                    format!("{}\t{at}\t{}\t{device}\t{}\t{to}\t{}", one.no, one.code, one.number, touches.join(" "))
                };
                aside.iter().map(line).collect()
            }
        }
    };
    Ok(Said::Lines(lines))
}

/// The records of one table in units that `of` picks, a line each.
fn list<T: Record>(ledger: &Sqlite, json: bool, fields: &[&str], of: impl Fn(Uuid) -> bool) -> Vec<String> {
    let table = &T::TABLE;
    let mut lines: Vec<String> = Vec::new();
    for (id, _, row) in ledger.register().list(table).filter(|(_, log, _)| of(log.unit.uuid())) {
        if json {
            lines.push(table.json(id, row.values(table)).to_string());
            continue;
        }
        let said = fields.iter().map(|field| match row.value(table, field) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Link(id)) => id.to_string(),
            Some(Value::Nothing) | None => "-".to_owned(),
        });
        lines.push(format!("{id}\t{}", said.collect::<Vec<_>>().join("\t")));
    }
    lines.sort_unstable();
    lines
}
