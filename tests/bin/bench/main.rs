//! Measurements beside a floor taken in the same run, in turn with it; `cargo xtask bench NAME [--json]` runs them.

mod framebuffer;
mod laws;
mod library;
mod meter;
mod paper;
mod search;
mod seat;
mod start;
mod sync;
mod tap;
mod window;
mod workload;

use anyhow::{Result, bail};
use serde_json::json;

/// One figure, and what it could be at best on this machine at this moment.
struct Case {
    name: &'static str,
    value: f64,
    /// None where there is none.
    floor: Option<f64>,
    unit: &'static str,
}

fn main() -> Result<()> {
    let said: Vec<String> = std::env::args().skip(1).collect();
    let json = said.iter().any(|word| word == "--json");
    let name = said.iter().find(|word| !word.starts_with("--")).map_or("", String::as_str);
    let cases = match name {
        "tap" => tap::run()?,
        "start" => start::run()?,
        "sync" => sync::run()?,
        "print" => paper::run()?,
        "search" => search::run()?,
        "library" => library::run()?,
        _ => bail!("there are `tap`, `start`, `sync`, `print`, `search` and `library`"),
    };
    for Case { name: case, value, floor, unit } in cases {
        let ratio = floor.map(|floor| value / floor);
        if json {
            let line =
                json!({ "bench": name, "case": case, "value": value, "unit": unit, "floor": floor, "ratio": ratio });
            println!("{line}");
            continue;
        }
        let beside = match (floor, ratio) {
            (Some(floor), Some(ratio)) => format!("   floor {floor:>9.2} {unit}   {ratio:.2} times the floor"),
            _ => String::new(),
        };
        println!("{name} {case:<24} {value:>11.2} {unit}{beside}");
    }
    Ok(())
}

/// The value below which `part` of all lie.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let at = ((sorted.len() as f64 - 1.0) * part).round() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

fn sorted(mut all: Vec<f64>) -> Vec<f64> {
    all.sort_by(f64::total_cmp);
    all
}
