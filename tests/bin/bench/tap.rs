//! From a tap on the roll to its mark on the disk, beside a bare SQLCipher commit of one row on the same disk.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result, ensure};
use rusqlite::Connection;
use serde_json::{Value as Json, json};

use crate::{Case, quantile, seat::seated, sorted};

const WARM_UP: usize = 40;
const TAPS: usize = 400;

pub fn run() -> Result<Vec<Case>> {
    let folder = tempfile::tempdir()?;
    let app = seated(folder.path(), "secretary")?;
    let next = app.call("home", json!({}))?;
    let meeting = next.pointer("/next/id").context("no meeting to come")?.clone();
    let sheet = app.call("attendance", json!({ "meeting": meeting }))?;
    let rows = sheet.get("rows").and_then(Json::as_array).context("no roll")?;
    let members: Vec<&Json> = rows.iter().filter_map(|row| row.get("member")).collect();
    let bare = bare(folder.path())?;
    let (mut taps, mut floors) = (Vec::new(), Vec::new());
    for turn in 0..WARM_UP + TAPS {
        let member = members.get(turn % members.len()).context("an empty roll")?;
        // Each round over the roll taps something else, so that every tap writes.
        let mark = if (turn / members.len()).is_multiple_of(2) { "present" } else { "late" };
        let start = Instant::now();
        bare.execute("INSERT INTO tap (words) VALUES (?1)", [format!("{member} {mark}")])?;
        let floor = start.elapsed();
        let ask = json!({ "meeting": meeting, "member": member, "mark": mark, "reason": null });
        let start = Instant::now();
        let answer = app.call("mark", ask)?;
        let tap = start.elapsed();
        ensure!(answer.get("tally").is_some(), "the tap was answered with the roll");
        if turn >= WARM_UP {
            taps.push(tap.as_secs_f64() * 1000.0);
            floors.push(floor.as_secs_f64() * 1000.0);
        }
    }
    let (taps, floors) = (sorted(taps), sorted(floors));
    let case =
        |name, part| Case { name, value: quantile(&taps, part), floor: Some(quantile(&floors, part)), unit: "ms" };
    Ok(vec![case("p50", 0.5), case("p99", 0.99)])
}

/// The least that keeps a row: an encrypted file, opened as a book opens its own, and one commit a row.
fn bare(folder: &Path) -> Result<Connection> {
    let conn = Connection::open(folder.join("bare.db"))?;
    conn.pragma_update(None, "key", format!("x'{}'", "ab".repeat(32)))?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         CREATE TABLE tap (no INTEGER NOT NULL PRIMARY KEY, words TEXT NOT NULL) STRICT;",
    )?;
    Ok(conn)
}
