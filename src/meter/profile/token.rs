//! How tokens go into a meter, and where their results are read.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Form of a token on its way into the meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum TokenEncoding {
    /// Twenty ASCII digits.
    #[default]
    Digits,
    /// The 66-bit number in nine octets, highest first.
    Binary,
}

impl TokenEncoding {
    /// The octets to send, or `None` when `digits` are not a token.
    pub fn encode(self, digits: &str) -> Option<Vec<u8>> {
        if digits.len() != 20 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: u128 = digits.parse().ok().filter(|number| *number < 1 << 66)?;
        match self {
            TokenEncoding::Digits => Some(digits.as_bytes().to_vec()),
            TokenEncoding::Binary => number.to_be_bytes().get(7..).map(<[u8]>::to_vec),
        }
    }

    /// The digits of what a meter holds as its last token, when it is one.
    pub fn decode(self, octets: &[u8]) -> Option<String> {
        if octets.len() == 20 && octets.iter().all(u8::is_ascii_digit) {
            return String::from_utf8(octets.to_vec()).ok();
        }
        match self {
            TokenEncoding::Digits => None,
            TokenEncoding::Binary if octets.is_empty() || octets.len() > 9 => None,
            TokenEncoding::Binary => {
                let number = octets.iter().fold(0u128, |number, octet| number << 8 | u128::from(*octet));
                Some(format!("{number:020}"))
            }
        }
    }
}

/// A place where the meter tells the result of the last token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultSource {
    /// The description (class 115 attribute 4) is a result word of the contract.
    DescriptionWord,
    /// The data value (class 115 attribute 6) is the IEC 62055-41 result number.
    DataNumber,
    /// The status (class 115 attribute 6), as far as it is unambiguous: execution OK, format and authentication failure.
    Status,
    /// The answer to the write itself (IEC 62056-21): acknowledged is accepted, an error text is named by `codes`.
    Register,
}

/// Token settings of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct TokenProfile {
    /// Form of the token.
    #[serde(default)]
    pub encoding: TokenEncoding,
    /// Where the result is read, best first.
    #[serde(default)]
    pub result: Vec<ResultSource>,
    /// IEC 62056-21: the write command, such as `W1`.
    pub command: Option<String>,
    /// IEC 62056-21: the data set the token is written to.
    pub register: Option<String>,
    /// Result words by the maker's number or error text, as strings.
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
    /// Longest time the meter takes to process a token, in milliseconds.
    pub processing_ms: Option<u32>,
}
