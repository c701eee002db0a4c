//! The program on a desktop: no console beside the window on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    sotay_lib::run();
}
