//! The front door: `cargo xtask demo`, `test`, `faults`, `fuzz`, `generate`, `bench NAME [--json]`. Sets the machine up first, and says so.

mod demo;
mod faults;
mod fuzz;
mod laws;
mod run;
mod setup;
mod test;

use std::process::ExitCode;

use anyhow::Result;

use crate::run::{cargo, must, say, went};

const HELP: &str = "cargo xtask demo                  a made-up province, and the secretary's book in a window
cargo xtask test [--quick]        everything that must hold; --quick leaves out the windows and the looks
cargo xtask soak [SEEDS]          the long set: 10,000 worlds of faults, a line cut at every byte, 1,000 killed servers
                                  and books, 8,000 more probes of access, ten times the spoilt bytes
cargo xtask faults [NAME ...]     faults planted in a copy of the tree, each of which some test must fail for
cargo xtask fuzz [NAME [SECONDS]] the decoders under libFuzzer: all of them, a minute each, or one
cargo xtask generate              the TypeScript, the schema and the access table, from the declarations
cargo xtask bench NAME [--json]   tap, start, sync, print, search, library: medians beside a floor in the same run
cargo xtask setup                 only what the others do first: packages, and the page";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well.
fn run(args: &[&str]) -> Result<bool> {
    match args {
        ["demo"] => {
            setup::machine(&[setup::BUILD, setup::WINDOW])?;
            setup::page()?;
            demo::run().map(|()| true)
        }
        ["test", rest @ ..] => {
            let quick = rest.contains(&"--quick");
            let needs: &[_] = match quick {
                true => &[setup::BUILD, setup::PAPER],
                false => &[setup::BUILD, setup::PAPER, setup::OFFICE, setup::WINDOW, setup::LOOK],
            };
            setup::machine(needs)?;
            setup::page()?;
            test::run(quick)
        }
        ["soak", rest @ ..] => {
            setup::machine(&[setup::BUILD])?;
            let mut soak = cargo(&["test", "--release", "-p", "tests", "--test", "sim", "--test", "stories"]);
            soak.args(["--test", "access", "--test", "fuzz", "--", "--nocapture"]);
            soak.args([
                "seeds",
                "cut_at_every",
                "killed_under",
                "killed_at_random",
                "every_cell",
                "entries",
                "asks",
                "replies",
                "envelopes",
            ]);
            must(cargo(&["build", "--quiet", "--release", "-p", "app", "-p", "server"]), "the build")?;
            soak.env("SIM_COUNT", rest.first().unwrap_or(&"10000")).env("EVERY_BYTE", "1").env("DEATHS", "1000");
            soak.env("PROBES", "8000").env("FUZZ", "10");
            went(soak)
        }
        ["faults", parts @ ..] => {
            setup::machine(&[setup::BUILD, setup::PAPER])?;
            faults::run(parts)
        }
        ["fuzz", rest @ ..] => {
            setup::machine(&[setup::BUILD])?;
            fuzz::run(rest.first().copied(), rest.get(1).map_or(Ok(60), |seconds| seconds.parse())?)
        }
        ["generate"] => {
            setup::machine(&[setup::BUILD])?;
            went(cargo(&["run", "--quiet", "-p", "tests", "--bin", "print"]))
        }
        ["bench", rest @ ..] => {
            setup::machine(&[setup::BUILD, setup::WINDOW])?;
            if rest.contains(&"sync") {
                must(cargo(&["build", "--quiet", "--release", "-p", "app", "--bin", "book"]), "the build")?;
            }
            if rest.iter().any(|name| matches!(*name, "start" | "library")) {
                setup::page()?;
                must(
                    cargo(&["build", "--quiet", "--release", "-p", "sotay", "--bin", "sotay", "--example", "empty"]),
                    "the build",
                )?;
            }
            let mut bench = cargo(&["run", "--quiet", "--release", "-p", "tests", "--bin", "bench", "--"]);
            bench.args(rest);
            if rest.iter().any(|name| matches!(*name, "search" | "library")) {
                bench.env("LAWS", laws::fetch()?);
            }
            went(bench)
        }
        ["setup"] => {
            setup::machine(&[setup::BUILD, setup::PAPER, setup::OFFICE, setup::WINDOW, setup::LOOK])?;
            setup::page().map(|()| true)
        }
        _ => {
            say(HELP);
            Ok(matches!(args, [] | ["help" | "--help"]))
        }
    }
}
