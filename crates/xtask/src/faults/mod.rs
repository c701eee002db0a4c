//! Faults planted in a copy of the tree: for each of them some test must fail. The product carries no switch for any.

mod list;
mod suite;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, ensure};

use crate::run::{must, program, root, say, target};
use list::{Fault, LIST};
use suite::{Suite, Went};

/// Plants each fault, or each whose name has one of `parts` in it; whether every one was caught.
pub fn run(parts: &[&str]) -> Result<bool> {
    let faults = list::read(&root())?;
    let named = |fault: &&Fault| parts.is_empty() || parts.iter().any(|part| fault.name.contains(part));
    let chosen: Vec<&Fault> = faults.iter().filter(named).collect();
    ensure!(!chosen.is_empty(), "no fault in {LIST} is named so");
    let copy = Copy::new()?;
    if parts.is_empty() {
        say("→ no fault: everything must hold");
        copy.lay(None)?;
        for suite in suite::quick() {
            let went = suite.run(&copy.tree, &copy.built, "")?;
            ensure!(matches!(went, Went::Held(1..)), "{} without any fault: {went:?}", suite.name);
        }
    }
    let mut missed = Vec::new();
    for fault in chosen {
        say(&format!("→ {}", fault.name));
        copy.lay(Some(fault))?;
        match catch(fault, &copy)? {
            Some(how) => say(&format!("  {how}")),
            None => {
                say("  MISSED");
                missed.push(fault.name.as_str());
            }
        }
    }
    copy.lay(None)?;
    if !missed.is_empty() {
        say(&format!("\nmissed: {}", missed.join("; ")));
    }
    Ok(missed.is_empty())
}

/// What catches it: the tests that are known to, or else any.
fn catch(fault: &Fault, copy: &Copy) -> Result<Option<String>> {
    for (name, test) in &fault.by {
        let suite = Suite::named(name).with_context(|| format!("{LIST} names a suite {name}"))?;
        match suite.run(&copy.tree, &copy.built, test)? {
            Went::Held(0) => anyhow::bail!("no test of {name} is named {test}"),
            Went::Held(_) => say(&format!("  {name} {test} holds")),
            went => return Ok(went.caught(name)),
        }
    }
    for suite in suite::quick() {
        if let Some(how) = suite.run(&copy.tree, &copy.built, "")?.caught(suite.name) {
            return Ok(Some(how));
        }
    }
    Ok(None)
}

/// A copy of everything that is under version control, or about to be, and what is built of it.
struct Copy {
    tree: PathBuf,
    built: PathBuf,
    /// Every file as it was when this began: who goes on working changes nothing here.
    files: Vec<(String, Vec<u8>)>,
}

impl Copy {
    fn new() -> Result<Self> {
        let listed = program("git", &["ls-files", "-co", "--exclude-standard"]).output().context("git")?;
        let listed = String::from_utf8(listed.stdout)?;
        let read = |name: &str| Some((name.to_owned(), fs::read(root().join(name)).ok()?));
        let files = listed.lines().filter_map(read).collect();
        let folder = target().join("faults");
        let copy = Self { tree: folder.join("tree"), built: folder.join("target"), files };
        fs::create_dir_all(&copy.tree)?;
        // Some tests ask git which files there are; without this it would answer for the tree around.
        let mut git = program("git", &["init", "--quiet"]);
        git.current_dir(&copy.tree).stdout(Stdio::null());
        must(git, "git init")?;
        Ok(copy)
    }

    /// Makes the copy what the tree is now, with one fault in it or none. What is there already is left alone, so that
    /// only what a fault changes is built again.
    fn lay(&self, fault: Option<&Fault>) -> Result<()> {
        for (name, bytes) in &self.files {
            let mut bytes = bytes.clone();
            for edit in fault.iter().flat_map(|fault| &fault.edits).filter(|edit| edit.file == *name) {
                bytes = edit.plant(&String::from_utf8(bytes)?)?.into_bytes();
            }
            put(&self.tree.join(name), &bytes)?;
        }
        Ok(())
    }
}

fn put(file: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(file).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    fs::create_dir_all(file.parent().context("a file lies in a folder")?)?;
    fs::write(file, bytes).with_context(|| format!("{} cannot be written", file.display()))
}
