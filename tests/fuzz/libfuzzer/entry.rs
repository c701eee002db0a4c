#![no_main]

libfuzzer::fuzz!(entry, entries);
