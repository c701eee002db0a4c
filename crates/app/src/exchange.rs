//! The exchange with the province, turn by turn.

use sync::{Ask, Reply, challenge};

use crate::{
    App, Code, Trouble,
    remote::{Network, Progress, Remote},
    session::hold,
};

/// Sends and receives until there is nothing left to say, or the person pauses.
pub(crate) fn exchange(app: &App) -> Result<(), Trouble> {
    // One at a time: a second asker waits and then finds nothing to do.
    let _talking = hold(&app.talking);
    hold(&app.line).network = Network::Syncing;
    app.tell(&["sync"]);
    let done = talk(app);
    let mut line = hold(&app.line);
    line.network = match done.as_ref().map_err(|trouble| trouble.code) {
        Err(Code::Offline) => Network::Offline,
        _ => Network::Idle,
    };
    line.progress = None;
    line.trouble = done.as_ref().err().cloned();
    drop(line);
    app.tell(&["sync"]);
    done
}

/// Bytes of entries in the first question and the first answer; each that arrives doubles the next.
const FIRST: usize = 32 * 1024;
const MOST: usize = 512 * 1024;
/// An exchange that has not come to an end after so many turns has a fault of its own.
const TURNS: usize = 10_000;

fn talk(app: &App) -> Result<(), Trouble> {
    let (server, root): (Option<String>, _) =
        app.at_desk(|desk| Ok((desk.book.fact("server")?, desk.book.fact("root")?)))?;
    let remote = Remote::new(&server.unwrap_or_default(), root)?;
    let mut size = FIRST;
    let mut progress = Progress::default();
    for turn in 0..TURNS {
        let ask = app.at_desk(|desk| Ok(desk.book.ask(size, (size * 8) as u32)?))?;
        let (reply, bytes) = say(app, &remote, &ask)?;
        let more = app.at_desk(|desk| {
            let taken = desk.book.take(&ask, &reply, app.now())?;
            desk.changed.extend(taken.tables.iter());
            desk.changed.insert("sync");
            let now = desk.by_server(app.now());
            desk.book.put_fact("received", &now)?;
            if !ask.entries.is_empty() {
                desk.book.put_fact("sent", &now)?;
            }
            progress.done += taken.entries as u64;
            let each = (bytes / (taken.entries as u64).max(1)).max(1);
            progress.bytes_left = taken.left;
            progress.all = progress.done + taken.left / each;
            Ok(taken.more && !desk.book.fact("paused")?.unwrap_or(false))
        })?;
        if !more {
            return Ok(());
        }
        hold(&app.line).progress = Some(progress);
        app.tell(&["sync"]);
        size = (size * 2).min(MOST);
        if turn + 1 == TURNS {
            break;
        }
    }
    Err(Trouble::new(Code::Internal, "the exchange does not end"))
}

/// Asks within a session, opening a new one where the old is over.
fn say(app: &App, remote: &Remote, ask: &Ask) -> Result<(Reply, u64), Trouble> {
    let token = hold(&app.line).token.clone();
    if let Some(token) = token {
        match remote.post_counted("/v1/sync", ask, Some(&token)) {
            Err(trouble) if trouble.code == Code::Locked => {}
            other => return other,
        }
    }
    let (device, key) = app.at_desk(|desk| Ok((desk.book.device(), desk.book.key().clone())))?;
    let nonce: Vec<u8> = remote.post("/v1/challenge", &device, None)?;
    let signature = sync::sign(&key, &challenge(device, &nonce));
    let token: String = remote.post("/v1/session", &(device, nonce, signature), None)?;
    hold(&app.line).token = Some(token.clone());
    remote.post_counted("/v1/sync", ask, Some(&token))
}
