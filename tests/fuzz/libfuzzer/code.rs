#![no_main]

libfuzzer::fuzz!(code, codes);
