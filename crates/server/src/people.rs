//! Units and people as the server's administrators bring them in.

use std::path::Path;

use domain::{Activity, Audience, Grant, Id, Level, Log, Member, Office, Person, Record, Unit};
use sync::six_digits;
use uuid::Uuid;

use crate::{LedgerError, Outside, Sqlite, changes, day_of, moment_of, stamp};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// A name drawn by chance.
pub fn new_id<T>(outside: &Outside) -> Id<T> {
    Id::new(uuid::Builder::from_random_bytes(outside.bytes()).into_uuid())
}

/// Begins a province's ledger in `dir`; the province's id.
pub fn init(dir: &Path, outside: &Outside, name: &str, code: Option<String>) -> Result<Id<Unit>, LedgerError> {
    let province = Unit {
        id: new_id(outside),
        above: None,
        level: Level::Province,
        name: domain::clean(name),
        code,
        valid_from: Some(day_of(outside.now())),
        valid_to: None,
        successor: None,
        former_names: None,
        term: None,
        locality: None,
    };
    sound(&province)?;
    Sqlite::init(dir, outside)?.transaction(outside.now(), |ledger| add_unit(ledger, &province))?;
    Ok(province.id)
}

/// Writes a unit, the first entry of its register.
pub fn add_unit(ledger: &mut Sqlite, unit: &Unit) -> Result<(), LedgerError> {
    sound(unit)?;
    let said = changes(unit, stamp(ledger.now(), ledger.root_device()));
    ledger.write(Log::of(unit.id, Audience::Register), &said)
}

/// Writes a member with the grants that give rights, and the person's own record.
pub fn add_person(ledger: &mut Sqlite, member: &Member, person: &Person, grants: &[Grant]) -> Result<(), LedgerError> {
    sound(member)?;
    sound(person)?;
    let stamp = stamp(ledger.now(), ledger.root_device());
    let mut said = changes(member, stamp);
    grants.iter().for_each(|grant| said.extend(changes(grant, stamp)));
    ledger.write(Log::of(member.unit, Audience::Register), &said)?;
    ledger.write(Log::about(member.unit, member.id), &changes(person, stamp))
}

/// Gives a person an office in a unit from a day on.
pub fn add_grant(ledger: &mut Sqlite, grant: &Grant) -> Result<(), LedgerError> {
    if ledger.register().get(&Member::TABLE, grant.member.uuid()).is_none() {
        return Err(LedgerError::Missing("member"));
    }
    sound(grant)?;
    let said = changes(grant, stamp(ledger.now(), ledger.root_device()));
    ledger.write(Log::of(grant.unit, Audience::Register), &said)
}

/// Suspends a member (đình chỉ sinh hoạt) from today on, and ends every office held: the person's devices are shut
/// out at once.
pub fn suspend(ledger: &mut Sqlite, member: Id<Member>) -> Result<(), LedgerError> {
    let Some((log, _)) = ledger.register().get(&Member::TABLE, member.uuid()) else {
        return Err(LedgerError::Missing("member"));
    };
    let log = *log;
    let today = ledger.today();
    let set = |field, value: domain::Value| ledger.change(&Member::TABLE, member.uuid(), field, value);
    let activity = [
        set("activity", word(Activity::Suspended)),
        set("activity_from", today.as_str().into()),
        set("activity_to", domain::Value::Nothing),
    ];
    ledger.write(log, &activity)?;
    for grant in ledger.register().grants(member) {
        end(ledger, &grant)?;
    }
    Ok(())
}

/// Takes an office of a person in a unit back; whether there was one.
pub fn withdraw(ledger: &mut Sqlite, member: Id<Member>, unit: Id<Unit>, office: Office) -> Result<bool, LedgerError> {
    let today = ledger.today();
    let held = |grant: &Grant| grant.unit == unit && grant.office == office && grant.in_force(&today);
    let grants: Vec<Grant> = ledger.register().grants(member).into_iter().filter(held).collect();
    for grant in &grants {
        end(ledger, grant)?;
    }
    Ok(!grants.is_empty())
}

/// Ends a grant with the day before today, so that it gives no rights from now on.
fn end(ledger: &mut Sqlite, grant: &Grant) -> Result<(), LedgerError> {
    let yesterday = day_of(ledger.now().saturating_sub(DAY));
    if grant.valid_to.as_ref().is_some_and(|to| *to <= yesterday) {
        return Ok(());
    }
    let (table, id) = (&Grant::TABLE, grant.id.uuid());
    // An office that began today has no last day before today: it is taken away.
    let change = if grant.valid_from <= yesterday {
        ledger.change(table, id, "valid_to", yesterday)
    } else {
        ledger.change(table, id, "removed", 1)
    };
    ledger.write(Log::of(grant.unit, Audience::Register), &[change])
}

/// Shuts a device out at once.
pub fn revoke(ledger: &mut Sqlite, device: Uuid) -> Result<(), LedgerError> {
    stamp_device(ledger, device, "revoked_at")
}

/// Confirms a device to be its holder's, where the holder read these six digits from it.
pub fn confirm(ledger: &mut Sqlite, device: Uuid, digits: &str) -> Result<(), LedgerError> {
    let key = ledger.register().key(Id::new(device)).ok_or(LedgerError::Missing("device"))?;
    if six_digits(ledger.root().verifying_key().as_bytes(), key.as_bytes()) != digits.replace(' ', "") {
        return Err(LedgerError::Missing("device with these digits"));
    }
    stamp_device(ledger, device, "confirmed_at")
}

/// Writes the present moment into one field of a device.
fn stamp_device(ledger: &mut Sqlite, device: Uuid, field: &'static str) -> Result<(), LedgerError> {
    let table = &domain::Device::TABLE;
    let Some((log, _)) = ledger.register().get(table, device) else {
        return Err(LedgerError::Missing("device"));
    };
    let log = *log;
    let now = moment_of(ledger.now());
    let change = ledger.change(table, device, field, now);
    ledger.write(log, &[change])
}

/// Whether a person could have written this.
fn sound<T: Record>(record: &T) -> Result<(), LedgerError> {
    let table = &T::TABLE;
    for change in changes(record, stamp(0, Id::new(Uuid::nil()))) {
        if let Some((_, field)) = table.column(&change.field) {
            field.check(&change.value)?;
        }
    }
    Ok(record.check()?)
}

/// A person's record that says only who it is about.
pub fn bare_person(member: Id<Member>, name: &str) -> Person {
    Person {
        id: Id::made_from(&[member.into()]),
        member,
        full_name: name.to_owned(),
        birth_date: None,
        gender: None,
        personal_id: None,
        phone: None,
        admitted_on: None,
        admission_decision_on: None,
        official_on: None,
        card_no: None,
        temporary_cell: None,
        temporary_from: None,
        temporary_to: None,
        exemption_group: None,
        exemption_from: None,
        exemption_to: None,
        exemption_resolution: None,
        end_date: None,
        end_reason: None,
    }
}

/// A grant from a day on.
pub fn grant(id: Id<Grant>, unit: Id<Unit>, member: Id<Member>, office: Office, from: &str) -> Grant {
    Grant { id, unit, member, office, valid_from: from.to_owned(), valid_to: None }
}

/// A choice as the tables write it.
pub fn word(choice: impl serde::Serialize) -> domain::Value {
    serde_json::to_value(choice).ok().and_then(|json| json.as_str().map(Into::into)).unwrap_or(domain::Value::Nothing)
}
