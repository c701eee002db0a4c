//! The member list of the unit, in the order of the paper roll, searched without tone marks.

use std::collections::HashMap;

use domain::{Activity, Id, Mark, Member, Post, Standing, Tally, Verdict, fold};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, Rights},
    meeting::seat,
    time,
};

/// The member list.
#[derive(Debug, Serialize, TS)]
pub struct Roster {
    /// The unit's name.
    pub unit: String,
    /// The members found.
    pub rows: Vec<RosterRow>,
    /// On the list.
    pub all: u32,
    /// Đảng viên chính thức.
    pub official: u32,
    /// Đảng viên dự bị.
    pub probationary: u32,
    /// Whom a vote is counted against today, if nobody exempt attends.
    pub base: u32,
    /// What this person may do.
    pub rights: Rights,
}

/// One line of the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RosterRow {
    /// Who.
    pub member: Id<Member>,
    /// Họ và tên.
    pub name: String,
    /// Year of birth.
    pub born: Option<i32>,
    /// Party position.
    pub post: Option<Post>,
    /// Probationary, official, temporary.
    pub standing: Standing,
    /// Whether the member takes part.
    pub activity: Activity,
    /// Share of the last twelve months' meetings attended, per cent.
    pub attended: Option<u32>,
    /// The letter it stands under: the first of the given name.
    pub letter: String,
}

/// Asks for the member list, or those whose name, folded, holds every word of `search`.
#[derive(Deserialize, TS)]
pub struct GetRoster {
    search: String,
}

impl Action for GetRoster {
    const NAME: &'static str = "roster";
    type Reply = Roster;

    fn run(self, app: &App) -> Result<Roster, Trouble> {
        app.at_desk(|desk| {
            let members = desk.roster()?;
            let today = desk.today();
            let (base, quorum) = desk.rules.of_roll(&today).ok_or(Code::NoRule)?;
            let seats: Vec<_> = members.iter().map(|member| seat(member, &today, Mark::Unmarked)).collect();
            let count = |standing| members.iter().filter(|member| member.standing == standing).count() as u32;
            let came = desk.came()?;
            Ok(Roster {
                unit: desk.need(desk.unit)?.name,
                all: Tally::of(&seats).all,
                official: count(Standing::Official),
                probationary: count(Standing::Probationary),
                base: Verdict::of(&seats, &base.sets, &quorum.sets).base,
                rights: desk.rights()?,
                rows: members
                    .into_iter()
                    .filter(|m| found(&m.name, &self.search))
                    .map(|m| row(m, &came, &today))
                    .collect(),
            })
        })
    }
}

/// Whether a name holds every word searched for, marks aside; a word typed with marks must have those marks.
pub(super) fn found(name: &str, search: &str) -> bool {
    let folded = fold(name);
    let lower = domain::clean(name).to_lowercase();
    domain::clean(search).split_whitespace().all(|word| {
        let bare = fold(word);
        let typed = word.to_lowercase();
        folded.contains(&bare) && (typed == bare || lower.contains(&typed))
    })
}

pub(super) fn row(member: Member, came: &HashMap<Uuid, u32>, today: &str) -> RosterRow {
    RosterRow {
        letter: domain::initial(&member.name),
        activity: member.activity_on(today),
        attended: came.get(&member.id.uuid()).copied(),
        member: member.id,
        name: member.name,
        born: member.birth_year,
        post: member.post,
        standing: member.standing,
    }
}

impl Desk {
    /// Each member's share of the last twelve months' meetings, per cent.
    pub(super) fn came(&self) -> Result<HashMap<Uuid, u32>, Trouble> {
        let since = time::month_before(&self.today(), 12).unwrap_or_default();
        let came = self.book.came_by_member(&since)?.into_iter();
        Ok(came.filter(|(_, _, of)| *of > 0).map(|(member, came, of)| (member, (came * 200 + of) / (of * 2))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn a_search_finds_without_marks_and_respects_those_typed() {
        assert!(found("Nguyễn Thị Thanh Hiền", "hien nguyen"));
        assert!(found("Nguyễn Thị Thanh Hiền", "Hiền"));
        assert!(!found("Nguyễn Thị Thanh Hiên", "hiền"), "a mark that was typed is meant");
        assert!(found("Đỗ Thị Hà", "do"));
        assert!(found("Đỗ Thị Hà", "  "));
    }
}
