//! Identifiers of devices and meter points: EUI-64, MPAN, MPRN.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A device ID: IEEE EUI-64, eight bytes, the maker's prefix first. It has no check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Eui64(pub [u8; 8]);

/// Why text is no EUI-64.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Eui64Error {
    /// Not eight pairs of hex digits.
    #[error("{0:?} is no device ID: write eight pairs of hex digits, such as 00-DB-12-34-56-78-90-A0")]
    Shape(String),
}

/// What stands before a device ID on labels.
const LABELS: [&str; 9] = ["EUI-64", "EUI64", "EUI", "GUID", "DEVICE ID", "DEVICEID", "MAC", "ID", "0X"];

fn is_between_pairs(c: char) -> bool {
    matches!(c, '-' | ':' | '.' | ' ' | '\t' | '=' | '\u{a0}' | '\u{2010}'..='\u{2014}')
}

/// A text of the user's to be shown; behind the length of a device ID may stand an install code, which is a key.
pub fn shown(text: &str) -> String {
    const SHORT: usize = 4;
    const DEVICE_ID: usize = 16;
    const LONGEST: usize = 24;
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_number = plain.chars().all(|c| c.is_ascii_digit());
    let is_key = plain.chars().all(|c| c.is_ascii_hexdigit()) && plain.len() > DEVICE_ID && !is_number;
    if !is_key && plain.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start = text.split(['$', '%']).next().unwrap_or_default();
    start.chars().take(SHORT).chain(['…']).collect()
}

impl Eui64 {
    /// Reads eight pairs with hyphens, as DUIS wants it, or 16 digits without, as GBCS tools write it.
    ///
    /// # Errors
    /// [`Eui64Error`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Eui64Error> {
        let bad = || Eui64Error::Shape(shown(text));
        if !text.is_ascii() {
            return Err(bad());
        }
        let plain = match text.len() {
            23 if text.bytes().skip(2).step_by(3).all(|byte| byte == b'-') => text.replace('-', ""),
            16 => text.to_owned(),
            _ => return Err(bad()),
        };
        if plain.len() != 16 || !plain.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(bad());
        }
        let number = u64::from_str_radix(&plain, 16).map_err(|_| bad())?;
        Ok(Eui64(number.to_be_bytes()))
    }

    /// Reads a device ID as labels and QR codes have it: behind a word such as `EUI64:`, pairs with hyphens, colons,
    /// points, blanks or nothing between. Of a Zigbee QR code (`…Z:ID$I:CODE…`) only the ID is taken.
    pub fn from_label(text: &str) -> Option<Self> {
        let text = text.trim();
        let of_code = text.split(['$', '%']).find_map(|part| part.strip_prefix("Z:"));
        let text = of_code.unwrap_or(text);
        let upper = text.to_ascii_uppercase();
        let named = LABELS.iter().find_map(|label| upper.strip_prefix(label));
        let plain: String = named.unwrap_or(&upper).chars().filter(|c| !is_between_pairs(*c)).collect();
        Self::parse(&plain).ok()
    }

    /// Whether text has the hyphenated form the interface insists on.
    pub fn is_hyphenated(text: &str) -> bool {
        text.len() == 23 && Self::parse(text).is_ok()
    }
}

impl FromStr for Eui64 {
    type Err = Eui64Error;

    fn from_str(text: &str) -> Result<Self, Eui64Error> {
        Self::from_label(text).ok_or_else(|| Eui64Error::Shape(shown(text)))
    }
}

impl fmt::Display for Eui64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str("-")?;
            }
            write!(formatter, "{byte:02X}")?;
        }
        Ok(())
    }
}

impl Serialize for Eui64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Weights of the first twelve digits of an MPAN: the primes from 3 without 11.
const MPAN_WEIGHTS: [u32; 12] = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43];

/// What is wrong with an electricity meter point number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MpanError {
    /// Not 13 digits.
    #[error("an MPAN has 13 digits")]
    Length,
    /// The last digit does not follow from the first twelve.
    #[error("its check digit is {found}, the other digits ask for {expected}")]
    CheckDigit {
        /// Digit that would be right.
        expected: u32,
        /// Digit that is there.
        found: u32,
    },
}

/// Checks the core of an MPAN: 13 digits of which the last is a check digit.
///
/// # Errors
/// [`MpanError`] says what is wrong.
pub fn check_mpan(text: &str) -> Result<(), MpanError> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    let digits = digits.filter(|digits| digits.len() == 13).ok_or(MpanError::Length)?;
    let sum: u32 = digits.iter().zip(MPAN_WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let (expected, found) = (sum % 11 % 10, digits.last().copied().unwrap_or_default());
    if expected == found { Ok(()) } else { Err(MpanError::CheckDigit { expected, found }) }
}

/// What is wrong, or doubtful, with a gas meter point number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MprnError {
    /// Not 6 to 10 digits.
    #[error("an MPRN has 6 to 10 digits")]
    Length,
    /// The rule for the last two digits rests on one source, so this is a warning.
    #[error("its last two digits are {found:02}, the others ask for {expected:02} (a rule from one source only)")]
    CheckDigits {
        /// Value that would fit.
        expected: u32,
        /// Value that is there.
        found: u32,
    },
}

/// Checks an MPRN; a wrong check pair is doubtful rather than wrong.
///
/// # Errors
/// [`MprnError`] says what is wrong.
pub fn check_mprn(text: &str) -> Result<(), MprnError> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    let digits = digits.filter(|digits| (6..=10).contains(&digits.len())).ok_or(MprnError::Length)?;
    let (body, pair) = digits.split_at(digits.len() - 2);
    let sum: u32 = body.iter().rev().zip(1..).map(|(digit, weight)| digit * weight).sum();
    let (expected, found) = (sum % 11, pair.iter().fold(0, |value, digit| value * 10 + digit));
    if expected == found { Ok(()) } else { Err(MprnError::CheckDigits { expected, found }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_meter_points() {
        assert_eq!(check_mpan("1312345678907"), Ok(()));
        assert_eq!(check_mpan("1217290354420"), Ok(()));
        assert!(matches!(check_mpan("1312345678111"), Err(MpanError::CheckDigit { .. })));
        assert!(matches!(check_mpan("2499999999990"), Err(MpanError::CheckDigit { .. })));
        assert_eq!(check_mpan("131234567890"), Err(MpanError::Length));
        assert_eq!(check_mpan("13123456789O7"), Err(MpanError::Length));
        assert_eq!(check_mprn("3938424403"), Ok(()));
        assert!(matches!(check_mprn("3938424404"), Err(MprnError::CheckDigits { expected: 3, found: 4 })));
        assert_eq!(check_mprn("12345"), Err(MprnError::Length));
    }

    #[test]
    fn device_ids() {
        let id = Eui64::parse("00-db-12-34-56-78-90-a0");
        assert_eq!(id.as_ref().map(ToString::to_string).as_deref(), Ok("00-DB-12-34-56-78-90-A0"));
        assert_eq!(Eui64::parse("00DB1234567890A0"), id);
        assert!(!Eui64::is_hyphenated("00DB1234567890A0"));
        for text in [
            "90-B3-D5-1F-30-01-00",
            "90-B3-D5-1F-30-01-00-0G",
            "90-B3-D5-1F-30-01-00-é0",
            "90-B3-D5-1F-30-01+00-00",
            "",
        ] {
            assert!(Eui64::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn device_ids_of_labels_and_codes() {
        for text in [
            "EUI64: 00DB1234567890A0",
            "GUID: 00-DB-12-34-56-78-90-A0",
            "Device ID 00 DB 12 34 56 78 90 A0",
            "0x00db1234567890a0",
            "00DB.1234.5678.90A0",
            "00:DB:12:34:56:78:90:A0",
            "00–DB–12–34–56–78–90–A0",
            "G$M:ACME%Z:00DB1234567890A0$I:83FED3407A939723A5C639B26916D505C3B5",
        ] {
            let id = text.parse::<Eui64>().map(|id| id.to_string());
            assert_eq!(id.as_deref(), Ok("00-DB-12-34-56-78-90-A0"), "{text}");
        }
        for text in [
            "Z;00DB1234567890A0$I:83FED3407A939723A5C639B26916D505C3B5",
            "83FED3407A939723A5C639B26916D505C3B5",
            "AA83FED3407A939723A5",
        ] {
            let error = text.parse::<Eui64>().unwrap_err().to_string();
            assert!(!error.contains("D340") && !error.contains("7A93"), "an install code is not repeated: {error}");
        }
    }
}
