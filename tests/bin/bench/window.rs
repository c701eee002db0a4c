//! The release build in a window of its own: when its picture stands still, what its processes take, and keys pressed in it.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

use crate::framebuffer::{Painted, Screen};

/// Nothing is painted any more once the picture has stood still for so long.
const STILL: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that was built beside this one.
pub fn beside(name: &str) -> Result<PathBuf> {
    let program = std::env::current_exe()?.parent().context("no folder")?.join(name);
    if !program.is_file() {
        bail!("first: cargo build --release -p sotay --bin sotay --example empty");
    }
    Ok(program)
}

/// A window with all its offspring, ended together.
pub struct Window {
    /// When the program was started.
    pub begun: Instant,
    program: Child,
    screen: Screen,
}

impl Window {
    /// Starts the program over the book in `home`.
    pub fn open(program: &Path, home: &Path) -> Result<Self> {
        let screen = Screen::open()?;
        let begun = Instant::now();
        let program = Command::new(program)
            .env("DISPLAY", &screen.name)
            .env("GDK_BACKEND", "x11")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("NO_AT_BRIDGE", "1")
            .env("SOTAY_HOME", home)
            .env("SOTAY_WINDOW", "1280x800")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        Ok(Self { begun, program, screen })
    }

    /// How long after `begun` the picture was what it is once it stands still, but for a tenth.
    pub fn painted(&mut self, begun: Instant, of: fn(&Painted) -> usize) -> Result<Duration> {
        let mut seen: Vec<(Duration, usize)> = Vec::new();
        loop {
            let painted = of(&self.screen.painted()?);
            let at = begun.elapsed();
            if seen.last().is_none_or(|(_, before)| *before != painted) {
                seen.push((at, painted));
            }
            let last = seen.last().copied().unwrap_or_default();
            if last.1 > 1000 && at > STILL && at - last.0 > STILL {
                // What was there before may have had as much ink: only the last stretch counts.
                let like = |(_, painted): &&(Duration, usize)| painted.abs_diff(last.1) * 10 <= last.1;
                let first = seen.iter().rev().take_while(like).last().unwrap_or(&last);
                return Ok(first.0);
            }
            if at > PATIENCE || self.program.try_wait()?.is_some() {
                bail!("it painted nothing");
            }
        }
    }

    /// Presses keys, one after the other, as a keyboard does.
    pub fn press(&self, keys: &[&str]) -> Result<()> {
        let pressed = Command::new("xdotool").env("DISPLAY", &self.screen.name).arg("key").args(keys).status()?;
        ensure!(pressed.success(), "xdotool pressed no key");
        Ok(())
    }

    /// Megabytes of all its processes.
    pub fn memory(&self) -> Result<f64> {
        memory(self.program.id())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.program.id())]).status();
        let _ = self.program.wait();
    }
}

/// Shared pages counted by share (PSS): the sum over a process and its offspring, in MB.
fn memory(process: u32) -> Result<f64> {
    let mut family = vec![process];
    let mut parents = Vec::new();
    for folder in fs::read_dir("/proc")?.flatten() {
        let Some(id) = folder.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = fs::read_to_string(folder.path().join("stat")) else { continue };
        // The name in brackets may hold blanks; the parent stands two words after it.
        let parent = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1)?.parse::<u32>().ok());
        parents.extend(parent.map(|parent| (id, parent)));
    }
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        family.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        at += 1;
    }
    let mut kib = 0;
    for id in family {
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        let pss =
            rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse::<u64>().ok());
        kib += pss.unwrap_or(0);
    }
    Ok(kib as f64 / 1024.0)
}
