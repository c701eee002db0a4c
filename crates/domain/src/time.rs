//! Days and moments as text: `2026-12-03`, `2026-12-03T14:00`, local time of Vietnam.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime};

/// `2026-12-03`; a day of birth may be only `1958` or `1958-05`.
pub type Day = String;
/// `2026-12-03T14:00`.
pub type Moment = String;
/// `14:00`.
pub type Clock = String;

const MOMENT: &str = "%Y-%m-%dT%H:%M";
/// Hours that Vietnam is ahead of UTC, whatever a device is set to; it has no summer time.
const VIETNAM: i64 = 7;

/// `2026-11-23T14:05` in Vietnam, of milliseconds since 1970.
pub fn moment_of(millis: u64) -> Moment {
    let utc = i64::try_from(millis).ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default().naive_utc();
    let local = utc.checked_add_signed(Duration::hours(VIETNAM)).unwrap_or(utc);
    local.format(MOMENT).to_string()
}

/// `2026-11-23` in Vietnam, of milliseconds since 1970.
pub fn day_of(millis: u64) -> Day {
    moment_of(millis).chars().take(10).collect()
}

/// Milliseconds since 1970 of a moment in Vietnam.
pub fn millis_of(local: NaiveDateTime) -> u64 {
    u64::try_from((local - Duration::hours(VIETNAM)).and_utc().timestamp_millis()).unwrap_or_default()
}

/// Whether the calendar has this day, month or year.
pub fn is_day(text: &str) -> bool {
    let full = match text.len() {
        _ if !shaped(text, "0000-00-00") => return false,
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return false,
    };
    NaiveDate::parse_from_str(&full, "%Y-%m-%d").is_ok()
}

/// Whether this is a full moment of the calendar.
pub fn is_moment(text: &str) -> bool {
    text.len() == 16 && shaped(text, "0000-00-00T00:00") && NaiveDateTime::parse_from_str(text, MOMENT).is_ok()
}

/// Whether this is a time of day.
pub fn is_clock(text: &str) -> bool {
    text.len() == 5 && shaped(text, "00:00") && NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

/// Whether digits stand where the pattern has them: the parser takes blanks, signs and long years too, and days are
/// compared as text.
fn shaped(text: &str, pattern: &str) -> bool {
    text.len() <= pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(c, p)| if p == b'0' { c.is_ascii_digit() } else { c == p })
}

/// Days from one day or moment to another; negative when the second is earlier, none when either is unreadable.
pub fn days_between(from: &str, to: &str) -> Option<i64> {
    let day = |text: &str| NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok();
    Some((day(to)? - day(from)?).num_days())
}

/// The day so many days after a day or moment; before it where they are fewer than none.
pub fn day_after(day: &str, days: i64) -> Option<Day> {
    let day = NaiveDate::parse_from_str(day.get(..10)?, "%Y-%m-%d").ok()?;
    Some(day.checked_add_signed(Duration::try_days(days)?)?.format("%Y-%m-%d").to_string())
}

/// Minutes from one moment to another; negative when the second is earlier, none when either is unreadable.
pub fn minutes_between(from: &str, to: &str) -> Option<i64> {
    let moment = |text: &str| NaiveDateTime::parse_from_str(text, MOMENT).ok();
    Some((moment(to)? - moment(from)?).num_minutes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_spelling_of_a_day_is_a_day() {
        for day in ["2026-11-23", "2024-02-29", "1958", "1958-05"] {
            assert!(is_day(day), "{day}");
        }
        for day in [
            "2026-02-31",
            "2026-02-29",
            "02026-1-01",
            "+026-01-01",
            " 958",
            "+958",
            "2026-1-1",
            "1958-13",
            "2026-11- 3",
        ] {
            assert!(!is_day(day), "{day}");
        }
        assert!(is_moment("2026-11-23T14:05") && is_clock("14:05"));
        for moment in ["2026-11-23T24:00", "02026-1-23T14:05", "2026-11-23 14:05", "2026-11-23T 4:05"] {
            assert!(!is_moment(moment), "{moment}");
        }
        assert!(!is_clock(" 4:05") && !is_clock("+4:05"));
    }
}
