//! The table says what the struct says.

use std::collections::BTreeSet;

use domain::{Field, Kind, Log, Merge, Role, TABLES, Table, Value};
use serde_json::{Value as Json, json};
use tests::{CELL, name};

use crate::any;

/// A record with every field filled in.
fn filled(table: &Table) -> Json {
    table.json(name(7), table.fields.iter().map(|field| any::value(field, 1)))
}

fn with(record: &Json, field: &Field, value: Json) -> Json {
    let mut record = record.clone();
    record[field.name] = value;
    record
}

// Planted: a field more in the table; one optional in the struct alone; a number declared as words → each caught.
#[test]
fn every_table_names_the_fields_of_its_struct_and_no_others() {
    for table in TABLES {
        let said = filled(table);
        let echo =
            (table.echo)(said.clone()).unwrap_or_else(|e| panic!("{} does not read as its struct: {e}", table.name));
        assert_eq!(echo, said, "{}: struct and table have the same fields", table.name);
        for field in table.fields {
            let nothing = (table.echo)(with(&said, field, Json::Null));
            assert_eq!(
                nothing.is_ok(),
                field.optional,
                "{}.{} is optional in both or in neither",
                table.name,
                field.name
            );
            let other = (table.echo)(with(&said, field, json!([])));
            assert!(other.is_err(), "{}.{} has a type of its own", table.name, field.name);
        }
    }
}

// Planted: a choice left out of the table; two choices swapped; a variant more in the enum → each caught.
#[test]
fn every_choice_is_a_variant_and_they_stand_in_the_same_order() {
    for (table, field) in any::fields() {
        let Kind::Choice(of) = field.kind else { continue };
        let said = filled(table);
        let typed = field_is_typed(table, &said, field);
        for option in of {
            let one = with(&said, field, json!(option));
            assert_eq!((table.echo)(one.clone()).ok(), Some(one), "{}.{} knows {option}", table.name, field.name);
        }
        if let Some(variants) = typed {
            assert_eq!(variants, of, "{}.{}: the enum and the table go the same road", table.name, field.name);
        }
    }
}

/// The variants that the struct's own enum lists, or none where it keeps the choice as plain words.
fn field_is_typed(table: &Table, said: &Json, field: &Field) -> Option<Vec<String>> {
    let refused = (table.echo)(with(said, field, json!("no such choice"))).err()?.to_string();
    let list = refused.split_once("expected").map(|(_, list)| list).unwrap_or_default();
    Some(list.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

// Planted: a choice whose blank is no choice → caught.
#[test]
fn a_record_of_which_nothing_is_known_still_reads() {
    for table in TABLES {
        let blank = table.json(name(7), table.fields.iter().map(Field::blank));
        (table.echo)(blank).unwrap_or_else(|e| panic!("a blank {} does not read: {e}", table.name));
        for field in table.fields {
            assert!(field.accepts(&field.blank()), "{}.{} bears its own blank", table.name, field.name);
        }
    }
}

// Planted: a link to a table that is not there; two tables made from the same fields; an id made from what changes; a role given a choice that is
// none → each caught.
#[test]
fn what_tables_say_of_each_other_is_true() {
    let names: BTreeSet<&str> = TABLES.iter().map(|table| table.name).collect();
    assert_eq!(names.len(), TABLES.len(), "no two tables have one name");
    let named: Vec<_> = TABLES.iter().map(|table| table.made_from).filter(|parts| !parts.is_empty()).collect();
    assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), named.len(), "no two tables make one id: {named:?}");
    for table in TABLES {
        let fields: BTreeSet<&str> = table.columns().map(|field| field.name).collect();
        assert_eq!(fields.len(), table.fields.len() + 1, "{}: no two fields have one name", table.name);
        assert!(table.fields.len() < 250, "{}: a row's stamps count columns in a byte", table.name);
        assert!(!fields.contains("id"), "{}: the id is not a field", table.name);
        let field = |name: &str| table.column(name).unwrap_or_else(|| panic!("{} has no {name}", table.name)).1;
        for part in table.made_from {
            assert!(!field(part).optional, "{}.{part}: an id does not follow from nothing", table.name);
            assert_eq!(field(part).merge, Merge::First, "{}.{part}: an id never changes", table.name);
        }
        for named in table.own.into_iter().chain(table.home.filter(|home| *home != "id")) {
            assert!(matches!(field(named).kind, Kind::Link(_)), "{}.{named} names a record", table.name);
        }
        for field in table.fields {
            match field.kind {
                Kind::Link(to) => assert!(names.contains(to), "{}.{} leads nowhere: {to}", table.name, field.name),
                Kind::Choice(of) => {
                    let given = field.only.iter().flat_map(|(_, what)| what.iter());
                    given.for_each(|one| assert!(of.contains(one), "{}.{} has no {one}", table.name, field.name));
                }
                _ => assert!(field.only.is_empty(), "{}.{} is no choice", table.name, field.name),
            }
            let road = matches!(field.kind, Kind::Choice(_));
            assert!(field.merge != Merge::Furthest || road, "{}.{} has no road to go", table.name, field.name);
        }
    }
}

// Planted: a person let write any kind of value → caught.
#[test]
fn nobody_may_write_what_the_table_cannot_bear() {
    for (table, field) in any::fields() {
        for pick in 0..=255 {
            for value in [any::strange(field, pick), "a\u{202e}b".into(), Value::Text(String::new())] {
                if field.check(&value).is_ok() {
                    assert!(
                        field.accepts(&value),
                        "{}.{} lets {value:?} in and cannot read it",
                        table.name,
                        field.name
                    );
                }
            }
        }
    }
}

// Planted: the audience left out of the name → caught.
#[test]
fn every_log_has_a_name_of_its_own() {
    let audiences = domain::Audience::ALL.map(|audience| Log::of(CELL, audience).id());
    let people = (0..50).map(|number| Log::about(CELL, tests::member(number)).id());
    let names: Vec<_> = audiences
        .into_iter()
        .chain(people)
        .chain([Log::of(tests::OTHER_CELL, domain::Audience::Office).id()])
        .collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "privacy comes from the log: no two are one");
}

// Planted: a number that officers may write; a series of which the last word stands → each caught.
#[test]
fn a_number_is_asked_for_once_and_is_the_servers_word_alone() {
    let numbered = TABLES.iter().filter_map(|table| Some((table, table.numbered?)));
    for (table, (series, number)) in numbered {
        let [series, number] = [series, number].map(|name| table.column(name).expect("a field of the table").1);
        assert_eq!((series.kind, number.kind), (Kind::Text, Kind::Number), "{}", table.name);
        for field in [series, number] {
            assert!(field.optional && field.merge == Merge::First, "{}.{} is said once", table.name, field.name);
        }
        assert_eq!(number.edit, Some(&[Role::Server][..]), "{}.{}", table.name, number.name);
    }
}
