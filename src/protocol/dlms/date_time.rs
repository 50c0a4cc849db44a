//! The 12 octets of a COSEM date-time.

use std::fmt;

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use super::data::Data;

/// Date and time as a meter gives them: year (2), month, day of month, day of week, hour, minute, second,
/// hundredths, deviation (2, minutes), status. FF (FFFF, 8000) means not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateTime(pub [u8; 12]);

const DEVIATION_UNKNOWN: i16 = i16::MIN;
const STATUS_DAYLIGHT_SAVING: u8 = 0x80;
const STATUS_INVALID: u8 = 0x01;
const STATUS_DOUBTFUL: u8 = 0x02;

impl DateTime {
    /// Nothing given at all.
    pub const UNSPECIFIED: DateTime = DateTime([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0, 0xFF]);

    /// Reads a date-time, or an octet string of 12 octets.
    pub fn from_data(data: &Data) -> Option<Self> {
        match data {
            Data::DateTime(octets) => Some(DateTime(*octets)),
            Data::OctetString(octets) => octets.as_slice().try_into().ok().map(DateTime),
            _ => None,
        }
    }

    /// The local time `local`, with the deviation not given.
    pub fn from_local(local: PrimitiveDateTime) -> Self {
        DateTime::build(local, DEVIATION_UNKNOWN)
    }

    /// The time of `moment` in its own offset; the deviation is the negative of the offset, so that local plus
    /// deviation is UTC.
    pub fn from_offset(moment: OffsetDateTime) -> Self {
        let local = PrimitiveDateTime::new(moment.date(), moment.time());
        DateTime::build(local, moment.offset().whole_minutes().saturating_neg())
    }

    fn build(local: PrimitiveDateTime, deviation: i16) -> Self {
        let [year_high, year_low] = u16::try_from(local.year()).unwrap_or(u16::MAX).to_be_bytes();
        let [deviation_high, deviation_low] = deviation.to_be_bytes();
        DateTime([
            year_high,
            year_low,
            local.month().into(),
            local.day(),
            local.weekday().number_from_monday(),
            local.hour(),
            local.minute(),
            local.second(),
            0,
            deviation_high,
            deviation_low,
            0,
        ])
    }

    /// The local time as given; `None` when date, hour, minute or second is missing or impossible.
    pub fn local(self) -> Option<PrimitiveDateTime> {
        let [year_high, year_low, month, day, _, hour, minute, second, ..] = self.0;
        let year = i32::from(u16::from_be_bytes([year_high, year_low]));
        let month = Month::try_from(month).ok()?;
        let date = Date::from_calendar_date(year, month, day).ok().filter(|_| year != 0xFFFF)?;
        Some(PrimitiveDateTime::new(date, Time::from_hms(hour, minute, second).ok()?))
    }

    /// Minutes to add to local time for UTC, as the meter states them; makers differ in the sign.
    pub fn deviation_minutes(self) -> Option<i16> {
        let [.., high, low, _] = self.0;
        Some(i16::from_be_bytes([high, low])).filter(|&deviation| deviation != DEVIATION_UNKNOWN)
    }

    /// The moment in UTC by the standard's sign of the deviation; `None` without date, time or deviation.
    pub fn to_utc(self) -> Option<OffsetDateTime> {
        let deviation = i32::from(self.deviation_minutes()?);
        let offset = UtcOffset::from_whole_seconds(deviation.checked_mul(-60)?).ok()?;
        Some(self.local()?.assume_offset(offset).to_offset(UtcOffset::UTC))
    }

    /// The status octet; `None` when not given.
    pub fn status(self) -> Option<u8> {
        let [.., status] = self.0;
        Some(status).filter(|&status| status != 0xFF)
    }

    /// Whether daylight saving is in force.
    pub fn is_daylight_saving(self) -> bool {
        self.status().is_some_and(|status| status & STATUS_DAYLIGHT_SAVING != 0)
    }

    /// Whether the meter itself says that its time is invalid or doubtful.
    pub fn is_doubtful(self) -> bool {
        self.status().is_some_and(|status| status & (STATUS_INVALID | STATUS_DOUBTFUL) != 0)
    }

    /// As a value for SET: an octet string of 12 octets.
    pub fn to_data(self) -> Data {
        Data::OctetString(self.0.to_vec())
    }
}

/// `2026-01-02 03:04:05`, with `*` for what is not given, and the deviation where there is one.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [year_high, year_low, month, day, _, hour, minute, second, ..] = self.0;
        match u16::from_be_bytes([year_high, year_low]) {
            0xFFFF => f.write_str("****")?,
            year => write!(f, "{year:04}")?,
        }
        for (before, part) in ["-", "-", " ", ":", ":"].into_iter().zip([month, day, hour, minute, second]) {
            match part {
                0xFF => write!(f, "{before}**")?,
                part => write!(f, "{before}{part:02}")?,
            }
        }
        self.deviation_minutes().map_or(Ok(()), |minutes| write!(f, " deviation {minutes:+} min"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn local_time_and_utc() {
        let moment = datetime!(2026-01-02 03:04:05 +02:00);
        let meter = DateTime::from_offset(moment);
        assert_eq!(meter.0, [0x07, 0xEA, 1, 2, 5, 3, 4, 5, 0, 0xFF, 0x88, 0]);
        assert_eq!(meter.local(), Some(datetime!(2026-01-02 03:04:05)));
        assert_eq!(meter.to_utc(), Some(moment));
        assert_eq!(meter.to_string(), "2026-01-02 03:04:05 deviation -120 min");
    }

    #[test]
    fn what_is_not_given_stays_so() {
        assert_eq!(DateTime::UNSPECIFIED.local(), None);
        assert_eq!(DateTime::UNSPECIFIED.to_string(), "****-**-** **:**:**");
        let local = DateTime::from_local(datetime!(2026-01-02 03:04:05));
        assert_eq!((local.deviation_minutes(), local.to_utc()), (None, None));
        assert_eq!(DateTime([0; 12]).local(), None);
        assert_eq!(DateTime([0xFF; 12]).to_utc(), None);
    }
}
