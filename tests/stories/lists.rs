//! The lists of a personal record: ratings, badges, dues. Written offline, seen by the person, held by nobody else.

use app::Code;
use domain::{Badge, Dues, Person, Rating, Record, TABLES, Table};
use serde_json::{Value as Json, json};
use store::{Book, FileKeystore, Vault};

use crate::{
    phone::{Phone, is},
    province::{Province, TODAY},
};

/// Whose records of a kind the phone's book holds, whatever the screens show.
fn holders(phone: &Phone, table: &Table) -> Vec<String> {
    phone.call("lock", json!({}));
    let vault = Vault::new(phone.home(), Box::new(FileKeystore::new(phone.home())));
    let book = Book::open(phone.home(), &vault.open(phone.pin, TODAY / 1000).unwrap(), TABLES).unwrap();
    let ids = book.ids(table).unwrap();
    let holder = |id| book.value(table, id, "member").unwrap().unwrap().as_link().unwrap().to_string();
    let mut holders: Vec<String> = ids.into_iter().map(holder).collect();
    drop(book);
    phone.unlock();
    holders.sort();
    holders.dedup();
    holders
}

/// What the page of a member shows of a list: the words of its lines.
fn lines(page: &Json, table: &str) -> Vec<Vec<Json>> {
    let lists = page["person"]["lists"].as_array().unwrap();
    let list = lists.iter().find(|list| list["table"] == table).unwrap();
    let words = |line: &Json| line["fields"].as_array().unwrap().iter().map(|field| field["value"].clone()).collect();
    list["lines"].as_array().unwrap().iter().map(words).collect()
}

fn month(page: &Json, month: &str) -> Json {
    let months = page["person"]["dues"]["months"].as_array().unwrap();
    months.iter().find(|one| one["month"] == month).unwrap()["state"].clone()
}

fn rating(member: &Json, year: &str, class: &str) -> Json {
    json!({ "table": "rating", "values": { "member": member, "year": year, "class": class } })
}

// Planted: a plain member let edit dues; let read a person's log; ratings in the everyone log → each caught.
#[test]
fn what_the_secretary_writes_offline_the_member_sees_and_no_other_member_holds() {
    let province = Province::open();
    let [secretary, member] = ["secretary", "member"].map(|role| Phone::of(&province, role));
    let who = json!(province.issued("member").member);
    let of = |phone: &Phone| phone.call("member", json!({ "member": who }));
    let rows = secretary.call("roster", json!({ "search": "" }))["rows"].clone();
    let other = rows.as_array().unwrap().iter().find(|row| row["member"] != who).unwrap()["member"].clone();

    secretary.line.down();
    let before = lines(&of(&secretary), "rating").len();
    secretary.call("add", rating(&who, "2026", "good"));
    secretary
        .call("add", json!({ "table": "badge", "values": { "member": who, "years": "90", "given_on": "3/2/2026" } }));
    let paid = secretary.call("tick_dues", json!({ "member": who, "month": "2026-12", "paid": true }));
    assert_eq!(month(&json!({ "person": paid }), "2026-12"), "paid", "every tap is seen at once");
    secretary.call("add", rating(&other, "2026", "fair"));
    secretary.line.up();
    secretary.sync();
    member.sync();

    let page = member.call("me", json!({}));
    assert_eq!(lines(&page, "rating").len(), before + 1);
    assert_eq!(lines(&page, "rating")[0], [json!("2026"), json!("good")], "the latest first");
    assert_eq!(lines(&page, "badge")[0], [json!("90"), json!("2026-02-03")], "a day as people type it");
    assert_eq!(month(&page, "2026-12"), "paid");
    is(&member.trouble("add", rating(&who, "2027", "excellent")), Code::NotAllowed, None);
    let tick = json!({ "member": who, "month": "2026-12", "paid": false });
    is(&member.trouble("tick_dues", tick), Code::NotAllowed, None);

    assert_eq!(member.call("member", json!({ "member": other }))["person"], Json::Null, "nobody else's is seen");
    for table in [&Person::TABLE, &Rating::TABLE, &Badge::TABLE, &Dues::TABLE] {
        assert_eq!(holders(&member, table), [who.as_str().unwrap()], "nor held: {}", table.name);
        assert!(holders(&secretary, table).len() > 1, "the secretary holds everybody's: {}", table.name);
    }
}

// Planted: a rating's id drawn by chance; the later class alone kept; the office's words put in a log of its own unit →
// each caught.
#[test]
fn two_who_rate_one_year_write_one_record_and_both_words_are_kept() {
    let province = Province::open();
    let [secretary, commune] = ["secretary", "commune"].map(|role| Phone::of(&province, role));
    let who = json!(province.issued("member").member);
    let of = |phone: &Phone| phone.call("member", json!({ "member": who }));
    for (phone, class) in [(&secretary, "good"), (&commune, "excellent")] {
        phone.line.down();
        phone.call("add", rating(&who, "2026", class));
        phone.line.up();
    }
    // Whether dues were paid is the cell's own affair.
    let tick = json!({ "member": who, "month": "2026-12", "paid": true });
    is(&commune.trouble("tick_dues", tick), Code::NotAllowed, None);
    for phone in [&secretary, &commune, &secretary] {
        phone.sync();
    }
    let page = of(&secretary);
    let of_2026: Vec<_> = lines(&page, "rating").into_iter().filter(|line| line[0] == "2026").collect();
    assert_eq!(of_2026.len(), 1, "one year, one line: {of_2026:?}");
    let line = &page["person"]["lists"][0]["lines"][0];
    let class = &line["fields"][1];
    let both = [&class["value"], &class["others"][0]["value"]];
    assert!(both.contains(&&json!("good")) && both.contains(&&json!("excellent")), "both words are kept: {class}");
    let to_do = secretary.call("home", json!({}))["to_do"].clone();
    let asked = to_do.as_array().unwrap().iter().find(|one| one["what"] == "two_values").unwrap();
    assert_eq!(asked["params"]["name"], json!(province.issued("member").name), "somebody is asked to choose: {to_do}");

    secretary.call("edit", json!({ "table": "rating", "id": line["id"], "values": { "class": "excellent" } }));
    secretary.sync();
    commune.sync();
    for phone in [&secretary, &commune] {
        let class = of(phone)["person"]["lists"][0]["lines"][0]["fields"][1].clone();
        assert_eq!((&class["value"], &class["others"]), (&json!("excellent"), &json!([])), "settled for all: {class}");
    }
}

// Planted: every year given one name; a line that is there written over; one that was removed left removed → each caught.
#[test]
fn a_list_takes_no_nonsense_and_what_was_removed_comes_back() {
    let province = Province::open();
    let secretary = Phone::of(&province, "secretary");
    let who = json!(province.issued("member").member);
    let of = |table| lines(&secretary.call("member", json!({ "member": who })), table);
    let badge = |years: &str| json!({ "table": "badge", "values": { "member": who, "years": years, "given_on": "" } });
    let dues = |month: &str| json!({ "table": "dues", "values": { "member": who, "month": month, "paid": true } });
    let before = of("rating");
    for (ask, field, why) in [
        (rating(&who, "", "good"), "year", "empty"),
        (rating(&who, "hai nghìn", "good"), "year", "not_a_number"),
        (rating(&who, "26", "good"), "year", "not_a_year"),
        (rating(&who, "2026", ""), "class", "empty"),
        (rating(&who, "2026", "asleep"), "class", "not_a_choice"),
        (rating(&who, "2025", "good"), "year", "already_there"),
        (badge("31"), "years", "no_such_badge"),
        (dues("2026-12-03"), "month", "not_a_month"),
        (dues("2026-13"), "month", "no_such_day"),
    ] {
        is(&secretary.trouble("add", ask), Code::Invalid, Some((field, why)));
    }
    assert_eq!(of("rating"), before, "nothing was added by half");
    assert_eq!(secretary.call("sync_state", json!({}))["waiting"], json!(0), "and nothing waits");

    let added = secretary.call("add", rating(&who, "2026", "good"));
    secretary.call("remove", json!({ "table": "rating", "id": added["id"] }));
    assert_eq!(of("rating"), before, "it is gone");
    let again = secretary.call("add", rating(&who, "2026", "fair"));
    assert_eq!(again["id"], added["id"], "the year has one name");
    assert_eq!(of("rating")[0], [json!("2026"), json!("fair")], "and may be written anew");
    secretary.sync();
}
