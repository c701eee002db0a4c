#![no_main]

libfuzzer::fuzz!(ask, asks);
