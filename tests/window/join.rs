//! The first start, as everybody goes through it: the code typed, the PIN twice, the first sync.

use anyhow::Result;

use crate::device::Device;
use crate::province::Province;

const PIN: &str = "25801379";

impl Device {
    pub async fn type_code(&self, province: &Province, role: &str) -> Result<()> {
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
        self.type_code(province, role).await?;
        self.tap("button", "Đúng, đặt mã PIN").await?;
        self.tap_pin().await?;
        self.read("Nhập lại mã PIN").await?;
        self.tap_pin().await?;
        self.tap("button", "Tải ngay").await?;
        self.tap("button", "Bắt đầu").await?;
        self.see(".next").await?;
        Ok(())
    }
}
