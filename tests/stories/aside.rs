//! What the server set aside: the office sees it, decides, and whoever wrote it hears what became of it.

use app::Code;
use domain::{Attendance, Audience, Id, Log, Office, Value};
use rusqlite::params;
use serde_json::{Value as Json, json};
use server::people;
use sync::{Change, SigningKey, Stamp};

use crate::{
    phone::{Phone, is, row, rows, unmarked},
    province::{Province, TODAY},
};

/// An office that ends at the server's machine; its holder is a plain member from then on.
fn ends(province: &Province, role: &str, office: Office) {
    let who = province.issued(role);
    let held = province.admin(|ledger, _| people::withdraw(ledger, who.member, who.unit, office)).unwrap();
    assert!(held, "there was such an office");
}

fn list(phone: &Phone) -> Vec<Json> {
    phone.call("set_aside", json!({})).as_array().unwrap().clone()
}

fn decide(line: &Json, take: bool, reason: Option<&str>) -> Json {
    json!({ "entry": line["entry"], "take": take, "reason": reason })
}

/// Every field that a line says something of: the record's title, the field, its value, whether it would be passed over.
fn fields(records: &Json) -> Vec<(String, String, String, bool)> {
    let word = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let of = |record: &Json| {
        let title = word(&record["title"]);
        let all = record["fields"].as_array().unwrap().iter();
        all.map(|f| (title.clone(), word(&f["name"]), word(&f["value"]), f["passed"] == true)).collect::<Vec<_>>()
    };
    records.as_array().unwrap().iter().flat_map(of).collect()
}

/// Puts bytes into a phone's book as an entry of its own that waits to be sent: made of its key and the number that comes
/// next, which is used up where it is an entry at all.
fn smuggle(phone: &Phone, log: &Log, is_entry: bool, make: impl FnOnce(&SigningKey, u64) -> Vec<u8>) {
    phone.with_book(|book| {
        let key = book.key().clone();
        let device = book.device().uuid().into_bytes();
        let (conn, log) = (book.close(), log.id().into_bytes());
        let sql = "SELECT no, written FROM log WHERE id = ?1";
        let (no, written): (i64, i64) = conn.query_row(sql, [log], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let bytes = make(&key, written as u64 + 1);
        let number = written + i64::from(is_entry);
        let sql = "INSERT INTO entry (log, device, number, state, hash, bytes) VALUES (?1, ?2, ?3, 0, ?4, ?5)";
        conn.execute(sql, params![no, device, number, sync::hash_of(&bytes), bytes]).unwrap();
        conn.execute("UPDATE log SET written = ?2 WHERE no = ?1", [no, number]).unwrap();
    });
}

/// What no app of today writes: a mark that is none, a field and a record that nobody knows.
fn poison(key: &SigningKey, number: u64, log: Log, record: Id<Attendance>) -> Vec<u8> {
    let change = |table: &str, field: &str, value: &str| Change {
        table: table.into(),
        id: record.uuid(),
        field: field.into(),
        value: value.into(),
        stamp: Stamp::new(TODAY, 7, sync::device_of(&key.verifying_key())),
        seen: Vec::new(),
    };
    let said = [("attendance", "mark", "asleep"), ("attendance", "mood", "vui"), ("spell", "word", "hô biến")];
    let changes = said.map(|(table, field, value)| change(table, field, value));
    sync::seal(key, log, number, &changes, domain::TABLES).unwrap().bytes
}

// Planted: newer words written over; a second decision let stand; no reason asked for; nothing taken and said to be taken;
// the reason not told; a decision offered to whoever may write the record → each caught.
#[test]
fn the_office_takes_what_an_ended_office_wrote_or_turns_it_down_and_says_why() {
    let province = Province::open();
    let [deputy, secretary, member, neighbour, commune] =
        ["deputy", "secretary", "member", "neighbour", "commune"].map(|role| Phone::of(&province, role));
    secretary.sync();
    deputy.sync();
    let meeting = deputy.next_meeting();
    let there = unmarked(&deputy.sheet(&meeting));
    let everyone = Log::of(province.issued("deputy").unit, Audience::Everyone);

    // Without a network, and without knowing that the office has ended, the roll is called.
    deputy.line.down();
    ends(&province, "deputy", Office::Deputy);
    deputy.mark(&meeting, &there[0], "present");
    deputy.mark(&meeting, &there[1], "late");
    deputy.mark(&meeting, &there[2], "absent");
    // Sealed by a file that nobody carries; then bytes that are no entry, one that says nothing anybody knows, and one more.
    deputy.call("make_bundle", json!({ "device": null, "folder": deputy.home().join("out") }));
    smuggle(&deputy, &everyone, false, |_, _| vec![1; 200]);
    let id = |value: &Json| Value::Link(serde_json::from_value(value.clone()).unwrap());
    let record = Id::made_from(&[id(&meeting), id(&there[3])]);
    smuggle(&deputy, &everyone, true, |key, number| poison(key, number, everyone, record));
    deputy.mark(&meeting, &there[3], "absent");
    // Meanwhile the secretary marks one of them herself.
    secretary.later(1000);
    secretary.mark(&meeting, &there[2], "present");
    secretary.sync();
    deputy.line.up();
    let state = deputy.call("sync", json!({}));
    let aside = state["quarantined"].as_array().unwrap().clone();
    assert_eq!(aside.len(), 4, "all is kept, and he is told: {aside:?}");
    assert!(aside.iter().all(|one| one["decided"].is_null()), "nobody has decided yet");

    // Who sees it, and who does not.
    assert_eq!(list(&member), Vec::<Json>::new(), "a plain member sees nothing of it");
    assert_eq!(list(&deputy), Vec::<Json>::new(), "nor does its author there, who leads nobody any more");
    assert_eq!(list(&neighbour), Vec::<Json>::new(), "nor a sister cell");
    assert_eq!(list(&commune), Vec::<Json>::new(), "nor the commune, which marks no cell's roll");
    let lines = list(&secretary);
    assert_eq!(lines.len(), 3, "what cannot be read hides none that can: {lines:?}");
    let name = province.issued("deputy").name.clone();
    for line in &lines {
        assert_eq!((&line["author"], &line["why"]), (&json!(name), &json!("notallowed")), "{line}");
        assert!(line["unit"].as_str().is_some_and(|unit| !unit.is_empty()) && line["decided"].is_null(), "{line}");
    }
    let [roll, poisoned, last] = &lines[..] else { unreachable!() };
    let told = fields(&roll["records"]);
    let of = |mark: &str| told.iter().find(|(_, field, value, _)| field == "mark" && value == mark).unwrap().clone();
    assert!(!of("present").3 && !of("late").3 && of("absent").3, "what the secretary wrote since is newer: {told:?}");
    let home = secretary.call("home", json!({}))["to_do"].clone();
    let to_do = home.as_array().unwrap().iter().find(|one| one["what"] == "set_aside").unwrap().clone();
    assert_eq!(to_do["params"]["count"], json!(3), "the first screen says how many");

    // Turned down: a reason is owed. What nobody can read cannot be taken.
    is(&secretary.trouble("decide_aside", decide(last, false, None)), Code::Invalid, Some(("reason", "reason_needed")));
    let blank = decide(last, false, Some("  \n "));
    is(&secretary.trouble("decide_aside", blank), Code::Invalid, Some(("reason", "reason_needed")));
    let nothing = secretary.trouble("decide_aside", decide(poisoned, true, None));
    is(&nothing, Code::Invalid, Some(("entry", "nothing_to_take")));
    is(&member.trouble("decide_aside", decide(roll, true, None)), Code::NotFound, None);
    secretary.line.down();
    is(&secretary.trouble("decide_aside", decide(last, false, None)), Code::Invalid, Some(("reason", "reason_needed")));
    is(&secretary.trouble("set_aside", json!({})), Code::Offline, None);
    is(&secretary.trouble("decide_aside", decide(roll, true, None)), Code::Offline, None);
    secretary.line.up();
    secretary.call("decide_aside", decide(poisoned, false, Some("Không đọc được")));
    secretary.call("decide_aside", decide(last, false, Some("Đồng chí ấy có mặt, tôi đã hỏi lại")));

    // Taken: as the secretary's own words, the newer one left as it is and said.
    let done = secretary.call("decide_aside", decide(roll, true, None));
    let passed = fields(&done["passed"]);
    assert!(passed.iter().any(|(_, field, value, _)| field == "mark" && value == "absent"), "{passed:?}");
    assert!(passed.iter().all(|(title, ..)| *title == of("absent").0), "only of that comrade: {passed:?}");
    let again = secretary.call("decide_aside", decide(roll, true, None));
    assert_eq!(again["lines"], done["lines"], "twice the same changes nothing");
    assert_eq!(again["passed"], json!([]));
    secretary.sync();
    let other = secretary.trouble("decide_aside", decide(roll, false, Some("Thôi")));
    is(&other, Code::Decided, None);
    assert_eq!(other.params["by"], json!(province.issued("secretary").name), "it says who decided");
    assert!(other.params["at"].as_str().is_some_and(|at| at.starts_with("2026-12-03T")), "and when: {other:?}");
    let home = secretary.call("home", json!({}))["to_do"].to_string();
    assert!(!home.contains("set_aside"), "nothing waits any more: {home}");

    // Every member has the roll now, signed by the secretary.
    member.sync();
    let sheet = member.sheet(&meeting);
    assert_eq!(row(&sheet, &there[0])["mark"], "present");
    assert_eq!(row(&sheet, &there[1])["mark"], "late");
    assert_eq!(row(&sheet, &there[2])["mark"], "present", "the newer word stands");
    assert_eq!(row(&sheet, &there[3])["mark"], "unmarked", "what was turned down is nowhere");
    assert_eq!(member.call("list", json!({ "table": "decision" })), json!([]), "and nothing of the decisions");

    // The author hears it although he leads nobody any more.
    deputy.later(1000);
    let state = deputy.call("sync", json!({}));
    let decided: Vec<&Json> = state["quarantined"].as_array().unwrap().iter().map(|one| &one["decided"]).collect();
    assert_eq!(decided.len(), 4, "nothing of it is gone: {state}");
    assert!(decided[1].is_null(), "what is no entry is nobody's to decide: {state}");
    assert_eq!((&decided[0]["taken"], &decided[0]["reason"]), (&json!(true), &Json::Null));
    assert_eq!(decided[3]["taken"], json!(false));
    assert_eq!(decided[3]["reason"], "Đồng chí ấy có mặt, tôi đã hỏi lại");
    assert_eq!(decided[3]["by"], json!(province.issued("secretary").name), "and by whom");
    assert_eq!(decided[2]["reason"], "Không đọc được");
    let sheet = deputy.sheet(&meeting);
    assert_eq!(row(&sheet, &there[1])["mark"], "late", "and has the roll like all others");
    let kept = province.admin(|ledger, _| ledger.quarantined().unwrap().len());
    assert_eq!(kept, 3, "nothing leaves the quarantine");

    // A committee member marks the roll too, and decides nothing: the decisions are not theirs to read.
    let who = province.issued("member");
    let values = json!({ "unit": who.unit, "member": who.member, "office": "committee", "valid_from": "2026-12-01" });
    commune.call("add", json!({ "table": "grant", "values": values }));
    commune.sync();
    member.sync();
    let digits = member.digits().unwrap();
    commune.call("confirm_device", json!({ "device": member.device(), "digits": digits }));
    commune.sync();
    member.sync();
    assert_eq!(member.call("home", json!({}))["rights"]["mark"], json!(true));
    assert_eq!(list(&member), Vec::<Json>::new());
    is(&member.trouble("decide_aside", decide(roll, true, None)), Code::NotFound, None);
}

// Planted: the others' decisions not heard first; an entry believed whoever signed it; a record begun without its
// beginning → each caught.
#[test]
fn two_offices_see_one_entry_and_the_first_word_stands() {
    let province = Province::open();
    let [deputy, secretary, commune, member] =
        ["deputy", "secretary", "commune", "member"].map(|role| Phone::of(&province, role));
    deputy.line.down();
    ends(&province, "deputy", Office::Deputy);
    let someone = rows(&deputy.sheet(&deputy.next_meeting()))[0]["member"].clone();
    deputy.call("edit", json!({ "table": "member", "id": someone, "values": { "birth_year": 1961 } }));
    let values = json!({ "unit": province.issued("deputy").unit, "kind": "regular", "place": "Nhà văn hóa",
        "planned_at": "2026-12-20T14:00" });
    let meeting = deputy.call("add", json!({ "table": "meeting", "values": values }))["id"].clone();
    // Sealed, so that the next word about it travels by itself.
    deputy.call("make_bundle", json!({ "device": null, "folder": deputy.home().join("out") }));
    deputy.call("edit", json!({ "table": "meeting", "id": meeting, "values": { "place": "Sân đình" } }));
    deputy.line.up();
    assert_eq!(deputy.call("sync", json!({}))["quarantined"].as_array().unwrap().len(), 3);

    // Somebody at the server's machine puts other words under his name.
    let ledger = rusqlite::Connection::open(province.data().join("ledger.db")).unwrap();
    let sql = "SELECT log, device, number, code, at, bytes FROM quarantine ORDER BY no DESC LIMIT 1";
    let mut bytes: Vec<u8> = ledger.query_row(sql, [], |row| row.get(5)).unwrap();
    let (from, to) = ("Sân đình".as_bytes(), "Sân trời".as_bytes());
    let at = bytes.windows(from.len()).position(|words| words == from).unwrap();
    assert_eq!(from.len(), to.len(), "lengths are written too");
    bytes[at..at + to.len()].copy_from_slice(to);
    let sql = "INSERT INTO quarantine (log, device, number, code, at, hash, bytes)
               SELECT log, device, number + 1, code, at, ?1, ?2 FROM quarantine ORDER BY no DESC LIMIT 1";
    assert_eq!(ledger.execute(sql, params![sync::hash_of(&bytes), bytes]).unwrap(), 1);

    // The roster is both offices' affair, the cell's meetings the secretary's alone.
    let of = |phone: &Phone, what: &str| {
        let about = |line: &Json| line["records"].as_array().unwrap().iter().any(|record| record["what"] == what);
        list(phone).into_iter().filter(about).collect::<Vec<_>>()
    };
    assert_eq!((of(&commune, "member").len(), list(&commune).len()), (1, 1));
    let meetings = of(&secretary, "meeting");
    assert_eq!(
        (of(&secretary, "member").len(), meetings.len()),
        (1, 2),
        "what he did not sign is not shown: {meetings:?}"
    );
    let roster = of(&commune, "member").remove(0);
    assert!(fields(&roster["records"]).iter().any(|(_, field, value, _)| field == "birth_year" && value == "1961"));
    commune.call("decide_aside", decide(&roster, false, Some("Sinh năm 1962 theo lý lịch")));
    commune.sync();
    let late = secretary.trouble("decide_aside", decide(&roster, true, None));
    is(&late, Code::Decided, None);
    assert_eq!(late.params["by"], json!(province.issued("commune").name), "whoever was first");
    let same = decide(&roster, false, Some(" Sinh năm 1962  theo lý lịch "));
    secretary.call("decide_aside", same);
    assert_eq!(secretary.call("sync_state", json!({}))["waiting"], json!(0), "the same said again changes nothing");

    // A later word about a meeting that is nowhere waits for its beginning.
    let [plan, place] = &meetings[..] else { unreachable!() };
    assert_eq!(fields(&place["records"]), [("".into(), "place".into(), "Sân đình".into(), true)]);
    is(
        &secretary.trouble("decide_aside", decide(place, true, None)),
        Code::Invalid,
        Some(("entry", "nothing_to_take")),
    );
    secretary.call("decide_aside", decide(plan, true, None));
    secretary.call("decide_aside", decide(place, true, None));
    secretary.sync();
    member.sync();
    let there = member.call("get", json!({ "table": "meeting", "id": meeting }));
    assert_eq!((&there["place"], &there["planned_at"]), (&json!("Sân đình"), &json!("2026-12-20T14:00")));
    deputy.call("sync", json!({}));
    let told = deputy.call("sync_state", json!({}))["quarantined"].to_string();
    for word in ["Sinh năm 1962 theo lý lịch", &province.issued("commune").name, &province.issued("secretary").name]
    {
        assert!(told.contains(word), "the author hears who decided what: {told}");
    }
}
