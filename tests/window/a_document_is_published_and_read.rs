//! The commune's office hands a file over on its desktop and publishes it; a member reads and confirms it on a phone without a
//! network; the secretary is told who did.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    device::{DESKTOP, Device, PHONE},
    province::Province,
};

// Planted: the door for files left out of what the page may ask → caught.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_published_and_read() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut province = Province::open(folder.path()).await?;

    let office = Device::start(&folder.path().join("office"), DESKTOP).await?;
    office.enter(&province, "commune").await?;
    office.confirm(&province).await?;
    let hand = "const [bytes, done] = arguments;
         const headers = { name: encodeURIComponent('Nghị quyết.docx') };
         window.__TAURI_INTERNALS__.invoke('hand', new Uint8Array(bytes), { headers }).then(done, (no) => done({ no }))";
    let handed = office.page.execute_async(hand, vec![json!(tests::word(1000))]).await?;
    ensure!(handed.is_string(), "the file was not taken: {handed}");
    let opened = office.call("open_paper", json!({ "path": handed })).await?;
    ensure!(opened["name"] == "Nghị quyết.docx", "its name came too: {}", opened["name"]);
    let unit = office.call("publishing", json!({})).await?["audiences"][0]["unit"].clone();
    let facts = json!({
        "form": "Nghị quyết", "number": "12-NQ/ĐU", "issued_on": "", "issuer": "Đảng ủy xã", "title": "Công tác năm 2027"
    });
    let ask = json!({
        "units": [unit], "facts": facts, "blocks": opened["paper"]["blocks"], "original": handed, "must_confirm": true,
        "shown_from": "2026-11-01"
    });
    let id = office.call("publish_document", ask).await?[0]["id"].clone();
    office.call("sync", json!({})).await?;

    let member = Device::start(&folder.path().join("member"), PHONE).await?;
    member.join(&province, "member").await?;
    province.out_of_reach().await;
    member.tap("link", "Nghị quyết 12-NQ/ĐU…").await?;
    member.read("Chi bộ họp đủ.").await?;
    member.tap("button", "Xác nhận đã đọc").await?;
    member.read("Đồng chí đã xác nhận đã đọc …").await?;
    member.shot("confirmed").await?;
    province.within_reach().await?;
    member.call("sync", json!({})).await?;

    let secretary = Device::start(&folder.path().join("secretary"), PHONE).await?;
    secretary.join(&province, "secretary").await?;
    let readers = secretary.call("readers", json!({ "id": id })).await?.to_string();
    ensure!(readers.contains("\"confirmed_at\":\"20"), "who confirmed it is told: {readers}");
    Ok(())
}
