//! Times as pairs of BCD digits.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// Two digits of the year stand for this century.
const CENTURY: i32 = 2_000;

fn pair(number: u8) -> u8 {
    (number / 10) << 4 | (number % 10)
}

fn number(pair: u8) -> Option<u8> {
    let (high, low) = (pair >> 4, pair & 15);
    (high <= 9 && low <= 9).then_some(high * 10 + low)
}

fn year(time: OffsetDateTime) -> u8 {
    pair(u8::try_from(time.year().rem_euclid(100)).unwrap_or_default())
}

/// `WW DD MM YY`, the week beginning with Sunday as 0.
pub(super) fn date_octets(time: OffsetDateTime) -> Vec<u8> {
    vec![time.weekday().number_days_from_sunday(), pair(time.day()), pair(time.month().into()), year(time)]
}

/// `ss mm hh`.
pub(super) fn time_octets(time: OffsetDateTime) -> Vec<u8> {
    vec![pair(time.second()), pair(time.minute()), pair(time.hour())]
}

/// `ss mm hh DD MM YY`.
pub(super) fn second_octets(time: OffsetDateTime) -> Vec<u8> {
    std::iter::once(pair(time.second())).chain(minute_octets(time)).collect()
}

/// `mm hh DD MM YY`.
pub(super) fn minute_octets(time: OffsetDateTime) -> Vec<u8> {
    vec![pair(time.minute()), pair(time.hour()), pair(time.day()), pair(time.month().into()), year(time)]
}

/// A date from `WW DD MM YY`.
pub(super) fn date(octets: &[u8]) -> Option<Date> {
    let [_, day, month, year] = <[u8; 4]>::try_from(octets).ok()?;
    let month = Month::try_from(number(month)?).ok()?;
    Date::from_calendar_date(CENTURY + i32::from(number(year)?), month, number(day)?).ok()
}

/// A time of day from `ss mm hh`.
pub(super) fn time_of_day(octets: &[u8]) -> Option<Time> {
    let [second, minute, hour] = <[u8; 3]>::try_from(octets).ok()?;
    Time::from_hms(number(hour)?, number(minute)?, number(second)?).ok()
}

/// An instant from `ss mm hh DD MM YY`.
pub(super) fn instant(octets: [u8; 6]) -> Option<OffsetDateTime> {
    let [second, minute, hour, day, month, year] = octets;
    let date = date(&[0, day, month, year])?;
    Some(PrimitiveDateTime::new(date, time_of_day(&[second, minute, hour])?).assume_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn both_ways() {
        let time = datetime!(2026-11-21 04:05:59 UTC);
        assert_eq!(date_octets(time), [0x06, 0x21, 0x11, 0x26]);
        assert_eq!(minute_octets(time), [0x05, 0x04, 0x21, 0x11, 0x26]);
        assert_eq!(instant([0x59, 0x05, 0x04, 0x21, 0x11, 0x26]), Some(time));
        assert_eq!(instant([0x99; 6]), None);
        assert_eq!(date(&[0, 0x31, 0x02, 0x26]), None);
        assert_eq!(time_of_day(&[0, 0x3A, 0]), None);
    }
}
