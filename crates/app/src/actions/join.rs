//! First start: a code from the secretary, a PIN of one's own, and the book is there.

use std::time::Instant;

use domain::{Moment, Post, unhex};
use rand::{CryptoRng, RngCore, TryRngCore, rngs::OsRng};
use serde::{Deserialize, Serialize};
use store::{Book, Cost, Keys, Locked};
use sync::{Enrol, Held, Look, Seen, Ticket, Welcome};
use ts_rs::TS;

use super::{
    enter::{check_pin, refused},
    status::{Holder, JOINING, Status},
};
use crate::{Action, App, Code, Trouble, desk::Desk, remote::Remote, time};

/// What a code is for.
#[derive(Debug, Serialize, TS)]
pub struct Invitation {
    /// The person it is for.
    pub name: String,
    /// The person's unit.
    pub unit: String,
    /// The unit above.
    pub commune: String,
    /// The person's post.
    pub post: Option<Post>,
    /// How many digits the PIN must have: more for those who write in others' names.
    pub pin_digits: u8,
    /// Bytes of the first sync, about.
    pub bytes: u64,
    /// Seconds it will take on a weak link, about.
    pub seconds: u64,
    /// When the code ends.
    pub expires_at: Moment,
}

/// Bytes a second over 64 kbit/s, less headers and losses.
const WEAK_LINK: u64 = 7_000;

fn ticket(code: &str, server: Option<String>) -> Result<(Ticket, Remote), Trouble> {
    let mut ticket = Ticket::parse(code).map_err(|_| Code::CodeMistyped)?;
    ticket.server = ticket.server.or(server.filter(|server| !server.trim().is_empty()));
    let root = ticket.root.as_deref().map(|hex| unhex(hex).ok_or(Code::CodeMistyped)).transpose()?;
    let remote = Remote::new(ticket.server.as_deref().unwrap_or_default(), root)?;
    Ok((ticket, remote))
}

fn look_up(ticket: &Ticket, remote: &Remote) -> Result<Seen, Trouble> {
    let code = ticket.code;
    let look = Look { nonce: nonce() };
    let held: Held<Seen> = remote.post("/v1/look", &Held::new(code.name(), &code.key(), "look", look.clone()), None)?;
    if !held.proves(&code.key(), "seen") || held.body.nonce != look.nonce {
        return Err(Code::BadServer.into());
    }
    Ok(held.body)
}

fn post_of(seen: &Seen) -> Option<Post> {
    seen.post.as_ref().and_then(|post| serde_json::from_value(post.clone().into()).ok())
}

fn digits_for(post: Option<Post>) -> u8 {
    if post.is_some() { 8 } else { 6 }
}

pub(super) fn nonce() -> [u8; 16] {
    let mut nonce = [0; 16];
    OsRng.unwrap_err().fill_bytes(&mut nonce);
    nonce
}

/// Asks whom a code is for, without using it up.
#[derive(Deserialize, TS)]
pub struct LookUp {
    code: String,
    server: Option<String>,
}

impl Action for LookUp {
    const NAME: &'static str = "look_up";
    type Reply = Invitation;

    fn run(self, _: &App) -> Result<Invitation, Trouble> {
        let (ticket, remote) = ticket(&self.code, self.server)?;
        let seen = look_up(&ticket, &remote)?;
        let post = post_of(&seen);
        Ok(Invitation {
            pin_digits: digits_for(post),
            post,
            seconds: seen.bytes.div_ceil(WEAK_LINK),
            bytes: seen.bytes,
            expires_at: time::moment(seen.expires),
            name: seen.name,
            unit: seen.unit_name,
            commune: seen.above_name,
        })
    }
}

/// Uses the code: makes the keys, seals them under the PIN, and has the device let in. Asked again after a lost
/// answer, it goes on where it was.
#[derive(Deserialize, TS)]
pub struct Join {
    code: String,
    server: Option<String>,
    pin: String,
}

impl Action for Join {
    const NAME: &'static str = "join";
    type Reply = Status;

    fn run(self, app: &App) -> Result<Status, Trouble> {
        let (ticket, remote) = ticket(&self.code, self.server)?;
        let (code, key) = (ticket.code, ticket.code.key());
        let seen = match look_up(&ticket, &remote) {
            Ok(seen) => Some(seen),
            // The answer to our own first try may have been lost: the server knows this device by its key.
            Err(trouble) if trouble.code == Code::CodeUsed && app.home.join(JOINING).exists() => None,
            Err(trouble) => return Err(trouble),
        };
        let mut chance = OsRng.unwrap_err();
        let keys = begin(app, &self.pin, &mut chance, |pin| {
            let seen = seen.as_ref().ok_or(Code::CodeUsed)?;
            check_pin(pin, digits_for(post_of(seen)))
        })?;
        if let Some(seen) = seen {
            // Now: where the answer below is lost, the code tells nobody its name any more.
            let holder = Holder { name: seen.name, unit: seen.unit_name };
            app.vault.put_label(&serde_json::to_string(&holder).unwrap_or_default(), &mut chance)?;
        }
        let book = Book::open(&app.home, &keys, domain::TABLES)?;
        let enrol = Enrol { nonce: nonce(), public_key: book.key().verifying_key().to_bytes(), name: device_name() };
        let held: Held<Welcome> =
            remote.post("/v1/enrol", &Held::new(code.name(), &key, "enrol", enrol.clone()), None)?;
        let welcome = held.body.clone();
        // Who holds the code's key says what the root key is; who answered must hold that one.
        if !held.proves(&key, "welcome") || welcome.nonce != enrol.nonce || !remote.is(&welcome.root) {
            return Err(Code::BadServer.into());
        }
        book.put_fact("member", &welcome.member)?;
        book.put_fact("unit", &welcome.unit)?;
        book.put_fact("root", &welcome.root)?;
        book.put_fact("epoch", &welcome.epoch)?;
        book.put_fact("server", &remote.base())?;
        if let Some(recipient) = &welcome.recovery {
            app.vault.put_envelope(&keys, recipient)?;
        }
        let _ = std::fs::remove_file(app.home.join(JOINING));
        crate::session::hold(&app.line).token = Some(welcome.token).filter(|token| !token.is_empty());
        app.sit_down(Desk::new(book, app.now())?);
        app.status()
    }
}

/// The keys of a book that is being begun: made and sealed under a PIN that passes, or those of the first try.
pub(super) fn begin(
    app: &App,
    pin: &str,
    chance: &mut impl CryptoRng,
    passes: impl FnOnce(&str) -> Result<(), Trouble>,
) -> Result<Keys, Trouble> {
    let joining = app.home.join(JOINING);
    match app.vault.locked(app.now() / 1000)? {
        Locked::Vacant => {
            passes(pin)?;
            std::fs::create_dir_all(&app.home).map_err(store::Error::from)?;
            std::fs::write(&joining, []).map_err(store::Error::from)?;
            Ok(app.vault.create(pin, cost(), chance)?)
        }
        Locked::Sealed { .. } if joining.exists() => app.vault.open(pin, app.now() / 1000).map_err(refused),
        _ => Err(Code::NotAllowed.into()),
    }
}

pub(super) fn device_name() -> String {
    match std::env::consts::OS {
        "android" => "Điện thoại Android",
        "ios" => "iPhone",
        "windows" => "Máy tính Windows",
        "macos" => "Máy tính Mac",
        _ => "Máy tính Linux",
    }
    .to_owned()
}

/// Raised until one guess at a PIN takes about half a second here; a debug build or a test takes the floor.
fn cost() -> Cost {
    if cfg!(debug_assertions) {
        return Cost::FLOOR;
    }
    let usual = Cost::USUAL;
    let start = Instant::now();
    usual.try_out();
    let took = start.elapsed().as_millis().max(1) as u32;
    Cost { passes: (usual.passes * 500 / took).clamp(usual.passes, Cost::CEILING.passes), ..usual }
}
