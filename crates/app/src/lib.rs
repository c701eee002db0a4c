//! What a person can do with the book. Knows nothing of windows, phones or Tauri.

mod action;
mod trouble;

pub use action::{Action, Router};
pub use trouble::{Code, Trouble};

use std::path::Path;

/// stub
pub struct App {}

/// Called with the names of what changed: tables, or `sync`, `lock`.
pub type Changed = Box<dyn Fn(&[&str]) + Send + Sync>;

impl App {
    /// The book in `home`, locked.
    pub fn new(_home: &Path) -> Self {
        Self {}
    }
    /// Runs one action by name.
    pub fn call(&self, name: &str, ask: serde_json::Value) -> Result<serde_json::Value, Trouble> {
        router().call(self, name, ask)
    }
    /// Says whom to tell of changes.
    pub fn on_changed(&self, _changed: Changed) {}
}

/// Sends by itself, locks when nobody is there; for as long as the process lives.
pub fn keep(_app: std::sync::Arc<App>) {}

/// Everything there is to ask for.
pub fn router() -> Router {
    Router::default()
}
