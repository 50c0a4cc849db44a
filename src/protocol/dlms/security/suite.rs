//! Security suites: which ciphers, curves and hashes an association is built of (Green Book, 9.2.3.7).

use std::fmt;

/// A security suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Suite {
    /// AES-GCM-128, AES-128 key wrap.
    #[default]
    Zero,
    /// As 0, with ECDSA and ECDH on P-256 and SHA-256.
    One,
    /// AES-GCM-256, AES-256 key wrap, ECDSA and ECDH on P-384, SHA-384.
    Two,
}

impl Suite {
    /// Reads the number of a suite, as class 64 and the low half of the security control octet give it.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Suite::Zero),
            1 => Some(Suite::One),
            2 => Some(Suite::Two),
            _ => None,
        }
    }

    /// The number of the suite.
    pub const fn number(self) -> u8 {
        match self {
            Suite::Zero => 0,
            Suite::One => 1,
            Suite::Two => 2,
        }
    }

    /// Octets of a symmetric key of this suite.
    pub const fn key_length(self) -> usize {
        match self {
            Suite::Zero | Suite::One => 16,
            Suite::Two => 32,
        }
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number())
    }
}
