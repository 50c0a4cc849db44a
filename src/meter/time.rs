//! A meter's time: local, with its offset from UTC where the meter tells one.

use std::fmt;

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

/// A point in time as a meter tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeterTime {
    /// Local date and time on the meter.
    pub local: PrimitiveDateTime,
    /// Offset of that time from UTC; `None` where the meter leaves it open.
    pub offset: Option<UtcOffset>,
}

impl MeterTime {
    /// This time minus `now` in seconds. Without an offset the meter is taken to keep the time of `now`'s offset, and
    /// when that leaves more than half an hour, UTC, whichever is nearer.
    pub fn drift_s(&self, now: OffsetDateTime) -> i64 {
        let seconds = |offset: UtcOffset| (self.local.assume_offset(offset) - now).whole_seconds();
        match self.offset {
            Some(offset) => seconds(offset),
            None => {
                let (here, utc) = (seconds(now.offset()), seconds(UtcOffset::UTC));
                if here.unsigned_abs() <= 1800 || here.unsigned_abs() <= utc.unsigned_abs() { here } else { utc }
            }
        }
    }
}

/// Where the offset of a meter's time from UTC was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OffsetSource {
    /// The user or the plan gave it, which wins over everything.
    Given,
    /// The meter tells it.
    Meter,
    /// The profile says it, for meters that do not.
    Profile,
    /// The time zone of this machine (`TZ`), since nothing else says it.
    Machine,
}

impl OffsetSource {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            OffsetSource::Given => "given",
            OffsetSource::Meter => "meter",
            OffsetSource::Profile => "profile",
            OffsetSource::Machine => "machine",
        }
    }
}

/// The offset of this machine's time zone at a moment (`TZ`, else that of the system); UTC where it has none.
pub fn machine_offset(at: OffsetDateTime) -> UtcOffset {
    UtcOffset::local_offset_at(at).unwrap_or(UtcOffset::UTC)
}

/// Shortest and longest drift that may be a time zone, in seconds: 29 min to 28 h 1 min, the span between the
/// easternmost and the westernmost zone.
const ZONE_DRIFT_S: std::ops::RangeInclusive<u64> = 29 * 60..=(28 * 60 + 1) * 60;

/// Zones differ by multiples of this, in seconds; a quarter of an hour for a few.
const ZONE_STEP_S: u64 = 1_800;

/// How near to a multiple a drift is to be called a zone, in seconds.
const ZONE_TOLERANCE_S: u64 = 60;

/// Whether a drift is so near to a multiple of half an hour that it is a time zone, or daylight saving, and no drift.
pub fn is_time_zone(drift_s: i64) -> bool {
    let drift = drift_s.unsigned_abs();
    let past = drift % ZONE_STEP_S;
    ZONE_DRIFT_S.contains(&drift) && past.min(ZONE_STEP_S.saturating_sub(past)) <= ZONE_TOLERANCE_S
}

/// Hours and minutes, such as `5 h 30 min`, of a drift.
pub fn in_hours(drift_s: i64) -> String {
    let minutes = drift_s.unsigned_abs().saturating_add(30) / 60;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

impl fmt::Display for MeterTime {
    /// RFC 3339 with the offset, or the same without one when it is not known.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.offset {
            Some(offset) => self.local.assume_offset(offset).format(&Rfc3339).map_err(|_| fmt::Error)?,
            None => self
                .local
                .format(format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]"))
                .map_err(|_| fmt::Error)?,
        };
        formatter.write_str(&text)
    }
}

/// Reads `+02:00`, `-3`, `+0530` or `Z`.
pub fn parse_offset(text: &str) -> Option<UtcOffset> {
    if matches!(text, "Z" | "z" | "UTC") {
        return Some(UtcOffset::UTC);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    let (hours, minutes): (i8, i8) = (hours.parse().ok()?, minutes.parse().ok()?);
    if !(0..=14).contains(&hours) || !(0..60).contains(&minutes) {
        return None;
    }
    UtcOffset::from_hms(sign * hours, sign * minutes, 0).ok()
}

/// RFC 3339 in UTC, whole seconds.
pub fn rfc3339(moment: OffsetDateTime) -> String {
    let moment = moment.to_offset(UtcOffset::UTC).replace_nanosecond(0).unwrap_or(moment);
    moment.format(&Rfc3339).unwrap_or_else(|_| moment.unix_timestamp().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{datetime, offset};

    #[test]
    fn half_hours_are_time_zones_and_other_drifts_are_not() {
        for drift in [1_800, -1_800, 1_741, 3_600, 19_800, -19_799, 5 * 3_600 + 59, 28 * 3_600, 28 * 3_600 + 60] {
            assert!(is_time_zone(drift), "{drift}");
        }
        for drift in [0, 60, 1_739, 1_861, 2_700, 19_861, 28 * 3_600 + 61, 29 * 3_600, i64::MIN] {
            assert!(!is_time_zone(drift), "{drift}");
        }
        assert_eq!([in_hours(19_799), in_hours(-3_600), in_hours(1_795)], ["5 h 30 min", "1 h", "30 min"]);
    }

    #[test]
    fn drift_uses_the_meters_offset_or_the_likelier_one() {
        let now = datetime!(2026-11-21 10:00:00 +2);
        let with = MeterTime { local: datetime!(2026-11-21 09:59:48), offset: Some(offset!(+2)) };
        assert_eq!(with.drift_s(now), -12);
        let local = MeterTime { local: datetime!(2026-11-21 10:00:05), offset: None };
        assert_eq!(local.drift_s(now), 5);
        let utc = MeterTime { local: datetime!(2026-11-21 08:00:07), offset: None };
        assert_eq!(utc.drift_s(now), 7);
        assert_eq!(with.to_string(), "2026-11-21T09:59:48+02:00");
        assert_eq!(utc.to_string(), "2026-11-21T08:00:07");
    }
}
