//! Data identifiers: four octets in the 2007 edition, two in that of 1997.

use std::fmt;
use std::str::FromStr;

use super::Edition;

/// The name of an item in a meter, written highest octet first (`02010100`, `9010`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DataIdentifier {
    /// DL/T 645-2007: DI3 DI2 DI1 DI0.
    E2007(u32),
    /// DL/T 645-1997: DI1 DI0.
    E1997(u16),
}

/// Why a text is no identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a DL/T 645 data identifier: write 8 hex digits (2007) or 4 (1997)")]
pub struct IdentifierError(String);

impl DataIdentifier {
    /// The edition the identifier belongs to.
    pub const fn edition(self) -> Edition {
        match self {
            DataIdentifier::E2007(_) => Edition::E2007,
            DataIdentifier::E1997(_) => Edition::E1997,
        }
    }

    /// The octets in wire order, lowest first.
    pub fn wire(self) -> Vec<u8> {
        match self {
            DataIdentifier::E2007(value) => value.to_le_bytes().to_vec(),
            DataIdentifier::E1997(value) => value.to_le_bytes().to_vec(),
        }
    }

    /// Takes the identifier from the front of an answer's data; the rest is the value.
    pub fn split(edition: Edition, data: &[u8]) -> Option<(DataIdentifier, &[u8])> {
        match edition {
            Edition::E2007 => {
                let (octets, rest) = data.split_first_chunk::<4>()?;
                Some((DataIdentifier::E2007(u32::from_le_bytes(*octets)), rest))
            }
            Edition::E1997 => {
                let (octets, rest) = data.split_first_chunk::<2>()?;
                Some((DataIdentifier::E1997(u16::from_le_bytes(*octets)), rest))
            }
        }
    }
}

impl fmt::Display for DataIdentifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DataIdentifier::E2007(value) => write!(formatter, "{value:08X}"),
            DataIdentifier::E1997(value) => write!(formatter, "{value:04X}"),
        }
    }
}

impl FromStr for DataIdentifier {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '.')).collect();
        let error = || IdentifierError(text.to_owned());
        if !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(error());
        }
        match digits.len() {
            8 => u32::from_str_radix(&digits, 16).map(DataIdentifier::E2007).map_err(|_| error()),
            4 => u16::from_str_radix(&digits, 16).map(DataIdentifier::E1997).map_err(|_| error()),
            _ => Err(error()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_wire_order() {
        let volts: DataIdentifier = "02 01 01 00".parse().unwrap();
        assert_eq!(volts, DataIdentifier::E2007(0x0201_0100));
        assert_eq!(volts.wire(), [0x00, 0x01, 0x01, 0x02]);
        assert_eq!("9010".parse::<DataIdentifier>().unwrap().wire(), [0x10, 0x90]);
        assert!("+2010100".parse::<DataIdentifier>().is_err());
        assert!("020101".parse::<DataIdentifier>().is_err());
    }

    #[test]
    fn an_answer_is_split() {
        let (identifier, value) = DataIdentifier::split(Edition::E2007, &[0, 1, 1, 2, 0x01, 0x23]).unwrap();
        assert_eq!((identifier.to_string().as_str(), value), ("02010100", &[0x01, 0x23][..]));
        assert!(DataIdentifier::split(Edition::E2007, &[0, 1, 1]).is_none());
    }
}
