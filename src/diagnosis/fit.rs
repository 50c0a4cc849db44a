//! A decryption that fits: the clear block, the key that opened it, and the few fields the rules look at.

use super::identity::KeyIdentity;
use crate::sts::{KeyType, Tid, TokenClass};

/// The data block of a token in clear, its check found good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClearBlock {
    /// Class of the token.
    pub class: TokenClass,
    /// The 64 bits: subclass, 44 bits of fields, check.
    pub bits: u64,
}

impl ClearBlock {
    /// The subclass, bits 63 to 60.
    pub const fn subclass(self) -> u8 {
        (self.bits >> 60) as u8
    }

    /// Whether the subclass means something: reserved and proprietary ones do not.
    pub const fn has_defined_subclass(self) -> bool {
        match self.class {
            TokenClass::Credit => self.subclass() <= 7,
            TokenClass::Test => self.subclass() <= 1,
            TokenClass::Management => self.subclass() <= 10,
            TokenClass::Reserved => false,
        }
    }

    /// The token identifier, on tokens that carry one: credit, and management save key changes.
    pub const fn tid(self) -> Option<Tid> {
        match (self.class, self.subclass()) {
            (TokenClass::Credit, _) | (TokenClass::Management, 0..=2 | 5..=7) => {
                Some(Tid::from_field((self.bits >> 32) as u32))
            }
            _ => None,
        }
    }

    /// Whether it transfers credit.
    pub const fn is_credit(self) -> bool {
        matches!(self.class, TokenClass::Credit)
    }

    /// Number of the key-change section it is, 1 to 4.
    pub const fn section(self) -> Option<u8> {
        match (self.class, self.subclass()) {
            (TokenClass::Management, 3) => Some(1),
            (TokenClass::Management, 4) => Some(2),
            (TokenClass::Management, 8) => Some(3),
            (TokenClass::Management, 9) => Some(4),
            _ => None,
        }
    }

    /// Key revision of a first section, as the 4 bits say; 0 and above 9 are out of range.
    pub const fn new_krn(self) -> u8 {
        (self.bits >> 52) as u8 & 0xF
    }

    /// Key type of a first section.
    pub const fn new_kt(self) -> KeyType {
        KeyType::from_bits(self.bits >> 48)
    }

    /// Tariff index of a second section, as the 8 bits say; above 99 is out of range.
    pub const fn new_ti(self) -> u8 {
        (self.bits >> 48) as u8
    }

    /// The 32 bits of the new key that a section carries.
    pub const fn key_part(self) -> u32 {
        (self.bits >> 16) as u32
    }

    /// The 12 bits of the supply group code that a third (low) or fourth (high) section carries.
    pub const fn new_sgc_half(self) -> u16 {
        (self.bits >> 48) as u16 & 0xFFF
    }

    /// Manufacturer code of a test token: two digits in subclass 0, four in subclass 1.
    pub const fn manufacturer_code(self) -> u16 {
        match self.subclass() {
            0 => (self.bits >> 16) as u16 & 0xFF,
            _ => (self.bits >> 16) as u16,
        }
    }

    /// Control bits of a test token.
    pub const fn control(self) -> u64 {
        match self.subclass() {
            0 => (self.bits >> 24) & ((1 << 36) - 1),
            _ => (self.bits >> 32) & ((1 << 28) - 1),
        }
    }

    /// Whether a block without a TID holds what a meter on key type `current` could take.
    pub fn carries_values_in_range(self, current: Option<KeyType>) -> bool {
        match (self.class, self.subclass()) {
            (TokenClass::Test, subclass) => {
                let everything = if subclass == 0 { (1 << 36) - 1 } else { (1 << 28) - 1 };
                self.control() == everything || self.control().count_ones() == 1
            }
            (TokenClass::Management, 3) => {
                (1..=9).contains(&self.new_krn())
                    && current.is_none_or(|current| key_type_is_allowed(current, self.new_kt()))
            }
            (TokenClass::Management, 4) => self.new_ti() <= 99,
            (TokenClass::Management, 8 | 9) => true,
            _ => false,
        }
    }
}

/// Whether a keypad meter on key type `current` may be taken to `next`. Common keys are for magnetic-card meters,
/// so only a meter that has one already takes another.
pub const fn key_type_is_allowed(current: KeyType, next: KeyType) -> bool {
    current.may_change_to(next) && (!matches!(next, KeyType::Common) || matches!(current, KeyType::Common))
}

/// A clear block and the key under which it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// The block.
    pub block: ClearBlock,
    /// The key; nothing of it is known for tests, which are not encrypted.
    pub identity: KeyIdentity,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn management(bits: u64) -> ClearBlock {
        ClearBlock { class: TokenClass::Management, bits }
    }

    #[test]
    fn sections_are_told_by_their_subclass() {
        let sections: Vec<_> = (0..16u64).map(|subclass| management(subclass << 60).section()).collect();
        assert_eq!(sections.iter().flatten().count(), 4);
        assert_eq!((sections[3], sections[4], sections[8], sections[9]), (Some(1), Some(2), Some(3), Some(4)));
        assert_eq!(ClearBlock { class: TokenClass::Credit, bits: 3 << 60 }.section(), None);
    }

    #[test]
    fn key_changes_carry_no_tid() {
        assert_eq!(management(0x3000_0000_0000_0000).tid(), None);
        assert_eq!(management(0x0512_3456_0000_0000).tid().map(Tid::minutes), Some(0x12_3456));
    }

    #[test]
    fn a_first_section_is_in_range_with_a_revision_and_an_allowed_type() {
        // KENHO F, KRN 2, no rollover, KT 2
        let first = management(0x3F22_89AB_CDEF_0000);
        assert_eq!((first.new_krn(), first.new_kt(), first.key_part()), (2, KeyType::Unique, 0x89AB_CDEF));
        assert!(first.carries_values_in_range(Some(KeyType::Unique)));
        assert!(!management(0x3F02_0000_0000_0000).carries_values_in_range(None), "KRN 0");
        assert!(!management(0x3F23_0000_0000_0000).carries_values_in_range(Some(KeyType::Unique)), "to DCTK");
    }

    #[test]
    fn common_keys_come_only_after_common_keys() {
        assert!(!key_type_is_allowed(KeyType::Initialization, KeyType::Common));
        assert!(key_type_is_allowed(KeyType::Common, KeyType::Common));
        assert!(!key_type_is_allowed(KeyType::Unique, KeyType::Initialization));
        assert!(key_type_is_allowed(KeyType::Default, KeyType::Unique));
    }
}
