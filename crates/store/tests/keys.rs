//! The tries at a PIN, when somebody meddles with their counter or the clock.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{fs, path::PathBuf};

use rand::{SeedableRng, rngs::StdRng};
use store::{Cost, FileKeystore, Locked, Refused, Vault};

/// A folder that is removed afterwards.
struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sotay-keys-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        let home = Self(path);
        home.vault().create("864209", Cost::FLOOR, &mut StdRng::seed_from_u64(1)).unwrap();
        home
    }
    fn vault(&self) -> Vault {
        Vault::new(&self.0, Box::new(FileKeystore::new(&self.0)))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn removing_the_counter_gives_one_try_and_no_more() {
    let home = Home::new("removed");
    fs::remove_file(home.0.join("tries")).unwrap();
    assert!(matches!(home.vault().open("111222", 1_000_000), Err(Refused::Destroyed)));
    assert_eq!(home.vault().locked(1_000_000).unwrap(), Locked::Destroyed);
}

#[test]
fn removing_the_counter_does_not_shut_out_who_knows_the_pin() {
    let home = Home::new("known");
    fs::remove_file(home.0.join("tries")).unwrap();
    home.vault().open("864209", 1_000_000).unwrap();
    assert!(matches!(home.vault().locked(1_000_000).unwrap(), Locked::Sealed { tries_left: 5, .. }));
}

#[test]
fn a_wait_begun_by_a_clock_far_ahead_does_not_last_until_then() {
    let home = Home::new("ahead");
    let year = 365 * 24 * 3600;
    for _ in 0..5 {
        assert!(matches!(home.vault().open("111222", 2 * year), Err(Refused::WrongPin(_))));
    }
    assert!(matches!(home.vault().open("864209", year), Err(Refused::Wait(_))), "the clock was set right");
    assert!(matches!(home.vault().open("864209", year + 29), Err(Refused::Wait(_))), "the wait is not shortened");
    home.vault().open("864209", year + 30).unwrap();
}

#[test]
fn destroying_the_secret_leaves_no_half_of_it() {
    let home = Home::new("half");
    fs::copy(home.0.join("keystore"), home.0.join("keystore.new")).unwrap();
    fs::remove_file(home.0.join("tries")).unwrap();
    assert!(home.vault().open("111222", 1_000_000).is_err());
    assert!(!home.0.join("keystore").exists() && !home.0.join("keystore.new").exists());
}
