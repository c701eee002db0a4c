//! One person's phone or computer: the app over a book on disk, called as the screens call it.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, atomic::Ordering, mpsc},
    thread,
};

use app::{App, Code, Trouble};
use serde_json::{Value as Json, json};
use store::{Book, FileKeystore, Vault};
use tempfile::TempDir;

use crate::{
    line::Line,
    province::{Clock, Province, TODAY},
};

/// Eight digits for those who write in others' names, six for the others.
pub const LONG_PIN: &str = "24681357";
pub const PIN: &str = "246813";

/// A phone.
pub struct Phone {
    /// What its clock says.
    pub clock: Clock,
    pub line: Line,
    pub pin: &'static str,
    app: App,
    folder: TempDir,
}

impl Phone {
    /// A phone out of its box.
    pub fn new(province: &Province) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock: Clock = Arc::new(TODAY.into());
        let app = opened(folder.path(), &clock);
        Self { clock, line: Line::to(&province.address), pin: LONG_PIN, app, folder }
    }

    /// The phone of the person who plays `role`, let in, confirmed, and with everything on it.
    pub fn of(province: &Province, role: &str) -> Self {
        let phone = Self::unconfirmed(province, role);
        if let Some(digits) = phone.digits() {
            province.confirm(&phone.device(), &digits);
            phone.sync();
            phone.sync();
        }
        phone
    }

    /// Sits on the cell's committee from that day on, by a grant of the commune's, and is confirmed.
    pub fn joins_committee(&self, province: &Province, commune: &Phone, from: &str) {
        let who = province.issued("member");
        let values = json!({ "unit": who.unit, "member": who.member, "office": "committee", "valid_from": from });
        commune.call("add", json!({ "table": "grant", "values": values }));
        commune.sync();
        self.sync();
        commune.call("confirm_device", json!({ "device": self.device(), "digits": self.digits().unwrap() }));
        commune.sync();
        self.sync();
    }

    /// The same before a second person has confirmed it.
    pub fn unconfirmed(province: &Province, role: &str) -> Self {
        let mut phone = Self::new(province);
        if role == "member" {
            phone.pin = PIN;
        }
        phone.join(province.code(role)).unwrap();
        phone.sync();
        phone
    }

    pub fn join(&self, code: &str) -> Result<Json, Trouble> {
        let ask = json!({ "code": code, "server": self.line.address, "pin": self.pin });
        self.app.call("join", ask)
    }

    /// The six digits that it shows while it waits for a second person.
    pub fn digits(&self) -> Option<String> {
        self.call("home", json!({}))["digits"].as_str().map(str::to_owned)
    }

    /// Its name in the register.
    pub fn device(&self) -> String {
        let devices = self.call("sync_state", json!({}))["devices"].clone();
        let this = devices.as_array().unwrap().iter().find(|one| one["this_one"] == true).unwrap().clone();
        this["id"].as_str().unwrap().to_owned()
    }

    pub fn home(&self) -> &Path {
        self.folder.path()
    }

    /// What the screen is answered.
    pub fn call(&self, name: &str, ask: Json) -> Json {
        self.app.call(name, ask.clone()).unwrap_or_else(|trouble| panic!("{name} {ask}: {trouble:?}"))
    }

    /// What the screen is answered, or told instead.
    pub fn try_call(&self, name: &str, ask: Json) -> Result<Json, Trouble> {
        self.app.call(name, ask)
    }

    /// Hands it a file, as the window's door does.
    pub fn hand(&self, name: &str, bytes: &[u8]) -> Json {
        json!(self.try_hand(name, bytes.to_vec()).unwrap())
    }

    /// What the door answers, or says instead.
    pub fn try_hand(&self, name: &str, bytes: Vec<u8>) -> Result<String, Trouble> {
        self.app.hand(name, bytes)
    }

    /// A page as the window is given it.
    pub fn picture(&self, of: &Json, page: u32, width: u32) -> Result<Vec<u8>, Trouble> {
        self.app.picture(of.as_str().unwrap(), page, width)
    }

    /// Does something, and gives the progress of a sync that a screen would have shown meanwhile: it looks whenever it
    /// is told that something changed.
    pub fn watched<T>(&self, work: impl FnOnce() -> T) -> (T, Vec<Json>) {
        let (tell, told) = mpsc::channel();
        self.app.on_changed(Box::new(move |_| {
            let _ = tell.send(());
        }));
        thread::scope(|scope| {
            let looking = scope.spawn(move || {
                let seen = told.into_iter().map(|()| self.call("sync_state", json!({}))["progress"].clone());
                let mut seen: Vec<Json> = seen.filter(Json::is_object).collect();
                seen.dedup();
                seen
            });
            let done = work();
            self.app.on_changed(Box::new(|_| ()));
            (done, looking.join().unwrap())
        })
    }

    /// What the screen is told instead of an answer.
    pub fn trouble(&self, name: &str, ask: Json) -> Trouble {
        self.app.call(name, ask.clone()).map(|reply| panic!("{name} {ask} went well: {reply}")).unwrap_err()
    }

    /// What its keeper looks after.
    pub fn app(&self) -> &App {
        &self.app
    }

    pub fn try_sync(&self) -> Result<Json, Trouble> {
        self.app.call("sync", json!({}))
    }

    /// Sends and receives, which must go well, until nothing waits.
    pub fn sync(&self) -> Json {
        let state = self.call("sync", json!({}));
        assert_eq!(state["trouble"], Json::Null, "the exchange went well");
        assert_eq!(state["misfit"], Json::Null, "an honest province's history fits");
        assert_eq!(state["waiting"], json!(0), "nothing waits any more: {}", state["waits"]);
        state
    }

    /// The entries of its own that the server said it has.
    pub fn acknowledged(&self) -> Vec<sync::Hash> {
        self.with_book(|book| {
            let device = book.device().uuid().into_bytes();
            let conn = book.close();
            let mut found = conn.prepare("SELECT hash FROM entry WHERE state = 1 AND device = ?1").unwrap();
            let hashes = found.query_map([device], |row| row.get(0)).unwrap();
            hashes.collect::<Result<_, _>>().unwrap()
        })
    }

    /// Opens the book beside the app, which is locked meanwhile.
    pub fn with_book<T>(&self, work: impl FnOnce(Book) -> T) -> T {
        self.call("lock", json!({}));
        let vault = Vault::new(self.home(), Box::new(FileKeystore::new(self.home())));
        let keys = vault.open(self.pin, TODAY / 1000).unwrap();
        let done = work(Book::open(self.home(), &keys, domain::TABLES).unwrap());
        self.unlock();
        done
    }

    /// Closes the app and starts it again.
    pub fn restart(&mut self) {
        self.app.call("lock", json!({})).unwrap();
        self.app = opened(self.folder.path(), &self.clock);
    }

    pub fn unlock(&self) -> Json {
        self.call("unlock", json!({ "pin": self.pin }))
    }

    /// The meeting that is next, or under way.
    pub fn next_meeting(&self) -> Json {
        let next = self.call("home", json!({}))["next"].clone();
        assert!(next.is_object(), "a cell has a meeting to come");
        next["id"].clone()
    }

    pub fn sheet(&self, meeting: &Json) -> Json {
        self.call("attendance", json!({ "meeting": meeting }))
    }

    pub fn mark(&self, meeting: &Json, member: &Json, mark: &str) -> Json {
        self.call("mark", json!({ "meeting": meeting, "member": member, "mark": mark, "reason": null }))
    }

    /// Moves its clock.
    pub fn later(&self, millis: u64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }
}

fn opened(home: &Path, clock: &Clock) -> App {
    let now = Arc::clone(clock);
    App::with_clock(home, Box::new(move || now.load(Ordering::SeqCst)))
}

/// The row of one member on a roll.
pub fn row<'a>(sheet: &'a Json, member: &Json) -> &'a Json {
    rows(sheet).iter().find(|row| row["member"] == *member).unwrap()
}

pub fn rows(sheet: &Json) -> &[Json] {
    sheet["rows"].as_array().unwrap()
}

/// Members whom nobody has marked.
pub fn unmarked(sheet: &Json) -> Vec<Json> {
    let rows = rows(sheet).iter().filter(|row| row["mark"] == "unmarked");
    rows.map(|row| row["member"].clone()).collect()
}

/// Every member's mark, as the roll has it.
pub fn marks(sheet: &Json) -> Vec<(Json, Json)> {
    rows(sheet).iter().map(|row| (row["member"].clone(), row["mark"].clone())).collect()
}

/// Asserts what a trouble is: its code, and the field and why of its first fault, if any.
pub fn is(trouble: &Trouble, code: Code, fault: Option<(&str, &str)>) {
    assert_eq!(trouble.code, code, "{trouble:?}");
    let first = trouble.faults.first().map(|fault| (fault.field.as_str(), fault.why));
    assert_eq!(first, fault, "{trouble:?}");
}

/// A program that cargo built beside this test.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join(name);
    assert!(program.is_file(), "first: cargo build -p app -p server");
    program
}
