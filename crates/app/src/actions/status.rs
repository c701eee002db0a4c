//! Where the app stands, and how it is set.

use serde::{Deserialize, Serialize};
use store::Locked;
use ts_rs::TS;

use crate::{Action, App, Language, Look, Settings, Spelling, Trouble};

/// What a screen must know before anything else.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Status {
    /// Which screen it is time for.
    pub stage: Stage,
    /// Shown above the PIN pad.
    pub holder: Option<Holder>,
    /// How many digits the PIN has.
    pub pin_digits: u8,
    /// Wrong PINs before the next wait, or before the end.
    pub tries_left: u32,
    /// Seconds until the next try.
    pub wait_seconds: u64,
    /// Comfort.
    pub settings: Settings,
    /// Where the device keeps its secret.
    pub keystore: KeystoreKind,
    /// The screen to reopen at.
    pub resume: Option<String>,
    /// The app's version.
    pub version: &'static str,
    /// Bytes of the largest file that is taken: a page that is given a larger one does not read it.
    pub largest_file: u32,
}

/// How far into the book the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No book yet: a code is needed.
    New,
    /// A PIN is needed.
    Locked,
    /// The book is open.
    Open,
    /// The keys were destroyed.
    Destroyed,
}

/// Whose book it is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Holder {
    /// The person.
    pub name: String,
    /// The unit.
    pub unit: String,
}

/// Where the secret is kept.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Keystore")]
pub enum KeystoreKind {
    /// The system's own.
    System,
    /// A file only its owner reads, where the system offers nothing better.
    File,
}

/// Written while a first start is under way: the keys are made, the server has not yet let the device in.
pub(super) const JOINING: &str = "joining";

impl App {
    pub(crate) fn status(&self) -> Result<Status, Trouble> {
        let locked = self.vault.locked(self.now() / 1000)?;
        let (mut stage, pin_digits, tries_left, wait_seconds) = match locked {
            Locked::Vacant => (Stage::New, 6, 0, 0),
            Locked::Destroyed => (Stage::Destroyed, 6, 0, 0),
            Locked::Sealed { digits, tries_left, wait } => (Stage::Locked, digits, tries_left, wait),
        };
        if stage == Stage::Locked && self.home.join(JOINING).exists() {
            stage = Stage::New;
        }
        let mut resume = None;
        if stage == Stage::Locked && self.is_open() {
            stage = Stage::Open;
            resume = self.at_desk(|desk| Ok(desk.book.fact("route")?))?;
        }
        Ok(Status {
            stage,
            holder: self.vault.label().and_then(|label| serde_json::from_str(&label).ok()),
            pin_digits,
            tries_left,
            wait_seconds,
            settings: self.settings(),
            keystore: match self.vault.keystore() {
                store::Kind::System => KeystoreKind::System,
                store::Kind::File => KeystoreKind::File,
            },
            resume,
            version: env!("CARGO_PKG_VERSION"),
            largest_file: domain::Content::MOST as u32,
        })
    }
}

/// Asks where the app stands.
#[derive(Deserialize, TS)]
pub struct GetStatus {}

impl Action for GetStatus {
    const NAME: &'static str = "status";
    type Reply = Status;

    fn run(self, app: &App) -> Result<Status, Trouble> {
        app.status()
    }
}

/// Sets some of the settings.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct Set {
    language: Option<Language>,
    look: Option<Look>,
    scale: Option<u32>,
    lock_minutes: Option<u32>,
    spelling: Option<Spelling>,
}

impl Action for Set {
    const NAME: &'static str = "set";
    type Reply = Settings;

    fn run(self, app: &App) -> Result<Settings, Trouble> {
        let now = app.settings();
        let settings = Settings {
            language: self.language.unwrap_or(now.language),
            look: self.look.unwrap_or(now.look),
            scale: self.scale.unwrap_or(now.scale).clamp(100, 200),
            lock_minutes: self.lock_minutes.unwrap_or(now.lock_minutes).min(60),
            spelling: self.spelling.unwrap_or(now.spelling),
            ..app.settings()
        };
        app.set_settings(settings.clone())?;
        app.tell(&["settings"]);
        Ok(settings)
    }
}

/// Somebody is there, on this screen: the book does not lock, and reopens here.
#[derive(Deserialize, TS)]
pub struct Touch {
    route: String,
}

impl Action for Touch {
    const NAME: &'static str = "touch";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.touch();
        if app.is_open() {
            app.at_desk(|desk| {
                if desk.book.fact::<String>("route")?.as_ref() != Some(&self.route) {
                    desk.book.put_fact("route", &self.route)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}
