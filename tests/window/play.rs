//! The demonstration that plays itself: the main job on a phone and a desktop, told as it goes, with pictures.

use anyhow::Result;
use serde_json::json;

use crate::device::{DESKTOP, Device, PHONE};
use crate::province::Province;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the demonstration: cargo xtask demo"]
async fn play() -> Result<()> {
    let folder = tempfile::tempdir()?;
    println!("A province is made up and served on this machine: 150 people, six cells, two years of meetings.");
    let mut province = Province::at_work(folder.path()).await?;

    println!("The secretary of chi bộ thôn Đông opens the app on her phone, types her code and chooses a PIN.");
    println!("She reads the six digits that it shows to the province's office, which confirms that the phone is hers.");
    let phone = Device::start(&folder.path().join("phone"), PHONE).await?;
    phone.join(&province, "secretary").await?;
    phone.picture("home-390x844").await?;

    province.out_of_reach().await;
    println!(
        "There is no network in the hamlet. She opens the meeting. Two comrades are not there; everybody else is."
    );
    println!("Four taps, each on the disk at once.");
    phone.tap("link", "Mở phiên họp").await?;
    phone.see(".tiles").await?;
    for at in [4, 9] {
        phone.tap_at(&format!(".list li:nth-child({at}) .mark.absent")).await?;
    }
    phone.picture("attendance-390x844").await?;
    phone.tap("button", "… người còn lại có mặt").await?;
    phone.tap("button", "Chốt điểm danh").await?;
    println!("The roll is closed: {}.", phone.read("Đã chốt lúc …").await?);
    phone.picture("closed-390x844").await?;

    println!("There is a network again: what was saved on the phone is sent.");
    province.within_reach().await?;
    phone.call("sync", json!({})).await?;
    phone.until("sync_state", json!({}), |state| state["waiting"] == 0).await?;

    println!("Her deputy opens his book on the desktop of the commune hall, and the roll is there.");
    let desk = Device::start(&folder.path().join("desktop"), DESKTOP).await?;
    desk.join(&province, "deputy").await?;
    desk.picture("home-1280x800").await?;
    desk.tap("link", "Tiếp tục").await?;
    desk.tap("link", "Điểm danh…").await?;
    desk.tap("link", "Xem điểm danh").await?;
    desk.read("Đã chốt lúc …").await?;
    desk.picture("attendance-1280x800").await?;

    println!("A member, Lê Văn An, sees it too, and may change nothing.");
    let member = Device::start(&folder.path().join("member"), PHONE).await?;
    member.join(&province, "member").await?;
    member.picture("member-390x844").await
}
