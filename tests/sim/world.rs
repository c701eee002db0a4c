//! A province, a commune, two cells and the phones of their people, in one thread and by one clock. Everything that
//! happens is drawn from the seed; both ends are the product's own, on real encrypted files.

use std::{collections::BTreeMap, path::Path};

use domain::{
    Activity, Audience, Device, Grant, Id, Level, Log, Meeting, Member, Office, Standing, TABLES, Table, Unit, readers,
};
use rand::{Rng, RngCore, SeedableRng, rngs::StdRng};
use server::{Outside, Refused, Sqlite, changes, device_record, people, stamp};
use store::{Book, Keys};
use sync::{Ask, Hash, Reply, Verdict, VerifyingKey, hash_of};
use tempfile::TempDir;
use uuid::Uuid;

use crate::disk::Disk;

/// 3 December 2026, 08:00 in Vietnam.
pub const START: u64 = 1_796_259_600_000;

/// The phone whose key says what no honest app says.
pub const HOSTILE: usize = CAST.len() + 1;

/// A person and what they are.
#[derive(Clone)]
pub struct Person {
    pub id: Id<Member>,
    pub unit: Id<Unit>,
    pub grants: Vec<Grant>,
}

/// The server's machine.
pub struct Server {
    pub dir: TempDir,
    pub disk: Disk,
    pub ledger: Option<Sqlite>,
    pub outside: Outside,
    pub chance: StdRng,
}

impl Server {
    /// Answers `ask`; nothing where the machine failed on the way.
    pub fn answer(&mut self, device: Id<Device>, ask: Ask, now: u64) -> Option<Result<Reply, Refused>> {
        if self.ledger.is_none() {
            self.ledger = Sqlite::open(self.dir.path()).ok();
        }
        let ledger = self.ledger.as_mut()?;
        let said = ledger.transaction(now, |ledger| server::exchange(ledger, device, ask));
        said.ok()
    }

    /// Does something at the machine itself, and again where the power went.
    pub fn admin<T>(&mut self, now: u64, work: impl Fn(&mut Sqlite, &Outside) -> Result<T, server::LedgerError>) -> T {
        for _ in 0..3 {
            let outside = &self.outside;
            let done = Sqlite::open(self.dir.path())
                .and_then(|mut ledger| ledger.transaction(now, |ledger| work(ledger, outside)));
            match done {
                Ok(done) => return done,
                Err(error) => assert!(self.disk.is_off(), "the administrator's deed fails: {error}"),
            }
            self.power();
        }
        panic!("the power goes all the time");
    }

    /// Where the power went, the server goes with it, and comes back with it.
    pub fn power(&mut self) {
        if self.disk.is_off() {
            self.ledger = None;
            self.disk.on(&mut self.chance);
        }
    }
}

/// One phone.
pub struct Phone {
    pub holder: usize,
    pub keys: Keys,
    pub dir: TempDir,
    pub disk: Disk,
    pub book: Option<Book>,
    pub tables: &'static [Table],
    /// How far its clock is off, milliseconds.
    pub off: i64,
    pub revoked: bool,
    /// A copy of another phone's files: what it says last may be refused.
    pub copied: bool,
    /// Questions asked so far: it listens for the answer to the last alone.
    pub turn: u32,
    /// Entries the server acknowledged to it.
    pub acknowledged: Vec<Hash>,
}

impl Phone {
    pub fn id(&self) -> Id<Device> {
        sync::device_of(&sync::SigningKey::from_bytes(&self.keys.seed).verifying_key())
    }

    /// The book, opened again where it was closed; nothing where its disk fails.
    pub fn book(&mut self) -> Option<&mut Book> {
        if self.book.is_none() {
            self.book = Book::open(self.dir.path(), &self.keys, self.tables).ok();
        }
        self.book.as_mut()
    }

    /// The hash and the state of every entry it holds, and the logs it may read. The book is closed for it.
    pub fn journal(&mut self) -> (Vec<(Hash, i64)>, Vec<Uuid>) {
        self.book().expect("the book opens");
        let Some(conn) = self.book.take().map(Book::close) else { unreachable!("it was opened") };
        let entries = conn
            .prepare("SELECT hash, state FROM entry")
            .and_then(|mut found| found.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect());
        let logs = conn
            .prepare("SELECT id FROM log WHERE held = 1 ORDER BY id")
            .and_then(|mut found| found.query_map([], |row| row.get(0).map(Uuid::from_bytes))?.collect());
        (entries.expect("the journal can be read"), logs.expect("the logs can be read"))
    }

    /// What its clock says when it is `now`.
    pub fn clock(&self, now: u64) -> u64 {
        now.saturating_add_signed(self.off)
    }

    /// Takes an answer; a failure of the disk leaves everything as it was.
    pub fn take(&mut self, ask: &Ask, reply: &Reply, now: u64) -> Option<store::Taken> {
        let now = self.clock(now);
        let taken = self.book()?.take(ask, reply, now).ok()?;
        for (bytes, verdict) in ask.entries.iter().zip(&reply.verdicts) {
            if matches!(verdict, Verdict::Accepted { .. } | Verdict::Duplicate { .. }) {
                self.acknowledged.push(hash_of(bytes));
            }
        }
        Some(taken)
    }
}

pub struct World {
    pub chance: StdRng,
    pub now: u64,
    pub server: Server,
    pub people: Vec<Person>,
    pub phones: Vec<Phone>,
    pub units: BTreeMap<Id<Unit>, Option<Id<Unit>>>,
    pub meetings: Vec<(Id<Meeting>, Id<Unit>)>,
    /// What happened, a line each.
    pub trace: Vec<String>,
}

/// Unit, then offices: who plays.
const CAST: &[(usize, &[Office])] = &[
    (1, &[Office::Office]),
    (2, &[Office::Member, Office::Secretary]),
    (2, &[Office::Member, Office::Deputy]),
    (2, &[Office::Member]),
    (3, &[Office::Member, Office::Secretary]),
    (3, &[Office::Member]),
];

impl World {
    pub fn new(seed: u64) -> Self {
        let mut chance = StdRng::seed_from_u64(seed);
        let dir = tempfile::tempdir().expect("a folder");
        let disk = Disk::under(dir.path());
        let outside = Outside::new(|| START, StdRng::seed_from_u64(chance.next_u64()));
        let mut ledger = Sqlite::init(dir.path(), &outside).expect("a new ledger");
        let mut units = BTreeMap::new();
        let mut people = Vec::new();
        ledger
            .transaction(START, |ledger| {
                let mut made: Vec<Id<Unit>> = Vec::new();
                for (above, level) in
                    [(None, Level::Province), (Some(0), Level::Commune), (Some(1), Level::Cell), (Some(1), Level::Cell)]
                {
                    let unit = Unit {
                        id: people::new_id(&outside),
                        above: above.map(|at: usize| made[at]),
                        level,
                        name: format!("{level:?}"),
                        code: None,
                        valid_from: None,
                        valid_to: None,
                        successor: None,
                        former_names: None,
                        term: None,
                        locality: None,
                    };
                    people::add_unit(ledger, &unit)?;
                    units.insert(unit.id, unit.above);
                    made.push(unit.id);
                }
                for (at, offices) in CAST {
                    let member = Member {
                        id: people::new_id(&outside),
                        unit: made[*at],
                        name: format!("Người {}", ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu"][people.len()]),
                        birth_year: Some(1960),
                        post: None,
                        standing: Standing::Official,
                        activity: Activity::Active,
                        activity_from: None,
                        activity_to: None,
                    };
                    let grants: Vec<Grant> = offices
                        .iter()
                        .map(|office| {
                            people::grant(people::new_id(&outside), member.unit, member.id, *office, "2026-01-01")
                        })
                        .collect();
                    let person = domain::Person {
                        phone: Some(secret(member.id)),
                        ..people::bare_person(member.id, &member.name)
                    };
                    people::add_person(ledger, &member, &person, &grants)?;
                    people.push(Person { id: member.id, unit: member.unit, grants });
                }
                Ok(())
            })
            .expect("the province is made");
        let server =
            Server { dir, disk, ledger: Some(ledger), outside, chance: StdRng::seed_from_u64(chance.next_u64()) };
        let mut world = Self {
            chance,
            now: START,
            server,
            people,
            phones: Vec::new(),
            units,
            meetings: Vec::new(),
            trace: Vec::new(),
        };
        for holder in 0..world.people.len() {
            world.hand_out(holder);
        }
        // The secretary writes with a second phone too, and one of her phones is in bad hands.
        world.hand_out(1);
        world.hand_out(1);
        world.phones[HOSTILE].copied = true;
        world
    }

    /// A new phone for a person, let in and confirmed.
    pub fn hand_out(&mut self, holder: usize) {
        let mut keys = Keys { book: [0; 32], seed: [0; 32] };
        self.chance.fill_bytes(&mut keys.book);
        self.chance.fill_bytes(&mut keys.seed);
        let dir = tempfile::tempdir().expect("a folder");
        let disk = Disk::under(dir.path());
        let book = Book::open(dir.path(), &keys, TABLES).expect("a new book");
        let public = book.key().verifying_key();
        let Person { id, unit, .. } = self.people[holder].clone();
        let now = self.now;
        let root = self.server.admin(now, |ledger, _| {
            let at = server::moment_of(now);
            let record = device_record(book.device(), id, public.as_bytes(), "máy", at.clone());
            let record = Device { confirmed_at: Some(at), ..record };
            ledger.write(Log::of(unit, Audience::Register), &changes(&record, stamp(now, ledger.root_device())))?;
            Ok(ledger.root().verifying_key())
        });
        let known: VerifyingKey = root;
        book.put_fact("root", &known.to_bytes()).expect("the root key is kept");
        self.phones.push(Phone {
            holder,
            keys,
            dir,
            disk,
            book: Some(book),
            tables: TABLES,
            off: 0,
            revoked: false,
            copied: false,
            turn: 0,
            acknowledged: Vec::new(),
        });
    }

    /// The day by the server's clock.
    pub fn today(&self) -> String {
        server::day_of(self.now)
    }

    /// Whether a person may read a log today, by what is known here of grants, not by what the server keeps.
    pub fn may_read(&self, holder: usize, log: &Log) -> bool {
        let person = &self.people[holder];
        if log.member == Some(person.id) {
            return true;
        }
        let today = self.today();
        person.grants.iter().filter(|grant| grant.in_force(&today)).any(|grant| {
            let role = match (grant.unit == log.unit, self.is_above(grant.unit, log.unit), grant.office) {
                (true, _, Office::Secretary) => domain::Role::Secretary,
                (true, _, Office::Deputy) => domain::Role::Deputy,
                (true, _, Office::Committee) => domain::Role::Committee,
                (true, _, Office::Office) | (_, true, Office::Office) => domain::Role::Commune,
                (true, _, Office::Member) => domain::Role::Member,
                _ if self.is_above(log.unit, grant.unit) => domain::Role::Member,
                _ => return false,
            };
            readers(log.audience).contains(&role)
        })
    }

    fn is_above(&self, high: Id<Unit>, low: Id<Unit>) -> bool {
        let mut at = self.units.get(&low).copied().flatten();
        while let Some(unit) = at {
            if unit == high {
                return true;
            }
            at = self.units.get(&unit).copied().flatten();
        }
        false
    }

    pub fn note(&mut self, what: impl Into<String>) {
        let line = format!("{} {}", self.now - START, what.into());
        self.trace.push(line);
    }

    pub fn flip(&mut self, one_in: u32) -> bool {
        self.chance.random_ratio(1, one_in)
    }

    pub fn pick(&mut self, count: usize) -> usize {
        self.chance.random_range(0..count)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.server.disk.forget();
        self.phones.iter().for_each(|phone| phone.disk.forget());
    }
}

/// Words that only those who may read a person's record may ever hold.
pub fn secret(member: Id<Member>) -> String {
    let digits: u64 = member.uuid().as_u128() as u64 % 1_000_000_000;
    format!("0{digits:09}")
}

/// Copies the files of a folder.
pub fn copy(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).expect("a folder") {
        let path = file.expect("a file").path();
        if path.is_file() && path.extension().is_none_or(|end| end != "db-shm") {
            std::fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
        }
    }
}

/// A uuid drawn by chance.
pub fn draw(chance: &mut StdRng) -> Uuid {
    let mut bytes = [0; 16];
    chance.fill_bytes(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
