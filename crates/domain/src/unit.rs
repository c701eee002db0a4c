//! A unit: a Party organisation. The tree may be re-hung, units may close and be followed by others.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Audience, Day, Fault, Id, Merge::*, Record, Role, Table, choice, day, link, text};

/// A Party organisation (tổ chức đảng).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Unit {
    /// Its name for ever, whatever it is called.
    pub id: Id<Unit>,
    /// The unit above it (cấp ủy cấp trên trực tiếp).
    pub above: Option<Id<Unit>>,
    /// Where it stands in the tree.
    pub level: Level,
    /// What it is called now; papers keep the name they were signed under.
    pub name: String,
    /// Mã tổ chức đảng, `M1.M2.M3.M4.M5`: 2+3+3+3+3 digits.
    pub code: Option<String>,
    /// The first day it existed.
    pub valid_from: Option<Day>,
    /// The last day it existed.
    pub valid_to: Option<Day>,
    /// The unit that took over from it.
    pub successor: Option<Id<Unit>>,
    /// What it was called before and until when, a line each: `2026-09-30 Chi bộ thôn Bắc`.
    pub former_names: Option<String>,
    /// The committee's term (nhiệm kỳ), e.g. `2025-2030`: papers are numbered from 01 within it.
    pub term: Option<String>,
    /// The place that papers are dated from (địa danh).
    pub locality: Option<String>,
}

/// The three levels of 208-QĐ/TW below the centre; a `chi bộ` is a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Đảng bộ tỉnh.
    Province,
    /// Đảng bộ xã, phường, đặc khu.
    Commune,
    /// Chi bộ.
    Cell,
}

impl Level {
    /// The level of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "province" => Some(Self::Province),
            "commune" => Some(Self::Commune),
            "cell" => Some(Self::Cell),
            _ => None,
        }
    }
}

/// Who says where a unit stands in the tree, which is what decides over whom an office has a say.
const ABOVE: &[Role] = &[Role::Province, Role::Server];

impl Record for Unit {
    const TABLE: Table = Table::new::<Self>(
        "unit",
        &[
            link("above", "unit").optional().edit(ABOVE),
            choice("level", &["province", "commune", "cell"]).merge(First).edit(ABOVE),
            text("name").merge(Ask),
            text("code").optional().longest(18),
            day("valid_from").optional(),
            day("valid_to").optional(),
            link("successor", "unit").optional(),
            text("former_names").optional().longest(2000),
            text("term").optional().longest(20),
            text("locality").optional().longest(80),
        ],
    )
    .audience(Audience::Register)
    .home("id")
    .edit(&[Role::Commune, Role::Province, Role::Server]);

    fn check(&self) -> Result<(), Fault> {
        let groups = |code: &str| code.split('.').map(str::len).eq([2, 3, 3, 3, 3]);
        let digits = |code: &str| code.chars().all(|c| c.is_ascii_digit() || c == '.');
        match &self.code {
            Some(code) if !groups(code) || !digits(code) => Err(Fault::new("code", "bad_code")),
            _ if self.valid_to.as_ref().zip(self.valid_from.as_ref()).is_some_and(|(to, from)| to < from) => {
                Err(Fault::new("valid_to", "ends_before_start"))
            }
            _ => Ok(()),
        }
    }
}
