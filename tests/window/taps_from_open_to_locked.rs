//! A whole meeting on a phone, from opening it to locked minutes: four items, two tasks, two acknowledgements. Every tap is
//! counted, also those that only put the cursor into a box; what is typed is not, nor are the digits of a PIN.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::device::{Device, PHONE};
use crate::province::Province;

/// The most that a meeting may take.
const MOST: usize = 24;
const ITEMS: [&str; 4] = ["Đánh giá tháng trước", "Nhiệm vụ tháng tới", "Học tập chuyên đề", "Ý kiến khác"];

/// A hand that counts.
struct Hand<'a> {
    phone: &'a Device,
    taps: usize,
}

impl Hand<'_> {
    async fn tap(&mut self, role: &str, name: &str) -> Result<()> {
        self.taps += 1;
        self.phone.tap(role, name).await
    }

    async fn tap_at(&mut self, css: &str) -> Result<()> {
        self.taps += 1;
        self.phone.tap_at(css).await
    }

    /// Taps into the box of that place on the page, and types.
    async fn write(&mut self, place: usize, words: &str) -> Result<()> {
        let css = format!("main ol li:nth-child({place}) textarea");
        self.tap_at(&css).await?;
        self.phone.write(&css, words).await
    }

    /// Types into the box that the cursor is in already.
    async fn go_on_typing(&self, css: &str, words: &str) -> Result<()> {
        self.phone.see(&format!("{css}:focus")).await?;
        self.phone.write(css, words).await
    }
}

// Planted: the cursor in no box of an opened form → caught.
#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_of_four_items_and_two_tasks_takes_24_taps() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut province = Province::open(folder.path()).await?;
    let phone = Device::start(&folder.path().join("secretary"), PHONE).await?;
    phone.join(&province, "secretary").await?;
    // The agenda was written days before.
    let meeting = phone.call("home", json!({})).await?["next"]["id"].clone();
    let day = phone.call("meeting_day", json!({ "meeting": meeting })).await?;
    for item in day["items"].as_array().context("an agenda")? {
        phone.call("remove_item", json!({ "item": item["id"] })).await?;
    }
    for title in ITEMS {
        phone.call("save_item", json!({ "meeting": meeting, "title": title })).await?;
    }
    province.out_of_reach().await;

    let mut hand = Hand { phone: &phone, taps: 0 };
    hand.tap("link", "Mở phiên họp").await?;
    hand.tap("button", "… người còn lại có mặt").await?;
    hand.tap("button", "Chốt điểm danh").await?;
    hand.tap("link", "Về buổi họp").await?;
    for place in 1..=ITEMS.len() {
        hand.write(place, "Đ/c Bình: nhất trí.").await?;
    }
    hand.tap("link", "Sang Kết luận").await?;
    for (place, title) in (1..).zip(ITEMS) {
        hand.write(place, "Chi bộ thống nhất.").await?;
        if place <= 2 {
            hand.tap("button", &format!("Giao việc từ: {title}")).await?;
            hand.go_on_typing("#f-what", "Vận động góp công").await?;
            // A list opens by one tap, and a name in it is another.
            hand.taps += 2;
            phone.see("#f-assignee").await?.select_by_index(1).await?;
            hand.tap_at("form .strong").await?;
            phone.see(&format!("main ol > li:nth-child({place}) table")).await?;
        }
    }
    // The clock of this machine may stand in another zone than the book's.
    phone.see("#f-at").await?.clear().await?;
    phone.write("#f-at", "23:59").await?;
    hand.tap("button", "Kết thúc buổi họp").await?;
    for signs in ["Xác nhận là …", "Đ/c … xác nhận trên máy này"] {
        hand.tap("button", signs).await?;
        phone.tap_pin().await?;
        phone.until("minutes", json!({ "meeting": meeting }), |page| page["state"] != "draft").await?;
        phone
            .find("the dialog gone", "return document.querySelector('dialog[open]') ? null : document.body", vec![])
            .await?;
    }
    let page = phone.until("minutes", json!({ "meeting": meeting }), |page| page["state"] == "locked").await?;
    let said = page["lines"].to_string();
    for words in ["nhất trí", "Chi bộ thống nhất", "Vận động góp công"].iter().chain(&ITEMS) {
        ensure!(said.contains(words), "{words} in {said}");
    }
    println!("{} taps from opening the meeting to locked minutes", hand.taps);
    phone.shot("locked").await?;
    ensure!(hand.taps <= MOST, "{} taps, and {MOST} are enough", hand.taps);
    Ok(())
}
