//! What is typed is found in five thousand documents, beside SQLite's own full-text search of the same words, unencrypted:
//! it folds all marks but that of `đ`, which is folded for it here, so that both find the same.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result, anyhow, ensure};
use app::App;
use rusqlite::Connection;
use serde_json::{Value as Json, json};
use server::Outside;
use store::{Book, FileKeystore, Vault};

use crate::{
    Case,
    laws::{Law, parts},
    quantile,
    seat::{PIN, seated},
    sorted,
};

const DOCUMENTS: usize = 5000;
/// So many of a search's results are shown.
const SHOWN: usize = 50;
const TURNS: usize = 5;

pub fn run() -> Result<Vec<Case>> {
    let folder = tempfile::tempdir()?;
    let app = seated(folder.path(), "commune")?;
    let laws = parts(DOCUMENTS)?;
    fill(&app, &laws)?;
    let bare = bare(folder.path(), &laws)?;
    let queries: Vec<&str> = include_str!("queries.txt").lines().filter(|line| !line.starts_with('#')).collect();
    ensure!(queries.len() == 200, "200 queries, not {}", queries.len());
    let (mut times, mut floors, mut slowest) = (Vec::new(), Vec::new(), (0.0, ""));
    let mut empty = 0;
    for turn in 0..=TURNS {
        for query in &queries {
            let start = Instant::now();
            let found = app.call("documents", json!({ "state": "all", "search": query }))?;
            let took = start.elapsed().as_secs_f64() * 1000.0;
            let start = Instant::now();
            let same = ask(&bare, query)?;
            let floor = start.elapsed().as_secs_f64() * 1000.0;
            let rows = found.get("rows").and_then(Json::as_array).map_or(0, Vec::len);
            ensure!(rows == same, "`{query}` is found in {same} by the one and in {rows} by the other");
            empty += usize::from(rows == 0 && turn == 0);
            // The first round fills the caches.
            if turn > 0 {
                times.push(took);
                floors.push(floor);
                if took > slowest.0 {
                    slowest = (took, query);
                }
            }
        }
    }
    // The worst that can be asked: whatever holds the words is looked at, and nothing of it is of that year.
    let mut filtered = Vec::new();
    for query in &queries {
        let start = Instant::now();
        app.call("documents", json!({ "state": "all", "search": query, "year": "1999" }))?;
        filtered.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let filtered = sorted(filtered);
    eprintln!("{empty} of the queries find nothing; the slowest was `{}`", slowest.1);
    let (times, floors) = (sorted(times), sorted(floors));
    let case =
        |name, part| Case { name, value: quantile(&times, part), floor: Some(quantile(&floors, part)), unit: "ms" };
    let words: usize = laws.iter().map(|law| law.title.len() + law.text.iter().map(String::len).sum::<usize>()).sum();
    drop(app);
    let index = index_bytes(folder.path())?;
    Ok(vec![
        case("p50", 0.5),
        case("p99_ms", 0.99),
        Case { name: "filtered_p99_ms", value: quantile(&filtered, 0.99), floor: None, unit: "ms" },
        Case { name: "index_ratio", value: index / words as f64, floor: None, unit: "of the text" },
        Case { name: "text_mb", value: words as f64 / 1e6, floor: None, unit: "MB" },
    ])
}

fn fill(app: &App, laws: &[Law]) -> Result<()> {
    let publishing = app.call("publishing", json!({}))?;
    let unit = publishing.pointer("/audiences/0/unit").context("nobody to publish for")?;
    for law in laws {
        app.call("publish_document", law.publish(unit))?;
    }
    Ok(())
}

/// SQLite's own search of the same words.
fn bare(folder: &Path, laws: &[Law]) -> Result<Connection> {
    let mut conn = Connection::open(folder.join("bare.db"))?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA cache_size = -32000;
         CREATE VIRTUAL TABLE bare USING fts5 (number, title, words, tokenize = 'unicode61 remove_diacritics 2');",
    )?;
    let plain = |words: &str| words.replace('đ', "d").replace(['Đ', 'Ð'], "D");
    let tx = conn.transaction()?;
    for law in laws {
        tx.prepare_cached("INSERT INTO bare (number, title, words) VALUES (?1, ?2, ?3)")?.execute([
            format!("Luật số {}", plain(&law.number)),
            plain(&law.title),
            format!("Quốc hội\n{}", plain(&law.text.join("\n"))),
        ])?;
    }
    tx.commit()?;
    Ok(conn)
}

/// The best of what it finds, each with a passage.
fn ask(bare: &Connection, query: &str) -> Result<usize> {
    let words: Vec<String> = query.split_whitespace().map(|word| format!("\"{word}\"")).collect();
    let sql = "SELECT rowid, snippet(bare, 2, '[', ']', '…', 24) FROM bare WHERE bare MATCH ?1 ORDER BY rank LIMIT ?2";
    let mut statement = bare.prepare_cached(sql)?;
    let rows = statement
        .query_map((format!("{}*", words.join(" AND ")), SHOWN as i64), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found: Vec<(i64, String)> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(found.len())
}

/// Bytes of the index in the book.
fn index_bytes(folder: &Path) -> Result<f64> {
    let home = folder.join("book");
    let vault = Vault::new(&home, Box::new(FileKeystore::new(&home)));
    let keys = vault.open(PIN, Outside::real().now() / 1000).map_err(|why| anyhow!("{why:?}"))?;
    let conn = Book::open(&home, &keys, domain::TABLES)?.close();
    let sql = "SELECT (SELECT sum(length(block)) FROM word_data) + (SELECT sum(length(term)) FROM word_idx)
                    + (SELECT sum(length(sz)) FROM word_docsize)";
    Ok(conn.query_row(sql, [], |row| row.get::<_, i64>(0))? as f64)
}
