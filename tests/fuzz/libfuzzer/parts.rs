//! The decoder `parts` under libFuzzer.

#![no_main]

libfuzzer::fuzz!(parts, parts);
