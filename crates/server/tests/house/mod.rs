//! A made-up province on a real socket, phones that speak to it, and its clock in the test's hand.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::{Device, Id, Log, Table, Unit, Value};
use rand::{RngCore, SeedableRng, rngs::StdRng};
use serde::{Serialize, de::DeserializeOwned};
use server::{Config, Demo, Issued, Limit, Outside, Running, Sqlite, demo, people, serve};
use sync::*;
use tempfile::TempDir;
use uuid::Uuid;

/// 2026-11-23 08:00 in Vietnam.
pub const MORNING: u64 = 1_795_395_600_000;
pub const MINUTE: u64 = 60_000;
pub const HOUR: u64 = 60 * MINUTE;

pub struct Province {
    pub dir: TempDir,
    pub made: Demo,
    pub running: Option<Running>,
    pub url: String,
    clock: Arc<AtomicU64>,
    seed: u64,
}

impl Province {
    pub async fn start() -> Self {
        Self::limited(Limit { burst: 10_000, per_second: 1000 }).await
    }

    pub async fn limited(limit: Limit) -> Self {
        let dir = TempDir::new().unwrap();
        let today = "2026-11-23".parse().unwrap();
        let made = demo(dir.path(), 7, today, MORNING, "http://127.0.0.1").unwrap();
        let clock = Arc::new(AtomicU64::new(MORNING));
        let mut province = Self { dir, made, running: None, url: String::new(), clock, seed: 100 };
        province.run(limit).await;
        province
    }

    async fn run(&mut self, limit: Limit) {
        // Where no cryptography was chosen the client would not start, though it speaks plainly here.
        let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        let outside = self.outside();
        let (data, listen) = (self.dir.path().to_owned(), "127.0.0.1:0".parse().unwrap());
        let running = serve(Config { data, listen, tls: false, limit, outside }).await.unwrap();
        self.url = format!("http://{}", running.addr);
        self.running = Some(running);
    }

    /// Serves again after it was shut down.
    pub async fn begin(&mut self) {
        self.run(Limit { burst: 10_000, per_second: 1000 }).await;
    }

    pub async fn restart(&mut self) {
        self.running.take().unwrap().shutdown().await;
        self.begin().await;
    }

    pub fn outside(&mut self) -> Outside {
        self.seed += 1;
        let clock = Arc::clone(&self.clock);
        Outside::new(move || clock.load(Ordering::SeqCst), StdRng::seed_from_u64(self.seed))
    }

    pub fn now(&self) -> u64 {
        self.clock.load(Ordering::SeqCst)
    }

    pub fn pass(&self, millis: u64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    /// Does something at the server's machine, as `province admin` does: by a connection of its own.
    pub fn admin<T>(&mut self, work: impl FnOnce(&mut Sqlite, &Outside) -> T) -> T {
        let outside = self.outside();
        let mut ledger = Sqlite::open(self.dir.path()).unwrap();
        ledger.transaction(outside.now(), |ledger| Ok(work(ledger, &outside))).unwrap()
    }

    pub fn issued(&self, role: &str) -> &Issued {
        self.made.codes.iter().find(|issued| issued.role == role).unwrap()
    }

    pub fn unit(&self, name: &str) -> Id<Unit> {
        self.made.units.iter().find(|unit| unit.name == name).unwrap().id
    }

    /// A phone let in by the code for `role`, and confirmed.
    pub async fn phone(&mut self, role: &str) -> Phone {
        let code = Code::parse(&self.issued(role).code).unwrap();
        let phone = self.enter(&code).await;
        self.confirm(&phone);
        phone
    }

    /// A phone let in by a code.
    pub async fn enter(&mut self, code: &Code) -> Phone {
        self.seed += 1;
        let mut phone = Phone::new(&self.url, self.seed);
        phone.root = self.made.root.clone();
        let welcome = phone.enrol(code).await.unwrap();
        phone.token = welcome.token;
        phone
    }

    /// Confirms a phone at the server's machine.
    pub fn confirm(&mut self, phone: &Phone) {
        let (device, key) = (phone.device(), phone.key.verifying_key());
        let confirmed = self.admin(|ledger, _| {
            let digits = six_digits(ledger.root().verifying_key().as_bytes(), key.as_bytes());
            people::confirm(ledger, device.uuid(), &digits)
        });
        confirmed.unwrap();
    }

    pub async fn post(&self, path: &str, token: Option<&str>, body: Vec<u8>) -> reqwest::Response {
        post(&self.url, path, token, body).await
    }
}

pub async fn post(url: &str, path: &str, token: Option<&str>, body: Vec<u8>) -> reqwest::Response {
    let mut request = reqwest::Client::new().post(format!("{url}{path}")).body(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    request.send().await.unwrap()
}

/// What came back: the message, or a status and its word.
pub type Said<T> = Result<T, (u16, String)>;

pub async fn heard<T: DeserializeOwned>(response: reqwest::Response) -> Said<T> {
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    if status == 200 { Ok(unpack(&body).unwrap()) } else { Err((status, String::from_utf8_lossy(&body).into_owned())) }
}

/// What came back to a question, its parts put together.
pub async fn answered(response: reqwest::Response) -> Said<Reply> {
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    if status != 200 {
        return Err((status, String::from_utf8_lossy(&body).into_owned()));
    }
    let mut parts = Messages::new(body.as_ref()).unwrap();
    let mut whole: Reply = parts.read().unwrap().unwrap();
    while let Some(next) = parts.read().unwrap() {
        whole = whole.and(next);
    }
    Ok(whole)
}

pub fn refused<T>(status: u16, word: &str) -> Said<T> {
    Err((status, word.to_owned()))
}

pub struct Phone {
    pub key: SigningKey,
    pub token: String,
    pub url: String,
    pub root: String,
    pub cursors: BTreeMap<Id<Unit>, u64>,
    pub scope: Vec<Log>,
    /// Every entry heard.
    pub heard: Vec<Carried>,
    numbers: HashMap<Uuid, u64>,
    chains: HashMap<Uuid, Chain>,
    client: reqwest::Client,
}

impl Phone {
    pub fn new(url: &str, seed: u64) -> Self {
        let mut secret = [0; 32];
        StdRng::seed_from_u64(seed).fill_bytes(&mut secret);
        Self {
            key: SigningKey::from_bytes(&secret),
            token: String::new(),
            url: url.to_owned(),
            root: String::new(),
            cursors: BTreeMap::new(),
            scope: Vec::new(),
            heard: Vec::new(),
            numbers: HashMap::new(),
            chains: HashMap::new(),
            client: reqwest::Client::new(),
        }
    }

    pub fn device(&self) -> Id<Device> {
        device_of(&self.key.verifying_key())
    }

    pub async fn say<Q: Serialize, A: DeserializeOwned>(&self, path: &str, asked: &Q) -> Said<A> {
        let request = self.client.post(format!("{}{path}", self.url)).bearer_auth(&self.token);
        heard(request.body(pack(asked).unwrap()).send().await.unwrap()).await
    }

    pub async fn look(&self, code: &Code) -> Said<Seen> {
        let asked = Held::new(code.name(), &code.key(), "look", Look { nonce: [1; 16] });
        let seen: Held<Seen> = self.say("/v1/look", &asked).await?;
        assert!(seen.proves(&code.key(), "seen"), "the server proves that it knows the code");
        assert_eq!(seen.body.nonce, [1; 16]);
        Ok(seen.body)
    }

    pub async fn enrol(&self, code: &Code) -> Said<Welcome> {
        self.enrol_proving(code, &code.key()).await
    }

    pub async fn enrol_proving(&self, code: &Code, key: &[u8; 32]) -> Said<Welcome> {
        let public_key = self.key.verifying_key().to_bytes();
        let body = Enrol { nonce: [2; 16], public_key, name: "Điện thoại thử".to_owned() };
        let welcome: Held<Welcome> = self.say("/v1/enrol", &Held::new(code.name(), key, "enrol", body)).await?;
        assert!(welcome.proves(&code.key(), "welcome"), "the server proves that it knows the code");
        Ok(welcome.body)
    }

    pub async fn nonce(&self) -> Vec<u8> {
        self.say("/v1/challenge", &self.device()).await.unwrap()
    }

    pub async fn open(&self, nonce: Vec<u8>) -> Said<String> {
        use ed25519_dalek::Signer as _;
        let signature = self.key.sign(&challenge(self.device(), &nonce)).to_bytes().to_vec();
        self.say("/v1/session", &Opening { device: self.device(), nonce, signature }).await
    }

    /// The next entry of this phone in a log, all its changes made at `millis`.
    pub fn entry(&mut self, log: Log, millis: u64, set: &[(&str, Uuid, &str, Value)]) -> Vec<u8> {
        let number = self.numbers.entry(log.id()).or_insert(0);
        *number += 1;
        let number = *number;
        self.numbered(log, number, millis, set)
    }

    pub fn numbered(&self, log: Log, number: u64, millis: u64, set: &[(&str, Uuid, &str, Value)]) -> Vec<u8> {
        let stamp = Stamp::new(millis, 0, self.device());
        let change = |(table, id, field, value): &(&str, Uuid, &str, Value)| Change {
            table: (*table).to_owned(),
            id: *id,
            field: (*field).to_owned(),
            value: value.clone(),
            stamp,
            seen: Vec::new(),
        };
        let changes: Vec<Change> = set.iter().map(change).collect();
        seal(&self.key, log, number, &changes, domain::TABLES as &[Table]).unwrap().bytes
    }

    pub async fn ask(&self, ask: &Ask) -> Said<Reply> {
        answered(post(&self.url, "/v1/sync", Some(&self.token), pack(ask).unwrap()).await).await
    }

    pub async fn push(&self, entries: Vec<Vec<u8>>) -> Vec<Verdict> {
        self.ask(&Ask { proto: PROTO, entries, ..Ask::default() }).await.unwrap().verdicts
    }

    /// Pulls until there is no more, `room` bytes at a time, and follows every chain.
    pub async fn pull(&mut self, room: u32) -> usize {
        let mut asks = 0;
        let root: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&self.root[at * 2..at * 2 + 2], 16).unwrap()).collect();
        let root = VerifyingKey::from_bytes(&root.try_into().unwrap()).unwrap();
        loop {
            asks += 1;
            let cursors = self.cursors.iter().map(|(stream, seq)| Cursor { stream: *stream, seq: *seq }).collect();
            let scope = scope_of(self.scope.iter().map(Log::id));
            let ask = Ask { proto: PROTO, cursors, scope, room, spell: true, ..Ask::default() };
            let reply = self.ask(&ask).await.unwrap();
            if let Some(scope) = reply.scope {
                self.scope = scope;
            }
            for part in reply.parts {
                let logs = part.chains.expect("spelled out, as asked");
                let Cursor { stream, seq } = part.cursor;
                let head = Head { epoch: reply.epoch, stream, seq, logs };
                head.verify(&root, &part.signature).expect("signed by the province");
                assert!(Some(&seq) >= self.cursors.get(&stream), "a cursor never goes back");
                self.cursors.insert(stream, seq);
                part.entries.iter().for_each(|carried| self.follow(carried));
                self.heard.extend(part.entries);
                for (log, chain) in head.logs {
                    if !self.numbers.contains_key(&log) {
                        assert_eq!(self.chains.get(&log), Some(&chain), "what was heard is what was signed");
                    }
                }
            }
            if !reply.more {
                return asks;
            }
        }
    }

    fn follow(&mut self, carried: &Carried) {
        let log = Entry::read(&carried.bytes, domain::TABLES).unwrap().log.id();
        let chain = self.chains.entry(log).or_insert(NO_CHAIN);
        *chain = follow(chain, &hash_of(&carried.bytes), carried.received);
    }

    pub fn entries(&self) -> Vec<Entry> {
        self.heard.iter().map(|carried| Entry::read(&carried.bytes, domain::TABLES).unwrap()).collect()
    }
}

/// A new id.
pub fn id() -> Uuid {
    Uuid::new_v4()
}
