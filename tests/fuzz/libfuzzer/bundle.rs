//! The decoder `bundle` under libFuzzer.

#![no_main]

libfuzzer::fuzz!(bundle, bundles);
