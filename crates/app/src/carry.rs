//! Files, once words have been exchanged: pieces are given and taken, each from the byte at which the line broke. Words that come
//! up meanwhile are exchanged beside it, and before the next pieces.

use std::{collections::HashSet, io::Read};

use domain::Digest;
use store::{Came, Lack};
use sync::{MOST_PIECES, Slice};

use crate::{
    App, Code, Trouble,
    exchange::{in_session, index, remote},
    remote::{Progress, Remote, cut_off},
    session::hold,
    settings::Originals,
};

/// Bytes of pieces in one question or answer, about: what a weak link carries in a minute.
const BATCH: usize = 512 * 1024;
/// Bytes that are kept by one commit.
const KEPT: usize = 32 * 1024;

/// Gives and takes until nothing is left that can be had, the person pauses or the book is locked.
pub(crate) fn carry(app: &App) -> Result<(), Trouble> {
    // One at a time: a second asker waits and then finds nothing to carry.
    let _carrying = hold(&app.freight.carrying);
    let done = patiently(app);
    // Also where the line ended it: what was wiped while it came does not stay.
    let done = done.and(app.tidy());
    let open = app.is_open();
    let mut line = hold(&app.line);
    let began = line.files.take().is_some();
    match &done {
        // It is not the line that ended it.
        Err(_) if !open => return Ok(()),
        Err(trouble) => line.tried(Some(trouble.clone())),
        Ok(()) if began => line.tried(None),
        Ok(()) => {}
    }
    drop(line);
    app.tell(&["sync"]);
    done
}

fn patiently(app: &App) -> Result<(), Trouble> {
    let remote = remote(app)?;
    let mut before = u64::MAX;
    loop {
        let mut load = Load { app, remote: &remote, seen: HashSet::new(), owed: Vec::new(), left: None, done: 0 };
        match load.turn() {
            Ok(()) => return Ok(()),
            Err(trouble) => {
                // A weak link that breaks now and then gets on all the same, as long as something comes.
                let left = load.left.unwrap_or(u64::MAX);
                if trouble.code != Code::Offline || left >= before {
                    return Err(trouble);
                }
                before = left;
            }
        }
    }
}

impl App {
    /// Throws away what has no room: see [`store::Book::tidy`].
    pub(crate) fn tidy(&self) -> Result<(), Trouble> {
        let room = self.settings().room();
        self.at_desk(|desk| {
            if desk.book.tidy(room)? {
                desk.changed.insert("file");
            }
            Ok(())
        })
    }
}

/// Which way a piece goes. Of files alike, those of here go first: nobody else has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Give,
    Take,
}

struct Load<'a> {
    app: &'a App,
    remote: &'a Remote,
    /// Pieces that were offered or asked for.
    seen: HashSet<Digest>,
    /// Pieces that the server wants, each from the byte it has already.
    owed: Vec<Lack>,
    /// Bytes that were to be carried at first.
    left: Option<u64>,
    /// Pieces carried.
    done: u64,
}

impl Load<'_> {
    fn turn(&mut self) -> Result<(), Trouble> {
        while let Some((way, batch)) = self.choose()? {
            match way {
                Way::Give => self.give(&batch)?,
                Way::Take => self.take(&batch)?,
            }
            index(self.app);
        }
        Ok(())
    }

    /// What goes next: texts, given and then taken; originals that somebody asked for here; originals given; the others. It is
    /// asked anew each time, for there may be new texts, or somebody may want another file first.
    fn choose(&mut self) -> Result<Option<(Way, Vec<Lack>)>, Trouble> {
        // Words first: nothing is begun while they are on their way.
        drop(hold(&self.app.talking));
        if self.app.freight.is_halted() {
            return Ok(None);
        }
        if self.app.freight.take_due() {
            self.forget();
        }
        self.offer()?;
        let lacking = self.lacking()?.into_iter().filter(|lack| !self.seen.contains(&lack.piece));
        let owed = self.owed.iter().map(|lack| (Way::Give, *lack));
        let all: Vec<(Way, Lack)> = owed.chain(lacking.map(|lack| (Way::Take, lack))).collect();
        let Some(first) = all.iter().map(|(way, lack)| (lack.rank, *way)).min() else { return Ok(None) };
        let left = all.iter().map(|(_, lack)| u64::from(lack.size - lack.from)).sum();
        self.left.get_or_insert(left);
        self.tell(Progress { done: self.done, all: self.done + all.len() as u64, bytes_left: left });
        let alike = all.into_iter().filter(|(way, lack)| (lack.rank, *way) == first).map(|(_, lack)| lack);
        Ok(Some((first.1, batch(alike))))
    }

    /// What was offered and asked for is so again.
    fn forget(&mut self) {
        self.seen.clear();
        self.owed.clear();
    }

    fn lacking(&self) -> Result<Vec<Lack>, Trouble> {
        let settings = self.app.settings();
        let more = match settings.originals {
            Originals::Ask => false,
            Originals::Unmetered => self.app.freight.is_unmetered(),
            Originals::Always => true,
        };
        self.app.at_desk(|desk| Ok(desk.book.lacking(more.then_some(settings.room()))?))
    }

    /// Offers what the server was not offered yet.
    fn offer(&mut self) -> Result<(), Trouble> {
        let mut waiting = self.app.at_desk(|desk| Ok(desk.book.to_give()?))?;
        waiting.retain(|lack| !self.seen.contains(&lack.piece));
        for offered in waiting.chunks(MOST_PIECES) {
            let names: Vec<Digest> = offered.iter().map(|lack| lack.piece).collect();
            let had: Vec<Option<u64>> =
                in_session(self.app, self.remote, |token| self.remote.post("/v1/pieces/offer", &names, Some(token)))?;
            let mut there = Vec::new();
            for (lack, had) in offered.iter().zip(had) {
                match had {
                    Some(had) if had >= u64::from(lack.size) => there.push(lack.piece),
                    Some(had) => self.owed.push(Lack { from: had as u32, ..*lack }),
                    // Not before the entry that names it has its place.
                    None => {}
                }
            }
            self.app.at_desk(|desk| Ok(desk.book.there(&there)?))?;
            self.seen.extend(names);
        }
        Ok(())
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
        let out = self.app.freight.out(slices);
        let given = in_session(self.app, self.remote, |token| self.remote.give(out.clone(), token));
        if given.is_err() && self.app.freight.is_halted() {
            // What went before is kept there, and how much that is will be asked.
            self.forget();
            return Ok(());
        }
        given?;
        let pieces: Vec<Digest> = batch.iter().map(|lack| lack.piece).collect();
        self.app.at_desk(|desk| {
            desk.changed.insert("file");
            Ok(desk.book.there(&pieces)?)
        })?;
        self.owed.retain(|lack| !pieces.contains(&lack.piece));
        self.done += pieces.len() as u64;
        Ok(())
    }

    /// Takes what the server has of a batch.
    fn take(&mut self, batch: &[Lack]) -> Result<(), Trouble> {
        let wanted: Vec<(Digest, u32)> = batch.iter().map(|lack| (lack.piece, lack.from)).collect();
        let mut answer = in_session(self.app, self.remote, |token| self.remote.take(&wanted, token))?;
        while let Some(slice) = Slice::read(&mut answer).map_err(cut_off)? {
            let asked = batch.iter().find(|lack| (lack.piece, lack.from) == (slice.piece, slice.from));
            let fits = asked.filter(|lack| slice.from + slice.length == lack.size);
            let lack = fits.ok_or_else(|| Trouble::new(Code::BadServer, "a piece that nobody asked for"))?;
            // Somebody may have thrown the file away since it was asked for.
            if !self.lacking()?.contains(lack) || !self.receive(lack, &mut answer)? {
                return Ok(());
            }
        }
        self.seen.extend(batch.iter().map(|lack| lack.piece));
        Ok(())
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
                match came {
                    Came::Spoilt => {
                        return Err(Trouble::new(Code::BadServer, "a piece that is not what it is named by"));
                    }
                    // The person threw it away, or got it elsewhere.
                    Came::Gone => return Ok(false),
                    Came::Part | Came::Whole => {}
                }
                at += bytes.len() as u32;
                self.on(bytes.len() as u64, came == Came::Whole);
            }
            if broke {
                return Err(Trouble::new(Code::Offline, "a piece was cut off"));
            }
            if self.app.freight.is_halted() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn on(&mut self, bytes: u64, whole: bool) {
        self.done += u64::from(whole);
        let files = hold(&self.app.line).files;
        if let Some(Progress { all, bytes_left, .. }) = files {
            self.tell(Progress { done: self.done, all, bytes_left: bytes_left.saturating_sub(bytes) });
        }
    }

    /// Said under a name of its own: it changes many times a second, and little of the screen shows it.
    fn tell(&self, progress: Progress) {
        hold(&self.app.line).files = Some(progress);
        self.app.tell(&["progress"]);
    }
}

/// As many as go in one question.
fn batch(lacks: impl Iterator<Item = Lack>) -> Vec<Lack> {
    let mut bytes = 0;
    let fits = |lack: &Lack| {
        let begins = bytes == 0;
        bytes += (lack.size - lack.from) as usize;
        begins || bytes <= BATCH
    };
    lacks.take(MOST_PIECES).take_while(fits).collect()
}
