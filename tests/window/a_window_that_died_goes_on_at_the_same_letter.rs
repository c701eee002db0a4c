//! The battery dies in the middle of a sentence: after the PIN the same step is open, and every letter that the page had said
//! was saved stands in its box.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::device::{Device, PHONE};
use crate::province::Province;

/// The box of the first item, and the word below it that says the book has what stands in it.
const BOX: &str = "main ol li:nth-child(1) textarea";
const STATE: &str = "main ol li:nth-child(1) .state";
const STEP: &str = "nav a[aria-current='step']";

async fn step_of(phone: &Device) -> Result<String> {
    phone.see(STEP).await?;
    Ok(phone.texts(STEP).await?.concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_died_goes_on_at_the_same_letter() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let home = folder.path().join("secretary");
    let mut province = Province::open(folder.path()).await?;
    let phone = Device::start(&home, PHONE).await?;
    phone.join(&province, "secretary").await?;
    province.out_of_reach().await;
    let meeting = phone.call("home", json!({})).await?["next"]["id"].clone();
    let id = meeting.as_str().unwrap_or_default().to_owned();
    phone.call("save_item", json!({ "meeting": meeting, "title": "Đường thôn" })).await?;
    phone.call("mark_rest", json!({ "meeting": meeting })).await?;
    phone.call("close_attendance", json!({ "meeting": meeting })).await?;

    phone.go(&format!("/sinh-hoat/{id}")).await?;
    ensure!(step_of(&phone).await?.contains("Thảo luận"), "the step that is next opens by itself");
    phone.write(BOX, "Đ/c Bình: đường ngõ 3 còn vạch k").await?;
    let saved =
        "return [...document.querySelectorAll(arguments[0])].find((p) => p.textContent.includes('Đã lưu trên máy'))";
    phone.find("what was typed is saved", saved, vec![json!(STATE)]).await?;
    // Killed with its driver, as by a dead battery: nothing is asked of it any more.
    drop(phone);

    let phone = Device::start(&home, PHONE).await?;
    phone.tap_pin().await?;
    let step = step_of(&phone).await?;
    ensure!(step.contains("Thảo luận"), "the step that was open: {step}");
    let stands = phone.see(BOX).await?.prop("value").await?;
    ensure!(stands.as_deref() == Some("Đ/c Bình: đường ngõ 3 còn vạch k"), "every letter: {stands:?}");
    // And the next letter goes where the last one was.
    phone.write(BOX, "ẻ.").await?;
    phone.find("the end of the sentence is saved", saved, vec![json!(STATE)]).await?;
    let words = |day: &serde_json::Value| day["items"][0]["words"]["value"] == "Đ/c Bình: đường ngõ 3 còn vạch kẻ.";
    phone.until("meeting_day", json!({ "meeting": meeting }), words).await?;
    Ok(())
}
