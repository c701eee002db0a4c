//! A scan becomes text that a person looks over, and is marked as recognised by a machine; one that bears a mark of secrecy is
//! given to nobody, wherever it is tried.

use app::Code;
use serde_json::{Value as Json, json};

use crate::{
    phone::{Phone, is},
    province::Province,
};

const FIRST: &str = "Chi bộ đã hoàn thành các nhiệm vụ đề ra trong tháng chín.";
const SECOND: &str = "Đồng chí bí thư phổ biến kế hoạch trồng rừng và sửa đường thôn trước mùa mưa bão.";

fn documents(phone: &Phone) -> usize {
    let list = phone.call("documents", json!({ "level": null, "form": null, "year": null, "state": "all" }));
    list["rows"].as_array().unwrap().len()
}

fn publish(phone: &Phone, path: &Json, read: &Json, unmarked: bool) -> Json {
    let units = [phone.call("publishing", json!({}))["audiences"][0]["unit"].clone()];
    let facts = json!({
        "form": "Nghị quyết", "number": "05-NQ/CB", "issued_on": "2026-10-05", "issuer": "Chi bộ thôn Đông", "title": "Tháng 10"
    });
    json!({
        "units": units, "facts": facts, "blocks": read["blocks"], "original": path, "unmarked": unmarked,
        "must_confirm": false, "shown_from": "2026-11-01"
    })
}

// Planted: a scan read in part published as if whole; what was recognised lost with the lock, or kept once it is published; the mark of recognition left off; a mark typed into the
// text let through → each caught.
#[test]
fn a_scan_becomes_text_page_by_page_and_is_marked_as_recognised() {
    let province = Province::open();
    let [commune, member] = ["commune", "member"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Nghị quyết.pdf");
    std::fs::write(&path, tests::scan(&[&[FIRST], &[SECOND]])).unwrap();
    let path = json!(path);
    let opened = commune.call("open_paper", json!({ "path": path }));
    assert_eq!((&opened["paper"]["scanned"], &opened["paper"]["pages"]), (&json!(true), &json!(2)));
    assert_eq!(opened["name"], "Nghị quyết.pdf", "NFC, however the system spells it");

    let page = |phone: &Phone, page: u32| phone.try_call("recognise_page", json!({ "path": path, "page": page }));
    is(&page(&member, 1).unwrap_err(), Code::NotAllowed, None);
    is(&page(&commune, 3).unwrap_err(), Code::NotFound, None);
    is(&commune.trouble("recognised", json!({ "path": path })), Code::NotFound, None);
    let first = page(&commune, 1).unwrap();
    assert_eq!((&first["pages"], &first["done"]), (&json!(2), &json!([1])));
    assert!(first["blocks"].to_string().contains(FIRST), "{first}");
    let half = commune.call("recognised", json!({ "path": path }));
    let trouble = commune.trouble("publish_document", publish(&commune, &path, &half, true));
    is(&trouble, Code::Invalid, Some(("original", "not_whole")));
    // A book that locks itself meanwhile loses no page.
    commune.call("lock", json!({}));
    is(&page(&commune, 2).unwrap_err(), Code::Locked, None);
    commune.unlock();
    assert_eq!(page(&commune, 2).unwrap()["done"], json!([1, 2]));
    let read = commune.call("recognised", json!({ "path": path }));
    let facts = &read["facts"];
    assert_eq!([&facts["form"], &facts["number"], &facts["issued_on"]], ["Nghị quyết", "05-NQ/CB", "2026-10-05"]);
    assert_eq!((&read["done"], &read["warnings"]), (&json!([1, 2]), &json!([])));
    let text = read["blocks"].to_string();
    assert!(text.contains(FIRST) && text.contains(SECOND), "{text}");

    let trouble = commune.trouble("publish_document", publish(&commune, &path, &read, false));
    is(&trouble, Code::Invalid, Some(("unmarked", "unmarked_needed")));
    let ask = publish(&commune, &path, &read, true);
    let mut marked = ask.clone();
    marked["facts"]["title"] = json!("Độ mật: Tối mật");
    is(&commune.trouble("publish_document", marked), Code::Invalid, Some(("title", "secret_text")));
    let mut marked = ask.clone();
    marked["blocks"][0] = json!({ "kind": "table", "rows": [["Việc", "TUYỆT MẬT"], ["", ""]] });
    is(&commune.trouble("publish_document", marked), Code::Invalid, Some(("body", "secret_text")));
    assert_eq!(documents(&commune), 0);
    let line = commune.call("publish_document", ask)[0].clone();
    assert_eq!((&line["recognised"], &line["original_kind"]), (&json!(true), &json!("pdf")));

    is(&commune.trouble("recognised", json!({ "path": path })), Code::NotFound, None);
}

// Planted: the first page of a scan not looked at; a mark on another page forgotten by the time it is published;
// pictures on a typed page not looked at → each caught.
#[test]
fn a_scan_that_bears_a_mark_of_secrecy_is_given_to_nobody() {
    let province = Province::open();
    let [commune, secretary] = ["commune", "secretary"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: Vec<u8>| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        json!(path)
    };
    let first = file("Công văn.jpg", tests::photograph(&["MẬT", FIRST]));
    let refused = Some(("original", "secret_text"));
    let nothing = json!({ "blocks": [] });
    is(&commune.trouble("publish_document", publish(&commune, &first, &nothing, true)), Code::Invalid, refused);
    let meeting = secretary.next_meeting();
    let item = json!({ "meeting": meeting, "item": null, "title": "Học nghị quyết", "papers": null });
    let item = secretary.call("save_item", item);
    let attach = |path: &Json| json!({ "item": item, "path": path, "form": "Tài liệu", "unmarked": true });
    is(&secretary.trouble("attach_file", attach(&first)), Code::Invalid, refused);

    // On a later page it is seen only when that is recognised; from then on the whole is refused.
    let second = file("Hai trang.pdf", tests::scan(&[&[FIRST], &["MẬT", SECOND]]));
    let page = json!({ "path": second, "page": 2 });
    is(&commune.trouble("recognise_page", page), Code::Invalid, refused);
    is(&commune.trouble("publish_document", publish(&commune, &second, &nothing, true)), Code::Invalid, refused);
    assert_eq!((documents(&commune), documents(&secretary)), (0, 0));

    // A stamp is a picture on a page that is typed otherwise.
    let typed = ["Cac chi bo hop dung ngay trong thang va gui bien ban ve van phong xa."; 8];
    for (name, stamp, trouble) in [("Ke hoach 1.pdf", "MẬT", refused), ("Ke hoach 2.pdf", "SAO Y", None)] {
        let path = file(name, tests::typed_under(&[stamp], &typed));
        let read = commune.call("open_paper", json!({ "path": path }))["paper"].clone();
        assert_eq!((&read["scanned"], read["blocks"].to_string().contains(stamp)), (&json!(false), false));
        let said = commune.try_call("publish_document", publish(&commune, &path, &read, true));
        assert_eq!(said.err().map(|one| is(&one, Code::Invalid, trouble)), trouble.map(|_| ()));
    }

    // What bears none is attached with its text, which a machine read.
    let plain = file("Ảnh.jpg", tests::photograph(&[FIRST]));
    secretary.call("attach_file", attach(&plain));
    let list = secretary.call("documents", json!({ "level": null, "form": null, "year": null, "state": "all" }));
    let line = &list["rows"][0];
    assert_eq!((&line["name"], &line["recognised"]), (&json!("Nghị quyết 05-NQ/CB"), &json!(true)));
}
