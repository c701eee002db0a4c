//! Papers put together from what was recorded: as blocks to be set, and as the plain text that is signed.

mod gaps;
mod lines;
mod minutes;
mod plain;
mod resolution;
mod sheets;
mod sitting;
mod spelling;
mod words;

pub use gaps::Gap;
pub use lines::{PaperLine, lines};
pub use minutes::{day, minutes, subject};
pub use plain::{blocks, read, write};
pub use resolution::assigns;
pub use sheets::{roll, table};
pub use sitting::Sitting;
pub use spelling::spelt;
pub use words::Words;
