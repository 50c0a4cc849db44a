//! How tokens go into a meter, and where their results are read.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::sts::Token;

/// Form of a token on its way into the meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum TokenEncoding {
    /// Twenty ASCII digits.
    #[default]
    Digits,
    /// The 66-bit number in nine octets, highest first.
    Binary,
    /// Twenty digits in ten octets, two in each, the first in the high half.
    Bcd,
}

impl TokenEncoding {
    /// Every form, the usual one first.
    pub const ALL: [TokenEncoding; 3] = [TokenEncoding::Digits, TokenEncoding::Binary, TokenEncoding::Bcd];

    /// How many octets at its end a record of the line may show: the last four digits.
    pub const fn shown(self) -> usize {
        match self {
            TokenEncoding::Digits => 4,
            TokenEncoding::Binary => 0,
            TokenEncoding::Bcd => 2,
        }
    }

    /// The octets to send.
    pub fn encode(self, token: Token) -> Vec<u8> {
        match self {
            TokenEncoding::Digits => token.to_ascii().to_vec(),
            // Nine octets hold 66 bits: the seven above them are zero.
            TokenEncoding::Binary => token.number().to_be_bytes().into_iter().skip(7).collect(),
            TokenEncoding::Bcd => {
                let digit = |octet: u8| octet.wrapping_sub(b'0') & 0x0F;
                token
                    .to_ascii()
                    .chunks(2)
                    .map(|pair| pair.iter().fold(0, |sum, octet| sum << 4 | digit(*octet)))
                    .collect()
            }
        }
    }

    /// What a meter holds as its last token, when it is one. Twenty octets are digits and ten are pairs of them, whatever
    /// the form.
    pub fn decode(self, octets: &[u8]) -> Option<Token> {
        if let Ok(digits) = octets.try_into() {
            return Token::from_ascii(digits).ok();
        }
        match (self, octets.len()) {
            (_, 10) => {
                let digits: Vec<u8> =
                    octets.iter().flat_map(|pair| [b'0' + (pair >> 4), b'0' + (pair & 0x0F)]).collect();
                Token::from_ascii(digits.as_slice().try_into().ok()?).ok()
            }
            (TokenEncoding::Binary, 1..=9) => {
                Token::from_number(octets.iter().fold(0u128, |number, octet| number << 8 | u128::from(*octet)))
            }
            _ => None,
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
