//! What is forbidden sounds like what is not there: the same answer, after the same work.

use std::time::{Duration, Instant};

use domain::{Audience, Id, Log, Office};
use sync::{Ask, Backfill, PROTO, Refusal, Reply, Verdict};
use uuid::Uuid;

use crate::{
    house::{Phone, id},
    world::{A, C, World},
};

/// Asks for a whole log.
async fn asked(phone: &Phone, log: Uuid) -> (Reply, Duration) {
    let scope = sync::scope_of(phone.scope.iter().map(Log::id));
    let cursors = phone.cursors.iter().map(|(stream, seq)| sync::Cursor { stream: *stream, seq: *seq }).collect();
    let backfill = vec![Backfill { log, after: 0, upto: u64::MAX }];
    let ask = Ask { proto: PROTO, room: 1 << 20, scope, cursors, backfill, ..Ask::default() };
    let began = Instant::now();
    (phone.ask(&ask).await.unwrap(), began.elapsed())
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all[all.len() / 2]
}

// Planted: a backfill answered whoever asks → caught.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_is_forbidden_sounds_like_one_that_is_not_there() {
    let mut world = World::open().await;
    let (_, mut member) = world.join(A, &[Office::Member], true).await;
    member.pull(1 << 20).await;
    let stands = world.stands.iter().find(|stands| stands.unit == A && stands.table.name == "person").unwrap();
    let forbidden = [stands.log, Log::of(world.units[A + 1], Audience::Everyone)];
    let allowed = Log::of(world.units[A], Audience::Everyone).id();
    let (reply, _) = asked(&member, allowed).await;
    assert!(!reply.backfill.is_empty() && reply.filled == [allowed], "a log of its own is answered");

    for log in forbidden {
        let (mut there, mut absent) = (Vec::new(), Vec::new());
        for _ in 0..100 {
            let (said, took) = asked(&member, log.id()).await;
            let (nothing, took_too) = asked(&member, id()).await;
            assert_eq!(said, nothing, "the same answer, to the byte");
            assert!(said.backfill.is_empty() && said.filled.is_empty());
            assert!(said.parts.iter().all(|part| part.entries.is_empty()), "only heads, of what it may read");
            there.push(took);
            absent.push(took_too);
        }
        let (there, absent) = (median(there), median(absent));
        println!("forbidden {there:?}, absent {absent:?}");
        assert!(there < absent * 3 && absent < there * 3, "the same work: {there:?} and {absent:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_is_forbidden_sounds_like_one_that_is_not_there() {
    let mut world = World::open().await;
    let (_, mut member) = world.join(A, &[Office::Member], true).await;
    let meeting = world.stands.iter().find(|stands| stands.unit == A && stands.table.name == "meeting").unwrap().id;
    let place = |id| [("meeting", id, "place", "Chỗ khác".into())];
    let now = world.province.now();
    let everyone = |unit| Log::of(unit, Audience::Everyone);
    let entries = vec![
        member.entry(everyone(world.units[A]), now, &place(meeting)),
        member.entry(everyone(world.units[A]), now, &place(id())),
        member.entry(everyone(world.units[C]), now, &place(id())),
        member.entry(everyone(world.units[A + 1]), now, &place(meeting)),
        member.entry(everyone(Id::new(id())), now, &place(id())),
        member.entry(Log::about(world.units[A], Id::new(id())), now, &place(id())),
    ];
    let said = member.push(entries).await;
    assert!(said.iter().all(|one| *one == Verdict::Quarantined { code: Refusal::NotAllowed }), "{said:?}");

    // An unknown device and a wrong signature, an unknown code and a wrong proof: one word each.
    let stranger = Phone::new(&world.province.url, 999);
    let unknown = stranger.open(stranger.nonce().await).await;
    let nonce = member.nonce().await;
    let wrong = sync::Opening { device: member.device(), nonce, signature: vec![1; 64] };
    assert_eq!(member.say::<_, String>("/v1/session", &wrong).await, unknown);
}
