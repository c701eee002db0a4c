//! How a page looks to those who see little, tap with a thumb, or hear it read.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::device::{Device, PHONE};

const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");

impl Device {
    /// What axe finds against WCAG 2.0 to 2.2, A and AA, and best practice.
    pub async fn axe(&self) -> Result<Vec<String>> {
        if self.page.execute("return !window.axe", vec![]).await? == json!(true) {
            self.page.execute(&std::fs::read_to_string(AXE)?, vec![]).await?;
        }
        let found = self.page.execute_async(include_str!("axe.js"), vec![]).await?;
        Ok(serde_json::from_value(found)?)
    }

    /// What is smaller than `least` pixels and yet wants to be tapped.
    pub async fn targets_under(&self, least: u32) -> Result<Vec<String>> {
        let found = self.page.execute(include_str!("targets.js"), vec![json!(least)]).await?;
        Ok(serde_json::from_value(found)?)
    }

    /// What stands out over the right edge, if the page can be pushed sideways.
    pub async fn sideways_scroll(&self) -> Result<Vec<String>> {
        let found = self.page.execute(include_str!("sideways.js"), vec![]).await?;
        Ok(serde_json::from_value(found)?)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_measures_see_what_is_wrong() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let device = Device::start(&folder.path().join("home"), PHONE).await?;
    let spoil = "document.querySelector('#app').insertAdjacentHTML('beforeend', '<img src=\"x\"><button>ok</button><p>wide</p>');
         const [button, wide] = ['#app > button', '#app > p:last-child'].map((css) => document.querySelector(css));
         Object.assign(button.style, { width: '20px', height: '20px', padding: 0 });
         Object.assign(wide.style, { width: '500px', color: '#eee', background: '#fff' })";
    device.page.execute(spoil, vec![]).await?;
    let axe = device.axe().await?.join("\n");
    ensure!(
        axe.contains("image-alt") && axe.contains("color-contrast"),
        "a picture without words, pale letters: {axe}"
    );
    ensure!(device.targets_under(48).await?.len() == 1, "a button of 20 pixels");
    ensure!(device.sideways_scroll().await?.len() == 1, "a line wider than the window");
    Ok(())
}
