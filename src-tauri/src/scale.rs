//! The first text size: what the person had set for the whole phone.

use app::App;
use serde_json::json;

/// The sizes that the settings screen offers, in percent.
const SIZES: [u16; 6] = [100, 115, 130, 150, 175, 200];

/// On the very first start, before there is a book, begins from the phone's own text size: `phone` is a factor,
/// written by `MainActivity.kt`. Later the size is the person's own choice here.
pub fn first(app: &App, phone: Option<String>) {
    let Some(size) = phone.and_then(|factor| size(&factor)).filter(|size| *size > 100) else { return };
    let new = app.call("status", json!({})).is_ok_and(|status| status.get("stage") == Some(&json!("new")));
    if new {
        // Not being able to is no reason not to start.
        let _ = app.call("set", json!({ "scale": size }));
    }
}

/// The offered size that is not smaller than what was asked for, or the largest.
fn size(factor: &str) -> Option<u16> {
    let percent = factor.parse::<f32>().ok().filter(|factor| factor.is_finite())? * 100.0;
    SIZES.into_iter().find(|size| f32::from(*size) >= percent - 0.5).or(Some(200))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_starts_with_smaller_letters_than_the_phone_has() {
        let asked = ["0.85", "1.0", "1.15", "1.3", "1.31", "1.8", "3"];
        assert_eq!(asked.map(size), [100, 100, 115, 130, 150, 200, 200].map(Some));
        assert_eq!(["", "big", "NaN", "inf"].map(size), [None; 4]);
    }

    #[test]
    fn the_app_itself_takes_the_size() {
        let home = std::env::temp_dir().join(format!("sotay-scale-{}", std::process::id()));
        let app = App::new(&home);
        first(&app, Some("1.3".into()));
        let status = app.call("status", json!({})).unwrap();
        assert_eq!(status["settings"]["scale"], 130, "of {status}");
        let _ = std::fs::remove_dir_all(&home);
    }
}
