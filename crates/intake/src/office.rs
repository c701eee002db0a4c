//! A Word file as the pages that it has on paper: set by LibreOffice, where that is on this machine, from a copy that asks for
//! nothing outside itself.

use std::{
    fs,
    io::{Cursor, Read, Write},
    path::Path,
    process::Command,
    time::Duration,
};

use quick_xml::{Reader, Writer, events::Event};
use url::Url;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{Refusal, kind, kind::Kind, pack::said, program};

/// The longest that one file may take; the first sets up a profile.
const LONGEST: Duration = Duration::from_secs(90);
/// Where it is looked for: what the system knows by name first.
const PLACES: &[&str] = &[
    "soffice",
    "libreoffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
];
/// Bytes that one list of links may come to, and one part of the file.
const LINKS: u64 = 1024 * 1024;
const PART: u64 = 64 * 1024 * 1024;

/// The PDF of a Word file. [`Refusal::OfficeMissing`] where there is no LibreOffice. Takes seconds.
pub fn set(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    if kind::of(bytes)? != Kind::Docx {
        return Err(Refusal::NotADocument);
    }
    // What would not be taken is not shown to another program either.
    crate::open("", bytes)?;
    let folder = tempfile::tempdir().map_err(|_| Refusal::Broken)?;
    let (file, profile) = (folder.path().join("paper.docx"), folder.path().join("profile"));
    let wrote = |wrote: std::io::Result<()>| wrote.map_err(|_| Refusal::Broken);
    wrote(fs::write(&file, alone(bytes)?))?;
    wrote(fs::create_dir_all(profile.join("user")))?;
    wrote(fs::write(profile.join("user/registrymodifications.xcu"), SETTINGS))?;
    let profile = Url::from_directory_path(&profile).map_err(|()| Refusal::Broken)?;
    for place in PLACES {
        if let Some(said) = program::run(command(place, &profile, folder.path(), &file), &[], LONGEST)? {
            let set = fs::read(folder.path().join("paper.pdf")).ok().filter(|_| said.well);
            return set.filter(|set| set.len() <= domain::Content::MOST).ok_or(Refusal::Broken);
        }
    }
    Err(Refusal::OfficeMissing)
}

fn command(program: &str, profile: &Url, folder: &Path, file: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(format!("-env:UserInstallation={profile}"));
    command.args([
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "pdf:writer_pdf_Export",
    ]);
    command.arg("--outdir").arg(folder).arg(file).env("SAL_USE_VCLPLUGIN", "svp");
    command
}

/// Nothing runs, nothing is brought up to date, and should a link be left all the same, it leads to a door that nobody opens.
const SETTINGS: &str = include_str!("office.xcu");

/// The file without what leads out of it: links to other files, and parts too large to be a page's.
fn alone(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let broken = |_| Refusal::Broken;
    let mut from = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let part = from.by_index(at).map_err(broken)?;
        let name = part.name().to_owned();
        if part.size() > PART {
            return Err(Refusal::Bomb);
        }
        if !name.to_lowercase().ends_with(".rels") {
            to.raw_copy_file(part).map_err(broken)?;
            continue;
        }
        let mut links = String::new();
        part.take(LINKS).read_to_string(&mut links).map_err(|_| Refusal::Broken)?;
        to.start_file(name, SimpleFileOptions::default()).map_err(broken)?;
        to.write_all(&inner_links(&links)?).map_err(|_| Refusal::Broken)?;
    }
    Ok(to.finish().map_err(broken)?.into_inner())
}

/// A list of links without those that lead out of the file.
fn inner_links(links: &str) -> Result<Vec<u8>, Refusal> {
    let mut reader = Reader::from_str(links);
    let mut writer = Writer::new(Vec::new());
    // A link may be written as a pair of tags: its end goes with it.
    let mut within = false;
    loop {
        let event = reader.read_event().map_err(|_| Refusal::Broken)?;
        let leads_out = |tag| said(tag, "TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
        match event {
            Event::Eof => return Ok(writer.into_inner()),
            Event::Empty(tag) if leads_out(&tag) => {}
            Event::Start(tag) if leads_out(&tag) => within = true,
            Event::End(_) if within => within = false,
            _ if within => {}
            event => writer.write_event(event).map_err(|_| Refusal::Broken)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Planted: links kept as they are; the end of a pair left behind → each caught.
    #[test]
    fn a_link_that_leads_out_is_left_out() {
        let links = "<Relationships><Relationship Id=\"a\" Target=\"media/a.png\"/><Relationship Id=\"b\" Target=\"http://a/\" \
                     TargetMode=\"External\"/><Relationship Id=\"c\" TargetMode=\"external\"></Relationship></Relationships>";
        let left = String::from_utf8(inner_links(links).unwrap()).unwrap();
        assert_eq!(left, "<Relationships><Relationship Id=\"a\" Target=\"media/a.png\"/></Relationships>");
    }
}
