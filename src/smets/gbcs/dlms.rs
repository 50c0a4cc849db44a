//! Access responses of electricity meters and hubs (DLMS ACCESS service).

use super::payload::{ItemResult, NamedValue, Outcome, Payload, log_entry};
use crate::protocol::dlms::Cursor;
use crate::protocol::dlms::Data;
use crate::protocol::dlms::DataAccessResult;
use crate::smets::identifier::Eui64;

/// Firmware version of an electricity meter.
const FIRMWARE: u16 = 0x0059;
/// Supply state of an electricity meter.
const SUPPLY_STATE: u16 = 0x0052;
/// Event, security, power, load-switch and billing logs.
const LOGS: [u16; 7] = [0x0048, 0x0049, 0x0093, 0x0094, 0x00b9, 0x00ba, 0x00fd];
/// Device log of a hub: one row a device, its ID first.
const DEVICE_LOGS: [u16; 2] = [0x0004, 0x010f];

/// Reads the answer behind its tag: invoke ID, date, no request list, n values, n results.
pub(super) fn access_response(code: u16, bytes: &[u8]) -> Payload {
    match read(bytes) {
        Some((values, results)) => summary(code, &values, results),
        None => Payload::only(Outcome::NotRead),
    }
}

/// Service (1 get, 2 set, 3 action) and result of each part.
type Results = Vec<(u8, u8)>;

fn read(bytes: &[u8]) -> Option<(Vec<Data>, Results)> {
    let mut cursor = Cursor::new(bytes);
    cursor.take(4).ok()?;
    let date = usize::from(cursor.u8().ok()?);
    cursor.take(date).ok()?;
    if cursor.u8().ok()? != 0 {
        return None;
    }
    let count = cursor.length().ok()?;
    let mut values = Vec::new();
    for _ in 0..count {
        values.push(Data::decode(&mut cursor).ok()?);
    }
    if cursor.length().ok()? != count || cursor.remaining() != count.checked_mul(2)? {
        return None;
    }
    let mut results = Vec::new();
    for _ in 0..count {
        results.push((cursor.u8().ok()?, cursor.u8().ok()?));
    }
    Some((values, results))
}

fn summary(code: u16, values: &[Data], results: Results) -> Payload {
    let mut payload = Payload::only(Outcome::Done);
    for (item, (service, result)) in (1..).zip(results) {
        if result == 0 {
            continue;
        }
        payload.outcome = Outcome::Refused;
        payload.results.push(ItemResult {
            item,
            part: match service {
                1 => "get".to_owned(),
                2 => "set".to_owned(),
                3 => "action".to_owned(),
                other => format!("service {other}"),
            },
            code: format!("{result:02X}"),
            meaning: DataAccessResult::from_number(result).to_string(),
            refused: true,
        });
    }
    let first = values.first();
    match (code, first) {
        (FIRMWARE, Some(Data::OctetString(version))) if version.len() == 4 => {
            let value = crate::hex::encode(version).to_uppercase();
            payload.values.push(NamedValue { name: "firmware_version", value });
        }
        (SUPPLY_STATE, Some(Data::Enum(state))) => {
            let value = match state {
                0 => "disabled",
                1 => "enabled",
                2 => "armed",
                _ => "not known",
            };
            payload.values.push(NamedValue { name: "supply_state", value: value.to_owned() });
        }
        (code, Some(rows)) if LOGS.contains(&code) => {
            let entry = |row: &Data| match row.as_elements()? {
                [Data::UInt32(seconds), Data::UInt16(code), ..] => Some(log_entry(*seconds, *code)),
                _ => None,
            };
            payload.log = rows.as_elements().unwrap_or_default().iter().filter_map(entry).collect();
        }
        (code, Some(rows)) if DEVICE_LOGS.contains(&code) => {
            let device = |row: &Data| match row.as_elements()? {
                [Data::OctetString(id), ..] => Some(Eui64(id.as_slice().try_into().ok()?).to_string()),
                _ => None,
            };
            let devices = rows.as_elements().unwrap_or_default().iter().filter_map(device);
            payload.values.extend(devices.map(|value| NamedValue { name: "device", value }));
        }
        _ => {}
    }
    payload
}
