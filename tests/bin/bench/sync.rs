//! The exchange, over real sockets through a line that counts: a first sync of everything to an office's empty device,
//! of one cell to a member's; one meeting pushed and pulled; nothing new. All signatures and chains are checked.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, bail, ensure};
use domain::{Device, Id, Member, Record, TABLES, Value};
use rusqlite::{Connection, params_from_iter, types::Value as Sql};
use serde_json::{Value as Json, json};
use server::{Config, Limit, Outside, Running, Sqlite, issue, people, serve};
use sync::six_digits;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::{
    Case,
    meter::{Counted, Meter},
    quantile, sorted,
    workload::{self, Made, Size, W},
};

const PIN: &str = "24681357";
/// How often the whole is taken in; the medians are told.
const ROUNDS: usize = 3;

pub fn run() -> Result<Vec<Case>> {
    let small = Place::open(Size { months: W.months / 10, ..W })?;
    let first = small.one_meeting()?;
    drop(small);
    let place = Place::open(W)?;
    let (mut times, mut floors, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let raw = place.raw_insert()?;
        floors.push(raw.seconds);
        let whole = place.first_sync(place.made.office)?;
        times.push(whole.seconds);
        all.push((whole, raw));
    }
    let (whole, raw) = all.pop().context("no round")?;
    let broken = place.broken_sync(whole.counted.down / 2)?;
    ensure!(broken.rows == whole.rows, "a sync that broke brings the same state");
    let cell = place.first_sync(place.made.deputy)?;
    let one = place.one_meeting()?;
    let bytes = |counted: Counted| (counted.up + counted.down) as f64;
    let plain = |name, value: f64, unit| Case { name, value, floor: None, unit };
    let beside = |name, value: f64, floor: f64, unit| Case { name, value, floor: Some(floor), unit };
    Ok(vec![
        beside("first_sync_time", quantile(&sorted(times), 0.5), quantile(&sorted(floors), 0.5), "s"),
        plain("first_sync_bytes", bytes(whole.counted), "bytes"),
        plain("first_sync_round_trips", whole.counted.trips as f64, "trips"),
        plain("first_sync_memory", whole.memory, "MB"),
        beside("first_sync_book", whole.book as f64, raw.book as f64, "bytes"),
        beside("first_sync_broken", bytes(broken.counted), bytes(whole.counted), "bytes"),
        plain("one_cell_bytes", bytes(cell.counted), "bytes"),
        plain("push_bytes", one.push[1].up as f64, "bytes"),
        beside("push_bytes_first", one.push[0].up as f64, one.push[1].up as f64, "bytes"),
        beside("push_bytes_tenfold", one.push[1].up as f64, first.push[1].up as f64, "bytes"),
        plain("push_answer_bytes", one.push[1].down as f64, "bytes"),
        plain("push_time", one.push_time, "s"),
        plain("push_round_trips", one.push[1].trips as f64, "trips"),
        plain("pull_bytes", one.pull.down as f64, "bytes"),
        plain("pull_question_bytes", one.pull.up as f64, "bytes"),
        plain("pull_time", one.pull_time, "s"),
        plain("pull_round_trips", one.pull.trips as f64, "trips"),
        plain("nothing_bytes", bytes(one.nothing), "bytes"),
        plain("nothing_round_trips", one.nothing.trips as f64, "trips"),
    ])
}

/// A province with its server, and the line to it.
struct Place {
    made: Made,
    meter: Meter,
    data: PathBuf,
    folder: tempfile::TempDir,
    running: Option<Running>,
    threads: Runtime,
}

/// A device's first sync.
struct First {
    seconds: f64,
    counted: Counted,
    /// MB at its peak, all of the process.
    memory: f64,
    /// Bytes of its book.
    book: u64,
    /// How many rows each kind of record has.
    rows: Vec<i64>,
}

/// Rows put into a plain table each.
struct Raw {
    seconds: f64,
    book: u64,
}

/// One meeting written, sent and received.
struct One {
    push: [Counted; 2],
    push_time: f64,
    pull: Counted,
    pull_time: f64,
    nothing: Counted,
}

impl Place {
    fn open(size: Size) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("province");
        let made = workload::make(&data, size, Outside::real().now())?;
        let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let limit = Limit { burst: 1000, per_second: 1000 };
        let listen = ([127, 0, 0, 1], 0).into();
        let config = Config { data: data.clone(), listen, tls: false, limit, outside: Outside::real() };
        let running = threads.block_on(serve(config))?;
        let meter = Meter::to(running.addr)?;
        Ok(Self { made, meter, data, folder, running: Some(running), threads })
    }

    /// A device of `member`, let in and confirmed, that has heard nothing yet.
    fn device(&self, member: Id<Member>) -> Result<Book> {
        let outside = Outside::real();
        let mut ledger = Sqlite::open(&self.data)?;
        let (code, _) = ledger.transaction(outside.now(), |ledger| issue(ledger, &outside, member))?;
        let home = tempfile::tempdir_in(self.folder.path())?;
        let mut book = Book::open(home)?;
        book.call("join", json!({ "code": code.to_string(), "server": self.meter.address, "pin": PIN }))?;
        let known = ledger.transaction(outside.now(), |ledger| {
            let waits = |id: &Uuid| {
                let said = |field: &str| ledger.register().get(&Device::TABLE, *id)?.1.value(&Device::TABLE, field);
                let of = said("member").and_then(Value::as_link) == Some(member.uuid());
                of && said("confirmed_at").is_none_or(|at| *at == Value::Nothing)
            };
            let device = ledger.register().list(&Device::TABLE).map(|(id, ..)| id).find(waits);
            let Some(device) = device else { return Ok(false) };
            let Some(key) = ledger.register().key(Id::new(device)) else { return Ok(false) };
            let digits = six_digits(ledger.root().verifying_key().as_bytes(), key.as_bytes());
            people::confirm(ledger, device, &digits)?;
            Ok(true)
        })?;
        ensure!(known, "the device is in the register");
        self.meter.read();
        Ok(book)
    }

    fn first_sync(&self, member: Id<Member>) -> Result<First> {
        self.finish(self.device(member)?)
    }

    /// The same, with the line broken once on the way.
    fn broken_sync(&self, cut: usize) -> Result<First> {
        let book = self.device(self.made.office)?;
        self.meter.cut_after(cut);
        let first = self.finish(book)?;
        ensure!(first.counted.broke, "the line broke on the way");
        Ok(first)
    }

    fn finish(&self, mut book: Book) -> Result<First> {
        let start = Instant::now();
        book.call("sync", json!({}))?;
        let seconds = start.elapsed().as_secs_f64();
        let counted = self.meter.read();
        let memory = book.peak()?;
        let state = book.call("sync_state", json!({}))?;
        ensure!(state["misfit"].is_null(), "every chain fits: {state}");
        let mut rows = Vec::new();
        // Every round lets one more device in.
        for table in TABLES.iter().filter(|table| table.name != Device::TABLE.name) {
            let list = book.call("list", json!({ "table": table.name }))?;
            rows.push(list.as_array().map_or(0, Vec::len) as i64);
        }
        // Closed, so that what lies in the write-ahead log is in the book.
        book.call("lock", json!({}))?;
        let size = |name: &str| fs::metadata(book.home.path().join(name)).map_or(0, |file| file.len());
        let bytes = size("book.db") + size("book.db-wal");
        Ok(First { seconds, counted, memory, book: bytes, rows })
    }

    /// The same rows in one transaction into an encrypted file: 16-byte ids, the indexes that a book has.
    fn raw_insert(&self) -> Result<Raw> {
        let folder = tempfile::tempdir_in(self.folder.path())?;
        let file = folder.path().join("raw.db");
        let mut conn = Connection::open(&file)?;
        conn.pragma_update(None, "key", format!("x'{}'", "ab".repeat(32)))?;
        conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
        for table in TABLES {
            let columns: String = table.fields.iter().map(|field| format!(", {}", field.name)).collect();
            conn.execute_batch(&format!("CREATE TABLE \"{0}\" (id BLOB NOT NULL PRIMARY KEY{columns});", table.name))?;
            for field in table.fields.iter().filter(|field| matches!(field.kind, domain::Kind::Link(_))) {
                conn.execute_batch(&format!("CREATE INDEX \"{0}_{1}\" ON \"{0}\" ({1});", table.name, field.name))?;
            }
        }
        let start = Instant::now();
        let tx = conn.transaction()?;
        for (table, id, values) in &self.made.rows {
            let places = ", ?".repeat(values.len());
            let id = Sql::Blob(id.as_bytes().to_vec());
            let values = values.iter().map(|value| match value {
                Value::Nothing => Sql::Null,
                Value::Number(number) => Sql::Integer(*number),
                Value::Text(text) => Sql::Text(text.clone()),
                Value::Link(link) => Sql::Blob(link.as_bytes().to_vec()),
            });
            tx.prepare_cached(&format!("INSERT INTO \"{}\" VALUES (?{places})", table.name))?
                .execute(params_from_iter(std::iter::once(id).chain(values)))?;
        }
        tx.commit()?;
        let seconds = start.elapsed().as_secs_f64();
        conn.close().map_err(|(_, error)| error)?;
        Ok(Raw { seconds, book: fs::metadata(&file)?.len() })
    }

    /// The secretary writes a meeting, and then another; the deputy hears of the second.
    fn one_meeting(&self) -> Result<One> {
        let mut secretary = self.device(self.made.secretary)?;
        secretary.call("sync", json!({}))?;
        let mut deputy = self.device(self.made.deputy)?;
        deputy.call("sync", json!({}))?;
        let mut push = [Counted::default(); 2];
        let mut push_time = 0.0;
        for counted in &mut push {
            secretary.write_meeting()?;
            self.meter.read();
            let start = Instant::now();
            secretary.call("sync", json!({}))?;
            push_time = start.elapsed().as_secs_f64();
            *counted = self.meter.read();
            // The deputy hears of the first before the second is written.
            deputy.call("sync", json!({}))?;
        }
        secretary.write_meeting()?;
        secretary.call("sync", json!({}))?;
        self.meter.read();
        let start = Instant::now();
        deputy.call("sync", json!({}))?;
        let pull_time = start.elapsed().as_secs_f64();
        let pull = self.meter.read();
        deputy.call("sync", json!({}))?;
        Ok(One { push, push_time, pull, pull_time, nothing: self.meter.read() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.threads.block_on(running.shutdown());
        }
    }
}

/// A `book` that answers a line at a time.
struct Book {
    home: tempfile::TempDir,
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Book {
    fn open(home: tempfile::TempDir) -> Result<Self> {
        let me = std::env::current_exe()?;
        let program = me.with_file_name("book");
        ensure!(program.is_file(), "first: cargo build --release -p app");
        let mut words = Command::new(program);
        words.arg("--home").arg(home.path()).arg("run").env("BOOK_PIN", PIN);
        let mut child = words.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let ask = child.stdin.take().context("no way in")?;
        let answer = BufReader::new(child.stdout.take().context("no way out")?);
        Ok(Self { home, child, ask, answer })
    }

    fn call(&mut self, action: &str, question: Json) -> Result<Json> {
        writeln!(self.ask, "{action} {question}")?;
        let mut line = String::new();
        self.answer.read_line(&mut line)?;
        let reply: Json = serde_json::from_str(&line).with_context(|| format!("{action} answered {line:?}"))?;
        match reply
            .get("trouble")
            .filter(|_| action != "sync_state" && action != "sync" || reply.get("network").is_none())
        {
            Some(trouble) if !trouble.is_null() => bail!("{action}: {trouble}"),
            _ => Ok(reply),
        }
    }

    /// A meeting with its whole roll and two resolutions.
    fn write_meeting(&mut self) -> Result<()> {
        let unit = self.call("home", json!({}))?["unit"]["id"].clone();
        let now = Outside::real().now();
        let at = server::moment_of(now);
        let planned = self.call(
            "add",
            json!({ "table": "meeting", "values": {
                "unit": unit, "kind": "regular", "planned_at": at, "place": "Nhà văn hóa thôn", "status": "planned",
            }}),
        )?;
        let meeting = planned["id"].clone();
        self.call("mark_rest", json!({ "meeting": meeting }))?;
        self.call("close_attendance", json!({ "meeting": meeting }))?;
        for text in workload::texts(2, now) {
            self.call(
                "add",
                json!({ "table": "resolution", "values": {
                    "unit": unit, "meeting": meeting, "kind": "resolution", "title": "Về nhiệm vụ tháng",
                    "body": text, "adopted_on": server::day_of(now),
                }}),
            )?;
        }
        Ok(())
    }

    /// MB at the peak.
    fn peak(&self) -> Result<f64> {
        let said = fs::read_to_string(Path::new("/proc").join(self.child.id().to_string()).join("status"))?;
        let line = said.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no peak")?;
        let kb: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kb / 1024.0)
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
