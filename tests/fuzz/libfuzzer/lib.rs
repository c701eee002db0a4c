//! What the targets share: the functions and samples of `tests/fuzz`, and where libFuzzer begins.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../memory.rs"]
mod memory;
#[path = "../samples.rs"]
pub mod samples;
#[path = "../targets.rs"]
pub mod targets;

use std::{env, fs, path::PathBuf, sync::LazyLock};

use samples::Samples;

pub use libfuzzer_sys;

/// Made once: a target is called many thousand times.
pub static SAMPLES: LazyLock<Samples> = LazyLock::new(Samples::made);

/// Puts the samples into the corpus, the first folder that libFuzzer was told of, before it is read.
pub fn seed(samples: &[Vec<u8>]) {
    let Some(corpus) = env::args().skip(1).map(PathBuf::from).find(|path| path.is_dir()) else { return };
    for (at, sample) in samples.iter().enumerate() {
        fs::write(corpus.join(format!("sample-{at}")), sample).unwrap();
    }
}

/// A target by its name, and the samples that it begins with.
#[macro_export]
macro_rules! fuzz {
    ($target:ident, $samples:ident) => {
        $crate::libfuzzer_sys::fuzz_target!(
            init: $crate::seed(&$crate::SAMPLES.$samples),
            |bytes: &[u8]| $crate::targets::$target(bytes, &$crate::SAMPLES)
        );
    };
}
