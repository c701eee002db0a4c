//! Probes over HTTP: every role, record and field, written and read, near and far, by devices in order and not. What is
//! expected comes of the table that was written by hand, never of the code that decides.

use std::collections::{BTreeMap, HashSet};

use domain::{Log, Table, Value};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use sync::{Refusal, Verdict};
use uuid::Uuid;

use crate::{
    expected::{COLUMNS, Expected},
    house::{id, refused},
    voices::{Voice, all},
    world::{Stands, UNITS, World, naming},
};

/// Whether a field that is set once takes a later word, which does not stand: who was shut out stays out. Of what is not
/// in the register the server knows no values to compare, but for those that say where the record belongs.
fn takes_a_later_word(table: &Table, field: &str) -> bool {
    let place = naming(table.name).contains(&field) || table.home == Some(field);
    match table.name {
        "device" => matches!(field, "confirmed_at" | "revoked_at"),
        "unit" | "member" | "grant" => false,
        _ => !place,
    }
}

/// One entry of one voice, and whether it may stand.
struct Probe {
    what: String,
    log: Log,
    set: Vec<(&'static str, Uuid, &'static str, Value)>,
    may: bool,
}

/// What a voice is to a record it writes.
pub struct Hand<'a> {
    pub said: &'a Expected,
    pub columns: &'static [&'static str],
    /// Whether the record is its own, somebody else's, or nobody's yet.
    pub own: Option<bool>,
}

impl Hand<'_> {
    pub fn may(&self, table: &str, field: &str) -> bool {
        let letter = |column| self.said.letter(table, field, column);
        let by_role = self.columns.iter().any(|column| match letter(column) {
            'e' | '1' => true,
            'o' => self.own == Some(false),
            'h' => self.columns.contains(&"member"),
            _ => false,
        });
        by_role || self.own == Some(true) && matches!(letter("own"), 'e' | '1')
    }

    /// Whether an office is one that it may give.
    pub fn gives(&self, office: &str) -> bool {
        let given = self.columns.iter().filter_map(|role| self.said.gives.get(*role));
        given.flatten().any(|one| one == office)
    }
}

/// Everything a voice may try in a unit.
fn tries(world: &World, said: &Expected, voice: &Voice, unit: usize) -> Vec<Probe> {
    let columns = voice.columns(unit);
    let mut probes = Vec::new();
    for stands in world.stands.iter().filter(|stands| stands.unit == unit) {
        let hand = Hand { said, columns, own: Some(false) };
        on(&mut probes, world, &hand, stands, &voice.name);
        begin(&mut probes, world, &Hand { own: None, ..hand }, stands, &voice.name);
    }
    probes
}

/// A word on each field of a record that stands.
fn on(probes: &mut Vec<Probe>, world: &World, hand: &Hand<'_>, stands: &Stands, who: &str) {
    let (table, id) = (stands.table.name, stands.id);
    let given = stands.gives.is_none_or(|office| hand.gives(office));
    for field in stands.table.columns().map(|field| field.name) {
        let set = together(stands, field, 9, world);
        let may = given && set.iter().all(|(field, _)| hand.may(table, field));
        let what = format!("{who}, in unit {}: {table}.{field} {}", stands.unit, stands.gives.unwrap_or_default());
        let set = set.into_iter().map(|(field, value)| (table, id, field, value)).collect();
        probes.push(Probe { what, log: stands.log, set, may });
        // What is set once is never set to something else, whoever tries.
        let once = naming(table).contains(&field)
            || COLUMNS.iter().any(|column| hand.said.letter(table, field, column) == '1');
        if once && !takes_a_later_word(stands.table, field) {
            let other = match stands.value(field) {
                Some(Value::Link(_)) => Value::Link(Uuid::from_u128(7)),
                Some(Value::Number(number)) => Value::Number(number + 1),
                Some(Value::Text(text)) if field == "office" => {
                    if text == "deputy" { "secretary" } else { "deputy" }.into()
                }
                Some(Value::Text(text)) if field == "level" => if text == "cell" { "commune" } else { "cell" }.into(),
                Some(Value::Text(text)) => format!("{text}1").into(),
                _ => continue,
            };
            let what = format!("{who}, in unit {}: {table}.{field} set to another value", stands.unit);
            probes.push(Probe { what, log: stands.log, set: vec![(table, id, field, other)], may: false });
        }
    }
}

/// The first word of a record, each field in turn.
fn begin(probes: &mut Vec<Probe>, world: &World, hand: &Hand<'_>, stands: &Stands, who: &str) {
    let table = stands.table.name;
    let naming_a_grant = ["unit", "member", "office"];
    // There is one unit of the log, and one person of it.
    if matches!(table, "unit" | "person") {
        return;
    }
    for field in stands.table.columns().map(|field| field.name) {
        let mut set = together(stands, field, 11, world);
        let named = naming(table);
        if !named.contains(&field) {
            set.extend(named.iter().map(|name| (*name, stands.value(name).unwrap().clone())));
        }
        let new = id();
        for (name, value) in &mut set {
            match (table, *name) {
                ("attendance", "member") => *value = Value::Link(new),
                ("rating", "year") | ("badge", "years") => *value = Value::Number((new.as_u128() >> 65) as i64),
                ("discussion", "item") => *value = Value::Link(new),
                ("dues" | "score_form", "month")
                | ("decision", "entry")
                | ("minutes" | "edition", "hash")
                | ("score", "criterion") => *value = new.to_string().into(),
                _ => {}
            }
        }
        let record = stands.table.id_from(|part| set.iter().find(|(field, _)| *field == part).map(|(_, v)| v.clone()));
        let record = record.unwrap_or(new);
        let office = (field == "office").then_some(stands.gives).flatten();
        // Before a grant says which office it gives, nobody knows whose it is to date or to take away.
        let dateless = table != "grant" || naming_a_grant.contains(&field);
        let may =
            dateless && office.is_none_or(|office| hand.gives(office)) && set.iter().all(|(f, _)| hand.may(table, f));
        let what =
            format!("{who}, in unit {}: a new {table} by its {field} {}", stands.unit, office.unwrap_or_default());
        let set = set.into_iter().map(|(field, value)| (table, record, field, value)).collect();
        probes.push(Probe { what, log: stands.log, set, may });
    }
}

/// A field with a value for it, and whatever must be said with it.
fn together(stands: &Stands, field: &'static str, pick: u8, world: &World) -> Vec<(&'static str, Value)> {
    let with = naming(stands.table.name);
    if with.contains(&field) {
        return with.iter().map(|field| (*field, stands.value(field).unwrap().clone())).collect();
    }
    let once =
        matches!(field, "unit" | "level" | "above" | "removed" | "office" | "member" | "public_key" | "enrolled_at");
    let value = match stands.value(field) {
        Some(value) if once => value.clone(),
        _ => tests::value(stands.table.column(field).unwrap().1, pick),
    };
    let mut set = vec![(field, value)];
    if !once {
        return set;
    }
    if stands.value(field).is_none() {
        world.say_where(&mut set, stands.table, stands.unit, domain::Id::new(stands.id), stands.id);
    }
    set
}

/// What a voice may do with its own personal record and its own device.
fn own(world: &mut World, said: &Expected, voice: &Voice) -> Vec<Probe> {
    let mut probes = Vec::new();
    let columns = voice.columns(voice.unit);
    let device = world.spare_device(voice.unit, voice.member);
    let log = Log::about(world.units[voice.unit], voice.member);
    on(&mut probes, world, &Hand { said, columns, own: Some(true) }, &device, &format!("{}, own", voice.name));
    for mut stands in world.stands.clone() {
        if stands.unit == voice.unit && stands.table.audience.is_personal() {
            stands.log = Log { audience: stands.table.audience, ..log };
            stands.holds.iter_mut().filter(|(f, _)| *f == "member").for_each(|(_, v)| *v = voice.member.into());
            stands.id = stands.table.id_from(|part| stands.value(part).cloned()).unwrap_or_else(id);
            if stands.table.by_self {
                let (table, new) = (stands.table.name, id());
                let other = |field: &str, value: &Value| match field {
                    "member" => Value::Link(Uuid::from_u128(7)),
                    _ => value.clone(),
                };
                let set = stands.holds.iter().map(|(field, value)| (table, new, *field, other(field, value))).collect();
                let what = format!("{}, own: a {table} in somebody else's name", voice.name);
                probes.push(Probe { what, log, set, may: false });
            }
            // Its personal record stands already; of the others this is the first word.
            let hand = Hand { said, columns, own: Some(true) };
            let who = format!("{}, own", voice.name);
            match stands.table.name {
                "person" => on(&mut probes, world, &hand, &stands, &who),
                _ => begin(&mut probes, world, &hand, &stands, &who),
            }
        }
    }
    probes
}

/// Sends them in the voice's name, through a device that the server hears, and compares.
async fn send(
    world: &World,
    voice: &mut Voice,
    carrier: Option<&crate::house::Phone>,
    probes: &[Probe],
) -> Vec<String> {
    let mut wrong = Vec::new();
    for batch in probes.chunks(250) {
        let entry = |probe: &Probe| voice.phone.entry(probe.log, world.province.now(), &probe.set);
        let entries = batch.iter().map(entry).collect();
        let verdicts = carrier.unwrap_or(&voice.phone).push(entries).await;
        for (probe, verdict) in batch.iter().zip(verdicts) {
            let right = match verdict {
                Verdict::Accepted { .. } => probe.may,
                Verdict::Quarantined { code: Refusal::NotAllowed } => !probe.may,
                _ => false,
            };
            if !right {
                wrong.push(format!("{}: {verdict:?}, expected {}", probe.what, probe.may));
            }
        }
    }
    wrong
}

/// A few fields at once, by chance: the entry may stand where every one of them may.
fn drawn(world: &World, said: &Expected, voice: &Voice, chance: &mut StdRng) -> Probe {
    let stands = world.stands.choose(chance).unwrap();
    let (table, id) = (stands.table.name, stands.id);
    let hand = Hand { said, columns: voice.columns(stands.unit), own: Some(false) };
    let mut set: BTreeMap<&'static str, Value> = BTreeMap::new();
    let fields: Vec<&'static str> = stands.table.columns().map(|field| field.name).collect();
    for _ in 0..chance.random_range(1..5) {
        set.extend(together(stands, fields.choose(chance).unwrap(), chance.random(), world));
    }
    let may = stands.gives.is_none_or(|office| hand.gives(office)) && set.keys().all(|field| hand.may(table, field));
    let what = format!("{}, in unit {}: {table} {:?}", voice.name, stands.unit, set.keys());
    let set = set.into_iter().map(|(field, value)| (table, id, field, value)).collect();
    Probe { what, log: stands.log, set, may }
}

/// What a voice hears of every record that stands, and what it must not.
async fn listen(world: &World, said: &Expected, voice: &mut Voice) -> (usize, Vec<String>) {
    let mut heard: HashSet<(Uuid, String)> = HashSet::new();
    if voice.heard {
        voice.phone.pull(1 << 20).await;
        let changes = voice.phone.entries().into_iter().flat_map(|entry| entry.changes);
        heard.extend(changes.map(|change| (change.id, change.field)));
    } else {
        let answer = voice.phone.ask(&sync::Ask::default()).await;
        assert_eq!(answer.map(|_| ()), refused(403, "revoked"), "{}", voice.name);
    }
    let (mut count, mut wrong) = (0, Vec::new());
    let mut look = |table: &str, id: Uuid, field: &str, may: bool| {
        count += 1;
        if heard.contains(&(id, field.to_owned())) != may {
            wrong.push(format!("{}: hears {table}.{field} of {id} {}, expected {may}", voice.name, !may));
        }
    };
    for stands in &world.stands {
        for (field, _) in &stands.holds {
            let hears = |column: &&'static str| !matches!(said.letter(stands.table.name, field, column), '.' | 'h');
            look(stands.table.name, stands.id, field, voice.columns(stands.unit).iter().any(hears));
        }
    }
    let own = domain::Id::<domain::Person>::made_from(&[voice.member.into()]).uuid();
    look("person", own, "full_name", voice.heard && said.letter("person", "full_name", "own") != '.');
    (count, wrong)
}

// Planted: the deputy among the editors of a personal record; persons' logs pulled whoever asks; a device that is shut out
// taken for open; one that waits taken for confirmed; what is set once set again; a grant in force after its end → each
// caught. Found: a device confirmed by its own holder before it was let in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_cell_of_the_table_holds_over_http() {
    let began = std::time::Instant::now();
    let said = Expected::read();
    let mut world = World::open().await;
    let mut voices = all(&mut world).await;
    let (mut read, mut written, mut wrong) = (0, 0, Vec::new());
    for voice in &mut voices {
        let (count, unheard) = listen(&world, &said, voice).await;
        read += count;
        wrong.extend(unheard);
    }
    let (_, carrier) = world.join(crate::world::A, &[domain::Office::Member], true).await;
    for voice in &mut voices {
        // Whoever is nobody, or a plain member, anywhere is so everywhere: their own unit is enough.
        let units = if voice.name.ends_with("Live") { &UNITS[..] } else { &UNITS[voice.unit..=voice.unit] };
        let mut probes: Vec<Probe> = units.iter().flat_map(|unit| tries(&world, &said, voice, *unit)).collect();
        if voice.heard {
            probes.extend(own(&mut world, &said, voice));
        }
        written += probes.len();
        let carrier = (!voice.heard).then_some(&carrier);
        wrong.extend(send(&world, voice, carrier, &probes).await);
    }
    // The soak asks more, and other ones.
    let (more, seed) = (number("PROBES").unwrap_or(1000) as usize, number("SEED").unwrap_or(1));
    let mut chance = StdRng::seed_from_u64(seed);
    let each = more.div_ceil(voices.len());
    for voice in &mut voices {
        let probes: Vec<Probe> = (0..each).map(|_| drawn(&world, &said, voice, &mut chance)).collect();
        written += probes.len();
        let carrier = (!voice.heard).then_some(&carrier);
        wrong.extend(send(&world, voice, carrier, &probes).await);
    }
    println!("{written} written and {read} read in {:?}, seed {seed}", began.elapsed());
    assert!(written >= 2000 && read >= 2000, "{written} written, {read} read");
    assert!(wrong.is_empty(), "{} wrong, seed {seed}: {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
