#![no_main]

libfuzzer::fuzz!(envelope, packed);
