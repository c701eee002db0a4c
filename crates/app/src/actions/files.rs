//! The room that files take: fetching one, throwing one away that can be had again.

use domain::{Content, Document, Id, OriginalKind, unhex};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::paper::{PaperFile, slug};
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, word},
    hand::hand_out,
    library::{FileState, called},
    settings::{Originals, Settings},
};

/// Bytes that files take on this device.
#[derive(Debug, Serialize, TS)]
pub struct Storage {
    /// Texts, which every book keeps.
    #[ts(type = "number")]
    pub texts: u64,
    /// Originals.
    #[ts(type = "number")]
    pub originals: u64,
    /// Of both, what still waits to be sent.
    #[ts(type = "number")]
    pub waiting: u64,
    /// Bytes that they may take; texts stay all the same.
    #[ts(type = "number")]
    pub most: u64,
    /// Which originals are fetched, as far as this system can tell one network from another.
    pub fetched: Originals,
    /// Whether this system tells what the network counts: else it is taken to count everything.
    pub knows_network: bool,
}

impl App {
    fn storage(&self) -> Result<Storage, Trouble> {
        let (settings, knows_network) = (self.settings(), self.freight.knows_network());
        self.at_desk(|desk| {
            let room = desk.book.room()?;
            Ok(Storage {
                texts: room.eager,
                originals: room.asked,
                waiting: room.waiting,
                most: settings.room(),
                fetched: match settings.originals {
                    Originals::Unmetered if !knows_network => Originals::Ask,
                    chosen => chosen,
                },
                knows_network,
            })
        })
    }
}

impl Desk {
    /// The file of that name, where a record here names it.
    fn file_named(&self, name: &str) -> Result<Content, Trouble> {
        let hash = unhex(name).ok_or(Code::NotFound)?;
        Ok(self.book.named_file(&hash)?.ok_or(Code::NotFound)?)
    }
}

/// Asks for a file: it is fetched soon, before others.
#[derive(Deserialize, TS)]
pub struct FetchFile {
    file: String,
}

impl Action for FetchFile {
    const NAME: &'static str = "fetch_file";
    type Reply = FileState;

    fn run(self, app: &App) -> Result<FileState, Trouble> {
        app.at_desk(|desk| {
            let content = desk.file_named(&self.file)?;
            desk.book.wish(&content)?;
            desk.changed.extend(["sync", "file"]);
            app.freight.ask();
            desk.file_state(&content)
        })
    }
}

/// Throws a file away, or stops fetching it. One that the server does not have yet stays.
#[derive(Deserialize, TS)]
pub struct DropFile {
    file: String,
}

impl Action for DropFile {
    const NAME: &'static str = "drop_file";
    type Reply = FileState;

    fn run(self, app: &App) -> Result<FileState, Trouble> {
        app.at_desk(|desk| {
            let content = desk.file_named(&self.file)?;
            if !desk.book.drop_file(&content)? {
                return Err(Trouble::invalid("file", "not_sent"));
            }
            desk.changed.insert("file");
            desk.file_state(&content)
        })
    }
}

/// Writes the original of a document into a folder, for other programs to open: the downloads where none is named.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct WriteOriginal {
    document: Id<Document>,
    folder: Option<String>,
}

impl Action for WriteOriginal {
    const NAME: &'static str = "write_original";
    type Reply = PaperFile;

    fn run(self, app: &App) -> Result<PaperFile, Trouble> {
        let (name, bytes) = app.at_desk(|desk| {
            let document = desk.need(self.document)?;
            let (original, kind) = document.original.as_ref().zip(document.original_kind).ok_or(Code::NotFound)?;
            let bytes = desk.book.file(original)?.ok_or_else(|| Trouble::invalid("original", "not_here"))?;
            desk.book.touch(original, desk.now)?;
            Ok((original_name(&document, kind), bytes))
        })?;
        let path = hand_out(app, self.folder, &name, &bytes)?;
        Ok(PaperFile { path, bytes: bytes.len() as u32, draft: false })
    }
}

/// What the original of a document is called as a file.
pub(super) fn original_name(document: &Document, kind: OriginalKind) -> String {
    let name = slug(&format!("{} {}", called(document), document.title));
    let name: String = name.chars().take(100).collect();
    format!("{name}.{}", word(kind).as_text().unwrap_or_default())
}

/// Says which originals are fetched, and how many megabytes files may take: what has no room goes at once.
#[derive(Deserialize, TS)]
pub struct SetStorage {
    fetched: Originals,
    most_mb: u32,
}

impl Action for SetStorage {
    const NAME: &'static str = "set_storage";
    type Reply = Storage;

    fn run(self, app: &App) -> Result<Storage, Trouble> {
        app.set_settings(Settings { originals: self.fetched, room_mb: self.most_mb, ..app.settings() })?;
        app.tidy()?;
        app.freight.ask();
        app.storage()
    }
}

/// Throws every original away that can be had again; texts stay, and what the server does not have yet.
#[derive(Deserialize, TS)]
pub struct DropOriginals {}

impl Action for DropOriginals {
    const NAME: &'static str = "drop_originals";
    type Reply = Storage;

    fn run(self, app: &App) -> Result<Storage, Trouble> {
        app.at_desk(|desk| {
            desk.changed.insert("file");
            Ok(desk.book.drop_files()?)
        })?;
        app.storage()
    }
}

/// Asks how much room files take.
#[derive(Deserialize, TS)]
pub struct GetStorage {}

impl Action for GetStorage {
    const NAME: &'static str = "storage";
    type Reply = Storage;

    fn run(self, app: &App) -> Result<Storage, Trouble> {
        app.storage()
    }
}
