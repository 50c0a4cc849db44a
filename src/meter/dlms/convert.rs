//! COSEM values in the meter's terms.

use time::{OffsetDateTime, UtcOffset};

use crate::meter::time::MeterTime;
use crate::meter::value::Value;
use crate::protocol::dlms::{Data, DateTime, ScalerUnit, Unit};

/// A value as any driver gives it. Octet strings that read as text are text.
pub fn value(data: &Data) -> Value {
    let list = |parts: &[Data]| Value::List(parts.iter().map(value).collect());
    match data {
        Data::Null | Data::DontCare => Value::Null,
        Data::Boolean(flag) => Value::Boolean(*flag),
        Data::Array(parts) | Data::Structure(parts) => list(parts),
        Data::CompactArray { rows, .. } => list(rows),
        Data::BitString(bits) => Value::Bits(bits.iter().collect()),
        Data::OctetString(octets) => Value::from_octets(octets),
        Data::VisibleString(octets) | Data::Utf8String(octets) => {
            Value::Text(String::from_utf8_lossy(octets).trim_end_matches(['\0', ' ']).to_owned())
        }
        Data::Float32(number) => Value::Real(f64::from(*number)),
        Data::Float64(number) => Value::Real(*number),
        Data::DateTime(octets) => moment(DateTime(*octets)),
        Data::Date([high, low, month, day, _]) => {
            let year = u16::from_be_bytes([*high, *low]);
            Value::Partial(format!(
                "{}-{}-{}",
                part(year, 0xFFFF),
                part(u16::from(*month), 0xFF),
                part(u16::from(*day), 0xFF)
            ))
        }
        Data::Time([hour, minute, second, _]) => {
            let [hour, minute, second] = [hour, minute, second].map(|field| part(u16::from(*field), 0xFF));
            Value::Partial(format!("{hour}:{minute}:{second}"))
        }
        other => other.as_i128().map_or(Value::Null, Value::Integer),
    }
}

fn part(field: u16, open: u16) -> String {
    if field == open { "*".to_owned() } else { format!("{field:02}") }
}

/// A date-time as a value: a time when it is whole, words when parts are left open.
pub fn moment(time: DateTime) -> Value {
    meter_time(time).map_or_else(|| Value::Partial(time.to_string()), Value::Time)
}

/// As [`value`], for an attribute that holds a date-time in an octet string.
pub fn value_of_time(data: &Data) -> Value {
    DateTime::from_data(data).map_or_else(|| value(data), moment)
}

/// A whole date-time; seconds left open count as 0.
pub fn meter_time(time: DateTime) -> Option<MeterTime> {
    let mut octets = time.0;
    let [.., second, _, _, _, _] = &mut octets;
    if *second == 0xFF {
        *second = 0;
    }
    let local = DateTime(octets).local()?;
    let offset = time.deviation_minutes().and_then(|minutes| {
        // Deviation is what must be added to local time for UTC.
        UtcOffset::from_whole_seconds(i32::from(minutes).checked_mul(-60)?).ok()
    });
    Some(MeterTime { local, offset })
}

/// `now` as wall time of `wall`, with the deviation as the meter has it: that of `told`, its own offset by the sign of
/// the standard, or none.
pub fn cosem_time(now: OffsetDateTime, told: Option<UtcOffset>, wall: UtcOffset) -> (DateTime, MeterTime) {
    let local = now.to_offset(wall);
    let local = local.replace_nanosecond(0).unwrap_or(local);
    let wall = time::PrimitiveDateTime::new(local.date(), local.time());
    let time = told.map_or(DateTime::from_local(wall), |told| DateTime::from_offset(wall.assume_offset(told)));
    (time, MeterTime { local: wall, offset: told })
}

/// What the meter says against its clock: bit 0 of the status invalid, bit 1 doubtful.
pub fn clock_flags(time: DateTime) -> Vec<String> {
    let status = time.status().unwrap_or(0);
    let flags = [(0u8, "invalid"), (1, "doubtful")].into_iter().filter(|(bit, _)| status >> bit & 1 == 1);
    flags.map(|(_, word)| word.to_owned()).collect()
}

/// Scaler and unit symbol of a register's third attribute; `?` for a unit that is not in the table.
pub fn scaler_unit(data: &Data) -> Option<(i8, &'static str)> {
    let ScalerUnit { scaler, unit } = ScalerUnit::from_data(data)?;
    Some((scaler, symbol(unit)))
}

/// The symbol of a unit; empty for a plain number.
pub fn symbol(unit: Unit) -> &'static str {
    unit.symbol().unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{datetime, offset};

    #[test]
    fn times_go_both_ways_and_open_parts_are_no_time() {
        let octets = [0x07, 0xEA, 11, 21, 6, 8, 30, 15, 0, 0xFF, 0x88, 0];
        let time = meter_time(DateTime(octets)).unwrap();
        assert_eq!(time, MeterTime { local: datetime!(2026-11-21 08:30:15), offset: Some(offset!(+2)) });
        let (back, set) = cosem_time(datetime!(2026-11-21 06:30:15 UTC), time.offset, offset!(+2));
        assert_eq!((back.0, set), (octets, time));
        let unknown = [0x07, 0xEA, 11, 21, 0xFF, 8, 30, 0xFF, 0xFF, 0x80, 0, 0xFF];
        assert_eq!(meter_time(DateTime(unknown)).unwrap().offset, None);
        assert_eq!(meter_time(DateTime([0xFF; 12])), None);
        assert!(matches!(value_of_time(&Data::OctetString(vec![0xFF; 12])), Value::Partial(_)));
    }

    #[test]
    fn flags_are_those_of_the_status_octet() {
        let with = |status: u8| {
            let mut octets = [0u8; 12];
            octets[11] = status;
            clock_flags(DateTime(octets))
        };
        assert_eq!(with(3), ["invalid", "doubtful"]);
        assert!(with(0xFF).is_empty() && with(0x80).is_empty());
    }
}
