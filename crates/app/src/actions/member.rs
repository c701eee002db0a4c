//! One member: the line on the roster, the personal record, the last year's meetings.

use domain::{
    Activity, Attendance, Audience, Grant, Id, Log, Mark, Meeting, MeetingStatus, Member, Moment, Person, Post, Record,
    Standing,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{
    person::PersonPage,
    roster::{RosterRow, row},
};
use crate::{
    Action, App, Trouble,
    desk::{Desk, Rights, edit, word},
    time,
};

/// A member's page.
#[derive(Debug, Serialize, TS)]
pub struct MemberPage {
    /// The line on the roster.
    pub row: RosterRow,
    /// The personal record, where this person may read it.
    pub person: Option<PersonPage>,
    /// Meetings of the last twelve months, latest first.
    pub months: Vec<Came>,
    /// What this person may do.
    pub rights: Rights,
}

/// What one meeting's roll says of the member.
#[derive(Debug, Serialize, TS)]
pub struct Came {
    meeting: Id<Meeting>,
    planned_at: Moment,
    mark: Mark,
}

impl Desk {
    fn page(&self, id: Id<Member>) -> Result<MemberPage, Trouble> {
        let member = self.need(id)?;
        let today = self.today();
        let since = time::month_before(&today, 12).unwrap_or_default();
        let meetings: Vec<Meeting> = self.book.list(
            "WHERE unit = ?1 AND planned_at >= ?2 ORDER BY planned_at DESC",
            (member.unit.uuid().into_bytes(), since),
        )?;
        let mut months = Vec::new();
        for meeting in meetings.into_iter().filter(|meeting| meeting.status == MeetingStatus::Ended) {
            let attendance: Id<Attendance> = Id::made_from(&[meeting.id.into(), id.into()]);
            if let Some(attendance) = self.book.get(attendance)? {
                months.push(Came { meeting: meeting.id, planned_at: meeting.planned_at, mark: attendance.mark });
            }
        }
        Ok(MemberPage {
            row: row(member, &self.came()?, &today),
            person: self.person(id)?,
            months,
            rights: self.rights()?,
        })
    }

    fn roster_row(&self, id: Id<Member>) -> Result<RosterRow, Trouble> {
        Ok(row(self.need(id)?, &self.came()?, &self.today()))
    }
}

/// Asks for a member's page.
#[derive(Deserialize, TS)]
pub struct GetMember {
    member: Id<Member>,
}

impl Action for GetMember {
    const NAME: &'static str = "member";
    type Reply = MemberPage;

    fn run(self, app: &App) -> Result<MemberPage, Trouble> {
        app.at_desk(|desk| desk.page(self.member))
    }
}

/// Asks for one's own page.
#[derive(Deserialize, TS)]
pub struct Me {}

impl Action for Me {
    const NAME: &'static str = "me";
    type Reply = MemberPage;

    fn run(self, app: &App) -> Result<MemberPage, Trouble> {
        app.at_desk(|desk| desk.page(desk.me))
    }
}

/// Adds a member to the unit's list, with the rights of a plain member and an empty personal record.
#[derive(Deserialize, TS)]
pub struct AddMember {
    name: String,
    birth_year: String,
    standing: Standing,
    post: Option<Post>,
}

impl Action for AddMember {
    const NAME: &'static str = "add_member";
    type Reply = RosterRow;

    fn run(self, app: &App) -> Result<RosterRow, Trouble> {
        app.at_desk(|desk| {
            let id: Id<Member> = Id::new(Uuid::now_v7());
            let grant: Id<Grant> = Id::new(Uuid::now_v7());
            let person: Id<Person> = Id::made_from(&[id.into()]);
            let name = domain::clean(&self.name);
            let born = year(&self.birth_year, &desk.today())?;
            desk.write(
                desk.log(&Member::TABLE),
                vec![
                    edit(id, "unit", desk.unit),
                    edit(id, "name", name.clone()),
                    edit(id, "birth_year", born),
                    edit(id, "post", word(self.post)),
                    edit(id, "standing", word(self.standing)),
                ],
                None,
            )?;
            // What a grant opens is the cell's everyone-log: where only the office above gives grants, it is left to them.
            let granted = desk.write(
                Log::of(desk.unit, Audience::Register),
                vec![
                    edit(grant, "office", "member"),
                    edit(grant, "unit", desk.unit),
                    edit(grant, "member", id),
                    edit(grant, "valid_from", desk.today()),
                ],
                None,
            );
            match granted {
                Err(trouble) if trouble.code != crate::Code::NotAllowed => return Err(trouble),
                _ => {}
            }
            if desk.rights()?.edit_person {
                let edits = vec![edit(person, "member", id), edit(person, "full_name", name)];
                desk.write(Log::about(desk.unit, id), edits, None)?;
            }
            desk.roster_row(id)
        })
    }
}

/// Changes a member's line on the roster.
#[derive(Deserialize, TS)]
pub struct EditMember {
    member: Id<Member>,
    name: String,
    birth_year: String,
    standing: Standing,
    activity: Activity,
    post: Option<Post>,
}

impl Action for EditMember {
    const NAME: &'static str = "edit_member";
    type Reply = RosterRow;

    fn run(self, app: &App) -> Result<RosterRow, Trouble> {
        app.at_desk(|desk| {
            let now = desk.need(self.member)?;
            let mut edits = vec![
                edit(self.member, "name", domain::clean(&self.name)),
                edit(self.member, "birth_year", year(&self.birth_year, &desk.today())?),
                edit(self.member, "post", word(self.post)),
                edit(self.member, "standing", word(self.standing)),
            ];
            if now.activity != self.activity {
                edits.push(edit(self.member, "activity", word(self.activity)));
                edits.push(edit(self.member, "activity_from", desk.today()));
                edits.push(edit(self.member, "activity_to", None::<String>));
            }
            desk.write(Log::of(now.unit, Audience::Register), edits, None)?;
            desk.roster_row(self.member)
        })
    }
}

/// A year of birth as typed; empty is not known. A member is at least 18.
fn year(typed: &str, today: &str) -> Result<Option<i64>, Trouble> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let year: i64 = typed.parse().map_err(|_| Trouble::invalid("birth_year", "not_a_number"))?;
    let this: i64 = today.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    if year > this - 18 {
        return Err(Trouble::invalid("birth_year", "too_young"));
    }
    Ok(Some(year))
}
