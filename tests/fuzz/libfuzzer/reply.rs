//! An answer, without its envelope.
#![no_main]

libfuzzer::fuzz!(reply, replies);
