//! The program that reads pictures, where it is not there, knows no Vietnamese, or fails: only then is a person's word enough
//! when it is not there.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sample;

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use image::GrayImage;
use intake::recognise;
use sample::{
    layers::{Words, covered},
    paper, png,
};

/// How a file is read in a process whose only programs are these.
fn read(test: &str, script: Option<&str>) -> String {
    let folder = tempfile::tempdir().unwrap();
    if let Some(script) = script {
        let path = folder.path().join("tesseract");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", test, "--ignored", "--nocapture"]).env("PATH", folder.path());
    let said = String::from_utf8(again.output().unwrap().stdout).unwrap();
    said.split_once("READ ").unwrap().1.lines().next().unwrap().to_owned()
}

#[test]
#[ignore = "run by the others in a process of its own"]
fn a_picture() {
    println!("READ {:?}", recognise(&png(400, 300), 1));
}

#[test]
#[ignore = "run by the others in a process of its own"]
fn a_scan_with_words() {
    let white = GrayImage::from_pixel(600, 850, image::Luma([255]));
    let scan = covered(&print::pdf(&paper()).unwrap(), 1, &white, Words::Unseen);
    println!("READ {:?}", recognise(&scan, 1));
}

// Planted: any failure taken for a program that is not there; a language that is not there taken for a page that cannot be
// read → each caught.
#[test]
fn a_page_that_cannot_be_read_is_told_from_a_program_that_is_not_there() {
    let fails = "while read -r line; do :; done; exit 1";
    let lists = |languages: &str| {
        format!("if [ \"$1\" = --list-langs ]; then printf 'List (2):\\n{languages}\\n'; exit 0; fi; {fails}")
    };
    assert_eq!(read("a_picture", None), "Err(OcrMissing)");
    assert_eq!(read("a_picture", Some(&lists("eng\\nosd"))), "Err(OcrMissing)");
    assert_eq!(read("a_picture", Some(&lists("eng\\nvie"))), "Err(Unreadable)");
    assert_eq!(read("a_picture", Some(&lists("eng\\nvie").replace("exit 1", "kill -9 $$"))), "Err(Unreadable)");
}

// Planted: what a scanner has read not taken; taken where the page could not be read → each caught.
#[test]
fn what_a_scanner_has_read_is_taken_where_no_program_is() {
    let read_so = read("a_scan_with_words", None);
    assert!(read_so.starts_with("Ok(") && read_so.contains("Chi bộ đã hoàn thành các nhiệm vụ đề ra."), "{read_so}");
    let fails = "if [ \"$1\" = --list-langs ]; then echo vie; exit 0; fi; while read -r line; do :; done; exit 1";
    assert_eq!(read("a_scan_with_words", Some(fails)), "Err(Unreadable)");
}
