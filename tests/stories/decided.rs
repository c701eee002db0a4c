//! What a meeting decided, on paper: which vote may decide it, what the chair concludes without one, who does what until when,
//! and what a vote that was written down wrongly costs.

use std::path::Path;

use app::Code;
use serde_json::{Value as Json, json};

use crate::{
    minutes::{hold, words_of},
    phone::{Phone, is, rows},
    province::Province,
};

fn counted(phone: &Phone, meeting: &Json, decides: &str) -> Json {
    let sheet = phone.call("vote_sheet", json!({ "meeting": meeting, "decides": decides }));
    let ask = json!({ "meeting": meeting, "item": null, "subject": "Về mương", "decides": decides, "ballot": "hand",
        "votes_for": sheet["here"], "votes_against": 0, "votes_other": 0 });
    phone.call("record_vote", ask)["id"].clone()
}

fn proposed(phone: &Phone, meeting: &Json, kind: &str) -> Json {
    let draft = json!({ "id": null, "meeting": meeting, "kind": kind, "title": "Về mương", "body": "Dọn mương." });
    let id = phone.call("save_resolution", draft)["line"]["id"].clone();
    phone.call("propose_resolution", json!({ "id": id }));
    id
}

fn page(phone: &Phone, id: &Json) -> Json {
    phone.call("resolution", json!({ "id": id }))
}

fn printed(phone: &Phone, id: &Json, folder: &Path) -> String {
    let paper = json!({ "what": "resolution", "resolution": id });
    let file = phone.call("write_paper", json!({ "paper": paper, "format": "pdf", "folder": folder }));
    words_of(file["path"].as_str().unwrap())
}

fn refused(phone: &Phone, name: &str, ask: Json, field: &str, why: &str) {
    is(&phone.trouble(name, ask), Code::Invalid, Some((field, why)));
}

fn asked(what: &str, who: &Json) -> Json {
    json!({ "what": what, "assignee": who, "day": "20", "month": "12", "year": "2026" })
}

// Planted: any vote of the unit decides → caught.
#[test]
fn one_vote_decides_one_paper_and_the_chair_may_conclude_without() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let folder = tempfile::tempdir().unwrap();
    let year = secretary.call("meetings", json!({ "year": 2026 }))["rows"].clone();
    let october = year.as_array().unwrap().iter().find(|one| one["planned_at"].as_str() < Some("2026-11")).unwrap();
    let (meeting, _) = hold(&secretary);
    let [vote, admission] = ["resolution", "admission"].map(|decides| counted(&secretary, &meeting, decides));
    let elsewhere = counted(&secretary, &october["id"], "resolution");
    let [first, second] = ["resolution", "resolution"].map(|kind| proposed(&secretary, &meeting, kind));

    let offered = page(&secretary, &first)["votes"].clone();
    assert_eq!(offered.as_array().unwrap().len(), 1, "only what can decide it is offered: {offered}");
    let decide = |id: &Json, vote: &Json| json!({ "id": id, "vote": vote });
    for (by, why) in [(&Json::Null, "empty"), (&admission, "other_vote"), (&elsewhere, "other_meeting")] {
        refused(&secretary, "decide_resolution", decide(&first, by), "vote", why);
    }
    secretary.call("decide_resolution", decide(&first, &vote));
    refused(&secretary, "decide_resolution", decide(&second, &vote), "vote", "vote_taken");
    assert_eq!(page(&secretary, &second)["votes"], json!([]));

    // A vote that was written down wrongly is taken back, and brought back; one that decided a paper stays.
    refused(&secretary, "withdraw_vote", json!({ "vote": vote }), "vote", "vote_taken");
    let votes = || secretary.call("votes", json!({ "meeting": meeting })).as_array().unwrap().len();
    secretary.call("withdraw_vote", json!({ "vote": admission }));
    assert_eq!(votes(), 1);
    secretary.call("withdraw_vote", json!({ "vote": admission, "back": true }));
    assert_eq!(votes(), 2);

    let conclusion = proposed(&secretary, &meeting, "conclusion");
    assert_eq!(page(&secretary, &conclusion)["unvoted"], true);
    let concluded = secretary.call("decide_resolution", decide(&conclusion, &Json::Null));
    let day = secretary.call("meeting_day", json!({ "meeting": meeting }))["meeting"]["planned_at"].clone();
    assert_eq!(
        (&concluded["line"]["outcome"], concluded["line"]["adopted_on"].as_str()),
        (&json!("adopted"), day.as_str().map(|day| &day[..10]))
    );
    let paper = printed(&secretary, &conclusion, folder.path());
    assert!(paper.contains("kết quả thảo luận") && !paper.contains("biểu quyết"), "{paper}");

    let plan = json!({ "kind": "extraordinary", "topic": null, "day": "28", "month": "12", "year": "2026", "at": "19:00",
        "until": null, "place": "Nhà văn hóa", "chair": null, "minute_taker": null });
    let to_come = secretary.call("plan_meeting", plan)["id"].clone();
    let early = proposed(&secretary, &to_come, "conclusion");
    refused(&secretary, "decide_resolution", decide(&early, &Json::Null), "meeting", "not_begun");
    let nowhere = proposed(&secretary, &Json::Null, "conclusion");
    refused(&secretary, "decide_resolution", decide(&nowhere, &Json::Null), "meeting", "empty");
}

const WORDS: &str = "Dọn cả mương.\nTrồng cây hai bờ.";

// Planted: a seal deaf to words cut from the end; a print known by its length; the papers of other cells set for an office →
// each caught.
#[test]
fn a_resolution_says_who_does_what_until_when_and_by_how_many_votes() {
    let province = Province::open();
    let [secretary, commune] = ["secretary", "commune"].map(|role| Phone::of(&province, role));
    let folder = tempfile::tempdir().unwrap();
    let (meeting, _) = hold(&secretary);
    let roster = secretary.call("roster", json!({ "search": "" }))["rows"].clone();
    let roster = roster.as_array().unwrap();
    let of = |post: &str| roster.iter().find(|row| row["post"] == post).unwrap();
    let leaves = roster.iter().find(|row| row["post"].is_null() && row["standing"] == "official").unwrap();
    let id = proposed(&secretary, &meeting, "resolution");
    let give = |what: &str| {
        let ask = json!({ "meeting": meeting, "resolution": id, "asked": asked(what, &leaves["member"]) });
        secretary.call("give_task", ask)["id"].clone()
    };
    let task = give("Dọn mương | xóm 1");
    let open = |phone: &Phone| phone.call("tasks", json!({}))["cell"].to_string().contains("Dọn mương");
    assert!(!open(&secretary), "nobody has it to do before the cell said so");
    assert!(printed(&secretary, &id, folder.path()).contains("Dự thảo lần 1"));
    let words = json!({ "id": id, "meeting": null, "kind": "resolution", "title": "Về mương", "body": WORDS });
    secretary.call("save_resolution", words);
    let draft = printed(&secretary, &id, folder.path());
    for part in ["Dự thảo lần 2", "PHÂN CÔNG, TỔ CHỨC THỰC HIỆN", "Dọn mương / xóm 1", "20/12/2026"]
    {
        assert!(draft.contains(part), "{part} is voted with the words: {draft}");
    }

    let vote = counted(&secretary, &meeting, "resolution");
    secretary.call("decide_resolution", json!({ "id": id, "vote": vote }));
    assert!(open(&secretary), "what was adopted is to be done");
    secretary.sync();
    assert_eq!(secretary.call("seal_resolution", json!({ "id": id }))["seal"]["state"], "true");
    let paper = printed(&secretary, &id, folder.path());
    // What is printed of it is known again, to the byte, in a phone's hand and without a network.
    let ask = json!({ "paper": { "what": "resolution", "resolution": id }, "format": "pdf", "folder": folder.path() });
    let mut print = std::fs::read(secretary.call("write_paper", ask)["path"].as_str().unwrap()).unwrap();
    secretary.line.down();
    let verify = |bytes: &[u8]| secretary.call("verify_file", json!({ "path": secretary.hand("zalo.pdf", bytes) }));
    assert_eq!(verify(&print)["paper"]["resolution"], id);
    let middle = print.len() / 2;
    print[middle] ^= 1;
    assert_eq!(verify(&print)["paper"], Json::Null, "one bit is enough");
    secretary.line.up();
    secretary.sync();
    print[middle] ^= 1;
    commune.sync();
    let there = commune.call("verify_file", json!({ "path": commune.hand("zalo.pdf", &print) }));
    assert_eq!(there["paper"], Json::Null, "an office that reads many cells does not set all their papers for it");
    let line = rows(&json!({ "rows": secretary.call("votes", json!({ "meeting": meeting })) }))[0].clone();
    let voted = format!(
        "với {}/{} đồng chí tán thành, đạt tỷ lệ {}",
        line["votes_for"],
        line["whole"],
        line["percent"].as_str().unwrap()
    );
    for part in [leaves["name"].as_str().unwrap(), "Dọn mương / xóm 1", "20/12/2026", &voted, "Người thực hiện"]
    {
        assert!(paper.contains(part), "{part} in {paper}");
    }

    // What was sealed is not asked otherwise; how far it is goes on; what is given later is another matter.
    let change = |what: &str, who: &Json| json!({ "task": task, "asked": asked(what, who) });
    refused(&secretary, "edit_task", change("Trồng cây", &leaves["member"]), "what", "sealed");
    refused(&secretary, "remove_task", json!({ "task": task }), "what", "sealed");
    secretary.call("set_task", json!({ "task": task, "status": "in_progress", "progress": 50, "result": null }));
    give("Trồng cây");
    let member = Phone::of(&province, "member");
    let state = |member: &Phone| {
        secretary.sync();
        commune.sync();
        member.sync();
        page(member, &id)["seal"]["state"].clone()
    };
    assert_eq!(state(&member), "true", "and whoever reads it can tell");
    for (what, seal) in [("Trồng cây khác", "differs"), ("Dọn mương | xóm 1", "true")] {
        secretary.call("edit", json!({ "table": "task", "id": task, "values": { "what": what } }));
        assert_eq!(state(&member), seal);
    }

    // Words cut from the end are words changed.
    for (body, seal) in [("Dọn cả mương.", "differs"), (WORDS, "true")] {
        secretary.call("edit", json!({ "table": "resolution", "id": id, "values": { "body": body } }));
        assert_eq!(state(&member), seal, "{body}");
    }

    // Whoever leaves is followed by somebody: the chair is proposed, and the seal is none the worse.
    let values = json!({ "activity": "transferred", "activity_from": "2026-12-01" });
    secretary.call("edit", json!({ "table": "member", "id": leaves["member"], "values": values }));
    let tasks = page(&secretary, &id)["tasks"].clone();
    let left = tasks.as_array().unwrap().iter().find(|one| one["id"] == task).unwrap().clone();
    assert_eq!((&left["gone"], &left["instead"]), (&json!(true), &of("secretary")["member"]));
    refused(&secretary, "edit_task", change("Trồng cây", &left["instead"]), "what", "sealed");
    let taken = secretary.call("edit_task", change("Dọn mương | xóm 1", &left["instead"]));
    assert_eq!((&taken["gone"], &taken["instead"]), (&json!(false), &Json::Null));
    assert_eq!(state(&member), "true");
}
