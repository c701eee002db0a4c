//! Cut answers, wrong clocks, full disks, copied phones: nothing is lost, and it is called by its name.

use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;

use app::Code;
use serde_json::{Value as Json, json};

use crate::{
    phone::{LONG_PIN, Phone, is, marks, program, row, unmarked},
    province::{DAY, Province, TODAY},
};

/// Every how many bytes the line is cut; `EVERY_BYTE=1` cuts at each.
pub fn stride() -> usize {
    std::env::var("EVERY_BYTE").ok().and_then(|every| every.parse().ok()).unwrap_or(7)
}

// Planted: what was sent taken for acknowledged; an answer taken in half → each caught.
#[test]
fn a_line_cut_at_every_byte_loses_nothing_and_doubles_nothing() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    let there = unmarked(&secretary.sheet(&meeting));
    let (mut cuts, mut whole) = (0, 0);
    let mut written = 0;
    for up in [true, false] {
        for bytes in (0..).step_by(stride()) {
            // Both have something to say, so that a question and an answer carry entries.
            let member = &there[written % there.len()];
            written += 1;
            let mark = ["present", "late", "absent"][written / there.len() % 3];
            deputy.mark(&meeting, &there[(written + 7) % there.len()], "late");
            deputy.sync();
            let marked = secretary.mark(&meeting, member, mark);
            match up {
                true => secretary.line.cut_up_after(bytes),
                false => secretary.line.cut_after(bytes),
            }
            match secretary.try_sync() {
                Err(trouble) => is(&trouble, Code::Offline, None),
                Ok(_) => whole += 1,
            }
            cuts += 1;
            assert!(bytes < 10_000, "what is said once is said again and again");
            secretary.line.mend();
            assert_eq!(row(&secretary.sheet(&meeting), member)["mark"], row(&marked, member)["mark"], "it stays");
            // What was cut is said whole the next time, so that a question stays as long as the first was.
            secretary.sync();
            // Three in a row went through: the line breaks after all that is said.
            if whole == 3 {
                break;
            }
        }
        assert!(std::mem::take(&mut whole) == 3 && cuts > 20, "it is cut often enough: {cuts}");
    }
    secretary.sync();
    deputy.sync();
    secretary.sync();
    assert_eq!(marks(&secretary.sheet(&meeting)), marks(&deputy.sheet(&meeting)), "in the end both have all of it");
    let counted = province.admin(|ledger, _| ledger.quarantined().unwrap().len());
    assert_eq!(counted, 0, "and nothing was taken twice, or set aside");
}

#[test]
fn an_answer_cut_off_in_the_middle_is_asked_for_again() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let deputy = Phone::new(&province);
    deputy.join(province.code("deputy")).unwrap();
    let meeting = secretary.next_meeting();
    secretary.call("mark_rest", json!({ "meeting": meeting }));
    secretary.sync();
    let before = deputy.line.carried();
    let mut cut = 0;
    for bytes in [0, 1, 17, 300, 2_000, 9_000, 20_000, 60_000] {
        deputy.line.cut_after(bytes);
        match deputy.try_sync() {
            Err(trouble) => is(&trouble, Code::Offline, None),
            // Something had come before it broke: the phone went on by itself.
            Ok(state) => {
                assert_eq!(state["trouble"], Json::Null);
                continue;
            }
        }
        cut += 1;
    }
    assert!(cut > 2, "nothing came {cut} times");
    deputy.line.mend();
    deputy.sync();
    assert_eq!(marks(&deputy.sheet(&meeting)), marks(&secretary.sheet(&meeting)), "in the end it is all there");
    assert!(deputy.line.carried() > before, "it came over the line");
}

// Planted: all of it asked for in one piece (it was so) → caught, by never ending.
#[test]
fn what_an_office_may_read_since_lately_comes_piece_by_piece() {
    let province = Province::open();
    let office = Phone::unconfirmed(&province, "commune");
    province.confirm(&office.device(), &office.digits().unwrap());
    let whole = office.line.carried();
    let mut tries = 0;
    loop {
        // The line bears a part of it, and then no more.
        office.line.cut_after(100_000);
        tries += 1;
        match office.try_sync() {
            Ok(_) => break,
            Err(trouble) => is(&trouble, Code::Offline, None),
        }
        assert!(tries < 8, "what came before the line broke is kept");
    }
    office.line.mend();
    office.sync();
    let carried = office.line.carried() - whole;
    assert!(carried > 120_000, "a line that breaks does not bear it in one piece: {carried}");
    // Whether each log is whole, its signed head has said; this is that there are as many as there are people.
    let people = office.call("list", json!({ "table": "person" })).as_array().unwrap().len();
    assert!(people > 140, "in the end it is all there: {people}");
}

// Planted: a cursor moved by asking → caught.
#[test]
fn an_acknowledgement_that_is_lost_sends_nothing_twice() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    let there = unmarked(&secretary.sheet(&meeting));
    for (tap, member) in there.iter().enumerate() {
        secretary.mark(&meeting, member, "present");
        secretary.line.cut_after(tap * 23 % 400);
        let _ = secretary.try_sync();
    }
    secretary.line.mend();
    let state = secretary.sync();
    assert_eq!(state["quarantined"], json!([]), "what is sent again is known again");
    deputy.sync();
    assert_eq!(deputy.sheet(&meeting)["rows"], secretary.sheet(&meeting)["rows"]);
}

#[test]
fn a_clock_years_off_is_noticed_and_settles_nothing() {
    // Further back than her office reaches she may not write, by her own clock.
    for off in [3650 * DAY as i64, 730 * DAY as i64, -(730 * DAY as i64)] {
        let province = Province::open();
        let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
        let meeting = secretary.next_meeting();
        let one = unmarked(&secretary.sheet(&meeting))[0].clone();
        secretary.clock.store(TODAY.saturating_add_signed(off), Ordering::SeqCst);
        secretary.mark(&meeting, &one, "absent");
        let state = secretary.sync();
        let seconds = state["clock_off_seconds"].as_i64().unwrap();
        assert!((seconds + off / 1000).abs() < 3600, "the person is told: {seconds}");
        province.later(60_000);
        deputy.later(60_000);
        deputy.sync();
        deputy.mark(&meeting, &one, "late");
        deputy.sync();
        secretary.sync();
        for phone in [&secretary, &deputy] {
            let sheet = phone.sheet(&meeting);
            assert_eq!(row(&sheet, &one)["mark"], "late", "who wrote last, having seen the other, stands: clock {off}");
            assert_eq!(row(&sheet, &one)["other"], json!([]), "and nobody is asked");
        }
    }
}

// Planted: a number used twice believed → caught.
#[test]
fn a_copied_phone_is_found_out() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let meeting = secretary.next_meeting();
    let there = unmarked(&secretary.sheet(&meeting));
    secretary.call("lock", json!({}));
    let mut copy = Phone::new(&province);
    crate::province::copy(secretary.home(), copy.home());
    copy.restart();
    for (phone, member, mark) in [(&secretary, &there[0], "present"), (&copy, &there[1], "absent")] {
        phone.unlock();
        phone.mark(&meeting, member, mark);
    }
    secretary.sync();
    let state = copy.call("sync", json!({}));
    assert_eq!(state["quarantined"][0]["why"], "forked", "two phones with one name: {state}");
    secretary.sync();
    assert_eq!(row(&secretary.sheet(&meeting), &there[0])["mark"], "present", "the first goes on");
}

/// Runs a shell line on a disk of its own with `kib` of room, mounted at `$DISK`.
fn on_a_small_disk(kib: u32, line: &str, envs: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mount = format!("set -e; mount -t tmpfs -o size={kib}k none \"$DISK\"; {line}");
    let output = Command::new("timeout")
        .args(["120", "unshare", "--map-root-user", "--mount", "sh", "-c", &mount])
        .env("DISK", folder.path())
        .envs(envs.iter().copied())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "a disk can be mounted by whoever may have a namespace: {}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

// Planted: a full disk taken for a mistake of ours → caught.
#[test]
fn a_full_disk_is_called_by_its_name_and_loses_nothing() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let meeting = secretary.next_meeting();
    let there = unmarked(&secretary.sheet(&meeting));
    secretary.call("lock", json!({}));
    let taps: String = there
        .iter()
        .map(|member| {
            format!("mark {}\n", json!({ "meeting": meeting, "member": member, "mark": "late", "reason": null }))
        })
        .collect();
    let tally = format!("attendance {}\n", json!({ "meeting": meeting }));
    // The disk fills up once the book is open, and has room again while it still is.
    let line = r#"cp -r "$HOME_FOLDER" "$DISK/book"
        said() { until [ "$(wc -l <"$SAID")" -ge "$1" ]; do :; done; }
        { printf '%s' "$TALLY"; said 1
          dd if=/dev/zero of="$DISK/filler" bs=1k 2>/dev/null || true
          printf '%s%s' "$TAPS" "$TALLY"; said "$HALF"
          rm "$DISK/filler"
          printf '%s%s' "$TAPS" "$TALLY"; } | "$BOOK" --home "$DISK/book" run >"$SAID"
        cat "$SAID""#;
    let said = tempfile::NamedTempFile::new().unwrap();
    let envs = [
        ("HOME_FOLDER", secretary.home().to_str().unwrap()),
        ("BOOK", program("book").to_str().unwrap()),
        ("BOOK_PIN", LONG_PIN),
        ("BOOK_NOW", &TODAY.to_string()),
        ("TAPS", &taps),
        ("TALLY", &tally),
        ("SAID", said.path().to_str().unwrap()),
        ("HALF", &(there.len() + 2).to_string()),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    let envs: Vec<(&str, &str)> = envs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let said = on_a_small_disk(12 * 1024, line, &envs);
    let answers: Vec<Json> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 1 + 2 * (there.len() + 1), "every question has its answer");
    let (full, freed) = answers[1..].split_at(there.len() + 1);
    let refused = full.iter().filter(|answer| answer["trouble"]["code"] == "disk_full").count();
    assert!(refused > 0, "a full disk is called by its name: {}", full[0]);
    assert!(freed.iter().all(|answer| answer["trouble"].is_null()), "with room it goes on: {:?}", freed[0]["trouble"]);
    assert_eq!(freed.last().unwrap()["tally"]["late"], json!(there.len()), "and every tap is there");
}

// Planted: heads not held against what the book holds; the misfit forgotten at the next sync → each caught.
#[test]
fn a_server_whose_past_was_changed_is_shown_and_saving_goes_on() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let meeting = secretary.next_meeting();
    let there = unmarked(&secretary.sheet(&meeting));
    secretary.mark(&meeting, &there[0], "absent");
    let state = secretary.sync();
    assert!(
        state["held"]["entries"].as_u64() > Some(0) && state["checked_at"].is_string(),
        "what was checked: {state}"
    );
    deputy.sync();

    let ledger = rusqlite::Connection::open(province.data().join("ledger.db")).unwrap();
    let last = "UPDATE entry SET chain = zeroblob(32) WHERE no = (SELECT max(no) FROM entry WHERE device <> ?1)";
    assert_eq!(ledger.execute(last, [[0u8; 16]]).unwrap(), 1, "somebody changes the last page");
    drop(ledger);
    let noticed = deputy.call("sync", json!({}))["misfit"].clone();
    assert_eq!(noticed["unit"], "Đảng bộ xã Tân Hòa", "whose history it is: {noticed}");
    assert!(noticed["last"].as_u64() > Some(0) && noticed["at"].is_string(), "and the evidence: {noticed}");
    assert!(deputy.call("home", json!({}))["to_do"].to_string().contains("misfit"), "the first screen says so");

    deputy.mark(&meeting, &there[1], "late");
    deputy.later(DAY);
    assert_eq!(deputy.call("sync", json!({}))["misfit"], noticed, "saving and sending go on, the evidence stays");
    secretary.call("sync", json!({}));
    assert_eq!(row(&secretary.sheet(&meeting), &there[1])["mark"], "late");
}
