//! A bundle: the exchange in a file.
#![no_main]

libfuzzer::fuzz!(bundle, bundles);
