//! What was set aside is shown to those who may write the record concerned, and to nobody else: every voice asked, about an
//! entry on every record that stands.

use std::collections::BTreeSet;

use domain::{Audience, Log, Office};
use sync::{Asides, Entry, Refusal, Verdict};
use uuid::Uuid;

use crate::{
    expected::Expected,
    house::{Phone, Said, heard, refused},
    probes::Hand,
    voices::{Voice, all},
    world::{Stands, UNITS, World},
};

/// A field of each record that no plain member may write, by hand.
const FIELDS: &[(&str, &str)] = &[
    ("unit", "name"),
    ("member", "name"),
    ("grant", "valid_to"),
    ("device", "name"),
    ("person", "phone"),
    ("meeting", "place"),
    ("attendance", "mark"),
    ("resolution", "body"),
    ("item", "title"),
    ("discussion", "words"),
    ("vote", "subject"),
    ("task", "what"),
    ("answer", "comes"),
    ("report", "result"),
    ("minutes", "text"),
    ("annex", "text"),
    ("edition", "text"),
    ("score", "points"),
    ("score_form", "lines"),
    ("rating", "class"),
    ("badge", "given_on"),
    ("dues", "paid"),
    ("decision", "reason"),
    ("document", "title"),
    ("receipt", "confirmed_at"),
    ("reading", "block"),
    ("coverage", "confirmed"),
    ("reminder", "reminded_at"),
    ("attachment", "removed"),
    ("posted_file", "posted_on"),
    ("sighting", "met_at"),
];

fn field(stands: &Stands) -> &'static str {
    FIELDS.iter().find(|(table, _)| *table == stands.table.name).unwrap().1
}

/// What a device is shown, all its parts together.
async fn shown(phone: &Phone) -> Said<BTreeSet<(Uuid, String)>> {
    let (mut all, mut after) = (BTreeSet::new(), 0);
    loop {
        let url = format!("{}/v1/aside?after={after}", phone.url);
        let answer = reqwest::Client::new().get(url).bearer_auth(&phone.token).send().await.unwrap();
        let asides: Asides = heard(answer).await?;
        for one in &asides.entries {
            assert!(one.no > after, "numbers rise");
            assert_eq!(one.code, Refusal::NotAllowed);
            after = one.no;
            let entry = Entry::read(&one.bytes, domain::TABLES).unwrap();
            all.extend(entry.changes.into_iter().map(|change| (change.id, change.field)));
        }
        if !asides.more {
            return Ok(all);
        }
    }
}

/// Whether the table says that a voice may write that field of that record, and leads anybody there.
fn may(said: &Expected, voice: &Voice, stands: &Stands) -> bool {
    let hand = Hand { said, columns: voice.columns(stands.unit), own: Some(false) };
    let leads = !hand.columns.is_empty() && hand.columns != ["member"];
    leads && stands.gives.is_none_or(|office| hand.gives(office)) && hand.may(stands.table.name, field(stands))
}

// Planted: what was set aside shown to whoever reads the log; a plain member's own device taken for one that they lead; a
// page cut off and not said; a row that cannot be read ends the list → each caught.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_set_aside_is_shown_to_those_who_may_write_it() {
    let said = Expected::read();
    let mut world = World::open().await;
    let voices = all(&mut world).await;
    let (_, mut nobody) = world.join(UNITS[2], &[Office::Member], true).await;
    let now = world.province.now();
    // Long words, so that no answer holds them all.
    let words = "Lời không được phép. ".repeat(2200);
    let mut entries = Vec::new();
    for stands in &world.stands {
        let (table, field) = (stands.table.name, field(stands));
        let value = match stands.table.column(field).unwrap().1.kind {
            domain::Kind::Text => words.as_str().into(),
            _ => tests::value(stands.table.column(field).unwrap().1, 3),
        };
        entries.push(nobody.entry(stands.log, now, &[(table, stands.id, field, value)]));
    }
    // And one on each voice's own device, which its holder may name whether or not they lead anybody.
    for voice in voices.iter().filter(|voice| voice.heard) {
        let log = Log::of(world.units[voice.unit], Audience::Register);
        entries.push(nobody.entry(log, now, &[("device", voice.phone.device().uuid(), "name", "Máy khác".into())]));
    }
    for batch in entries.chunks(10) {
        let verdicts = nobody.push(batch.to_vec()).await;
        let aside = Verdict::Quarantined { code: Refusal::NotAllowed };
        assert!(verdicts.iter().all(|verdict| *verdict == aside), "{verdicts:?}");
    }
    // A row that no version reads stands among the others and hides none.
    let ledger = rusqlite::Connection::open(world.province.dir.path().join("ledger.db")).unwrap();
    let spoilt = "UPDATE quarantine SET bytes = x'00' WHERE no = (SELECT no FROM quarantine WHERE log = ?1 LIMIT 1)";
    let first = world.stands.iter().position(|stands| stands.table.name == "meeting" && stands.unit == 2).unwrap();
    let changed = ledger.execute(spoilt, [world.stands[first].log.id().into_bytes()]).unwrap();
    assert_eq!(changed, 1);
    let (mut looked, mut seen, mut wrong) = (0, 0, Vec::new());
    for voice in &voices {
        if !voice.heard {
            assert_eq!(shown(&voice.phone).await, refused(403, "revoked"), "{}", voice.name);
            continue;
        }
        let shown = shown(&voice.phone).await.unwrap();
        for (at, stands) in world.stands.iter().enumerate().filter(|(at, _)| *at != first) {
            let sees = shown.contains(&(stands.id, field(stands).to_owned()));
            if sees != may(&said, voice, stands) {
                wrong.push(format!("{}, {at} in unit {}: {} shown {sees}", voice.name, stands.unit, stands.table.name));
            }
            (looked, seen) = (looked + 1, seen + usize::from(sees));
        }
        let hand = Hand { said: &said, columns: voice.columns(voice.unit), own: Some(true) };
        let leads = hand.columns != ["member"];
        if shown.contains(&(voice.phone.device().uuid(), "name".to_owned())) != (leads && hand.may("device", "name")) {
            wrong.push(format!("{}: its own device", voice.name));
        }
    }
    println!("{looked} looked for, {seen} seen");
    assert!(wrong.is_empty(), "{} wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
    assert!(looked > 1000 && seen > 50, "{looked} looked for, {seen} seen");
    for query in ["after=", "after=-1", "after=x", "before=1", "after=1&after=2"] {
        let url = format!("{}/v1/aside?{query}", nobody.url);
        let answer = reqwest::Client::new().get(url).bearer_auth(&nobody.token).send().await.unwrap();
        assert_eq!(heard::<Asides>(answer).await, refused(400, "unreadable"), "{query}");
    }
}
