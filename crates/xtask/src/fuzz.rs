//! The decoders under libFuzzer, one after the other: cargo-fuzz builds and runs them.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::run::{cargo, say, target, went};

/// Runs the target of that name, or every one, each for so many seconds; whether none found anything.
pub fn run(name: Option<&str>, seconds: u32) -> Result<bool> {
    let said = fuzz("list").output().context("cargo")?;
    ensure!(
        said.status.success(),
        "cargo-fuzz is missing. Please run this line, then try again:\n\n    cargo install cargo-fuzz\n"
    );
    let known = String::from_utf8(said.stdout)?;
    let chosen: Vec<&str> = known.lines().filter(|known| name.is_none_or(|name| name == *known)).collect();
    ensure!(!chosen.is_empty(), "no such target; there are {}", known.lines().collect::<Vec<_>>().join(", "));
    let mut well = true;
    for name in chosen {
        say(&format!("\n→ {name}, {seconds} s"));
        let mut run = fuzz("run");
        run.arg("--target-dir").arg(target()).args([name, "--", "-timeout=10", "-max_len=131072"]);
        run.args([&format!("-max_total_time={seconds}"), "-print_final_stats=1"]);
        well &= went(run)?;
    }
    Ok(well)
}

fn fuzz(what: &str) -> Command {
    let mut command = cargo(&["fuzz", what, "--fuzz-dir", "tests/fuzz/libfuzzer"]);
    // A stable compiler has what a fuzzer needs, but gives it to nightlies alone; to those this says nothing.
    command.env("RUSTC_BOOTSTRAP", "1");
    command
}
