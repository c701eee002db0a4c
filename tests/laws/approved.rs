//! The design a reviewer reads: printed, committed, and compared with a fresh print.

use std::fs;

use tests::printed;

// Planted: an editor fewer; a field optional → each caught.
#[test]
fn what_is_approved_is_what_is_printed_today() {
    for (name, print) in printed::all() {
        let path = printed::root().join(&name);
        let approved = fs::read_to_string(&path).unwrap_or_default();
        let differs = approved.lines().zip(print.lines()).find(|(one, other)| one != other);
        assert!(
            approved == print,
            "{} is not what the code prints: look at the difference, then `cargo xtask generate`.\nFirst: {differs:?}",
            path.display()
        );
    }
}

#[test]
fn the_screens_and_the_reviewer_read_the_same_actions() {
    let read = |name: &str| fs::read_to_string(printed::root().join(name)).unwrap_or_default();
    assert_eq!(read("ui/src/lib/generated/actions.ts"), read("tests/approved/actions.ts"));
}
