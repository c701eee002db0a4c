//! A head with its signature.
#![no_main]

libfuzzer::fuzz!(head, heads);
