//! A file of sealed keys.
#![no_main]

libfuzzer::fuzz!(keys, keys);
