//! One device: the app with a home of its own in a window of its own, on a screen of its own.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value as Json, json};

use crate::group::Group;
use crate::screen::Screen;

/// Longer than anything takes on a busy machine: who waits so long waits in vain.
const PATIENCE: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(40);

/// A phone as most are, and a desktop.
pub const PHONE: (u32, u32) = (390, 844);
pub const DESKTOP: (u32, u32) = (1280, 800);

pub struct Device {
    pub page: Client,
    name: String,
    // In this order: the window goes before the screen that it is on.
    _driver: Group,
    screen: Screen,
}

impl Device {
    /// Starts the app in `home` with a window of `size`, and waits until the page is there.
    pub async fn start(home: &Path, size: (u32, u32)) -> Result<Self> {
        std::fs::create_dir_all(home)?;
        let screen = Screen::open(size)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = std::fs::File::create(home.join("driver.log"))?;
        let driver = Group::start(
            Command::new("WebKitWebDriver")
                .args(["--host=127.0.0.1", &format!("--port={port}")])
                .envs([("DISPLAY", &*screen.name), ("GDK_BACKEND", "x11"), ("NO_AT_BRIDGE", "1")])
                .envs([("LIBGL_ALWAYS_SOFTWARE", "1"), ("TAURI_WEBVIEW_AUTOMATION", "true")])
                .env("SOTAY_HOME", home)
                .env("SOTAY_WINDOW", format!("{}x{}", size.0, size.1))
                .stdin(Stdio::null())
                .stdout(log.try_clone()?)
                .stderr(log),
        )?;
        patiently("the driver", async || Ok(TcpStream::connect(("127.0.0.1", port)).ok())).await?;
        let mut wish = serde_json::Map::new();
        wish.insert("browserName".into(), json!("wry"));
        wish.insert("webkitgtk:browserOptions".into(), json!({ "binary": program()?, "args": [] }));
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(wish)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .context("the app did not start under its driver")?;
        let long = TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), Some(Duration::ZERO));
        page.update_timeouts(long).await?;
        let name = home.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let device = Self { page, name, _driver: driver, screen };
        device.see("h1").await?;
        Ok(device)
    }

    /// Opens an address of the page, `/sinh-hoat`, and waits until its title has taken the old one's place.
    pub async fn go(&self, route: &str) -> Result<()> {
        let leave = "if ((location.hash || '#/') === '#' + arguments[0]) return;
             document.querySelectorAll('h1').forEach((h1) => (h1.left = true));
             location.hash = arguments[0]";
        self.page.execute(leave, vec![json!(route)]).await?;
        let arrived = "return [...document.querySelectorAll('h1')].find((h1) => !h1.left && seen(h1))";
        self.find(&format!("the page {route}"), arrived, vec![]).await?;
        Ok(())
    }

    /// Asks the app as the page does; a Trouble is an error.
    pub async fn call(&self, name: &str, ask: Json) -> Result<Json> {
        let script = "const [name, ask, done] = arguments;
             window.__TAURI_INTERNALS__.invoke('call', { name, ask }).then((ok) => done({ ok }), (no) => done({ no }))";
        let mut answer = self.page.execute_async(script, vec![json!(name), ask]).await?;
        match answer.get("no") {
            Some(trouble) => bail!("{name}: {trouble}"),
            None => Ok(answer["ok"].take()),
        }
    }

    /// Asks until the answer is as wanted: for what becomes so by itself.
    pub async fn until(&self, name: &str, ask: Json, so: impl Fn(&Json) -> bool) -> Result<Json> {
        patiently(name, async || Ok(Some(self.call(name, ask.clone()).await?).filter(&so))).await
    }

    /// Sets look and text size as the settings screen does, and opens the page anew with them.
    pub async fn dress(&self, look: &str, scale: u32) -> Result<()> {
        // Nobody touches the page between two looks at it, so it must not think itself alone.
        self.call("set", json!({ "look": look, "scale": scale, "lock_minutes": 15 })).await?;
        self.page.refresh().await?;
        self.see(&format!("html[data-theme={look}][style*='--scale: {}'] h1", f64::from(scale) / 100.0)).await?;
        Ok(())
    }

    /// Keeps a picture of the window, named after the device too, if pictures are wanted.
    pub async fn shot(&self, name: &str) -> Result<()> {
        self.picture(&format!("{}-{name}", self.name)).await
    }

    /// Keeps a picture of the window under a name of its own, if pictures are wanted.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let Some(folder) = std::env::var_os("SOTAY_SHOTS") else { return Ok(()) };
        let drawn = "const [done] = arguments; scrollTo(0, 0);
             const still = Promise.allSettled(document.getAnimations().map((move) => move.finished));
             const long = new Promise((over) => setTimeout(over, 500));
             Promise.race([still, long]).then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())))";
        self.page.execute_async(drawn, vec![]).await?;
        self.screen.shot(&PathBuf::from(folder).join(format!("{name}.png")))
    }
}

/// Asks again and again until there is an answer; gives up in the end.
pub async fn patiently<T>(what: &str, ask: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Err(error) if start.elapsed() > PATIENCE => return Err(error.context(format!("waited for {what}"))),
            Ok(None) if start.elapsed() > PATIENCE => bail!("waited in vain for {what}"),
            _ => tokio::time::sleep(GLANCE).await,
        }
    }
}

/// The program under test: the debug build, since what goes to people refuses to be driven.
fn program() -> Result<PathBuf> {
    let target = std::env::current_exe()?.ancestors().nth(2).context("no target folder")?.to_owned();
    let program = target.join("sotay");
    let built = program.is_file();
    built.then_some(program).context("first: npm --prefix ui run build && cargo build -p sotay")
}
