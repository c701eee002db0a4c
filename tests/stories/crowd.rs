//! A province's first morning: a hundred phones take their first sync at once, through the one link of a small office.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rand::Rng;
use reqwest::{StatusCode, blocking::Client, header::RETRY_AFTER};
use sync::{Ask, Code, Enrol, Hash, Held, Messages, PROTO, Reply, SigningKey, Welcome, hash_of, pack, unpack};

use crate::{killed::Served, line::Line, province::Province, weak::Weak};

/// How many come at once.
const MANY: usize = 100;
/// The office's link, bytes a second: 2.4 Mbit/s.
const LINK: u64 = 300_000;
/// How much longer than the link needs the last of them may take.
const LONGER: f64 = 1.2;
/// How much memory the server may take for them, KiB.
const MEMORY: u64 = 64 * 1024;

/// A phone that speaks as the app does; what it hears it only counts, so that a hundred fit on one machine.
struct Newcomer {
    token: String,
    client: Client,
}

impl Newcomer {
    fn enrol(server: &str, code: &Code, number: u8) -> Self {
        let client = Client::new();
        let public_key = SigningKey::from_bytes(&[number + 1; 32]).verifying_key().to_bytes();
        let enrol = Enrol { nonce: [number; 16], public_key, name: "Điện thoại".into() };
        let held = Held::new(code.name(), &code.key(), "enrol", enrol);
        let answer = client.post(format!("{server}/v1/enrol")).body(pack(&held).unwrap()).send().unwrap();
        let welcome: Held<Welcome> = unpack(&answer.bytes().unwrap()).unwrap();
        Self { token: welcome.body.token, client }
    }

    /// Everything, from the beginning; where the server is busy it is asked again when it said, or a little before.
    fn first_sync(&self, server: &str, busy: &AtomicUsize) -> BTreeSet<Hash> {
        let mut ask = Ask { proto: PROTO, room: 8 << 20, ..Ask::default() };
        let mut heard = BTreeSet::new();
        loop {
            let post = self.client.post(format!("{server}/v1/sync")).bearer_auth(&self.token);
            let answer = post.body(pack(&ask).unwrap()).send().unwrap();
            if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
                busy.fetch_add(1, Ordering::SeqCst);
                let wait: f64 = answer.headers()[RETRY_AFTER].to_str().unwrap().parse().unwrap();
                thread::sleep(Duration::from_secs_f64(wait * rand::rng().random_range(0.0..1.0)));
                continue;
            }
            assert_eq!(answer.status(), StatusCode::OK);
            let mut parts = Messages::new(answer).unwrap();
            while let Some(reply) = parts.read::<Reply>().unwrap() {
                heard.extend(reply.parts.iter().flat_map(|part| &part.entries).map(|entry| hash_of(&entry.bytes)));
                match ask.then(&reply) {
                    Some(next) => ask = next,
                    None => {
                        assert!(!reply.more && reply.parts.iter().all(|part| !part.signature.is_empty()), "its end");
                        return heard;
                    }
                }
            }
        }
    }
}

/// A figure of the server's memory, KiB.
fn memory(served: &Served, what: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", served.process.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

// Planted: the ledger held for a sixth of a second more; a megabyte of memory kept for each answer → each caught.
#[test]
fn a_hundred_phones_at_once_wait_for_the_link_and_not_for_the_server() {
    // Without it no client begins, though it speaks plainly here.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let province = Province::open();
    let folder = tempfile::tempdir().unwrap();
    let member = province.issued("member").member;
    let codes: Vec<Code> = province
        .admin(|ledger, outside| (0..=MANY).map(|_| server::issue(ledger, outside, member).unwrap().0).collect());
    crate::province::copy(province.data(), folder.path());
    let served = Served::begin(folder.path(), "127.0.0.1:0");
    let phones: Vec<Newcomer> =
        codes.iter().zip(0..).map(|(code, number)| Newcomer::enrol(&served.address, code, number)).collect();
    let (alone, crowd) = phones.split_first().unwrap();
    let busy = AtomicUsize::new(0);

    let line = Line::to(&served.address);
    let began = Instant::now();
    let all = alone.first_sync(&line.address, &busy);
    let (took, bytes) = (began.elapsed(), line.carried());
    assert!(all.len() > 150, "a cell of some size: {} entries", all.len());
    let before = memory(&served, "VmRSS");

    line.weak(&Arc::new(Weak::wide(LINK)));
    let (together, began) = (Barrier::new(MANY), Instant::now());
    let mut each: Vec<(BTreeSet<Hash>, Duration)> = thread::scope(|scope| {
        let syncing: Vec<_> = crowd
            .iter()
            .map(|phone| {
                scope.spawn(|| {
                    together.wait();
                    (phone.first_sync(&line.address, &busy), began.elapsed())
                })
            })
            .collect();
        syncing.into_iter().map(|one| one.join().unwrap()).collect()
    });
    each.sort_unstable_by_key(|(_, took)| *took);
    let (last, median) = (each[MANY - 1].1.as_secs_f64(), each[MANY / 2].1.as_secs_f64());
    let link = (line.carried() - bytes) as f64 / LINK as f64;
    let grown = memory(&served, "VmHWM").saturating_sub(before);
    println!("alone, without the link: {took:.1?}, {bytes} bytes of answers, {} entries", all.len());
    println!(
        "{MANY} at once: the link needs {link:.1} s; half were done after {median:.1} s, the last after {last:.1} s"
    );
    println!("{busy:?} times the server was busy; its memory grew by {grown} KiB at most, from {before} KiB");
    assert!(each.iter().all(|(heard, _)| *heard == all), "each has all of it");
    assert!(last <= link * LONGER, "they wait for the link: {last:.1} s, of which the link needs {link:.1} s");
    assert!(grown < MEMORY, "{grown} KiB for {MANY} phones");
    served.kill();
}
