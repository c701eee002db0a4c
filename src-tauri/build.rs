//! Names the commands: what is not named here cannot be called from the page.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&["call", "hand", "picture"]);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        println!("cargo::error={error:#}");
    }
}
