//! A question or an answer in its envelope.
#![no_main]

libfuzzer::fuzz!(envelope, packed);
