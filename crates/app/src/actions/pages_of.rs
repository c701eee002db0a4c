//! How many pages there are to look at, before one is drawn.

use intake::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::open_paper::not_taken;
use crate::{Action, App, Trouble};

/// What there is to look at.
#[derive(Debug, Serialize, TS)]
pub struct Pages {
    /// How many; 0 for a Word file, which has none until it is set.
    pub pages: u32,
    /// What it is, by what it holds.
    pub kind: Kind,
}

/// Asks how many pages a file has: a document's original, or, for who publishes, a file that was chosen.
#[derive(Deserialize, TS)]
pub struct PagesOf {
    of: String,
}

impl Action for PagesOf {
    const NAME: &'static str = "pages_of";
    type Reply = Pages;

    fn run(self, app: &App) -> Result<Pages, Trouble> {
        let bytes = app.original(&self.of)?;
        let (kind, pages) = intake::pages(&bytes).map_err(|refusal| not_taken("original", &refusal))?;
        Ok(Pages { pages, kind })
    }
}
