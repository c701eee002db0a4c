//! Somebody at a book that joined a made-up province and was let in.

use std::path::Path;

use anyhow::{Context, Result};
use app::App;
use serde_json::{Value as Json, json};
use server::{Config, Limit, Outside, Sqlite, day_of, demo, people, serve};

pub const PIN: &str = "24681357";

/// A book in `folder` of whoever has that role; the server is gone.
pub fn seated(folder: &Path, role: &str) -> Result<App> {
    let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let (data, home) = (folder.join("province"), folder.join("book"));
    let now = Outside::real().now();
    let made = demo(&data, 1, day_of(now).parse()?, now, "http://127.0.0.1:1")?;
    let limit = Limit { burst: 1000, per_second: 1000 };
    let listen = ([127, 0, 0, 1], 0).into();
    let kept = data.clone();
    let running = threads.block_on(serve(Config { data, listen, tls: false, limit, outside: Outside::real() }))?;
    let app = App::new(&home);
    let code = made.codes.iter().find(|issued| issued.role == role).context("nobody has that role")?;
    let server = format!("http://{}", running.addr);
    app.call("join", json!({ "code": code.code, "server": server, "pin": PIN }))?;
    app.call("sync", json!({}))?;
    confirm(&app, &kept)?;
    threads.block_on(running.shutdown());
    Ok(app)
}

/// Confirms the device as an administrator does, and takes what the office brings.
fn confirm(app: &App, data: &Path) -> Result<()> {
    let home = app.call("home", json!({}))?;
    let state = app.call("sync_state", json!({}))?;
    let this = |one: &&Json| one.get("this_one").is_some_and(|this| this == true);
    let device = state.get("devices").and_then(Json::as_array).and_then(|all| all.iter().find(this));
    let device = device.and_then(|one| one.get("id")?.as_str()).context("not in the register")?.parse()?;
    let digits = home.get("digits").and_then(Json::as_str).context("no digits")?;
    Sqlite::open(data)?.transaction(Outside::real().now(), |ledger| people::confirm(ledger, device, digits))?;
    app.call("sync", json!({}))?;
    app.call("sync", json!({}))?;
    Ok(())
}
