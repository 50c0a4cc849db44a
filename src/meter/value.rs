//! Values as any protocol gives them.

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::time::MeterTime;

/// A value read from a meter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i128),
    /// A number with a fraction.
    Real(f64),
    /// Text.
    Text(String),
    /// Octets that are no text.
    Octets(Vec<u8>),
    /// Bits, the first one first.
    Bits(Vec<bool>),
    /// A point in time.
    Time(MeterTime),
    /// A date or time of which parts are left open, or a date or time alone; in words.
    Partial(String),
    /// Several values.
    List(Vec<Value>),
}

impl Value {
    /// Octets as text when every one is printable ASCII (trailing zeros and blanks left out), else as they are.
    pub fn from_octets(octets: &[u8]) -> Self {
        let end = octets.iter().rposition(|octet| *octet != 0).map_or(0, |last| last + 1);
        let meat = octets.get(..end).unwrap_or_default();
        if !meat.is_empty() && meat.iter().all(|octet| (0x20..0x7F).contains(octet)) {
            Value::Text(String::from_utf8_lossy(meat).trim_end().to_owned())
        } else {
            Value::Octets(octets.to_vec())
        }
    }

    /// As a whole number: also text of digits.
    pub fn as_integer(&self) -> Option<i128> {
        match self {
            Value::Integer(number) => Some(*number),
            Value::Boolean(flag) => Some(i128::from(*flag)),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// As a number.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            // Registers of meters stay far below 2^53.
            Value::Integer(number) => Some(*number as f64),
            Value::Real(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }

    /// As text for people.
    pub fn as_text(&self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.clone()),
            Value::Integer(number) => Some(number.to_string()),
            Value::Octets(octets) if !octets.is_empty() => Some(crate::hex::encode(octets)),
            _ => None,
        }
    }

    /// As a yes or no.
    pub fn as_boolean(&self) -> Option<bool> {
        match self {
            Value::Boolean(flag) => Some(*flag),
            Value::Integer(number) => Some(*number != 0),
            _ => None,
        }
    }

    /// Its parts, when it has some.
    pub fn parts(&self) -> &[Value] {
        match self {
            Value::List(parts) => parts,
            _ => &[],
        }
    }

    /// Set bits, by number. A bit string counts from its first bit, a whole number from its lowest.
    pub fn set_bits(&self) -> Vec<usize> {
        match self {
            Value::Bits(bits) => bits.iter().enumerate().filter(|(_, bit)| **bit).map(|(index, _)| index).collect(),
            Value::Integer(number) if *number > 0 => (0..127).filter(|bit| number >> bit & 1 == 1).collect(),
            _ => Vec::new(),
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Null => formatter.write_str("-"),
            Value::Boolean(flag) => flag.fmt(formatter),
            Value::Integer(number) => number.fmt(formatter),
            Value::Real(number) => number.fmt(formatter),
            Value::Text(text) | Value::Partial(text) => formatter.write_str(text),
            Value::Octets(octets) => formatter.write_str(&crate::hex::encode(octets)),
            Value::Bits(bits) => bits.iter().try_for_each(|bit| formatter.write_str(if *bit { "1" } else { "0" })),
            Value::Time(time) => time.fmt(formatter),
            Value::List(parts) => {
                formatter.write_str("[")?;
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        formatter.write_str(", ")?;
                    }
                    part.fmt(formatter)?;
                }
                formatter.write_str("]")
            }
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Boolean(flag) => serializer.serialize_bool(*flag),
            Value::Integer(number) => match i64::try_from(*number) {
                Ok(number) => serializer.serialize_i64(number),
                Err(_) => match u64::try_from(*number) {
                    Ok(number) => serializer.serialize_u64(number),
                    Err(_) => serializer.serialize_str(&number.to_string()),
                },
            },
            Value::Real(number) => serializer.serialize_f64(*number),
            Value::List(parts) => {
                let mut list = serializer.serialize_seq(Some(parts.len()))?;
                for part in parts {
                    list.serialize_element(part)?;
                }
                list.end()
            }
            other => serializer.serialize_str(&other.to_string()),
        }
    }
}

/// `raw × 10^exponent`, rounded once: dividing by a power of ten keeps 4210 × 10^-2 at 42.1.
pub fn scaled(raw: f64, exponent: i8) -> f64 {
    let power = 10f64.powi(i32::from(exponent).abs());
    if exponent < 0 { raw / power } else { raw * power }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaling_gives_the_nearest_number() {
        assert_eq!(scaled(4210.0, -2), 42.1);
        assert_eq!(scaled(2301.0, -1), 230.1);
        assert_eq!(scaled(1_234_567.0, 1), 12_345_670.0);
    }

    #[test]
    fn octets_are_text_only_when_printable() {
        assert_eq!(Value::from_octets(b"GRX1 \0\0"), Value::Text("GRX1".into()));
        assert_eq!(Value::from_octets(&[1, 2]), Value::Octets(vec![1, 2]));
        assert_eq!(Value::from_octets(&[0, 0]), Value::Octets(vec![0, 0]));
    }

    #[test]
    fn bits_count_from_the_first_or_the_lowest() {
        assert_eq!(Value::Bits(vec![true, false, true]).set_bits(), [0, 2]);
        assert_eq!(Value::Integer(0b101).set_bits(), [0, 2]);
        assert_eq!(Value::Integer(-1).set_bits(), Vec::<usize>::new());
    }
}
