//! The first start, as everybody goes through it: the code typed, the PIN twice, the first sync.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::device::Device;
use crate::province::Province;

const PIN: &str = "25801379";

impl Device {
    pub async fn type_code(&self, province: &Province, role: &str) -> Result<()> {
        self.see("#code").await?;
        // The window has no camera on Linux, so none is offered. Planted: WebKitGTK's own camera left to the page → caught.
        let buttons = "return [...document.querySelectorAll('main button')].map((button) => button.innerText)";
        let buttons = self.page.execute(buttons, vec![]).await?;
        ensure!(
            buttons == json!(["Tiếp tục", "Không có mạng: vào sổ bằng tệp"]),
            "a camera is offered where there is none: {buttons}"
        );
        self.write("#code", province.code(role)?).await?;
        self.write("#server", &province.address).await?;
        self.tap("button", "Tiếp tục").await?;
        self.see("dl .name").await?;
        Ok(())
    }

    /// Taps as many of `PIN`'s digits as this person's PIN has.
    pub async fn tap_pin(&self) -> Result<()> {
        let status = self.see(".dots").await?.find_all(fantoccini::Locator::Css("i")).await?;
        for digit in PIN.chars().take(status.len()) {
            self.tap("button", &digit.to_string()).await?;
        }
        Ok(())
    }

    pub async fn join(&self, province: &Province, role: &str) -> Result<()> {
        self.enter(province, role).await?;
        self.see(".next").await?;
        self.confirm(province).await
    }

    /// The same for whoever has no meeting to come.
    pub async fn enter(&self, province: &Province, role: &str) -> Result<()> {
        self.type_code(province, role).await?;
        self.tap("button", "Đúng, đặt mã PIN").await?;
        self.tap_pin().await?;
        self.read("Nhập lại mã PIN").await?;
        self.tap_pin().await?;
        self.tap("button", "Tải ngay").await?;
        self.tap("button", "Bắt đầu").await?;
        self.see("h1").await.map(drop)
    }

    /// An officer's device waits until a second person has confirmed the six digits that it shows.
    pub async fn confirm(&self, province: &Province) -> Result<()> {
        let home = self.call("home", json!({})).await?;
        let Some(digits) = home["digits"].as_str() else { return Ok(()) };
        let state = self.call("sync_state", json!({})).await?;
        let this = state["devices"].as_array().and_then(|all| all.iter().find(|one| one["this_one"] == true));
        let device = this.and_then(|one| one["id"].as_str()).context("this device is not in the register")?;
        province.confirm(device, digits)?;
        self.call("sync", json!({})).await?;
        self.until("home", json!({}), |home| home["digits"].is_null()).await?;
        Ok(())
    }
}
