//! A suite of tests, run on a copy of the tree until its first failure, and no longer than it may take.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use crate::run::cargo;

/// The longest of the quick suites takes a minute or two; what takes this long does not end.
const LONGEST: Duration = Duration::from_secs(400);
/// What the long tests are asked to do for a fault: less than in a soak.
const LESS: [(&str, &str); 2] = [("SIM_COUNT", "60"), ("DEATHS", "20")];

/// Some of the tests, and how cargo is told of them.
pub struct Suite {
    pub name: &'static str,
    args: &'static [&'static str],
}

// Named by their targets and not by package: so all of them are built with the same features, once.
const SUITES: &[Suite] = &[
    Suite { name: "units", args: &["--lib"] },
    Suite {
        name: "ends",
        args: &[
            "--test",
            "exchange",
            "--test",
            "keys",
            "--test",
            "backup",
            "--test",
            "pull",
            "--test",
            "routes",
            "--test",
            "getting_in",
            "--test",
            "numbers",
        ],
    },
    Suite { name: "laws", args: &["--test", "laws"] },
    Suite { name: "access", args: &["--test", "access"] },
    Suite { name: "sim", args: &["--test", "sim"] },
    Suite { name: "stories", args: &["--test", "stories"] },
];

/// All of them, the fast ones first.
pub fn quick() -> impl Iterator<Item = &'static Suite> {
    SUITES.iter()
}

/// How it went.
#[derive(Debug)]
pub enum Went {
    /// So many tests held.
    Held(u64),
    /// The first that did not.
    Failed(String),
    /// It did not end.
    Hung,
}

impl Went {
    /// What a fault was caught by, if it was.
    pub fn caught(self, suite: &str) -> Option<String> {
        match self {
            Self::Held(_) => None,
            Self::Failed(test) => Some(format!("caught by {suite}: {test}")),
            Self::Hung => Some(format!("caught (hung) by {suite}")),
        }
    }
}

impl Suite {
    pub fn named(name: &str) -> Option<&'static Self> {
        quick().find(|suite| suite.name == name)
    }

    /// Builds it from `tree` and runs those of its tests whose names have `test` in them.
    pub fn run(&self, tree: &Path, built: &Path, test: &str) -> Result<Went> {
        let cargo = |args: &[&str]| {
            let mut command = cargo(args);
            command.current_dir(tree).env("CARGO_TARGET_DIR", built).envs(LESS).stdin(Stdio::null());
            command
        };
        let mut builds = vec![[&["test", "--quiet", "--no-run"], self.args].concat()];
        if self.name == "stories" {
            builds.push(vec!["build", "--quiet", "--bin", "book", "--bin", "province"]);
        }
        for build in builds {
            let said = cargo(&build).output().context("cargo could not be started")?;
            ensure!(said.status.success(), "it does not build:\n{}", String::from_utf8_lossy(&said.stderr));
        }
        watch(cargo(&[&["test"], self.args, &["--", test, "--nocapture"]].concat()))
    }
}

/// Runs it up to its first failure. It has a process group of its own: all of it ends with it.
fn watch(mut suite: Command) -> Result<Went> {
    let child = suite.process_group(0).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.context("a suite could not be started")?;
    let out = BufReader::new(child.stdout.take().context("no output")?);
    let (tell, told) = mpsc::channel();
    thread::spawn(move || out.split(b'\n').map_while(Result::ok).try_for_each(|line| tell.send(line)));
    let end = Instant::now() + LONGEST;
    let mut held = 0;
    let went = loop {
        match told.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                let line = String::from_utf8_lossy(&line);
                held += u64::from(line.starts_with("test ") && line.ends_with("ok"));
                if let Some(test) = failed(&line) {
                    break Went::Failed(test);
                }
            }
            Err(RecvTimeoutError::Timeout) => break Went::Hung,
            Err(RecvTimeoutError::Disconnected) => {
                break if child.wait()?.success() { Went::Held(held) } else { Went::Failed("it broke off".into()) };
            }
        }
    };
    let group = format!("kill -KILL -{} 2>/dev/null", child.id());
    Command::new("sh").args(["-c", &group]).status().context("sh could not be started")?;
    child.wait()?;
    Ok(went)
}

/// The test, or the seed, that a line says has failed.
fn failed(line: &str) -> Option<String> {
    // With other tests' words before it, where two speak at once.
    if let Some((_, seed)) = line.split_once("seed ")
        && seed.split_once(": ").is_some_and(|(number, _)| number.parse::<u64>().is_ok())
    {
        return Some(format!("seed {seed}"));
    }
    let (_, test) = line.strip_suffix(" ... FAILED")?.split_once("test ")?;
    Some(test.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_heard_whatever_else_is_said() {
        assert_eq!(failed("test a::b ... FAILED").as_deref(), Some("a::b"));
        assert_eq!(failed("test seeds ... seed 7: it waits").as_deref(), Some("seed 7: it waits"));
        assert_eq!(failed("test a::b ... ok"), None);
    }

    #[test]
    fn the_first_failure_ends_it_and_all_that_it_started() {
        let said = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            watch(command).expect("sh runs")
        };
        assert!(matches!(said("echo test a ... ok"), Went::Held(1)));
        assert!(matches!(said("exit 3"), Went::Failed(_)));
        let began = Instant::now();
        assert!(matches!(said("sleep 60 & echo 'test a ... FAILED'; wait"), Went::Failed(_)));
        assert!(began.elapsed() < Duration::from_secs(20));
    }
}
