//! What a device signed.
#![no_main]

libfuzzer::fuzz!(entry, entries);
