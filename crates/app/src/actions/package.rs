//! Once for both: the papers of a meeting in one file, named and complete, as they are put into the national app, with a list
//! of what is there, what is not yet, and when it was put in.

use std::collections::BTreeSet;

use domain::{Content, Day, Fault, Id, Meeting, Resolution};
use print::{Block, Column, Draft, Kind, Paper, Table, docx, pdf};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    files::original_name,
    invite::{Deadline, Posted},
    paper::{PaperFile, Which, file_name, refused, whole},
};
use crate::{
    Action, App, Code, Trouble,
    desk::Desk,
    hand::hand_out,
    library::called,
    paper::{day, spelt, subject},
};

/// The papers of a meeting for the national app.
#[derive(Debug, Serialize, TS)]
pub struct Package {
    /// Them, in order.
    pub papers: Vec<PackagePaper>,
    /// By when they are put in, and when they were.
    pub deadlines: Vec<Deadline>,
}

/// One of them.
#[derive(Debug, Serialize, TS)]
pub struct PackagePaper {
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub subject: String,
    /// Whether it is put in before the meeting or after it.
    pub part: Posted,
    /// Its files.
    pub files: Vec<PackageFile>,
    /// What it lacks: then it is left out.
    pub lacks: Vec<Fault>,
}

/// One file of a paper.
#[derive(Debug, Serialize, TS)]
pub struct PackageFile {
    /// What it is called.
    pub name: String,
    /// Which it is, whatever it is called: `minutes.pdf`.
    pub file: String,
    /// When it was put into the national app.
    pub done_on: Option<Day>,
}

/// What a paper's files are made of.
pub(super) enum Source {
    /// It is set.
    Set(Box<Paper>),
    /// It is given on as it came.
    File(Content),
}

type Make = fn(&Paper) -> Result<Vec<u8>, print::Refused>;

/// As what files a paper goes in: to be read, and where others work on with it, to be worked on.
const PDF: &[(&str, Make)] = &[("pdf", pdf)];
const BOTH: &[(&str, Make)] = &[("pdf", pdf), ("docx", docx)];

impl Desk {
    /// The papers of a meeting with what each lacks; the list of them all comes first.
    pub(super) fn package(&self, id: Id<Meeting>) -> Result<(Package, Vec<Source>), Trouble> {
        let meeting = self.own_meeting(id)?;
        let mut which = vec![
            (Which::Invitation { meeting: id }, PDF),
            (Which::Roll { meeting: id }, PDF),
            (Which::Minutes { meeting: id }, BOTH),
        ];
        let decided: Vec<Resolution> = self.book.list(
            "WHERE meeting = ?1 AND outcome = 'adopted' ORDER BY adopted_on, number, id",
            [id.uuid().into_bytes()],
        )?;

        let valid = decided.into_iter().filter(|one| one.cancelled.is_none());
        which.extend(valid.map(|one| (Which::Resolution { resolution: one.id }, BOTH)));

        let (mut papers, mut set) = (Vec::new(), Vec::new());
        for (at, (which, formats)) in which.into_iter().enumerate() {
            let (paper, lacks) = match self.paper(which) {
                Ok((paper, _)) => {
                    let lacks = self.lacks(&meeting, &paper);
                    (paper, lacks)
                }
                // One that cannot be read, or whose seal differs, is told, and hides none of the others.
                Err(trouble) if trouble.code == Code::Invalid => (self.paper_anew(which)?, trouble.faults),
                Err(trouble) => return Err(trouble),
            };
            let name = format!("{:02}_{}", at + 1, file_name(&paper));
            let key = match which {
                Which::Resolution { resolution } => format!("resolution {resolution}"),
                _ => paper.kind.name().to_owned(),
            };
            let file = |(ending, _): &(&str, Make)| {
                self.package_file(id, format!("{name}.{ending}"), format!("{key}.{ending}"))
            };
            papers.push(PackagePaper {
                title: print::title(&paper),
                subject: paper.subject.clone(),
                part: if paper.kind == Kind::Invitation { Posted::Papers } else { Posted::Finished },
                files: formats.iter().map(file).collect::<Result<_, _>>()?,
                lacks,
            });
            set.push(Source::Set(Box::new(paper)));
        }
        self.pack_attached(id, &mut papers, &mut set)?;
        let mut deadlines = self.deadlines(&meeting);
        self.tick_parts(id, &mut papers, &mut deadlines)?;
        Ok((Package { papers, deadlines }, set))
    }

    /// Adds the files that the cell itself gave out for the agenda.
    fn pack_attached(
        &self,
        meeting: Id<Meeting>,
        papers: &mut Vec<PackagePaper>,
        set: &mut Vec<Source>,
    ) -> Result<(), Trouble> {
        let mut packed = BTreeSet::new();
        for item in self.items(meeting)? {
            for document in self.attached(item.id)?.into_iter().filter(|one| one.unit == self.unit) {
                let (Some(original), Some(kind)) = (&document.original, document.original_kind) else { continue };
                if !packed.insert(document.id) {
                    continue;
                }
                let here = self.book.file_had(original)? == u64::from(original.size);
                papers.push(PackagePaper {
                    title: called(&document),
                    subject: document.title.clone(),
                    part: Posted::Papers,
                    files: vec![self.package_file(
                        meeting,
                        format!("{:02}_{}", papers.len() + 1, original_name(&document, kind)),
                        format!("document {}", document.id),
                    )?],
                    lacks: if here { Vec::new() } else { vec![Fault::new("original", "not_here")] },
                });
                set.push(Source::File(original.clone()));
            }
        }
        Ok(())
    }

    fn lacks(&self, meeting: &Meeting, paper: &Paper) -> Vec<Fault> {
        let mut lacks = whole(paper).map_or_else(|trouble| trouble.faults, |()| Vec::new());
        match paper.kind {
            Kind::Minutes if paper.draft != Draft::Final => lacks.push(Fault::new("minutes", "unsigned")),
            Kind::List if meeting.attendance_closed_at.is_none() => {
                lacks.push(Fault::new("attendance_closed_at", "empty"))
            }
            Kind::Resolution | Kind::Conclusion
                if paper.number.as_ref().is_none_or(|number| number.given.is_none()) =>
            {
                lacks.push(Fault::new("number", "not_numbered"));
            }
            _ => {}
        }
        lacks
    }

    /// The list of a package, as a page in it.
    fn package_list(&self, id: Id<Meeting>, package: &Package) -> Result<Paper, Trouble> {
        let meeting = self.need(id)?;
        let words = self.words_on(&meeting.planned_at)?;
        let unit = self.need(self.unit)?;
        let row = |(at, one): (usize, &PackagePaper)| {
            let ready = one.lacks.is_empty();
            let each = |say: &dyn Fn(&PackageFile) -> String| one.files.iter().map(say).collect::<Vec<_>>().join("\n");
            vec![
                (at + 1).to_string(),
                format!("{}: {}", one.title, one.subject),
                if ready { each(&|file| file.name.clone()) } else { String::new() },
                words.say(if ready { "ready" } else { "not_ready" }, &[]),
                each(&|file| file.done_on.as_deref().map(day).unwrap_or_default()).trim_end().to_owned(),
            ]
        };
        let column = |(title, share): (&String, u16)| Column { title: title.clone(), share, ..Column::default() };
        Ok(Paper {
            kind: Kind::List,
            superior: self.above(&unit)?,
            issuer: unit.name,
            date: meeting.planned_at.get(..10).map(str::to_owned),
            title: words.say("package", &[]),
            subject: subject(&meeting, &words),
            body: vec![Block::Table(Table {
                columns: words.package_columns.iter().zip([1, 5, 6, 2, 2]).map(column).collect(),
                rows: package.papers.iter().enumerate().map(row).collect(),
            })],
            ..Paper::default()
        })
    }
}

/// Asks what of a meeting is put into the national app, and what of it is ready.
#[derive(Deserialize, TS)]
pub struct GetPackage {
    meeting: Id<Meeting>,
}

impl Action for GetPackage {
    const NAME: &'static str = "package";
    type Reply = Package;

    fn run(self, app: &App) -> Result<Package, Trouble> {
        app.at_desk(|desk| Ok(desk.package(self.meeting)?.0))
    }
}

/// Writes the papers that lack nothing, and the list of all, as one file into a folder: the downloads where none is named.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct WritePackage {
    meeting: Id<Meeting>,
    folder: Option<String>,
}

impl Action for WritePackage {
    const NAME: &'static str = "write_package";
    type Reply = PaperFile;

    fn run(self, app: &App) -> Result<PaperFile, Trouble> {
        // The book is not held while the papers are set.
        let (package, papers, list) = app.at_desk(|desk| {
            let (package, papers) = desk.package(self.meeting)?;
            let list = desk.package_list(self.meeting, &package)?;
            Ok((package, papers, list))
        })?;
        let (name, spelling) = (file_name(&list), app.settings().spelling);
        let list = spelt(list, spelling);
        let mut files = vec![(format!("00_{name}.pdf"), pdf(&list).map_err(refused)?)];
        for (one, source) in package.papers.iter().zip(&papers).filter(|(one, _)| one.lacks.is_empty()) {
            for (file, (_, make)) in one.files.iter().zip(BOTH) {
                let bytes = match source {
                    Source::Set(paper) => make(&spelt(paper.as_ref().clone(), spelling)).map_err(refused)?,
                    Source::File(original) => {
                        app.at_desk(|desk| Ok(desk.book.file(original)?.ok_or(Code::NotFound)?))?
                    }
                };
                files.push((file.name.clone(), bytes));
            }
        }
        let bytes = print::zip(&files).map_err(refused)?;
        let path = hand_out(app, self.folder, &format!("{name}.zip"), &bytes)?;
        let draft = package.papers.iter().any(|one| !one.lacks.is_empty());
        Ok(PaperFile { path, bytes: bytes.len() as u32, draft })
    }
}
