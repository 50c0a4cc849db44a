//! What an association is called: its application context and authentication mechanism.

/// How objects are named and whether APDUs may be ciphered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContextName {
    /// Logical names, plain.
    LogicalName,
    /// Logical names, ciphered.
    LogicalNameCiphered,
    /// Any other, by its last number (2 and 4 are short names).
    Other(u8),
}

impl ContextName {
    /// The last number of the object identifier.
    pub const fn number(self) -> u8 {
        match self {
            ContextName::LogicalName => 1,
            ContextName::LogicalNameCiphered => 3,
            ContextName::Other(number) => number,
        }
    }

    pub(super) const fn from_number(number: u8) -> Self {
        match number {
            1 => ContextName::LogicalName,
            3 => ContextName::LogicalNameCiphered,
            other => ContextName::Other(other),
        }
    }
}

/// How one side proves itself to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mechanism {
    /// Not at all.
    None,
    /// A password, in the clear.
    Lls,
    /// Challenge and GMAC.
    HlsGmac,
    /// Any other, by number: 2 maker's, 3 MD5, 4 SHA-1, 6 SHA-256, 7 ECDSA.
    Other(u8),
}

impl Mechanism {
    /// The last number of the object identifier.
    pub const fn number(self) -> u8 {
        match self {
            Mechanism::None => 0,
            Mechanism::Lls => 1,
            Mechanism::HlsGmac => 5,
            Mechanism::Other(number) => number,
        }
    }

    pub(super) const fn from_number(number: u8) -> Self {
        match number {
            0 => Mechanism::None,
            1 => Mechanism::Lls,
            5 => Mechanism::HlsGmac,
            other => Mechanism::Other(other),
        }
    }
}
