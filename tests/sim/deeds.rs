//! What may happen: people write, phones and server talk over a bad line, power goes, disks fill, clocks jump, offices
//! change, phones are copied, lost and forged, the server is restored.

use domain::{Attendance, Audience, Device, Grant, Id, Log, Meeting, Member, Record, TABLES, Table, Value};
use rand::{Rng, RngCore, seq::IndexedRandom};
use server::Sqlite;
use store::{Book, Edit, Keys, Step};
use sync::SigningKey;
use uuid::Uuid;

use crate::{
    disk::Disk,
    post::Letter,
    world::{HOSTILE, Phone, World, copy, draw},
};

/// What runs in this world, and what was forged in it.
pub struct Life {
    pub world: World,
    pub post: Vec<Letter>,
    /// A copy of the server's files, and when it was made.
    pub backup: Option<tempfile::TempDir>,
    /// Wrong things that were seen while it ran.
    pub wrong: Vec<String>,
    /// The server was put back: until the administrators have gone through their papers, offices that had ended may
    /// have come back.
    pub restored: bool,
}

/// The tables as an app of some versions ago knew them: no attendance, and meetings without a topic.
pub fn old_tables() -> &'static [Table] {
    static OLD: std::sync::OnceLock<Vec<Table>> = std::sync::OnceLock::new();
    OLD.get_or_init(|| {
        let known = TABLES.iter().filter(|table| table.name != Attendance::TABLE.name);
        known
            .map(|table| {
                let fields: Vec<_> = table.fields.iter().filter(|field| field.name != "topic").copied().collect();
                Table { fields: Vec::leak(fields), ..*table }
            })
            .collect()
    })
}

impl Life {
    pub fn new(seed: u64) -> Self {
        Self { world: World::new(seed), post: Vec::new(), backup: None, wrong: Vec::new(), restored: false }
    }

    /// One thing happens.
    pub fn step(&mut self) {
        let w = &mut self.world;
        w.now += w.chance.random_range(1..90_000);
        let phone = w.pick(w.phones.len());
        match w.pick(1000) {
            0..420 => self.write(phone),
            420..760 => self.ask(phone),
            760..800 => self.crash(phone),
            800..815 => self.fill(phone),
            815..835 => self.jump(phone),
            835..850 => self.age(phone),
            850..865 => self.office(),
            865..871 => self.revoke(phone),
            871..877 => self.clone_phone(phone),
            877..900 => self.forge(HOSTILE),
            900..920 => self.server_crash(),
            920..935 => self.back_up(),
            935..940 => self.restore(),
            940..945 => self.decay(phone),
            _ => self.world.now += 600_000,
        }
        self.deliver(false);
    }

    /// Somebody writes on a phone, whether they may or not.
    pub fn write(&mut self, at: usize) {
        let w = &mut self.world;
        let holder = &w.people[w.phones[at].holder];
        let (me, unit) = (holder.id, holder.unit);
        let neighbours: Vec<Id<Member>> = w.people.iter().filter(|p| p.unit == unit).map(|p| p.id).collect();
        let about = *neighbours.choose(&mut w.chance).unwrap_or(&me);
        let text = format!("Chữ {}", w.chance.next_u32());
        let meetings: Vec<Id<Meeting>> =
            w.meetings.iter().filter(|(_, of)| *of == unit).map(|(meeting, _)| *meeting).collect();
        let edit =
            |table: &'static Table, id: Uuid, field: &'static str, value: Value| Edit { table, id, field, value };
        let (log, edits) = match (w.pick(10), meetings.choose(&mut w.chance).copied()) {
            (0, _) | (1..=6, None) => {
                let id = draw(&mut w.chance);
                w.meetings.push((Id::new(id), unit));
                let day = server::moment_of(w.now);
                let edits = vec![
                    edit(&TABLES_MEETING, id, "unit", unit.into()),
                    edit(&TABLES_MEETING, id, "planned_at", day.into()),
                    edit(&TABLES_MEETING, id, "place", text.as_str().into()),
                ];
                (Log::of(unit, Audience::Everyone), edits)
            }
            (1..=4, Some(meeting)) => {
                let id: Id<Attendance> = Id::made_from(&[meeting.into(), about.into()]);
                let mark = *["present", "late", "absent", "absent_excused"].choose(&mut w.chance).unwrap_or(&"late");
                let edits = vec![
                    edit(&TABLES_ATTENDANCE, id.uuid(), "meeting", meeting.into()),
                    edit(&TABLES_ATTENDANCE, id.uuid(), "member", about.into()),
                    edit(&TABLES_ATTENDANCE, id.uuid(), "mark", mark.into()),
                ];
                (Log::of(unit, Audience::Everyone), edits)
            }
            (5 | 6, Some(meeting)) => {
                let field = *["place", "topic"].choose(&mut w.chance).unwrap_or(&"place");
                (
                    Log::of(unit, Audience::Everyone),
                    vec![edit(&TABLES_MEETING, meeting.uuid(), field, text.as_str().into())],
                )
            }
            (7, _) => (
                Log::of(unit, Audience::Register),
                vec![edit(&TABLES_MEMBER, about.uuid(), "name", text.as_str().into())],
            ),
            (_, _) => {
                let person: Id<domain::Person> = Id::made_from(&[about.into()]);
                let edits = vec![
                    edit(&TABLES_PERSON, person.uuid(), "member", about.into()),
                    edit(&TABLES_PERSON, person.uuid(), "exemption_resolution", text.as_str().into()),
                ];
                (Log::about(unit, about), edits)
            }
        };
        let undo = w.flip(9);
        let now = w.now;
        let phone = &mut w.phones[at];
        let clock = phone.clock(now);
        let known =
            edits.iter().all(|e| Table::find(phone.tables, e.table.name).is_some_and(|t| t.column(e.field).is_some()));
        let step = edits.first().map(|edit| Step { of: edit.id, what: String::new() });
        let of = step.as_ref().map(|step| step.of);
        let Some(book) = phone.book().filter(|_| known) else { return };
        let before = book.dump();
        let done = match (undo, of) {
            (true, Some(of)) => book.undo(&log, of, clock).map(|_| ()),
            _ => book.write(&log, &edits, clock, step),
        };
        if done.is_err() && !phone.disk.is_off() {
            let after = phone.book.as_ref().map(Book::dump);
            // A disk that is full refuses the whole commit.
            if let (Ok(before), Some(Ok(after))) = (&before, &after)
                && before != after
            {
                self.wrong.push("a commit that failed left something behind".to_owned());
            }
        }
        self.after_power(at);
        self.world.note(format!("phone {at} writes {}", if done.is_ok() { "well" } else { "in vain" }));
    }

    /// A phone says what it has to say.
    pub fn ask(&mut self, at: usize) {
        let w = &mut self.world;
        let (most, room) = (w.chance.random_range(200..40_000), w.chance.random_range(500..60_000));
        let phone = &mut w.phones[at];
        let asked = phone.book().map(|book| book.ask(most, room));
        self.after_power(at);
        if let Some(Ok(ask)) = asked {
            self.send(at, ask);
        }
    }

    /// Where the power went, the app goes with it, and comes back with it.
    pub fn after_power(&mut self, at: usize) {
        let World { phones, chance, .. } = &mut self.world;
        let phone = &mut phones[at];
        if phone.disk.is_off() {
            phone.book = None;
            phone.disk.on(chance);
        }
    }

    pub fn crash(&mut self, at: usize) {
        let w = &mut self.world;
        let writes = w.chance.random_range(0..12);
        w.phones[at].disk.off_after(writes);
        w.note(format!("phone {at} loses power after {writes} writes"));
    }

    pub fn fill(&mut self, at: usize) {
        let w = &mut self.world;
        let room = w.flip(2).then(|| w.chance.random_range(0..30_000));
        w.phones[at].disk.room(room);
        w.note(format!("phone {at} has room for {room:?}"));
    }

    /// A bit of the book flips: it says that it is damaged, or says what it said before; never anything else.
    pub fn decay(&mut self, at: usize) {
        let w = &mut self.world;
        let phone = &mut w.phones[at];
        // Opened anew first: a commit that failed at its last step, on a full disk, may be found whole at the next opening.
        phone.book = None;
        let Some(Ok(before)) = phone.book().map(|book| book.dump()) else { return };
        phone.book = None;
        let file = phone.dir.path().join("book.db");
        let length = std::fs::metadata(&file).map_or(1, |file| file.len());
        let bit = (w.chance.random_range(0..length), w.chance.random_range(0..8));
        phone.disk.flip("book.db", bit);
        let after = phone.book().and_then(|book| book.dump().ok());
        phone.book = None;
        phone.disk.flip("book.db", bit);
        if after.as_ref().is_some_and(|after| *after != before) {
            self.wrong.push(format!("phone {at} read something else where a bit had flipped"));
        }
        self.world.note(format!("a bit of phone {at} flips: {}", if after.is_some() { "not met" } else { "noticed" }));
    }

    pub fn jump(&mut self, at: usize) {
        let w = &mut self.world;
        let year = 365 * 24 * 3600 * 1000;
        w.phones[at].off = if w.flip(3) { 0 } else { w.chance.random_range(-2 * year..2 * year) };
        w.note(format!("the clock of phone {at} is off by {}", w.phones[at].off));
    }

    /// The app is put back to an old one, or updated.
    pub fn age(&mut self, at: usize) {
        let phone = &mut self.world.phones[at];
        phone.book = None;
        phone.tables = if phone.tables.len() == TABLES.len() { old_tables() } else { TABLES };
        self.world.note(format!("phone {at} gets another app"));
    }

    /// The files of a phone go on on another: both write under one name.
    pub fn clone_phone(&mut self, at: usize) {
        let w = &mut self.world;
        if w.phones.len() > 14 {
            return;
        }
        let phone = &mut w.phones[at];
        phone.book = None;
        let dir = tempfile::tempdir().expect("a folder");
        copy(phone.dir.path(), dir.path());
        phone.copied = true;
        let copied = Phone {
            holder: phone.holder,
            keys: Keys { book: phone.keys.book, seed: phone.keys.seed },
            disk: Disk::under(dir.path()),
            dir,
            book: None,
            tables: phone.tables,
            off: phone.off,
            revoked: phone.revoked,
            copied: true,
            turn: 0,
            acknowledged: phone.acknowledged.clone(),
        };
        w.phones.push(copied);
        w.note(format!("phone {at} is copied"));
    }

    /// A phone with a good key says what no honest app says.
    pub fn forge(&mut self, at: usize) {
        let w = &mut self.world;
        let Some(Ok(mut ask)) = w.phones[at].book().map(|book| book.ask(20_000, 1000)) else {
            return self.after_power(at);
        };
        let key = SigningKey::from_bytes(&w.phones[at].keys.seed);
        let units: Vec<_> = w.units.keys().copied().collect();
        let unit = *units.choose(&mut w.chance).expect("units");
        let number = w.chance.random_range(1..50);
        let other = w.pick(w.people.len());
        let other = w.people[other].id;
        let log = match w.pick(3) {
            0 => Log::of(unit, Audience::Everyone),
            1 => Log::of(unit, Audience::Register),
            _ => Log::about(unit, other),
        };
        let change = |table: &str, id: Uuid, field: &str, value: Value| sync::Change {
            table: table.to_owned(),
            id,
            field: field.to_owned(),
            value,
            stamp: sync::Stamp::new(1, 0, sync::device_of(&key.verifying_key())),
            seen: Vec::new(),
        };
        let grab = draw(&mut w.chance);
        let said = match w.pick(3) {
            0 => vec![
                change("grant", grab, "unit", unit.into()),
                change("grant", grab, "member", w.people[w.phones[at].holder].id.into()),
                change("grant", grab, "office", "secretary".into()),
                change("grant", grab, "valid_from", "2020-01-01".into()),
            ],
            1 => vec![change("device", w.phones[at].id().uuid(), "revoked_at", Value::Nothing)],
            _ => vec![change(
                "person",
                Id::<domain::Person>::made_from(&[other.into()]).uuid(),
                "phone",
                "0900000000".into(),
            )],
        };
        if let Ok(sealed) = sync::seal(&key, log, number, &said, TABLES) {
            let mut bytes = sealed.bytes;
            if w.flip(3) {
                let at = w.pick(bytes.len());
                bytes[at] ^= 1;
            }
            ask.entries.insert(0, bytes);
        }
        let length = w.pick(300);
        ask.entries.push((0..length).map(|_| w.chance.random()).collect());
        w.note(format!("phone {at} forges"));
        let now = w.now;
        let device = w.phones[at].id();
        // Its answer is not heard: the honest app beside it did not ask.
        let before = holds(&mut w.server.ledger, w.server.dir.path(), now);
        let said = w.server.answer(device, ask, now);
        self.world.server.power();
        if let Some(Ok(reply)) = said {
            self.watch(at, &reply);
        }
        let after = holds(&mut self.world.server.ledger, self.world.server.dir.path(), now);
        // What a restored server lost, the honest book beside it hands back: the province's own words.
        let differs = !self.restored && before.is_some() && after.is_some() && before != after;
        if differs || after.is_some_and(|after| after.iter().any(|(id, _)| *id == grab)) {
            self.wrong.push(format!("phone {at} gave somebody an office"));
        }
    }
}

/// Who holds which office, by the server's register.
fn holds(ledger: &mut Option<Sqlite>, dir: &std::path::Path, now: u64) -> Option<Vec<(Uuid, bool)>> {
    if ledger.is_none() {
        *ledger = Sqlite::open(dir).ok();
    }
    let ledger = ledger.as_mut()?;
    ledger.transaction(now, |_| Ok(())).ok()?;
    let table = &Grant::TABLE;
    let mut all: Vec<(Uuid, bool)> =
        ledger.register().list(table).map(|(id, _, row)| (id, row.value(table, "valid_to").is_some())).collect();
    all.sort_unstable();
    let revoked = ledger
        .register()
        .list(&Device::TABLE)
        .map(|(id, _, row)| (id, row.value(&Device::TABLE, "revoked_at").is_some_and(|v| *v != Value::Nothing)));
    let mut devices: Vec<_> = revoked.collect();
    devices.sort_unstable();
    all.extend(devices);
    Some(all)
}

static TABLES_MEETING: Table = Meeting::TABLE;
static TABLES_ATTENDANCE: Table = Attendance::TABLE;
static TABLES_MEMBER: Table = Member::TABLE;
static TABLES_PERSON: Table = domain::Person::TABLE;
