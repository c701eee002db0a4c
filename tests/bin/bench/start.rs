//! From the start of the release build to its painted lock screen, and the memory of all its processes then, beside
//! a window of the same framework with an empty page: its processes, its protocol and its painting, and nothing to show.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rand::{SeedableRng, rngs::StdRng};
use store::{Cost, FileKeystore, Vault};

use crate::{
    Case,
    framebuffer::{Painted, Screen},
    quantile, sorted,
};

/// Starts of each, in turn.
const STARTS: usize = 7;
/// Nothing is painted any more once the picture has stood still for so long.
const STILL: Duration = Duration::from_millis(1500);
/// The colour of the empty page, which no toolkit paints before the page does.
const EMPTY: u32 = 0x2b_6e_4f;
const PATIENCE: Duration = Duration::from_secs(60);

pub fn run() -> Result<Vec<Case>> {
    let ours = beside("sotay")?;
    let empty = beside("examples/empty")?;
    let folder = tempfile::tempdir()?;
    let home = folder.path().join("book");
    // A book that is locked: what is measured is the way to its PIN pad.
    Vault::new(&home, Box::new(FileKeystore::new(&home))).create(
        "24681357",
        Cost::USUAL,
        &mut StdRng::from_os_rng(),
    )?;
    let (mut paints, mut memories) = (Vec::new(), Vec::new());
    let (mut floor_paints, mut floor_memories) = (Vec::new(), Vec::new());
    for turn in 0..=STARTS {
        cool();
        let (paint, memory) = start(&ours, &home, Painted::ink)?;
        cool();
        let (floor_paint, floor_memory) = start(&empty, &home, |painted| painted.of(EMPTY))?;
        // The first start of each is not counted: where the disk's cache may not be emptied, it fills it.
        if turn > 0 {
            paints.push(paint);
            memories.push(memory);
            floor_paints.push(floor_paint);
            floor_memories.push(floor_memory);
        }
    }
    let median = |all: Vec<f64>| quantile(&sorted(all), 0.5);
    Ok(vec![
        Case { name: "first_paint", value: median(paints), floor: Some(median(floor_paints)), unit: "ms" },
        Case { name: "memory", value: median(memories), floor: Some(median(floor_memories)), unit: "MB" },
    ])
}

/// Empties the disk's cache, so that the start is a cold one; only root may, and for others both starts are warm.
fn cool() {
    let _ = fs::write("/proc/sys/vm/drop_caches", "3");
}

/// A program that was built beside this one.
fn beside(name: &str) -> Result<PathBuf> {
    let program = std::env::current_exe()?.parent().context("no folder")?.join(name);
    if !program.is_file() {
        bail!("first: cargo build --release -p sotay --bin sotay --example empty");
    }
    Ok(program)
}

/// Milliseconds until nine tenths of the final picture were there, and megabytes (PSS) of all processes then.
fn start(program: &Path, home: &Path, of: fn(&Painted) -> usize) -> Result<(f64, f64)> {
    let screen = Screen::open()?;
    let begun = Instant::now();
    let mut window = Window(
        Command::new(program)
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
            .spawn()?,
    );
    let mut seen: Vec<(Duration, usize)> = Vec::new();
    loop {
        let painted = of(&screen.painted()?);
        let at = begun.elapsed();
        if seen.last().is_none_or(|(_, before)| *before != painted) {
            seen.push((at, painted));
        }
        let last = seen.last().copied().unwrap_or_default();
        if last.1 > 1000 && at - last.0 > STILL {
            let first = seen.iter().find(|(_, painted)| painted * 10 >= last.1 * 9).unwrap_or(&last);
            return Ok((first.0.as_secs_f64() * 1000.0, memory(window.0.id())?));
        }
        if at > PATIENCE || window.0.try_wait()?.is_some() {
            bail!("{} painted nothing", program.display());
        }
    }
}

/// The window with all its offspring, ended together.
struct Window(Child);

impl Drop for Window {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.0.id())]).status();
        let _ = self.0.wait();
    }
}

/// Shared pages counted by share: the sum over a process and its offspring, in MB.
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
