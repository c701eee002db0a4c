//! What may happen: people write, phones and server talk over a bad line, power goes, disks fill, clocks jump, offices
//! change, phones are copied, lost and forged, the server is restored.

use domain::{Attendance, Audience, Device, Grant, Id, Log, Meeting, Member, Office, Record, TABLES, Table, Value};
use rand::{Rng, RngCore, seq::IndexedRandom};
use server::{Refused, Sqlite, people};
use store::{Book, Edit, Keys, Step};
use sync::{Ask, Reply, SigningKey};
use uuid::Uuid;

use crate::{
    disk::Disk,
    world::{HOSTILE, Phone, World, copy, draw},
};

/// A message on its way.
pub struct Letter {
    pub at: u64,
    pub phone: usize,
    /// Which of its questions this is, or answers.
    pub turn: u32,
    pub ask: Ask,
    /// The bytes as they travel: the question, or its answer.
    pub bytes: Vec<u8>,
    pub is_answer: bool,
}

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
    /// The server lost entries and nobody said so.
    pub silent_restore: bool,
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
        Self {
            world: World::new(seed),
            post: Vec::new(),
            backup: None,
            wrong: Vec::new(),
            restored: false,
            silent_restore: false,
        }
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
            935..940 => self.restore(true),
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

    fn send(&mut self, at: usize, ask: Ask) {
        let Ok(bytes) = sync::pack(&ask) else { return self.wrong.push("a question that cannot be packed".to_owned()) };
        self.world.note(format!("phone {at} asks, {} entries", ask.entries.len()));
        let phone = &mut self.world.phones[at];
        phone.turn += 1;
        let turn = phone.turn;
        self.mail(Letter { at: 0, phone: at, turn, ask, bytes, is_answer: false });
    }

    /// Hands a message to the line: it may be lost, doubled, late, cut, and overtake others.
    fn mail(&mut self, mut letter: Letter) {
        let w = &mut self.world;
        if w.flip(6) {
            return;
        }
        if w.flip(8) {
            let length = w.pick(letter.bytes.len() + 1);
            letter.bytes.truncate(length);
        }
        let copies = if w.flip(10) { 2 } else { 1 };
        for _ in 0..copies {
            let at = w.now + w.chance.random_range(0..400_000);
            let Letter { phone, turn, is_answer, .. } = letter;
            self.post.push(Letter { at, phone, turn, ask: letter.ask.clone(), bytes: letter.bytes.clone(), is_answer });
        }
    }

    /// Messages that are due arrive; or all of them.
    pub fn deliver(&mut self, all: bool) {
        loop {
            let due = self.post.iter().enumerate().filter(|(_, letter)| all || letter.at <= self.world.now);
            let Some(first) = due.min_by_key(|(_, letter)| letter.at).map(|(at, _)| at) else { return };
            let letter = self.post.swap_remove(first);
            if letter.is_answer { self.hear(letter) } else { self.serve(letter) }
        }
    }

    fn serve(&mut self, letter: Letter) {
        let now = self.world.now;
        let device = self.world.phones[letter.phone].id();
        let Ok(ask) = sync::unpack::<Ask>(&letter.bytes) else { return };
        let answer = self.world.server.answer(device, ask, now);
        self.world.server.power();
        match answer {
            Some(Ok(reply)) => {
                self.watch(letter.phone, &reply);
                let Ok(bytes) = sync::pack(&reply) else {
                    return self.wrong.push("an answer that cannot be packed".to_owned());
                };
                self.mail(Letter { bytes, is_answer: true, ..letter });
            }
            Some(Err(Refused::Revoked)) | None => {}
            Some(Err(refused)) => self.wrong.push(format!("an honest question was refused: {refused:?}")),
        }
    }

    /// Nothing is served to who may not read it, nor to a phone that was shut out.
    pub fn watch(&mut self, at: usize, reply: &Reply) {
        let holder = self.world.phones[at].holder;
        let carried = reply.parts.iter().flat_map(|part| &part.entries).chain(&reply.backfill);
        for one in carried {
            let Ok(entry) = sync::Entry::read(&one.bytes, TABLES) else { continue };
            if !self.restored && !self.world.may_read(holder, &entry.log) {
                self.wrong.push(format!("phone {at} was served an entry of a log that its holder may not read"));
            }
        }
        if self.world.phones[at].revoked && !self.restored {
            self.wrong.push(format!("phone {at} was served after it was shut out"));
        }
    }

    fn hear(&mut self, letter: Letter) {
        let now = self.world.now;
        let at = letter.phone;
        // A question may arrive late or twice, but nobody listens any more on a line that was given up or has answered.
        let phone = &mut self.world.phones[at];
        if letter.turn != phone.turn {
            return;
        }
        phone.turn += 1;
        let Ok(reply) = sync::unpack::<Reply>(&letter.bytes) else { return };
        let taken = self.world.phones[at].take(&letter.ask, &reply, now);
        self.after_power(at);
        if let Some(taken) = &taken
            && taken.misfit.is_some()
            && !self.world.phones[at].copied
            && !self.silent_restore
        {
            self.world.note(format!("phone {at} MISFIT"));
            self.wrong.push(format!("phone {at} does not find an honest history to fit"));
        }
        self.world.note(format!("phone {at} hears {:?}", taken.map(|taken| (taken.entries, taken.more))));
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

    fn crash(&mut self, at: usize) {
        let w = &mut self.world;
        let writes = w.chance.random_range(0..12);
        w.phones[at].disk.off_after(writes);
        w.note(format!("phone {at} loses power after {writes} writes"));
    }

    fn fill(&mut self, at: usize) {
        let w = &mut self.world;
        let room = w.flip(2).then(|| w.chance.random_range(0..30_000));
        w.phones[at].disk.room(room);
        w.note(format!("phone {at} has room for {room:?}"));
    }

    /// A bit of the book flips: it says that it is damaged, or says what it said before; never anything else.
    fn decay(&mut self, at: usize) {
        let w = &mut self.world;
        let phone = &mut w.phones[at];
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

    fn jump(&mut self, at: usize) {
        let w = &mut self.world;
        let year = 365 * 24 * 3600 * 1000;
        w.phones[at].off = if w.flip(3) { 0 } else { w.chance.random_range(-2 * year..2 * year) };
        w.note(format!("the clock of phone {at} is off by {}", w.phones[at].off));
    }

    /// The app is put back to an old one, or updated.
    fn age(&mut self, at: usize) {
        let phone = &mut self.world.phones[at];
        phone.book = None;
        phone.tables = if phone.tables.len() == TABLES.len() { old_tables() } else { TABLES };
        self.world.note(format!("phone {at} gets another app"));
    }

    /// A cell's deputy office comes or goes.
    fn office(&mut self) {
        let w = &mut self.world;
        let members: Vec<usize> = (0..w.people.len()).filter(|at| w.people[*at].grants.len() == 1).collect();
        let at = *members.choose(&mut w.chance).unwrap_or(&3);
        let (now, today) = (w.now, w.today());
        let person = w.people[at].clone();
        let held = person.grants.iter().position(|g| g.office == Office::Deputy && g.in_force(&today));
        match held {
            Some(held) => {
                w.server.admin(now, |ledger, _| people::withdraw(ledger, person.id, person.unit, Office::Deputy));
                w.people[at].grants.remove(held);
            }
            None => {
                let grant = people::grant(Id::new(draw(&mut w.chance)), person.unit, person.id, Office::Deputy, &today);
                w.server.admin(now, |ledger, _| people::add_grant(ledger, &grant));
                w.people[at].grants.push(grant);
            }
        }
        w.note(format!("person {at} {} deputy", if held.is_some() { "is no longer" } else { "becomes" }));
    }

    fn revoke(&mut self, at: usize) {
        let w = &mut self.world;
        // Somebody must be left to write.
        if w.phones[at].revoked || w.phones.iter().filter(|phone| !phone.revoked).count() < 5 {
            return;
        }
        let (now, device) = (w.now, w.phones[at].id());
        w.server.admin(now, |ledger, _| people::revoke(ledger, device.uuid()));
        w.phones[at].revoked = true;
        w.note(format!("phone {at} is shut out"));
        let holder = w.phones[at].holder;
        w.hand_out(holder);
    }

    /// The files of a phone go on on another: both write under one name.
    fn clone_phone(&mut self, at: usize) {
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
    fn forge(&mut self, at: usize) {
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
        if before.is_some() && after.is_some() && before != after {
            self.wrong.push(format!("phone {at} gave somebody an office"));
        }
    }

    /// What the administrators did is done again where the restored server lost it: it is written down on paper.
    pub fn redo(&mut self) {
        let w = &mut self.world;
        let today = w.today();
        let now = w.now;
        for at in 0..w.phones.len() {
            let (device, revoked) = (w.phones[at].id(), w.phones[at].revoked);
            let known = w.server.admin(now, |ledger, _| Ok(ledger.register().key(device).is_some()));
            if known && revoked {
                w.server.admin(now, |ledger, _| people::revoke(ledger, device.uuid()));
            }
        }
        let people = w.people.clone();
        w.server.admin(now, |ledger, _| {
            for person in &people {
                let held = ledger.register().offices(person.id, &today);
                for grant in person.grants.iter().filter(|g| !held.contains(&(g.unit, g.office))) {
                    people::add_grant(ledger, grant)?;
                }
                for (unit, office) in held {
                    if !person.grants.iter().any(|g| g.unit == unit && g.office == office) {
                        people::withdraw(ledger, person.id, unit, office)?;
                    }
                }
            }
            Ok(())
        });
    }

    fn server_crash(&mut self) {
        let w = &mut self.world;
        let writes = w.chance.random_range(0..30);
        w.server.disk.off_after(writes);
        w.note(format!("the server loses power after {writes} writes"));
    }

    /// The server's files are copied while it stands still.
    fn back_up(&mut self) {
        let w = &mut self.world;
        w.server.ledger = None;
        w.server.power();
        let dir = tempfile::tempdir().expect("a folder");
        copy(self.world.server.dir.path(), dir.path());
        self.backup = Some(dir);
        self.world.note("the server is backed up");
    }

    /// The server is put back to its copy; with `notice` it says so by a new epoch.
    pub fn restore(&mut self, notice: bool) {
        let Some(backup) = self.backup.take() else { return };
        let w = &mut self.world;
        w.server.ledger = None;
        w.server.disk.forget();
        w.server.dir = backup;
        w.server.disk = Disk::under(w.server.dir.path());
        self.restored = true;
        if notice {
            let mut ledger = Sqlite::open(w.server.dir.path()).expect("the copy opens");
            ledger.restored(&w.server.outside).expect("a new epoch is drawn");
        } else {
            self.silent_restore = true;
        }
        self.redo();
        let w = &mut self.world;
        w.note(if notice { "the server is restored, and says so" } else { "the server is restored in silence" });
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
