//! The table that was written by hand, and whether the code prints the same.

use std::collections::BTreeMap;

/// The columns of the table, in order.
pub const COLUMNS: [&str; 8] = ["member", "committee", "deputy", "secretary", "commune", "province", "server", "own"];

/// What the table says.
#[derive(Default)]
pub struct Expected {
    /// The letter of each record, field and column.
    pub cells: BTreeMap<(String, String, &'static str), char>,
    /// The log each record lives in.
    pub logs: BTreeMap<String, String>,
    /// The offices each role may give.
    pub gives: BTreeMap<String, Vec<String>>,
}

impl Expected {
    /// The table as it was written.
    pub fn read() -> Self {
        let mut said = Self::default();
        let mut record = "";
        for line in include_str!("expected.txt").lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                [] | ["#", ..] => {}
                [table, "in", log] => {
                    record = table;
                    said.logs.insert(table.to_owned(), log.to_owned());
                }
                ["gives", role, ..] => {
                    said.gives.insert(role.to_owned(), words[2..].iter().map(|word| (*word).to_owned()).collect());
                }
                _ => {
                    for (field, (column, letter)) in
                        words[8..].iter().flat_map(|field| COLUMNS.iter().zip(&words[..8]).map(move |c| (field, c)))
                    {
                        let cell = (record.to_owned(), (*field).to_owned(), *column);
                        let letter = letter.chars().next().unwrap();
                        assert_eq!(said.cells.insert(cell, letter), None, "{record}.{field} is said twice");
                    }
                }
            }
        }
        said
    }

    /// What a column may do with a field.
    pub fn letter(&self, table: &str, field: &str, column: &'static str) -> char {
        self.cells[&(table.to_owned(), field.to_owned(), column)]
    }
}

/// What the code prints, read back.
fn printed() -> Expected {
    let mut said = Expected::default();
    let (mut record, mut columns) = (String::new(), Vec::new());
    for line in tests::printed::access().lines().skip_while(|line| !line.is_empty()).skip(1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if line.contains("  log: ") {
            record = words[0].to_owned();
            columns = words[1..9].iter().map(|word| *COLUMNS.iter().find(|c| *c == word).unwrap()).collect();
            said.logs.insert(record.clone(), (*words.last().unwrap()).to_owned());
        } else if line.starts_with("  ") && !record.is_empty() {
            for (column, word) in columns.iter().zip(&words[1..9]) {
                let letter = match *word {
                    "." => '.',
                    "read" => 'r',
                    "edit" => 'e',
                    "first" => '1',
                    "other's" => 'o',
                    "home" => 'h',
                    other => panic!("{record}.{} prints {other}", words[0]),
                };
                said.cells.insert((record.clone(), words[0].to_owned(), *column), letter);
            }
            let given = words[9..].join(" ");
            for part in given.split("; ").filter(|part| !part.is_empty()) {
                let (role, what) = part.split_once(": ").unwrap();
                said.gives.insert(role.to_owned(), what.split(' ').map(str::to_owned).collect());
            }
        }
    }
    said
}

// Planted: the deputy among the editors of a personal record → caught. Found: the commune among the editors of dues.
#[test]
fn the_code_prints_the_table_that_was_written_by_hand() {
    let (expected, printed) = (Expected::read(), printed());
    assert_eq!(expected.logs, printed.logs, "each record lives in the log that it is to live in");
    assert_eq!(expected.gives, printed.gives, "each role gives the offices that it is to give");
    let differ: Vec<_> = expected
        .cells
        .keys()
        .chain(printed.cells.keys())
        .filter(|cell| expected.cells.get(cell) != printed.cells.get(cell))
        .map(|cell| (cell, expected.cells.get(cell), printed.cells.get(cell)))
        .collect();
    assert!(differ.is_empty(), "cell, expected, printed: {differ:#?}");
    assert!(expected.cells.len() >= 600, "the whole table was read: {}", expected.cells.len());
}
