//! What every test stands on: a province in memory, and devices with books of their own.

mod device;
pub mod hostile;
mod place;
pub mod printed;
mod province;
mod scan;
mod wire;
mod word;

pub use device::{Device, keys};
pub use place::{CELL, COMMUNE, OTHER_CELL, PROVINCE, home_of, member, name, set, value};
pub use province::Province;
pub use scan::{photograph, prepared, scan, typed_under};
pub use wire::opened;
pub use word::{word, word_of};
