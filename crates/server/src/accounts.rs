//! Letting people in: activation codes, and devices that prove one.

use domain::{Actor, Audience, Device, Id, Log, Member, Moment, Record, Unit};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use sync::{Code, Enrol, Held, Look, Seen, VerifyingKey, Welcome, device_of};

use crate::{Door, LedgerError, Outside, Refused, Sqlite, changes, ledger::stamp, moment_of, session};

/// How long a code lives, milliseconds.
const CODE_LIFE: u64 = 72 * 60 * 60 * 1000;
/// How many wrong proofs a code bears.
const TRIES: i64 = 5;

/// What is said to a device; the ledger's own failure apart, because a refusal may leave a mark there.
pub type Answer<T> = Result<Result<T, Refused>, LedgerError>;

/// Makes a code for one member, who must have an office; the code itself is kept nowhere. Also when it ends,
/// milliseconds since 1970.
pub fn issue(ledger: &Sqlite, outside: &Outside, member: Id<Member>) -> Result<(Code, u64), LedgerError> {
    if ledger.register().offices(member, &ledger.today()).is_empty() {
        return Err(LedgerError::Missing("member with an office"));
    }
    let code = Code::new(outside.bytes());
    let expires = ledger.now() + CODE_LIFE;
    let sql = "INSERT INTO code (name, key, member, expires, tries_left) VALUES (?1, ?2, ?3, ?4, ?5)";
    ledger.db().prepare_cached(sql)?.execute(params![
        code.name(),
        code.key(),
        member.uuid().as_bytes(),
        expires.cast_signed(),
        TRIES
    ])?;
    Ok((code, expires))
}

/// A code as the ledger keeps it.
struct Kept {
    key: [u8; 32],
    member: Id<Member>,
    expires: u64,
    used_by: Option<[u8; 32]>,
}

/// Finds the code that `held` proves. A wrong proof sounds like an unknown code and costs a try.
fn prove<T: Serialize>(ledger: &Sqlite, held: &Held<T>, context: &str) -> Answer<Kept> {
    let sql = "SELECT key, member, expires, used_by, tries_left FROM code WHERE name = ?1";
    let found = ledger.db().prepare_cached(sql)?.query_row([held.code], |row| {
        let kept = Kept {
            key: row.get(0)?,
            member: Id::new(uuid::Uuid::from_bytes(row.get(1)?)),
            expires: row.get::<_, i64>(2)?.cast_unsigned(),
            used_by: row.get(3)?,
        };
        Ok((kept, row.get::<_, i64>(4)?))
    });
    let Some((kept, tries_left)) = found.optional()? else { return Ok(Err(Refused::CodeUnknown)) };
    if tries_left <= 0 {
        return Ok(Err(Refused::CodeSpent));
    }
    if !held.proves(&kept.key, context) {
        let sql = "UPDATE code SET tries_left = tries_left - 1 WHERE name = ?1";
        ledger.db().prepare_cached(sql)?.execute([held.code])?;
        return Ok(Err(if tries_left == 1 { Refused::CodeSpent } else { Refused::CodeUnknown }));
    }
    // A code that was used does not end for the one who used it: the phone may not have heard yet that it is in.
    if kept.used_by.is_none() && ledger.now() >= kept.expires {
        return Ok(Err(Refused::CodeExpired));
    }
    Ok(Ok(kept))
}

/// Says what a code is for, without using it up.
pub fn look(ledger: &mut Sqlite, asked: &Held<Look>) -> Answer<Held<Seen>> {
    let kept = match prove(ledger, asked, "look")? {
        Ok(kept) if kept.used_by.is_some() => return Ok(Err(Refused::CodeUsed)),
        Ok(kept) => kept,
        Err(refused) => return Ok(Err(refused)),
    };
    let Some(unit) = unit_of(ledger, kept.member) else { return Ok(Err(Refused::Revoked)) };
    let offices = ledger.register().offices(kept.member, &ledger.today());
    // The device that comes in waits for a second person first.
    let readable = ledger.readable(&Actor::at(kept.member, offices, false))?;
    let bytes = ledger.size_of(&readable)?;
    let register = ledger.register();
    let name_of = |unit: Option<&Id<Unit>>| {
        let name = unit.and_then(|unit| register.text(&Unit::TABLE, unit.uuid(), "name"));
        name.unwrap_or_default().to_owned()
    };
    let person = |field| register.text(&Member::TABLE, kept.member.uuid(), field).map(str::to_owned);
    let seen = Seen {
        nonce: asked.body.nonce,
        member: kept.member,
        unit,
        name: person("name").unwrap_or_default(),
        unit_name: name_of(Some(&unit)),
        above_name: name_of(register.upward(unit).get(1)),
        post: person("post"),
        bytes,
        expires: kept.expires,
        now: ledger.now(),
    };
    Ok(Ok(Held::new(asked.code, &kept.key, "seen", seen)))
}

/// Lets one device in with a code. The same device may ask again, with the same code or with its holder's next one: the
/// answer may have been lost. Then it is let in as it was, and no session is begun: who knows a code and a public key has
/// not shown that the device is theirs, so it opens one by its signature.
pub fn enrol(ledger: &mut Sqlite, outside: &Outside, asked: &Held<Enrol>) -> Answer<Held<Welcome>> {
    let kept = match prove(ledger, asked, "enrol")? {
        Ok(kept) => kept,
        Err(refused) => return Ok(Err(refused)),
    };
    let public_key = asked.body.public_key;
    let key = match VerifyingKey::from_bytes(&public_key) {
        Ok(key) if !key.is_weak() => key,
        _ => return Ok(Err(Refused::Unreadable)),
    };
    let device = device_of(&key);
    let token = match (kept.used_by, ledger.door(device)) {
        (Some(used_by), _) if used_by != public_key => return Ok(Err(Refused::CodeUsed)),
        (Some(_), Door::Open(_)) => String::new(),
        (Some(_), _) => return Ok(Err(Refused::Revoked)),
        (None, Door::Open(actor)) if actor.member == Some(kept.member) => {
            use_up(ledger, asked)?;
            String::new()
        }
        (None, Door::Unknown) => {
            if let Err(refused) = begin(ledger, kept.member, device, &asked.body)? {
                return Ok(Err(refused));
            }
            use_up(ledger, asked)?;
            session::begin(ledger, outside, device)?
        }
        // A key that is known already is somebody else's, or of a device that was shut out.
        (None, _) => return Ok(Err(Refused::Unreadable)),
    };
    let Some(unit) = unit_of(ledger, kept.member) else { return Ok(Err(Refused::Revoked)) };
    let welcome = Welcome {
        nonce: asked.body.nonce,
        member: kept.member,
        unit,
        root: ledger.root().verifying_key().to_bytes(),
        epoch: ledger.epoch(),
        token,
        recovery: ledger.recovery()?,
    };
    Ok(Ok(Held::new(asked.code, &kept.key, "welcome", welcome)))
}

fn use_up(ledger: &Sqlite, asked: &Held<Enrol>) -> Result<(), LedgerError> {
    let sql = "UPDATE code SET used_by = ?2, used_at = ?3 WHERE name = ?1";
    let used_at = ledger.now().cast_signed();
    ledger.db().prepare_cached(sql)?.execute(params![asked.code, asked.body.public_key, used_at])?;
    Ok(())
}

/// Writes the device into the register of its holder's unit.
fn begin(ledger: &mut Sqlite, member: Id<Member>, device: Id<Device>, asked: &Enrol) -> Answer<()> {
    let holds_office = !ledger.register().offices(member, &ledger.today()).is_empty();
    let (Some(unit), true) = (unit_of(ledger, member), holds_office) else { return Ok(Err(Refused::Revoked)) };
    let record = device_record(device, member, &asked.public_key, &asked.name, moment_of(ledger.now()));
    let changes = changes(&record, stamp(ledger.now(), ledger.root_device()));
    ledger.write(Log::of(unit, Audience::Register), &changes)?;
    Ok(Ok(()))
}

/// A device as the register holds it.
pub fn device_record(id: Id<Device>, member: Id<Member>, key: &[u8; 32], name: &str, at: Moment) -> Device {
    let name = domain::clean(name);
    let field = Device::TABLE.column("name").map(|(_, field)| *field);
    // What a phone calls itself is no reason to keep its holder out.
    let fits = field.is_some_and(|field| field.check(&name.as_str().into()).is_ok());
    Device {
        id,
        member,
        name: if fits { name } else { "Thiết bị".to_owned() },
        public_key: key.iter().map(|byte| format!("{byte:02x}")).collect(),
        enrolled_at: at,
        confirmed_at: None,
        revoked_at: None,
    }
}

/// The unit whose roster a member is on.
pub fn unit_of(ledger: &Sqlite, member: Id<Member>) -> Option<Id<Unit>> {
    ledger.register().get(&Member::TABLE, member.uuid()).map(|(log, _)| log.unit)
}
