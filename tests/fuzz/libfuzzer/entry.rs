//! The decoder `entry` under libFuzzer.

#![no_main]

libfuzzer::fuzz!(entry, entries);
