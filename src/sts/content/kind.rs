//! Names of the kinds of token, as documents use them.

use std::fmt;

macro_rules! kinds {
    ($($variant:ident $word:literal $meaning:literal;)+) => {
        /// Kind of a token, as far as it can be told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum TokenKind {
            $(#[doc = $meaning] $variant,)+
        }

        impl TokenKind {
            /// Every kind.
            pub const ALL: &'static [TokenKind] = &[$(TokenKind::$variant),+];

            /// The word used in documents.
            pub const fn word(self) -> &'static str {
                match self { $(TokenKind::$variant => $word),+ }
            }

            /// What it is, in a few words for people.
            pub const fn meaning(self) -> &'static str {
                match self { $(TokenKind::$variant => $meaning),+ }
            }
        }
    };
}

kinds! {
    CreditElectricity "credit-electricity" "electricity credit";
    CreditWater "credit-water" "water credit";
    CreditGas "credit-gas" "gas credit";
    CreditTime "credit-time" "time credit";
    CreditElectricityCurrency "credit-electricity-currency" "electricity credit in money";
    CreditWaterCurrency "credit-water-currency" "water credit in money";
    CreditGasCurrency "credit-gas-currency" "gas credit in money";
    CreditTimeCurrency "credit-time-currency" "time credit in money";
    MeterTest "meter-test" "meter test or display, works in any STS meter";
    SetMaximumPowerLimit "set-maximum-power-limit" "sets the maximum power";
    ClearCredit "clear-credit" "clears credit";
    SetTariffRate "set-tariff-rate" "sets the tariff rate";
    KeyChange1 "key-change-1" "key change, first section";
    KeyChange2 "key-change-2" "key change, second section";
    KeyChange3 "key-change-3" "key change, third section";
    KeyChange4 "key-change-4" "key change, fourth section";
    ClearTamper "clear-tamper" "clears the tamper state";
    SetPhaseUnbalanceLimit "set-phase-unbalance-limit" "sets the phase unbalance limit";
    SetWaterFactor "set-water-factor" "sets the water meter factor";
    ExtendedSet "extended-set" "extended setting, no public layout";
    ExtendedRead "extended-read" "extended reading, no public layout";
    Proprietary "proprietary" "a manufacturer's own token";
    Reserved "reserved" "reserved by the STS Association";
    EncryptedCredit "encrypted-credit" "credit of some sort, encrypted";
    EncryptedManagement "encrypted-management" "management of one meter, encrypted";
    NotAToken "not-a-token" "not a token";
}

impl fmt::Display for TokenKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}
