//! The list of planted faults: what is changed in which file, and which tests are to fail for it.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail, ensure};

/// Where it stands.
pub const LIST: &str = "tests/faults.txt";

/// One fault.
#[derive(Debug, PartialEq)]
pub struct Fault {
    pub name: String,
    /// Suite and part of a test's name: those that are known to fail for it.
    pub by: Vec<(String, String)>,
    pub edits: Vec<Edit>,
}

/// Words of one file, and those that stand in their place.
#[derive(Debug, Default, PartialEq)]
pub struct Edit {
    pub file: String,
    old: String,
    new: String,
}

impl Edit {
    /// The file's text with the fault in it. Words that do not stand there exactly once are a mistake of the list.
    pub fn plant(&self, text: &str) -> Result<String> {
        let found = text.matches(&self.old).count();
        ensure!(found == 1, "{}: this stands there {found} times, not once:\n{}", self.file, self.old);
        Ok(text.replacen(&self.old, &self.new, 1))
    }
}

/// Reads the list, and tries every fault on the tree.
pub fn read(root: &Path) -> Result<Vec<Fault>> {
    let faults = parse(&fs::read_to_string(root.join(LIST)).with_context(|| format!("{LIST} cannot be read"))?)?;
    for fault in &faults {
        let what = || format!("“{}”", fault.name);
        ensure!(!fault.edits.is_empty() && !fault.by.is_empty(), "{} says too little", what());
        for edit in &fault.edits {
            let text = fs::read_to_string(root.join(&edit.file)).with_context(|| edit.file.clone());
            text.and_then(|text| edit.plant(&text)).with_context(what)?;
        }
    }
    Ok(faults)
}

fn parse(list: &str) -> Result<Vec<Fault>> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut file = "";
    let mut before = "";
    for (at, line) in list.lines().enumerate() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let wrong = || format!("{LIST}:{}: {line}", at + 1);
        match (word, faults.last_mut()) {
            ("" | "#", _) => {}
            ("fault", _) => faults.push(Fault { name: rest.to_owned(), by: Vec::new(), edits: Vec::new() }),
            ("by", Some(fault)) => {
                let (suite, test) = rest.split_once(' ').unwrap_or((rest, ""));
                fault.by.push((suite.to_owned(), test.to_owned()));
            }
            ("in", Some(_)) => file = rest,
            ("-" | "+", Some(fault)) => {
                if word == "-" && before != "-" {
                    fault.edits.push(Edit { file: file.to_owned(), ..Edit::default() });
                }
                let edit = fault.edits.last_mut().with_context(wrong)?;
                let (text, first) =
                    if word == "-" { (&mut edit.old, before != "-") } else { (&mut edit.new, before != "+") };
                if !first {
                    text.push('\n');
                }
                text.push_str(rest);
            }
            _ => bail!(wrong()),
        }
        before = word;
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_the_list_stands_in_the_tree() {
        assert!(read(&crate::run::root()).expect("the list fits the tree").len() > 40);
    }

    #[test]
    fn words_are_changed_where_they_stand_once() {
        let list =
            "# why\nfault two\nby laws signed\nin a.rs\n- one\n-     two\n+ three\n- four\nin b.rs\n- five\n+ six\n";
        let faults = parse(list).expect("it is a list");
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert_eq!(fault.by, [("laws".to_owned(), "signed".to_owned())]);
        assert_eq!(fault.edits.iter().map(|edit| edit.file.as_str()).collect::<Vec<_>>(), ["a.rs", "a.rs", "b.rs"]);
        assert_eq!(fault.edits[0].plant("0\none\n    two\n4").expect("once"), "0\nthree\n4");
        assert_eq!(fault.edits[1].plant("a four b").expect("once"), "a  b");
        assert!(fault.edits[1].plant("three").is_err() && fault.edits[1].plant("four four").is_err());
        assert!(parse("by laws\n").is_err(), "of no fault");
    }
}
