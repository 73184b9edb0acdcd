//! Days and moments. The core reads no clock; it only compares what it is given.
//!
//! Two fixed formats (RFC 3339 and `YYYY-MM-DD`) are all that guides and drafts may use, which
//! is less code than the feature flags of a date library, and nothing in the wasm.

use crate::Timestamp;

const DAY: i64 = 86_400;

/// Days from 1970-01-01 to the given day of the proleptic Gregorian calendar
/// (Howard Hinnant's `days_from_civil`).
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let shifted = (month + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn number(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// The first second of a `YYYY-MM-DD` in UTC.
pub(crate) fn parse_day(text: &str) -> Option<Timestamp> {
    if text.len() != 10 || !text.is_ascii() {
        return None;
    }
    let (year, month, day) = (
        number(&text[0..4])?,
        number(&text[5..7])?,
        number(&text[8..10])?,
    );
    if &text[4..5] != "-" || &text[7..8] != "-" {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if !(1..=last).contains(&day) {
        return None;
    }
    Some(Timestamp(days_from_civil(year, month, day) * DAY))
}

impl Timestamp {
    /// Reads RFC 3339 (`2026-11-23T09:30:00Z`, `2026-11-23T09:30:00.5+01:00`) or a day
    /// (`2026-11-23`, its first second in UTC). Fractions of a second are dropped.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if !text.is_ascii() {
            return None;
        }
        let day = parse_day(text.get(..10)?)?;
        let rest = &text[10..];
        if rest.is_empty() {
            return Some(day);
        }
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let clock = rest.get(..8)?;
        let (hour, minute, second) = (
            number(&clock[0..2])?,
            number(&clock[3..5])?,
            number(&clock[6..8])?,
        );
        if &clock[2..3] != ":" || &clock[5..6] != ":" || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let mut zone = &rest[8..];
        if let Some(fraction) = zone.strip_prefix('.') {
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 {
                return None;
            }
            zone = &fraction[digits..];
        }
        let offset = match zone.as_bytes() {
            [b'Z' | b'z'] => 0,
            [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
                let (hours, minutes) = (number(&zone[1..3])?, number(&zone[4..6])?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                let seconds = hours * 3600 + minutes * 60;
                if *sign == b'-' { -seconds } else { seconds }
            }
            _ => return None,
        };
        Some(Self(day.0 + hour * 3600 + minute * 60 + second - offset))
    }
}

/// From the first second of one day to the last of another, both optional, in UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Days {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Days {
    /// `None` where a day is not a day, or the last comes before the first.
    pub(crate) fn new(from: Option<&str>, until: Option<&str>) -> Option<Self> {
        let from = from.map(|day| parse_day(day).ok_or(())).transpose().ok()?;
        let until = until.map(|day| parse_day(day).ok_or(())).transpose().ok()?;
        if let (Some(first), Some(last)) = (from, until)
            && last < first
        {
            return None;
        }
        Some(Self { from, until })
    }

    /// Whether a moment lies within.
    pub(crate) fn contains(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| at >= from)
            && self.until.is_none_or(|until| at.0 < until.0 + DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_their_zone() {
        for (text, seconds) in [
            ("1970-01-01", Some(0)),
            ("1970-01-02T00:00:00Z", Some(DAY)),
            ("2026-11-23T09:30:00Z", Some(1_795_426_200)),
            ("2026-11-23T10:30:00.25+01:00", Some(1_795_426_200)),
            ("2024-02-29", Some(1_709_164_800)),
            ("2026-02-29", None),
            ("2026-13-01", None),
            ("2026-11-23T09:30:00", None),
            ("2026-11-23T25:30:00Z", None),
            ("23/11/2026", None),
            ("", None),
            ("2026-11-2é", None),
        ] {
            assert_eq!(Timestamp::parse(text).map(|at| at.0), seconds, "{text}");
        }
    }

    #[test]
    fn a_span_of_days_includes_both_ends() {
        let days = Days::new(Some("2026-01-10"), Some("2026-01-11")).unwrap();
        for (at, inside) in [
            ("2026-01-09T23:59:59Z", false),
            ("2026-01-10T00:00:00Z", true),
            ("2026-01-11T23:59:59Z", true),
            ("2026-01-12T00:00:00Z", false),
        ] {
            assert_eq!(days.contains(Timestamp::parse(at).unwrap()), inside, "{at}");
        }
        assert_eq!(Days::new(Some("2026-01-12"), Some("2026-01-11")), None);
        assert_eq!(Days::new(Some("tomorrow"), None), None);
    }
}
