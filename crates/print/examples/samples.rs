//! Writes one paper of every kind into a folder, for somebody to look at: `cargo run -p print --example samples -- FOLDER`.

#[path = "../tests/papers/samples.rs"]
mod samples;

use std::{error::Error, fs, path::PathBuf, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("a folder, please")?);
    fs::create_dir_all(&folder)?;
    for (name, paper) in samples::all() {
        let start = Instant::now();
        let pdf = print::pdf(&paper)?;
        let took = start.elapsed();
        fs::write(folder.join(format!("{name}.pdf")), &pdf)?;
        fs::write(folder.join(format!("{name}.docx")), print::docx(&paper)?)?;
        println!("{name}: {} bytes in {} ms", pdf.len(), took.as_millis());
    }
    fs::write(folder.join("list.xlsx"), print::xlsx(&samples::list())?)?;
    Ok(())
}
