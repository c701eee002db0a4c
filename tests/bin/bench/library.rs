//! A library: a thousand documents published one by one, and the longest code opened. The first painted page and the
//! window's memory are the window's to measure.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::{Value as Json, json};

use crate::{
    Case,
    laws::{codes, parts},
    quantile,
    seat::seated,
    sorted,
};

const DOCUMENTS: usize = 1000;
const TURNS: usize = 15;

pub fn run() -> Result<Vec<Case>> {
    let folder = tempfile::tempdir()?;
    let app = seated(folder.path(), "commune")?;
    let publishing = app.call("publishing", json!({}))?;
    let unit = publishing.pointer("/audiences/0/unit").context("nobody to publish for")?.clone();
    let search = |words: &str| app.call("documents", json!({ "state": "all", "search": words }));
    let start = Instant::now();
    for law in parts(DOCUMENTS)? {
        app.call("publish_document", law.publish(&unit))?;
    }
    let imported = start.elapsed();
    let start = Instant::now();
    search("luat")?;
    let indexed = start.elapsed();
    let longest = codes()?.pop().context("no code")?;
    let made = app.call("publish_document", longest.publish(&unit))?;
    let id = made.pointer("/0/id").context("nothing was published")?.clone();
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
    let ms = |took: std::time::Duration| took.as_secs_f64() * 1000.0;
    let case = |name, value, unit| Case { name, value, floor: None, unit };
    Ok(vec![
        case("import_1000_s", imported.as_secs_f64(), "s"),
        case("index_1000_s", indexed.as_secs_f64(), "s"),
        case("index_longest_ms", ms(one), "ms"),
        case("open_longest_ms", quantile(&sorted(opened), 0.5), "ms"),
    ])
}
