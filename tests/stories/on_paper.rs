//! A meeting that was held with the paper book alone, and is entered afterwards.

use app::Code;
use serde_json::json;

use crate::{
    a_month_in_a_cell::{add_item, day, write},
    minutes::{acknowledge, words_of, written},
    phone::{Phone, is},
    province::Province,
    put_right::put_right,
};

// Planted: an invitation to what is over → caught.
#[test]
fn a_meeting_held_on_paper_is_entered_weeks_later_and_its_minutes_say_so() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let [first, second] = ["secretary", "deputy"].map(|role| json!(province.issued(role).member));
    let plan = json!({ "kind": "extraordinary", "topic": null, "day": "9", "month": "11", "year": "2026", "at": "19:00",
        "until": null, "place": "Nhà bí thư", "chair": first, "minute_taker": second });
    let meeting = secretary.call("plan_meeting", plan)["id"].clone();
    is(&secretary.trouble("invite", json!({ "meeting": meeting })), Code::Invalid, Some(("invited_at", "met_already")));
    secretary.call("from_paper", json!({ "meeting": meeting, "from_paper": true }));
    let entered = day(&secretary, &meeting);
    assert_eq!((&entered["meeting"]["deadlines"], &entered["short_notice"]), (&json!([]), &json!(false)), "{entered}");

    secretary.call("mark_rest", json!({ "meeting": meeting }));
    secretary.call("close_attendance", json!({ "meeting": meeting }));
    let item = add_item(&secretary, &meeting, "Khắc phục sau lũ");
    write(&secretary, "words", &item, "Đ/c Bình: cần dọn trường học trước.", "");
    write(&secretary, "conclusion", &item, "Dọn trường học trong tuần.", "");
    let begun = put_right(&secretary, &meeting, &json!({ "started": "19:10" }));
    let ended = secretary.call("end_meeting", json!({ "meeting": meeting, "at": "20:55" }));
    assert_eq!([&begun["started_at"], &ended["ended_at"]], ["2026-11-09T19:10", "2026-11-09T20:55"], "on its own day");
    acknowledge(&secretary, &meeting, "chair");
    let page = acknowledge(&secretary, &meeting, "taker");
    assert_eq!(page["state"], "locked");

    let folder = tempfile::tempdir().unwrap();
    let words = words_of(written(&secretary, &folder, &meeting, "pdf")["path"].as_str().unwrap());
    for said in ["Biên bản nhập lại từ sổ giấy", "19 giờ 10, ngày 09 tháng 11", "20 giờ 55", "Khắc phục sau lũ"]
    {
        assert!(words.contains(said), "{said} in {words}");
    }
}
