//! The shell: one window, a command `call` to ask, `hand` for files that come and `picture` for pages that are looked at, one event
//! `changed`. It decides nothing.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing))]

mod home;
mod network;
mod scale;
mod surroundings;
mod window;

use std::sync::Arc;

use app::{App, Code, Trouble};
use serde_json::{Value as Json, json};
use tauri::{AppHandle, Emitter, Manager, RunEvent, State, async_runtime::spawn_blocking};

/// Asks the book, away from the thread that paints: an answer may take a whole sync.
#[tauri::command]
async fn call(app: State<'_, Arc<App>>, name: String, ask: Json) -> Result<Json, Trouble> {
    let app = Arc::clone(&app);
    // The words of a panic stay out of the answer: they may hold a person's.
    spawn_blocking(move || app.call(&name, ask))
        .await
        .unwrap_or_else(|_| Err(Trouble::new(Code::Internal, "fell over")))
}

/// Takes a file that somebody chose: its bytes as they are, its name in a header, percent-encoded. It answers what stands where
/// an action asks for a path.
#[tauri::command]
async fn hand(app: State<'_, Arc<App>>, request: tauri::ipc::Request<'_>) -> Result<String, Trouble> {
    let name = request.headers().get("name").and_then(|name| name.to_str().ok()).unwrap_or_default();
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned();
    let tauri::ipc::InvokeBody::Raw(bytes) = request.body() else {
        return Err(Trouble::invalid("original", "unreadable"));
    };
    app.hand(&name, bytes.clone())
}

/// A page of a file as a PNG, its bytes as they are; drawn away from the thread that paints.
#[tauri::command]
async fn picture(app: State<'_, Arc<App>>, of: String, page: u32, width: u32) -> Result<tauri::ipc::Response, Trouble> {
    let app = Arc::clone(&app);
    let drawn = spawn_blocking(move || app.picture(&of, page, width)).await;
    drawn.unwrap_or_else(|_| Err(Trouble::new(Code::Internal, "fell over"))).map(tauri::ipc::Response::new)
}

/// Opens the book's folder, then the window over it.
fn start(handle: &AppHandle) -> tauri::Result<()> {
    let (home, own) = home::find(handle)?;
    let Some(held) = home::take(&home) else {
        eprintln!("sotay: this book is open in another window");
        std::process::exit(0);
    };
    handle.manage(held);
    let app = Arc::new(if own { App::of_device(&home) } else { App::new(&home) });
    handle.manage(Arc::clone(&app));
    let page = handle.clone();
    app.on_changed(Box::new(move |tables| {
        // It fails only when the window is gone, and then nobody is left to tell.
        let _ = page.emit("changed", tables);
    }));
    scale::first(&app, std::env::var("SOTAY_SCALE").ok());
    window::open(handle, &home)?;
    network::tell(&app);
    app::keep(app);
    Ok(())
}

/// Runs until the window is closed.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    surroundings::prepare();
    let built = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![call, hand, picture])
        .setup(|shell| Ok(start(shell.handle())?))
        .build(tauri::generate_context!());
    match built {
        Ok(shell) => shell.run(|handle, event| {
            // The book is closed in order, so that its file is whole by itself and no key outlives the window.
            if let (RunEvent::Exit, Some(app)) = (event, handle.try_state::<Arc<App>>()) {
                let _ = app.call("lock", json!({}));
            }
        }),
        Err(error) => {
            eprintln!("sotay: {error}");
            std::process::exit(1);
        }
    }
}
