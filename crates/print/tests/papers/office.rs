//! A DOCX opened by LibreOffice, which is not ours: it reads all of it, and breaks lines and pages where the PDF does.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use print::{docx, pdf};

use crate::{
    read::{bare, pdf_pages},
    samples,
};

/// Fonts that lie where nothing but these are: ours, as wide as Times New Roman and with every Vietnamese letter.
fn fonts(folder: &Path) -> PathBuf {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
    for entry in fs::read_dir(ours).expect("fonts") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|ending| ending == "zst") {
            let font = zstd::decode_all(fs::File::open(&path).expect("opens")).expect("a font");
            fs::write(folder.join(path.file_stem().expect("a name")), font).expect("written");
        }
    }
    let (file, here) = (folder.join("fonts.conf"), folder.display());
    let conf = format!("<fontconfig><dir>{here}</dir><cachedir>{here}/cache</cachedir></fontconfig>");
    fs::write(&file, conf).expect("written");
    file
}

/// The words of a paper, wherever they stand.
fn words(pages: &[String]) -> Vec<&str> {
    let mut words: Vec<&str> = pages.iter().flat_map(|page| page.split_whitespace()).collect();
    words.sort_unstable();
    words
}

// Planted: another margin at the right; pages without their number → each caught.
#[test]
#[ignore = "needs LibreOffice: `cargo xtask test` brings it and runs this"]
fn libreoffice_opens_every_docx_and_breaks_it_where_the_pdf_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let papers = samples::all();
    let path = |name: &str, ending: &str| folder.path().join(format!("{name}.{ending}"));
    for (name, paper) in &papers {
        fs::write(path(name, "docx"), docx(paper).expect("a file")).expect("written");
    }
    let mut office = Command::new("soffice");
    office.env("FONTCONFIG_FILE", fonts(folder.path()));
    office.arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()));
    office.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(folder.path());
    let done = office.args(papers.iter().map(|(name, _)| path(name, "docx"))).output().expect("LibreOffice");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for (name, paper) in &papers {
        let theirs = pdf_pages(&fs::read(path(name, "pdf")).expect("it was opened"));
        let ours = pdf_pages(&pdf(paper).expect("a file"));
        assert_eq!(ours.len(), theirs.len(), "{name}: as many pages");
        let theirs_lines: HashSet<&str> = theirs.iter().flat_map(|page| page.lines()).collect();
        let lines = || ours.iter().flat_map(|page| page.lines());
        let elsewhere = lines().filter(|line| !theirs_lines.contains(line)).count();
        println!("{name}: {elsewhere} of {} lines", lines().count());
        assert!(elsewhere * 20 <= lines().count(), "{name}: {elsewhere} of {} lines end elsewhere", lines().count());
        match *name {
            // A word without an end is broken anywhere.
            "endless" => {}
            // A hair's breadth may move a word to the next line, and so a row to the next page, under its own head.
            "attendance" => assert_eq!(words(&ours), words(&theirs), "{name}: all of it is read"),
            _ => {
                for (at, (our, their)) in ours.iter().zip(&theirs).enumerate() {
                    assert_eq!(bare(our), bare(their), "{name}, page {}", at + 1);
                }
            }
        }
    }
}
