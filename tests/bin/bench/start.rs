//! From the start of the release build to its painted lock screen, and the memory of all its processes then, beside
//! a window of the same framework with an empty page: its processes, its protocol and its painting, and nothing to show.

use std::{fs, path::Path};

use anyhow::Result;
use rand::{SeedableRng, rngs::StdRng};
use store::{Cost, FileKeystore, Vault};

use crate::{
    Case,
    framebuffer::Painted,
    quantile, sorted,
    window::{Window, beside},
};

/// Starts of each, in turn.
const STARTS: usize = 7;
/// The colour of the empty page, which no toolkit paints before the page does.
const EMPTY: u32 = 0x2b_6e_4f;

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

/// Milliseconds until the final picture was there, but for a tenth, and megabytes (PSS) of all processes then.
fn start(program: &Path, home: &Path, of: fn(&Painted) -> usize) -> Result<(f64, f64)> {
    let mut window = Window::open(program, home)?;
    let painted = window.painted(window.begun, of)?;
    Ok((painted.as_secs_f64() * 1000.0, window.memory()?))
}
