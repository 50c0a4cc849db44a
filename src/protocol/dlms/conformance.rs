//! The conformance block: which services both sides can use.

use std::fmt;

/// Services of an association, as the 24 bits of the conformance block; bit 0 of the standard is the highest here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Conformance(u32);

macro_rules! services {
    ($($name:ident = $bit:literal, $text:literal;)*) => {
        impl Conformance {
            $(#[doc = $text] pub const $name: Conformance = Conformance(1 << (23 - $bit));)*

            /// The names of the services, in the order of the block.
            pub fn names(self) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if self.contains(Conformance::$name) { names.push($text); })*
                names
            }
        }
    };
}

services! {
    GENERAL_PROTECTION = 1, "general-protection";
    GENERAL_BLOCK_TRANSFER = 2, "general-block-transfer";
    READ = 3, "read";
    WRITE = 4, "write";
    UNCONFIRMED_WRITE = 5, "unconfirmed-write";
    ATTRIBUTE0_SET = 8, "attribute0-supported-with-set";
    PRIORITY = 9, "priority-mgmt-supported";
    ATTRIBUTE0_GET = 10, "attribute0-supported-with-get";
    BLOCK_GET = 11, "block-transfer-with-get-or-read";
    BLOCK_SET = 12, "block-transfer-with-set-or-write";
    BLOCK_ACTION = 13, "block-transfer-with-action";
    MULTIPLE_REFERENCES = 14, "multiple-references";
    INFORMATION_REPORT = 15, "information-report";
    DATA_NOTIFICATION = 16, "data-notification";
    ACCESS = 17, "access";
    PARAMETERIZED_ACCESS = 18, "parameterized-access";
    GET = 19, "get";
    SET = 20, "set";
    SELECTIVE_ACCESS = 21, "selective-access";
    EVENT_NOTIFICATION = 22, "event-notification";
    ACTION = 23, "action";
}

impl Conformance {
    /// What this program's client offers: GET, SET, ACTION and event notification, blocks for the
    /// first three, lists, selection, priority.
    pub const CLIENT: Conformance = Conformance(0x00_7E1F);

    /// What it offers with short names: READ and WRITE, blocks for both, lists, parameterized access.
    pub const SHORT_NAMES: Conformance = Conformance(
        Conformance::READ.0
            | Conformance::WRITE.0
            | Conformance::BLOCK_GET.0
            | Conformance::BLOCK_SET.0
            | Conformance::MULTIPLE_REFERENCES.0
            | Conformance::PARAMETERIZED_ACCESS.0,
    );

    /// From the lowest 24 bits.
    pub const fn from_bits(bits: u32) -> Self {
        Conformance(bits & 0x00FF_FFFF)
    }

    /// The 24 bits.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// From the three octets on the line.
    pub const fn from_octets([a, b, c]: [u8; 3]) -> Self {
        Conformance(u32::from_be_bytes([0, a, b, c]))
    }

    /// The three octets on the line.
    pub const fn octets(self) -> [u8; 3] {
        let [_, a, b, c] = self.0.to_be_bytes();
        [a, b, c]
    }

    /// Whether all services of `other` are in this one.
    pub const fn contains(self, other: Conformance) -> bool {
        self.0 & other.0 == other.0
    }

    /// The services of either.
    #[must_use]
    pub const fn with(self, other: Conformance) -> Self {
        Conformance(self.0 | other.0)
    }

    /// The services of this one that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Conformance) -> Self {
        Conformance(self.0 & !other.0)
    }

    /// The services of both.
    #[must_use]
    pub const fn common(self, other: Conformance) -> Self {
        Conformance(self.0 & other.0)
    }
}

impl fmt::Display for Conformance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names().join(", "))
    }
}
