//! Days and moments as people type and read them.

pub use domain::{day_of as day, moment_of as moment};

/// The month so many calendar months before a day, as `2026-11`.
pub fn month_before(day: &str, months: u32) -> Option<String> {
    month_after(day, -(months as i32))
}

/// The month so many calendar months after a day; before it where they are fewer than none.
pub fn month_after(day: &str, months: i32) -> Option<String> {
    let (year, month) = (day.get(..4)?.parse::<i32>().ok()?, day.get(5..7)?.parse::<i32>().ok()?);
    let at = year * 12 + month - 1 + months;
    Some(format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1))
}

/// `2026-12-03` from the three boxes of a form; none where the calendar has no such day.
pub fn day_of(day: &str, month: &str, year: &str) -> Option<String> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let iso = format!("{:04}-{:02}-{:02}", number(year)?, number(month)?, number(day)?);
    domain::is_day(&iso).then_some(iso)
}

/// `14:05` from what people type: `14:5`, `14h05`, `14 giờ`, `1405`.
pub fn clock_of(typed: &str) -> Option<String> {
    let digits: Vec<&str> = typed.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (hour, minute) = match digits.as_slice() {
        [both] if both.len() == 4 => both.split_at_checked(2)?,
        [hour] => (*hour, "0"),
        [hour, minute] => (*hour, *minute),
        _ => return None,
    };
    let clock = format!("{:02}:{:02}", hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?);
    domain::is_clock(&clock).then_some(clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_type_times_in_their_own_ways() {
        for typed in ["14:05", "14h05", "14 giờ 5", "1405", "14 : 05"] {
            assert_eq!(clock_of(typed).as_deref(), Some("14:05"), "{typed}");
        }
        assert_eq!(clock_of("7").as_deref(), Some("07:00"));
        assert_eq!(clock_of("25:00"), None);
        assert_eq!(day_of("31", "02", "2026"), None);
        assert_eq!(month_before("2026-01-15", 2).as_deref(), Some("2025-11"));
        assert_eq!(month_after("2026-11-15", 2).as_deref(), Some("2027-01"));
    }
}
