//! Annexes of locked minutes: what is to be put right or added, beside a text that no longer changes.

use domain::{Annex, Id, Log, Meeting, Moment, Record};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::minutes::MinutesPage;
use crate::{
    Action, App, Trouble,
    desk::{Desk, edit},
    time,
};

/// One annex.
#[derive(Debug, Serialize, TS)]
pub struct AnnexLine {
    /// What it says.
    pub text: String,
    /// Whose device it was written on.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl Desk {
    /// The annexes of a meeting's minutes, the first first.
    pub(crate) fn annexes(&self, meeting: Id<Meeting>) -> Result<Vec<AnnexLine>, Trouble> {
        let all: Vec<Annex> =
            self.book.list("WHERE meeting = ?1 ORDER BY written_at, id", [meeting.uuid().into_bytes()])?;
        let line = |annex: Annex| {
            let author = self.book.author(&Annex::TABLE, annex.id.uuid(), "text")?.and_then(|(device, _)| device);
            Ok(AnnexLine { by: self.device_name(author)?, text: annex.text, at: annex.written_at })
        };
        all.into_iter().map(line).collect()
    }
}

/// Adds an annex to locked minutes.
#[derive(Deserialize, TS)]
pub struct AddAnnex {
    meeting: Id<Meeting>,
    text: String,
}

impl Action for AddAnnex {
    const NAME: &'static str = "add_annex";
    type Reply = MinutesPage;

    fn run(self, app: &App) -> Result<MinutesPage, Trouble> {
        app.at_desk(|desk| {
            let locked = desk.locked_minutes(self.meeting)?.ok_or_else(|| Trouble::invalid("minutes", "not_locked"))?;
            let id: Id<Annex> = Id::new(Uuid::now_v7());
            let edits = vec![
                edit(id, "unit", desk.unit),
                edit(id, "meeting", self.meeting),
                edit(id, "minutes", locked.id),
                edit(id, "text", domain::clean(&self.text)),
                edit(id, "written_at", time::moment(desk.now)),
            ];
            let log: Log = desk.log(&Annex::TABLE);
            desk.write(log, edits, None)?;
            desk.minutes_page(self.meeting)
        })
    }
}
