//! What an association is called: its application context and authentication mechanism.

use std::fmt;

/// How objects are named and whether APDUs may be ciphered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContextName {
    /// Logical names, plain.
    LogicalName,
    /// Logical names, ciphered.
    LogicalNameCiphered,
    /// Short names, plain.
    ShortName,
    /// Short names, ciphered.
    ShortNameCiphered,
    /// Any other, by its last number.
    Other(u8),
}

impl ContextName {
    /// The last number of the object identifier.
    pub const fn number(self) -> u8 {
        match self {
            ContextName::LogicalName => 1,
            ContextName::ShortName => 2,
            ContextName::LogicalNameCiphered => 3,
            ContextName::ShortNameCiphered => 4,
            ContextName::Other(number) => number,
        }
    }

    pub(super) const fn from_number(number: u8) -> Self {
        match number {
            1 => ContextName::LogicalName,
            2 => ContextName::ShortName,
            3 => ContextName::LogicalNameCiphered,
            4 => ContextName::ShortNameCiphered,
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
    /// Challenge and the maker's own secret transformation.
    HlsManufacturer,
    /// Challenge and MD5.
    HlsMd5,
    /// Challenge and SHA-1.
    HlsSha1,
    /// Challenge and GMAC.
    HlsGmac,
    /// Challenge and SHA-256.
    HlsSha256,
    /// Challenge and ECDSA.
    HlsEcdsa,
    /// Any other, by number.
    Other(u8),
}

impl Mechanism {
    /// The last number of the object identifier.
    pub const fn number(self) -> u8 {
        match self {
            Mechanism::None => 0,
            Mechanism::Lls => 1,
            Mechanism::HlsManufacturer => 2,
            Mechanism::HlsMd5 => 3,
            Mechanism::HlsSha1 => 4,
            Mechanism::HlsGmac => 5,
            Mechanism::HlsSha256 => 6,
            Mechanism::HlsEcdsa => 7,
            Mechanism::Other(number) => number,
        }
    }

    pub(super) const fn from_number(number: u8) -> Self {
        match number {
            0 => Mechanism::None,
            1 => Mechanism::Lls,
            2 => Mechanism::HlsManufacturer,
            3 => Mechanism::HlsMd5,
            4 => Mechanism::HlsSha1,
            5 => Mechanism::HlsGmac,
            6 => Mechanism::HlsSha256,
            7 => Mechanism::HlsEcdsa,
            other => Mechanism::Other(other),
        }
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Mechanism::None => "none",
            Mechanism::Lls => "LLS",
            Mechanism::HlsManufacturer => "HLS of the manufacturer",
            Mechanism::HlsMd5 => "HLS MD5",
            Mechanism::HlsSha1 => "HLS SHA-1",
            Mechanism::HlsGmac => "HLS GMAC",
            Mechanism::HlsSha256 => "HLS SHA-256",
            Mechanism::HlsEcdsa => "HLS ECDSA",
            Mechanism::Other(number) => return write!(f, "mechanism {number}"),
        })
    }
}
