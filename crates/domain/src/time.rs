//! Days and moments as text: `2026-12-03`, `2026-12-03T14:00`, local time of Vietnam.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// `2026-12-03`; a day of birth may be only `1958` or `1958-05`.
pub type Day = String;
/// `2026-12-03T14:00`.
pub type Moment = String;
/// `14:00`.
pub type Clock = String;

const MOMENT: &str = "%Y-%m-%dT%H:%M";

/// Whether the calendar has this day, month or year.
pub fn is_day(text: &str) -> bool {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return false,
    };
    NaiveDate::parse_from_str(&full, "%Y-%m-%d").is_ok()
}

/// Whether this is a full moment of the calendar.
pub fn is_moment(text: &str) -> bool {
    text.len() == 16 && NaiveDateTime::parse_from_str(text, MOMENT).is_ok()
}

/// Whether this is a time of day.
pub fn is_clock(text: &str) -> bool {
    text.len() == 5 && NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

/// Days from one day or moment to another; negative when the second is earlier, none when either is unreadable.
pub fn days_between(from: &str, to: &str) -> Option<i64> {
    let day = |text: &str| NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok();
    Some((day(to)? - day(from)?).num_days())
}

/// Minutes from one moment to another; negative when the second is earlier, none when either is unreadable.
pub fn minutes_between(from: &str, to: &str) -> Option<i64> {
    let moment = |text: &str| NaiveDateTime::parse_from_str(text, MOMENT).ok();
    Some((moment(to)? - moment(from)?).num_minutes())
}
