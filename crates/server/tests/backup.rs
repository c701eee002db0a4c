//! A copy of the ledger, whether it is whole, and going on from it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code, reason = "each test file uses its part")]
mod house;

use domain::{Audience, Log};
use house::*;
use server::Sqlite;
use sync::*;

// Planted: the epoch left as it was; a copy not checked before it is gone on from; its digest, or its chains, not looked at → each
// caught.
#[tokio::test]
async fn a_server_restored_from_a_copy_takes_back_what_its_devices_still_hold() {
    let mut province = Province::start().await;
    let mut phone = province.phone("secretary").await;
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let entry = |phone: &mut Phone, now| phone.entry(log, now, &[("meeting", id(), "place", "Nhà văn hóa".into())]);
    let kept = entry(&mut phone, province.now());
    assert!(matches!(phone.push(vec![kept.clone()]).await[..], [Verdict::Accepted { .. }]));

    let copies = tempfile::TempDir::new().unwrap();
    let copy = copies.path().join("night.db");
    Sqlite::open(province.dir.path()).unwrap().back_up(&copy).unwrap();
    assert!(Sqlite::open(province.dir.path()).unwrap().back_up(&copy).is_err(), "no copy is written over");
    let whole = Sqlite::check(&copy).unwrap();
    assert!(whole.entries > 200 && whole.logs > 100, "{whole:?}");

    let lost = entry(&mut phone, province.now());
    assert!(matches!(phone.push(vec![lost.clone()]).await[..], [Verdict::Accepted { .. }]));
    let before = phone.ask(&Ask::default()).await.unwrap().epoch;

    province.running.take().unwrap().shutdown().await;
    let outside = province.outside();
    assert_eq!(Sqlite::restore(province.dir.path(), &copy, &outside).unwrap(), whole);
    province.begin().await;
    phone.url.clone_from(&province.url);
    assert_ne!(phone.ask(&Ask::default()).await.unwrap().epoch, before, "and says so");
    let verdicts = phone.push(vec![kept, lost]).await;
    assert!(matches!(verdicts[..], [Verdict::Duplicate { .. }, Verdict::Accepted { .. }]), "{verdicts:?}");
    let beside = std::fs::read_dir(province.dir.path()).unwrap().filter_map(Result::ok);
    let beside =
        beside.filter(|file| file.file_name().to_string_lossy().ends_with(".db") && file.file_name() != "ledger.db");
    let stood: Vec<_> = beside.map(|file| Sqlite::check(&file.path()).unwrap()).collect();
    assert_eq!(stood.len(), 1, "what stood there is kept");
    assert_eq!(stood[0].entries, whole.entries + 1, "with everything in it");

    let bytes = std::fs::read(&copy).unwrap();
    for at in (0..20).map(|part| bytes.len() / 20 * part + 137) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 4;
        std::fs::write(&copy, bytes).unwrap();
        assert!(Sqlite::check(&copy).is_err(), "a flipped bit at {at}");
        assert!(Sqlite::restore(province.dir.path(), &copy, &outside).is_err(), "is not gone on from");
    }
    // Who changes an entry can make a new digest, but not its author's signature.
    std::fs::write(&copy, bytes).unwrap();
    std::fs::remove_file(copies.path().join("night.db.sha256")).unwrap();
    let db = rusqlite::Connection::open(&copy).unwrap();
    db.execute("UPDATE entry SET received = received - 1 WHERE no = 100", ()).unwrap();
    drop(db);
    assert!(Sqlite::check(&copy).is_err(), "an entry backdated");
}
