//! What a machine needs before anything can be built: Debian's packages, and the page's.

use std::{
    fs,
    path::Path,
    process::Stdio,
    time::{Instant, SystemTime},
};

use anyhow::{Context, Result, bail, ensure};

use crate::run::{must, npm, program, root, tell};

/// To build with.
pub const BUILD: &[&str] = &["libwebkit2gtk-4.1-dev", "build-essential", "pkg-config", "libssl-dev", "curl", "file"];
/// To read papers back, and pictures of them.
pub const PAPER: &[&str] = &["poppler-utils", "tesseract-ocr", "tesseract-ocr-vie"];
/// To open and drive windows without a display.
pub const WINDOW: &[&str] =
    &["xvfb", "xauth", "webkit2gtk-driver", "fonts-noto-core", "imagemagick", "dbus", "gnome-keyring", "xdotool"];
/// To open papers as those do who work on with them.
pub const OFFICE: &[&str] = &["libreoffice-writer-nogui"];
/// To look at the page in another engine.
pub const LOOK: &[&str] = &["chromium"];

/// Installs what is missing of these packages, as root or by sudo; otherwise prints the one line to run.
pub fn machine(needs: &[&[&str]]) -> Result<()> {
    let missing: Vec<&str> = needs.concat().into_iter().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let install = ["install", "-y", "--no-install-recommends"];
    let line = format!("apt-get update && apt-get {} {}", install.join(" "), missing.join(" "));
    if !program("apt-get", &["--version"]).stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
        bail!("these are missing, by the names Debian gives them: {}", missing.join(" "));
    }
    let Some(prefix) = power() else {
        bail!("some packages are missing. Please run this line, then try again:\n\n    sudo sh -c '{line}'\n")
    };
    tell(&format!("→ installing Debian's packages: {}", missing.join(" ")));
    let start = Instant::now();
    let apt = |args: &[&str]| {
        let mut words = prefix.to_vec();
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]);
        words.extend(args);
        let (name, args) = words.split_first().map_or(("true", &[][..]), |(name, args)| (*name, args));
        program(name, args)
    };
    must(apt(&["update"]), "apt-get update")?;
    let mut args = install.to_vec();
    args.extend(&missing);
    let mut command = apt(&args);
    command.stdout(Stdio::null());
    must(command, "apt-get install")?;
    tell(&format!("  installed in {} s", start.elapsed().as_secs()));
    Ok(())
}

fn installed(package: &str) -> bool {
    let asked = program("dpkg-query", &["-W", "-f", "${Status}", package]).stderr(Stdio::null()).output();
    asked.is_ok_and(|answer| answer.stdout.ends_with(b"ok installed"))
}

/// The words before a command that make it root's; none where nothing does without asking.
fn power() -> Option<&'static [&'static str]> {
    let me = program("id", &["-u"]).output().ok()?;
    if me.stdout.trim_ascii() == b"0" {
        return Some(&[]);
    }
    let asked = program("sudo", &["-n", "true"]).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success()).then_some(&["sudo"])
}

/// Installs the page's packages where the lock differs, and builds the page where a source is newer than it.
pub fn page() -> Result<()> {
    let ui = root().join("ui");
    let node = program("node", &["--version"]).output().context("node 20 and npm are needed, and were not found")?;
    let version = String::from_utf8_lossy(&node.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    ensure!(major.is_some_and(|major| major >= 20), "node 20 or newer is needed; this is {version}");
    let mark = ui.join("node_modules/.installed");
    let lock = fs::read_to_string(ui.join("package-lock.json"))?;
    if fs::read_to_string(&mark).is_ok_and(|was| was == lock) {
        return build(&ui);
    }
    tell("→ installing the page's packages (npm ci)");
    must(npm(&["ci", "--no-audit", "--no-fund"]), "npm ci")?;
    fs::write(&mark, lock)?;
    build(&ui)
}

fn build(ui: &Path) -> Result<()> {
    let built = newest(&ui.join("dist"));
    let sources = ["src", "public", "index.html", "package-lock.json", "vite.config.ts"];
    let changed = sources.iter().filter_map(|source| newest(&ui.join(source))).max();
    if built.is_some() && built > changed {
        return Ok(());
    }
    tell("→ building the page");
    let mut page = npm(&["run", "build"]);
    page.stdout(std::io::stderr());
    must(page, "the build of the page")
}

/// When anything in a folder, or a file, was last written.
fn newest(path: &Path) -> Option<SystemTime> {
    let mut last = fs::metadata(path).ok()?.modified().ok()?;
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        last = last.max(newest(&entry.path()).unwrap_or(last));
    }
    Some(last)
}
