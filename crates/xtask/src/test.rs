//! Everything that must hold, one suite after the other; one that fails does not hide the others.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result};

use crate::run::{cargo, npm, program, say};

/// What came of a suite.
#[derive(Default)]
struct Count {
    passed: u64,
    failed: u64,
}

/// Runs every suite and says, in the end, how many checks passed and failed.
pub fn run(quick: bool) -> Result<bool> {
    let start = Instant::now();
    let mut all = Count::default();
    let mut wrong = Vec::new();
    let mut suites: Vec<(&str, Command)> = vec![
        ("the layout of the code", cargo(&["fmt", "--all", "--check"])),
        ("clippy", cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"])),
        ("the page: types", npm(&["run", "check"])),
        ("the page: lint", npm(&["run", "lint"])),
        ("the page: its tests", npm(&["test"])),
        ("the page: contrast", npm(&["run", "contrast"])),
        ("the page: sizes", npm(&["run", "sizes"])),
    ];
    if program("cargo-deny", &["--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok() {
        suites
            .push(("licences and known holes", cargo(&["deny", "--offline", "check", "bans", "licenses", "sources"])));
    }
    // The windows open the program itself, and the stories run `book` and `province`.
    suites.push(("building the programs", cargo(&["build", "--quiet", "--workspace"])));
    let each = ["test", "--quiet", "--no-fail-fast"];
    let with = |more: &[&str]| cargo(&[&each, more].concat());
    if quick {
        suites.push(("units and the server", with(&["--workspace", "--exclude", "tests"])));
        let held = [
            "-p", "tests", "--test", "laws", "--test", "stories", "--test", "access", "--test", "fuzz", "--test",
            "past",
        ];
        suites.push(("laws, stories, access, fuzz and the past", with(&held)));
    } else {
        suites.push(("laws, stories, units and windows", with(&["--workspace"])));
        let office = ["-p", "print", "--test", "papers", "--", "--ignored", "libreoffice"];
        suites.push(("papers in LibreOffice", with(&office)));
        suites.push(("the page: every screen looked at", npm(&["run", "look", "--", "--quick"])));
        suites.push(("the page: what the camera sees", npm(&["run", "camera"])));
    }
    for (name, command) in suites {
        say(&format!("\n→ {name}"));
        let began = Instant::now();
        let (went, count) = watch(command)?;
        say(&format!("  {} in {} s", if went { "well" } else { "WRONG" }, began.elapsed().as_secs()));
        all.passed += count.passed;
        all.failed += count.failed;
        // A suite that does not count is one check; one that failed without saying what has failed all the same.
        match went {
            true if count.passed == 0 => all.passed += 1,
            false if count.failed == 0 => all.failed += 1,
            _ => {}
        }
        if !went {
            wrong.push(name);
        }
    }
    if !wrong.is_empty() {
        say(&format!("\nwrong: {}", wrong.join(", ")));
    }
    say(&format!("\n{} s in all", start.elapsed().as_secs()));
    say(&format!("{} passed, {} failed", all.passed, all.failed));
    Ok(wrong.is_empty())
}

/// Runs a suite, shows what it says, and counts what it counted.
fn watch(mut command: Command) -> Result<(bool, Count)> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("a suite could not be started")?;
    let mut count = Count::default();
    for line in BufReader::new(child.stdout.take().context("no output")?).lines() {
        let line = line?;
        let Some((passed, failed)) = counted(&line) else {
            say(&line);
            continue;
        };
        count.passed += passed;
        count.failed += failed;
        // Only one line in the end may read as the count of the whole.
        if passed + failed > 0 {
            say(&format!("  {passed} held, {failed} did not"));
        }
    }
    Ok((child.wait()?.success(), count))
}

/// The counts in a suite's closing line: cargo's `test result: ok. 5 passed; 0 failed; …`, vitest's `Tests  10 passed`.
fn counted(line: &str) -> Option<(u64, u64)> {
    let plain: String = without_colour(line);
    let plain = plain.trim();
    if !plain.starts_with("test result:") && !plain.starts_with("Tests ") {
        return None;
    }
    let words: Vec<&str> = plain.split([' ', ';', '|', ',']).filter(|word| !word.is_empty()).collect();
    let before = |what: &str| {
        let at = words.iter().position(|word| *word == what)?;
        words.get(at.checked_sub(1)?)?.parse().ok()
    };
    Some((before("passed").unwrap_or(0), before("failed").unwrap_or(0)))
}

fn without_colour(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').map_or("", |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn the_counts_of_every_runner_are_read() {
        assert_eq!(counted("test result: ok. 5 passed; 1 failed; 0 ignored; 0 measured"), Some((5, 1)));
        assert_eq!(
            counted("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m10 passed\u{1b}[39m (10)"),
            Some((10, 0))
        );
        assert_eq!(counted("      Tests  1 failed | 9 passed (10)"), Some((9, 1)));
        assert_eq!(counted("10 passed, said somebody"), None);
    }
}
