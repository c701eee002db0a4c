//! What the page cannot do, even if somebody got a script into it: leave, load, call more than the three commands.

use anyhow::{Result, ensure};
use serde_json::{Value as Json, json};

use crate::device::{Device, PHONE};

/// Each of these must fail, or come to nothing.
const TRIES: &[(&str, &str)] = &[
    ("text run as a script", "return new Function('return 1')()"),
    (
        "an inline script",
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); return window.ran",
    ),
    ("a request to another machine", "return fetch('http://127.0.0.1:9/').then(() => 1)"),
    ("a file of the machine", "return fetch('file:///etc/passwd').then(() => 1)"),
    ("the asset protocol", "return fetch('asset://localhost/etc/passwd').then(() => 1)"),
    ("a second window", "return window.open('https://example.vn/') && 1"),
    (
        "a frame",
        "const f = document.createElement('iframe'); f.src = '/'; document.body.append(f); return new Promise((done) => { f.onload = () => done(f.contentDocument?.querySelector('#app') && 1); setTimeout(done, 500) })",
    ),
    ("Tauri handed to everybody", "return window.__TAURI__ && 1"),
    ("a changed prototype", "Object.prototype.stolen = 1; return ({}).stolen"),
    ("a command of the shell's own", "return window.__TAURI_INTERNALS__.invoke('plugin:app|version').then(() => 1)"),
    (
        "an event of its own",
        "return window.__TAURI_INTERNALS__.invoke('plugin:event|emit', { event: 'changed', payload: [] }).then(() => 1)",
    ),
    (
        "a second webview",
        "return window.__TAURI_INTERNALS__.invoke('plugin:webview|create_webview_window', { options: { label: 'x', url: '/' } }).then(() => 1)",
    ),
    (
        "a file handed to a book that is shut",
        "return window.__TAURI_INTERNALS__.invoke('hand', new Uint8Array(9), { headers: { name: 'a' } }).then(() => 1)",
    ),
    (
        "a page of a file of the machine",
        "return window.__TAURI_INTERNALS__.invoke('picture', { of: '/usr/share/sotay.pdf', page: 1, width: 400 }).then(() => 1)",
    ),
    (
        "a name that is no action",
        "return window.__TAURI_INTERNALS__.invoke('call', { name: 'no such', ask: {} }).then(() => 1)",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_window_is_shut() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let device = Device::start(&folder.path().join("home"), PHONE).await?;
    for (what, script) in TRIES {
        // Written into the page as a function: the driver's own way in is not under the page's policy.
        let whole = format!(
            "const done = arguments[0]; (async () => {{ {script} }})().then((got) => done(got ?? null), () => done(null))"
        );
        let got = device.page.execute_async(&whole, vec![]).await?;
        ensure!(got == Json::Null, "{what} succeeded: {got}");
    }
    let here = device.page.current_url().await?;
    device.page.execute("location.href = 'https://example.vn/'; const a = document.createElement('a'); a.href = 'https://example.vn/'; document.body.append(a); a.click()", vec![]).await?;
    device.call("status", json!({})).await?; // the page still answers, and is still ours
    ensure!(device.page.current_url().await? == here, "the window was led away");

    let stray = std::fs::read_dir(folder.path())?.count();
    ensure!(stray == 1, "the app wrote outside its home");
    Ok(())
}
