//! The exchange of words with the province, turn by turn.

use std::sync::mpsc::{SyncSender, sync_channel};

use store::Taken;
use sync::{Ask, Reply, challenge};

use crate::{
    App, Code, Trouble,
    remote::{Parts, Progress, Remote},
    session::hold,
};

/// Sends and receives until there is nothing left to say, or the person pauses. Files go after that and beside it: see
/// [`crate::carry`].
pub(crate) fn exchange(app: &App) -> Result<(), Trouble> {
    // One at a time: a second asker waits and then finds nothing to do.
    let _talking = hold(&app.talking);
    hold(&app.line).talking = true;
    app.tell(&["sync"]);
    let mut done = talk(app);
    // What came may have changed the counts that the cell reports. A count that cannot be told keeps nothing else back.
    if done.is_ok() && app.at_desk(|desk| desk.report_coverage()).unwrap_or(false) {
        done = talk(app);
    }
    if done.is_ok() {
        // What was said may name files, and what waited to be given has its place now.
        app.freight.ask();
    }
    index(app);
    let open = app.is_open();
    let mut line = hold(&app.line);
    (line.talking, line.progress) = (false, None);
    // Of a book that was locked meanwhile nothing is known any more.
    if open {
        line.tried(done.as_ref().err().cloned());
    }
    drop(line);
    app.tell(&["sync"]);
    done
}

/// Reads what came for the search. Between a few records and the next few a tap gets through; what fails here is read by the
/// next search.
pub(crate) fn index(app: &App) {
    while app.at_desk(|desk| Ok(desk.book.index_some()?)).unwrap_or(false) {}
}

/// Bytes of entries in the first question; each that is answered doubles the next.
const FIRST: usize = 32 * 1024;
const MOST: usize = 512 * 1024;
/// Bytes of entries in one answer: it comes in parts, and what came is kept when the line breaks.
const ROOM: u32 = 8 * 1024 * 1024;
/// The same while a log is fetched from its start: that answer comes in one piece, which is kept whole or not at all.
const PIECE: u32 = 256 * 1024;
/// Parts that may wait to be taken in.
const WAITING: usize = 64;
/// Bytes of entries taken in by one commit.
const BATCH: usize = 1024 * 1024;
/// An exchange that has not come to an end after so many turns has a fault of its own.
const TURNS: usize = 10_000;

fn talk(app: &App) -> Result<(), Trouble> {
    let remote = remote(app)?;
    let mut size = FIRST;
    let mut progress = Progress::default();
    for _ in 0..TURNS {
        let mut ask = app.at_desk(|desk| Ok(desk.book.ask(size, ROOM)?))?;
        if !ask.backfill.is_empty() {
            ask.room = PIECE;
        }
        let more = match hear(app, say(app, &remote, &ask)?, ask, &mut progress) {
            // A weak link that breaks now and then gets on all the same, as long as something comes.
            Err((trouble, 1..)) if trouble.code == Code::Offline => true,
            Err((trouble, _)) => return Err(trouble),
            Ok(more) => more,
        };
        if !more {
            return Ok(());
        }
        size = (size * 2).min(MOST);
    }
    Err(Trouble::new(Code::Internal, "the exchange does not end"))
}

/// Takes in an answer as it comes: on a weak link each part at once, on a quick one as many as have come meanwhile, in
/// one commit. Whether there is more to say; or what went wrong, after how many parts.
fn hear(app: &App, parts: Parts, ask: Ask, progress: &mut Progress) -> Result<bool, (Trouble, usize)> {
    let (to, from) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        scope.spawn(move || read(parts, ask, &to));
        let (mut more, mut taken) = (true, 0);
        while let Ok(first) = from.recv() {
            let (ask, mut reply) = first.map_err(|trouble| (trouble, taken))?;
            let mut broke = None;
            while reply.size() < BATCH
                && let Ok(next) = from.try_recv()
            {
                match next {
                    Ok((_, next)) => reply = reply.and(next),
                    Err(trouble) => {
                        broke = Some(trouble);
                        break;
                    }
                }
            }
            let had = take(app, &ask, &reply, progress).map_err(|trouble| (trouble, taken))?;
            more = had.more;
            taken += 1;
            if let Some(trouble) = broke {
                return Err((trouble, taken));
            }
            if !more {
                break;
            }
            hold(&app.line).progress = had.left.map(|_| *progress);
            app.tell(&["sync"]);
        }
        Ok(more)
    })
}

/// Reads the parts of an answer, each with the question that it answers; it stops when nobody listens any more.
fn read(mut parts: Parts, mut ask: Ask, to: &SyncSender<Result<(Ask, Reply), Trouble>>) {
    loop {
        let reply: Reply = match parts.next() {
            Ok(Some(reply)) => reply,
            Ok(None) => return,
            Err(trouble) => {
                let _ = to.send(Err(trouble));
                return;
            }
        };
        let next = ask.then(&reply);
        if to.send(Ok((ask, reply))).is_err() {
            return;
        }
        match next {
            Some(next) => ask = next,
            None => return,
        }
    }
}

fn take(app: &App, ask: &Ask, reply: &Reply, progress: &mut Progress) -> Result<Taken, Trouble> {
    app.at_desk(|desk| {
        let mut taken = desk.book.take(ask, reply, app.now())?;
        desk.changed.extend(taken.tables.iter());
        desk.changed.insert("sync");
        let now = desk.by_server(app.now());
        desk.book.put_fact("received", &now)?;
        if !ask.entries.is_empty() {
            desk.book.put_fact("sent", &now)?;
        }
        let each = (reply.size() as u64 / (taken.entries as u64).max(1)).max(1);
        progress.done += taken.entries as u64;
        progress.bytes_left = taken.left.unwrap_or(0);
        progress.all = progress.done + progress.bytes_left / each;
        taken.more &= !desk.book.fact("paused")?.unwrap_or(false);
        Ok(taken)
    })
}

/// The province's server, as this book knows it.
pub(crate) fn remote(app: &App) -> Result<Remote, Trouble> {
    let (server, root): (Option<String>, _) =
        app.at_desk(|desk| Ok((desk.book.fact("server")?, desk.book.fact("root")?)))?;
    Remote::new(&server.unwrap_or_default(), root)
}

fn say(app: &App, remote: &Remote, ask: &Ask) -> Result<Parts, Trouble> {
    in_session(app, remote, |token| remote.post_parts("/v1/sync", ask, token))
}

/// Asks within a session, opening a new one where the old is over.
pub(crate) fn in_session<T>(
    app: &App,
    remote: &Remote,
    ask: impl Fn(&str) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    let token = hold(&app.line).token.clone();
    if let Some(token) = token {
        match ask(&token) {
            Err(trouble) if trouble.code == Code::Locked => {}
            other => return other,
        }
    }
    let (device, key) = app.at_desk(|desk| Ok((desk.book.device(), desk.book.key().clone())))?;
    let nonce: Vec<u8> = remote.post("/v1/challenge", &device, None)?;
    let signature = sync::sign(&key, &challenge(device, &nonce));
    let token: String = remote.post("/v1/session", &(device, nonce, signature), None)?;
    hold(&app.line).token = Some(token.clone());
    ask(&token)
}
