//! What a reader of any kind of file gives: lines of words and tables, before anybody says what they mean.

/// One paragraph as it stands in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its words: NFC, one space between them.
    pub text: String,
    /// How many bytes of `text` from its start are bold.
    pub bold: usize,
    /// Its level where the file itself calls it a heading.
    pub heading: Option<u8>,
    /// Its stretches, where wide gaps, tabs or ends of rows set some apart.
    pub apart: Vec<String>,
    /// The mark that the file itself counts: `1.`, `a)`; empty for a dot or a dash.
    pub mark: Option<String>,
}

/// A line, or a table of cells of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Line(Line),
    Table(Vec<Vec<Vec<Line>>>),
}

impl Line {
    /// A line out of runs of words, each bold or not.
    pub fn of(runs: &[(String, bool)]) -> Self {
        let all: String = runs.iter().map(|(words, _)| words.as_str()).collect();
        let lead: String = runs
            .iter()
            .take_while(|(words, bold)| *bold || words.trim().is_empty())
            .map(|(words, _)| words.as_str())
            .collect();
        let text = plain(&all);
        let bold = plain(&lead).len();
        Self {
            bold: if text.is_char_boundary(bold) { bold } else { 0 },
            text,
            heading: None,
            apart: apart(&all),
            mark: None,
        }
    }

    pub fn is_bold(&self) -> bool {
        self.bold == self.text.len() && self.bold > 0
    }

    /// Whether all its letters are capitals.
    pub fn is_capital(&self) -> bool {
        self.text.chars().any(char::is_alphabetic) && !self.text.chars().any(char::is_lowercase)
    }
}

impl Part {
    /// Its lines, in reading order.
    pub fn lines(&self) -> Vec<&Line> {
        match self {
            Self::Line(line) => vec![line],
            Self::Table(rows) => rows.iter().flatten().flatten().collect(),
        }
    }
}

/// Spaces in a row that set words apart.
const WIDE: usize = 3;

/// The stretches of a line that gaps set apart; none where nothing does.
fn apart(text: &str) -> Vec<String> {
    let mut stretches = vec![String::new()];
    let mut gap = String::new();
    for c in text.chars() {
        if c.is_whitespace() {
            gap.push(c);
            continue;
        }
        if gap.contains(['\t', '\n']) || gap.chars().count() >= WIDE {
            stretches.push(String::new());
        }
        let space = if gap.is_empty() { "" } else { " " };
        if let Some(last) = stretches.last_mut() {
            last.push_str(space);
            last.push(c);
        }
        gap.clear();
    }
    let stretches: Vec<String> = stretches.iter().map(|one| plain(one)).filter(|one| !one.is_empty()).collect();
    if stretches.len() < 2 { Vec::new() } else { stretches }
}

/// Words without what cannot be seen or would turn them around: NFC, one space between two.
pub(crate) fn plain(text: &str) -> String {
    let seen = |c: &char| !domain::is_hidden(*c) && (!c.is_control() || c.is_whitespace());
    let seen: String = text.chars().filter(seen).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    domain::clean(&seen)
}
