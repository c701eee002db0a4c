//! A library: a thousand Word files read and published one by one, the longest code opened in a window and scrolled from end
//! to end, beside a text of one page in the same window.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result, ensure};
use app::App;
use serde_json::{Value as Json, json};

use crate::{
    Case,
    laws::{Law, codes, parts},
    quantile,
    seat::{PIN, seated},
    sorted,
    window::{Window, beside},
};

const DOCUMENTS: usize = 1000;
const TURNS: usize = 15;
/// Windows opened with each text, in turn.
const OPENED: usize = 5;
/// So often a screenful is scrolled, and the memory looked at: every tenth of the way.
const SCREENFULS: usize = 400;
const LOOKS: usize = 40;

pub fn run() -> Result<Vec<Case>> {
    let program = beside("sotay")?;
    let folder = tempfile::tempdir()?;
    let app = seated(folder.path(), "commune")?;
    let publishing = app.call("publishing", json!({}))?;
    let unit = publishing.pointer("/audiences/0/unit").context("nobody to publish for")?.clone();
    let search = |words: &str| app.call("documents", json!({ "state": "all", "search": words }));
    let laws = parts(DOCUMENTS)?;
    let start = Instant::now();
    for law in &laws {
        import(&app, law, &unit)?;
    }
    let imported = start.elapsed();
    let start = Instant::now();
    search("luat")?;
    let indexed = start.elapsed();
    let longest = codes()?.pop().context("no code")?;
    let id = publish(&app, &longest, &unit)?;
    let start = Instant::now();
    search("luat")?;
    let one = start.elapsed();
    let mut opened = Vec::new();
    for _ in 0..TURNS {
        let start = Instant::now();
        let page = app.call("document", json!({ "id": id }))?;
        opened.push(start.elapsed().as_secs_f64() * 1000.0);
        let blocks = page.get("blocks").and_then(Json::as_array).map_or(0, Vec::len);
        ensure!(blocks == longest.text.len(), "the whole code was opened");
    }
    let page = Law { text: longest.text.iter().take(12).cloned().collect(), ..longest.clone() };
    let page = publish(&app, &page, &unit)?;
    drop(app);

    let home = folder.path().join("book");
    let (mut paints, mut floor_paints) = (Vec::new(), Vec::new());
    let (mut memories, mut floor_memories) = (Vec::new(), Vec::new());
    for turn in 0..=OPENED {
        let (paint, memory) = read(&program, &home, &id, turn == OPENED)?;
        let (floor_paint, floor_memory) = read(&program, &home, &page, turn == OPENED)?;
        // The first of each fills the caches; in the last they are scrolled.
        if turn > 0 {
            paints.push(paint);
            floor_paints.push(floor_paint);
        }
        if turn == OPENED {
            (memories, floor_memories) = (vec![memory], vec![floor_memory]);
        }
    }
    let ms = |took: std::time::Duration| took.as_secs_f64() * 1000.0;
    let median = |all: Vec<f64>| quantile(&sorted(all), 0.5);
    let case = |name, value, unit| Case { name, value, floor: None, unit };
    let beside = |name, all, floor, unit| Case { name, value: median(all), floor: Some(median(floor)), unit };
    Ok(vec![
        case("import_1000_s", imported.as_secs_f64(), "s"),
        case("index_1000_s", indexed.as_secs_f64(), "s"),
        case("index_longest_ms", ms(one), "ms"),
        case("open_longest_ms", quantile(&sorted(opened), 0.5), "ms"),
        beside("paint_longest_ms", paints, floor_paints, "ms"),
        beside("scroll_longest_mb", memories, floor_memories, "MB"),
    ])
}

/// A Word file of a law is handed over, read and published with its original, as an office does.
fn import(app: &App, law: &Law, unit: &Json) -> Result<()> {
    let path = app.hand("luật.docx", law.word())?;
    let read = app.call("open_paper", json!({ "path": path }))?;
    let blocks = read.pointer("/paper/blocks").context("nothing was read")?;
    let mut ask = law.publish(unit);
    ask["blocks"] = blocks.clone();
    ask["original"] = json!(path);
    ask["unmarked"] = json!(true);
    app.call("publish_document", ask)?;
    Ok(())
}

fn publish(app: &App, law: &Law, unit: &Json) -> Result<Json> {
    let made = app.call("publish_document", law.publish(unit))?;
    Ok(made.pointer("/0/id").context("nothing was published")?.clone())
}

/// Unlocks the book where that text was left open: milliseconds from the last digit to the painted page, the PIN's own half a
/// second with them, and megabytes then; or the most of them while it is scrolled through.
fn read(program: &Path, home: &Path, id: &Json, scroll: bool) -> Result<(f64, f64)> {
    let app = App::new(home);
    app.call("unlock", json!({ "pin": PIN }))?;
    app.call("touch", json!({ "route": format!("#/tai-lieu/doc/{}", id.as_str().context("no id")?) }))?;
    app.call("lock", json!({}))?;
    drop(app);
    let mut window = Window::open(program, home)?;
    window.painted(window.begun, crate::framebuffer::Painted::ink)?;
    let digits: Vec<String> = PIN.chars().map(String::from).collect();
    let digits: Vec<&str> = digits.iter().map(String::as_str).collect();
    window.press(&digits)?;
    let painted = window.painted(Instant::now(), crate::framebuffer::Painted::ink)?;
    let mut most = window.memory()?;
    if scroll {
        for _ in 0..LOOKS {
            window.press(&["Page_Down"; SCREENFULS / LOOKS])?;
            most = most.max(window.memory()?);
        }
    }
    Ok((painted.as_secs_f64() * 1000.0, most))
}
