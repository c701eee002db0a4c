//! Who may do what, asked from outside: a table written by hand, and a real server asked about every cell of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod aside;
mod expected;
mod probes;
mod quiet;
mod voices;
mod world;

#[allow(dead_code, reason = "the server's own tests use the rest")]
#[path = "../../crates/server/tests/house/mod.rs"]
mod house;
