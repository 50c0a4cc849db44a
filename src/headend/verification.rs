//! What a head-end says of a token that somebody holds.

use serde::Serialize;

/// The result in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerificationResult {
    /// It reads under the key named.
    Ok,
    /// Its check sum does not fit: mistyped, or made for another meter or key.
    Crc,
    /// Credit under a default key, which no meter takes.
    DdtkCredit,
    /// Made after the key's life ended.
    KeyExpired,
    /// Something else, in the server's words.
    Other,
}

impl VerificationResult {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            VerificationResult::Ok => "ok",
            VerificationResult::Crc => "crc",
            VerificationResult::DdtkCredit => "ddtk-credit",
            VerificationResult::KeyExpired => "key-expired",
            VerificationResult::Other => "other",
        }
    }

    /// What it means, and what to do.
    pub const fn meaning(self) -> &'static str {
        match self {
            VerificationResult::Ok => {
                "the server reads it: under the meter's key, or as a test token, which is under none"
            }
            VerificationResult::Crc => {
                "it does not read under this key: compare the digits, and SGC, KRN and TI with the meter"
            }
            VerificationResult::DdtkCredit => "it is credit under a default key, which no meter takes",
            VerificationResult::KeyExpired => "it was made after the key's life ended: the meter needs a key change",
            VerificationResult::Other => "the server says something that this program does not know",
        }
    }
}

/// What the head-end says of a token.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verification {
    /// The result in one word.
    pub result: VerificationResult,
    /// The head-end's own word.
    pub said: String,
    /// Class of the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<i16>,
    /// Subclass of the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subclass: Option<i16>,
    /// Token identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tid: Option<i32>,
    /// Amount, as the head-end writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// Unit of the amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The head-end's description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
