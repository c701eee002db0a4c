//! A link that is slow and stalls: everything arrives, the screen says how far it has come, and no haste of ours breaks
//! what the link has not broken.

use std::{
    sync::{Arc, atomic::Ordering},
    thread,
    time::Instant,
};

use app::Code;
use serde_json::{Value as Json, json};

use crate::{
    phone::{Phone, is, marks, unmarked},
    province::Province,
    weak::{Weak, seed},
};

/// A phone, the weak link under it, and how often it had to begin a connection by right.
struct Far<'a> {
    phone: &'a Phone,
    link: Arc<Weak>,
    before: usize,
    actions: usize,
}

impl<'a> Far<'a> {
    fn new(phone: &'a Phone, seed: u64) -> Self {
        let link = Arc::new(Weak::new(seed));
        phone.line.weak(&link);
        Self { phone, link, before: phone.line.begun(), actions: 0 }
    }

    /// Does it as often as the link breaks, as a patient person would, and tells what it took.
    fn patiently(&mut self, what: &str, mut work: impl FnMut(&Phone) -> Result<Json, app::Trouble>) -> Json {
        let (began, carried) = (Instant::now(), self.phone.line.carried());
        self.actions += 1;
        for _ in 0..20 {
            match work(self.phone) {
                Err(trouble) => is(&trouble, Code::Offline, None),
                Ok(done) => {
                    let bytes = self.phone.line.carried() - carried;
                    println!("{what}: {:.1} s, {bytes} bytes of answers", began.elapsed().as_secs_f32());
                    return done;
                }
            }
        }
        panic!("the link does not break that often");
    }

    fn sync(&mut self, what: &str) {
        let state = self.patiently(what, Phone::try_sync);
        assert_eq!((&state["trouble"], &state["misfit"], &state["waiting"]), (&Json::Null, &Json::Null, &json!(0)));
    }

    /// Each action begins a connection, and one more for each that the link broke: not one was given up by us.
    fn no_haste(&self) {
        let begun = self.phone.line.begun() - self.before;
        let (broken, stalled) = (self.link.broken.load(Ordering::SeqCst), self.link.stalled.load(Ordering::SeqCst));
        println!("{begun} connections for {} actions; {stalled} stalls, {broken} of them broke it", self.actions);
        assert!(begun <= self.actions + broken, "nothing was given up that the link would have carried");
    }
}

// Planted: an answer given up after a second's silence; progress never noted → each caught.
#[test]
fn a_first_sync_a_push_and_a_pull_over_a_link_that_is_slow_and_stalls() {
    let seed = seed("over_a_link");
    let province = Province::open();
    let deputy = Phone::of(&province, "deputy");
    let began = Instant::now();
    thread::scope(|scope| {
        // Each has a mast of its own.
        scope.spawn(|| a_commune_takes_its_whole_book(&province, seed + 2));
        a_roll_is_called_and_sent(&province, &deputy, seed);
    });
    // Told and not judged: how often such a link stalls and breaks is chance.
    println!("{:.1} s in all", began.elapsed().as_secs_f32());
}

fn a_roll_is_called_and_sent(province: &Province, deputy: &Phone, seed: u64) {
    let secretary = Phone::new(province);
    let mut hers = Far::new(&secretary, seed);
    let code = province.code("secretary");
    let ask = json!({ "code": code, "server": secretary.line.address });
    let said = hers.patiently("the code is looked up", |phone| phone.try_call("look_up", ask.clone()));
    hers.patiently("it lets her in", |phone| phone.join(code));
    hers.sync("the first sync");
    println!("it was said to take {} s for {} bytes", said["seconds"], said["bytes"]);
    province.confirm(&secretary.device(), &secretary.digits().unwrap());
    hers.sync("what her office reads");
    let meeting = secretary.next_meeting();
    assert!(!unmarked(&secretary.sheet(&meeting)).is_empty());
    secretary.call("mark_rest", json!({ "meeting": meeting }));
    secretary.call("close_attendance", json!({ "meeting": meeting }));
    hers.sync("the roll is sent");
    hers.no_haste();

    let mut his = Far::new(deputy, seed + 1);
    his.sync("the deputy has it");
    his.no_haste();
    let [sent, come] = [&secretary, deputy].map(|phone| phone.sheet(&meeting));
    assert_eq!(marks(&sent), marks(&come), "all of it arrives");
    assert_eq!(come["closed_at"], sent["closed_at"]);
}

fn a_commune_takes_its_whole_book(province: &Province, seed: u64) {
    let office = Phone::new(province);
    let mut theirs = Far::new(&office, seed);
    theirs.patiently("the commune is let in", |phone| phone.join(province.code("commune")));
    theirs.sync("what any member reads");
    province.confirm(&office.device(), &office.digits().unwrap());
    // What comes in one breath has no middle to show; this is long on any link that is weak.
    let ((), progress) = office.watched(|| theirs.sync("the commune's whole book"));
    let left: Vec<u64> = progress.iter().map(|seen| seen["bytes_left"].as_u64().unwrap()).collect();
    let done: Vec<u64> = progress.iter().map(|seen| seen["done"].as_u64().unwrap()).collect();
    println!("seen on the screen: {done:?} entries, {left:?} bytes left");
    assert!(left.len() >= 2 && done[0] > 0 && left[0] > 0, "the screen says how far it has come: {progress:?}");
    assert!(left.is_sorted_by(|a, b| a >= b), "and it only gets on: {progress:?}");
    theirs.no_haste();
    let people = office.call("list", json!({ "table": "person" }));
    assert!(people.as_array().unwrap().len() > 140, "all of it is there");
}
