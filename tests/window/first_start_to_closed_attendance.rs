//! The secretary calls the roll on her phone, and her deputy sees it closed on his desktop.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::device::{DESKTOP, Device, PHONE};
use crate::province::Province;

/// Those whom nobody has marked yet, as places in the list.
const UNMARKED: &str =
    "return [...document.querySelectorAll('.list li')].flatMap((li, at) => (li.matches('.done') ? [] : [at + 1]))";

#[tokio::test(flavor = "multi_thread")]
async fn first_start_to_closed_attendance() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let province = Province::open(folder.path()).await?;

    let secretary = Device::start(&folder.path().join("secretary"), PHONE).await?;
    secretary.join(&province, "secretary").await?;
    secretary.tap("link", "Mở phiên họp").await?;
    secretary.see(".tiles").await?;

    let unmarked: Vec<usize> = serde_json::from_value(secretary.page.execute(UNMARKED, vec![]).await?)?;
    ensure!(unmarked.len() > 10, "a cell's roll, not {unmarked:?}");
    let mut taps = 0;
    for at in [unmarked[3], unmarked[8]] {
        secretary.tap_at(&format!(".list li:nth-child({at}) .mark.absent")).await?;
        taps += 1;
    }
    secretary.tap("button", "… người còn lại có mặt").await?;
    secretary.tap("button", "Chốt điểm danh").await?;
    taps += 2;
    let closed = secretary.read("Đã chốt lúc …").await?;
    ensure!(taps <= 4, "a roll with two exceptions took {taps} taps");
    ensure!(secretary.texts(".tile.absent b").await? == ["2"], "the two who are not there");
    secretary.shot("closed").await?;
    ensure!(secretary.page.execute(UNMARKED, vec![]).await? == json!([]), "nobody is left out");

    secretary.call("sync", json!({})).await?;
    let sent = secretary.until("sync_state", json!({}), |state| state["waiting"] == 0).await;
    sent.context("what was written did not reach the province")?;

    let deputy = Device::start(&folder.path().join("deputy"), DESKTOP).await?;
    deputy.join(&province, "deputy").await?;
    deputy.tap("link", "Tiếp tục").await?;
    deputy.tap("link", "Điểm danh…").await?;
    deputy.tap("link", "Xem điểm danh").await?;
    let seen = deputy.read("Đã chốt lúc …").await?;
    ensure!(seen == closed, "the same roll, closed at the same time: {seen}, {closed}");
    ensure!(deputy.texts(".tile.absent b").await? == ["2"], "the two who are not there");
    deputy.shot("closed").await
}
