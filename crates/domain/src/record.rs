//! What every record can do.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};
use ts_rs::TS;

use crate::Table;

/// Something the organisation keeps.
pub trait Record: Serialize + DeserializeOwned + TS + 'static {
    /// Its fields and the rules for each. The one place they are written.
    const TABLE: Table;

    /// Whether the record, as a whole, makes sense. A merge may break it: then it is shown as
    /// needing attention, never refused.
    fn check(&self) -> Result<(), Fault> {
        Ok(())
    }

    /// What of it is told to whoever reads it: all, unless the record says otherwise.
    fn told(self) -> Self {
        self
    }
}

/// Why a value or a record does not make sense; `why` is a key of the text catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{field}: {why}")]
pub struct Fault {
    /// The field to mend.
    pub field: String,
    /// What is wrong with it: a key of `fault` in `ui/src/text`.
    #[ts(type = "Why")]
    pub why: &'static str,
    /// Numbers for the sentence.
    pub params: BTreeMap<&'static str, u32>,
}

impl Fault {
    /// A fault of one field.
    pub fn new(field: &str, why: &'static str) -> Self {
        Self { field: field.to_owned(), why, params: BTreeMap::new() }
    }

    /// Adds a number for the sentence.
    pub fn with(mut self, name: &'static str, number: u32) -> Self {
        self.params.insert(name, number);
        self
    }

    /// Every `why` there is; the screen has words for each.
    pub const WHYS: &[&str] = &[
        "empty",
        "too_long",
        "control_characters",
        "not_a_number",
        "no_such_day",
        "not_a_time",
        "not_a_choice",
        "unreadable",
        "two_words",
        "not_a_name",
        "digits",
        "not_a_phone",
        "too_young",
        "too_old",
        "ends_before_start",
        "same_day_needed",
        "before_admission",
        "topic_needed",
        "too_far",
        "no_rule",
        "not_a_year",
        "not_a_month",
        "no_such_badge",
        "already_there",
        "not_held_yet",
        "met_already",
        "other_digits",
        "bad_code",
        "reason_needed",
        "nothing_to_take",
        "leave_reason_needed",
        "not_a_count",
        "not_a_share",
        "more_than_base",
        "votes_differ",
        "nobody_here",
        "must_be_secret",
        "voted",
        "vote_taken",
        "other_vote",
        "other_meeting",
        "not_begun",
        "not_numbered",
        "sealed",
        "same_person",
        "not_here",
        "not_sent",
        "locked",
        "not_locked",
        "gaps",
        "text_changed",
        "not_all_locked",
        "unsigned",
        "seal_differs",
        "over_most",
        "line_without_points",
        "too_many_lines",
        "not_a_hundred",
        "month_begun",
        "month_taken",
        "month_to_come",
        "cell_met",
        "before_meeting",
        "left_the_cell",
        "not_for_you",
        "not_a_document",
        "ocr_missing",
        "too_large",
        "macros",
        "encrypted",
        "broken",
        "grows_too_much",
        "secret_name",
        "secret_text",
        "unmarked_needed",
        "not_whole",
        "unreadable_page",
    ];
}
