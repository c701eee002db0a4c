#![no_main]

libfuzzer::fuzz!(parts, parts);
