//! First start where there is no network: a file goes to the province and another comes back.

use domain::unhex;
use rand::{TryRngCore, rngs::OsRng};
use serde::{Deserialize, Serialize};
use store::{Book, Locked};
use sync::{Ask, Enrol, Held, Said, Ticket, VerifyingKey, Welcome, bundle, unbundle};
use ts_rs::TS;

use super::{
    bundle::{BundleFile, holder, root_of, sealed_file, spoilt},
    enter::{check_pin, refused},
    join::{begin, device_name, nonce},
    status::{JOINING, Status},
};
use crate::{Action, App, Code, Trouble, desk::Desk, hand::brought};

/// Who may write in others' names has eight digits; without the province nobody here knows who that is.
const DIGITS: u8 = 8;
/// Room for what the province sends with its welcome.
const ROOM: u32 = 2 * 1024 * 1024;

/// What is remembered until the answer comes.
#[derive(Serialize, Deserialize)]
struct Asked {
    name: [u8; 8],
    key: [u8; 32],
    nonce: [u8; 16],
    ask: Ask,
}

/// Makes the keys, seals them under the PIN, and writes the file that asks the province to let this device in. The code
/// must be the whole one, as scanned: it says whom to believe.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct JoinByFile {
    code: String,
    pin: String,
    folder: Option<String>,
}

impl Action for JoinByFile {
    const NAME: &'static str = "join_by_file";
    type Reply = BundleFile;

    fn run(self, app: &App) -> Result<BundleFile, Trouble> {
        let ticket = Ticket::parse(&self.code).map_err(|_| Code::CodeMistyped)?;
        let root = ticket.root.as_deref().ok_or(Code::CodeShort)?;
        let root = unhex(root).ok_or(Code::CodeMistyped)?;
        let to = VerifyingKey::from_bytes(&root).map_err(|_| Code::CodeMistyped)?;
        let mut chance = OsRng.unwrap_err();
        let keys = begin(app, &self.pin, &mut chance, |pin| check_pin(pin, DIGITS))?;
        let mut book = Book::open(&app.home, &keys, domain::TABLES)?;
        let enrol = Enrol { nonce: nonce(), public_key: book.key().verifying_key().to_bytes(), name: device_name() };
        let (name, key) = (ticket.code.name(), ticket.code.key());
        let ask = book.ask(0, ROOM)?;
        let asked = Asked { name, key, nonce: enrol.nonce, ask: ask.clone() };
        book.put_fact("root", &root)?;
        book.put_fact("server", &ticket.server.unwrap_or_default())?;
        book.put_fact("asked", &asked)?;
        let said = Said::Join(Held::new(name, &key, "enrol", enrol), ask);
        let sealed = bundle(&said, book.key(), &to, app.now()).map_err(spoilt)?;
        sealed_file(app, self.folder, "xin-vao", &sealed, 0)
    }
}

/// Takes the file that the province answered with: the book is there.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct TakeWelcome {
    pin: String,
    path: Option<String>,
    data: Option<String>,
}

impl Action for TakeWelcome {
    const NAME: &'static str = "take_welcome";
    type Reply = Status;

    fn run(self, app: &App) -> Result<Status, Trouble> {
        let bytes = brought(self.path, self.data)?;
        let joining = app.home.join(JOINING);
        let keys = match app.vault.locked(app.now() / 1000)? {
            Locked::Sealed { .. } if joining.exists() => {
                app.vault.open(&self.pin, app.now() / 1000).map_err(refused)?
            }
            _ => return Err(Code::NotAllowed.into()),
        };
        let mut book = Book::open(&app.home, &keys, domain::TABLES)?;
        let (from, said) = unbundle(&bytes, book.key(), app.now()).map_err(spoilt)?;
        let asked: Asked = book.fact("asked")?.ok_or(Code::NotAllowed)?;
        let Said::Welcome(held, reply) = said else { return Err(Code::BundleForeign.into()) };
        let root = root_of(&book)?;
        if from != root || !welcomes(&held, &asked, &root) {
            return Err(Code::BundleForeign.into());
        }
        book.put_fact("member", &held.body.member)?;
        book.put_fact("unit", &held.body.unit)?;
        if let Some(recipient) = &held.body.recovery {
            app.vault.put_envelope(&keys, recipient)?;
        }
        book.take(&asked.ask, &reply, app.now())?;
        book.put_fact("received", &reply.now)?;
        let desk = Desk::new(book, app.now())?;
        let label = serde_json::to_string(&holder(&desk)?).unwrap_or_default();
        app.vault.put_label(&label, &mut OsRng.unwrap_err())?;
        let _ = std::fs::remove_file(joining);
        app.sit_down(desk);
        app.status()
    }
}

fn welcomes(held: &Held<Welcome>, asked: &Asked, root: &VerifyingKey) -> bool {
    held.code == asked.name
        && held.proves(&asked.key, "welcome")
        && held.body.nonce == asked.nonce
        && held.body.root == root.to_bytes()
}
