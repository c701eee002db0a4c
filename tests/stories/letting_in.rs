//! Codes: used, old, mistyped, guessed; and an answer that is lost on the way.

use app::Code;
use serde_json::json;

use crate::{
    bad_luck::stride,
    phone::{PIN, Phone, is},
    province::{DAY, Province},
};

// Planted: a look at a used code goes well → caught.
#[test]
fn a_code_lets_one_phone_in_once() {
    let province = Province::open();
    let first = Phone::of(&province, "secretary");
    let second = Phone::new(&province);
    let typed = province.code("secretary");
    is(&second.trouble("look_up", json!({ "code": typed, "server": second.line.address })), Code::CodeUsed, None);
    is(&second.join(typed).unwrap_err(), Code::CodeUsed, None);
    // Whoever skips the look is refused at the door itself.
    let code = sync::Code::parse(typed).unwrap();
    let key = sync::SigningKey::from_bytes(&[5; 32]).verifying_key().to_bytes();
    let enrol = sync::Enrol { nonce: [1; 16], public_key: key, name: "khác".into() };
    let held = sync::Held::new(code.name(), &code.key(), "enrol", enrol);
    assert!(post(&province.address, "/v1/enrol", &sync::pack(&held).unwrap()) >= 400, "another key is not let in");
    assert_eq!(second.call("status", json!({}))["stage"], "new", "nothing was begun on the second");
    assert_eq!(first.call("status", json!({}))["stage"], "open", "the first goes on");
}

// Planted: a code that never ends → caught.
#[test]
fn a_code_ends_after_three_days() {
    let province = Province::open();
    let phone = Phone::new(&province);
    let look = || json!({ "code": province.code("deputy"), "server": phone.line.address });
    province.later(3 * DAY - 10_000);
    phone.call("look_up", look());
    province.later(20_000);
    is(&phone.trouble("look_up", look()), Code::CodeExpired, None);
    is(&phone.join(province.code("deputy")).unwrap_err(), Code::CodeExpired, None);
}

#[test]
fn a_slip_of_the_finger_is_told_from_a_code_that_nobody_gave_out() {
    let province = Province::open();
    let phone = Phone::new(&province);
    let mut slipped = province.code("member").to_owned();
    let last = slipped.pop().unwrap();
    slipped.push(if last == '7' { '8' } else { '7' });
    let unknown = sync::Code::new([77; 10]).to_string();
    for (typed, code) in [
        ("", Code::CodeMistyped),
        ("ABC", Code::CodeMistyped),
        ("không phải mã", Code::CodeMistyped),
        (&slipped, Code::CodeMistyped),
        (&unknown, Code::CodeUnknown),
    ] {
        is(&phone.trouble("look_up", json!({ "code": typed, "server": phone.line.address })), code, None);
    }
    phone.call("look_up", json!({ "code": province.code("member").to_lowercase(), "server": phone.line.address }));
}

// Planted: guesses that cost nothing → caught.
#[test]
fn who_only_knows_a_codes_name_uses_it_up_by_guessing() {
    let province = Province::open();
    let code = sync::Code::parse(province.code("member")).unwrap();
    let guess = || {
        let held = sync::Held::new(code.name(), &[0; 32], "look", sync::Look { nonce: [1; 16] });
        post(&province.address, "/v1/look", &sync::pack(&held).unwrap())
    };
    let answers: Vec<u16> = (0..6).map(|_| guess()).collect();
    assert!(answers.iter().all(|status| *status >= 400), "no guess is let in: {answers:?}");
    let phone = Phone::new(&province);
    let trouble = phone.trouble("look_up", json!({ "code": province.code("member"), "server": phone.line.address }));
    is(&trouble, Code::CodeSpent, None);
}

/// Posts bytes by hand; the status.
fn post(server: &str, path: &str, body: &[u8]) -> u16 {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(server.trim_start_matches("http://")).unwrap();
    write!(stream, "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len())
        .unwrap();
    stream.write_all(body).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

// Planted: any certificate taken; a certificate of another key than the server's root → each caught.
#[test]
fn over_tls_a_phone_speaks_to_its_own_province_alone() {
    let (province, stranger) = (Province::over_tls(), Province::stranger());
    let phone = Phone::new(&province);
    let ticket = |root: &str| format!("sotay:{}@{}#{root}", province.code("deputy"), phone.line.address);
    let asked = json!({ "code": ticket(&stranger.made.root) });
    is(&phone.trouble("look_up", asked), Code::BadServer, None);
    phone.line.lead_to(&stranger.address);
    is(&phone.join(&ticket(&province.made.root)).unwrap_err(), Code::BadServer, None);
    assert_eq!(phone.call("status", json!({}))["stage"], "new", "nothing was begun");

    phone.line.lead_to(&province.address);
    phone.join(&ticket(&province.made.root)).unwrap();
    phone.sync();
    phone.line.lead_to(&stranger.address);
    is(&phone.try_sync().unwrap_err(), Code::BadServer, None);
    phone.line.lead_to(&province.address);
    phone.sync();

    // A code typed from paper says no root key: the first key met is judged by what it proves of the code.
    let mut typed = Phone::new(&province);
    typed.pin = PIN;
    typed.join(province.code("member")).unwrap();
    typed.line.lead_to(&stranger.address);
    is(&typed.try_sync().unwrap_err(), Code::BadServer, None);
}

#[test]
fn joining_goes_on_where_a_lost_answer_left_it() {
    let province = Province::open();
    let phone = Phone::new(&province);
    let code = province.code("secretary");
    let mut lost = 0;
    for bytes in (1..).map(|step| step * 40) {
        phone.line.cut_after(bytes);
        match phone.join(code) {
            Ok(status) => {
                assert_eq!(status["stage"], "open");
                break;
            }
            Err(trouble) => assert_eq!(trouble.code, Code::Offline, "an answer cut off is no answer: {trouble:?}"),
        }
        lost += 1;
        assert!(lost < 100, "it never ends");
    }
    assert!(lost > 2, "answers were lost on the way: {lost}");
    phone.line.mend();
    let devices = phone.sync()["devices"].clone();
    let mine = devices.as_array().unwrap().iter().filter(|one| one["this_one"] == true).count();
    assert_eq!(mine, 1, "one phone came in, once");
}

/// How many devices were let in, each of which is an entry of the server's own, and how many codes are spent.
fn let_in(province: &Province) -> (i64, i64) {
    let ledger = rusqlite::Connection::open(province.data().join("ledger.db")).unwrap();
    let count = |sql| ledger.query_row(sql, [], |row| row.get(0)).unwrap();
    (count("SELECT count(*) FROM entry"), count("SELECT count(*) FROM code WHERE used_by IS NOT NULL"))
}

// Planted: a code that is not spent; a used one refused to the phone that used it; the name on the lock screen kept only
// with the answer (it was so) → each caught.
#[test]
fn getting_in_over_a_line_cut_at_every_byte_spends_no_code_without_a_phone() {
    let province = Province::open();
    let member = province.issued("member").member;
    let issue =
        |ledger: &mut server::Sqlite, outside: &server::Outside| server::issue(ledger, outside, member).unwrap().0;
    let codes =
        province.admin(|ledger, outside| (0..4000 / stride()).map(|_| issue(ledger, outside)).collect::<Vec<_>>());
    let mut codes = codes.into_iter();
    let (mut cuts, mut unheard) = (0, 0);
    for up in [true, false] {
        let mut whole = 0;
        for bytes in (0..).step_by(stride()) {
            let code = codes.next().expect("getting in is said in a few hundred bytes");
            let typed = code.to_string();
            let mut phone = Phone::new(&province);
            phone.pin = PIN;
            let (devices, spent) = let_in(&province);
            match up {
                true => phone.line.cut_up_after(bytes),
                false => phone.line.cut_after(bytes),
            }
            let first = phone.join(&typed);
            phone.line.mend();
            let (now, used) = (let_in(&province).0 - devices, let_in(&province).1 - spent);
            assert!(now == used && now <= 1, "cut after {bytes}: {used} codes spent, {now} phones in");
            match first {
                Ok(_) => {
                    assert_eq!(now, 1, "who was told so is in");
                    whole += 1;
                }
                Err(trouble) => {
                    is(&trouble, Code::Offline, None);
                    unheard += now;
                    whole = 0;
                    if cuts % 2 == 0 {
                        phone.restart();
                    }
                    phone.join(&typed).unwrap_or_else(|trouble| panic!("cut after {bytes}, again: {trouble:?}"));
                }
            }
            assert_eq!(let_in(&province), (devices + 1, spent + 1), "cut after {bytes}: one code, one phone");
            let status = phone.call("status", json!({}));
            assert_eq!(
                (&status["stage"], &status["holder"]["name"]),
                (&json!("open"), &json!(province.issued("member").name))
            );
            let thief = sync::SigningKey::from_bytes(&[6; 32]).verifying_key().to_bytes();
            let thief = sync::Enrol { nonce: [1; 16], public_key: thief, name: "khác".into() };
            let thief = sync::Held::new(code.name(), &code.key(), "enrol", thief);
            assert_eq!(post(&province.address, "/v1/enrol", &sync::pack(&thief).unwrap()), 410, "nobody else after it");
            if cuts % 16 == 0 {
                phone.sync();
            }
            cuts += 1;
            // Three in a row went through: the line breaks after all that is said.
            if whole == 3 {
                break;
            }
        }
    }
    assert!(cuts > 60 && unheard > 3, "{cuts} cuts; {unheard} phones were in before they heard it");
    println!("{cuts} cuts, after {unheard} of them the phone was in and had not heard it");
}
