//! Once for both: what the cell wrote down here goes into the national app as one named, complete file.

use std::{collections::BTreeSet, fs::File, path::Path};

use app::Code;
use serde_json::{Value as Json, json};
use zip::ZipArchive;

use crate::{
    minutes::{acknowledge, hold, words_of},
    phone::{Phone, is, rows},
    province::Province,
};

fn package(phone: &Phone, meeting: &Json) -> Json {
    phone.call("package", json!({ "meeting": meeting }))
}

/// The names in the file that it writes, in order; and whether it says that something lacks.
fn written(phone: &Phone, meeting: &Json, folder: &Path) -> (Vec<String>, bool) {
    let file = phone.call("write_package", json!({ "meeting": meeting, "folder": folder }));
    let zip = ZipArchive::new(File::open(file["path"].as_str().unwrap()).unwrap()).unwrap();
    (zip.file_names().map(str::to_owned).collect(), file["draft"].as_bool().unwrap())
}

fn lacks(package: &Json) -> Vec<Vec<(String, String)>> {
    let word = |fault: &Json, key: &str| fault[key].as_str().unwrap().to_owned();
    let of = |paper: &Json| {
        paper["lacks"].as_array().unwrap().iter().map(|fault| (word(fault, "field"), word(fault, "why"))).collect()
    };
    package["papers"].as_array().unwrap().iter().map(of).collect()
}

// Planted: minutes that nobody acknowledged packed all the same; the tick of the one part on the papers of the other;
// a conclusion left out; an invitation silent of short notice, or of whom it is for → each caught.
#[test]
fn the_papers_of_a_meeting_go_into_the_national_app_once_they_are_whole() {
    let province = Province::open();
    let [secretary, deputy] = ["secretary", "deputy"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    secretary.line.down();
    let meeting = secretary.next_meeting();
    let people = json!({ "meeting": meeting, "supervisor": "Trần Thị Ánh", "guests": "Đoàn xã\nHội Nông dân xã" });
    secretary.call("save_meeting_people", people);
    let item = json!({ "meeting": meeting, "item": null, "title": "Dọn mương", "papers": "Báo cáo số 3-BC/CB" });
    secretary.call("save_item", item);
    secretary.call("invite", json!({ "meeting": meeting }));
    let invited = json!({ "what": "invitation", "meeting": meeting });
    let paper = json!({ "paper": invited, "format": "pdf", "folder": folder.path() });
    let words = words_of(secretary.call("write_paper", paper)["path"].as_str().unwrap());
    for said in [
        "Kính gửi: Các đồng chí đảng viên chi bộ; đồng chí Trần Thị Ánh, cấp ủy viên phụ trách; Đoàn xã; Hội Nông dân xã",
        "Văn bản triển khai: Báo cáo số 3-BC/CB",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    hold(&secretary);
    is(&secretary.trouble("invite", json!({ "meeting": meeting })), Code::Invalid, Some(("invited_at", "met_already")));

    let voters = rows(&secretary.sheet(&meeting)).iter().filter(|row| row["counts"] == true).count();
    let vote = secretary.call(
        "record_vote",
        json!({ "meeting": meeting, "item": null, "subject": "Về mương", "decides": "resolution", "ballot": "hand",
            "votes_for": voters, "votes_against": 0, "votes_other": 0 }),
    );
    let draft =
        json!({ "id": null, "meeting": meeting, "kind": "conclusion", "title": "Về mương", "body": "Dọn mương." });
    let id = secretary.call("save_resolution", draft)["line"]["id"].clone();
    secretary.call("propose_resolution", json!({ "id": id }));
    secretary.call("decide_resolution", json!({ "id": id, "vote": vote["id"] }));

    let fault = |field: &str, why: &str| vec![(field.to_owned(), why.to_owned())];
    let called = || package(&secretary, &meeting)["papers"][0]["title"].clone();
    assert_eq!(called(), "Giấy mời");
    secretary.call("say_short_notice", json!({ "meeting": meeting, "said": true }));
    assert_eq!(called(), "Giấy mời họp đột xuất");
    let early = package(&secretary, &meeting);
    let expected = [vec![], vec![], fault("minutes", "unsigned"), fault("number", "not_numbered")];
    assert_eq!(lacks(&early), expected, "{early}");
    let (names, draft) = written(&secretary, &meeting, folder.path());
    assert!(draft && names.len() == 3, "the list, the invitation and the roll: {names:?}");

    acknowledge(&secretary, &meeting, "chair");
    secretary.line.up();
    secretary.sync();
    deputy.sync();
    acknowledge(&deputy, &meeting, "taker");
    deputy.sync();
    secretary.sync();
    let whole = package(&secretary, &meeting);
    assert!(lacks(&whole).iter().all(Vec::is_empty), "{whole}");
    let (names, draft) = written(&secretary, &meeting, folder.path());
    let told = whole["papers"].as_array().unwrap().iter().flat_map(|paper| paper["files"].as_array().unwrap().clone());
    let told: BTreeSet<String> = told.map(|file| file["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names[1..].iter().cloned().collect::<BTreeSet<_>>(), told, "what the list names is there");
    assert!(!draft && names.len() == 7, "{names:?}");
    assert!(names.iter().all(|name| name.len() <= 120 && name.is_ascii()), "{names:?}");
    let ends = ["00_", "giay-moi", "danh-sach-diem-danh", "bien-ban", "bien-ban", "ket-luan-01", "ket-luan-01"];
    assert!(names.iter().zip(ends).all(|(name, part)| name.contains(part)), "{names:?}");
    let again = written(&secretary, &meeting, folder.path());
    assert_eq!((names, draft), again, "the same names for the same papers");

    // What was put in is ticked, each part with its day.
    secretary.call("posted", json!({ "meeting": meeting, "what": "finished", "done": true }));
    let ticked = package(&secretary, &meeting);
    let done = |what: &str| {
        let all = ticked["deadlines"].as_array().unwrap();
        all.iter().find(|one| one["what"] == what).unwrap()["done_on"].clone()
    };
    assert!(done("finished").is_string() && done("papers").is_null(), "{ticked}");
    // Or each file by itself: the part is done with the last of them, and no longer once one is taken back.
    let file = |file: &Json, done: bool| {
        secretary.call("post_file", json!({ "meeting": meeting, "file": file, "done": done }));
        let package = package(&secretary, &meeting);
        let all = package["deadlines"].as_array().unwrap().clone();
        let part = all.iter().find(|one| one["what"] == "finished").unwrap()["done_on"].clone();
        let kept =
            secretary.call("meeting_day", json!({ "meeting": meeting }))["meeting"]["deadlines"][1]["done_on"].clone();
        assert_eq!(part, kept, "the meeting says the same");
        part
    };
    let finished = ticked["papers"].as_array().unwrap().iter().filter(|one| one["part"] == "finished");
    let finished: Vec<Json> = finished.flat_map(|one| one["files"].as_array().unwrap().clone()).collect();
    assert!(finished.iter().all(|file| file["done_on"].is_string()), "a tick for the part is one for each");
    let one = &finished[0]["file"];
    assert_eq!(file(one, false), Json::Null, "one is not there");
    let list = |package: &Json| {
        let files =
            package["papers"].as_array().unwrap().iter().flat_map(|one| one["files"].as_array().unwrap().clone());
        files.filter(|file| file["done_on"].is_string()).count()
    };
    assert_eq!(list(&package(&secretary, &meeting)), finished.len() - 1, "the others keep their day");
    assert!(file(one, true).is_string(), "all are");
    let part = |at: usize| ticked["papers"][at]["part"].clone();
    assert_eq!((part(0), part(2)), (json!("papers"), json!("finished")));
}
