//! Apps of different ages: an old one passes over what it does not know, and a newer one's book is left alone.

use app::Code;
use domain::{
    Attendance, Device, Grant, Meeting, Member, Merge, Person, Record, TABLES, Table, Unit, Value, choice, link, moment,
};
use serde_json::json;
use store::{Book, FileKeystore, Vault};

use crate::{
    phone::{Phone, is, unmarked},
    province::{Province, TODAY},
};

/// An app that has never heard of excused absence, of reasons, or of where a meeting is.
const OLD: &[Table] = &[
    Unit::TABLE,
    Member::TABLE,
    Grant::TABLE,
    Device::TABLE,
    Person::TABLE,
    Table::new::<Meeting>(
        "meeting",
        &[
            link("unit", "unit").merge(Merge::First),
            moment("planned_at"),
            choice("status", &["planned", "open", "ended"]).merge(Merge::Furthest),
        ],
    ),
    Table::new::<Attendance>(
        "attendance",
        &[
            link("meeting", "meeting").merge(Merge::First),
            link("member", "member").merge(Merge::First),
            choice("mark", &["unmarked", "present", "late", "absent"]).merge(Merge::Ask),
        ],
    )
    .made_from(&["meeting", "member"]),
];

fn keys(phone: &Phone) -> store::Keys {
    let vault = Vault::new(phone.home(), Box::new(FileKeystore::new(phone.home())));
    vault.open(phone.pin, TODAY / 1000).unwrap()
}

#[test]
fn an_old_app_meets_a_new_field() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    let there = unmarked(&secretary.sheet(&meeting));
    let excused = json!({ "meeting": meeting, "member": there[0], "mark": "absent_excused", "reason": "work" });
    secretary.call("mark", excused);
    secretary.mark(&meeting, &there[1], "late");
    secretary.sync();
    deputy.sync();
    let before = deputy.sheet(&meeting);

    deputy.call("lock", json!({}));
    let mut old = Book::open(deputy.home(), &keys(&deputy), OLD).unwrap();
    let mark = |book: &Book, member: &serde_json::Value| {
        let meeting: uuid::Uuid = meeting.as_str().unwrap().parse().unwrap();
        let member: uuid::Uuid = member.as_str().unwrap().parse().unwrap();
        let id = OLD[6].id_from(|part| Some(Value::Link(if part == "meeting" { meeting } else { member }))).unwrap();
        book.value(&OLD[6], id, "mark").unwrap()
    };
    assert_eq!(mark(&old, &there[0]), None, "a mark that it does not know is passed over");
    assert_eq!(mark(&old, &there[1]), Some("late".into()), "one that it knows is read");
    old.remake().unwrap();
    drop(old);

    deputy.unlock();
    assert_eq!(deputy.sheet(&meeting)["rows"], before["rows"], "updated, it reads what it had kept");
    deputy.sync();
    assert_eq!(deputy.sheet(&meeting)["rows"], secretary.sheet(&meeting)["rows"], "and nothing was lost on the way");
}

#[test]
fn a_book_of_a_newer_app_asks_for_an_update_and_is_left_alone() {
    let province = Province::open();
    let mut secretary = Phone::of(&province, "secretary");
    secretary.call("lock", json!({}));
    let conn = Book::open(secretary.home(), &keys(&secretary), TABLES).unwrap().close();
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    secretary.restart();
    let bytes = || std::fs::read(secretary.home().join("book.db")).unwrap();
    let before = bytes();
    is(&secretary.trouble("unlock", json!({ "pin": secretary.pin })), Code::TooNew, None);
    assert_eq!(bytes(), before, "not a byte of it is changed");
}

#[test]
fn a_damaged_book_says_so() {
    let province = Province::open();
    let mut secretary = Phone::of(&province, "secretary");
    secretary.call("lock", json!({}));
    let path = secretary.home().join("book.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100..2000].fill(7);
    std::fs::write(&path, bytes).unwrap();
    secretary.restart();
    is(&secretary.trouble("unlock", json!({ "pin": secretary.pin })), Code::BrokenBook, None);
}
