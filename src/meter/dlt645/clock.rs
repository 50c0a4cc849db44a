//! The clock in two items: date `WW DD MM YY` and time `ss mm hh`, each two BCD digits, in this order on the wire.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use crate::meter::MeterTime;
use crate::meter::status::ClockState;

/// Meters have two digits of the year and were not made before this century.
const CENTURY: i32 = 2_000;

/// The meter's time, or `None` when an item is missing or no date.
pub(super) fn from_items(date: Option<&Vec<u8>>, time: Option<&Vec<u8>>) -> Option<MeterTime> {
    let [_, day, month, year] = *date?.first_chunk::<4>()?;
    let [second, minute, hour] = *time?.first_chunk::<3>()?;
    Some(MeterTime { local: local_time([second, minute, hour, day, month, year])?, offset: None })
}

/// A time from `ss mm hh DD MM YY`, or `None` where that is none: zeros and FF are none.
pub(super) fn local_time([second, minute, hour, day, month, year]: [u8; 6]) -> Option<PrimitiveDateTime> {
    let month = Month::try_from(number(month)?).ok()?;
    let date = Date::from_calendar_date(CENTURY + i32::from(number(year)?), month, number(day)?).ok()?;
    let time = Time::from_hms(number(hour)?, number(minute)?, number(second)?).ok()?;
    Some(PrimitiveDateTime::new(date, time))
}

/// The clock's part of a status.
pub(super) fn state(meter: MeterTime, now: OffsetDateTime) -> ClockState {
    ClockState { meter: Some(meter.to_string()), drift_s: Some(meter.drift_s(now)), flags: Vec::new() }
}

/// Our own local time as a meter keeps it.
pub(super) fn local(now: OffsetDateTime) -> MeterTime {
    MeterTime { local: PrimitiveDateTime::new(now.date(), now.time()), offset: None }
}

/// `WW DD MM YY`; the week begins with Sunday as 0.
pub(super) fn date_octets(time: MeterTime) -> Vec<u8> {
    let date = time.local.date();
    let weekday = date.weekday().number_days_from_sunday();
    vec![pair(weekday), pair(date.day()), pair(u8::from(date.month())), year(date)]
}

/// `ss mm hh`.
pub(super) fn time_octets(time: MeterTime) -> Vec<u8> {
    let clock = time.local.time();
    vec![pair(clock.second()), pair(clock.minute()), pair(clock.hour())]
}

/// `ss mm hh DD MM YY`, as the broadcast and the expiry of an order have it.
pub(super) fn broadcast_octets(time: MeterTime) -> [u8; 6] {
    let (date, clock) = (time.local.date(), time.local.time());
    [
        pair(clock.second()),
        pair(clock.minute()),
        pair(clock.hour()),
        pair(date.day()),
        pair(u8::from(date.month())),
        year(date),
    ]
}

/// `mm hh DD MM YY`.
pub(super) fn minute_octets(local: PrimitiveDateTime) -> [u8; 5] {
    let [_, minute, hour, day, month, year] = broadcast_octets(MeterTime { local, offset: None });
    [minute, hour, day, month, year]
}

fn year(date: Date) -> u8 {
    pair(u8::try_from(date.year().rem_euclid(100)).unwrap_or_default())
}

fn pair(number: u8) -> u8 {
    (number / 10) << 4 | (number % 10)
}

fn number(pair: u8) -> Option<u8> {
    let (high, low) = (pair >> 4, pair & 15);
    (high <= 9 && low <= 9).then_some(high * 10 + low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn both_ways() {
        let time = MeterTime { local: datetime!(2026-11-21 04:05:59), offset: None };
        assert_eq!(date_octets(time), [0x06, 0x21, 0x11, 0x26]);
        assert_eq!(time_octets(time), [0x59, 0x05, 0x04]);
        assert_eq!(broadcast_octets(time), [0x59, 0x05, 0x04, 0x21, 0x11, 0x26]);
        assert_eq!(from_items(Some(&date_octets(time)), Some(&time_octets(time))), Some(time));
        assert_eq!(from_items(Some(&vec![0, 0x31, 0x02, 0x26]), Some(&vec![0, 0, 0])), None);
        assert_eq!(from_items(Some(&vec![0, 0x3A, 0x01, 0x26]), Some(&vec![0, 0, 0])), None);
    }
}
