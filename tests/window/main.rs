//! The app itself in real windows, driven as a person would: the page, the shell, the book and the server together.
//!
//! Needs the page and the program built first (`npm --prefix ui run build && cargo build -p sotay`), and of Debian
//! xvfb and webkit2gtk-driver. With `SOTAY_SHOTS=folder` (and imagemagick) pictures of the screens are kept there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod a_document_is_published_and_read;
mod a_window_that_died_goes_on_at_the_same_letter;
mod device;
mod every_screen_is_readable;
mod first_start_to_closed_attendance;
mod group;
mod hands;
mod hostile_files_stay_quiet;
mod join;
mod look;
mod play;
mod province;
mod screen;
mod taps_from_open_to_locked;
mod the_window_is_shut;
