//! The approved files, printed: the schema, who may what, and the actions.

use std::{fmt::Write, path::PathBuf};

use domain::{Field, Kind, Merge, Role, TABLES, Table, readers};

/// The repository's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every printed file: where it lies, and what it says today.
pub fn all() -> Vec<(String, String)> {
    let actions = app::router().typescript();
    vec![
        ("tests/approved/schema.sql".into(), schema()),
        ("tests/approved/access.txt".into(), access()),
        ("tests/approved/actions.ts".into(), actions.clone()),
        ("ui/src/lib/generated/actions.ts".into(), actions),
    ]
}

/// The record tables of a book.
pub fn schema() -> String {
    format!("-- Printed by `cargo xtask generate` from crates/domain. Do not edit.\n\n{}", store::schema(TABLES))
}

/// Role × record × field.
pub fn access() -> String {
    let mut text = String::from(
        "Printed by `cargo xtask generate` from crates/domain. Do not edit.\n\n\
         What a role may do with a field of a record in the unit where the role is held, or below it.\n\
         edit: reads and edits; first: sets it once; other's: sets it once, in a record that is not their own; read: reads;\n\
         a dot: neither.\n\
         own: the record's holder reads, or reads and edits, although the role does not.\n",
    );
    for table in TABLES {
        let _ = write!(text, "\n{:<24}", table.name);
        for role in Role::ALL {
            let _ = write!(text, "{:<11}", format!("{role:?}").to_lowercase());
        }
        let _ = writeln!(text, "own        log: {}", format!("{:?}", table.audience).to_lowercase());
        for field in table.columns() {
            let _ = write!(text, "  {:<22}", field.name);
            for role in Role::ALL {
                let _ = write!(text, "{:<11}", may(table, field, role));
            }
            let _ = writeln!(text, "{:<11}{}", own(table, field), given(field));
        }
    }
    text
}

fn may(table: &Table, field: &Field, role: Role) -> &'static str {
    let reads = readers(table.audience).contains(&role);
    let edits = table.editors(field).contains(&role);
    match (reads, edits) {
        (false, false) => ".",
        // Nobody writes where they do not read: the province's office reads its own unit's log as a member of it.
        (false, true) => "home",
        (_, true) if field.by_another => "other's",
        (_, true) if field.merge == Merge::First => "first",
        (_, true) => "edit",
        _ => "read",
    }
}

fn own(table: &Table, field: &Field) -> &'static str {
    let holds = (table.by_self || table.own.is_some_and(|own| own != field.name))
        && field.edit.is_none()
        && field.name != "removed";
    match (holds, table.audience) {
        (true, _) if field.merge == Merge::First => "first",
        (true, _) => "edit",
        (_, audience) if audience.is_personal() => "read",
        _ => ".",
    }
}

/// Which role may give which choice, where not all may.
fn given(field: &Field) -> String {
    let Kind::Choice(_) = field.kind else { return String::new() };
    let each =
        field.only.iter().map(|(role, what)| format!("{}: {}", format!("{role:?}").to_lowercase(), what.join(" ")));
    each.collect::<Vec<_>>().join("; ")
}
