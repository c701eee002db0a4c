//! Papers as files: set on this device, without a network, and handed out whole or not at all.

use domain::{Fault, Id, Meeting, Resolution};
use print::{Block, Draft, Kind, List, Paper, Part, Refused, Signature, Signatures};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::annex::AnnexLine;
use crate::{
    Action, App, Code, Trouble,
    desk::Desk,
    hand::hand_out,
    paper::{Words, minutes, read, roll, spelt, subject, table},
};

/// A file that was written.
#[derive(Debug, Serialize, TS)]
pub struct PaperFile {
    /// Where it lies.
    pub path: String,
    /// How long it is.
    pub bytes: u32,
    /// Whether it is a draft, and says so on every page.
    pub draft: bool,
}

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "what")]
#[ts(rename = "PaperAsk")]
pub enum Which {
    /// Biên bản of a meeting.
    Minutes {
        /// Which.
        meeting: Id<Meeting>,
    },
    /// Giấy mời.
    Invitation {
        /// To which.
        meeting: Id<Meeting>,
    },
    /// Danh sách điểm danh.
    Roll {
        /// Of which.
        meeting: Id<Meeting>,
    },
    /// Nghị quyết or kết luận.
    Resolution {
        /// Which.
        resolution: Id<Resolution>,
    },
    /// Sổ biên bản of a year.
    Book {
        /// Which.
        year: i32,
    },
}

/// As what file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PaperFormat")]
pub enum Format {
    /// To be read and printed.
    Pdf,
    /// To be worked on.
    Docx,
    /// A list as a spreadsheet.
    Xlsx,
}

/// Writes a paper into a folder: the downloads where none is named.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct WritePaper {
    paper: Which,
    format: Format,
    folder: Option<String>,
}

impl Action for WritePaper {
    const NAME: &'static str = "write_paper";
    type Reply = PaperFile;

    fn run(self, app: &App) -> Result<PaperFile, Trouble> {
        // The book is not held while the paper is set.
        let (paper, name) = app.at_desk(|desk| desk.paper(self.paper))?;
        let paper = spelt(paper, app.settings().spelling);
        let (bytes, ending) = match (self.format, self.paper) {
            (Format::Pdf, _) => (print::pdf(&paper), "pdf"),
            (Format::Docx, _) => (print::docx(&paper), "docx"),
            (Format::Xlsx, Which::Roll { meeting }) => {
                (print::xlsx(&app.at_desk(|desk| desk.roll_list(meeting))?), "xlsx")
            }
            (Format::Xlsx, _) => return Err(Trouble::invalid("format", "not_a_choice")),
        };
        let bytes = bytes.map_err(refused)?;
        let draft = paper.draft != Draft::Final;
        let path = hand_out(app, self.folder, &format!("{name}.{ending}"), &bytes)?;
        Ok(PaperFile { path, bytes: bytes.len() as u32, draft })
    }
}

/// Whether a paper lacks nothing; else what.
pub(super) fn whole(paper: &Paper) -> Result<(), Trouble> {
    let lacks = print::missing(paper);
    if lacks.is_empty() { Ok(()) } else { Err(refused(Refused::Missing(lacks))) }
}

/// What a paper lacks, a fault a part.
pub(super) fn refused(refused: Refused) -> Trouble {
    match refused {
        Refused::Missing(parts) => {
            parts.iter().map(|lack| Fault::new(part(lack.part), "empty")).collect::<Vec<_>>().into()
        }
        Refused::NoLayout(_) => Code::NoRule.into(),
        Refused::TooMuch(why) => Trouble::new(Code::Internal, why),
    }
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Superior => "above",
        Part::Issuer => "unit",
        Part::Number => "number",
        Part::Place => "locality",
        Part::Date => "day",
        Part::Title | Part::Subject => "title",
        Part::Body | Part::Papers => "text",
        Part::Recipients => "recipients",
        Part::Signatory => "signatory",
        Part::MinuteTaker => "minute_taker",
        Part::Chair => "chair",
    }
}

impl Desk {
    /// A paper, and what its file is called: the day, what it is, whose.
    pub(super) fn paper(&self, which: Which) -> Result<(Paper, String), Trouble> {
        let paper = match which {
            Which::Minutes { meeting } => self.minutes_paper(meeting)?,
            Which::Invitation { meeting } => {
                let sitting = self.sitting(meeting)?;
                self.invitation(&sitting, &self.words_on(&sitting.meeting.planned_at)?)?
            }
            Which::Roll { meeting } => {
                let sitting = self.sitting(meeting)?;
                roll(&sitting, &self.words_on(&sitting.meeting.planned_at)?)
            }
            Which::Resolution { resolution } => self.resolution_as_sealed(resolution)?,
            Which::Book { year } => self.book_of(year)?,
        };
        let name = file_name(&paper);
        Ok((paper, name))
    }

    /// The paper that stands for one that cannot be read, or whose seal differs: as it would be set anew.
    pub(super) fn paper_anew(&self, which: Which) -> Result<Paper, Trouble> {
        match which {
            Which::Minutes { meeting } => {
                Ok(minutes(&self.sitting(meeting)?, &self.words_on(&self.need(meeting)?.planned_at)?, true))
            }
            Which::Resolution { resolution } => self.resolution_paper(&self.need(resolution)?),
            Which::Invitation { .. } | Which::Roll { .. } | Which::Book { .. } => Ok(self.paper(which)?.0),
        }
    }

    /// The minutes as they were locked, with what was added; as a draft where they are not locked.
    fn minutes_paper(&self, meeting: Id<Meeting>) -> Result<Paper, Trouble> {
        let words = self.words_on(&self.need(meeting)?.planned_at)?;
        let Some(locked) = self.locked_minutes(meeting)? else {
            return Ok(minutes(&self.sitting(meeting)?, &words, true));
        };
        let mut paper = read(&locked.words()).ok_or_else(|| Trouble::invalid("minutes", "unreadable"))?;
        paper.bound = self.annex_papers(meeting, &words)?;
        Ok(paper)
    }

    /// The annexes of a meeting's minutes, each a paper behind them with the name of who wrote it.
    fn annex_papers(&self, meeting: Id<Meeting>, words: &Words) -> Result<Vec<Paper>, Trouble> {
        let annexes = self.annexes(meeting)?;
        let of = subject(&self.need(meeting)?, words);
        let mut letters = of.chars();
        let of: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
        let several = annexes.len() > 1;
        let paper = |(at, annex): (usize, AnnexLine)| Paper {
            kind: Kind::Annex,
            date: annex.at.get(..10).map(str::to_owned),
            title: if several { words.say("annex", &[("number", &(at + 1).to_string())]) } else { String::new() },
            subject: words.say("annex_of", &[("subject", &of)]),
            body: vec![
                Block::Paragraph(annex.text),
                Block::Paragraph(words.say_when(words.sentence("annex_written"), &annex.at, &[])),
            ],
            signatures: Signatures::One(Signature {
                on_behalf: words.say("annex_writer", &[]),
                post: String::new(),
                name: annex.by,
            }),
            ..Paper::default()
        };
        Ok(annexes.into_iter().enumerate().map(paper).collect())
    }

    fn roll_list(&self, meeting: Id<Meeting>) -> Result<List, Trouble> {
        let sitting = self.sitting(meeting)?;
        let words = self.words_on(&sitting.meeting.planned_at)?;
        Ok(List {
            title: words.say("roll", &[]),
            date: sitting.meeting.planned_at.get(..10).map(str::to_owned),
            table: table(&sitting, &words),
        })
    }

    /// The minutes book of a year: every meeting that was held, and a page for each month that is over without one.
    fn book_of(&self, year: i32) -> Result<Paper, Trouble> {
        let words = self.words_on(&format!("{year}-12-31"))?;
        let (mut bound, mut open) = (Vec::new(), Vec::new());
        for month in self.months(year)? {
            for meeting in &month.held {
                if self.locked_minutes(meeting.id)?.is_none() {
                    open.push(not_locked(meeting));
                    continue;
                }
                let mut paper = match self.minutes_paper(meeting.id) {
                    // Minutes that cannot be read keep none of the others out of the book.
                    Err(trouble) if trouble.code == Code::Invalid => unreadable(&words, meeting),
                    paper => paper?,
                };
                let behind = std::mem::take(&mut paper.bound);
                bound.push(paper);
                bound.extend(behind);
            }
            if month.held.is_empty() {
                bound.push(not_held(&words, year, month.number, month.why));
            }
        }
        if !open.is_empty() {
            return Err(open.into());
        }
        let (today, last) = (self.today(), format!("{year}-12-31"));
        let cover: domain::Unit = self.need(self.unit)?;
        Ok(Paper {
            kind: Kind::MinutesBook,
            superior: self.above(&cover)?,
            issuer: cover.name,
            date: Some(today.min(last)),
            subject: words.say("book", &[("year", &year.to_string())]),
            bound,
            ..Paper::default()
        })
    }
}

/// A meeting that keeps the book from being bound.
fn not_locked(meeting: &Meeting) -> Fault {
    let part =
        |from: usize, to: usize| meeting.planned_at.get(from..to).and_then(|text| text.parse().ok()).unwrap_or(0);
    Fault::new("minutes", "not_all_locked").with("day", part(8, 10)).with("month", part(5, 7))
}

fn unreadable(words: &Words, meeting: &Meeting) -> Paper {
    Paper {
        kind: Kind::NotHeld,
        title: subject(meeting, words),
        body: vec![Block::Paragraph(words.say("unreadable", &[]))],
        ..Paper::default()
    }
}

fn not_held(words: &Words, year: i32, month: u32, why: Option<String>) -> Paper {
    let reason = match why {
        Some(reason) => words.say("not_held", &[("reason", &reason)]),
        None => words.say("not_held_unknown", &[]),
    };
    Paper {
        kind: Kind::NotHeld,
        title: words.say("not_held_month", &[("month", &month.to_string()), ("year", &year.to_string())]),
        body: vec![Block::Paragraph(reason)],
        ..Paper::default()
    }
}

/// What a paper's file is called: one name for one paper, and no longer than every system takes.
pub(super) fn file_name(paper: &Paper) -> String {
    let number = paper.number.as_ref().and_then(|number| number.given).map(|given| format!("{given:02}"));
    // Two that have no number yet are told apart by what they are about.
    let about = number.unwrap_or_else(|| match paper.kind {
        Kind::Resolution | Kind::Conclusion => slug(&paper.subject).chars().take(40).collect(),
        _ => String::new(),
    });
    let title = [slug(&print::title(paper)), about].join("-");
    let parts = [paper.date.clone().unwrap_or_default(), title.trim_matches('-').to_owned(), slug(&paper.issuer)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("_").chars().take(110).collect()
}

/// Letters, digits and hyphens alone, so that every system takes it for a name.
pub(super) fn slug(text: &str) -> String {
    let folded = domain::fold(text);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_for_every_system() {
        assert_eq!(slug("Chi bộ thôn Đông / Đội 3"), "chi-bo-thon-dong-doi-3");
    }
}
