//! Who may do what: one pure function over the declarations and the grants. A phone asks it to say no at once,
//! the server to decide.

use uuid::Uuid;

use crate::{
    Audience::{self, *},
    Field, Id, Kind, Level, Log, Member, Merge, Office, REMOVED, Table, Unit, Value,
};

/// A person's standing towards one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Belongs to the unit, or to one below it.
    Member,
    /// Sits on the cell's committee.
    Committee,
    /// Deputy secretary.
    Deputy,
    /// Secretary.
    Secretary,
    /// The office of the commune that the unit is, or belongs to.
    Commune,
    /// The office of the province.
    Province,
    /// The province's server itself, as run by its administrators.
    Server,
}
use Role::{Committee, Commune, Deputy, Province, Secretary, Server};

impl Role {
    /// Every role, the columns of the access table.
    pub const ALL: [Role; 7] = [Self::Member, Committee, Deputy, Secretary, Commune, Province, Server];
}

/// Those who lead a cell's meetings.
pub(crate) const OFFICERS: &[Role] = &[Committee, Deputy, Secretary];

/// Who reads a log, besides the person it is about.
pub const fn readers(audience: Audience) -> &'static [Role] {
    match audience {
        Register => &[Role::Member, Committee, Deputy, Secretary, Commune, Province, Server],
        Everyone => &[Role::Member, Committee, Deputy, Secretary, Commune, Server],
        Office => &[Committee, Deputy, Secretary, Commune, Server],
        Person => &[Deputy, Secretary, Commune, Server],
        Reports => &[Deputy, Secretary, Commune, Province, Server],
        Cell => &[Deputy, Secretary, Server],
        Own => &[Server],
    }
}

/// Who asks: a person with the offices they hold today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person; none for the server itself.
    pub member: Option<Id<Member>>,
    /// Unit and office of each grant in force.
    pub offices: Vec<(Id<Unit>, Office)>,
}

impl Actor {
    /// A person at one of their devices: where no second person has confirmed the device yet, whoever came in with a
    /// stolen code would be an officer, so there every office is a plain member's.
    pub fn at(member: Id<Member>, mut offices: Vec<(Id<Unit>, Office)>, confirmed: bool) -> Self {
        if !confirmed {
            offices.iter_mut().for_each(|(_, office)| *office = Office::Member);
        }
        Self { member: Some(member), offices }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub enum Deed<'a> {
    /// To take the log's entries.
    Read,
    /// To set one field of one record to a value.
    Edit(&'a Table, Uuid, &'a Field, &'a Value),
}

/// What must be known of the world to decide.
pub trait Scene {
    /// The level of a unit and the one above it.
    fn unit(&self, unit: Id<Unit>) -> Option<(Level, Option<Id<Unit>>)>;
    /// What a field of a record holds now.
    fn value(&self, table: &Table, id: Uuid, field: &str) -> Option<Value>;
}

/// The answer no; the same whether the thing is forbidden or does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not allowed")]
pub struct Denied;

/// Whether `actor` may do `deed` in `log`.
pub fn authorize(actor: &Actor, deed: Deed<'_>, log: &Log, scene: &dyn Scene) -> Result<(), Denied> {
    let roles = standing(actor, log.unit, scene);
    let about_self = log.member.is_some() && log.member == actor.member;
    let reads = about_self || roles.iter().any(|role| readers(log.audience).contains(role));
    let allowed = match deed {
        Deed::Read => reads,
        // Who may not read a log writes nothing in it: the province publishes to its own members, not in a cell's name.
        Deed::Edit(table, id, field, value) => {
            reads
                && table.audience == log.audience
                && at_home(table, id, field, value, log)
                && (!field.by_another || is_anothers(actor, table, id, scene))
                && (roles.iter().any(|role| may_edit(*role, table, id, field, value, scene))
                    || owns(actor, table, id, field, scene)
                    || about_self && table.by_self && field.name != REMOVED.name)
        }
    };
    if allowed { Ok(()) } else { Err(Denied) }
}

/// What `actor` is to `unit`, by every office held.
pub fn standing(actor: &Actor, unit: Id<Unit>, scene: &dyn Scene) -> Vec<Role> {
    if actor.member.is_none() {
        return vec![Server];
    }
    let mut roles = Vec::new();
    for (at, office) in &actor.offices {
        let role = if *at == unit {
            match (office, scene.unit(unit).map(|(level, _)| level)) {
                (Office::Office, Some(Level::Province)) => Province,
                (Office::Office, _) => Commune,
                (Office::Secretary, _) => Secretary,
                (Office::Deputy, _) => Deputy,
                (Office::Committee, _) => Committee,
                (Office::Member, _) => Role::Member,
            }
        } else if above(unit, *at, scene) && *office == Office::Office {
            match scene.unit(*at).map(|(level, _)| level) {
                Some(Level::Province) => Province,
                _ => Commune,
            }
        } else if above(*at, unit, scene) {
            Role::Member
        } else {
            continue;
        };
        // Whoever sits in the province's office reads what the province publishes, as all its members do.
        let reads_as = if role == Province && *at == unit { Role::Member } else { role };
        for role in [role, reads_as] {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
    }
    roles
}

/// Whether `high` stands somewhere above `low`. The tree is three to five levels deep; a ring ends the walk.
fn above(low: Id<Unit>, high: Id<Unit>, scene: &dyn Scene) -> bool {
    let mut at = low;
    for _ in 0..8 {
        match scene.unit(at) {
            Some((_, Some(next))) if next == high => return true,
            Some((_, Some(next))) => at = next,
            _ => return false,
        }
    }
    false
}

fn may_edit(role: Role, table: &Table, id: Uuid, field: &Field, value: &Value, scene: &dyn Scene) -> bool {
    if !table.editors(field).contains(&role) {
        return false;
    }
    // What a record is and where it hangs is said once: a stamp of long ago would put another word in its place,
    // and so make a commune a province or a comrade's office somebody else's.
    let once = field.merge == Merge::First && !field.optional;
    if once && role != Server && scene.value(table, id, field.name).is_some_and(|now| now != *value) {
        return false;
    }
    // A table with a field that roles may give only in part is edited only where that field is theirs to give.
    table.fields.iter().filter(|guard| !guard.only.is_empty()).all(|guard| {
        let theirs = guard.only.iter().find(|(who, _)| *who == role).map_or(&[][..], |(_, what)| what);
        let may = |value: &Value| value.as_text().is_some_and(|text| theirs.contains(&text));
        let now = scene.value(table, id, guard.name);
        let next = if guard.name == field.name { Some(value) } else { None };
        role == Server
            || now.as_ref().is_none_or(&may)
                && next.is_none_or(&may)
                && (now.is_some() || next.is_some() || field.merge == Merge::First)
    })
}

/// Whether the record says that it belongs to the unit, or is about the member, of the log it is written in.
fn at_home(table: &Table, id: Uuid, field: &Field, value: &Value, log: &Log) -> bool {
    match table.home {
        Some("id") => id == log.unit.uuid(),
        Some(home) if home == field.name => match field.kind {
            Kind::Link("member") => *value == log.member.into(),
            _ => *value == log.unit.into(),
        },
        _ => true,
    }
}

/// A record's holder may edit it where no narrower editor is named.
fn owns(actor: &Actor, table: &Table, id: Uuid, field: &Field, scene: &dyn Scene) -> bool {
    field.edit.is_none()
        && Some(field.name) != table.own
        && field.name != REMOVED.name
        && holds(actor, table, id, scene)
}

/// Whether the record is this person's own.
fn holds(actor: &Actor, table: &Table, id: Uuid, scene: &dyn Scene) -> bool {
    actor.member.is_some_and(|member| holder(table, id, scene) == Some(member.into()))
}

/// Whether the record is known to be somebody else's: one that is nobody's yet may turn out to be this person's own.
fn is_anothers(actor: &Actor, table: &Table, id: Uuid, scene: &dyn Scene) -> bool {
    holder(table, id, scene).is_some_and(|holder| actor.member.is_none_or(|member| holder != member.into()))
}

fn holder(table: &Table, id: Uuid, scene: &dyn Scene) -> Option<Value> {
    table.own.and_then(|own| scene.value(table, id, own))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::{Device, Grant, Record};

    /// A province 1, its communes 2 and 3, and the cell 4 of commune 2.
    #[derive(Default)]
    struct World(HashMap<(&'static str, Uuid, &'static str), Value>);

    fn unit(number: u128) -> Id<Unit> {
        Id::new(Uuid::from_u128(number))
    }

    impl World {
        fn with(mut self, table: &Table, id: u128, field: &'static str, value: impl Into<Value>) -> Self {
            self.0.insert((table.name, Uuid::from_u128(id), field), value.into());
            self
        }
    }

    impl Scene for World {
        fn unit(&self, unit: Id<Unit>) -> Option<(Level, Option<Id<Unit>>)> {
            match unit.uuid().as_u128() {
                1 => Some((Level::Province, None)),
                2 | 3 => Some((Level::Commune, Some(self::unit(1)))),
                4 => Some((Level::Cell, Some(self::unit(2)))),
                _ => None,
            }
        }
        fn value(&self, table: &Table, id: Uuid, field: &str) -> Option<Value> {
            self.0.iter().find(|((t, i, f), _)| *t == table.name && *i == id && *f == field).map(|(_, v)| v.clone())
        }
    }

    fn holder(at: u128, office: Office) -> Actor {
        Actor { member: Some(Id::new(Uuid::from_u128(50))), offices: vec![(unit(at), office)] }
    }

    fn may(
        actor: &Actor,
        world: &World,
        at: u128,
        table: &Table,
        id: u128,
        field: &str,
        value: impl Into<Value>,
    ) -> bool {
        let (_, field) = table.column(field).unwrap();
        let log = Log::of(unit(at), table.audience);
        authorize(actor, Deed::Edit(table, Uuid::from_u128(id), field, &value.into()), &log, world).is_ok()
    }

    #[test]
    fn a_commune_does_not_make_itself_a_province_nor_leave_it() {
        let (office, table) = (holder(2, Office::Office), Unit::TABLE);
        let world = World::default().with(&table, 2, "level", "commune");
        assert!(may(&office, &world, 2, &table, 2, "name", "Xã Đông"), "its name is its own");
        assert!(!may(&office, &world, 2, &table, 2, "level", "province"), "a first value backdated would stand");
        assert!(
            !may(&office, &world, 2, &table, 2, "above", Value::Nothing),
            "nobody slips out from under the province"
        );
        assert!(!may(&office, &world, 4, &table, 4, "above", unit(3)), "nor hangs a cell elsewhere");
        assert!(may(&holder(1, Office::Office), &world, 4, &table, 4, "above", unit(3)), "the province does");
    }

    #[test]
    fn a_grant_that_was_given_is_given_to_nobody_else() {
        let table = Grant::TABLE;
        let world = World::default().with(&table, 9, "office", "member").with(&table, 9, "member", unit(60));
        let secretary = holder(4, Office::Secretary);
        assert!(!may(&secretary, &world, 4, &table, 9, "member", unit(61)), "a first value backdated would stand");
        assert!(may(&secretary, &world, 4, &table, 9, "member", unit(60)), "saying it again changes nothing");
        assert!(may(&secretary, &world, 4, &table, 9, "valid_to", "2026-12-31"));
        let world = World::default().with(&table, 9, "office", "secretary");
        for field in ["valid_to", "removed"] {
            assert!(!may(&secretary, &world, 4, &table, 9, field, Value::Nothing), "{field} of a grant from above");
        }
    }

    #[test]
    fn nobody_confirms_a_device_of_their_own() {
        let table = Device::TABLE;
        let (own, other) = (Uuid::from_u128(50), Uuid::from_u128(51));
        let world = World::default().with(&table, 9, "member", Value::Link(own));
        let deputy = holder(4, Office::Deputy);
        assert!(!may(&deputy, &world, 4, &table, 9, "confirmed_at", "2026-12-03T08:00"));
        let nobodys = World::default();
        assert!(
            !may(&deputy, &nobodys, 4, &table, 9, "confirmed_at", "2026-12-03T08:00"),
            "nor one that is not let in yet: it may become their own"
        );
        let world = World::default().with(&table, 9, "member", Value::Link(other));
        assert!(may(&deputy, &world, 4, &table, 9, "confirmed_at", "2026-12-03T08:00"), "a comrade's, yes");
        let unconfirmed = Actor::at(Id::new(own), deputy.offices, false);
        assert!(
            !may(&unconfirmed, &world, 4, &table, 9, "confirmed_at", "2026-12-03T08:00"),
            "from a device that waits"
        );
    }

    #[test]
    fn nobody_writes_a_record_of_another_unit_into_a_log_of_their_own() {
        let secretary = holder(4, Office::Secretary);
        let world = World::default();
        assert!(!may(&secretary, &world, 4, &Member::TABLE, 70, "unit", unit(3)));
        assert!(!may(&secretary, &world, 4, &Grant::TABLE, 9, "unit", unit(3)));
        assert!(!may(&secretary, &world, 3, &Member::TABLE, 70, "name", "Lê Văn An"), "nor into another unit's log");
    }
}
