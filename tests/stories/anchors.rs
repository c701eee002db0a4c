//! What the best of our peers got wrong at some time, and the tests that stand against it here. The list is of the
//! comparison with them; each anchor is some peer's real failure. Of the seventh only the first half is asked for: a byte
//! that was changed is noticed and shown, and the book is made whole by the province, not by fetching pieces again.

use std::{fs, path::Path};

use serde_json::json;

use crate::{phone::Phone, province::Province};

/// Each anchor, and the tests that hold it: the file, and the name of the function.
const ANCHORS: [(&str, &[(&str, &str)]); 10] = [
    (
        "1. cut at every byte, killed at every point: after a retry what is shown is what the server has",
        &[
            ("tests/stories/bad_luck.rs", "a_line_cut_at_every_byte_loses_nothing_and_doubles_nothing"),
            ("tests/stories/letting_in.rs", "getting_in_over_a_line_cut_at_every_byte_spends_no_code_without_a_phone"),
            ("tests/stories/killed_book.rs", "a_book_killed_at_random_keeps_what_it_said"),
            ("tests/laws/faults.rs", "a_full_disk_leaves_nothing_half_taken"),
            ("tests/sim/main.rs", "seeds"),
        ],
    ),
    (
        "2. an acknowledgement that is lost: the same said again changes nothing",
        &[
            ("tests/stories/bad_luck.rs", "an_acknowledgement_that_is_lost_sends_nothing_twice"),
            ("crates/server/tests/exchange.rs", "an_entry_is_taken_once_also_across_a_restart"),
        ],
    ),
    (
        "3. an old cell granted later comes whole; a right that ends takes its rows, and nothing travels up",
        &[
            ("tests/stories/offices.rs", "a_member_becomes_secretary"),
            ("tests/stories/bad_luck.rs", "what_an_office_may_read_since_lately_comes_piece_by_piece"),
        ],
    ),
    (
        "4. what commits out of its order is never skipped by a cursor",
        &[
            ("tests/sim/main.rs", "seeds"),
            ("crates/server/tests/exchange.rs", "times_of_receipt_rise_though_the_clock_stands_still"),
        ],
    ),
    (
        "5. a change against a removal, in both orders, by the written rule; two words in one field are both kept",
        &[
            ("tests/stories/together.rs", "one_removes_what_the_other_edits_and_both_words_are_kept"),
            ("tests/stories/together.rs", "two_secretaries_mark_the_same_meeting"),
            ("tests/laws/asked.rs", "what_nobody_wrote_over_is_standing_or_waiting"),
        ],
    ),
    (
        "6. a server restored from an old copy is given back what it lost, and nothing is deleted",
        &[
            ("crates/server/tests/backup.rs", "a_server_restored_from_a_copy_takes_back_what_its_devices_still_hold"),
            ("tests/laws/journal.rs", "a_restored_province_is_given_back_what_it_lost"),
        ],
    ),
    (
        "7. one byte of what is kept or sent is changed: it is noticed",
        &[
            ("tests/sim/main.rs", "seeds_with_a_server_that_tampers"),
            ("tests/laws/faults.rs", "what_a_server_changes_in_a_history_is_noticed"),
            ("crates/store/tests/exchange.rs", "nobody_hides_a_changed_past_behind_an_entry_of_a_newer_format"),
        ],
    ),
    (
        "8. clocks that are years off change no order",
        &[
            ("tests/stories/bad_luck.rs", "a_clock_years_off_is_noticed_and_settles_nothing"),
            ("tests/laws/journal.rs", "a_clock_two_years_ahead_does_not_have_the_last_word_for_two_years"),
        ],
    ),
    (
        "9. with nothing new a sync costs next to nothing, whatever went before",
        &[("tests/stories/anchors.rs", "nothing_new_costs_next_to_nothing_whatever_went_before")],
    ),
    (
        "10. a hundred first syncs at once wait for the link, and the server's memory is bounded",
        &[("tests/stories/crowd.rs", "a_hundred_phones_at_once_wait_for_the_link_and_not_for_the_server")],
    ),
];

// Planted: a name that is no test's → caught.
#[test]
fn every_anchor_is_held_by_a_test_of_that_name() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (anchor, tests) in ANCHORS {
        assert!(!tests.is_empty(), "{anchor}");
        for (file, name) in tests {
            let text = fs::read_to_string(root.join(file)).unwrap();
            assert!(text.contains(&format!("fn {name}(")), "{anchor}: {name} is not in {file}");
        }
    }
}

/// Bytes of an answer that has nothing to tell, with its headers; and of the two that open a session.
const NEXT_TO_NOTHING: u64 = 400;
const A_SESSION: u64 = 500;

/// What a sync costs where nobody has written since the last.
fn costs(phone: &Phone, most: u64, after: &str) {
    let before = phone.line.carried();
    phone.sync();
    let bytes = phone.line.carried() - before;
    println!("after {after}: {bytes} bytes");
    assert!(bytes < most, "after {after} a sync that brings nothing costs {bytes} bytes");
}

// Planted: chains spelled out always; a cursor forgotten when tables are made again → each caught.
#[test]
fn nothing_new_costs_next_to_nothing_whatever_went_before() {
    let mut province = Province::open();
    let secretary = Phone::unconfirmed(&province, "secretary");
    costs(&secretary, NEXT_TO_NOTHING, "a first sync");
    province.confirm(&secretary.device(), &secretary.digits().unwrap());
    secretary.sync();
    costs(&secretary, NEXT_TO_NOTHING, "logs fetched from their start");

    let copy = secretary.home().join("copy.db");
    server::Sqlite::open(province.data()).unwrap().back_up(&copy).unwrap();
    let meeting = secretary.next_meeting();
    secretary.call("mark_rest", json!({ "meeting": meeting }));
    secretary.sync();
    costs(&secretary, NEXT_TO_NOTHING, "a roll that was sent");
    province.restore(&copy);
    secretary.line.lead_to(&province.address);
    assert_eq!(secretary.call("sync", json!({}))["trouble"], json!(null));
    costs(&secretary, NEXT_TO_NOTHING, "a server restored from an old copy");

    secretary.with_book(|mut book| book.remake()).unwrap();
    costs(&secretary, NEXT_TO_NOTHING + A_SESSION, "tables made again, as an update does");
}
