//! Prints the approved files and the screens' types anew; `cargo xtask generate` runs it.

use std::fs;

fn main() -> anyhow::Result<()> {
    for (name, print) in tests::printed::all() {
        let path = tests::printed::root().join(&name);
        if fs::read_to_string(&path).is_ok_and(|was| was == print) {
            println!("  as it was   {name}");
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, print)?;
        println!("  printed     {name}");
    }
    Ok(())
}
