//! Words in and out: a value as the user writes it, in the type the object has now; a refusal as a word.

use crate::meter::MeterError;
use crate::protocol::dlms::{BitString, Data};

/// A refusal as a word: `read-or-write-denied`.
pub fn refusal_word(reason: &impl std::fmt::Display) -> String {
    reason.to_string().replace(' ', "-")
}

/// Reads `text` in the type of `like`.
///
/// # Errors
/// [`MeterError::BadValue`] when it does not fit.
pub fn parse(text: &str, like: &Data) -> Result<Data, MeterError> {
    let wrong = |what: &str| MeterError::BadValue(format!("{text:?} does not fit: what is wanted is {what}"));
    fn number<T: std::str::FromStr>(
        text: &str,
        wrong: impl FnOnce(&str) -> MeterError,
        what: &str,
    ) -> Result<T, MeterError> {
        text.trim().parse().map_err(|_| wrong(what))
    }
    Ok(match like {
        Data::Boolean(_) => match text.trim() {
            "true" | "1" | "on" | "yes" => Data::Boolean(true),
            "false" | "0" | "off" | "no" => Data::Boolean(false),
            _ => return Err(wrong("true or false")),
        },
        Data::Int8(_) => Data::Int8(number(text, wrong, "a number from -128 to 127")?),
        Data::Int16(_) => Data::Int16(number(text, wrong, "a number from -32768 to 32767")?),
        Data::Int32(_) => Data::Int32(number(text, wrong, "a 32-bit number")?),
        Data::Int64(_) => Data::Int64(number(text, wrong, "a 64-bit number")?),
        Data::UInt8(_) => Data::UInt8(number(text, wrong, "a number from 0 to 255")?),
        Data::UInt16(_) => Data::UInt16(number(text, wrong, "a number from 0 to 65535")?),
        Data::UInt32(_) => Data::UInt32(number(text, wrong, "a number from 0 to 4294967295")?),
        Data::UInt64(_) => Data::UInt64(number(text, wrong, "a 64-bit number without sign")?),
        Data::Enum(_) => Data::Enum(number(text, wrong, "a number from 0 to 255")?),
        Data::Float32(_) => Data::Float32(number(text, wrong, "a number")?),
        Data::Float64(_) => Data::Float64(number(text, wrong, "a number")?),
        Data::OctetString(_) => Data::OctetString(octets(text).ok_or_else(|| wrong("text, or 0x and hex digits"))?),
        Data::VisibleString(_) => Data::VisibleString(text.as_bytes().to_vec()),
        Data::Utf8String(_) => Data::Utf8String(text.as_bytes().to_vec()),
        Data::BitString(_) => Data::BitString(bits(text).ok_or_else(|| wrong("0b and bits"))?),
        other => {
            let kind = other.type_name();
            return Err(MeterError::NotSupported(format!("this object holds a {kind}, which is not written as text")));
        }
    })
}

/// Reads `text` in the type of the standard's name `kind`, such as `long-unsigned`.
///
/// # Errors
/// [`MeterError::BadValue`] when there is no such type, or the text does not fit it.
pub fn parse_typed(kind: &str, text: &str) -> Result<Data, MeterError> {
    let likes = [
        Data::Boolean(false),
        Data::BitString(BitString::default()),
        Data::Int8(0),
        Data::Int16(0),
        Data::Int32(0),
        Data::Int64(0),
        Data::UInt8(0),
        Data::UInt16(0),
        Data::UInt32(0),
        Data::UInt64(0),
        Data::Enum(0),
        Data::Float32(0.0),
        Data::Float64(0.0),
        Data::OctetString(Vec::new()),
        Data::VisibleString(Vec::new()),
        Data::Utf8String(Vec::new()),
    ];
    if kind == Data::Null.type_name() {
        return Ok(Data::Null);
    }
    let like = likes.iter().find(|like| like.type_name() == kind).ok_or_else(|| {
        let names: Vec<&str> = likes.iter().map(Data::type_name).collect();
        MeterError::BadValue(format!("{kind:?} is not a type of a value; there are {}", names.join(", ")))
    })?;
    parse(text, like)
}

fn octets(text: &str) -> Option<Vec<u8>> {
    let Some(digits) = text.strip_prefix("0x") else { return Some(text.as_bytes().to_vec()) };
    if digits.len() % 2 != 0 {
        return None;
    }
    let digits: Vec<u8> =
        digits.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |octet, digit| octet << 4 | digit)).collect())
}

fn bits(text: &str) -> Option<BitString> {
    let digits = text.strip_prefix("0b").unwrap_or(text);
    let bits: Option<Vec<bool>> = digits
        .chars()
        .map(|c| match c {
            '0' => Some(false),
            '1' => Some(true),
            _ => None,
        })
        .collect();
    Some(BitString::from_bits(&bits?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_objects_own_type() {
        assert_eq!(parse("500", &Data::Int32(0)).unwrap(), Data::Int32(500));
        assert_eq!(parse("off", &Data::Boolean(true)).unwrap(), Data::Boolean(false));
        assert_eq!(parse("0x0aFF", &Data::OctetString(vec![])).unwrap(), Data::OctetString(vec![10, 255]));
        assert_eq!(parse("abc", &Data::OctetString(vec![])).unwrap(), Data::OctetString(b"abc".to_vec()));
        for (text, like) in [
            ("300", Data::UInt8(0)),
            ("x", Data::Int32(0)),
            ("0x1", Data::OctetString(vec![])),
            ("2", Data::BitString(BitString::default())),
        ] {
            assert!(matches!(parse(text, &like), Err(MeterError::BadValue(_))), "{text}");
        }
        assert!(matches!(parse("1", &Data::Array(vec![])), Err(MeterError::NotSupported(_))));
    }
}
