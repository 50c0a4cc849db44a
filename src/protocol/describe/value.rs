//! Values as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::hex;
use crate::protocol::dlms::{Data, DateTime, ObisCode};
use crate::protocol::redaction::HIDDEN;

/// A value on lines, containers indented, each with its type.
pub fn data_to_text(data: &Data) -> String {
    let mut text = String::new();
    write_value(data, 0, &mut text);
    text
}

fn write_value(data: &Data, depth: usize, text: &mut String) {
    let name = data.type_name();
    let Some(elements) = data.as_elements() else {
        let _ = match plain(data) {
            value if value.is_empty() => write!(text, "{name}"),
            value => write!(text, "{name} {value}"),
        };
        return;
    };
    let _ = write!(text, "{name} of {}", elements.len());
    for element in elements {
        let _ = write!(text, "\n{}", "  ".repeat(depth.saturating_add(1)));
        write_value(element, depth.saturating_add(1), text);
    }
}

fn plain(data: &Data) -> String {
    match data {
        Data::Null | Data::DontCare => String::new(),
        Data::Boolean(value) => value.to_string(),
        Data::BitString(bits) => bits.to_string(),
        Data::OctetString(octets) => octets_text(octets),
        Data::VisibleString(octets) | Data::Utf8String(octets) if token_end(octets).is_some() => octets_text(octets),
        Data::VisibleString(octets) | Data::Utf8String(octets) => {
            format!("\"{}\"", String::from_utf8_lossy(octets).escape_debug())
        }
        Data::DateTime(octets) => DateTime(*octets).to_string(),
        Data::Date(octets) => hex::encode_spaced(octets),
        Data::Time(octets) => hex::encode_spaced(octets),
        Data::Float32(value) => value.to_string(),
        Data::Float64(value) => value.to_string(),
        Data::Bcd(value) => format!("{value:02x}"),
        other => other.as_i128().map(|number| number.to_string()).unwrap_or_default(),
    }
}

/// Digits of a token.
const TOKEN: usize = 20;

/// The last four digits of what looks like a token: twenty digits, or hidden octets before the last four.
fn token_end(octets: &[u8]) -> Option<&str> {
    let (front, end) = octets.split_last_chunk::<4>().filter(|_| octets.len() == TOKEN)?;
    let hidden = front.iter().all(|octet| octet.is_ascii_digit() || *octet == HIDDEN);
    std::str::from_utf8(end).ok().filter(|end| hidden && end.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Octets in hex, and what they may also mean: text, a name, a date-time. Of a token only the end is told.
fn octets_text(octets: &[u8]) -> String {
    if let Some(end) = token_end(octets) {
        return format!("token …{end}");
    }
    let mut text = hex::encode_spaced(octets);
    if !octets.is_empty() && octets.iter().all(|octet| octet.is_ascii_graphic() || *octet == b' ') {
        let _ = write!(text, " \"{}\"", String::from_utf8_lossy(octets).escape_debug());
    } else if let Ok(name) = <[u8; 6]>::try_from(octets) {
        let _ = write!(text, " ({})", ObisCode(name));
    } else if let Some(time) = <[u8; 12]>::try_from(octets).ok().map(DateTime).filter(|time| time.local().is_some()) {
        let _ = write!(text, " ({time})");
    }
    text
}

/// A value as `{"type":…,"value":…}`: numbers as numbers, octets in hex, containers as arrays.
pub fn data_to_json(data: &Data) -> Value {
    let value = match data {
        Data::Null | Data::DontCare => Value::Null,
        Data::Array(elements) | Data::Structure(elements) | Data::CompactArray { rows: elements, .. } => {
            Value::Array(elements.iter().map(data_to_json).collect())
        }
        Data::Boolean(value) => json!(value),
        Data::Float32(value) => json!(value),
        Data::Float64(value) => json!(value),
        Data::OctetString(octets) => match token_end(octets) {
            Some(end) => json!(format!("token …{end}")),
            None => json!(hex::encode(octets)),
        },
        Data::UInt64(value) => json!(value),
        other => match other.as_i128().and_then(|number| i64::try_from(number).ok()) {
            Some(number) => json!(number),
            None => json!(other.as_text().map_or_else(|| plain(other), std::borrow::Cow::into_owned)),
        },
    };
    json!({ "type": data.type_name(), "value": value })
}
