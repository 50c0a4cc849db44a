//! A decryption that fits: what the token says, and the key that opened it.

use crate::sts::{KeyExpiryNumber, KeyType, MeterParameters, TokenClass, TokenContent};

/// What a token says, and the key under which it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// What it says.
    pub content: TokenContent,
    /// The key; nothing of it is known for tests, which are not encrypted.
    pub identity: MeterParameters,
    /// The key's expiry number, by the key file.
    pub ken: Option<KeyExpiryNumber>,
}

impl Fit {
    /// A test token, which needs no key.
    pub fn of_test(content: TokenContent) -> Self {
        Fit { content, identity: MeterParameters::default(), ken: None }
    }

    /// Whether it transfers credit.
    pub const fn is_credit(&self) -> bool {
        matches!(self.content.class(), TokenClass::Credit)
    }

    /// Number of the key-change section it is, 1 to 4.
    pub const fn section(&self) -> Option<u8> {
        match self.content {
            TokenContent::KeyChange1 { .. } => Some(1),
            TokenContent::KeyChange2 { .. } => Some(2),
            TokenContent::KeyChange3 { .. } | TokenContent::KeyChangeSupplyGroup { .. } => Some(3),
            TokenContent::KeyChange4 { .. } => Some(4),
            _ => None,
        }
    }

    /// The key type a first section leads to.
    pub const fn new_key_type(&self) -> Option<KeyType> {
        match self.content {
            TokenContent::KeyChange1 { kt, .. } => Some(kt),
            _ => None,
        }
    }

    /// Whether its subclass means something: reserved and proprietary ones do not.
    pub const fn has_defined_subclass(&self) -> bool {
        !matches!(self.content, TokenContent::Reserved { .. } | TokenContent::Proprietary { .. })
    }

    /// Whether a content without a TID is one that a meter on the key's type could take.
    pub fn is_in_range(&self) -> bool {
        match &self.content {
            TokenContent::MeterTest(test) => test.unknown_bits().is_empty() && test.tests().len() == 1,
            TokenContent::KeyChange1 { krn, kt, .. } => {
                let current = self.identity.kt;
                (1..=9).contains(krn) && current.is_none_or(|current| key_type_is_allowed(current, *kt))
            }
            TokenContent::KeyChange2 { ti, .. } => *ti <= 99,
            TokenContent::KeyChange3 { .. }
            | TokenContent::KeyChange4 { .. }
            | TokenContent::KeyChangeSupplyGroup { .. } => true,
            _ => false,
        }
    }
}

/// Whether a keypad meter on key type `current` may be taken to `next`. Common keys are for magnetic-card meters,
/// so only a meter that has one already takes another.
pub const fn key_type_is_allowed(current: KeyType, next: KeyType) -> bool {
    current.may_change_to(next) && (!matches!(next, KeyType::Common) || matches!(current, KeyType::Common))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::sts::crc::block_crc;

    /// The content of a clear block whose check sum is put in here.
    pub fn content(class: TokenClass, bits: u64) -> TokenContent {
        TokenContent::parse(class, bits | u64::from(block_crc(class, bits))).unwrap()
    }

    /// The same under a key of which nothing is known.
    pub fn fit(class: TokenClass, bits: u64) -> Fit {
        Fit::of_test(content(class, bits))
    }

    #[test]
    fn sections_are_told_by_their_subclass() {
        let sections: Vec<_> =
            (0..16u64).map(|subclass| fit(TokenClass::Management, subclass << 60).section()).collect();
        assert_eq!(sections.iter().flatten().count(), 4);
        assert_eq!((sections[3], sections[4], sections[8], sections[9]), (Some(1), Some(2), Some(3), Some(4)));
        assert_eq!(fit(TokenClass::Credit, 3 << 60).section(), None);
    }

    #[test]
    fn a_first_section_is_in_range_with_a_revision_and_an_allowed_type() {
        // KENHO F, KRN 2, no rollover, KT 2
        let mut first = fit(TokenClass::Management, 0x3F22_89AB_CDEF_0000);
        first.identity.kt = Some(KeyType::Unique);
        assert!(first.is_in_range());
        assert!(!fit(TokenClass::Management, 0x3F02_0000_0000_0000).is_in_range(), "KRN 0");
        first.content = content(TokenClass::Management, 0x3F23_0000_0000_0000);
        assert!(!first.is_in_range(), "to DCTK");
        assert!(!fit(TokenClass::Management, 0x4F64_0000_0000_0000).is_in_range(), "TI 100");
    }

    #[test]
    fn common_keys_come_only_after_common_keys() {
        assert!(!key_type_is_allowed(KeyType::Initialization, KeyType::Common));
        assert!(key_type_is_allowed(KeyType::Common, KeyType::Common));
        assert!(!key_type_is_allowed(KeyType::Unique, KeyType::Initialization));
        assert!(key_type_is_allowed(KeyType::Default, KeyType::Unique));
    }
}
