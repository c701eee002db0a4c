//! The decoder `envelope` under libFuzzer.

#![no_main]

libfuzzer::fuzz!(envelope, packed);
