//! A document is published once; members find it, keep their place in it and say that they read it, without a network. Who
//! read it is told by name in the reader's own cell alone, and in counts above.

use app::Code;
use serde_json::{Value as Json, json};

use crate::{
    phone::{Phone, is},
    province::Province,
};

fn facts(title: &str) -> Json {
    json!({
        "form": "Nghị quyết", "number": "12-NQ/ĐU", "issued_on": "2026-11-05", "issuer": "Đảng ủy xã", "title": title
    })
}

fn text() -> Json {
    json!([
        { "kind": "heading", "level": 1, "text": "I. Tình hình" },
        { "kind": "paragraph", "lead": null, "text": "Chi bộ họp đủ. ".repeat(100).trim() },
        { "kind": "heading", "level": 1, "text": "II. Nhiệm vụ" },
        { "kind": "item", "mark": "đ)", "text": "Đọc và làm theo. ".repeat(60).trim() },
        { "kind": "table", "rows": [["Việc", "Hạn"], ["Trồng rừng", "15/12"]] },
    ])
}

fn publish(phone: &Phone, unit: &Json, title: &str) -> Json {
    let ask = json!({
        "units": [unit], "facts": facts(title), "blocks": text(), "original": null, "must_confirm": true, "shown_from": "2026-11-01"
    });
    phone.call("publish_document", ask)[0]["id"].clone()
}

fn page(phone: &Phone, id: &Json) -> Json {
    phone.call("document", json!({ "id": id }))
}

fn readers(phone: &Phone, id: &Json) -> Json {
    phone.call("readers", json!({ "id": id }))
}

fn rows(phone: &Phone, state: &str) -> usize {
    let list = phone.call("documents", json!({ "level": null, "form": null, "year": null, "state": state }));
    list["rows"].as_array().unwrap().len()
}

// Planted: a document of another cell confirmed; counts that are not reported; a cell's word about the commune's document
// refused for where that lies; what was taken back still shown → each caught.
#[test]
fn who_read_a_document_is_known_by_name_in_the_readers_own_cell_alone() {
    let province = Province::open();
    let [commune, secretary, member] = ["commune", "secretary", "member"].map(|role| Phone::of(&province, role));
    let audiences = commune.call("publishing", json!({}))["audiences"].clone();
    let (whole, cells) = (&audiences[0], &audiences.as_array().unwrap()[1..]);
    assert_eq!(whole["whole"], true);
    let own = secretary.call("publishing", json!({}))["audiences"][0]["unit"].clone();
    let other = cells.iter().map(|cell| &cell["unit"]).find(|unit| **unit != own).expect("there is another cell");

    // What lacks something is refused whole, with all that it lacks.
    let nothing = json!({ "units": [], "facts": facts(""), "blocks": [], "original": null, "must_confirm": true, "shown_from": "2026-11-01" });
    let trouble = commune.trouble("publish_document", nothing);
    let lacks: Vec<_> = trouble.faults.iter().map(|fault| (fault.field.as_str(), fault.why)).collect();
    assert_eq!(lacks, [("unit", "empty"), ("title", "empty"), ("body", "empty")]);
    let ask = json!({
        "units": [other], "facts": facts("Việc"), "blocks": text(), "original": null, "must_confirm": true, "shown_from": "2026-11-01"
    });
    is(&secretary.trouble("publish_document", ask.clone()), Code::NotAllowed, None);
    is(&member.trouble("publish_document", ask), Code::NotAllowed, None);

    let (id, elsewhere) =
        (publish(&commune, &whole["unit"], "Về trồng rừng"), publish(&commune, other, "Việc của chi bộ khác"));
    commune.sync();
    [&secretary, &member].into_iter().for_each(|phone| drop(phone.sync()));
    assert_eq!([rows(&member, "all"), rows(&member, "unread"), rows(&member, "ribbon")], [1, 1, 0]);
    let home = member.call("home", json!({}));
    assert_eq!((&home["to_read"][0]["name"], &home["unread"]), (&json!("Nghị quyết 12-NQ/ĐU"), &json!(1)));

    // Without a network a place is kept, by the block, and the first word of having read it stands.
    member.line.down();
    member.call("save_reading", json!({ "id": id, "block": 3 }));
    member.call("lay_ribbon", json!({ "id": id, "block": 2 }));
    let there = page(&member, &id);
    assert_eq!((&there["stopped"], &there["ribbon"]), (&json!(3), &json!(2)));
    assert_eq!(rows(&member, "ribbon"), 1);
    let first = member.call("confirm_read", json!({ "id": id }))["confirmed_at"].clone();
    assert!(first.is_string());
    member.later(3_600_000);
    assert_eq!(member.call("confirm_read", json!({ "id": id }))["confirmed_at"], first);
    assert_eq!(rows(&member, "unread"), 0);
    is(&commune.trouble("confirm_read", json!({ "id": elsewhere })), Code::Invalid, Some(("document", "not_for_you")));
    member.line.up();
    member.sync();

    // The cell's secretary sees names; the office above, counts; a member, neither.
    secretary.sync();
    let known = readers(&secretary, &id);
    let said: Vec<_> =
        known["people"].as_array().unwrap().iter().filter(|one| !one["confirmed_at"].is_null()).collect();
    assert_eq!((said.len(), &said[0]["confirmed_at"], &known["confirmed"]), (1, &first, &json!(1)));
    commune.sync();
    let counted = readers(&commune, &id);
    assert_eq!(
        (&counted["people"], &counted["confirmed"], &counted["members"]),
        (&Json::Null, &json!(1), &known["members"])
    );
    let cell = counted["units"].as_array().unwrap().iter().find(|one| one["unit"] == own).unwrap();
    assert_eq!(cell["counts"], json!({ "members": known["members"], "confirmed": 1 }));
    assert_eq!(commune.call("list", json!({ "table": "receipt" })), json!([]), "no name goes up");
    is(&member.trouble("readers", json!({ "id": id })), Code::NotAllowed, None);

    // A reminder, and a document that was taken back.
    let reminded = secretary.call("remind", json!({ "id": id }))["reminded_at"].clone();
    assert!(reminded.is_string());
    secretary.sync();
    member.sync();
    assert_eq!(page(&member, &id)["line"]["reminded_at"], reminded);
    let back = |reason: &str| json!({ "id": id, "reason": reason });
    is(&commune.trouble("withdraw_document", back(" ")), Code::Invalid, Some(("withdrawn", "reason_needed")));
    is(&secretary.trouble("withdraw_document", back("Nhầm")), Code::NotAllowed, None);
    commune.call("withdraw_document", back("Ban hành nhầm"));
    commune.sync();
    member.sync();
    assert_eq!([rows(&member, "all"), rows(&commune, "all")], [0, 2], "who publishes still sees what was taken back");
}

// Planted: cells counted as communes → caught.
#[test]
fn the_province_sees_the_sums_of_its_communes_and_how_many_cells_told() {
    let province = Province::open();
    let [above, secretary, member] = ["province", "secretary", "member"].map(|role| Phone::of(&province, role));
    let id = publish(&above, &above.call("publishing", json!({}))["audiences"][0]["unit"].clone(), "Về trồng rừng");
    above.sync();
    let before = readers(&above, &id);
    assert_eq!(
        (&before["told"], &before["units"][0]["counts"], &before["may_remind"]),
        (&json!(0), &Json::Null, &json!(true))
    );
    member.sync();
    member.call("confirm_read", json!({ "id": id }));
    [&member, &secretary, &above].into_iter().for_each(|phone| drop(phone.sync()));
    let known = readers(&above, &id);
    let commune = &known["units"][0];
    let members = readers(&secretary, &id)["members"].clone();
    assert_eq!(commune["counts"], json!({ "members": members, "confirmed": 1 }));
    assert_eq!((&commune["told"], &known["told"], &known["people"]), (&json!(1), &json!(1), &Json::Null));
    assert!(commune["cells"].as_u64() > Some(1) && known["cells"].as_u64() >= commune["cells"].as_u64());
    assert_eq!(above.call("list", json!({ "table": "receipt" })), json!([]), "no name goes up");
}

// Planted: the place kept as a share of the text; a heading's name that is not read → each caught.
#[test]
fn a_text_says_where_its_reader_is() {
    let province = Province::open();
    let commune = Phone::of(&province, "commune");
    let unit = commune.call("publishing", json!({}))["audiences"][0]["unit"].clone();
    let id = publish(&commune, &unit, "Về trồng rừng");
    commune.call("save_reading", json!({ "id": id, "block": 3 }));
    let page = page(&commune, &id);
    assert_eq!(page["blocks"], text());
    assert_eq!(page["section"], json!({ "word": null, "mark": "II" }));
    let contents: Vec<_> = page["contents"].as_array().unwrap().iter().map(|one| &one["block"]).collect();
    assert_eq!(contents, [0, 2]);
    let along: Vec<_> = page["along"].as_array().unwrap().iter().map(|at| at["percent"].as_u64().unwrap()).collect();
    assert!(along.is_sorted() && along.len() == 6, "{along:?}");
    assert_eq!((along[0], along[5], &page["along"][5]["minutes_left"]), (0, 100, &json!(0)));
    assert_eq!(page["line"]["progress"], along[3]);
    assert_eq!(page["seal"]["original"], Json::Null);
}

// Planted: another file kept as the original; a member who opens a paper for publishing → each caught.
#[test]
fn a_word_file_becomes_a_document_that_can_be_verified() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let paper = print::Paper {
        kind: print::Kind::Conclusion,
        superior: "Đảng bộ tỉnh Quảng Trị".into(),
        issuer: "Đảng ủy xã Tân Hòa".into(),
        number: Some(print::Number { given: Some(7), unit: "ĐU".into(), ..Default::default() }),
        place: "Tân Hòa".into(),
        date: Some("2026-11-05".into()),
        subject: "về trồng rừng".into(),
        body: vec![print::Block::Paragraph("Mỗi hộ trồng một trăm cây.".into())],
        recipients: vec!["Các chi bộ".into()],
        signatures: print::Signatures::One(print::Signature {
            on_behalf: "T/M Đảng ủy".into(),
            post: "Bí thư".into(),
            name: "Nguyễn Mạnh Cường".into(),
        }),
        ..Default::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        json!({ "path": path })
    };
    let bytes = print::docx(&paper).unwrap();
    let chosen = file("Kết luận.pdf", &bytes);
    is(&member.trouble("open_paper", chosen.clone()), Code::NotAllowed, None);
    let opened = commune.call("open_paper", chosen.clone());
    let found = &opened["paper"]["facts"];
    assert_eq!([&found["form"], &found["number"], &found["issued_on"]], ["Kết luận", "07-KL/ĐU", "2026-11-05"]);
    assert_eq!([&found["issuer"], &found["title"]], ["Đảng ủy xã Tân Hòa", "về trồng rừng"]);
    let unit = commune.call("publishing", json!({}))["audiences"][0]["unit"].clone();
    let publish = |path: &Json| {
        json!({
            "units": [unit], "facts": found, "blocks": opened["paper"]["blocks"], "original": path, "unmarked": true,
            "must_confirm": false, "shown_from": "2026-11-01"
        })
    };
    let id = commune.call("publish_document", publish(&chosen["path"]))[0]["id"].clone();
    let page = page(&commune, &id);
    assert_eq!(page["blocks"], opened["paper"]["blocks"]);
    let hash: String = sync::hash_of(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((&page["seal"]["original"], &page["seal"]["fits"]), (&json!(hash), &json!(true)));
    let original = &page["line"]["original"];
    assert_eq!((&original["size"], &original["had"]), (&json!(bytes.len()), &json!(bytes.len())));

    // What is not to be here is refused with the reason, and nothing is published of it.
    for (name, bytes, why) in [
        ("Virus.docx", &b"MZ\x90\0"[..], "not_a_document"),
        ("Mật.docx", &bytes, "secret_name"),
        ("Cụt.docx", &bytes[..bytes.len() / 2], "broken"),
    ] {
        let chosen = file(name, bytes);
        is(&commune.trouble("open_paper", chosen.clone()), Code::Invalid, Some(("original", why)));
        is(&commune.trouble("publish_document", publish(&chosen["path"])), Code::Invalid, Some(("original", why)));
    }
    assert_eq!(rows(&commune, "all"), 1);
}

// Planted: a cell named beside the commune that it belongs to published for twice; the province offered a commune → each caught.
#[test]
fn a_document_is_for_a_tree_of_units_and_nobody_is_given_it_twice() {
    let province = Province::open();
    let commune = Phone::of(&province, "commune");
    let asked = commune.call("publishing", json!({}));
    let audiences = asked["audiences"].as_array().unwrap();
    let (whole, cells) = (&audiences[0], &audiences[1..]);
    assert!(cells.len() > 1 && cells.iter().all(|cell| cell["above"] == whole["unit"]), "{audiences:?}");
    assert!(asked["forms"].as_array().unwrap().contains(&json!("Chỉ thị")), "the rule's own kinds are offered");
    assert!(asked["issuers"][0].as_str().unwrap().starts_with("Đảng ủy "), "{}", asked["issuers"]);
    let ask = |units: &[&Json]| {
        let units: Vec<_> = units.iter().map(|one| &one["unit"]).collect();
        json!({
            "units": units, "facts": facts("Việc"), "blocks": text(), "original": null, "must_confirm": true,
            "shown_from": "2026-11-01"
        })
    };
    let made = |units: &[&Json]| commune.call("publish_document", ask(units)).as_array().unwrap().len();
    assert_eq!(made(&[&cells[0], whole, &cells[1]]), 1);
    assert_eq!(made(&[&cells[0], &cells[1], &cells[0]]), 2);

    // The province writes in no commune's name, so it is offered none.
    let office = Phone::of(&province, "province");
    let audiences = office.call("publishing", json!({}))["audiences"].clone();
    assert_eq!((audiences.as_array().unwrap().len(), &audiences[0]["level"]), (1, &json!("province")));
    is(&office.trouble("publish_document", ask(&[whole])), Code::NotAllowed, None);
}
