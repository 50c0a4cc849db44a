//! What a token says: every class and subclass of IEC 62055-41 as a typed value.

mod fields;
mod kind;
mod layout;
mod meter_test;

pub use fields::{Commodity, CreditRegister, ExtensionPayload, KeyPart, RandomNumber};
pub use kind::TokenKind;
pub use layout::CrcMismatch;
pub use meter_test::{MeterTest, TestForm, TestName};

use super::amount::{Amount, CurrencyAmount};
use super::parameters::{EncryptionAlgorithm, KeyType, SupplyGroupCode};
use super::tid::Tid;
use super::token::TokenClass;

/// The meaning of a clear token block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenContent {
    /// Class 0, subclass 0 to 3: credit in units of the commodity.
    Credit {
        /// What is sold.
        commodity: Commodity,
        /// Random number.
        rnd: RandomNumber,
        /// Token identifier.
        tid: Tid,
        /// Tenths of kWh, m³ or minutes.
        amount: Amount,
    },
    /// Class 0, subclass 4 to 7: credit in money. Layout of the amount from a single source.
    CurrencyCredit {
        /// What is paid for.
        commodity: Commodity,
        /// Token identifier.
        tid: Tid,
        /// Units of 0.00001 of the base currency.
        amount: CurrencyAmount,
    },
    /// Class 1, subclass 0 and 1: a test or display, in clear.
    MeterTest(MeterTest),
    /// Class 1, subclass 2: extended token read. No public layout.
    ExtendedRead(ExtensionPayload),
    /// Class 2, subclass 0.
    SetMaximumPowerLimit {
        /// Random number.
        rnd: RandomNumber,
        /// Token identifier.
        tid: Tid,
        /// Watts.
        limit: Amount,
    },
    /// Class 2, subclass 1.
    ClearCredit {
        /// Random number.
        rnd: RandomNumber,
        /// Token identifier.
        tid: Tid,
        /// Which register.
        register: CreditRegister,
    },
    /// Class 2, subclass 2. The meaning of the rate is reserved by the STS Association.
    SetTariffRate {
        /// Random number.
        rnd: RandomNumber,
        /// Token identifier.
        tid: Tid,
        /// Field as transmitted.
        rate: u16,
    },
    /// Class 2, subclass 3: first section of a decoder key.
    KeyChange1 {
        /// High four bits of the new key expiry number.
        ken_high: u8,
        /// New key revision number as transmitted, 0 to 15; 1 to 9 are valid.
        krn: u8,
        /// Whether the meter forgets its token identifiers when the set is complete.
        rollover: bool,
        /// Whether a third token belongs to a set for a 64-bit key.
        three_tokens: bool,
        /// New key type.
        kt: KeyType,
        /// Highest 32 bits of the new key.
        key_part: KeyPart,
    },
    /// Class 2, subclass 4: second section.
    KeyChange2 {
        /// Low four bits of the new key expiry number.
        ken_low: u8,
        /// New tariff index as transmitted, 0 to 255; 0 to 99 are valid.
        ti: u8,
        /// Lowest 32 bits of the new key.
        key_part: KeyPart,
    },
    /// Class 2, subclass 8: third section, 128-bit keys only.
    KeyChange3 {
        /// Low 12 bits of the new supply group code.
        sgc_low: u16,
        /// Second highest 32 bits of the new key.
        key_part: KeyPart,
    },
    /// Class 2, subclass 8 under a 64-bit key: third token of a set of three, which carries no part of the key.
    /// Layout from a single source.
    KeyChangeSupplyGroup {
        /// The new supply group code.
        sgc: SupplyGroupCode,
    },
    /// Class 2, subclass 9: fourth section, 128-bit keys only.
    KeyChange4 {
        /// High 12 bits of the new supply group code.
        sgc_high: u16,
        /// Second lowest 32 bits of the new key.
        key_part: KeyPart,
    },
    /// Class 2, subclass 5.
    ClearTamper {
        /// Random number.
        rnd: RandomNumber,
        /// Token identifier.
        tid: Tid,
        /// Unused bits, 0 when issued.
        padding: u16,
    },
    /// Class 2, subclass 6.
    SetPhaseUnbalanceLimit {
        /// Random number.
        rnd: RandomNumber,
        /// Token identifier.
        tid: Tid,
        /// Watts.
        limit: Amount,
    },
    /// Class 2, subclass 7. The meaning of the factor is reserved by the STS Association.
    SetWaterFactor {
        /// Random number.
        rnd: RandomNumber,
        /// Token identifier.
        tid: Tid,
        /// Field as transmitted.
        factor: u16,
    },
    /// Class 2, subclass 10: extended token set. No public layout.
    ExtendedSet(ExtensionPayload),
    /// Class 1, subclass 6 to 15, and class 2, subclass 11 to 15: of one manufacturer.
    Proprietary {
        /// Class 1 or 2.
        class: TokenClass,
        /// Subclass.
        subclass: u8,
        /// The rest.
        payload: ExtensionPayload,
    },
    /// Class 0, subclass 8 to 15; class 1, subclass 3 to 5; all of class 3; class 2, subclass 8 under a 64-bit key
    /// when it does not hold a supply group and zeros.
    Reserved {
        /// The class.
        class: TokenClass,
        /// Subclass.
        subclass: u8,
        /// The rest.
        payload: ExtensionPayload,
    },
}

impl TokenContent {
    /// The class that carries this content.
    pub const fn class(&self) -> TokenClass {
        match self {
            TokenContent::Credit { .. } | TokenContent::CurrencyCredit { .. } => TokenClass::Credit,
            TokenContent::MeterTest(_) | TokenContent::ExtendedRead(_) => TokenClass::Test,
            TokenContent::Proprietary { class, .. } | TokenContent::Reserved { class, .. } => *class,
            _ => TokenClass::Management,
        }
    }

    /// The subclass, 0 to 15.
    pub const fn subclass(&self) -> u8 {
        match self {
            TokenContent::Credit { commodity, .. } => commodity.number(),
            TokenContent::CurrencyCredit { commodity, .. } => commodity.number() + 4,
            TokenContent::MeterTest(test) => test.subclass(),
            TokenContent::ExtendedRead(_) => 2,
            TokenContent::SetMaximumPowerLimit { .. } => 0,
            TokenContent::ClearCredit { .. } => 1,
            TokenContent::SetTariffRate { .. } => 2,
            TokenContent::KeyChange1 { .. } => 3,
            TokenContent::KeyChange2 { .. } => 4,
            TokenContent::ClearTamper { .. } => 5,
            TokenContent::SetPhaseUnbalanceLimit { .. } => 6,
            TokenContent::SetWaterFactor { .. } => 7,
            TokenContent::KeyChange3 { .. } | TokenContent::KeyChangeSupplyGroup { .. } => 8,
            TokenContent::KeyChange4 { .. } => 9,
            TokenContent::ExtendedSet(_) => 10,
            TokenContent::Proprietary { subclass, .. } | TokenContent::Reserved { subclass, .. } => *subclass,
        }
    }

    /// What kind of token this is.
    pub const fn kind(&self) -> TokenKind {
        match self {
            TokenContent::Credit { commodity, .. } => match commodity {
                Commodity::Electricity => TokenKind::CreditElectricity,
                Commodity::Water => TokenKind::CreditWater,
                Commodity::Gas => TokenKind::CreditGas,
                Commodity::Time => TokenKind::CreditTime,
            },
            TokenContent::CurrencyCredit { commodity, .. } => match commodity {
                Commodity::Electricity => TokenKind::CreditElectricityCurrency,
                Commodity::Water => TokenKind::CreditWaterCurrency,
                Commodity::Gas => TokenKind::CreditGasCurrency,
                Commodity::Time => TokenKind::CreditTimeCurrency,
            },
            TokenContent::MeterTest(_) => TokenKind::MeterTest,
            TokenContent::ExtendedRead(_) => TokenKind::ExtendedRead,
            TokenContent::SetMaximumPowerLimit { .. } => TokenKind::SetMaximumPowerLimit,
            TokenContent::ClearCredit { .. } => TokenKind::ClearCredit,
            TokenContent::SetTariffRate { .. } => TokenKind::SetTariffRate,
            TokenContent::KeyChange1 { .. } => TokenKind::KeyChange1,
            TokenContent::KeyChange2 { .. } => TokenKind::KeyChange2,
            TokenContent::KeyChange3 { .. } | TokenContent::KeyChangeSupplyGroup { .. } => TokenKind::KeyChange3,
            TokenContent::KeyChange4 { .. } => TokenKind::KeyChange4,
            TokenContent::ClearTamper { .. } => TokenKind::ClearTamper,
            TokenContent::SetPhaseUnbalanceLimit { .. } => TokenKind::SetPhaseUnbalanceLimit,
            TokenContent::SetWaterFactor { .. } => TokenKind::SetWaterFactor,
            TokenContent::ExtendedSet(_) => TokenKind::ExtendedSet,
            TokenContent::Proprietary { .. } => TokenKind::Proprietary,
            TokenContent::Reserved { .. } => TokenKind::Reserved,
        }
    }

    /// The token identifier, of the kinds that carry one. Key-change tokens and tests do not.
    pub const fn tid(&self) -> Option<Tid> {
        match self {
            TokenContent::Credit { tid, .. }
            | TokenContent::CurrencyCredit { tid, .. }
            | TokenContent::SetMaximumPowerLimit { tid, .. }
            | TokenContent::ClearCredit { tid, .. }
            | TokenContent::SetTariffRate { tid, .. }
            | TokenContent::ClearTamper { tid, .. }
            | TokenContent::SetPhaseUnbalanceLimit { tid, .. }
            | TokenContent::SetWaterFactor { tid, .. } => Some(*tid),
            _ => None,
        }
    }

    /// The random number, of the kinds that carry one.
    pub const fn rnd(&self) -> Option<RandomNumber> {
        match self {
            TokenContent::Credit { rnd, .. }
            | TokenContent::SetMaximumPowerLimit { rnd, .. }
            | TokenContent::ClearCredit { rnd, .. }
            | TokenContent::SetTariffRate { rnd, .. }
            | TokenContent::ClearTamper { rnd, .. }
            | TokenContent::SetPhaseUnbalanceLimit { rnd, .. }
            | TokenContent::SetWaterFactor { rnd, .. } => Some(*rnd),
            _ => None,
        }
    }

    /// The content as a meter with this encryption algorithm reads it: subclass 8 of class 2 is a part of a 128-bit
    /// key, or the supply group that goes with a 64-bit key.
    #[must_use]
    pub fn under(self, ea: EncryptionAlgorithm) -> Self {
        match self {
            TokenContent::KeyChange3 { .. } if ea != EncryptionAlgorithm::Ea11 => layout::supply_group(self.block()),
            other => other,
        }
    }

    /// Whether this is a section of a decoder key.
    pub const fn is_key_change(&self) -> bool {
        matches!(
            self,
            TokenContent::KeyChange1 { .. }
                | TokenContent::KeyChange2 { .. }
                | TokenContent::KeyChange3 { .. }
                | TokenContent::KeyChangeSupplyGroup { .. }
                | TokenContent::KeyChange4 { .. }
        )
    }
}
