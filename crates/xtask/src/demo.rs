//! The demonstration: a made-up province on this machine, and the secretary's book in a window.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value as Json, json};

use crate::run::{cargo, must, program, root, say, target};

/// The PIN of the made-up secretary.
const PIN: &str = "25801379";

/// Plays it in a window of its own where there is no display, and for the person at the display otherwise.
pub fn run() -> Result<()> {
    say("→ building the programs; the first time takes some minutes");
    must(cargo(&["build", "--quiet", "-p", "app", "-p", "server", "-p", "sotay"]), "the build")?;
    let there = |name| std::env::var_os(name).is_some_and(|display| !display.is_empty());
    if !there("DISPLAY") && !there("WAYLAND_DISPLAY") {
        return play();
    }
    let folder = root().join("target/demo");
    let (_server, address) = province(&folder)?;
    let book = folder.join("book");
    if !book.join("book.db").exists() {
        join(&folder, &book, &address)?;
    }
    say(&format!("\nThe book of the secretary of chi bộ thôn Đông opens now. Its PIN is {PIN}."));
    say("Everything in it is made up. Close the window to end the demonstration; the next one goes on from here.");
    let mut window = program(&built("sotay"), &[]);
    window.env("SOTAY_HOME", &book).env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    must(window, "the window")
}

/// Without a display the main job plays itself under Xvfb, and leaves pictures.
fn play() -> Result<()> {
    say("→ there is no display: the main job plays itself in a window of its own\n");
    let shots = root().join("target/demo");
    fs::create_dir_all(&shots)?;
    let mut play = cargo(&["test", "--quiet", "-p", "tests", "--test", "window", "play", "--"]);
    play.args(["--ignored", "--nocapture", "--test-threads=1"]).env("SOTAY_SHOTS", &shots);
    must(play, "the demonstration")?;
    say("\nThe pictures are in target/demo, 390x844 and 1280x800.");
    Ok(())
}

/// Stops what it holds when the demonstration ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The made-up province, served; made where there is none yet.
fn province(folder: &Path) -> Result<(Server, String)> {
    let data = folder.join("province");
    if !folder.join("province.json").exists() {
        say("→ making a province up: 150 people, six cells, two years of meetings");
        fs::create_dir_all(folder)?;
        let made = said(program(&built("province"), &["demo", "--json", "--data"]).arg(&data))?;
        fs::write(folder.join("province.json"), made)?;
    }
    // A book keeps the address it joined at, so the next demonstration listens there again.
    let kept = folder.join("address");
    let before = fs::read_to_string(&kept).ok().filter(|at| TcpListener::bind(at).is_ok());
    let listen = before.unwrap_or_else(|| "127.0.0.1:0".into());
    let mut server = program(&built("province"), &["serve", "--listen", &listen, "--data"]);
    let mut child = server.arg(&data).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("the server")?;
    let out = child.stdout.take().context("the server says nothing")?;
    let server = Server(child);
    let line = BufReader::new(out).lines().next().context("the server did not start")??;
    let address = line.strip_prefix("listening on ").context("the server does not say where it listens")?;
    say(&format!("→ the province's server listens on {address}"));
    fs::write(kept, address.trim_start_matches("http://"))?;
    Ok((server, address.to_owned()))
}

/// Opens the secretary's book with the code that the province gave.
fn join(folder: &Path, book: &Path, address: &str) -> Result<()> {
    let made: Json = serde_json::from_str(&fs::read_to_string(folder.join("province.json"))?)?;
    let codes = made.get("codes").and_then(Json::as_array).context("no codes")?;
    let secretary = codes.iter().find(|code| code.get("role").is_some_and(|role| role == "secretary"));
    let code = secretary.and_then(|issued| issued.get("code")).context("no code for the secretary")?;
    say("→ the secretary uses her code, chooses a PIN, and her book is filled");
    let call = |action: &str, ask: Json| -> Result<Json> {
        let mut call = program(&built("book"), &["--home"]);
        call.arg(book).args(["call", action, &ask.to_string()]).env("BOOK_PIN", PIN);
        Ok(serde_json::from_str(&said(&mut call)?)?)
    };
    call("join", json!({ "code": code, "server": address, "pin": PIN }))?;
    let state = call("sync", json!({}))?;
    say("→ she reads six digits from it, and the province's office confirms that it is hers");
    let this = |one: &&Json| one.get("this_one").is_some_and(|this| this == true);
    let device = state.get("devices").and_then(Json::as_array).and_then(|all| all.iter().find(this));
    let device = device.and_then(|one| one.get("id")?.as_str()).context("the book is not in the register")?;
    let home = call("home", json!({}))?;
    let digits = home.get("digits").and_then(Json::as_str).context("the book shows no digits")?;
    let mut confirm = program(&built("province"), &["admin", "--data"]);
    confirm.arg(folder.join("province")).args(["device", "confirm", "--device", device, "--digits", digits]);
    said(&mut confirm)?;
    call("sync", json!({}))?;
    finish(&call)
}

/// Finishes what the last regular meetings left, by the app's own hand: no server can write what the app signs. What both
/// acknowledge here, they acknowledge on one device, and the app says so beside their names.
fn finish(call: &dyn Fn(&str, Json) -> Result<Json>) -> Result<()> {
    say("→ she and her deputy acknowledge the minutes of the last regular meetings, and what was decided is sealed");
    let home = call("home", json!({}))?;
    let is = |json: &Json, field: &str, word: &str| json.get(field).is_some_and(|value| value == word);
    for held in home.get("recent").and_then(Json::as_array).into_iter().flatten() {
        let meeting = held.get("id").context("a meeting")?;
        let asks = json!({ "meeting": meeting });
        let page = call("minutes", asks.clone())?;
        let gaps = page.get("gaps").and_then(Json::as_array).is_none_or(|gaps| !gaps.is_empty());
        if gaps || !is(held, "kind", "regular") || !is(&page, "state", "draft") {
            continue;
        }
        for signs in ["chair", "taker"] {
            let hash = call("minutes", asks.clone())?.get("hash").cloned();
            call("acknowledge_minutes", json!({ "meeting": meeting, "hash": hash, "signs": signs, "pin": PIN }))?;
        }
    }
    let all = call("resolutions", json!({}))?;
    for line in all.get("rows").and_then(Json::as_array).into_iter().flatten() {
        if is(line, "outcome", "adopted") {
            call("seal_resolution", json!({ "id": line.get("id") }))?;
        }
    }
    call("sync", json!({}))?;
    Ok(())
}

fn said(command: &mut Command) -> Result<String> {
    let answer = command.output()?;
    ensure!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr).trim());
    Ok(String::from_utf8(answer.stdout)?)
}

/// A program as cargo built it.
fn built(name: &str) -> String {
    target().join("debug").join(name).to_string_lossy().into_owned()
}
