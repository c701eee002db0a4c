//! The system's own keystore: a real one, on a bus of its own.

use std::{
    env, fs,
    process::{Command, Stdio},
};

use rand::{SeedableRng, rngs::StdRng};
use store::{Cost, Error, Kind, Locked, Refused, Vault, keystore};

const PIN: &str = "86420975";

/// Runs the test `inner` of this program on a bus with a keystore that nobody else sees.
fn beside_a_keystore(inner: &str) {
    let home = tempfile::tempdir().expect("a folder can be made");
    let script = "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"";
    let me = env::current_exe().expect("a test knows its program");
    let mut words = Command::new("dbus-run-session");
    words.args(["--", "sh", "-c", script, "sh"]).arg(me).args(["--exact", inner, "--ignored", "--nocapture"]);
    words.env("XDG_DATA_HOME", home.path()).env("XDG_RUNTIME_DIR", home.path()).env("HOME", home.path());
    let said = words.stdin(Stdio::null()).output().expect("dbus-run-session starts: `cargo xtask test` installs it");
    let text = [said.stdout, said.stderr].concat();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&text));
    assert!(String::from_utf8_lossy(&text).contains("1 passed"), "{}", String::from_utf8_lossy(&text));
}

// Planted: the tries kept in the book's folder; the tenth that leaves the item; a dead bus taken for a lost secret
// → each caught.
#[test]
fn where_the_system_has_a_keystore_the_secret_and_the_tries_lie_there() {
    beside_a_keystore("keystore::in_the_systems_keystore");
}

#[test]
#[ignore = "run by the test above, on a bus of its own"]
fn in_the_systems_keystore() {
    let place = tempfile::tempdir().expect("a folder can be made");
    let (home, copy) = (place.path().join("book"), place.path().join("copy"));
    let vault = || Vault::new(&home, keystore(&home, true));
    vault().create(PIN, Cost::FLOOR, &mut StdRng::seed_from_u64(1)).expect("keys are made");
    assert_eq!(vault().keystore(), Kind::System);
    assert!(!home.join("keystore").exists() && !home.join("tries").exists(), "nothing of it lies in the folder");
    assert_eq!(keystore(&home, false).kind(), Kind::System, "a book stays where it was made");

    copy_over(&home, &copy);
    let left = || match vault().locked(1000).expect("the vault says") {
        Locked::Sealed { tries_left, .. } => tries_left,
        other => panic!("not sealed: {other:?}"),
    };
    assert!(matches!(vault().open("11112222", 1000), Err(Refused::WrongPin(_))));
    fs::remove_dir_all(&home).expect("the folder goes");
    copy_over(&copy, &home);
    assert_eq!(left(), 4, "an older copy of the folder gives no try back");
    vault().open(PIN, 1000).expect("the right PIN opens it");
    assert_eq!(left(), 5);

    let mut now = 1000;
    while !matches!(vault().open("11112222", now), Err(Refused::Destroyed)) {
        now += 7200;
    }
    fs::remove_dir_all(&home).expect("the folder goes");
    copy_over(&copy, &home);
    assert_eq!(vault().locked(now).expect("the vault says"), Locked::Destroyed, "nor does it bring the secret back");

    vault().forget().expect("what cannot be opened is cleared away");
    vault().create(PIN, Cost::FLOOR, &mut StdRng::seed_from_u64(2)).expect("and a new book is made");
    Command::new("pkill").args(["-x", "-s", "0", "gnome-keyring-d"]).status().expect("the daemon is stopped");
    while Command::new("pgrep")
        .args(["-x", "-s", "0", "gnome-keyring-d"])
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
    {}
    assert!(
        matches!(vault().open(PIN, now), Err(Refused::Book(Error::Keystore))),
        "a keystore that is away is no lost one"
    );
}

fn copy_over(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for file in fs::read_dir(from).expect("the folder reads") {
        let file = file.expect("the folder reads");
        fs::copy(file.path(), to.join(file.file_name())).expect("the file is copied");
    }
}
