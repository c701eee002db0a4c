//! What must be set before the first window and before any thread.

/// Sets it.
pub fn prepare() {
    #[cfg(target_os = "linux")]
    linux();
}

#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the environment may only be written while there is one thread, which is now")]
fn linux() {
    // Some drivers show a blank or slow window otherwise (tauri issues 13493, 13498). Whoever sets it is obeyed.
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // SAFETY: first line of the process; no other thread reads or writes the environment yet.
        unsafe { std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1") };
    }
    // What goes to people cannot be driven by another program of theirs; tests drive the debug build.
    #[cfg(not(debug_assertions))]
    // SAFETY: as above.
    unsafe {
        std::env::remove_var("TAURI_WEBVIEW_AUTOMATION")
    };
}
