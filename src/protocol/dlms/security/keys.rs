//! Keys, passwords and system titles.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::suite::Suite;

/// A key of 128 bits, or of 256 in suite 2. It is wiped when dropped and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(Zeroizing<Vec<u8>>);

impl SecretKey {
    /// Takes the octets of a key of suites 0 and 1.
    pub fn new(octets: [u8; 16]) -> Self {
        SecretKey(Zeroizing::new(octets.to_vec()))
    }

    /// Takes the octets of a key: 16, or 32 for suite 2. `None` for any other number of them.
    pub fn from_octets(octets: &[u8]) -> Option<Self> {
        matches!(octets.len(), 16 | 32).then(|| SecretKey(Zeroizing::new(octets.to_vec())))
    }

    /// The octets, for ciphers.
    pub(in crate::protocol::dlms) fn octets(&self) -> &[u8] {
        &self.0
    }

    /// Its number of octets.
    pub fn length(&self) -> usize {
        self.0.len()
    }

    /// Its octets in hex, for a meter's memory.
    pub fn to_hex(&self) -> String {
        crate::hex::encode(&self.0)
    }

    /// The first 16 octets.
    pub(super) fn short(&self) -> [u8; 16] {
        self.0.first_chunk().copied().unwrap_or_default()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The two keys of an association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuiteKeys {
    /// The suite they are used in.
    pub suite: Suite,
    /// Global unicast encryption key.
    pub encryption: SecretKey,
    /// Global authentication key.
    pub authentication: SecretKey,
}

impl SuiteKeys {
    /// Keys of suite 0.
    pub const fn suite_0(encryption: SecretKey, authentication: SecretKey) -> Self {
        SuiteKeys { suite: Suite::Zero, encryption, authentication }
    }

    /// The same suite and authentication key with another encryption key, such as a dedicated one.
    #[must_use]
    pub fn with_encryption(&self, encryption: SecretKey) -> Self {
        SuiteKeys { suite: self.suite, encryption, authentication: self.authentication.clone() }
    }
}

/// A password of LLS or the secret of an HLS mechanism: any octets, wiped when dropped and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Zeroizing<Vec<u8>>);

impl Password {
    /// Takes the octets of a password.
    pub fn new(octets: impl Into<Vec<u8>>) -> Self {
        Password(Zeroizing::new(octets.into()))
    }

    pub(in crate::protocol::dlms) fn octets(&self) -> &[u8] {
        &self.0
    }

    /// Whether `other` is the same, compared in a time that tells nothing of where they differ.
    pub(in crate::protocol::dlms) fn matches(&self, other: &[u8]) -> bool {
        let differences = self.0.iter().zip(other).fold(0u8, |sum, (a, b)| sum | (a ^ b));
        self.0.len() == other.len() && differences == 0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Why a text is no system title.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a system title is 16 hex digits (8 octets), such as 5445434830303031")]
pub struct SystemTitleError;

/// The eight octets that name a client or a meter; the first three are the maker's FLAG letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SystemTitle(pub [u8; 8]);

impl SystemTitle {
    /// Takes eight octets from the line.
    pub fn from_octets(octets: &[u8]) -> Option<Self> {
        octets.try_into().ok().map(SystemTitle)
    }
}

impl fmt::Display for SystemTitle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02X}"))
    }
}

impl FromStr for SystemTitle {
    type Err = SystemTitleError;

    fn from_str(text: &str) -> Result<Self, SystemTitleError> {
        if text.len() != 16 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(SystemTitleError);
        }
        u64::from_str_radix(text, 16).map(|number| SystemTitle(number.to_be_bytes())).map_err(|_| SystemTitleError)
    }
}
