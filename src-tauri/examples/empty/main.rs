//! The least that a window of this framework costs: one empty page of its own, in one colour. `cargo xtask bench start`
//! measures beside it. A window over `about:blank` would be no floor: it starts no process for a page at all.

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    let opened = tauri::Builder::default()
        .setup(|shell| {
            WebviewWindowBuilder::new(shell, "main", WebviewUrl::default()).inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!("examples/empty/tauri.conf.json"));
    if let Err(error) = opened {
        eprintln!("empty: {error}");
        std::process::exit(1);
    }
}
