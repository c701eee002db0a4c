//! The front door: `cargo xtask demo|test|generate|bench`.

fn main() {}
