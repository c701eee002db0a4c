//! How many pages there are to look at, before one is drawn.

use intake::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::open_paper::not_taken;
use crate::{Action, App, Trouble};

/// What there is to look at.
#[derive(Debug, Serialize, TS)]
pub struct Pages {
    /// How many; 0 for a Word file that is not set here.
    pub pages: u32,
    /// What they are drawn from, by what it holds: a Word file that was chosen is set as a PDF where there is LibreOffice.
    pub kind: Kind,
}

/// Asks how many pages a file has: a document's original, or, for who publishes, a file that was chosen. May take seconds.
#[derive(Deserialize, TS)]
pub struct PagesOf {
    of: String,
}

impl Action for PagesOf {
    const NAME: &'static str = "pages_of";
    type Reply = Pages;

    fn run(self, app: &App) -> Result<Pages, Trouble> {
        let bytes = app.sheets(&self.of)?;
        let (kind, pages) = intake::pages(&bytes).map_err(|refusal| not_taken("original", &refusal))?;
        Ok(Pages { pages, kind })
    }
}

/// Asks for the words of one page, from 1, of what [`PagesOf`] tells of: what a screen reader says in its picture's place.
#[derive(Deserialize, TS)]
pub struct PageWords {
    of: String,
    page: u32,
}

impl Action for PageWords {
    const NAME: &'static str = "page_words";
    type Reply = Vec<String>;

    fn run(self, app: &App) -> Result<Vec<String>, Trouble> {
        let bytes = app.sheets(&self.of)?;
        intake::page_words(&bytes, self.page).map_err(|refusal| not_taken("original", &refusal))
    }
}
