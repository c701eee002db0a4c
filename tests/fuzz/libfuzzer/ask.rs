//! A question, without its envelope.
#![no_main]

libfuzzer::fuzz!(ask, asks);
