//! The token identifier: minutes since a base date (IEC 62055-41 clause 6.3.5).

use std::fmt;

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime, UtcOffset};

use super::error::FieldError;
use super::parameters::BaseDate;

/// Number of token identifiers of one base date: 2^24.
pub const TID_COUNT: u32 = 1 << 24;

/// Minute of every day that is kept for special-purpose tokens: 00:01.
const RESERVED_MINUTE_OF_DAY: u32 = 1;

const MINUTES_A_DAY: u32 = 24 * 60;

/// A token identifier: 24 bits, whole minutes since a base date, counted in UTC.
///
/// Editions of the standard before 2018 counted local time, so a date made from a TID may be off by the offset of
/// the vending system; the meter's rules compare numbers and do not care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub struct Tid(u32);

impl Tid {
    /// From minutes since the base date.
    ///
    /// # Errors
    /// A number of 2^24 or more.
    pub fn new(minutes: u32) -> Result<Self, FieldError> {
        if minutes < TID_COUNT {
            Ok(Tid(minutes))
        } else {
            Err(FieldError::new(
                "TID",
                &minutes.to_string(),
                "a token identifier is below 16777216",
                "use a later base date",
            ))
        }
    }

    /// From the low 24 bits of a token field.
    pub const fn from_field(bits: u32) -> Self {
        Tid(bits & (TID_COUNT - 1))
    }

    /// The minute of `time`, seconds dropped.
    ///
    /// # Errors
    /// A time before the base date or after its last minute.
    pub fn at(time: OffsetDateTime, base: BaseDate) -> Result<Self, FieldError> {
        let time = time.to_offset(UtcOffset::UTC);
        let minutes = (time - base.start()).whole_seconds().div_euclid(60);
        u32::try_from(minutes).ok().filter(|minutes| *minutes < TID_COUNT).map(Tid).ok_or_else(|| {
            FieldError::new(
                "time",
                &format!("{} {:02}:{:02} UTC", time.date(), time.hour(), time.minute()),
                format!("it is outside the 24 bits counted from {base}"),
                "choose the base date whose 31.9 years hold the time",
            )
        })
    }

    /// Minutes since the base date.
    pub const fn minutes(self) -> u32 {
        self.0
    }

    /// The minute as a time.
    pub fn time(self, base: BaseDate) -> OffsetDateTime {
        base.start() + Duration::minutes(i64::from(self.0))
    }

    /// Whether this is the minute 00:01 of a day, kept for special-purpose tokens. Ordinary issue in that minute
    /// takes the next one.
    pub const fn is_reserved(self) -> bool {
        self.0 % MINUTES_A_DAY == RESERVED_MINUTE_OF_DAY
    }

    /// The TID an ordinary token issued in this minute carries: this one, or the next when this is reserved.
    ///
    /// # Errors
    /// The end of the base date.
    pub fn for_ordinary_issue(self) -> Result<Self, FieldError> {
        if self.is_reserved() { self.next() } else { Ok(self) }
    }

    /// The following TID, for a further token of one meter in one minute.
    ///
    /// # Errors
    /// The end of the base date.
    pub fn next(self) -> Result<Self, FieldError> {
        Tid::new(self.0 + 1)
    }
}

impl fmt::Display for Tid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

impl TryFrom<u32> for Tid {
    type Error = FieldError;

    fn try_from(minutes: u32) -> Result<Self, FieldError> {
        Tid::new(minutes)
    }
}

impl From<Tid> for u32 {
    fn from(tid: Tid) -> u32 {
        tid.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn minutes_and_times() {
        let tid = Tid::new(1_698_595).unwrap();
        assert_eq!(tid.time(BaseDate::Base1993), datetime!(1996-03-25 13:55 UTC));
        assert_eq!(Tid::at(datetime!(1996-03-25 13:55:59 UTC), BaseDate::Base1993).unwrap(), tid);
        // The association's page prints 3148437 beside this TID; the date it gives is that of C02A55.
        assert_eq!(Tid::new(0xC0_2A55).unwrap().time(BaseDate::Base1993), datetime!(2016-12-11 15:49 UTC));
    }

    #[test]
    fn last_minutes_of_the_base_dates() {
        let last = Tid::from_field(u32::MAX);
        assert_eq!(last.time(BaseDate::Base1993), datetime!(2024-11-24 20:15 UTC));
        assert_eq!(last.time(BaseDate::Base2014), datetime!(2045-11-24 20:15 UTC));
        assert_eq!(last.time(BaseDate::Base2035), datetime!(2066-11-24 20:15 UTC));
        assert!(last.next().is_err());
        assert!(Tid::at(datetime!(2024-11-24 20:16 UTC), BaseDate::Base1993).is_err());
        assert!(Tid::at(datetime!(2013-12-31 23:59:59 UTC), BaseDate::Base2014).is_err());
    }

    #[test]
    fn the_minute_after_midnight_is_reserved() {
        let tid = Tid::at(datetime!(2020-05-05 00:01 UTC), BaseDate::Base2014).unwrap();
        assert!(tid.is_reserved());
        assert_eq!(tid.for_ordinary_issue().unwrap().minutes(), tid.minutes() + 1);
        let noon = Tid::at(datetime!(2020-05-05 12:01 UTC), BaseDate::Base2014).unwrap();
        assert_eq!(noon.for_ordinary_issue().unwrap(), noon);
    }
}
