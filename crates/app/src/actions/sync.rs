//! Sending and receiving, and what is known of it: saved here, sent, received.

use domain::{Id, Meeting, Member, Moment, Table, Unit};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{aside::Decided, device::DeviceLine};
use crate::{
    Action, App, Trouble,
    carry::carry,
    desk::Desk,
    exchange::exchange,
    remote::{Network, Progress},
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
    /// How far words under way have come.
    pub progress: Option<Progress>,
    /// How far files under way have come.
    pub files: Option<Progress>,
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
    /// What it was held against: logs, and entries in them, each signed by the device that wrote it.
    pub held: Held,
    /// Where it did not fit, if it ever did: the book goes on, and the province should be told.
    pub misfit: Option<Misfit>,
}

/// What this book can hold against a server.
#[derive(Debug, Serialize, TS)]
pub struct Held {
    /// Logs that this device may read.
    pub logs: u32,
    /// Entries in them.
    pub entries: u32,
}

/// A server's history that is not what this book holds: the evidence.
#[derive(Debug, Serialize, TS)]
pub struct Misfit {
    /// The unit by which it is numbered.
    pub unit: String,
    /// When it was first seen.
    pub at: Moment,
    /// The last number that the server is known to have given there.
    pub last: u32,
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
    /// What became of it, once somebody has decided.
    pub decided: Option<Decided>,
}

impl App {
    pub(super) fn sync_state(&self) -> Result<SyncState, Trouble> {
        let line = hold(&self.line);
        let (network, progress, files, trouble) = (line.stands(), line.progress, line.files, line.trouble.clone());
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
                files,
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
                    .map(|aside| {
                        let author = aside.device.map(|device| desk.holder_of(device)).transpose()?.flatten();
                        let decided = author.map(|author| desk.decided(author, &aside.hash)).transpose()?.flatten();
                        Ok(Aside { what: aside.tables.join(" "), why: aside.why, decided })
                    })
                    .collect::<Result<_, Trouble>>()?,
                server: book.fact("server")?.unwrap_or_default(),
                devices: desk.devices()?,
                held: {
                    let (logs, entries) = book.held()?;
                    Held { logs, entries }
                },
                misfit: desk.misfit()?,
            })
        })
    }
}

impl Desk {
    /// Where the server's history does not fit what this book holds.
    pub(crate) fn misfit(&self) -> Result<Option<Misfit>, Trouble> {
        let Some((unit, at, last)) = self.book.fact::<(Uuid, u64, u64)>("misfit")? else { return Ok(None) };
        let name = self.book.get(Id::<Unit>::new(unit))?.map(|unit| unit.name).unwrap_or_default();
        Ok(Some(Misfit { unit: name, at: time::moment(at), last: last as u32 }))
    }

    /// What a record is called in a list: a name, or when a meeting is.
    pub(crate) fn title(&self, table: &str, id: Uuid) -> Result<String, Trouble> {
        let book = &self.book;
        let name = |member: Id<Member>| Ok::<_, Trouble>(book.get(member)?.map(|m| m.name).unwrap_or_default());
        let at = |meeting: Id<Meeting>| Ok::<_, Trouble>(book.get(meeting)?.map(|m| m.planned_at).unwrap_or_default());
        match table {
            "member" => name(Id::new(id)),
            "person" => Ok(book.get::<domain::Person>(Id::new(id))?.map(|person| person.full_name).unwrap_or_default()),
            "meeting" => at(Id::new(id)),
            "unit" => Ok(book.get::<Unit>(Id::new(id))?.map(|unit| unit.name).unwrap_or_default()),
            "device" => self.device_name(Some(Id::new(id))),
            "item" => Ok(book.get::<domain::Item>(Id::new(id))?.map(|item| item.title).unwrap_or_default()),
            "resolution" => Ok(book.get::<domain::Resolution>(Id::new(id))?.map(|one| one.title).unwrap_or_default()),
            "vote" => Ok(book.get::<domain::Vote>(Id::new(id))?.map(|vote| vote.subject).unwrap_or_default()),
            "score_form" => Ok(book.get::<domain::ScoreForm>(Id::new(id))?.map(|form| form.source).unwrap_or_default()),
            "task" => Ok(book.get::<domain::Task>(Id::new(id))?.map(|task| task.what).unwrap_or_default()),
            "discussion" => {
                let talk = book.get::<domain::Discussion>(Id::new(id))?;
                talk.map_or(Ok(String::new()), |talk| self.title("item", talk.item.uuid()))
            }
            // Whatever is about a member is known by the member's name.
            _ => {
                let about =
                    Table::find(domain::TABLES, table).map(|table| book.value(table, id, "member")).transpose()?;
                let member = about.flatten().and_then(|member| member.as_link());
                member.map_or(Ok(String::new()), |member| name(Id::new(member)))
            }
        }
    }
}

/// Sends and receives now: words, and then the files that there are to carry.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct Sync {
    /// Whether files go by themselves meanwhile, as they do in a window: the answer does not wait for them.
    words_only: Option<bool>,
}

impl Action for Sync {
    const NAME: &'static str = "sync";
    type Reply = SyncState;

    fn run(self, app: &App) -> Result<SyncState, Trouble> {
        exchange(app)?;
        if !self.words_only.unwrap_or_default() {
            carry(app)?;
        }
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
        app.freight.halt(self.paused);
        if !self.paused {
            app.freight.ask();
        }
        app.sync_state()
    }
}
