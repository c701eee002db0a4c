#![no_main]

libfuzzer::fuzz!(keys, keys);
