//! What a person can do with the book. Knows nothing of windows, phones or Tauri.

mod action;
mod actions;
mod along;
mod carry;
mod chosen;
mod desk;
mod exchange;
mod hand;
mod keep;
mod library;
mod lock;
mod meeting;
mod paper;
mod picture;
mod pin;
mod remote;
mod session;
mod settings;
mod time;
mod trouble;

pub use action::{Action, Router};
pub use actions::router;
pub use keep::keep;
pub use session::{App, Changed, Now};
pub use settings::{Language, Look, Settings};
pub use trouble::{Code, Trouble};
