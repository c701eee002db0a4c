//! Papers as they come out, read back by somebody else's programs: poppler for what a PDF says, lopdf for where it says it.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test that fails panics")]

mod any;
mod breaks;
mod measure;
mod office;
mod pages;
mod read;
mod refused;
mod samples;
mod sheet;
mod word;
