//! Opening the book with a PIN, and locking it.

use rand::{TryRngCore, rngs::OsRng};
use serde::Deserialize;
use store::{Book, Keys, Locked, Refused};
use ts_rs::TS;

use super::status::{JOINING, Status};
use crate::{Action, App, Code, Trouble, desk::Desk};

/// Opens the book.
#[derive(Deserialize, TS)]
pub struct Unlock {
    pin: String,
}

impl Action for Unlock {
    const NAME: &'static str = "unlock";
    type Reply = Status;

    fn run(self, app: &App) -> Result<Status, Trouble> {
        if app.vault.locked(app.now() / 1000)? == Locked::Vacant {
            return Err(Code::NoBook.into());
        }
        let keys = app.vault.open(&self.pin, app.now() / 1000).map_err(refused)?;
        app.open_book(keys)?;
        app.status()
    }
}

impl App {
    pub(crate) fn open_book(&self, keys: Keys) -> Result<(), Trouble> {
        let book = Book::open(&self.home, &keys, domain::TABLES)?;
        self.sit_down(Desk::new(book, self.now())?);
        Ok(())
    }
}

pub(super) fn refused(refused: Refused) -> Trouble {
    let say = |code: Code, locked: Locked| match locked {
        Locked::Sealed { tries_left, wait, .. } => {
            Trouble::from(code).with("tries_left", tries_left).with("wait_seconds", wait)
        }
        _ => Code::Destroyed.into(),
    };
    match refused {
        Refused::WrongPin(locked) => say(Code::WrongPin, locked),
        Refused::Wait(locked) => say(Code::Wait, locked),
        Refused::Destroyed => Code::Destroyed.into(),
        Refused::Book(error) => error.into(),
    }
}

/// Locks the book.
#[derive(Deserialize, TS)]
pub struct Lock {}

impl Action for Lock {
    const NAME: &'static str = "lock";
    type Reply = Status;

    fn run(self, app: &App) -> Result<Status, Trouble> {
        app.get_up();
        app.status()
    }
}

/// Clears away a book whose keys are destroyed, so that a new code can be used.
#[derive(Deserialize, TS)]
pub struct Forget {}

impl Action for Forget {
    const NAME: &'static str = "forget";
    type Reply = Status;

    fn run(self, app: &App) -> Result<Status, Trouble> {
        if app.vault.locked(app.now() / 1000)? != Locked::Destroyed {
            return Err(Code::NotAllowed.into());
        }
        app.vault.forget()?;
        let _ = std::fs::remove_file(app.home.join(JOINING));
        app.status()
    }
}

/// Takes another PIN.
#[derive(Deserialize, TS)]
pub struct ChangePin {
    pin: String,
    new_pin: String,
}

impl Action for ChangePin {
    const NAME: &'static str = "change_pin";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        let Locked::Sealed { digits, .. } = app.vault.locked(app.now() / 1000)? else {
            return Err(Code::NoBook.into());
        };
        check_pin(&self.new_pin, digits)?;
        let keys = app.vault.open(&self.pin, app.now() / 1000).map_err(refused)?;
        app.vault.change(&keys, &self.new_pin, &mut OsRng.unwrap_err())?;
        Ok(())
    }
}

/// Refuses a PIN that is too short, or the first that anyone would guess.
pub(super) fn check_pin(pin: &str, digits: u8) -> Result<(), Trouble> {
    let numbers: Vec<i32> = pin.chars().filter_map(|c| c.to_digit(10)).map(|digit| digit as i32).collect();
    let steps = || numbers.iter().zip(numbers.iter().skip(1)).map(|(a, b)| b - a);
    let run = |step: i32| steps().all(|s| s == step);
    let whole = numbers.len() == pin.chars().count() && numbers.len() == usize::from(digits);
    if whole && !run(0) && !run(1) && !run(-1) {
        Ok(())
    } else {
        Err(Trouble::from(Code::WeakPin).with("digits", digits))
    }
}
