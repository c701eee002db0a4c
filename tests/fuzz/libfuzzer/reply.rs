#![no_main]

libfuzzer::fuzz!(reply, replies);
