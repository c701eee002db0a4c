//! Every screen, in every look, at usual and at largest letters, in the real window of a small phone.

use anyhow::{Context, Result};
use serde_json::{Value as Json, json};

use crate::device::Device;
use crate::province::Province;

/// The narrowest phone there is; tall, since what lies half under a sticky bar would count as too small.
const SIZE: (u32, u32) = (320, 9600);
const THUMB: u32 = 48;

/// What was found, screen by screen.
#[derive(Default)]
struct Findings {
    looked: usize,
    faults: Vec<String>,
}

impl Findings {
    async fn look(&mut self, device: &Device, name: &str) -> Result<()> {
        let ready = "document.fonts.ready.then(() => requestAnimationFrame(() => arguments[0]()))";
        device.page.execute_async(ready, vec![]).await?;
        let mut found = device.axe().await?;
        found.extend(device.targets_under(THUMB).await?);
        found.extend(device.sideways_scroll().await?);
        self.faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
        self.looked += 1;
        device.shot(name).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_is_readable() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let province = Province::at_work(folder.path()).await?;
    let device = Device::start(&folder.path().join("home"), SIZE).await?;
    let mut found = Findings::default();

    in_every_dress(&device, &mut found, &[("join", None, "#code")]).await?;
    device.dress("light", 200).await?;
    device.tap("button", "Tiếp tục").await?;
    device.see(".summary").await?;
    found.look(&device, "join-error").await?;
    device.dress("light", 100).await?;
    device.type_code(&province, "secretary").await?;
    found.look(&device, "join-who").await?;
    device.tap("button", "Đúng, đặt mã PIN").await?;
    device.see(".pad").await?;
    found.look(&device, "join-pin").await?;
    device.tap_pin().await?;
    device.read("Nhập lại mã PIN").await?;
    device.tap_pin().await?;
    device.read("Tải sổ tay lần đầu").await?;
    found.look(&device, "join-first").await?;
    device.tap("button", "Tải ngay").await?;
    device.tap("button", "Bắt đầu").await?;
    device.see(".next").await?;
    found.look(&device, "home-unconfirmed").await?;
    device.confirm(&province).await?;

    let places = places(&device).await?;
    let places: Vec<_> = places.iter().map(|(name, route, css)| (*name, Some(route.as_str()), *css)).collect();
    in_every_dress(&device, &mut found, &places).await?;

    device.call("lock", json!({})).await?;
    device.see(".pad").await.context("the page was not told that the book is shut")?;
    in_every_dress(&device, &mut found, &[("lock", None, ".pad")]).await?;

    let (looked, faults) = (found.looked, found.faults.join("\n"));
    assert!(faults.is_empty(), "{looked} screens looked at:\n{faults}");
    Ok(())
}

/// Opens each place in each look and at both sizes of letters.
async fn in_every_dress(device: &Device, found: &mut Findings, places: &[(&str, Option<&str>, &str)]) -> Result<()> {
    for look in ["light", "dark", "sun"] {
        for scale in [100, 200] {
            device.dress(look, scale).await?;
            for (name, route, css) in places {
                if let Some(route) = route {
                    device.go(route).await?;
                }
                device.see(css).await?;
                found.look(device, &format!("{name}.{look}.{scale}")).await?;
            }
        }
    }
    Ok(())
}

/// Name, address, and what is there when it is whole.
async fn places(device: &Device) -> Result<Vec<(&'static str, String, &'static str)>> {
    let home = device.call("home", json!({})).await?;
    let id = |value: &Json| value.as_str().map(str::to_owned).context("an id");
    let next = id(&home["next"]["id"])?;
    let last = id(&home["recent"][0]["id"])?;
    let roster = device.call("roster", json!({ "search": "" })).await?;
    let member = id(&roster["rows"][0]["member"])?;
    let unit = device.call("publishing", json!({})).await?["audiences"][0]["unit"].clone();
    let facts =
        json!({ "form": "Kết luận", "number": "", "issued_on": "", "issuer": "Chi bộ", "title": "Về trồng rừng" });
    let said = json!([{ "kind": "heading", "level": 1, "text": "I. Việc" }, { "kind": "item", "mark": "a)", "text": "Trồng cây." }]);
    let ask = json!({
        "units": [unit], "facts": facts, "blocks": said, "original": null, "must_confirm": true, "shown_from": "2026-01-01"
    });
    let document = id(&device.call("publish_document", ask).await?[0]["id"])?;
    Ok(vec![
        ("home", "/".into(), ".next"),
        ("year", "/sinh-hoat".into(), "table"),
        ("plan", "/sinh-hoat/moi".into(), "form"),
        ("meeting-next", format!("/sinh-hoat/{next}"), "dl"),
        ("meeting-held", format!("/sinh-hoat/{last}"), "dl"),
        ("roll", format!("/sinh-hoat/{next}/diem-danh"), ".tiles"),
        ("roll-held", format!("/sinh-hoat/{last}/diem-danh"), ".tiles"),
        ("roster", "/dang-vien".into(), "section"),
        ("add", "/dang-vien/them".into(), "form"),
        ("member", format!("/dang-vien/{member}"), "dl"),
        ("me", "/toi".into(), "dl"),
        ("sync", "/dong-bo".into(), "ol"),
        ("settings", "/cai-dat".into(), "fieldset"),
        ("documents", "/tai-lieu".into(), "h1"),
        ("reader", format!("/tai-lieu/doc/{document}"), "article .block"),
        ("readers", format!("/tai-lieu/doc/{document}/nguoi-doc"), "li"),
        ("publish", "/tai-lieu/ban-hanh".into(), "h1"),
        ("secrecy", "/tai-lieu/dau-mat".into(), ".empty"),
        ("tasks", "/viec".into(), "h1"),
        ("lost", "/khong-co".into(), "h1"),
    ])
}
