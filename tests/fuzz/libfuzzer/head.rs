#![no_main]

libfuzzer::fuzz!(head, heads);
