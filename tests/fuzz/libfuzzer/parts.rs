//! An answer in parts.
#![no_main]

libfuzzer::fuzz!(parts, parts);
