//! Taking back a vote that was written down wrongly.

use domain::{Id, Log, Record, Resolution, Vote};
use serde::Deserialize;
use ts_rs::TS;

use crate::{
    Action, App, Trouble,
    desk::{Desk, edit},
};

impl Desk {
    /// Whether a vote has decided a paper other than one.
    pub(super) fn vote_taken(&self, vote: Id<Vote>, other_than: Option<Id<Resolution>>) -> Result<bool, Trouble> {
        let decided: Vec<Resolution> =
            self.book.list("WHERE vote = ?1 AND status = 'decided'", [vote.uuid().into_bytes()])?;
        Ok(decided.iter().any(|one| Some(one.id) != other_than))
    }
}

/// Takes a vote back, or brings it back. What it decided already keeps it.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct WithdrawVote {
    vote: Id<Vote>,
    /// Brings it back instead.
    back: Option<bool>,
}

impl Action for WithdrawVote {
    const NAME: &'static str = "withdraw_vote";
    type Reply = ();

    fn run(self, app: &App) -> Result<(), Trouble> {
        app.at_desk(|desk| {
            if desk.vote_taken(self.vote, None)? {
                return Err(Trouble::invalid("vote", "vote_taken"));
            }
            let removed = i64::from(!self.back.unwrap_or_default());
            let log = desk.book.log_of(&Vote::TABLE, self.vote.uuid())?;
            let log: Log = log.unwrap_or_else(|| desk.log(&Vote::TABLE));
            desk.write(log, vec![edit(self.vote, "removed", removed)], None)
        })
    }
}
