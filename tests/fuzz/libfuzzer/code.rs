//! A code or a ticket, as it is typed.
#![no_main]

libfuzzer::fuzz!(code, codes);
