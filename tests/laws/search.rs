//! What is searched is a reading of the records: it follows them, and can be made again.

use domain::{Block, Content, Document, Record, Task, Typed};
use store::pack_blocks;
use tests::{Device, name};
use uuid::Uuid;

fn found(device: &mut Device, typed: &str) -> Vec<Uuid> {
    let matches = device.book.search(&Typed::read(typed), None).expect("whatever was typed is searched for");
    matches.into_iter().map(|found| found.id).collect()
}

fn content(device: &mut Device, text: &str) -> Content {
    let blocks = [Block::Paragraph { lead: None, text: text.into() }];
    device.book.keep_file(&pack_blocks(&blocks).unwrap(), 1).unwrap()
}

/// A document without a text.
fn document(device: &mut Device, id: u32, number: &str, title: &str) -> Uuid {
    let id = name(id);
    for (field, value) in [("form", "Nghị quyết"), ("number", number), ("title", title), ("shown_from", "2026-11-01")]
    {
        device.set(&Document::TABLE, id, field, value);
    }
    id
}

#[test]
fn words_are_found_however_they_were_typed() {
    let mut device = Device::new(1);
    let text = document(&mut device, 1, "12-NQ/TU", "Về công tác cán bộ");
    let other = document(&mut device, 2, "121-CT/ĐU", "Việc khác");
    let body = content(&mut device, "Đảng viên dự bị Hoà, thuỷ lợi.");
    device.set(&Document::TABLE, text, "body", body);
    for typed in ["dang vien", "đảng viên", "Đảng VIÊN", "hòa", "hoà", "thủy", "thuỷ", "du b", "a\u{309}", "ĐẢNG"]
    {
        let typed = if typed == "a\u{309}" { "đa\u{309}ng vie\u{302}n" } else { typed };
        assert_eq!(found(&mut device, typed), [text], "{typed}");
    }
    for typed in ["12-NQ/TU", "12nq", "12 nq tu", "Số 12", "nghị quyết số 12", "nghi quyet 12"] {
        assert_eq!(found(&mut device, typed)[0], text, "{typed}");
    }
    assert_eq!(found(&mut device, "12"), [text, other], "the number itself stands before what begins like it");
    assert!(found(&mut device, "vắng mặt").is_empty());
}

#[test]
fn nothing_that_is_typed_is_an_operator() {
    let mut device = Device::new(1);
    let id = document(&mut device, 1, "12-NQ/TU", "Về NEAR và OR");
    let odd = [
        "\"",
        "\"về",
        "về\"\"",
        "*",
        "về*",
        "NEAR(",
        "NEAR(về, 2)",
        "near",
        "OR",
        "về OR",
        "AND",
        "NOT",
        "title:",
        "-",
        "^về",
        "(",
        "về)",
        "%_\"",
        "'",
        ";",
        "{title} :",
        "\0",
        "về\0",
        "\u{301}",
        "=2đang",
        "+",
        "về + và",
        "a\u{fffd}",
        "🌳",
    ];
    for typed in odd {
        found(&mut device, typed);
    }
    assert_eq!(found(&mut device, "^\"về* NEAR("), [id]);
    assert_eq!(found(&mut device, &"về ".repeat(5000)), [id]);
}

#[test]
fn what_stands_first_is_what_was_meant() {
    let mut device = Device::new(1);
    let within = document(&mut device, 1, "1-KH", "Kế hoạch");
    let body = content(&mut device, "Rừng trồng. Trồng rừng, trồng rừng, trồng rừng, trồng rừng.");
    device.set(&Document::TABLE, within, "body", body);
    let bare = document(&mut device, 2, "2-KH", "Trọng rụng");
    let titled = document(&mut device, 3, "3-KH", "Trồng rừng ven sông và những việc khác nữa của năm tới");
    assert_eq!(found(&mut device, "trồng rừng"), [titled, within, bare], "marks first, then the title");
    assert_eq!(found(&mut device, "trong rung")[2], within, "without marks both titles stand before the text");
    let body = content(&mut device, "Số 3 và 3-KH và 3, 3-KH, 3 KH");
    device.set(&Document::TABLE, bare, "body", body);
    assert_eq!(found(&mut device, "3-KH"), [titled, bare], "the one of that number before one that speaks of it");
}

#[test]
fn what_changes_comes_and_goes() {
    let mut device = Device::new(1);
    let id = document(&mut device, 1, "12-NQ/TU", "Thủy lợi");
    let task = name(7);
    device.set(&Task::TABLE, task, "what", "Trồng rừng");
    assert_eq!(found(&mut device, "trồng"), [task]);
    device.set(&Task::TABLE, task, "what", "Thủy lợi nội đồng");
    assert_eq!((found(&mut device, "trồng"), found(&mut device, "nội đồng")), (vec![], vec![task]));
    assert_eq!(found(&mut device, "thuy loi").len(), 2);

    // A text that is not here yet is found once it is; one that cannot be read hides nothing.
    let blocks = [Block::Paragraph { lead: None, text: "Cấp nước".into() }];
    let bytes = pack_blocks(&blocks).unwrap();
    device.set(&Document::TABLE, id, "body", sync::content(&bytes).unwrap());
    assert_eq!((found(&mut device, "cấp nước"), found(&mut device, "12 nq")), (vec![], vec![id]));
    device.book.keep_file(&bytes, 1).unwrap();
    assert_eq!(found(&mut device, "cấp nước"), [id]);
    let broken = device.book.keep_file(b"no text", 1).unwrap();
    let spoilt = document(&mut device, 2, "13-NQ/TU", "Cấp nước");
    device.set(&Document::TABLE, spoilt, "body", broken);
    assert_eq!(found(&mut device, "cấp nước"), [spoilt, id]);

    device.set(&Task::TABLE, task, "removed", 1);
    device.set(&Document::TABLE, id, "withdrawn", "Nhầm");
    assert!(found(&mut device, "thuy loi").is_empty());
}
