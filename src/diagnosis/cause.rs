//! The causes a refusal may have: one table with a row for each, and how firmly one may be named.

use serde::{Serialize, Serializer};

use super::remedy::{self, Situation};
use crate::sts::TokenResult;

/// What to do about a cause.
enum Remedy {
    /// The same in every case.
    Fixed(&'static [&'static str]),
    /// Chosen by the case; without one, what holds in general.
    Chosen(fn(&Situation<'_>) -> Vec<String>),
}

use Remedy::{Chosen, Fixed};

/// A row: name, word in documents, how firmly it may be named at most, the results by which a meter names it itself, what it
/// means, what to do. `tests/diagnosis` has cases that end in each.
macro_rules! causes {
    ($($name:ident $word:literal $firmest:ident [$($result:ident)*] $meaning:literal $kind:ident($remedy:expr);)*) => {
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

            /// What it means, in one clause.
            pub const fn meaning(self) -> &'static str {
                match self { $(Cause::$name => $meaning,)* }
            }

            /// How firmly it may be named at most.
            pub const fn firmest(self) -> Strength {
                match self { $(Cause::$name => Strength::$firmest,)* }
            }

            /// The cause that a meter's own result names; `None` for a check-sum error, which has many.
            pub const fn of_result(result: TokenResult) -> Option<Cause> {
                match result {
                    $($(TokenResult::$result => Some(Cause::$name),)*)*
                    TokenResult::CrcError => None,
                }
            }

            fn remedy(self) -> Remedy {
                match self { $(Cause::$name => $kind($remedy),)* }
            }
        }
    };
}

causes! {
    // Arithmetic on the string, and the slips and keys that a trial decryption tells.
    NotAToken "not-a-token" Certain []
        "the string is not an STS token: not 20 digits, a letter among them, or a number of 2^66 or more"
        Fixed(&[
            "Read the slip again, digit by digit: a token has 20 digits and no letters.",
            "Ask vending to reprint or resend it when digits are missing.",
        ]);
    Mistyped "mistyped" Strong []
        "a digit was copied or keyed in wrongly"
        Chosen(remedy::mistyped);
    WrongMeter "wrong-meter" Strong []
        "the token was made for another meter number"
        Chosen(remedy::wrong_meter);
    SgcMismatch "sgc-mismatch" Strong []
        "token and meter belong to different supply groups"
        Chosen(remedy::supply_group);
    KrnMismatch "krn-mismatch" Strong []
        "token and meter are on different key revisions"
        Chosen(remedy::key_revision);
    TiMismatch "ti-mismatch" Strong []
        "token and meter have different tariff indexes"
        Chosen(remedy::tariff_index);
    KeyTypeMismatch "key-type-mismatch" Strong []
        "token and meter are on different key types"
        Fixed(&[
            "Meter and vending are on different key types: ask vending for the key-change tokens from the meter's present key.",
            "Enter all of them, first to last without a pause, then this token again; it is not used up.",
        ]);
    BaseDateMismatch "base-date-mismatch" Strong []
        "token and meter count minutes from different base dates"
        Fixed(&[
            "Ask vending which base date this meter's vending key has; record and meter must agree.",
            "Enter the key-change tokens with the roll-over bit when the meter is to move to the newer base date.",
        ]);
    AlgorithmMismatch "algorithm-mismatch" Strong []
        "token and meter use different encryption or key-generation algorithms"
        Fixed(&["Have vending correct the algorithm (EA, DKGA) in this meter's record and issue a replacement."]);
    UnknownKey "unknown-key" Possible []
        "the meter's key is not at hand, or is not the one it claims"
        Chosen(remedy::unknown_key);
    // The meter's own word, or what it stores.
    TokenOld "token-old" Certain [OldError]
        "the token is older than the oldest the meter remembers"
        Fixed(&[
            "Look whether newer tokens of this customer were entered first; this one can no longer be used.",
            "Ask vending for a replacement with a new identifier.",
            "When every new token is old for this meter, ask vending to check its clock and base date.",
        ]);
    TokenUsed "token-used" Certain [UsedError]
        "the meter has taken a token with this identifier before"
        Fixed(&[
            "Compare the balance and the last credit with the slip: this token, or its twin, was taken already.",
            "Ask vending for a replacement only when no credit was added.",
        ]);
    KeyExpired "key-expired" Certain [KeyExpiredError]
        "the token was made after the meter's key expired"
        Fixed(&["Ask vending for key-change tokens to a key revision with a later expiry number, enter them, then a replacement."]);
    DefaultKey "default-key" Certain [DdtkError]
        "the meter is on a default key, which takes no credit"
        Fixed(&[
            "Commission the meter: enter the key-change tokens from its default key to its unique key.",
            "Then enter this credit's replacement, made on the new key.",
        ]);
    KeyTypeNotAllowed "key-type-not-allowed" Certain [KeyTypeError]
        "the key change leads to a key type this meter may not take"
        Fixed(&["Do not enter this set: have vending issue key-change tokens to key type 2 (the meter's unique key)."]);
    RegisterOverflow "register-overflow" Certain [OverflowError]
        "the credit register cannot hold the amount"
        Fixed(&[
            "Let the customer use up credit first, then enter the token again; it is not used up.",
            "Ask vending to split the amount when it is above what the register can ever hold.",
        ]);
    ValueOutOfRange "value-out-of-range" Certain [RangeError]
        "a value in the token is outside what the meter takes"
        Fixed(&["Ask vending for a token with a value this model takes; the limits are in its manual."]);
    FunctionUnsupported "function-unsupported" Certain [FunctionError]
        "the meter does not offer this function"
        Fixed(&["This model has no such function: ask vending which token the model takes instead."]);
    FormatError "format-error" Certain [FormatError]
        "the meter could not read the form of the token"
        Fixed(&[
            "Enter it again slowly; a pause of 20 s or more drops the entry on many keypads.",
            "When it is refused again, ask vending for a replacement.",
        ]);
    ManufacturerMismatch "manufacturer-mismatch" Certain [MfrCodeError]
        "the test token is for another maker's meters"
        Fixed(&[
            "Use the test token for all makers (manufacturer code 0), in the short or the long variant.",
            "`wattkey token test` prints both.",
        ]);
    CommodityMismatch "commodity-mismatch" Certain []
        "the token is for another commodity than the meter counts"
        Fixed(&[
            "Take the token to the customer's meter for that commodity.",
            "When it was sold for this meter, have vending correct the commodity in its record and issue a replacement.",
        ]);
    Lockout "lockout" Certain [Lockout]
        "the meter takes no tokens for a while after too many wrong ones"
        Chosen(remedy::lockout);
    NotReady "not-ready" Certain [NotReady]
        "the meter is busy"
        Fixed(&["Wait until the meter has finished, then enter the token once more."]);
    KeyChangeIncomplete "key-change-incomplete" Certain [FirstKct SecondKct ThirdKct FourthKct]
        "a key change was begun and not finished"
        Chosen(remedy::incomplete);
    KeyChangeAlreadyApplied "key-change-already-applied" Certain []
        "the meter already holds what this key-change token carries"
        Fixed(&[
            "Nothing to do with these tokens: the meter has the key they lead to.",
            "Enter the credit token that was made on the new key.",
        ]);
    TidRollover "tid-rollover" Certain []
        "the token identifiers ran over at the end of their base date, and meter or vendor was not updated"
        Fixed(&[
            "Ask vending for the key-change tokens with the roll-over bit and enter them all without a pause.",
            "Enter unused credit made on the old key before them; it cannot be used afterwards.",
            "Then enter this token again, or a replacement made on the new base date.",
        ]);
    NoFault "no-fault" Certain [Accept]
        "nothing is wrong with the token"
        Chosen(remedy::no_fault);
}

impl Cause {
    /// Steps against it, in order.
    pub fn steps(self, situation: &Situation<'_>) -> Vec<String> {
        match self.remedy() {
            Fixed(steps) => steps.iter().map(|step| (*step).to_owned()).collect(),
            Chosen(steps) => steps(situation),
        }
    }
}

/// What `undetermined` means, the verdict when the evidence fits several causes.
pub const UNDETERMINED: (&str, &str, &[&str]) = (
    "undetermined",
    "the evidence does not tell the possible causes apart",
    &[
        "Do what the diagnosis names to find out more.",
        "A readout of the meter (`wattkey status --json`) and the keys tell most.",
    ],
);

/// What a verdict means, by its word: that of a cause, or `undetermined`.
pub fn meaning_of(verdict: &str) -> Option<&'static str> {
    let (word, meaning, _) = UNDETERMINED;
    let cause = || Cause::ALL.iter().find(|cause| cause.word() == verdict).map(|cause| cause.meaning());
    if verdict == word { Some(meaning) } else { cause() }
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
    use crate::diagnosis::{Case, Readout};

    #[test]
    fn the_contract_names_twenty_seven_causes() {
        assert_eq!(Cause::ALL.len(), 27);
        let words: std::collections::HashSet<_> = Cause::ALL.iter().map(|cause| cause.word()).collect();
        assert_eq!(words.len(), 27);
    }

    #[test]
    fn every_cause_has_a_remedy_without_a_case() {
        let case = Case::of_token("", time::macros::datetime!(2026-01-01 00:00 UTC));
        let situation = Situation { case: &case, meter: &Readout::default(), fit: None };
        for cause in Cause::ALL {
            let steps = cause.steps(&situation);
            assert!(!steps.is_empty() && steps.iter().all(|step| step.ends_with('.')), "{cause}: {steps:?}");
        }
    }

    #[test]
    fn strengths_are_ordered() {
        assert!(Strength::Possible < Strength::Strong && Strength::Strong < Strength::Certain);
    }
}
