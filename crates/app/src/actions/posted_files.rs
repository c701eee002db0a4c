//! The files of a meeting one by one: each that was put into the national app is ticked, and a part is done when all of its are.

use std::collections::BTreeSet;

use domain::{Day, Id, Meeting, PostedFile, Record};
use serde::Deserialize;
use store::Edit;
use ts_rs::TS;

use super::{
    invite::{Deadline, Posted},
    package::{PackageFile, PackagePaper},
};
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
};

/// What is written of a file that was put there, or is no longer.
fn posted(desk: &Desk, meeting: Id<Meeting>, file: &str, day: Option<Day>) -> Vec<Edit> {
    let id: Id<PostedFile> = Id::made_from(&[meeting.into(), file.into()]);
    vec![edit(id, "unit", desk.unit), edit(id, "meeting", meeting), edit(id, "file", file), edit(id, "posted_on", day)]
}

/// The files of a part that lack nothing.
fn ready(papers: &[PackagePaper], part: Posted) -> impl Iterator<Item = &PackageFile> {
    papers.iter().filter(move |one| one.part == part && one.lacks.is_empty()).flat_map(|one| &one.files)
}

impl Desk {
    /// A file of a meeting's package, with the day it was put there.
    pub(super) fn package_file(
        &self,
        meeting: Id<Meeting>,
        name: String,
        file: String,
    ) -> Result<PackageFile, Trouble> {
        let id: Id<PostedFile> = Id::made_from(&[meeting.into(), file.as_str().into()]);
        let done_on = self.book.get(id)?.and_then(|one| one.posted_on);
        Ok(PackageFile { name, file, done_on })
    }

    /// The files of a meeting of which somebody said whether they are there.
    fn told_files(&self, meeting: Id<Meeting>) -> Result<BTreeSet<String>, Trouble> {
        let all: Vec<PostedFile> = self.book.list("WHERE meeting = ?1", [meeting.uuid().into_bytes()])?;
        Ok(all.into_iter().map(|one| one.file).collect())
    }

    /// Brings parts and files together: a part that was ticked as one is a tick for each of its files, until one of them is
    /// ticked by itself; from then on the part is done when every file of it that lacks nothing is.
    pub(super) fn tick_parts(
        &self,
        meeting: Id<Meeting>,
        papers: &mut [PackagePaper],
        deadlines: &mut [Deadline],
    ) -> Result<(), Trouble> {
        let told = self.told_files(meeting)?;
        for deadline in deadlines {
            let mine = papers.iter().filter(|one| one.part == deadline.what);
            if mine.flat_map(|one| &one.files).any(|file| told.contains(&file.file)) {
                let days: Option<Vec<Day>> = ready(papers, deadline.what).map(|file| file.done_on.clone()).collect();
                deadline.done_on = days.and_then(|days| days.into_iter().max());
                deadline.late = deadline.done_on.as_ref().unwrap_or(&self.today()) > &deadline.by;
            } else {
                let mine = papers.iter_mut().filter(|one| one.part == deadline.what && one.lacks.is_empty());
                mine.flat_map(|one| &mut one.files).for_each(|file| file.done_on.clone_from(&deadline.done_on));
            }
        }
        Ok(())
    }

    /// What is written of the files of a part that is ticked as one: they follow, where they are ticked one by one.
    pub(super) fn files_of_part(
        &self,
        meeting: Id<Meeting>,
        part: Posted,
        day: Option<&Day>,
    ) -> Result<Vec<Edit>, Trouble> {
        let told = self.told_files(meeting)?;
        if told.is_empty() {
            return Ok(Vec::new());
        }
        let package = self.package(meeting)?.0;
        let files: Vec<&str> = ready(&package.papers, part).map(|file| file.file.as_str()).collect();
        if !files.iter().any(|file| told.contains(*file)) {
            return Ok(Vec::new());
        }
        Ok(files.into_iter().flat_map(|file| posted(self, meeting, file, day.cloned())).collect())
    }
}

/// Ticks that one file was put into the national app today, or takes the tick away.
#[derive(Deserialize, TS)]
pub struct PostFile {
    meeting: Id<Meeting>,
    file: String,
    done: bool,
}

impl Action for PostFile {
    const NAME: &'static str = "post_file";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            let before = desk.package(self.meeting)?.0;
            let of = before.papers.iter().find(|one| one.files.iter().any(|file| file.file == self.file));
            let part = of.filter(|one| one.lacks.is_empty()).ok_or(Code::NotFound)?.part;
            // Those that were ticked with the whole part keep their day.
            let kept = ready(&before.papers, part).filter(|file| file.file != self.file && file.done_on.is_some());
            let mut edits: Vec<Edit> =
                kept.flat_map(|file| posted(desk, self.meeting, &file.file, file.done_on.clone())).collect();
            edits.extend(posted(desk, self.meeting, &self.file, self.done.then(|| desk.today())));
            desk.write(desk.log(&PostedFile::TABLE), edits, None)?;
            let after = desk.package(self.meeting)?.0;
            let now = after.deadlines.into_iter().find(|one| one.what == part);
            let was = before.deadlines.into_iter().find(|one| one.what == part);
            match now {
                Some(now) if was.is_none_or(|was| was.done_on != now.done_on) => {
                    desk.set_posted(self.meeting, part, now.done_on)
                }
                _ => Ok(()),
            }
        })
    }
}
