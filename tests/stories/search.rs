//! What a member types finds what was meant, without a network: with marks or without, by number, in titles, in texts.

use serde_json::{Value as Json, json};

use crate::{phone::Phone, province::Province};

fn publish(phone: &Phone, unit: &Json, number: &str, title: &str, text: &str) -> Json {
    let facts = json!({
        "form": "Nghị quyết", "number": number, "issued_on": "2026-11-05", "issuer": "Đảng ủy xã Tân Hòa", "title": title
    });
    let blocks = json!([
        { "kind": "heading", "level": 1, "text": "I. Tình hình" },
        { "kind": "paragraph", "lead": "1. Việc chung.", "text": text },
    ]);
    let ask = json!({
        "units": [unit], "facts": facts, "blocks": blocks, "must_confirm": false, "shown_from": "2026-11-01"
    });
    phone.call("publish_document", ask)[0]["id"].clone()
}

fn ask(search: &str) -> Json {
    json!({ "level": null, "form": null, "year": null, "issuer": null, "state": "all", "search": search })
}

fn found(phone: &Phone, search: &str) -> Vec<Json> {
    let list = phone.call("documents", ask(search));
    list["rows"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect()
}

fn leads(phone: &Phone, text: &str) -> Vec<(String, String)> {
    let hits = phone.call("find", json!({ "text": text }));
    let word = |hit: &Json, field: &str| hit[field].as_str().unwrap().to_owned();
    hits.as_array().unwrap().iter().map(|hit| (word(hit, "what"), word(hit, "route"))).collect()
}

// Planted: the exact form left out of the tokens; the title no better than the text; a withdrawn document still found;
// meetings' words not followed to their meeting → each caught.
#[test]
fn search_finds_what_was_meant() {
    let province = Province::open();
    let [commune, secretary, member] = ["commune", "secretary", "member"].map(|role| Phone::of(&province, role));
    let unit = commune.call("publishing", json!({}))["audiences"][0]["unit"].clone();
    let text = "Mỗi đảng viên trồng một trăm cây. Đảng viên dự bị cũng vậy; thuỷ lợi nội đồng để sang năm.";
    let forest = publish(&commune, &unit, "12-NQ/ĐU", "Về trồng rừng ven sông", text);
    let cadre =
        publish(&commune, &unit, "121-NQ/ĐU", "Về công tác cán bộ", "Trồng rừng là việc của mọi người. Đăng viện.");
    commune.sync();
    member.sync();
    [&commune, &member].into_iter().for_each(|phone| phone.line.down());

    // Its text came by itself: whoever reads finds what whoever published does.
    for phone in [&commune, &member] {
        for typed in
            ["đảng viên", "dang vien", "ĐẢNG VIÊN", "thủy lợi", "thuỷ lợi", "đa\u{309}ng vie\u{302}n dư\u{323} bị"]
        {
            assert_eq!(found(phone, typed).first(), Some(&forest), "{typed}");
        }
        for typed in ["12-NQ/ĐU", "12nq", "12 nq đu", "Số 12", "12"] {
            assert_eq!(found(phone, typed).first(), Some(&forest), "{typed}");
        }
        assert_eq!(found(phone, "trồng rừng"), [forest.clone(), cadre.clone()], "its title before another's text");
        assert_eq!(found(phone, "Tân Hòa").len(), 2, "by who issued it");
        assert_eq!(found(phone, " \t").len(), 2, "nothing typed asks for all");
        for typed in ["\"", "NEAR(", "a OR", "*", "%_\"", "title:", "🌳"] {
            found(phone, typed);
        }
    }

    // What is shown is spelt as the text is, and the reader's own search counts as a page does.
    let list = commune.call("documents", ask("thuy loi"));
    let snippet = list["rows"][0]["snippet"].as_array().unwrap().clone();
    let hit: Vec<_> = snippet.iter().filter(|part| part["hit"] == true).map(|part| &part["text"]).collect();
    assert_eq!(hit, ["thuỷ lợi"]);
    let hits = commune.call("find_in_document", json!({ "id": forest, "search": "dang vien" }))["hits"].clone();
    assert_eq!(hits[0], json!({ "block": 1, "run": 1, "from": 4, "to": 13 }));
    assert_eq!(hits.as_array().unwrap().len(), 2);

    // One box for everything, words of a meeting included, for whoever may read them.
    let to = |id: &Json| ("document".to_owned(), format!("#/tai-lieu/doc/{}", id.as_str().unwrap()));
    assert_eq!(leads(&commune, "cây trồng"), [to(&forest)]);
    secretary.sync();
    let meeting = secretary.next_meeting();
    let added = json!({ "meeting": meeting, "item": null, "title": "Nạo vét kênh mương", "papers": null });
    secretary.call("save_item", added);
    let day = ("meeting".to_owned(), format!("#/sinh-hoat/{}", meeting.as_str().unwrap()));
    assert_eq!(leads(&secretary, "nao vet kenh"), [day]);

    // What was taken back is not found any more.
    [&commune, &member].into_iter().for_each(|phone| phone.line.up());
    commune.call("withdraw_document", json!({ "id": forest, "reason": "Nhầm" }));
    commune.sync();
    member.sync();
    assert_eq!((found(&commune, "trong rung"), found(&member, "trong rung")), (vec![cadre.clone()], vec![cadre]));
    assert!(found(&commune, "thuy loi").is_empty());
}
