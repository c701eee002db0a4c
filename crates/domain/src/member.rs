//! A member on the plain roster: what everyone in the cell may know of a comrade.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::char::is_combining_mark;

use crate::{Audience, Day, Fault, Id, Merge::*, Record, Role, Table, Unit, choice, day, link, number, text};

/// One line of the member list (danh sách đảng viên).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Member {
    /// The person's name in every book.
    pub id: Id<Member>,
    /// The unit of official activity (chi bộ sinh hoạt chính thức).
    pub unit: Id<Unit>,
    /// Họ và tên.
    pub name: String,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// Party position (chức vụ trong Đảng).
    pub post: Option<Post>,
    /// Probationary, official, or here only for a time.
    pub standing: Standing,
    /// Whether they take part, and if not, why.
    pub activity: Activity,
    /// The first day of that activity.
    pub activity_from: Option<Day>,
    /// The last day of it, when known; afterwards the member counts as active again.
    pub activity_to: Option<Day>,
}

/// A position in the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// Bí thư.
    Secretary,
    /// Phó bí thư.
    Deputy,
    /// Chi ủy viên.
    Committee,
    /// Văn phòng đảng ủy.
    Office,
}

/// Loại đảng viên.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Đảng viên dự bị: speaks, has no vote.
    Probationary,
    /// Đảng viên chính thức.
    Official,
    /// Sinh hoạt đảng tạm thời at this cell.
    Temporary,
}

/// Whether a member takes part in the cell's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Takes part.
    Active,
    /// Sinh hoạt tạm thời nơi khác: counted and rated here, attends there.
    Elsewhere,
    /// Được miễn công tác và sinh hoạt đảng: may attend, and then counts.
    Exempt,
    /// Đình chỉ sinh hoạt: not invited.
    Suspended,
    /// Chuyển sinh hoạt chính thức.
    Transferred,
    /// Xin ra khỏi Đảng.
    Left,
    /// Xóa tên.
    Removed,
    /// Khai trừ.
    Expelled,
    /// Từ trần.
    Deceased,
}

impl Activity {
    /// Whether the person is no longer on the list at all.
    pub fn ended(self) -> bool {
        !matches!(self, Self::Active | Self::Elsewhere | Self::Exempt | Self::Suspended)
    }
}

impl Member {
    /// What the member's activity is on `day`: a period that has not begun or is over is none.
    pub fn activity_on(&self, day: &str) -> Activity {
        let day = day.get(..10).unwrap_or(day);
        let begun = self.activity_from.as_deref().is_none_or(|from| from <= day);
        let over = self.activity_to.as_deref().is_some_and(|to| to < day);
        if begun && !over { self.activity } else { Activity::Active }
    }
}

impl Record for Member {
    const TABLE: Table = Table::new::<Self>(
        "member",
        &[
            link("unit", "unit"),
            text("name").merge(Ask).longest(80),
            number("birth_year").optional(),
            choice("post", &["secretary", "deputy", "committee", "office"]).optional(),
            choice("standing", &["probationary", "official", "temporary"]),
            choice(
                "activity",
                &[
                    "active",
                    "elsewhere",
                    "exempt",
                    "suspended",
                    "transferred",
                    "left",
                    "removed",
                    "expelled",
                    "deceased",
                ],
            ),
            day("activity_from").optional(),
            day("activity_to").optional(),
        ],
    )
    .audience(Audience::Register)
    .home("unit")
    .edit(&[Role::Deputy, Role::Secretary, Role::Commune, Role::Server]);

    fn check(&self) -> Result<(), Fault> {
        check_name("name", &self.name)?;
        match self.birth_year {
            Some(year) if year < 1900 => Err(Fault::new("birth_year", "too_old")),
            _ if self.activity_to.as_ref().zip(self.activity_from.as_ref()).is_some_and(|(to, from)| to < from) => {
                Err(Fault::new("activity_to", "ends_before_start"))
            }
            _ => Ok(()),
        }
    }
}

/// At least two words of letters; an apostrophe or a hyphen may stand inside, and marks that no single letter has,
/// as in `ê̆` of the Ê Đê.
pub(crate) fn check_name(field: &str, name: &str) -> Result<(), Fault> {
    if !name.chars().all(|c| c.is_alphabetic() || is_combining_mark(c) || matches!(c, ' ' | '\'' | '’' | '-')) {
        return Err(Fault::new(field, "not_a_name"));
    }
    if name.split_whitespace().count() < 2 {
        return Err(Fault::new(field, "two_words"));
    }
    Ok(())
}
