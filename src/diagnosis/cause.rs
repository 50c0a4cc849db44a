//! The causes a refusal may have, and how firmly one may be named.

use serde::{Serialize, Serializer};

macro_rules! causes {
    ($($name:ident $word:literal $meaning:literal;)*) => {
        /// Why a token was, or would be, refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Cause {
            $(#[doc = $meaning] $name,)*
        }

        impl Cause {
            /// Every cause, in the order of the table.
            pub const ALL: &'static [Cause] = &[$(Cause::$name,)*];

            /// The word documents use.
            pub const fn word(self) -> &'static str {
                match self { $(Cause::$name => $word,)* }
            }
        }
    };
}

causes! {
    NotAToken "not-a-token" "the string is not an STS token";
    Mistyped "mistyped" "a digit was copied or keyed in wrongly";
    WrongMeter "wrong-meter" "the token was made for another meter number";
    SgcMismatch "sgc-mismatch" "token and meter belong to different supply groups";
    KrnMismatch "krn-mismatch" "token and meter are on different key revisions";
    TiMismatch "ti-mismatch" "token and meter have different tariff indexes";
    KeyTypeMismatch "key-type-mismatch" "token and meter are on different key types";
    BaseDateMismatch "base-date-mismatch" "token and meter count minutes from different base dates";
    AlgorithmMismatch "algorithm-mismatch" "token and meter use different encryption or key generation algorithms";
    UnknownKey "unknown-key" "the meter's key is not at hand, or is not the one it claims";
    TokenOld "token-old" "the token is older than the oldest the meter remembers";
    TokenUsed "token-used" "the meter has taken a token with this identifier before";
    KeyExpired "key-expired" "the token was made after the meter's key expired";
    DefaultKey "default-key" "the meter is on a default key, which takes no credit";
    KeyTypeNotAllowed "key-type-not-allowed" "the key change leads to a key type this meter may not take";
    RegisterOverflow "register-overflow" "the credit register cannot hold the amount";
    ValueOutOfRange "value-out-of-range" "a value in the token is outside what the meter takes";
    FunctionUnsupported "function-unsupported" "the meter does not offer this function";
    FormatError "format-error" "the meter could not read the form of the token";
    ManufacturerMismatch "manufacturer-mismatch" "the test token is for another maker's meters";
    CommodityMismatch "commodity-mismatch" "the token is for another commodity than the meter counts";
    Lockout "lockout" "the meter takes no tokens for a while after too many wrong ones";
    NotReady "not-ready" "the meter is busy";
    KeyChangeIncomplete "key-change-incomplete" "a key change was begun and not finished";
    KeyChangeAlreadyApplied "key-change-already-applied" "the meter already holds what this key-change token carries";
    TidRollover "tid-rollover" "the token identifier counter rolled over and the meter or the vendor was not updated";
    NoFault "no-fault" "nothing is wrong with the token";
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl std::fmt::Display for Cause {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.word())
    }
}

/// How firmly a cause is named. The order is from weak to firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// A ranked suspicion.
    Possible,
    /// Rests on a decryption that fits, with the chance of a false fit below 1 %.
    Strong,
    /// Follows from arithmetic or from the meter's own word.
    Certain,
}

impl Strength {
    /// The word documents use.
    pub const fn word(self) -> &'static str {
        match self {
            Strength::Possible => "possible",
            Strength::Strong => "strong",
            Strength::Certain => "certain",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_names_twenty_seven_causes() {
        assert_eq!(Cause::ALL.len(), 27);
        let words: std::collections::HashSet<_> = Cause::ALL.iter().map(|cause| cause.word()).collect();
        assert_eq!(words.len(), 27);
    }

    #[test]
    fn every_cause_is_explained() {
        for cause in Cause::ALL {
            assert!(crate::knowledge::causes::cause(cause.word()).is_some(), "{cause}");
        }
    }

    #[test]
    fn strengths_are_ordered() {
        assert!(Strength::Possible < Strength::Strong && Strength::Strong < Strength::Certain);
    }
}
