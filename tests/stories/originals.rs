//! Originals as people meet them: looked at page by page, held against a file that came from elsewhere, or all that there is
//! of a document.

use app::Code;
use serde_json::{Value as Json, json};

use crate::{
    phone::{Phone, is},
    province::Province,
};

/// A picture of one dot: a scan of nothing much.
const SCAN: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55\
      \x00\x00\x00\x0a\x49\x44\x41\x54\x78\x9c\x63\xf8\x0f\x00\x01\x01\x01\x00\xb1\x38\xf6\x14\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

/// A conclusion of some pages.
fn conclusion() -> print::Paper {
    let words = "Mỗi hộ trồng một trăm cây, chăm sóc đến khi cây khép tán. ".repeat(12);
    print::Paper {
        kind: print::Kind::Conclusion,
        superior: "Đảng bộ tỉnh Quảng Trị".into(),
        issuer: "Đảng ủy xã Tân Hòa".into(),
        number: Some(print::Number { given: Some(7), unit: "ĐU".into(), ..Default::default() }),
        place: "Tân Hòa".into(),
        date: Some("2026-11-05".into()),
        subject: "về trồng rừng".into(),
        body: vec![print::Block::Paragraph(words); 9],
        recipients: vec!["Các chi bộ".into()],
        signatures: print::Signatures::One(print::Signature {
            on_behalf: "T/M Đảng ủy".into(),
            post: "Bí thư".into(),
            name: "Nguyễn Mạnh Cường".into(),
        }),
        ..Default::default()
    }
}

fn paper() -> Vec<u8> {
    print::pdf(&conclusion()).unwrap()
}

/// Publishes it for the whole commune.
fn publish(commune: &Phone, name: &str, bytes: &[u8], blocks: Json) -> Json {
    let unit = commune.call("publishing", json!({}))["audiences"][0]["unit"].clone();
    let facts = json!({
        "form": "Kết luận", "number": "07-KL/ĐU", "issued_on": "2026-11-05", "issuer": "Đảng ủy xã Tân Hòa", "title": "Về trồng rừng"
    });
    let ask = json!({
        "units": [unit], "facts": facts, "blocks": blocks, "original": commune.hand(name, bytes), "unmarked": true,
        "must_confirm": true, "shown_from": "2026-11-01"
    });
    commune.call("publish_document", ask)[0]["id"].clone()
}

fn text() -> Json {
    json!([{ "kind": "paragraph", "lead": null, "text": "Mỗi hộ trồng một trăm cây." }])
}

fn line(phone: &Phone, id: &Json) -> Json {
    phone.call("document_line", json!({ "id": id }))
}

fn fetch(phone: &Phone, id: &Json) {
    phone.call("fetch_file", json!({ "file": line(phone, id)["original"]["file"] }));
    phone.sync();
}

/// How wide a PNG says it is.
fn wide(png: &[u8]) -> u32 {
    assert!(png.starts_with(b"\x89PNG"), "a picture");
    u32::from_be_bytes(png[16..20].try_into().unwrap())
}

// Planted: any width drawn; a member's path looked at; the words of the first page for each → each caught.
#[test]
fn the_pages_of_an_original_are_looked_at_by_whom_it_is_for() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let bytes = paper();
    let chosen = commune.hand("Kết luận.pdf", &bytes);
    let pages = commune.call("pages_of", json!({ "of": chosen }));
    assert!(pages["pages"].as_u64().unwrap() > 1 && pages["kind"] == "pdf", "before anything is published: {pages}");
    assert_eq!(wide(&commune.picture(&chosen, 2, 200).unwrap()), 200);

    // A member chooses nothing to look at, and looks at what came.
    is(&member.trouble("pages_of", json!({ "of": member.hand("a.pdf", &bytes) })), Code::NotAllowed, None);
    is(&member.picture(&json!("/etc/passwd"), 1, 200).unwrap_err(), Code::NotAllowed, None);
    let id = publish(&commune, "Kết luận.pdf", &bytes, text());
    is(&member.picture(&id, 1, 200).unwrap_err(), Code::NotFound, None);
    commune.sync();
    member.sync();
    assert_eq!(line(&member, &id)["place"], "Tân Hòa", "where its issuer dates papers from");
    is(&member.picture(&id, 1, 200).unwrap_err(), Code::Invalid, Some(("original", "not_here")));
    fetch(&member, &id);
    member.line.down();
    assert_eq!(member.call("pages_of", json!({ "of": id })), pages);
    let [first, second] = [1, 2].map(|page| member.picture(&id, page, 200).unwrap());
    assert!(wide(&first) == 200 && first != second, "each page is its own");
    let said = |page: u32| member.call("page_words", json!({ "of": id, "page": page })).to_string();
    assert!(
        said(1).contains("chăm sóc đến khi cây khép tán") && said(1) != said(2),
        "and its words are there for who sees none"
    );
    assert_eq!(wide(&member.picture(&id, 1, 1).unwrap()), 64, "whatever is asked for, a page can be seen");
    is(&member.picture(&id, 99, 200).unwrap_err(), Code::Invalid, Some(("original", "broken")));
    member.call("lock", json!({}));
    is(&member.picture(&id, 1, 200).unwrap_err(), Code::Locked, None);
    member.unlock();
    assert!(member.picture(&id, 1, 200).is_ok());
}

// Planted: minutes told of a text that is not there → caught.
#[test]
fn a_document_that_has_only_its_original_says_so_and_is_confirmed() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let id = publish(&commune, "Danh sách.png", SCAN, json!([]));
    commune.sync();
    member.sync();
    let told = line(&member, &id);
    assert_eq!((&told["body"], &told["minutes"]), (&Json::Null, &Json::Null), "nobody knows how long it takes");
    assert_eq!((&told["original"]["had"], &told["original"]["size"]), (&json!(0), &json!(SCAN.len())));
    fetch(&member, &id);
    member.line.down();
    assert_eq!(member.call("pages_of", json!({ "of": id })), json!({ "pages": 1, "kind": "png" }));
    assert_eq!(wide(&member.picture(&id, 1, 90).unwrap()), 90);
    assert_eq!(member.call("home", json!({}))["unread"], 1);
    assert!(member.call("confirm_read", json!({ "id": id }))["confirmed_at"].is_string());
    assert_eq!(member.call("home", json!({}))["unread"], 0);
}

// Planted: files held against each other by their size; this device named as the one that sealed it → each caught.
#[test]
fn a_file_that_was_received_is_held_against_the_book() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let bytes = paper();
    let id = publish(&commune, "Kết luận.pdf", &bytes, text());
    commune.sync();
    member.sync();
    member.line.down();
    let verify = |name: &str, bytes: &[u8]| member.call("verify_file", json!({ "path": member.hand(name, bytes) }));

    // The original itself was never fetched here: its name is enough.
    let fits = verify("zalo-123.pdf", &bytes);
    let one = &fits["documents"][0];
    assert_eq!((&one["id"], &one["name"], &one["withdrawn"]), (&id, &json!("Kết luận 07-KL/ĐU"), &Json::Null));
    let seal = member.call("document", json!({ "id": id }))["seal"].clone();
    assert_eq!([&one["by"], &one["unit"], &one["at"]], [&seal["by"], &seal["unit"], &seal["at"]]);
    assert_eq!((&fits["name"], &fits["hash"]), (&json!("zalo-123.pdf"), &seal["original"]));

    let mut edited = bytes.clone();
    *edited.last_mut().unwrap() ^= 1;
    assert_eq!(verify("Kết luận.pdf", &edited)["documents"], json!([]), "one byte is enough");
    assert_eq!(verify("Kết luận.pdf", &bytes[..bytes.len() - 1])["documents"], json!([]));

    commune.call("withdraw_document", json!({ "id": id, "reason": "Ban hành nhầm" }));
    commune.sync();
    member.line.up();
    member.sync();
    assert_eq!(verify("a.pdf", &bytes)["documents"][0]["withdrawn"], "Ban hành nhầm", "what was taken back says so");
}

// Planted: another's original given to the program; what was set kept after the lock → each caught.
#[test]
fn a_word_file_is_seen_as_pages_before_it_is_published() {
    let province = Province::open();
    let commune = Phone::of(&province, "commune");
    let bytes = print::docx(&conclusion()).unwrap();
    let chosen = commune.hand("Kết luận.docx", &bytes);
    let pages = commune.call("pages_of", json!({ "of": chosen }));
    assert_eq!((&pages["kind"], pages["pages"].as_u64().unwrap() > 1), (&json!("pdf"), true), "{pages}");
    let drawn = commune.picture(&chosen, 1, 300).unwrap();
    let dark = image::load_from_memory(&drawn).unwrap().to_luma8().pixels().filter(|dot| dot.0[0] < 128).count();
    assert!(dark > 500, "a page with words on it, not {dark} dark dots");

    let id = publish(&commune, "Kết luận.docx", &bytes, text());
    let kept = commune.call("pages_of", json!({ "of": id }));
    assert_eq!((&kept["kind"], &kept["pages"]), (&json!("docx"), &json!(0)), "what is in the book does not leave it");
    commune.call("lock", json!({}));
    commune.unlock();
    is(&commune.trouble("pages_of", json!({ "of": chosen })), Code::Invalid, Some(("original", "unreadable")));
}
