//! Writes what today's app writes: a shut book, and one sample of everything that travels.

use std::{fs, path::Path};

use domain::{Audience, Id, Log, TABLES, Table, Value};
use rand::{SeedableRng, rngs::StdRng};
use store::{Cost, Edit, Step};
use sync::{Code, Head, SigningKey, Stamp, Ticket, device_of, pack, seal};
use tests::{CELL, Device, Province, home_of, member, name, set};

use crate::{FILES, PIN, ROOT, lines, said, standing, vault};

pub fn age(age: &Path) {
    let home = tempfile::tempdir().unwrap();
    let vault = vault(home.path());
    let mut chance = StdRng::seed_from_u64(1);
    let keys = vault.create(PIN, Cost::FLOOR, &mut chance).unwrap();
    vault.put_label("Chi bộ thôn Đông", &mut chance).unwrap();
    let mut province = Province::default();
    let (mut device, mut other) = (Device::at(home.path(), &keys), Device::new(2));
    device.join(&mut province);
    other.join(&mut province);

    // A record of every kind, with every field filled in.
    for table in TABLES {
        write(&mut device, table, 1);
    }
    device.sync(&mut province);
    other.sync(&mut province);
    // Two words for one thing, of which neither knew.
    let meeting = Table::find(TABLES, "meeting").unwrap();
    device.set(meeting, name(5), "place", "Nhà văn hóa");
    other.set(meeting, name(5), "place", "Trường học");
    other.sync(&mut province);
    device.sync(&mut province);
    // What was not sent, what can be taken back, and what was taken away.
    device.now += 60_000;
    let place = Edit { table: meeting, id: name(6), field: "place", value: "Sân đình".into() };
    device.write(&home_of(meeting), &[place], Some(Step { of: name(6), what: "place".into() }));
    device.set(meeting, name(7), "removed", 1);
    let ask = device.book.ask(usize::MAX, 1 << 20).unwrap();
    device.set(meeting, name(6), "topic", "Chuyển đổi số");

    fs::create_dir_all(age.join("book")).unwrap();
    let put = |name: &str, bytes: Vec<u8>| fs::write(age.join(name), bytes).unwrap();
    put("ask", pack(&ask).unwrap());
    put("reply", pack(&province.answer(other.id(), ask)).unwrap());
    let (entry, head) = signed();
    put("entry", entry);
    put("head", head);
    let ticket = Ticket {
        code: Code::new([0x5a; 10]),
        server: Some("https://sotay.quangtri.example:8443".to_owned()),
        root: Some("5f".repeat(32)),
    };
    put("code", ticket.to_string().into_bytes());
    put("wire.txt", said(age).into_bytes());

    let stood = standing(&device.book);
    put("book.txt", format!("{stood}\n{}\n", lines(&device.book).join("\n")).into_bytes());
    let conn = device.book.close();
    conn.pragma_update(None, "journal_mode", "DELETE").unwrap();
    conn.execute_batch("VACUUM").unwrap();
    drop(conn);
    for name in FILES {
        fs::copy(home.path().join(name), age.join("book").join(name)).unwrap();
    }
}

fn write(device: &mut Device, table: &'static Table, pick: u8) {
    let mut holds: Vec<(&'static str, Value)> =
        table.columns().map(|field| (field.name, tests::value(field, pick))).collect();
    for (field, value) in &mut holds {
        match *field {
            "unit" => *value = CELL.into(),
            "member" => *value = member(1).into(),
            "removed" => *value = Value::Number(0),
            _ => {}
        }
    }
    let part = |part: &str| holds.iter().find(|(field, _)| *field == part).map(|(_, value)| value.clone());
    let id = table.id_from(part).unwrap_or_else(|| name(5));
    let edits = holds.into_iter().map(|(field, value)| Edit { table, id, field, value });
    device.write(&home_of(table), &edits.collect::<Vec<_>>(), None);
}

/// An entry and a head, signed with the root key.
fn signed() -> (Vec<u8>, Vec<u8>) {
    let key = SigningKey::from_bytes(&ROOT);
    let stamp = |count| Stamp::new(1_796_259_600_000, count, device_of(&key.verifying_key()));
    let mut place = set(stamp(1), "meeting", name(1), "place", "Nhà văn hóa");
    place.seen = vec![stamp(0)];
    let dues = Id::<domain::Dues>::made_from(&[member(1).into(), "2026-11".into()]).uuid();
    let changes = [
        place,
        set(stamp(2), "meeting", name(1), "topic", Value::Nothing),
        set(stamp(2), "dues", dues, "member", member(1)),
        set(stamp(2), "dues", dues, "month", "2026-11"),
        set(stamp(2), "dues", dues, "paid", 1),
        set(stamp(3), "resolution", name(2), "title", "Của một ứng dụng mới hơn"),
    ];
    let entry = seal(&key, Log::of(CELL, Audience::Everyone), 7, &changes, TABLES).unwrap();
    let head = Head { epoch: 5, stream: CELL, seq: 12, logs: vec![(name(1), [1; 32]), (name(2), [2; 32])] };
    let signature = head.sign(&key);
    (entry.bytes, pack(&(head, signature)).unwrap())
}
