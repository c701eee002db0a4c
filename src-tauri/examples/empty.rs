//! The least that a window of this framework costs: an empty page. `cargo xtask bench start` measures beside it.

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    let opened = tauri::Builder::default()
        .setup(|shell| {
            let page = WebviewUrl::External("about:blank".parse()?);
            WebviewWindowBuilder::new(shell, "main", page).inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(error) = opened {
        eprintln!("empty: {error}");
        std::process::exit(1);
    }
}
