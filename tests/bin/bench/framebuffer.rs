//! A screen that nobody sees, and what is painted on it, read straight from its memory.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

/// An Xvfb of 1280x800 that keeps its picture in a file.
pub struct Screen {
    /// `:7`
    pub name: String,
    picture: PathBuf,
    server: Child,
    _folder: TempDir,
}

/// How many pixels of each colour are on the screen, its own black left out.
pub struct Painted(HashMap<u32, usize>);

impl Painted {
    /// Pixels that are not paper, which is the most frequent colour.
    pub fn ink(&self) -> usize {
        self.0.values().sum::<usize>() - self.0.values().max().copied().unwrap_or(0)
    }

    /// Pixels of one colour.
    pub fn of(&self, colour: u32) -> usize {
        self.0.get(&colour).copied().unwrap_or(0)
    }
}

impl Screen {
    pub fn open() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-br", "-fbdir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb")?;
        let mut number = String::new();
        BufReader::new(server.stdout.take().context("no words from Xvfb")?).read_line(&mut number)?;
        ensure!(!number.trim().is_empty(), "Xvfb ended before it was ready");
        let picture = folder.path().join("Xvfb_screen0");
        fs::metadata(&picture).context("Xvfb keeps no picture")?;
        Ok(Self { name: format!(":{}", number.trim()), picture, server, _folder: folder })
    }

    /// What is on the screen at this moment. Every second line is enough, and costs half.
    pub fn painted(&self) -> Result<Painted> {
        let mut file = File::open(&self.picture)?;
        let mut head = [0; 100];
        file.read_exact(&mut head)?;
        let word = |at: usize| -> Result<usize> {
            let bytes = head.get(at * 4..at * 4 + 4).context("a short head")?;
            Ok(u32::from_be_bytes(bytes.try_into()?) as usize)
        };
        // The head of an X window dump: its own length, …, bytes a line at 12, colours at 19, 12 bytes each.
        let (height, line) = (word(5)?, word(12)?);
        file.seek(SeekFrom::Start((word(0)? + word(19)? * 12) as u64))?;
        let mut bytes = vec![0; line * height];
        file.read_exact(&mut bytes)?;
        let mut colours: HashMap<u32, usize> = HashMap::new();
        for line in bytes.chunks_exact(line).step_by(2) {
            for pixel in line.chunks_exact(4) {
                let colour = u32::from_le_bytes(pixel.try_into()?) & 0xff_ff_ff;
                *colours.entry(colour).or_default() += 1;
            }
        }
        colours.remove(&0);
        Ok(Painted(colours))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
