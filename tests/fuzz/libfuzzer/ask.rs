//! The decoder `ask` under libFuzzer.

#![no_main]

libfuzzer::fuzz!(ask, asks);
