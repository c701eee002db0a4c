//! A province of two communes with three cells, and in each unit one record of every kind with every field filled in.

use domain::{Audience, Id, Level, Log, Member, Office, Record, Table, Unit, Value};
use server::people;
use sync::Verdict;
use uuid::Uuid;

use crate::{
    house::{Phone, Province, id},
    voices::since,
};

/// The units by number: the province, a commune, two cells of it, another commune, a cell of that.
pub const P: usize = 0;
pub const C: usize = 1;
pub const A: usize = 2;
const B: usize = 3;
const D: usize = 4;
const Z: usize = 5;
/// All of them.
pub const UNITS: [usize; 6] = [P, C, A, B, D, Z];

/// The fields that a record's id follows from, which are written together or not at all.
const NAMING: [(&str, &[&str]); 17] = [
    ("person", &["member"]),
    ("attendance", &["meeting", "member"]),
    ("rating", &["member", "year"]),
    ("badge", &["member", "years"]),
    ("dues", &["member", "month"]),
    ("decision", &["member", "entry"]),
    ("discussion", &["item"]),
    ("minutes", &["meeting", "hash"]),
    ("edition", &["resolution", "hash"]),
    ("score", &["meeting", "criterion"]),
    ("score_form", &["unit", "month"]),
    ("receipt", &["member", "document"]),
    ("reading", &["member", "document"]),
    ("coverage", &["unit", "document"]),
    ("reminder", &["unit", "document"]),
    ("attachment", &["item", "document"]),
    ("posted_file", &["meeting", "file"]),
];

/// The fields that a record's id follows from.
pub fn naming(table: &str) -> &'static [&'static str] {
    NAMING.iter().find(|(name, _)| *name == table).map_or(&[], |(_, fields)| fields)
}

/// A record that stands.
#[derive(Clone)]
pub struct Stands {
    pub unit: usize,
    pub table: &'static Table,
    pub id: Uuid,
    pub log: Log,
    /// What each field holds.
    pub holds: Vec<(&'static str, Value)>,
    /// The office that it gives, if it is a grant.
    pub gives: Option<&'static str>,
}

impl Stands {
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.holds.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
    }
}

/// The province and what stands in it.
pub struct World {
    pub province: Province,
    pub units: Vec<Id<Unit>>,
    pub stands: Vec<Stands>,
    people: u32,
}

impl World {
    pub async fn open() -> Self {
        let mut province = Province::start().await;
        let mut units: Vec<Id<Unit>> = province.made.units[..4].iter().map(|unit| unit.id).collect();
        for (above, level) in [(P, Level::Commune), (D, Level::Cell)] {
            let unit = Unit {
                id: Id::new(id()),
                above: Some(units[above]),
                level,
                name: "Đảng bộ xã khác".to_owned(),
                code: None,
                valid_from: None,
                valid_to: None,
                successor: None,
                former_names: None,
                term: None,
                locality: None,
            };
            province.admin(|ledger, _| people::add_unit(ledger, &unit)).unwrap();
            units.push(unit.id);
        }
        let mut world = Self { province, units, stands: Vec::new(), people: 0 };
        for unit in UNITS {
            world.fill(unit).await;
        }
        world
    }

    /// A person on a unit's roster, holding offices there.
    pub fn person(&mut self, unit: usize, offices: &[Office]) -> Id<Member> {
        self.people += 1;
        let (at, member) = (self.units[unit], Id::new(id()));
        let name: String = format!("Trần Văn {}", char::from(b'A' + (self.people % 26) as u8));
        let row = Member {
            id: member,
            unit: at,
            name: name.clone(),
            birth_year: None,
            post: None,
            standing: domain::Standing::Official,
            activity: domain::Activity::Active,
            activity_from: None,
            activity_to: None,
        };
        let grants: Vec<_> = offices.iter().map(|office| since(at, member, *office)).collect();
        let person = people::bare_person(member, &name);
        self.province.admin(|ledger, _| people::add_person(ledger, &row, &person, &grants)).unwrap();
        member
    }

    /// A person with a device that was let in.
    pub async fn join(&mut self, unit: usize, offices: &[Office], confirmed: bool) -> (Id<Member>, Phone) {
        let member = self.person(unit, offices);
        let code = self.province.admin(|ledger, outside| server::issue(ledger, outside, member).unwrap().0);
        let phone = self.province.enter(&code).await;
        if confirmed {
            self.province.confirm(&phone);
        }
        (member, phone)
    }

    /// One record of every kind in a unit, and one grant of every office.
    async fn fill(&mut self, unit: usize) {
        let at = self.units[unit];
        let (member, mut holder) = self.join(unit, &[Office::Member], true).await;
        let (_, mut scribe) = self.join(unit, &[Office::Secretary], true).await;
        let meeting = id();
        for table in domain::TABLES {
            let offices = ["member", "committee", "deputy", "secretary", "office"];
            let grants = if table.name == "grant" { &offices[..] } else { &offices[..1] };
            for office in grants {
                let mut holds: Vec<(&'static str, Value)> =
                    table.columns().map(|field| (field.name, tests::value(field, 6))).collect();
                self.say_where(&mut holds, table, unit, member, meeting);
                // Nobody takes back another's own word, nor their own, nor what others rest on.
                holds.retain(|(field, _)| !(table.by_self || table.lasting) || *field != "removed");
                if table.name == "grant" {
                    holds.iter_mut().filter(|(field, _)| *field == "office").for_each(|(_, v)| *v = (*office).into());
                }
                let id = match table.name {
                    "unit" => at.uuid(),
                    "member" => member.uuid(),
                    "meeting" => meeting,
                    _ => table.id_from(|part| find(&holds, part).cloned()).unwrap_or_else(id),
                };
                let log = match table.audience {
                    audience if audience.is_personal() => Log::of_one(at, audience, member),
                    audience => Log::of(at, audience),
                };
                let gives = (table.name == "grant").then_some(*office);
                let stands = Stands { unit, table, id, log, holds, gives };
                let hand = if table.by_self { &mut holder } else { &mut scribe };
                self.write(&stands, hand).await;
                self.stands.push(stands);
            }
        }
    }

    /// Puts in what must be true of the place: whose record it is, and where it hangs.
    pub fn say_where(
        &self,
        holds: &mut [(&'static str, Value)],
        table: &Table,
        unit: usize,
        member: Id<Member>,
        meeting: Uuid,
    ) {
        let above = [None, Some(P), Some(C), Some(C), Some(P), Some(D)][unit].map(|above| self.units[above]);
        let level = ["province", "commune", "cell", "cell", "commune", "cell"][unit];
        for (field, value) in holds {
            match (table.name, *field) {
                ("unit", "above") => *value = above.into(),
                ("unit", "level") => *value = level.into(),
                (_, "unit") => *value = self.units[unit].into(),
                (_, "meeting") => *value = Value::Link(meeting),
                (_, "item") => *value = Value::Link(Uuid::from_u128(meeting.as_u128() ^ 1)),
                (_, "resolution") => *value = Value::Link(Uuid::from_u128(meeting.as_u128() ^ 2)),
                // Names do not say which table they are of: the same words in two tables would be one name.
                ("score", "criterion") => *value = "prepared".into(),
                ("posted_file", "file") => *value = "minutes.pdf".into(),
                (_, "member") => *value = member.into(),
                (_, "removed") => *value = Value::Number(0),
                _ => {}
            }
        }
    }

    /// Writes a record as the server would, or by that hand where the server may not, but for what only the server may.
    async fn write(&mut self, stands: &Stands, hand: &mut Phone) {
        let Stands { table, id, log, holds, .. } = stands;
        let mut holds: Vec<_> = holds.clone();
        if !table.edit.contains(&domain::Role::Server) {
            let servers = |field: &str| table.column(field).unwrap().1.edit == Some(&[domain::Role::Server]);
            let (by_server, by_hand): (Vec<_>, Vec<_>) = holds.into_iter().partition(|(field, _)| servers(field));
            holds = by_server;
            let set: Vec<_> = by_hand.iter().map(|(field, value)| (table.name, *id, *field, value.clone())).collect();
            let entry = hand.entry(*log, self.province.now(), &set);
            let verdicts = hand.push(vec![entry]).await;
            assert!(matches!(verdicts[..], [Verdict::Accepted { .. }]), "{} stands: {verdicts:?}", table.name);
        }
        if holds.is_empty() {
            return;
        }
        self.province.admin(|ledger, _| {
            let set = |(field, value): &(&'static str, Value)| ledger.change(table, *id, field, value.clone());
            let changes: Vec<_> = holds.iter().map(set).collect();
            ledger.write(*log, &changes).unwrap_or_else(|error| panic!("{} stands: {error}", table.name));
        });
    }

    /// A device of a person's that exists on paper only.
    pub fn spare_device(&mut self, unit: usize, member: Id<Member>) -> Stands {
        let table = &domain::Device::TABLE;
        let (id, log) = (id(), Log::of(self.units[unit], Audience::Register));
        let holds = vec![("member", Value::from(member)), ("name", "Máy thứ hai".into())];
        self.province.admin(|ledger, _| {
            let changes: Vec<_> = holds.iter().map(|(f, v)| ledger.change(table, id, f, v.clone())).collect();
            ledger.write(log, &changes).unwrap();
        });
        Stands { unit, table, id, log, holds, gives: None }
    }
}

fn find<'a>(holds: &'a [(&'static str, Value)], field: &str) -> Option<&'a Value> {
    holds.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
}
