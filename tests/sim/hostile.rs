//! A server that tampers, with the province's own key in its hands: every phone that had seen what it tampers with
//! finds out at its next sync, its holder goes on writing, and nothing that was acknowledged leaves its book.
//!
//! What no phone can notice is not asked for: words kept back from a phone that never saw them, by a server that goes on
//! as if they were not there; two phones that are told two histories and never meet in one; logs that the server says
//! may not be read any more, which is how an office ends.

use std::collections::BTreeSet;

use domain::{Audience, Log, Meeting, Record, TABLES, Table, Value};
use rand::{RngCore, seq::IndexedRandom};
use rusqlite::{Connection, params};
use store::Edit;
use sync::{Entry, Hash, Head, NO_CHAIN, Reply, SigningKey, follow, hash_of, seal};

use crate::{
    Played,
    deeds::Life,
    disk::Disk,
    talk_all,
    world::{copy, draw},
};

/// Words written before the server tampers.
const WORDS: usize = 12;

/// A lie in one answer; the ledger stays as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Lie {
    /// One of the new entries is left out.
    Entry,
    /// Nothing is said of any stream.
    Silence,
    /// The chains are spelled out, without one log.
    Log,
}

/// Plays one seed to its end.
pub fn play(seed: u64) -> Played {
    let mut life = Life::new(seed);
    write_some(&mut life);
    talk_all(&mut life);
    match life.world.pick(8) {
        at @ 0..3 => lie(&mut life, [Lie::Entry, Lie::Silence, Lie::Log][at]),
        3 => other_history(&mut life),
        _ => change_the_past(&mut life),
    }
    (std::mem::take(&mut life.wrong), std::mem::take(&mut life.world.trace))
}

fn write_some(life: &mut Life) {
    for _ in 0..WORDS {
        life.world.now += 60_000;
        let phone = life.world.pick(life.world.phones.len());
        life.write(phone);
    }
}

/// One answer lies to one phone.
fn lie(life: &mut Life, lie: Lie) {
    // The secretary has two phones, so that what one of them writes is news to the other.
    let (teller, hearer) = (1, 6);
    write(life, teller);
    sync(life, teller, None);
    let mut noticed = sync(life, hearer, Some(lie));
    if noticed == Some(false) {
        // Where what the phone may read changed just then, chains were spelled out, and a log of which it holds nothing is
        // not followed yet: it is at the next exchange.
        noticed = sync(life, hearer, None);
    }
    life.world.note(format!("phone {hearer} is lied to: {lie:?}"));
    if noticed != Some(true) {
        life.wrong.push(format!("phone {hearer} does not notice a lie: {lie:?}"));
    }
    goes_on(life, hearer);
}

/// Some see one history and the others another, and then all are shown the other: a fork that meets again, or a copy put back
/// without a word.
fn other_history(life: &mut Life) {
    let aside = tempfile::tempdir().expect("a folder");
    life.world.server.ledger = None;
    copy(life.world.server.dir.path(), aside.path());
    for at in [1, 2] {
        write(life, at);
        sync(life, at, None);
    }
    let (before, w) = (entries(life), &mut life.world);
    w.server.ledger = None;
    w.server.disk.forget();
    w.server.dir = aside;
    w.server.disk = Disk::under(w.server.dir.path());
    // It may have caught up, so that its numbers tell nothing.
    for _ in 0..life.world.pick(4) {
        write(life, 6);
        sync(life, 6, None);
    }
    let after = entries(life);
    life.world.note("the server goes on from another history");
    found_out(life, "another history", &before.difference(&after).copied().collect());
}

/// One entry in the past is not what it was, and every chain after it is made to fit.
fn change_the_past(life: &mut Life) {
    life.world.server.ledger = None;
    let db = past(life);
    let chance = &mut life.world.chance;
    let deed = *["delete", "spoil", "rewrite", "backdate", "reorder"].choose(chance).expect("deeds");
    let own = deed == "rewrite";
    let (seed, all) = kept(&db);
    let key = SigningKey::from_bytes(&seed);
    let root = sync::device_of(&key.verifying_key());
    let fit = |one: &&Kept| !own || one.entry.device == root;
    let one = all.iter().filter(fit).collect::<Vec<_>>().choose(chance).copied().expect("there is one");
    let mut touched = BTreeSet::from([hash_of(&one.bytes)]);
    let put = |bytes: &[u8]| {
        let sql = "UPDATE entry SET bytes = ?2, hash = ?3, size = ?4 WHERE no = ?1";
        db.execute(sql, params![one.no, bytes, hash_of(bytes), bytes.len() as i64]).expect("it is changed");
    };
    match deed {
        "delete" => {
            db.execute("DELETE FROM entry WHERE no = ?1", [one.no]).expect("it is gone");
        }
        "spoil" => {
            let mut bytes = one.bytes.clone();
            *bytes.last_mut().expect("a signature") ^= 1;
            put(&bytes);
        }
        "rewrite" => {
            let mut said = one.entry.changes.clone();
            said.iter_mut().for_each(|change| {
                if let Value::Text(text) = &mut change.value {
                    text.push('x');
                }
            });
            put(&seal(&key, one.entry.log, one.entry.number, &said, TABLES).expect("a short entry").bytes);
        }
        "backdate" => {
            db.execute("UPDATE entry SET received = received - 1 WHERE no = ?1", [one.no]).expect("it is earlier");
        }
        _ => {
            let beside: Vec<&Kept> = all.iter().filter(|other| other.log == one.log && other.no != one.no).collect();
            let Some(other) = beside.choose(chance) else { return };
            for (no, seq) in [(one.no, -1), (other.no, one.seq), (one.no, other.seq)] {
                db.execute("UPDATE entry SET seq = ?2 WHERE no = ?1", [no, seq]).expect("they change places");
            }
            touched.insert(hash_of(&other.bytes));
        }
    }
    chain_again(&db, one.log);
    drop(db);
    life.world.note(format!("the server tampers: {deed}"));
    found_out(life, deed, &touched);
}

/// Every phone that holds one of these finds out at its next sync.
fn found_out(life: &mut Life, what: &str, touched: &BTreeSet<Hash>) {
    let mut witnesses = 0;
    for at in 0..life.world.phones.len() {
        let phone = &mut life.world.phones[at];
        let saw = !phone.copied && phone.journal().0.iter().any(|(hash, state)| *state == 1 && touched.contains(hash));
        if !saw {
            continue;
        }
        witnesses += 1;
        match sync(life, at, None) {
            Some(true) => life.world.note(format!("phone {at} finds out")),
            other => life.wrong.push(format!("phone {at} does not notice: {what}, {other:?}")),
        }
        goes_on(life, at);
    }
    if witnesses == 0 {
        life.wrong.push(format!("nobody had seen: {what}"));
    }
}

/// One meeting is planned on a phone.
fn write(life: &mut Life, at: usize) {
    let w = &mut life.world;
    w.now += 60_000;
    let (id, now) = (draw(&mut w.chance), w.now);
    let unit = w.people[w.phones[at].holder].unit;
    let edit = |field, value: Value| Edit { table: &MEETINGS, id, field, value };
    let place = format!("Nhà {}", w.chance.next_u32());
    let edits = [edit("unit", unit.into()), edit("place", place.as_str().into())];
    let book = w.phones[at].book().expect("the book opens");
    let done = book.write(&Log::of(unit, Audience::Everyone), &edits, now, None);
    let stands = book.value(&MEETINGS, id, "place").expect("the book reads");
    if done.is_err() || stands != Some(place.into()) {
        life.wrong.push(format!("phone {at} cannot save: {done:?}"));
    }
}

/// Saving and speaking go on, and the journal keeps all it had.
fn goes_on(life: &mut Life, at: usize) {
    let before: BTreeSet<Hash> = life.world.phones[at].journal().0.into_iter().map(|(hash, _)| hash).collect();
    write(life, at);
    sync(life, at, None);
    let phone = &mut life.world.phones[at];
    let after: BTreeSet<Hash> = phone.journal().0.into_iter().map(|(hash, _)| hash).collect();
    let acknowledged = phone.acknowledged.iter().all(|hash| after.contains(hash));
    if !before.is_subset(&after) || !acknowledged {
        life.wrong.push(format!("phone {at} lost entries to a server that tampers"));
    }
}

/// A phone syncs; whether it noticed something, or nothing where the server does not answer it.
fn sync(life: &mut Life, at: usize, lie: Option<Lie>) -> Option<bool> {
    let mut noticed = false;
    for _ in 0..20 {
        let w = &mut life.world;
        w.now += 1000;
        let (now, phone) = (w.now, &mut w.phones[at]);
        let mut ask = phone.book()?.ask(40_000, 60_000).expect("the book says what it has to say");
        if lie.is_some() {
            // To who names the word it knows, silence says that this still stands: news kept back so is no lie that
            // shows itself, nor would an old word said again be.
            ask.known = None;
        }
        let mut heard = ask.clone();
        heard.spell |= lie == Some(Lie::Log);
        let mut reply = w.server.answer(phone.id(), heard, now)?.ok()?;
        if let Some(lie) = lie {
            let key = w.server.ledger.as_ref()?.root().clone();
            tell(&mut reply, lie, &key);
        }
        let taken = w.phones[at].take(&ask, &reply, now)?;
        noticed |= taken.misfit.is_some();
        if !taken.more {
            break;
        }
    }
    Some(noticed)
}

fn tell(reply: &mut Reply, lie: Lie, key: &SigningKey) {
    match lie {
        Lie::Entry => {
            // In a later turn of the same sync there may be no news left to leave out.
            if let Some(part) = reply.parts.iter_mut().find(|part| !part.entries.is_empty()) {
                part.entries.remove(0);
            }
        }
        Lie::Silence => reply.parts.clear(),
        Lie::Log => {
            for part in &mut reply.parts {
                let mut logs = part.chains.take().expect("spelled out, as asked");
                logs.pop();
                let head = Head { epoch: reply.epoch, stream: part.cursor.stream, seq: part.cursor.seq, logs };
                part.signature = head.sign(key);
                part.chains = Some(head.logs);
            }
        }
    }
}

/// An entry outside the registers, which decide whom the server answers at all.
struct Kept {
    no: i64,
    log: i64,
    seq: i64,
    bytes: Vec<u8>,
    entry: Entry,
}

fn past(life: &Life) -> Connection {
    Connection::open(life.world.server.dir.path().join("ledger.db")).expect("the ledger opens")
}

/// The server's key, and what it keeps.
fn kept(db: &Connection) -> ([u8; 32], Vec<Kept>) {
    let seed = db.query_row("SELECT seed FROM meta", [], |row| row.get(0)).expect("the key is there");
    let sql = "SELECT no, log, seq, bytes FROM entry WHERE log IN (SELECT no FROM log WHERE audience <> 0) ORDER BY no";
    let mut found = db.prepare(sql).expect("the entries are there");
    let rows = found.query_map([], |row| {
        let bytes: Vec<u8> = row.get(3)?;
        let entry = Entry::read(&bytes, TABLES).expect("it was taken");
        Ok(Kept { no: row.get(0)?, log: row.get(1)?, seq: row.get(2)?, bytes, entry })
    });
    (seed, rows.and_then(Iterator::collect).expect("the entries are read"))
}

fn entries(life: &Life) -> BTreeSet<Hash> {
    kept(&past(life)).1.iter().map(|kept| hash_of(&kept.bytes)).collect()
}

/// Makes the chain of a log fit what now stands in it, as whoever tampers would.
fn chain_again(db: &Connection, log: i64) {
    let mut found = db.prepare("SELECT no, hash, received FROM entry WHERE log = ?1 ORDER BY seq").expect("the log");
    let rows = found.query_map([log], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let rows: Vec<(i64, Hash, i64)> = rows.and_then(Iterator::collect).expect("its entries");
    let mut chain = NO_CHAIN;
    for (no, hash, received) in &rows {
        chain = follow(&chain, hash, *received as u64);
        db.execute("UPDATE entry SET chain = ?2 WHERE no = ?1", params![no, chain]).expect("a link");
    }
    let sql = "UPDATE log SET chain = ?2, count = ?3 WHERE no = ?1";
    db.execute(sql, params![log, chain, rows.len() as i64]).expect("its end");
}

static MEETINGS: Table = Meeting::TABLE;
