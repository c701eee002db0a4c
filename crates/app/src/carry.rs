//! Files, once words have been exchanged: pieces are given and taken, each from the byte at which the line broke.

use std::{collections::HashSet, io::Read};

use domain::Digest;
use store::{Came, Lack};
use sync::{MOST_PIECES, Slice};

use crate::{
    App, Code, Trouble,
    exchange::{in_session, remote},
    remote::{Progress, Remote, cut_off},
    session::hold,
    settings::Originals,
};

/// Bytes of pieces in one question or answer, about: what a weak link carries in a minute.
const BATCH: usize = 512 * 1024;
/// Bytes that are kept by one commit.
const KEPT: usize = 32 * 1024;
const MIB: u64 = 1024 * 1024;

/// Gives and takes until nothing is left that can be had, or the person pauses.
pub(crate) fn carry(app: &App) -> Result<(), Trouble> {
    let remote = remote(app)?;
    let mut before = u64::MAX;
    loop {
        let mut load = Load { app, remote: &remote, left: 0, progress: Progress::default() };
        match load.turn() {
            Ok(()) => break,
            // A weak link that breaks now and then gets on all the same, as long as something comes.
            Err(trouble) if trouble.code == Code::Offline && load.left < before => before = load.left,
            Err(trouble) => return Err(trouble),
        }
    }
    let room = u64::from(app.settings().room_mb) * MIB;
    app.at_desk(|desk| Ok(desk.book.tidy(room)?))
}

struct Load<'a> {
    app: &'a App,
    remote: &'a Remote,
    /// Bytes that were to be carried when the turn began.
    left: u64,
    progress: Progress,
}

impl Load<'_> {
    fn turn(&mut self) -> Result<(), Trouble> {
        let owed = self.owed()?;
        let lacking = self.lacking()?;
        self.left = owed.iter().chain(&lacking).map(|lack| u64::from(lack.size - lack.from)).sum();
        self.progress = Progress { done: 0, all: (owed.len() + lacking.len()) as u64, bytes_left: self.left };
        for batch in batches(&owed) {
            if self.paused()? {
                return Ok(());
            }
            self.give(batch)?;
        }
        let mut asked = HashSet::new();
        loop {
            // Asked anew each time: somebody may want another file first.
            let lacking: Vec<Lack> = self.lacking()?.into_iter().filter(|lack| !asked.contains(&lack.piece)).collect();
            let Some(batch) = batches(&lacking).next() else { return Ok(()) };
            if self.paused()? || !self.take(batch)? {
                return Ok(());
            }
            asked.extend(batch.iter().map(|lack| lack.piece));
        }
    }

    fn lacking(&self) -> Result<Vec<Lack>, Trouble> {
        let all = self.app.settings().originals == Originals::Always;
        self.app.at_desk(|desk| Ok(desk.book.lacking(all)?))
    }

    fn paused(&self) -> Result<bool, Trouble> {
        self.app.at_desk(|desk| Ok(desk.book.fact("paused")?.unwrap_or(false)))
    }

    /// Pieces that the server wants, each from the byte it has already.
    fn owed(&self) -> Result<Vec<Lack>, Trouble> {
        let waiting = self.app.at_desk(|desk| Ok(desk.book.to_give()?))?;
        let mut owed = Vec::new();
        for offered in waiting.chunks(MOST_PIECES) {
            let names: Vec<Digest> = offered.iter().map(|(piece, _)| *piece).collect();
            let had: Vec<Option<u64>> =
                in_session(self.app, self.remote, |token| self.remote.post("/v1/pieces/offer", &names, Some(token)))?;
            let mut there = Vec::new();
            for ((piece, size), had) in offered.iter().zip(had) {
                match had {
                    Some(had) if had >= u64::from(*size) => there.push(*piece),
                    Some(had) => owed.push(Lack { piece: *piece, from: had as u32, size: *size }),
                    // Not before the entry that names it has its place.
                    None => {}
                }
            }
            self.app.at_desk(|desk| Ok(desk.book.there(&there)?))?;
        }
        Ok(owed)
    }

    fn give(&mut self, batch: &[Lack]) -> Result<(), Trouble> {
        let slices = self.app.at_desk(|desk| {
            let mut slices = Vec::new();
            for lack in batch {
                let bytes = desk.book.piece(&lack.piece, lack.from)?;
                slices.extend(Slice { piece: lack.piece, from: lack.from, length: bytes.len() as u32 }.head());
                slices.extend(bytes);
            }
            Ok(slices)
        })?;
        in_session(self.app, self.remote, |token| self.remote.give(slices.clone(), token))?;
        let pieces: Vec<Digest> = batch.iter().map(|lack| lack.piece).collect();
        self.app.at_desk(|desk| {
            desk.changed.insert("file");
            Ok(desk.book.there(&pieces)?)
        })?;
        for lack in batch {
            self.on(u64::from(lack.size - lack.from), true);
        }
        Ok(())
    }

    /// Takes what the server has of a batch; whether to go on.
    fn take(&mut self, batch: &[Lack]) -> Result<bool, Trouble> {
        let wanted: Vec<(Digest, u32)> = batch.iter().map(|lack| (lack.piece, lack.from)).collect();
        let mut answer = in_session(self.app, self.remote, |token| self.remote.take(&wanted, token))?;
        while let Some(slice) = Slice::read(&mut answer).map_err(cut_off)? {
            let asked = batch.iter().find(|lack| (lack.piece, lack.from) == (slice.piece, slice.from));
            let fits = asked.filter(|lack| slice.from + slice.length == lack.size);
            let lack = fits.ok_or_else(|| Trouble::new(Code::BadServer, "a piece that nobody asked for"))?;
            if !self.receive(lack, &mut answer)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Keeps a piece as it comes; what came before the line broke is kept too. Whether to go on.
    fn receive(&mut self, lack: &Lack, from: &mut impl Read) -> Result<bool, Trouble> {
        let mut at = lack.from;
        while at < lack.size {
            let mut bytes = Vec::with_capacity(KEPT);
            let wanted = KEPT.min((lack.size - at) as usize);
            let broke = from.take(wanted as u64).read_to_end(&mut bytes).is_err() || bytes.len() < wanted;
            if !bytes.is_empty() {
                let came = self.app.at_desk(|desk| {
                    let came = desk.book.take_piece(lack, at, &bytes, desk.now)?;
                    if came == Came::Whole {
                        desk.changed.insert("file");
                    }
                    Ok(came)
                })?;
                if came == Came::Spoilt {
                    return Err(Trouble::new(Code::BadServer, "a piece that is not what it is named by"));
                }
                at += bytes.len() as u32;
                self.on(bytes.len() as u64, came == Came::Whole);
            }
            if broke {
                return Err(Trouble::new(Code::Offline, "a piece was cut off"));
            }
            if self.paused()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn on(&mut self, bytes: u64, whole: bool) {
        self.progress.done += u64::from(whole);
        self.progress.all = self.progress.all.max(self.progress.done);
        self.progress.bytes_left = self.progress.bytes_left.saturating_sub(bytes);
        hold(&self.app.line).progress = Some(self.progress);
        self.app.tell(&["sync"]);
    }
}

/// Runs of pieces that go in one question.
fn batches(mut lacks: &[Lack]) -> impl Iterator<Item = &[Lack]> {
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let end = lacks.iter().take(MOST_PIECES).take_while(|lack| {
            let begins = bytes == 0;
            bytes += (lack.size - lack.from) as usize;
            begins || bytes <= BATCH
        });
        let (batch, rest) = lacks.split_at_checked(end.count().max(1))?;
        lacks = rest;
        Some(batch)
    })
}
