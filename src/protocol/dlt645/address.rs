//! Meter addresses: twelve BCD digits, wildcards, broadcast.

use std::fmt;
use std::str::FromStr;

/// A wildcard octet: any pair of digits.
const WILD: u8 = 0xAA;
/// Every octet of the broadcast address.
const BROADCAST: u8 = 0x99;

/// A meter's address, kept in wire order: the lowest pair of digits first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address([u8; 6]);

/// Why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Longer than twelve digits, or empty.
    #[error("a DL/T 645 address has 1 to 12 digits, {0:?} has {1}")]
    Length(String, usize),
    /// Neither a digit nor a pair of A.
    #[error("{0:?} is not a DL/T 645 address: position {1} is {2:?}, not a digit (or AA for any pair)")]
    Character(String, usize, char),
}

impl Address {
    /// Any single meter: right only when one meter is on the line.
    pub const ANY: Address = Address([WILD; 6]);

    /// All meters, which act and never answer.
    pub const ALL: Address = Address([BROADCAST; 6]);

    /// From the six octets as they stand on the wire, lowest pair of digits first.
    pub const fn from_wire(octets: [u8; 6]) -> Self {
        Address(octets)
    }

    /// The six octets as they go on the wire.
    pub const fn wire(self) -> [u8; 6] {
        self.0
    }

    /// Whether a part is a wildcard, so that the answer carries another address.
    pub fn is_wild(self) -> bool {
        self.0.contains(&WILD)
    }

    /// Whether no meter answers.
    pub fn is_broadcast(self) -> bool {
        self == Address::ALL
    }

    /// Whether every octet is two decimal digits, as a meter's own address is.
    pub fn is_decimal(self) -> bool {
        self.0.iter().all(|octet| octet >> 4 <= 9 && octet & 15 <= 9)
    }

    /// Whether every octet is two decimal digits or a wildcard: anything else is noise, not an address.
    pub fn is_possible(self) -> bool {
        self.0.iter().all(|octet| *octet == WILD || (octet >> 4 <= 9 && octet & 15 <= 9))
    }

    /// Whether a meter of address `own` is meant by this address.
    pub fn matches(self, own: Address) -> bool {
        self.is_broadcast() || self.0.iter().zip(own.0).all(|(wanted, octet)| *wanted == WILD || *wanted == octet)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().rev().try_for_each(|octet| write!(formatter, "{octet:02X}"))
    }
}

impl FromStr for Address {
    type Err = AddressError;

    /// Reads up to twelve digits, highest first; shorter ones are padded with zeros on the left. `AA` stands for any
    /// pair of digits.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let length = text.chars().count();
        if length == 0 || length > 12 {
            return Err(AddressError::Length(text.to_owned(), length));
        }
        let mut nibbles = [0u8; 12];
        let padding = 12usize.saturating_sub(length);
        for (position, (slot, character)) in nibbles.iter_mut().skip(padding).zip(text.chars()).enumerate() {
            *slot = match character {
                '0'..='9' | 'A' | 'a' => u8::try_from(character.to_digit(16).unwrap_or_default()).unwrap_or_default(),
                _ => return Err(AddressError::Character(text.to_owned(), position.saturating_add(1), character)),
            };
        }
        let mut octets = [0u8; 6];
        for (octet, pair) in octets.iter_mut().rev().zip(nibbles.chunks_exact(2)) {
            if let [high, low] = pair {
                // Half a wildcard does not exist: A must come in pairs.
                if (*high == 10) != (*low == 10) {
                    let position = text.chars().position(|c| c.eq_ignore_ascii_case(&'a')).unwrap_or_default();
                    return Err(AddressError::Character(text.to_owned(), position.saturating_add(1), 'A'));
                }
                *octet = high << 4 | low;
            }
        }
        Ok(Address(octets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_pair_travels_first() {
        let address: Address = "000088000017".parse().unwrap();
        assert_eq!(address.wire(), [0x17, 0x00, 0x00, 0x88, 0x00, 0x00]);
        assert_eq!(address.to_string(), "000088000017");
        assert_eq!("88000017".parse::<Address>().unwrap(), address);
    }

    #[test]
    fn wildcards_match_pairs() {
        let own: Address = "000088000017".parse().unwrap();
        let wild: Address = "AAAAAAAA0017".parse().unwrap();
        assert!(wild.is_wild() && wild.matches(own));
        assert!(!"AAAAAAAA0018".parse::<Address>().unwrap().matches(own));
        assert!(Address::ANY.matches(own) && Address::ALL.matches(own));
        assert!(own.is_decimal() && !wild.is_decimal());
    }

    #[test]
    fn bad_texts_name_the_place() {
        assert_eq!("12x4".parse::<Address>(), Err(AddressError::Character("12x4".into(), 3, 'x')));
        assert!(matches!("".parse::<Address>(), Err(AddressError::Length(_, 0))));
        assert!(matches!("1234567890123".parse::<Address>(), Err(AddressError::Length(_, 13))));
        assert!(matches!("A12345678901".parse::<Address>(), Err(AddressError::Character(_, 1, 'A'))));
    }
}
