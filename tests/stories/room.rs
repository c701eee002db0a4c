//! The room that files take: what is fetched without being asked for fits into it, and what was read longest ago makes place.

use app::Keeper;
use serde_json::{Value as Json, json};

use crate::{
    files::{MIB, fetch, had, original, publish, text, word},
    phone::Phone,
    province::Province,
};

const HOUR: u64 = 3600 * 1000;

fn keeps(phone: &Phone, fetched: &str, most_mb: u32) -> Json {
    phone.call("set_storage", json!({ "fetched": fetched, "most_mb": most_mb }))
}

/// Documents with an original of a little over a megabyte each, sent.
fn published(commune: &Phone, how_many: usize) -> Vec<Json> {
    let folder = tempfile::tempdir().unwrap();
    let bytes = (1..=how_many).map(|at| MIB + 10_000 * how_many + at);
    let ids = bytes.map(|bytes| publish(commune, &word(folder.path(), bytes))).collect();
    commune.sync();
    ids
}

fn whole(phone: &Phone, ids: &[Json]) -> Vec<bool> {
    ids.iter().map(|id| had(phone, id)).map(|(had, size)| had == size).collect()
}

// Planted: what has no room fetched, to be thrown away → caught.
#[test]
fn of_what_nobody_asked_for_only_what_fits_is_fetched() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let ids = published(&commune, 3);
    keeps(&member, "always", 2);
    member.sync();
    assert_eq!(whole(&member, &ids).iter().filter(|whole| **whole).count(), 1, "one fits beside the texts");
    assert!(ids.iter().all(|id| text(&member, id) == 1), "which all come");
    let (kept, before) = (member.call("storage", json!({})), member.line.carried());
    member.sync();
    assert_eq!(member.call("storage", json!({})), kept, "nothing comes and nothing goes");
    let again = member.line.carried() - before;
    assert!(again < 1_000, "a second exchange carries no file: {again} bytes");

    member.later(HOUR);
    let asked = ids.iter().zip(whole(&member, &ids)).find(|(_, whole)| !whole).unwrap().0;
    fetch(&member, asked);
    member.sync();
    assert_eq!(had(&member, asked).0, had(&member, asked).1, "what is asked for comes all the same");
    let before = member.line.carried();
    member.sync();
    assert!(member.line.carried() - before < 1_000, "and what made place for it stays away");
    keeps(&member, "always", 500);
    member.sync();
    assert_eq!(whole(&member, &ids), [true; 3], "with more room all of them come");
}

// Planted: a network that nobody spoke of taken for one that costs nothing → caught.
#[test]
fn originals_come_by_themselves_over_a_network_that_does_not_count() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let (keeper, first) = (Keeper::default(), published(&commune, 1));
    let storage = member.call("storage", json!({}));
    assert_eq!(
        (&storage["fetched"], &storage["knows_network"]),
        (&json!("ask"), &json!(false)),
        "as long as nobody says"
    );
    member.app().set_unmetered(Some(false));
    member.sync();
    assert_eq!(whole(&member, &first), [false], "what goes over this network is paid for");
    assert_eq!(member.call("storage", json!({}))["fetched"], "unmetered", "unless somebody chooses otherwise");
    keeps(&member, "ask", 500);
    member.app().set_unmetered(Some(true));
    member.sync();
    assert_eq!(whole(&member, &first), [false], "whoever wants to be asked is");
    member.app().set_unmetered(Some(false));
    keeps(&member, "unmetered", 500);
    member.app().set_unmetered(Some(true));
    keeper.files(member.app());
    assert_eq!(whole(&member, &first), [true], "and over this one it is not");
    member.app().set_unmetered(Some(false));
    let second = published(&commune, 2);
    member.sync();
    assert_eq!((whole(&member, &second), text(&member, &second[1])), (vec![false, false], 1), "a text comes anywhere");
}

// Planted: it is forgotten when a file was read → caught.
#[test]
fn what_was_read_longest_ago_makes_place_and_what_waits_never_does() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let ids = published(&commune, 3);
    member.sync();
    for id in &ids {
        fetch(&member, id);
    }
    member.sync();
    assert_eq!(whole(&member, &ids), [true; 3]);
    for at in [2, 0, 1] {
        member.later(HOUR);
        member.call("document", json!({ "id": ids[at] }));
    }
    let storage = keeps(&member, "ask", 3);
    assert!(storage["originals"].as_u64().unwrap() > 2 * MIB as u64, "no more goes than must: {storage}");
    assert_eq!(whole(&member, &ids), [true, true, false], "the third was read longest ago, and goes at once");
    assert!(ids.iter().all(|id| text(&member, id) == 1), "its text stays");

    commune.line.down();
    let folder = tempfile::tempdir().unwrap();
    let waiting = publish(&commune, &word(folder.path(), 2 * MIB));
    keeps(&commune, "ask", 1);
    assert_eq!(whole(&commune, &ids), [false; 3], "what the server has gives way");
    assert_eq!(whole(&commune, std::slice::from_ref(&waiting)), [true], "the only copy there is does not");
    commune.call("drop_originals", json!({}));
    assert_eq!(original(&commune, &waiting)["waits"], true, "however it is asked");

    let storage = member.call("drop_originals", json!({}));
    assert_eq!((&storage["originals"], whole(&member, &ids)), (&json!(0), vec![false; 3]));
    fetch(&member, &ids[2]);
    member.sync();
    assert_eq!(whole(&member, &ids), [false, false, true], "and it can be had again");
}

// Planted: what was asked for thrown away when it has come, for it does not fit → caught.
#[test]
fn a_file_that_somebody_asked_for_stays_although_it_alone_is_larger_than_the_room() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let ids = published(&commune, 2);
    keeps(&member, "ask", 1);
    member.sync();
    for (asked, other) in [(0, 1), (1, 0)] {
        member.later(HOUR);
        fetch(&member, &ids[asked]);
        member.sync();
        member.sync();
        let whole = whole(&member, &ids);
        assert_eq!((whole[asked], whole[other]), (true, false), "the one that was asked for last, and it alone");
    }
}
