//! What was made to do harm and can be read is published and opened in a real window: no script in it runs, and nobody is
//! asked for anything.

use anyhow::{Result, ensure};
use serde_json::{Value as Json, json};
use tests::hostile::{End, door, hostile, silent};

use crate::{
    device::{DESKTOP, Device},
    province::Province,
};

/// Of a file that is carried into the page number by number, at most.
const CARRIED: usize = 300_000;

// Planted: a text put into the page as markup, without the policy that forbids scripts → caught; either alone holds.
#[tokio::test(flavor = "multi_thread")]
async fn hostile_files_stay_quiet() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let province = Province::open(folder.path()).await?;
    let (door, address) = door();

    let office = Device::start(&folder.path().join("office"), DESKTOP).await?;
    office.enter(&province, "commune").await?;
    office.confirm(&province).await?;
    let unit = office.call("publishing", json!({})).await?["audiences"][0]["unit"].clone();
    let hand = "const [name, bytes, done] = arguments;
         const headers = { name: encodeURIComponent(name) };
         window.__TAURI_INTERNALS__.invoke('hand', new Uint8Array(bytes), { headers }).then(done, (no) => done({ no }))";
    let mut opened = 0;
    for file in hostile(address) {
        if file.end != End::Read || file.bytes.len() > CARRIED {
            continue;
        }
        let handed = office.page.execute_async(hand, vec![json!(file.name), json!(file.bytes)]).await?;
        ensure!(handed.is_string(), "{} was not taken: {handed}", file.what);
        let read = office.call("open_paper", json!({ "path": handed })).await?;
        let said = &read["paper"]["facts"];
        let or = |name: &str, otherwise: &str| said[name].as_str().unwrap_or(otherwise).to_owned();
        let facts = json!({
            "form": or("form", "Tài liệu"), "number": or("number", ""), "issued_on": or("issued_on", ""),
            "issuer": or("issuer", "Đảng ủy xã"), "title": or("title", file.what)
        });
        let ask = json!({
            "units": [unit], "facts": facts, "blocks": read["paper"]["blocks"], "original": handed, "unmarked": true,
            "must_confirm": false, "shown_from": "2026-11-01"
        });
        let id = office.call("publish_document", ask).await?[0]["id"].clone();
        let text = format!("/tai-lieu/doc/{}", id.as_str().unwrap_or_default());
        office.go(&text).await?;
        office.go(&format!("{text}/ban-goc")).await?;
        let hacked =
            office.page.execute("return [String(window.hacked), document.title, location.href]", vec![]).await?;
        ensure!(hacked[0] == "undefined", "{}: {hacked}", file.what);
        opened += 1;
    }
    ensure!(opened >= 15, "{opened} were opened");
    // The list shows all their names and titles at once.
    office.go("/tai-lieu").await?;
    let hacked: Json = office.page.execute("return String(window.hacked)", vec![]).await?;
    ensure!(hacked == "undefined", "the list: {hacked}");
    office.shot("hostile").await?;
    ensure!(silent(&door), "nobody was asked for anything");
    Ok(())
}
