//! Running other programs, from the top of the repository, and telling how it goes.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

/// The top of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Says a line to the person at the terminal.
pub fn say(line: &str) {
    // Whoever closed the pipe has heard enough.
    let _ = writeln!(std::io::stdout(), "{line}");
    let _ = std::io::stdout().flush();
}

/// Tells of what is made ready, apart from what was asked for: a measurement's lines are read by programs.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A program at the top of the repository.
pub fn program(name: &str, args: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(args).current_dir(root());
    command
}

/// Cargo, as it runs this program.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = program(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), args);
    // What cargo set for this program is not meant for those that it starts.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}

/// npm in the page's folder.
pub fn npm(args: &[&str]) -> Command {
    let mut command = program("npm", &["--silent"]);
    command.args(args).current_dir(root().join("ui"));
    command
}

/// Runs it, and says whether it went well.
pub fn went(mut command: Command) -> Result<bool> {
    let name = command.get_program().to_string_lossy().into_owned();
    Ok(command.status().with_context(|| format!("{name} could not be started"))?.success())
}

/// Runs it, and fails if it does.
pub fn must(command: Command, what: &str) -> Result<()> {
    ensure!(went(command)?, "{what} did not work; what it said stands above");
    Ok(())
}
