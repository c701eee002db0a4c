//! A forgotten PIN: the province opens the recovery envelope, and the book is there again with all that was not sent.

use rand::{TryRngCore, rngs::OsRng};
use serde::{Deserialize, Serialize};
use store::Locked;
use sync::six_digits;
use ts_rs::TS;

use super::{bundle::sealed_file, enter::check_pin, status::Status};
use crate::{Action, App, Code, Trouble, hand::brought};

/// A file for the province's office, and the digits that prove whose it is.
#[derive(Debug, Serialize, TS)]
pub struct RescueFile {
    /// Where it lies.
    pub path: String,
    /// How long it is.
    pub bytes: u32,
    /// To be read aloud to whoever opens the envelope.
    pub digits: String,
}

/// Whoever lost a PIN of eight digits gets one of eight.
const DIGITS: u8 = 8;

/// Writes the file that asks for the keys.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct AskRescue {
    folder: Option<String>,
}

impl Action for AskRescue {
    const NAME: &'static str = "ask_rescue";
    type Reply = RescueFile;

    fn run(self, app: &App) -> Result<RescueFile, Trouble> {
        lost(app)?;
        let asked = app.vault.ask_rescue(&mut OsRng.unwrap_err())?.ok_or(Code::NoEnvelope)?;
        let bytes = sync::pack(&asked).map_err(|error| Trouble::new(Code::Internal, error.to_string()))?;
        let file = sealed_file(app, self.folder, "cuu-ho", &bytes, 0)?;
        Ok(RescueFile { path: file.path, bytes: file.bytes, digits: six_digits(&[0; 32], &asked.key) })
    }
}

/// Takes the answer, and opens the book under a new PIN.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct TakeRescue {
    pin: String,
    path: Option<String>,
    data: Option<String>,
}

impl Action for TakeRescue {
    const NAME: &'static str = "take_rescue";
    type Reply = Status;

    fn run(self, app: &App) -> Result<Status, Trouble> {
        lost(app)?;
        check_pin(&self.pin, DIGITS)?;
        let answer = brought(self.path, self.data)?;
        if !app.vault.take_rescue(&answer, &self.pin, &mut OsRng.unwrap_err())? {
            return Err(Code::BundleForeign.into());
        }
        let keys = app.vault.open(&self.pin, app.now() / 1000).map_err(super::enter::refused)?;
        app.open_book(keys)?;
        app.status()
    }
}

/// Only a book whose keys are gone is rescued: else a found phone would be asked to forget its PIN.
fn lost(app: &App) -> Result<(), Trouble> {
    match app.vault.locked(app.now() / 1000)? {
        Locked::Destroyed => Ok(()),
        _ => Err(Code::NotAllowed.into()),
    }
}
