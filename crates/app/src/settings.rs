//! What makes the app comfortable: kept in the open beside the book, since the lock screen needs it.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Comfort, one set a device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Vietnamese first.
    pub language: Language,
    /// Light, dark, or for bright sun.
    pub look: Look,
    /// Text size, 100 to 200 per cent.
    pub scale: u32,
    /// Idle minutes before the book locks; 0 locks as soon as the app is left.
    pub lock_minutes: u32,
    /// Which originals are fetched.
    pub originals: Originals,
    /// How `ủy` is spelt on papers.
    pub spelling: Spelling,
    /// Megabytes that files may take; what was read longest ago goes first.
    pub room_mb: u32,
}

/// Which of the files are fetched that are not a text to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Originals {
    /// Those that somebody asks for.
    Ask,
    /// All that there is room for, where the network does not count what goes over it.
    Unmetered,
    /// All that there is room for.
    Always,
}

/// Where the tone of `ủy` stands on papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Spelling {
    /// `ủy`, as HD 05-HD/VPTW writes it: words stay as they are.
    U,
    /// `uỷ`.
    Y,
}

/// The language of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Tiếng Việt.
    Vi,
    /// English.
    En,
}

/// How the screen looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// As the system does.
    System,
    /// Sáng.
    Light,
    /// Tối.
    Dark,
    /// Ngoài nắng.
    Sun,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::Vi,
            look: Look::System,
            scale: 100,
            lock_minutes: 5,
            originals: Originals::Unmetered,
            spelling: Spelling::U,
            room_mb: 500,
        }
    }
}

impl Settings {
    /// Bytes that files may take.
    pub(crate) fn room(&self) -> u64 {
        u64::from(self.room_mb) * 1024 * 1024
    }

    /// The settings kept in `home`; what cannot be read is as at first.
    pub(crate) fn read(home: &Path) -> Self {
        let text = std::fs::read_to_string(home.join("settings.json")).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub(crate) fn keep(&self, home: &Path) -> Result<(), store::Error> {
        std::fs::create_dir_all(home)?;
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        let new = home.join("settings.new");
        std::fs::write(&new, text)?;
        Ok(std::fs::rename(new, home.join("settings.json"))?)
    }
}
