//! A screen that nobody sees. No window manager on it: a window is exactly as large as it asked to be.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::group::Group;

pub struct Screen {
    /// `:7`
    pub name: String,
    _server: Group,
}

impl Screen {
    pub fn open((width, height): (u32, u32)) -> Result<Self> {
        // Xvfb picks a free number by itself and says it, so that two test runs do not meet.
        let mut server = Group::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24"), "-nolisten", "tcp"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let said = server.child().stdout.take().context("no words from Xvfb")?;
        let mut number = String::new();
        BufReader::new(said).read_line(&mut number)?;
        ensure!(!number.trim().is_empty(), "Xvfb ended before it was ready");
        Ok(Self { name: format!(":{}", number.trim()), _server: server })
    }

    /// A picture of it. Not by WebDriver, whose picture waits for a change of the page, for ever if there is none.
    pub fn shot(&self, path: &Path) -> Result<()> {
        path.parent().map(std::fs::create_dir_all).transpose()?;
        let import = Command::new("import").args(["-display", &self.name, "-window", "root"]).arg(path).status()?;
        ensure!(import.success(), "no picture {}", path.display());
        Ok(())
    }
}
