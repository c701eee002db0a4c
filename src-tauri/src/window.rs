//! The one window: its size, its colour while the page loads, and that it leads nowhere else.

use std::path::Path;

use tauri::webview::{Color, NewWindowResponse};
use tauri::{AppHandle, Url, WebviewUrl, WebviewWindowBuilder};

/// The paper of the page (`--bg` of the light look), so that opening does not flash.
const PAPER: Color = Color(0xf6, 0xf2, 0xec, 0xff);

/// Opens it. What the webview keeps for itself stays in the book's folder.
pub fn open(handle: &AppHandle, home: &Path) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(handle, "main", WebviewUrl::default())
        .data_directory(home.join("webview"))
        .background_color(PAPER)
        .general_autofill_enabled(false) // else WebView2 keeps what is typed, outside the book
        .on_navigation(ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    // WebKitGTK may show the page a camera, and then refuses it without asking anybody. What is not there is not offered.
    #[cfg(target_os = "linux")]
    let window = window.initialization_script("delete Navigator.prototype.mediaDevices");
    #[cfg(desktop)]
    let window = {
        let (width, height) =
            std::env::var("SOTAY_WINDOW").ok().and_then(|size| read(&size)).unwrap_or((1280.0, 800.0));
        window.title("Sổ tay Đảng viên").inner_size(width, height).min_inner_size(320.0, 480.0)
    };
    window.build()?;
    Ok(())
}

/// Only our own page: `tauri://localhost`, which Windows and Android spell as a host.
fn ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost") && url.port().is_none(),
        _ => false,
    }
}

/// `390x844` as width and height.
#[cfg(desktop)]
fn read(size: &str) -> Option<(f64, f64)> {
    let (width, height) = size.split_once('x')?;
    let (width, height) = (width.parse::<u16>().ok()?, height.parse::<u16>().ok()?);
    Some((width.into(), height.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_leads_nowhere_else() {
        let leads = |url: &str| Url::parse(url).is_ok_and(|url| ours(&url));
        assert!(leads("tauri://localhost/#/toi"), "our own page on Linux and Apple");
        assert!(leads("http://tauri.localhost/"), "our own page on Windows and Android");
        for url in [
            "https://example.vn/",
            "http://localhost:5173/",
            "http://tauri.localhost:81/",
            "http://tauri.localhost.example.vn/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:1",
            "about:blank",
        ] {
            assert!(!leads(url), "{url} is not ours");
        }
    }

    #[test]
    fn a_size_is_two_whole_numbers() {
        assert_eq!(read("390x844"), Some((390.0, 844.0)));
        assert!(read("390").is_none() && read("wide").is_none() && read("-1x2").is_none());
    }
}
