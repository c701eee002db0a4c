//! A person's full record: the summary fields of Quy định 339-QĐ/TW and what meetings need, in a log that
//! only the person, the secretary, the deputy and the commune office read. No dossier ever enters. What there is one
//! of each year or month (ratings, badges, dues) are records of their own in that log.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Audience, Day, Fault, Id, Member, Merge::*, Record, Role, Table, Unit, choice, day, link, member::check_name, text,
};

/// The personal record of one member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Person {
    /// Follows from the member.
    pub id: Id<Person>,
    /// Whose record it is.
    pub member: Id<Member>,
    /// Họ và tên khai sinh.
    pub full_name: String,
    /// Ngày sinh; a year alone where that is all that is known.
    pub birth_date: Option<Day>,
    /// Giới tính.
    pub gender: Option<Gender>,
    /// Số căn cước, 12 digits. Shown masked.
    pub personal_id: Option<String>,
    /// Số điện thoại.
    pub phone: Option<String>,
    /// Ngày vào Đảng (lễ kết nạp).
    pub admitted_on: Option<Day>,
    /// Ngày quyết định kết nạp: Party age counts from here.
    pub admission_decision_on: Option<Day>,
    /// Ngày chính thức.
    pub official_on: Option<Day>,
    /// Số thẻ đảng viên. Shown masked.
    pub card_no: Option<String>,
    /// Chi bộ sinh hoạt tạm thời.
    pub temporary_cell: Option<Id<Unit>>,
    /// First day there.
    pub temporary_from: Option<Day>,
    /// Last day there.
    pub temporary_to: Option<Day>,
    /// Which ground of exemption: `age` (old and weak, by own wish) or `other`. Never a diagnosis.
    pub exemption_group: Option<String>,
    /// First day of exemption.
    pub exemption_from: Option<Day>,
    /// Last day of exemption.
    pub exemption_to: Option<Day>,
    /// The cell's resolution that agreed to it.
    pub exemption_resolution: Option<String>,
    /// The day the person left the list.
    pub end_date: Option<Day>,
    /// Why: a group of words, no case file.
    pub end_reason: Option<String>,
}

/// Giới tính.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl Record for Person {
    const TABLE: Table = Table::new::<Self>(
        "person",
        &[
            link("member", "member").merge(First),
            text("full_name").merge(Ask).longest(80),
            day("birth_date").optional().merge(Ask),
            choice("gender", &["male", "female"]).optional().merge(Ask),
            text("personal_id").optional().merge(Ask).longest(12),
            text("phone").optional().merge(Ask).longest(16),
            day("admitted_on").optional().merge(Ask),
            day("admission_decision_on").optional().merge(Ask),
            day("official_on").optional().merge(Ask),
            text("card_no").optional().merge(Ask).longest(12),
            link("temporary_cell", "unit").optional(),
            day("temporary_from").optional(),
            day("temporary_to").optional(),
            choice("exemption_group", &["age", "other"]).optional(),
            day("exemption_from").optional(),
            day("exemption_to").optional(),
            text("exemption_resolution").optional().longest(60),
            day("end_date").optional(),
            text("end_reason").optional(),
        ],
    )
    .audience(Audience::Person)
    .made_from(&["member"])
    .edit(&[Role::Secretary, Role::Commune, Role::Server]);

    fn check(&self) -> Result<(), Fault> {
        check_name("full_name", &self.full_name)?;
        let digits = |text: &Option<String>, count: &[usize]| {
            text.as_ref().is_none_or(|t| t.chars().all(|c| c.is_ascii_digit()) && count.contains(&t.len()))
        };
        if !digits(&self.personal_id, &[12]) {
            return Err(Fault::new("personal_id", "digits"));
        }
        if !digits(&self.phone, &[10]) {
            return Err(Fault::new("phone", "not_a_phone"));
        }
        if let (Some(admitted), Some(official)) = (&self.admitted_on, &self.official_on)
            && official < admitted
        {
            return Err(Fault::new("official_on", "before_admission"));
        }
        if let (Some(from), Some(to)) = (&self.temporary_from, &self.temporary_to)
            && to < from
        {
            return Err(Fault::new("temporary_to", "ends_before_start"));
        }
        Ok(())
    }
}
