//! The decoder `head` under libFuzzer.

#![no_main]

libfuzzer::fuzz!(head, heads);
