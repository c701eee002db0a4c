//! The made-up cell as a newcomer finds it: what stands there is as true as if it had been written by hand.

use serde_json::{Value as Json, json};

use crate::{a_month_in_a_cell::day, minutes::acknowledge, phone::Phone, province::Province};

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

/// Every task somebody sees, with how it stands.
fn tasks(phone: &Phone, whose: &str) -> Vec<(String, String)> {
    let all = phone.call("tasks", json!({}));
    let groups = list(&all[whose]).iter();
    let word = |json: &Json| json.as_str().unwrap().to_owned();
    groups
        .flat_map(|group| list(&group["rows"]))
        .map(|row| (word(&row["what"]["value"]), word(&row["state"])))
        .collect()
}

// Planted: dues told without who paid; a leave without its reason; a decision that asks for no number; nobody invited; a vote
// that does not pass; a task due before its meeting → each caught.
#[test]
fn a_newcomer_finds_a_cell_at_work() {
    let province = Province::at_work();
    let [secretary, member, commune] = ["secretary", "member", "commune"].map(|role| Phone::of(&province, role));
    let quiet =
        |phone: &Phone| assert_eq!(phone.call("home", json!({}))["to_do"], json!([]), "nothing that nobody did");
    [&secretary, &member, &commune].into_iter().for_each(quiet);

    // The last meetings: words, conclusions, a vote that passes, tasks due after them, dues, a score; nothing is missing.
    let home = secretary.call("home", json!({}));
    let held: Vec<&Json> = list(&home["recent"]).iter().filter(|one| one["kind"] == "regular").take(2).collect();
    for one in &held {
        let (meeting, on) = (&one["id"], one["planned_at"].as_str().unwrap());
        let today = day(&secretary, meeting);
        assert!(list(&today["items"]).len() >= 2 && today["dues"]["stated_at"].is_string(), "{today}");
        for task in list(&today["items"]).iter().flat_map(|item| list(&item["tasks"])) {
            assert!(task["due_on"].as_str() > Some(on) && task["name"].is_string() && task["gone"] == false, "{task}");
            let done = task["done_on"].as_str();
            assert!(done.is_none_or(|done| &on[..10] <= done && Some(done) <= task["due_on"].as_str()), "{task}");
        }
        let votes = secretary.call("votes", json!({ "meeting": meeting }));
        assert!(list(&votes).iter().all(|vote| vote["passed"] == true) && !list(&votes).is_empty(), "{votes}");
        assert!(secretary.call("quality", json!({ "meeting": meeting }))["class"].is_string());
        assert_eq!(secretary.call("minutes", json!({ "meeting": meeting }))["gaps"], json!([]));
    }

    // What `cargo xtask demo` does then: both acknowledge, and what was decided is sealed. It all fits together.
    for one in &held {
        acknowledge(&secretary, &one["id"], "chair");
        let page = acknowledge(&secretary, &one["id"], "taker");
        assert_eq!((&page["state"], &page["unsaid"], &page["altered"]), (&json!("locked"), &json!([]), &json!(false)));
    }
    let decisions = secretary.call("resolutions", json!({}))["rows"].clone();
    let states: Vec<&str> = list(&decisions).iter().filter_map(|line| line["status"].as_str()).collect();
    assert_eq!(states, ["draft", "decided", "decided"], "the newest first");
    for (line, number) in list(&decisions)[1..].iter().zip(["Số 01-KL/CB", "Số 01-NQ/CB"]) {
        let sealed = secretary.call("seal_resolution", json!({ "id": line["id"] }));
        assert_eq!((&sealed["line"]["number"], &sealed["seal"]["state"]), (&json!(number), &json!("true")));
        assert_eq!(sealed["vote"]["passed"], true);
    }
    quiet(&secretary);

    // The meeting to come is prepared, and opens with what is still to be done.
    let next = day(&secretary, &secretary.next_meeting());
    let told = |state: &str| list(&next["last_tasks"]).iter().any(|task| task["state"] == state);
    assert!(list(&next["items"]).len() >= 3 && told("overdue") && told("done"), "what was done since the last: {next}");
    assert_eq!((&next["short_notice"], &next["answers"]["leave"]), (&json!(false), &json!(1)));
    let leave = list(&next["answers"]["all"]).iter().find(|one| one["comes"] == "leave").unwrap();
    assert!(leave["reason"].is_string() && leave["late"] == false, "{leave}");

    // The cell has tasks of every kind, and the member has one that is late.
    let cell = tasks(&secretary, "cell");
    for state in ["overdue", "this_week", "done"] {
        assert!(cell.iter().any(|(_, one)| one == state), "{state} in {cell:?}");
    }
    assert!(tasks(&member, "mine").iter().any(|(_, state)| state == "overdue"));
    secretary.sync();
    member.sync();
    quiet(&member);
    assert_eq!(list(&day(&member, &secretary.next_meeting())["items"]).len(), list(&next["items"]).len());
}
