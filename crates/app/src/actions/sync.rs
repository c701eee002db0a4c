//! Sending and receiving, and what is known of it: saved here, sent, received.

use domain::{Device, Id, Meeting, Member, Moment, Record};
use serde::{Deserialize, Serialize};
use sync::{Ask, Reply, challenge};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
    remote::{Network, Progress, Remote},
    session::hold,
    time,
};

/// What is saved, sent and received.
#[derive(Debug, Serialize, TS)]
pub struct SyncState {
    /// Whether the server could be reached, when last tried.
    pub network: Network,
    /// Fields changed here and not sent yet.
    pub waiting: u32,
    /// What they are of.
    pub waits: Vec<Waits>,
    /// When something was last saved here.
    pub saved_at: Option<Moment>,
    /// When something was last sent.
    pub sent_at: Option<Moment>,
    /// When the server was last heard.
    pub received_at: Option<Moment>,
    /// How far a sync under way has come.
    pub progress: Option<Progress>,
    /// Whether sending and receiving are held back by the person.
    pub paused: bool,
    /// Days since the server was last heard.
    pub stale_days: u32,
    /// Seconds the device's clock is behind the server's; negative when ahead. 0 where that does not matter.
    #[ts(type = "number")]
    pub clock_off_seconds: i64,
    /// What the server set aside; nothing of it is lost.
    pub quarantined: Vec<Aside>,
    /// Where the server is.
    pub server: String,
    /// What went wrong, when last tried.
    pub trouble: Option<Trouble>,
    /// The unit's devices.
    pub devices: Vec<DeviceLine>,
    /// When the server's history was last held against its signature.
    pub checked_at: Option<Moment>,
    /// Whether it did not fit: the book goes on, and the province should be told.
    pub misfit: bool,
}

/// A record with changes that wait.
#[derive(Debug, Serialize, TS)]
pub struct Waits {
    /// The kind of record.
    pub what: String,
    /// Its title: a name, or a moment.
    pub title: String,
    /// How many fields.
    pub changes: u32,
}

/// Something the server set aside.
#[derive(Debug, Serialize, TS)]
pub struct Aside {
    /// The kinds of record.
    pub what: String,
    /// Why: a key of `aside` in the text catalogue.
    pub why: String,
}

/// One device of the unit.
#[derive(Debug, Serialize, TS)]
pub struct DeviceLine {
    /// Its name.
    pub id: Id<Device>,
    /// Whose it is.
    pub holder: String,
    /// What it is called.
    pub name: String,
    /// When it was let in.
    pub enrolled_at: Moment,
    /// When it was shut out.
    pub revoked_at: Option<Moment>,
    /// Whether it is this one.
    pub this_one: bool,
    /// Whether this person may shut it out.
    pub may_revoke: bool,
}

impl App {
    fn sync_state(&self) -> Result<SyncState, Trouble> {
        let line = hold(&self.line);
        let (network, progress, trouble) = (line.network, line.progress, line.trouble.clone());
        drop(line);
        self.at_desk(|desk| {
            let book = &desk.book;
            let waiting = book.waiting()?;
            let moment = |name: &str| Ok::<_, Trouble>(book.fact::<u64>(name)?.map(time::moment));
            let heard: Option<u64> = book.fact("received")?;
            let off: i64 = book.fact("clock_off")?.unwrap_or(0);
            Ok(SyncState {
                network,
                progress,
                trouble,
                waiting: waiting.iter().map(|waits| waits.changes).sum(),
                waits: waiting
                    .iter()
                    .map(|waits| {
                        let title = desk.title(&waits.table, waits.id)?;
                        Ok(Waits { what: waits.table.clone(), title, changes: waits.changes })
                    })
                    .collect::<Result<_, Trouble>>()?,
                saved_at: book.fact::<u64>("tick")?.map(|tick| time::moment(tick >> 16)),
                sent_at: moment("sent")?,
                received_at: moment("received")?,
                checked_at: moment("checked")?,
                paused: book.fact("paused")?.unwrap_or(false),
                stale_days: heard.map_or(0, |heard| (desk.now.saturating_sub(heard) / 86_400_000) as u32),
                clock_off_seconds: if off.abs() > 60_000 { off / 1000 } else { 0 },
                quarantined: book
                    .set_aside()?
                    .into_iter()
                    .map(|aside| Aside { what: aside.tables.join(" "), why: aside.why })
                    .collect(),
                server: book.fact("server")?.unwrap_or_default(),
                devices: desk.devices()?,
                misfit: book.fact::<(Uuid, u64)>("misfit")?.is_some(),
            })
        })
    }
}

impl Desk {
    fn devices(&self) -> Result<Vec<DeviceLine>, Trouble> {
        let may = self.rights()?.revoke_device;
        let mut lines = Vec::new();
        for device in self.book.list::<Device>("ORDER BY enrolled_at DESC, id", [])? {
            let Some(holder) = self.book.get::<Member>(device.member)? else { continue };
            if holder.unit != self.unit {
                continue;
            }
            lines.push(DeviceLine {
                this_one: device.id == self.book.device(),
                may_revoke: device.revoked_at.is_none() && (may || device.member == self.me),
                id: device.id,
                holder: holder.name,
                name: device.name,
                enrolled_at: device.enrolled_at,
                revoked_at: device.revoked_at,
            });
        }
        Ok(lines)
    }

    /// What a record is called in a list: a name, or when a meeting is.
    pub(crate) fn title(&self, table: &str, id: Uuid) -> Result<String, Trouble> {
        let book = &self.book;
        let name = |member: Id<Member>| Ok::<_, Trouble>(book.get(member)?.map(|m| m.name).unwrap_or_default());
        let at = |meeting: Id<Meeting>| Ok::<_, Trouble>(book.get(meeting)?.map(|m| m.planned_at).unwrap_or_default());
        match table {
            "member" => name(Id::new(id)),
            "person" => Ok(book.get::<domain::Person>(Id::new(id))?.map(|person| person.full_name).unwrap_or_default()),
            "attendance" => match book.get::<domain::Attendance>(Id::new(id))? {
                Some(attendance) => name(attendance.member),
                None => Ok(String::new()),
            },
            "meeting" => at(Id::new(id)),
            _ => Ok(String::new()),
        }
    }
}

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

/// Sends and receives now.
#[derive(Deserialize, TS)]
pub struct Sync {}

impl Action for Sync {
    const NAME: &'static str = "sync";
    type Reply = SyncState;

    fn run(self, app: &App) -> Result<SyncState, Trouble> {
        exchange(app)?;
        app.sync_state()
    }
}

/// Asks what is known of sending and receiving.
#[derive(Deserialize, TS)]
pub struct GetSyncState {}

impl Action for GetSyncState {
    const NAME: &'static str = "sync_state";
    type Reply = SyncState;

    fn run(self, app: &App) -> Result<SyncState, Trouble> {
        app.sync_state()
    }
}

/// Holds sending and receiving back, or lets them go on.
#[derive(Deserialize, TS)]
pub struct PauseSync {
    paused: bool,
}

impl Action for PauseSync {
    const NAME: &'static str = "pause_sync";
    type Reply = SyncState;

    fn run(self, app: &App) -> Result<SyncState, Trouble> {
        app.at_desk(|desk| {
            desk.changed.insert("sync");
            Ok(desk.book.put_fact("paused", &self.paused)?)
        })?;
        app.sync_state()
    }
}

/// Shuts a device out, for a phone that is lost or handed on.
#[derive(Deserialize, TS)]
pub struct RevokeDevice {
    device: Id<Device>,
}

impl Action for RevokeDevice {
    const NAME: &'static str = "revoke_device";
    type Reply = SyncState;

    fn run(self, app: &App) -> Result<SyncState, Trouble> {
        app.at_desk(|desk| {
            let device = desk.need(self.device)?;
            let log = desk.book.log_of(&Device::TABLE, device.id.uuid())?.ok_or(Code::NotFound)?;
            desk.write(log, vec![edit(device.id, "revoked_at", time::moment(desk.now))], None)
        })?;
        app.sync_state()
    }
}
