//! What becomes of entries that are sent.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code, reason = "each test file uses its part")]
mod house;

use std::collections::BTreeSet;

use domain::{Attendance, Audience, Id, Log, Member, Rating, Record, Value};
use house::*;
use sync::{Ask, PROTO, Refusal, Verdict, pack};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use uuid::Uuid;

fn meeting(log: &Log, id: Uuid, place: &str) -> Vec<(&'static str, Uuid, &'static str, Value)> {
    vec![
        ("meeting", id, "unit", log.unit.into()),
        ("meeting", id, "planned_at", "2026-12-03T14:00".into()),
        ("meeting", id, "place", place.into()),
    ]
}

fn place(verdict: &Verdict) -> (u64, u64) {
    match verdict {
        Verdict::Accepted { seq, received } | Verdict::Duplicate { seq, received } => (*seq, *received),
        other => panic!("not in the log: {other:?}"),
    }
}

fn aside(code: Refusal) -> Verdict {
    Verdict::Quarantined { code }
}

#[tokio::test]
async fn an_entry_is_taken_once_also_across_a_restart() {
    let mut province = Province::start().await;
    let mut phone = province.phone("secretary").await;
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let words = meeting(&log, id(), "Nhà văn hóa");
    let first = phone.entry(log, province.now(), &words);
    let second = phone.entry(log, province.now(), &words);
    let third = phone.entry(log, province.now(), &words);

    assert_eq!(phone.push(vec![third.clone()]).await, [Verdict::Gap { expect: 1 }]);
    let verdicts = phone.push(vec![first.clone(), second.clone()]).await;
    assert!(matches!(verdicts[..], [Verdict::Accepted { .. }, Verdict::Accepted { .. }]), "{verdicts:?}");
    province.restart().await;
    phone.url = province.url.clone();
    let again = phone.push(vec![first, second, third]).await;
    assert!(matches!(again[..], [Verdict::Duplicate { .. }, Verdict::Duplicate { .. }, Verdict::Accepted { .. }]));
    assert_eq!(place(&again[0]), place(&verdicts[0]), "a duplicate is told where it stands");

    let other = phone.numbered(log, 2, province.now(), &meeting(&log, id(), "Nơi khác"));
    assert_eq!(phone.push(vec![other]).await, [aside(Refusal::Forked)], "a number serves for one entry");
}

// Planted: a gap said to everybody; a number counted as used by being below the last → each caught.
#[tokio::test]
async fn a_word_is_taken_from_another_hand_though_nobody_has_the_one_before_it() {
    let mut province = Province::start().await;
    let mut author = province.phone("secretary").await;
    let bearer = province.phone("deputy").await;
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let [first, second, third] =
        ["Một", "Hai", "Ba"].map(|place| author.entry(log, province.now(), &meeting(&log, id(), place)));
    let handed = bearer.push(vec![second.clone()]).await;
    assert!(matches!(handed[..], [Verdict::Accepted { .. }]), "{handed:?}");
    let own = author.push(vec![first, second, third]).await;
    assert!(matches!(own[..], [Verdict::Accepted { .. }, Verdict::Duplicate { .. }, Verdict::Accepted { .. }]));
    assert_eq!(place(&own[1]), place(&handed[0]), "once, and where it stood");
    let other = author.numbered(log, 1, province.now(), &meeting(&log, id(), "Khác"));
    assert_eq!(author.push(vec![other]).await, [aside(Refusal::Forked)], "a number that came late serves once too");
}

#[tokio::test]
async fn one_bad_entry_stops_none_of_the_others() {
    let mut province = Province::start().await;
    let mut phone = province.phone("secretary").await;
    let mut reader = province.phone("deputy").await;
    let cell = province.unit("Chi bộ thôn Đông");
    let (log, now) = (Log::of(cell, Audience::Everyone), province.now());
    let good = phone.entry(log, now, &meeting(&log, id(), "Một"));
    let mut forged = phone.entry(log, now, &meeting(&log, id(), "Hai"));
    let last = forged.len() - 1;
    forged[last] ^= 1;
    let stranger = Phone::new(&province.url, 99).entry(log, now, &meeting(&log, id(), "Ba"));
    let mut newer = good.clone();
    newer[0] = 9;
    let fifth = phone.numbered(log, 2, now, &meeting(&log, id(), "Bốn"));
    let batch = vec![good, forged, stranger, b"\x01no entry".to_vec(), newer, vec![1; 70_000], fifth];
    let verdicts = phone.push(batch).await;
    let rejected = |code| Verdict::Rejected { code };
    assert!(matches!(verdicts[0], Verdict::Accepted { .. }));
    assert_eq!(verdicts[1], rejected(Refusal::Signature));
    assert_eq!(verdicts[2], rejected(Refusal::Device));
    assert_eq!(verdicts[3], rejected(Refusal::Unreadable));
    assert_eq!(verdicts[4], rejected(Refusal::Newer));
    assert_eq!(verdicts[5], rejected(Refusal::Unreadable), "longer than an entry may be");
    assert!(matches!(verdicts[6], Verdict::Accepted { .. }), "what was rejected used no number up");

    reader.pull(1 << 20).await;
    let places: BTreeSet<String> = reader
        .entries()
        .iter()
        .filter(|entry| entry.device == phone.device())
        .flat_map(|entry| &entry.changes)
        .filter(|change| change.field == "place")
        .map(|change| change.value.as_text().unwrap().to_owned())
        .collect();
    assert_eq!(places, ["Bốn", "Một"].map(str::to_owned).into());
}

#[tokio::test]
async fn an_entry_that_the_ledger_cannot_keep_leaves_nothing_and_stops_no_other() {
    let mut province = Province::start().await;
    let mut phone = province.phone("secretary").await;
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let (now, poison) = (province.now(), id());
    // It fails at its last row, when a number was given and the entry written.
    let db = rusqlite::Connection::open(province.dir.path().join("ledger.db")).unwrap();
    let digits = poison.simple();
    db.execute_batch(&format!(
        "CREATE TRIGGER poison BEFORE INSERT ON home WHEN NEW.record = x'{digits}' BEGIN SELECT RAISE(ABORT, ''); END"
    ))
    .unwrap();
    let batch = [id(), poison, id()].map(|meeting_id| phone.entry(log, now, &meeting(&log, meeting_id, "Một")));
    let verdicts = phone.push(batch.to_vec()).await;
    let [Verdict::Accepted { seq, .. }, refused, Verdict::Accepted { seq: next, .. }] = &verdicts[..] else {
        panic!("what its author says next is stopped: {verdicts:?}")
    };
    assert_eq!(*refused, aside(Refusal::Unreadable), "it is set aside");
    assert_eq!(*next, seq + 1, "no number of the stream is used up");
    // Words that its author signed and nobody can read, of which only the place can be told.
    let whole = phone.entry(log, now, &meeting(&log, id(), "Hai"));
    let mut unreadable = [&whole[..whole.len() - 80], &[0xff; 16]].concat();
    let signature = sync::sign(&phone.key, &[b"sotay entry 1\0", &unreadable[..]].concat());
    unreadable.extend(signature);
    let after = phone.entry(log, now, &meeting(&log, id(), "Ba"));
    let [refused, Verdict::Accepted { .. }] = &phone.push(vec![unreadable, after]).await[..] else {
        panic!("it stops what comes after it")
    };
    assert_eq!(*refused, aside(Refusal::Unreadable));
    db.execute_batch("DROP TRIGGER poison").unwrap();
    let copy = province.dir.path().join("copy.db");
    server::Sqlite::open(province.dir.path()).unwrap().back_up(&copy).unwrap();
    server::Sqlite::check(&copy).unwrap();
}

#[tokio::test]
async fn what_may_not_stand_is_kept_aside_where_the_office_sees_it() {
    let mut province = Province::start().await;
    let mut deputy = province.phone("deputy").await;
    let mut member = province.phone("member").await;
    let mut reader = province.phone("commune").await;
    let (cell, sister) = (province.unit("Chi bộ thôn Đông"), province.unit("Chi bộ thôn Đoài"));
    let now = province.now();
    let own = Log::of(cell, Audience::Everyone);
    let foreign = Log::of(sister, Audience::Everyone);
    let register = Log::of(cell, Audience::Register);
    let me = province.issued("deputy").member.uuid();
    let refused = aside(Refusal::NotAllowed);

    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("another cell's log", deputy.entry(foreign, now, &meeting(&foreign, id(), "Đoài"))),
        ("a unit nobody has heard of", {
            let log = Log::of(Id::new(id()), Audience::Everyone);
            deputy.entry(log, now, &meeting(&log, id(), "Đâu"))
        }),
        ("a record that says it is another cell's", deputy.entry(own, now, &meeting(&foreign, id(), "Đoài"))),
        ("a table of a newer app", deputy.entry(own, now, &[("circular", id(), "title", "Mới".into())])),
        ("a field of a newer app", deputy.entry(own, now, &[("meeting", id(), "mood", "vui".into())])),
        ("a value of a newer app", deputy.entry(own, now, &[("meeting", id(), "kind", "online".into())])),
        ("a record in the wrong log", deputy.entry(register, now, &meeting(&register, id(), "Sai"))),
        ("nothing at all", deputy.entry(own, now, &[])),
        ("an office for oneself", {
            let grant = id();
            let set = [
                ("grant", grant, "unit", cell.into()),
                ("grant", grant, "member", Value::Link(me)),
                ("grant", grant, "office", "secretary".into()),
                ("grant", grant, "valid_from", "2026-01-01".into()),
            ];
            deputy.entry(register, now, &set)
        }),
        ("a person's log about nobody", {
            let log = Log::of(cell, Audience::Person);
            deputy.entry(log, now, &[("person", id(), "phone", "0912555999".into())])
        }),
    ];
    let sent: Vec<Vec<u8>> = cases.iter().map(|(_, bytes)| bytes.clone()).collect();
    let verdicts = deputy.push(sent.clone()).await;
    for ((what, _), verdict) in cases.iter().zip(&verdicts) {
        assert_eq!(*verdict, refused, "{what}");
    }
    let plain = member.entry(own, now, &meeting(&own, id(), "Của tôi"));
    assert_eq!(member.push(vec![plain]).await, [aside(Refusal::NotAllowed)], "a plain member calls no meetings");

    assert_eq!(deputy.push(sent).await, verdicts, "sent again, each hears the same");
    let good = deputy.entry(own, now, &meeting(&own, id(), "Sau"));
    assert!(matches!(deputy.push(vec![good]).await[..], [Verdict::Accepted { .. }]), "their numbers count as used");

    let kept = province.admin(|ledger, _| ledger.quarantined().unwrap());
    assert_eq!(kept.len(), cases.len() + 1, "each once");
    assert!(kept.iter().all(|one| one.code == "not_allowed"));
    assert!(kept.iter().any(|one| one.touches.contains("circular.title")), "what it touches is seen");
    reader.pull(1 << 20).await;
    assert!(reader.entries().iter().all(|entry| entry.log != foreign || entry.device != deputy.device()));
}

#[tokio::test]
async fn a_record_stays_in_the_log_it_began_in() {
    let mut province = Province::start().await;
    let mut east = province.phone("secretary").await;
    let mut west = province.phone("neighbour").await;
    let now = province.now();
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let sister = Log::of(province.unit("Chi bộ thôn Đoài"), Audience::Everyone);
    let held = id();
    let begun = east.entry(log, now, &meeting(&log, held, "Nhà văn hóa"));
    assert!(matches!(east.push(vec![begun]).await[..], [Verdict::Accepted { .. }]));

    let member = province.issued("member").member.uuid();
    let mark = Id::<Attendance>::made_from(&[held, member].map(Value::Link)).uuid();
    let roll = |meeting: Uuid| {
        vec![
            ("attendance", mark, "meeting", Value::Link(meeting)),
            ("attendance", mark, "member", Value::Link(member)),
            ("attendance", mark, "mark", "present".into()),
        ]
    };
    let refused = [aside(Refusal::NotAllowed)];
    let taken_over = west.entry(sister, now, &[("meeting", held, "place", "Chỗ khác".into())]);
    assert_eq!(west.push(vec![taken_over]).await, refused, "another cell's meeting");
    let first_come = west.entry(sister, now, &roll(held));
    assert_eq!(west.push(vec![first_come]).await, refused, "a roll of another cell's meeting, before its own");
    let nameless = west.entry(sister, now, &[("attendance", mark, "mark", "absent".into())]);
    assert_eq!(west.push(vec![nameless]).await, refused, "nor without saying of which");
    let misnamed = east.entry(log, now, &roll(id()));
    assert_eq!(east.push(vec![misnamed]).await, refused, "an id that does not follow from what it is of");
    let marked = east.entry(log, now, &roll(held));
    assert!(matches!(east.push(vec![marked]).await[..], [Verdict::Accepted { .. }]), "the cell's own mark");
}

// Planted: an id not compared with what it follows from; not compared once it stands; only its first year looked at; the
// member of the log not compared → each caught.
#[tokio::test]
async fn a_year_is_rated_in_one_record_of_the_persons_own_log() {
    let mut province = Province::start().await;
    let mut secretary = province.phone("secretary").await;
    let now = province.now();
    let cell = province.unit("Chi bộ thôn Đông");
    let [member, deputy] = ["member", "deputy"].map(|role| province.issued(role).member);
    let log = Log::about(cell, member);
    let named = |member: Id<Member>, year: i64| Id::<Rating>::made_from(&[member.into(), year.into()]).uuid();
    let rated = |id: Uuid, member: Id<Member>, year: i64| {
        [
            ("rating", id, "member", member.into()),
            ("rating", id, "year", year.into()),
            ("rating", id, "class", "good".into()),
        ]
    };
    let refused = [aside(Refusal::NotAllowed)];
    for (set, what) in [
        (rated(named(member, 2027), member, 2026), "another year under a year's name"),
        (rated(named(member, 2025), member, 2026), "and under the name of one that stands"),
        (rated(id(), member, 2026), "a name by chance, beside the year's own"),
        (rated(named(deputy, 2026), deputy, 2026), "another person's year, in this log"),
    ] {
        let wrong = secretary.entry(log, now, &set);
        assert_eq!(secretary.push(vec![wrong]).await, refused, "{what}");
    }
    let twice = [rated(named(member, 2026), member, 2026), rated(named(member, 2026), member, 2025)].concat();
    let wrong = secretary.entry(log, now, &twice);
    assert_eq!(secretary.push(vec![wrong]).await, refused, "two years at once");
    let right = secretary.entry(log, now, &rated(named(member, 2026), member, 2026));
    assert!(matches!(secretary.push(vec![right]).await[..], [Verdict::Accepted { .. }]));
}

#[tokio::test]
async fn times_of_receipt_rise_though_the_clock_stands_still() {
    let mut province = Province::start().await;
    let mut phones = [province.phone("secretary").await, province.phone("deputy").await];
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let now = province.now();
    let mut pushes = Vec::new();
    for phone in &mut phones {
        let entries: Vec<_> = (0..10).map(|_| phone.entry(log, now, &meeting(&log, id(), "Một nơi"))).collect();
        let ask = pack(&Ask { proto: PROTO, entries, ..Ask::default() }).unwrap();
        let (url, token) = (phone.url.clone(), phone.token.clone());
        let sent = async move { answered(post(&url, "/v1/sync", Some(&token), ask).await).await };
        pushes.push(tokio::spawn(sent));
    }
    let mut places = Vec::new();
    for push in pushes {
        let reply = push.await.unwrap().unwrap();
        places.extend(reply.verdicts.iter().map(place));
    }
    places.sort_unstable();
    assert!(places.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0), "numbers without a gap: {places:?}");
    assert!(places.windows(2).all(|pair| pair[0].1 < pair[1].1), "and times that never tie: {places:?}");
}

#[tokio::test]
async fn a_clock_two_years_ahead_does_not_have_the_last_word() {
    let mut province = Province::start().await;
    let mut wrong = province.phone("secretary").await;
    let mut right = province.phone("deputy").await;
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Register);
    let member = province.issued("member").member.uuid();
    let ahead = wrong.entry(log, province.now() + 17_000 * HOUR, &[("member", member, "birth_year", 1900.into())]);
    assert!(matches!(wrong.push(vec![ahead]).await[..], [Verdict::Accepted { .. }]), "never refused for its time");
    province.pass(MINUTE);
    let later = right.entry(log, province.now(), &[("member", member, "birth_year", 1958.into())]);
    assert!(matches!(right.push(vec![later]).await[..], [Verdict::Accepted { .. }]));
    let year = |ledger: &mut server::Sqlite, _: &server::Outside| {
        let (_, row) = ledger.register().get(&Member::TABLE, member).unwrap();
        row.value(&Member::TABLE, "birth_year").cloned()
    };
    assert_eq!(province.admin(year), Some(Value::Number(1958)));
}

#[tokio::test]
async fn an_answer_that_nobody_waits_for_is_no_loss() {
    let mut province = Province::start().await;
    let mut phone = province.phone("secretary").await;
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let entry = phone.entry(log, province.now(), &meeting(&log, id(), "Nhà văn hóa"));
    let body = pack(&Ask { proto: PROTO, entries: vec![entry.clone()], ..Ask::default() }).unwrap();
    let address = province.url.strip_prefix("http://").unwrap();
    let mut line = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n",
        phone.token,
        body.len()
    );
    line.write_all(head.as_bytes()).await.unwrap();
    line.write_all(&body).await.unwrap();
    let mut first = [0; 1];
    line.read_exact(&mut first).await.unwrap();
    drop(line);
    assert!(matches!(phone.push(vec![entry]).await[..], [Verdict::Duplicate { .. }]), "an answer means: it is kept");
}
