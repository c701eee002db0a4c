//! What a person can do with the book. Knows nothing of windows, phones or Tauri.

mod action;
mod actions;
mod along;
mod carry;
mod chosen;
mod desk;
mod exchange;
mod freight;
mod hand;
mod keep;
mod library;
mod lock;
mod meeting;
mod paper;
mod picture;
mod pin;
mod remote;
mod scan;
mod session;
mod settings;
mod time;
mod trouble;

pub use action::{Action, Router};
pub use actions::router;
pub use keep::{Keeper, keep};
pub use session::{App, Changed, Now};
pub use settings::{Language, Look, Originals, Settings, Spelling};
pub use trouble::{Code, Trouble};
