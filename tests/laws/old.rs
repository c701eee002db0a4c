//! An old app keeps what it cannot read, passes it over, and reads it once updated.

use domain::{
    Attendance, Audience, Device as DeviceRecord, Log, Meeting, Member, Merge, Record, TABLES, Table, Unit, Value,
    choice, link, moment, text,
};
use sync::{Broken, Entry};
use tests::{CELL, Device, Province, member, name, set};

/// What an app of long ago knew: no attendance, no persons, no grants, half of a meeting, one step of its road.
const OLD: &[Table] = &[
    Unit::TABLE,
    DeviceRecord::TABLE,
    Table::new::<Member>("member", &[link("unit", "unit"), text("name").merge(Merge::Ask)])
        .audience(Audience::Register),
    Table::new::<Meeting>(
        "meeting",
        &[
            link("unit", "unit").merge(Merge::First),
            choice("kind", &["regular"]),
            moment("planned_at"),
            choice("status", &["planned", "open"]).merge(Merge::Furthest),
        ],
    ),
];

const MEETING: Table = Meeting::TABLE;
const ROLL: Table = Attendance::TABLE;

fn edits() -> Vec<(&'static Table, uuid::Uuid, &'static str, Value)> {
    let roll = ROLL
        .id_from(|part| Some(if part == "meeting" { Value::Link(name(1)) } else { member(1).into() }))
        .expect("made from both");
    vec![
        (&MEETING, name(1), "unit", CELL.into()),
        (&MEETING, name(1), "planned_at", "2026-12-03T14:00".into()),
        (&MEETING, name(1), "kind", "thematic".into()),
        (&MEETING, name(1), "topic", "Chuyển đổi số".into()),
        (&MEETING, name(1), "place", "Nhà văn hóa".into()),
        (&MEETING, name(1), "status", "open".into()),
        (&MEETING, name(1), "status", "ended".into()),
        (&ROLL, roll, "meeting", Value::Link(name(1))),
        (&ROLL, roll, "member", member(1).into()),
        (&ROLL, roll, "mark", "present".into()),
    ]
}

fn meet() -> (Province, Device, Device) {
    let mut province = Province::default();
    let (mut new, mut old) = (Device::new(1), Device::on_disk(2, OLD));
    new.join(&mut province);
    old.join(&mut province);
    // One commit, so that the entry names the roll's line by its links alone; the two steps of the road are two commits.
    let all: Vec<store::Edit> =
        edits().into_iter().map(|(table, id, field, value)| store::Edit { table, id, field, value }).collect();
    let (first, last): (Vec<_>, Vec<_>) = all.into_iter().partition(|edit| edit.value != "ended".into());
    let log = Log::of(CELL, Audience::Everyone);
    new.write(&log, &first, None);
    new.sync(&mut province);
    new.write(&log, &last, None);
    new.sync(&mut province);
    (province, new, old)
}

// Planted: an entry with an unknown table thrown away (it was so); an unknown choice read; tables not made again →
// each caught.
#[test]
fn an_old_app_keeps_what_it_cannot_read_and_reads_it_once_updated() {
    let (mut province, new, mut old) = meet();
    old.sync(&mut province);
    let status = |device: &Device| device.book.value(&OLD[3], name(1), "status").expect("the book reads");
    assert_eq!(status(&old), Some("open".into()), "the last step that it knows stands");
    let kind = old.book.value(&OLD[3], name(1), "kind").expect("the book reads");
    assert_eq!(kind, None, "a choice that it does not know is passed over");
    assert!(old.book.dump().expect("dumps").iter().any(|line| line.starts_with("meeting")), "it reads what it can");
    let old = old.update(TABLES);
    assert_eq!(
        old.book.dump().expect("dumps"),
        new.book.dump().expect("dumps"),
        "updated, it holds what everybody holds"
    );
    assert_eq!(old.book.list::<Attendance>("", ()).expect("lists").len(), 1, "the roll it had never heard of is there");
}

#[test]
fn an_old_app_writes_beside_what_it_cannot_read() {
    let (mut province, mut new, mut old) = meet();
    old.sync(&mut province);
    old.set(&OLD[3], name(1), "planned_at", "2026-12-04T08:00");
    old.sync(&mut province);
    new.sync(&mut province);
    let meeting = new.book.get::<Meeting>(domain::Id::new(name(1))).expect("the book reads").expect("it is there");
    assert_eq!(meeting.planned_at, "2026-12-04T08:00", "what the old app wrote stands");
    assert_eq!(meeting.topic.as_deref(), Some("Chuyển đổi số"), "what it cannot read is untouched");
    assert_eq!(old.update(TABLES).book.dump().expect("dumps"), new.book.dump().expect("dumps"), "and so it is at home");
}

// Planted: a device's own entries not offered to a restored server (it was so) → caught.
#[test]
fn a_device_of_an_old_app_relays_every_byte() {
    let (mut province, _, mut old) = meet();
    old.set(&OLD[3], name(1), "planned_at", "2026-12-04T08:00");
    old.sync(&mut province);
    let before: Vec<_> = province.entries().map(|(_, carried)| carried.bytes.clone()).collect();
    let lost = before.last().cloned().expect("there are entries");
    province.restore(1);
    let mut old = old.update(OLD);
    old.sync(&mut province);
    let after: Vec<_> = province.entries().map(|(_, carried)| carried.bytes.clone()).collect();
    assert!(after.contains(&lost), "what the restored server lost is handed back, byte for byte");
    for bytes in after {
        let device = Entry::read(&bytes, TABLES).expect("every entry reads").device;
        let key = [
            &old.book.key().verifying_key(),
            &Device::new(1).book.key().verifying_key(),
            &province.key.verifying_key(),
        ]
        .into_iter()
        .find(|key| sync::device_of(key) == device)
        .copied()
        .expect("one of the three wrote it");
        assert_eq!(Entry::verify(&bytes, &key), Ok(()), "signed as on the first day");
    }
}

// Planted: a newer format taken for a broken entry → caught.
#[test]
fn an_entry_of_a_newer_format_is_not_taken_for_a_broken_one() {
    let mut province = Province::default();
    province.write(
        Log::of(CELL, Audience::Everyone),
        &[set(sync::Stamp { tick: 1, device: 1 }, "meeting", name(1), "place", "Nhà văn hóa")],
    );
    let mut bytes = province.entries().last().expect("there is one").1.bytes.clone();
    bytes[0] += 1;
    assert_eq!(Entry::read(&bytes, TABLES), Err(Broken::Newer), "it waits for an update");
    bytes[0] = 0;
    assert_eq!(Entry::read(&bytes, TABLES), Err(Broken::Bytes), "no version ever wrote that");
}

// Planted: its place not read, so that its log lacks it (it was so) → caught.
#[test]
fn a_log_with_an_entry_of_a_newer_format_is_followed_wherever_it_is_fetched() {
    let mut province = Province::default();
    let (mut early, mut late) = (Device::new(1), Device::new(2));
    [&mut early, &mut late].into_iter().for_each(|device| device.join(&mut province));
    let log = Log::of(CELL, Audience::Everyone);
    let register: Vec<Log> = province.entries().map(|(log, _)| log).collect();
    province.rights.insert(late.id(), register);
    late.sync(&mut province);
    for (tick, place) in ["Trụ sở", "Sân đình", "Nhà văn hóa"].into_iter().enumerate() {
        let stamp = sync::Stamp { tick: 1 + tick as u64, device: 1 };
        province.write(log, &[set(stamp, "meeting", name(1), "place", place)]);
        if tick == 1 {
            province.newer();
        }
        // One hears it word by word; the other may read it since lately and fetches it from its start.
        early.sync(&mut province);
    }
    province.rights.clear();
    late.sync(&mut province);
    for device in [&early, &late] {
        let place = device.book.value(&MEETING, name(1), "place").expect("the book reads");
        assert_eq!(place, Some("Nhà văn hóa".into()), "what can be read is read, and the history fits");
    }
}

// Planted: the format of the book not looked at → caught.
#[test]
fn a_book_of_a_newer_app_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let keys = tests::keys(1);
    let book = store::Book::open(folder.path(), &keys, TABLES).expect("a new book opens");
    let conn = book.close();
    conn.pragma_update(None, "user_version", 99).expect("a newer app marks its books");
    drop(conn);
    let before = std::fs::read(folder.path().join("book.db")).expect("the file reads");
    let refused = store::Book::open(folder.path(), &keys, TABLES);
    assert!(matches!(refused, Err(store::Error::TooNew)), "the person is told to update");
    assert_eq!(std::fs::read(folder.path().join("book.db")).expect("the file reads"), before, "not a byte is changed");
}
