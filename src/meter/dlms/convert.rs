//! COSEM values in the meter's terms.

use time::{Date, Month, PrimitiveDateTime, Time, UtcOffset};

use super::unit;
use crate::meter::time::MeterTime;
use crate::meter::value::Value;

/// Deviation that means "not given".
const DEVIATION_UNKNOWN: i16 = i16::MIN;

/// The time in a COSEM date-time of twelve octets, or `None` when a part of it down to the minute is left open.
pub fn time(value: &Value) -> Option<MeterTime> {
    match value {
        Value::Time(time) => Some(*time),
        Value::Octets(octets) => time_of_octets(octets),
        _ => None,
    }
}

/// As [`time`], from the octets: year (2, high first), month, day, weekday, hour, minute, second, hundredths,
/// deviation (2, minutes from local time to UTC), status; FF for a part not given.
pub fn time_of_octets(octets: &[u8]) -> Option<MeterTime> {
    let [year_high, year_low, month, day, _, hour, minute, second, _, deviation_high, deviation_low, _] = *octets
    else {
        return None;
    };
    let year = i32::from(u16::from_be_bytes([year_high, year_low]));
    let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
    let time = Time::from_hms(hour, minute, if second == 0xFF { 0 } else { second }).ok()?;
    let deviation = i16::from_be_bytes([deviation_high, deviation_low]);
    let offset = (deviation != DEVIATION_UNKNOWN)
        .then(|| UtcOffset::from_whole_seconds(i32::from(deviation).checked_mul(-60)?).ok())
        .flatten();
    Some(MeterTime { local: PrimitiveDateTime::new(date, time), offset })
}

/// A time as the twelve octets of COSEM; weekday Monday 1 to Sunday 7, hundredths 0, status as given.
pub fn octets_of_time(time: MeterTime, status: u8) -> [u8; 12] {
    let (date, clock) = (time.local.date(), time.local.time());
    let [year_high, year_low] = u16::try_from(date.year()).unwrap_or(u16::MAX).to_be_bytes();
    let deviation = time.offset.map_or(DEVIATION_UNKNOWN, |offset| -offset.whole_minutes());
    let [deviation_high, deviation_low] = deviation.to_be_bytes();
    [
        year_high,
        year_low,
        u8::from(date.month()),
        date.day(),
        date.weekday().number_from_monday(),
        clock.hour(),
        clock.minute(),
        clock.second(),
        0,
        deviation_high,
        deviation_low,
        status,
    ]
}

/// What the meter says against its clock: bit 0 invalid, bit 1 doubtful of the status octet; FF says nothing.
pub fn clock_flags(value: &Value) -> Vec<String> {
    let status = match value {
        Value::Octets(octets) => octets.get(11).copied().unwrap_or(0xFF),
        _ => 0xFF,
    };
    if status == 0xFF {
        return Vec::new();
    }
    [(0u8, "invalid"), (1, "doubtful")]
        .into_iter()
        .filter(|(bit, _)| status >> bit & 1 == 1)
        .map(|(_, word)| word.to_owned())
        .collect()
}

/// Scaler and unit symbol of a register's third attribute.
pub fn scaler_unit(value: &Value) -> Option<(i8, &'static str)> {
    let [scaler, unit, ..] = value.parts() else { return None };
    let unit = u8::try_from(unit.as_integer()?).ok()?;
    Some((i8::try_from(scaler.as_integer()?).ok()?, unit::symbol(unit)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{datetime, offset};

    #[test]
    fn times_go_both_ways_and_open_parts_are_no_time() {
        let octets = [0x07, 0xEA, 11, 21, 6, 8, 30, 15, 0, 0xFF, 0x88, 0];
        let time = time_of_octets(&octets).unwrap();
        assert_eq!(time, MeterTime { local: datetime!(2026-11-21 08:30:15), offset: Some(offset!(+2)) });
        assert_eq!(octets_of_time(time, 0), octets);
        let unknown = [0x07, 0xEA, 11, 21, 0xFF, 8, 30, 0xFF, 0xFF, 0x80, 0, 0xFF];
        assert_eq!(time_of_octets(&unknown).unwrap().offset, None);
        assert_eq!(time_of_octets(&[0xFF; 12]), None);
        assert_eq!(time_of_octets(&[0; 11]), None);
    }

    #[test]
    fn flags_are_those_of_the_status_octet() {
        let with = |status: u8| clock_flags(&Value::Octets([[0u8; 11].as_slice(), &[status]].concat()));
        assert_eq!(with(3), ["invalid", "doubtful"]);
        assert!(with(0xFF).is_empty() && with(0x80).is_empty());
    }
}
