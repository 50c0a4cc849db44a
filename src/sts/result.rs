//! What a meter says about a token (IEC 62055-41 clauses 7.1 and 7.3).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::error::FieldError;

macro_rules! results {
    ($($variant:ident $word:literal $number:tt $meaning:literal;)+) => {
        /// A meter's answer to a token.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum TokenResult {
            $(#[doc = $meaning] #[serde(rename = $word)] $variant,)+
        }

        impl TokenResult {
            /// Every result.
            pub const ALL: &'static [TokenResult] = &[$(TokenResult::$variant),+];

            /// The word used in documents.
            pub const fn word(self) -> &'static str {
                match self { $(TokenResult::$variant => $word),+ }
            }

            /// What it means, in one clause.
            pub const fn meaning(self) -> &'static str {
                match self { $(TokenResult::$variant => $meaning),+ }
            }

            /// The number that some meters show in place of the word, such as a Conlog BEC62 under `#078#`.
            /// `None` where no number was ever seen.
            pub const fn number(self) -> Option<u8> {
                match self { $(TokenResult::$variant => results!(@number $number)),+ }
            }
        }
    };
    (@number none) => { None };
    (@number $number:literal) => { Some($number) };
}

results! {
    Accept "accept" 1 "accepted";
    FirstKct "first-kct" 2 "first key-change section taken, the set is unfinished";
    SecondKct "second-kct" 3 "second key-change section taken, the set is unfinished";
    ThirdKct "third-kct" none "third key-change section taken, the set is unfinished";
    FourthKct "fourth-kct" none "fourth key-change section taken, the set is unfinished";
    OverflowError "overflow-error" 4 "the credit register would overflow";
    KeyTypeError "key-type-error" 5 "the key type may not be changed this way";
    FormatError "format-error" 6 "the token is badly formed";
    RangeError "range-error" 7 "a value in the token is out of range";
    FunctionError "function-error" 8 "the meter does not have this function";
    OldError "old-error" 9 "the token identifier is older than all the meter remembers";
    UsedError "used-error" 10 "the token identifier was used before";
    KeyExpiredError "key-expired-error" 11 "the key's life ended before the token was made";
    DdtkError "ddtk-error" 12 "credit is refused on the default key";
    CrcError "crc-error" 13 "the check sum is wrong: mistyped, or made for another meter or key";
    MfrCodeError "mfr-code-error" 14 "the manufacturer code is not this meter's";
    Lockout "lockout" 15 "entry is locked for a while after wrong tokens";
    NotReady "not-ready" 16 "the meter is busy";
}

impl TokenResult {
    /// Whether the meter took the token, wholly or as a section of an unfinished set.
    pub const fn is_taken(self) -> bool {
        matches!(
            self,
            TokenResult::Accept
                | TokenResult::FirstKct
                | TokenResult::SecondKct
                | TokenResult::ThirdKct
                | TokenResult::FourthKct
        )
    }

    /// The result some meters show as this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|result| result.number() == Some(number))
    }
}

impl fmt::Display for TokenResult {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

impl FromStr for TokenResult {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        Self::ALL.iter().copied().find(|result| result.word() == text).ok_or_else(|| {
            FieldError::new("token result", text, "there is no such result", "use a word such as accept or crc-error")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_lead_back() {
        for result in TokenResult::ALL {
            assert_eq!(result.word().parse::<TokenResult>().unwrap(), *result);
            if let Some(number) = result.number() {
                assert_eq!(TokenResult::from_number(number), Some(*result));
            }
        }
        assert_eq!(TokenResult::from_number(13), Some(TokenResult::CrcError));
        assert_eq!(TokenResult::from_number(0), None);
        assert_eq!(serde_json::to_string(&TokenResult::DdtkError).unwrap(), "\"ddtk-error\"");
    }
}
