//! A clock in registers, in the forms makers use.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use crate::meter::MeterTime;
use crate::meter::profile::modbus::{ClockForm, ClockPart, ClockPlace};

/// Two-digit years are of this century.
const CENTURY: i32 = 2_000;

/// The meter's time, or `None` when the registers hold no date.
pub fn decode(place: &ClockPlace, registers: &[u16]) -> Option<MeterTime> {
    if place.form == ClockForm::UnixSeconds {
        let [high, low] = *registers.first_chunk::<2>()?;
        let seconds = i64::from(high) << 16 | i64::from(low);
        let moment = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        let local = PrimitiveDateTime::new(moment.date(), moment.time());
        return Some(MeterTime { local, offset: Some(UtcOffset::UTC) });
    }
    let numbers: Vec<u16> = match place.form {
        ClockForm::Octets => registers.iter().flat_map(|register| register.to_be_bytes()).map(u16::from).collect(),
        ClockForm::Registers | ClockForm::UnixSeconds => registers.to_vec(),
    };
    let part = |wanted: ClockPart| {
        let index = place.parts.iter().position(|part| *part == wanted)?;
        let number = *numbers.get(index)?;
        if place.bcd { from_bcd(number) } else { Some(number) }
    };
    let small = |wanted: ClockPart| u8::try_from(part(wanted)?).ok();
    let year = i32::from(part(ClockPart::Year)?);
    let year = if year < 100 { CENTURY.saturating_add(year) } else { year };
    let month = Month::try_from(small(ClockPart::Month)?).ok()?;
    let date = Date::from_calendar_date(year, month, small(ClockPart::Day)?).ok()?;
    let second = if place.parts.contains(&ClockPart::Second) { small(ClockPart::Second)? } else { 0 };
    let time = Time::from_hms(small(ClockPart::Hour)?, small(ClockPart::Minute)?, second).ok()?;
    Some(MeterTime { local: PrimitiveDateTime::new(date, time), offset: None })
}

/// The registers of `time`; `year_in_full` as the meter has it now.
pub fn encode(place: &ClockPlace, time: MeterTime, year_in_full: bool) -> Vec<u16> {
    let (date, clock) = (time.local.date(), time.local.time());
    if place.form == ClockForm::UnixSeconds {
        let seconds = time.local.assume_offset(time.offset.unwrap_or(UtcOffset::UTC)).unix_timestamp();
        let seconds = u32::try_from(seconds).unwrap_or_default();
        return [seconds >> 16, seconds & 0xFFFF].map(|half| u16::try_from(half).unwrap_or_default()).to_vec();
    }
    let number = |part: &ClockPart| {
        let number = match part {
            ClockPart::Year if year_in_full => u16::try_from(date.year()).unwrap_or_default(),
            ClockPart::Year => u16::try_from(date.year().rem_euclid(100)).unwrap_or_default(),
            ClockPart::Month => u16::from(u8::from(date.month())),
            ClockPart::Day => u16::from(date.day()),
            ClockPart::Hour => u16::from(clock.hour()),
            ClockPart::Minute => u16::from(clock.minute()),
            ClockPart::Second => u16::from(clock.second()),
            ClockPart::Unused => 0,
        };
        if place.bcd { to_bcd(number) } else { number }
    };
    let numbers: Vec<u16> = place.parts.iter().map(number).collect();
    if place.form == ClockForm::Registers {
        return numbers;
    }
    let pairs = numbers.chunks(2).map(|pair| match pair {
        [high, low] => high << 8 | (low & 0xFF),
        [high] => high << 8,
        _ => 0,
    });
    pairs.collect()
}

/// Whether the meter keeps the year with its century.
pub fn has_full_year(place: &ClockPlace, registers: &[u16]) -> bool {
    let index = place.parts.iter().position(|part| *part == ClockPart::Year);
    place.form == ClockForm::Registers
        && index.and_then(|index| registers.get(index)).is_some_and(|year| *year >= if place.bcd { 0x100 } else { 100 })
}

fn from_bcd(number: u16) -> Option<u16> {
    [12, 8, 4, 0].into_iter().try_fold(0u16, |value, shift| {
        let digit = number >> shift & 15;
        (digit <= 9).then(|| value.saturating_mul(10).saturating_add(digit))
    })
}

fn to_bcd(number: u16) -> u16 {
    [1_000, 100, 10, 1].into_iter().fold(0, |value, unit| value << 4 | (number / unit % 10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ClockPart::{Day, Hour, Minute, Month, Second, Unused, Year};
    use time::macros::datetime;

    fn both_ways(form: ClockForm, parts: &[ClockPart], bcd: bool, full: bool) -> Vec<u16> {
        let place = ClockPlace { register: 0, form, parts: parts.to_vec(), bcd };
        let offset = (form == ClockForm::UnixSeconds).then_some(UtcOffset::UTC);
        let time = MeterTime { local: datetime!(2026-11-21 04:05:59), offset };
        let registers = encode(&place, time, full);
        assert_eq!(decode(&place, &registers), Some(time), "{form:?} {parts:?}");
        assert_eq!(usize::from(place.registers()), registers.len());
        assert_eq!(has_full_year(&place, &registers), full);
        registers
    }

    #[test]
    fn every_form() {
        let all = [Year, Month, Day, Hour, Minute, Second];
        assert_eq!(both_ways(ClockForm::Registers, &all, false, true), [2026, 11, 21, 4, 5, 59]);
        assert_eq!(both_ways(ClockForm::Registers, &all, true, true)[0], 0x2026);
        let packed = both_ways(ClockForm::Octets, &[Second, Minute, Hour, Unused, Day, Month, Year], true, false);
        assert_eq!(packed, [0x5905, 0x0400, 0x2111, 0x2600]);
        both_ways(ClockForm::UnixSeconds, &[], false, false);
    }

    #[test]
    fn what_is_no_date_is_none() {
        let place = ClockPlace {
            register: 0,
            form: ClockForm::Registers,
            parts: vec![Year, Month, Day, Hour, Minute],
            bcd: false,
        };
        assert_eq!(decode(&place, &[2026, 13, 1, 0, 0]), None);
        assert_eq!(decode(&place, &[2026]), None);
    }
}
