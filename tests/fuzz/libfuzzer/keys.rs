//! The decoder `keys` under libFuzzer.

#![no_main]

libfuzzer::fuzz!(keys, keys);
