//! The decoder `reply` under libFuzzer.

#![no_main]

libfuzzer::fuzz!(reply, replies);
