//! A file that an office chose: Word, PDF, a picture.
#![no_main]

libfuzzer::fuzz!(paper, papers);
