//! The decoder `code` under libFuzzer.

#![no_main]

libfuzzer::fuzz!(code, codes);
