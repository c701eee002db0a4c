//! Bundles: sending and receiving by a file, on a stick or by a messaging app, where there is no network at all.

use domain::{Actor, Deed, Device, Id, Log, Member, Table, authorize, unhex};
use serde::{Deserialize, Serialize};
use store::{Book, Edit};
use sync::{Ask, Entry, Said, Spoilt, VerifyingKey, bundle, device_of, hash_of, pack, unbundle};
use ts_rs::TS;

use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, On},
    exchange::remote,
    hand::{brought, hand_out},
    time,
};

/// A file that was written, to be handed on.
#[derive(Debug, Serialize, TS)]
pub struct BundleFile {
    /// Where it lies.
    pub path: String,
    /// How long it is.
    pub bytes: u32,
    /// How many batches of changes it carries.
    pub entries: u32,
}

/// What came of a file.
#[derive(Debug, Serialize, TS)]
pub struct BundleTaken {
    /// What it was.
    pub what: BundleKind,
    /// Batches of changes that were new here.
    pub entries: u32,
    /// Batches that were not taken: their writers may not write that, or are not known here.
    pub refused: u32,
    /// Whether there is more to send or to fetch: another file is needed.
    pub more: bool,
}

/// What a file was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BundleKind {
    /// The province's answer.
    Answer,
    /// What another device had.
    Entries,
}

/// As much as one file asks the province to take, and to give.
const MOST: usize = 900 * 1024;
const ROOM: u32 = 2 * 1024 * 1024;
/// What another device is given: of so long back, milliseconds, and everything the province has not got yet.
const BACK: u64 = 60 * 24 * 3600 * 1000;

/// Hands a sealed file out, under a name that says nothing of anybody.
pub(super) fn sealed_file(
    app: &App,
    folder: Option<String>,
    name: &str,
    sealed: &[u8],
    entries: usize,
) -> Result<BundleFile, Trouble> {
    let when = time::moment(app.now()).replace([':', 'T'], "-");
    let path = hand_out(app, folder, &format!("so-tay-{name}-{when}.sotay"), sealed)?;
    Ok(BundleFile { path, bytes: sealed.len() as u32, entries: entries as u32 })
}

pub(super) fn root_of(book: &Book) -> Result<VerifyingKey, Trouble> {
    let root: [u8; 32] = book.fact("root")?.ok_or(Code::NoBook)?;
    VerifyingKey::from_bytes(&root).map_err(|_| Code::BadServer.into())
}

/// Writes a file for the province, or for another device of the unit: all that it may read and may not have yet.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct MakeBundle {
    device: Option<Id<Device>>,
    folder: Option<String>,
}

impl Action for MakeBundle {
    const NAME: &'static str = "make_bundle";
    type Reply = BundleFile;

    fn run(self, app: &App) -> Result<BundleFile, Trouble> {
        let (sealed, name, entries) = app.at_desk(|desk| {
            let (said, to, name, entries) = match self.device {
                Some(device) => {
                    let (entries, key) = desk.entries_for(device)?;
                    let count = entries.len();
                    (Said::Entries(entries), key, "may-khac", count)
                }
                None => {
                    let ask = desk.book.ask(MOST, ROOM)?;
                    // The answer is to this very question.
                    desk.book.put_fact("carried", &ask)?;
                    let count = ask.entries.len();
                    (Said::Ask(ask), root_of(&desk.book)?, "gui-tinh", count)
                }
            };
            let sealed = bundle(&said, desk.book.key(), &to, desk.now).map_err(spoilt)?;
            Ok((sealed, name, entries))
        })?;
        sealed_file(app, self.folder, name, &sealed, entries)
    }
}

/// Takes a file in: the province's answer, or what another device had. Taken twice it changes nothing.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct TakeBundle {
    path: Option<String>,
    data: Option<String>,
}

impl Action for TakeBundle {
    const NAME: &'static str = "take_bundle";
    type Reply = BundleTaken;

    fn run(self, app: &App) -> Result<BundleTaken, Trouble> {
        let bytes = brought(self.path, self.data)?;
        app.at_desk(|desk| {
            let (from, said) = unbundle(&bytes, desk.book.key(), desk.now).map_err(spoilt)?;
            match said {
                Said::Reply(asked, reply) if from == root_of(&desk.book)? => {
                    let ask: Option<Ask> = desk.book.fact("carried")?;
                    let hash = |ask: &Ask| pack(ask).map(|ask| hash_of(&ask)).ok();
                    let ask = ask.filter(|ask| hash(ask) == Some(asked)).ok_or(Code::BundleStale)?;
                    let taken = desk.book.take(&ask, &reply, desk.now)?;
                    let now = desk.by_server(desk.now);
                    desk.book.put_fact("received", &now)?;
                    desk.changed.extend(taken.tables.iter());
                    desk.changed.insert("sync");
                    let (entries, more) = (taken.entries as u32, taken.more);
                    Ok(BundleTaken { what: BundleKind::Answer, entries, refused: 0, more })
                }
                Said::Entries(entries) => desk.hear(&entries),
                _ => Err(Code::BundleForeign.into()),
            }
        })
    }
}

/// Brings somebody's file to the province over this device's network, and writes the answer to be handed back. What is
/// in either can be read only by whom it is for.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct CarryBundle {
    path: Option<String>,
    data: Option<String>,
    folder: Option<String>,
}

impl Action for CarryBundle {
    const NAME: &'static str = "carry_bundle";
    type Reply = BundleFile;

    fn run(self, app: &App) -> Result<BundleFile, Trouble> {
        let bytes = brought(self.path, self.data)?;
        let answer = remote(app)?.carry(bytes)?;
        sealed_file(app, self.folder, "tra-loi", &answer, 0)
    }
}

impl Desk {
    /// What a device may read and may not have yet, and the key it is sealed to.
    fn entries_for(&mut self, device: Id<Device>) -> Result<(Vec<Vec<u8>>, VerifyingKey), Trouble> {
        let Some((reader, key)) = self.actor_at(device)? else { return Err(Code::NotFound.into()) };
        let scene = On::book(&self.book);
        let may = |log: &Log| authorize(&reader, Deed::Read, log, &scene).is_ok();
        let logs: Vec<Log> = self.book.logs()?.into_iter().filter(may).collect();
        Ok((self.book.entries_for_hand(&logs, self.now.saturating_sub(BACK))?, key))
    }

    /// Who writes with a device that is not shut out, and the device's key.
    fn actor_at(&self, device: Id<Device>) -> Result<Option<(Actor, VerifyingKey)>, Trouble> {
        let Some(device) = self.book.get(device)?.filter(|device| device.revoked_at.is_none()) else {
            return Ok(None);
        };
        let key = unhex(&device.public_key).and_then(|key| VerifyingKey::from_bytes(&key).ok());
        let Some(key) = key.filter(|key| device_of(key) == device.id) else { return Ok(None) };
        let offices = self.grants(device.member)?.iter().map(|grant| (grant.unit, grant.office)).collect();
        Ok(Some((Actor::at(device.member, offices, device.confirmed_at.is_some()), key)))
    }

    /// Takes entries from a hand. Whoever brought them is not believed: each must be signed by its author, who must be
    /// allowed every change in it, as far as this book knows; the province judges them again.
    fn hear(&mut self, entries: &[Vec<u8>]) -> Result<BundleTaken, Trouble> {
        let mut taken = BundleTaken { what: BundleKind::Entries, entries: 0, refused: 0, more: false };
        for bytes in entries {
            if self.book.knows(bytes)? {
                continue;
            }
            match self.judged(bytes)? {
                Some(entry) => {
                    self.changed.extend(self.book.hear(&entry, bytes)?);
                    taken.entries += 1;
                }
                None => taken.refused += 1,
            }
        }
        self.changed.insert("sync");
        Ok(taken)
    }

    fn judged(&self, bytes: &[u8]) -> Result<Option<Entry>, Trouble> {
        let Ok(entry) = Entry::read(bytes, domain::TABLES) else { return Ok(None) };
        let Some((actor, key)) = self.actor_at(entry.device)? else { return Ok(None) };
        if Entry::verify(bytes, &key).is_err() || !self.book.holds(&entry.log)? {
            return Ok(None);
        }
        let edits = entry.changes.iter().map(|change| {
            let table = Table::find(domain::TABLES, &change.table)?;
            let (_, field) = table.column(&change.field)?;
            Some(Edit { table, id: change.id, field: field.name, value: change.value.clone() })
        });
        // What a newer app wrote comes by the network, once this one is new enough to judge it.
        let Some(edits) = edits.collect::<Option<Vec<Edit>>>() else { return Ok(None) };
        let scene = On::with(&self.book, &edits);
        let allowed = edits.iter().all(|edit| {
            edit.table.column(edit.field).is_some_and(|(_, field)| {
                let deed = Deed::Edit(edit.table, edit.id, field, &edit.value);
                field.accepts(&edit.value) && authorize(&actor, deed, &entry.log, &scene).is_ok()
            })
        });
        Ok(allowed.then_some(entry))
    }
}

pub(super) fn spoilt(spoilt: Spoilt) -> Trouble {
    match spoilt {
        Spoilt::Altered => Code::BundleBroken,
        Spoilt::Foreign => Code::BundleForeign,
        Spoilt::Expired => Code::BundleExpired,
        Spoilt::Newer => Code::TooNew,
    }
    .into()
}

/// Whose name stands above the PIN pad, once the book knows.
pub(super) fn holder(desk: &Desk) -> Result<super::status::Holder, Trouble> {
    let member: Member = desk.need(desk.me)?;
    Ok(super::status::Holder { name: member.name, unit: desk.need(desk.unit)?.name })
}
