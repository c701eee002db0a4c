//! Who comes in, and who is kept out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code, reason = "each test file uses its part")]
mod house;

use domain::{Audience, Id, Log};
use house::*;
use server::people;
use sync::{Ask, Code, Refusal, Verdict};

// Planted: a session for whoever repeats an enrolment (it was so); a used code that ends; a holder's next code refused (it
// was so), or taken for somebody else's phone → each caught.
#[tokio::test]
async fn a_code_lets_one_device_in_however_often_its_reply_is_lost() {
    let mut province = Province::start().await;
    let code = Code::parse(&province.issued("secretary").code).unwrap();
    let phone = Phone::new(&province.url, 1);
    let seen = phone.look(&code).await.unwrap();
    assert_eq!((seen.name.as_str(), seen.post.as_deref()), ("Nguyễn Mạnh Cường", Some("secretary")));
    assert_eq!((seen.unit_name.as_str(), seen.above_name.as_str()), ("Chi bộ thôn Đông", "Đảng bộ xã Tân Hòa"));
    assert_eq!(seen.expires, MORNING + 72 * HOUR);

    let first = phone.enrol(&code).await.unwrap();
    let again = phone.enrol(&code).await.unwrap();
    assert_eq!((first.member, first.unit, first.root), (again.member, again.unit, again.root));
    assert_eq!(seen.member, first.member);
    let devices = province.admin(|ledger, _| {
        let table = &<domain::Device as domain::Record>::TABLE;
        ledger.register().list(table).filter(|(id, ..)| *id == phone.device().uuid()).count()
    });
    assert_eq!(devices, 1, "the second answer let nobody else in");

    let other = Phone::new(&province.url, 2);
    assert_eq!(other.enrol(&code).await.map(|_| ()), refused(410, "code_used"));
    assert_eq!(other.look(&code).await.map(|_| ()), refused(410, "code_used"));

    // Whoever knows the code and the device's key, which its cell can read, says the same: the device itself signs.
    assert_eq!((first.token.len(), again.token.as_str()), (64, ""), "only the first answer begins a session");
    province.pass(73 * HOUR);
    assert!(phone.enrol(&code).await.is_ok(), "it is let in as it was, also when it comes back late");
    assert_eq!(other.enrol(&code).await.map(|_| ()), refused(410, "code_used"));
    let next = |province: &mut Province, role: &str| {
        let member = province.issued(role).member;
        province.admin(|ledger, outside| server::issue(ledger, outside, member).unwrap().0)
    };
    let (hers, his) = (next(&mut province, "secretary"), next(&mut province, "deputy"));
    assert_eq!(phone.enrol(&his).await.map(|_| ()), refused(400, "unreadable"), "it is her phone, not his");
    assert_eq!(phone.enrol(&hers).await.unwrap().token, "", "her next code lets in the phone that is in");
    assert_eq!(other.enrol(&hers).await.map(|_| ()), refused(410, "code_used"), "and nobody else after it");

    let mut phone = phone;
    phone.token = phone.open(phone.nonce().await).await.unwrap();
    phone.root = province.made.root.clone();
    phone.pull(1 << 20).await;
    let told: u64 = phone.heard.iter().map(|carried| carried.bytes.len() as u64).sum();
    assert!(seen.bytes > 0 && told >= seen.bytes && told < seen.bytes + 500, "the first sync is as large as was said");
}

#[tokio::test]
async fn a_code_ends_after_three_days() {
    let province = Province::start().await;
    let code = Code::parse(&province.issued("deputy").code).unwrap();
    let phone = Phone::new(&province.url, 1);
    province.pass(72 * HOUR - 1);
    assert!(phone.look(&code).await.is_ok());
    province.pass(1);
    assert_eq!(phone.look(&code).await.map(|_| ()), refused(410, "code_expired"));
    assert_eq!(phone.enrol(&code).await.map(|_| ()), refused(410, "code_expired"));
}

#[tokio::test]
async fn five_wrong_proofs_spend_a_code_and_sound_like_an_unknown_one() {
    let mut province = Province::start().await;
    let code = Code::parse(&province.issued("member").code).unwrap();
    let phone = Phone::new(&province.url, 1);
    let unknown = phone.enrol(&Code::new([9; 10])).await.map(|_| ());
    assert_eq!(unknown, refused(404, "code_unknown"));
    for _ in 0..4 {
        assert_eq!(phone.enrol_proving(&code, &[0; 32]).await.map(|_| ()), unknown, "a wrong proof tells nothing");
    }
    province.restart().await;
    let phone = Phone::new(&province.url, 1);
    assert_eq!(phone.enrol_proving(&code, &[0; 32]).await.map(|_| ()), refused(429, "code_spent"));
    assert_eq!(phone.enrol(&code).await.map(|_| ()), refused(429, "code_spent"), "the right proof comes too late");
}

#[tokio::test]
async fn a_session_is_opened_by_the_devices_signature_once_and_lasts_a_day() {
    let mut province = Province::start().await;
    let mut phone = province.phone("member").await;
    let nonce = phone.nonce().await;
    let stranger = Phone::new(&province.url, 2);
    assert_eq!(stranger.open(nonce.clone()).await, refused(401, "session"), "a nonce is for one device");
    let mut forged = phone.nonce().await;
    forged[3] ^= 1;
    assert_eq!(phone.open(forged).await, refused(401, "session"), "a nonce that was never given");
    phone.token = phone.open(nonce.clone()).await.unwrap();
    assert_eq!(phone.open(nonce).await, refused(401, "session"), "a nonce serves once");
    let late = phone.nonce().await;
    province.pass(2 * MINUTE);
    assert_eq!(phone.open(late).await, refused(401, "session"), "a nonce lives two minutes");

    assert!(phone.ask(&Ask::default()).await.is_ok());
    province.pass(24 * HOUR);
    assert_eq!(phone.ask(&Ask::default()).await, refused(401, "session"), "a day is over");
    phone.token = phone.open(phone.nonce().await).await.unwrap();
    assert!(phone.ask(&Ask::default()).await.is_ok());
}

#[tokio::test]
async fn a_device_shut_out_at_the_servers_machine_is_refused_everywhere_at_once() {
    let mut province = Province::start().await;
    let mut lost = province.phone("secretary").await;
    let deputy = province.phone("deputy").await;
    let log = Log::of(province.unit("Chi bộ thôn Đông"), Audience::Everyone);
    let words = [("meeting", id(), "place", "Nhà văn hóa".into())];
    let unsent = lost.entry(log, province.now(), &words);
    assert!(lost.ask(&Ask::default()).await.is_ok());

    let device = lost.device().uuid();
    province.admin(|ledger, _| people::revoke(ledger, device)).unwrap();

    assert_eq!(lost.ask(&Ask::default()).await, refused(403, "revoked"), "its session");
    assert_eq!(lost.open(lost.nonce().await).await, refused(403, "revoked"), "a new session");
    let code = Code::parse(&province.issued("secretary").code).unwrap();
    assert_eq!(lost.enrol(&code).await.map(|_| ()), refused(403, "revoked"), "its code");
    let carried = deputy.push(vec![unsent]).await;
    let aside = [Verdict::Quarantined { code: Refusal::NotAllowed }];
    assert_eq!(carried, aside, "its entries, whoever carries them, where the office sees them");
}

#[tokio::test]
async fn a_suspended_members_phone_is_shut_out_and_comes_back_with_the_office() {
    let mut province = Province::start().await;
    let phone = province.phone("member").await;
    let (member, unit) = (province.issued("member").member, province.unit("Chi bộ thôn Đông"));
    province.admin(|ledger, _| people::suspend(ledger, member)).unwrap();
    assert_eq!(phone.ask(&Ask::default()).await, refused(403, "revoked"));
    let grant = people::grant(Id::new(id()), unit, member, domain::Office::Member, "2026-11-24");
    province.admin(|ledger, _| people::add_grant(ledger, &grant)).unwrap();
    assert_eq!(phone.ask(&Ask::default()).await, refused(403, "revoked"), "an office that begins tomorrow");
    // 23:59 and 00:00 in Vietnam.
    province.pass(16 * HOUR - MINUTE);
    assert_eq!(phone.ask(&Ask::default()).await, refused(403, "revoked"));
    province.pass(MINUTE);
    assert!(phone.ask(&Ask::default()).await.is_ok(), "the session was only asleep");
}

#[tokio::test]
async fn people_and_codes_made_while_the_server_runs_are_known_to_it() {
    let mut province = Province::start().await;
    let phone = province.phone("deputy").await;
    let unit = province.unit("Chi bộ thôn Đông");
    let member = domain::Member {
        id: Id::new(id()),
        unit,
        name: "Trần Văn Mới".to_owned(),
        birth_year: Some(1990),
        post: None,
        standing: domain::Standing::Official,
        activity: domain::Activity::Active,
        activity_from: None,
        activity_to: None,
    };
    let code = province.admin(|ledger, outside| {
        let grant = people::grant(Id::new(id()), unit, member.id, domain::Office::Member, "2026-11-23");
        people::add_person(ledger, &member, &people::bare_person(member.id, &member.name), &[grant]).unwrap();
        server::issue(ledger, outside, member.id).unwrap().0
    });
    let mut new = Phone::new(&province.url, 50);
    assert_eq!(new.look(&code).await.unwrap().name, "Trần Văn Mới");
    new.token = new.enrol(&code).await.unwrap().token;
    let scope = new.ask(&Ask::default()).await.unwrap().scope.unwrap();
    assert!(scope.contains(&Log::about(unit, member.id)), "the own record");
    let scope = phone.ask(&Ask::default()).await.unwrap().scope.unwrap();
    assert!(scope.contains(&Log::about(unit, member.id)), "the deputy reads it too, in a session of before");
}
