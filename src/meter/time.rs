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
