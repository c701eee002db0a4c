#![no_main]

libfuzzer::fuzz!(bundle, bundles);
