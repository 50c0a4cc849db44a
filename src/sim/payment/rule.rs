//! What differs between makers in taking tokens.

use serde::{Deserialize, Serialize};

/// The key a meter leaves the factory or the utility's workshop with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartingKey {
    /// Issuer: 600727 or 0000.
    pub iin: String,
    /// Meter number; empty means that the seed makes it.
    pub drn: String,
    /// Supply group code, six digits.
    pub sgc: String,
    /// Key revision number, 1 to 9.
    pub krn: u32,
    /// Key type, 0 to 3.
    pub kt: u32,
    /// Tariff index, 0 to 99.
    pub ti: u32,
    /// Key expiry number, 0 to 255.
    pub ken: u32,
    /// Encryption algorithm: 07 or 11.
    pub ea: String,
    /// Key generation algorithm of the vending key: 02 or 04.
    pub dkga: String,
    /// Base date of the vending key: 1993, 2014 or 2035.
    pub base_date: String,
}

/// A function of a class 0 or class 2 token, key changes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Function {
    /// Credit in tenths of a kWh.
    CreditElectricity,
    /// Power limit in watts.
    SetMaximumPowerLimit,
    /// Sets credit to zero.
    ClearCredit,
    /// Stores a tariff rate.
    SetTariffRate,
    /// Ends latched tamper conditions.
    ClearTamper,
    /// Limit of the difference between phases in watts.
    SetPhaseUnbalanceLimit,
    /// Stores a water factor.
    SetWaterFactor,
}

/// In what order the sections of a key change are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionOrder {
    /// Any.
    Any,
    /// First to last; a section out of turn is refused with format-error.
    Strict,
}

/// What the supply group code reads after a set of two sections, which carry none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SgcReading {
    /// 000000, as on many meters in the field.
    Zero,
    /// What it was before.
    Keep,
    /// That of the bench key the new key was made from, else 000000. A real meter cannot know.
    Known,
}

/// In what form a token is entered over DLMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenForm {
    /// 20 ASCII digits.
    Digits,
    /// The 66-bit number in nine octets, highest first.
    Binary,
    /// Twenty digits in ten octets.
    Bcd,
}

impl TokenForm {
    /// Its number of octets.
    pub const fn octets(self) -> usize {
        match self {
            TokenForm::Digits => 20,
            TokenForm::Binary => 9,
            TokenForm::Bcd => 10,
        }
    }
}

/// How a model takes tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentRule {
    /// Functions it has; any other is answered with function-error.
    pub functions: Vec<Function>,
    /// Numbers of the class 1 tests it has; test n is control bit n − 1.
    pub tests: Vec<u8>,
    /// Token identifiers it remembers.
    pub tid_slots: usize,
    /// Whether it compares a TID with the key expiry number.
    pub ken_check: bool,
    /// Whether credit counts on a default key, as on some samples.
    pub default_key_takes_credit: bool,
    /// Whether credit is refused (with function-error) while a tamper condition is latched.
    pub tamper_refuses_credit: bool,
    /// Highest power limit in watts; beyond it range-error.
    pub power_limit_max_w: u32,
    /// Seconds after which an unfinished key change is forgotten.
    pub key_change_timeout_s: u32,
    /// Order of the sections.
    pub key_change_order: SectionOrder,
    /// Whether the sections held outlast a power cut.
    pub key_change_survives_power_cut: bool,
    /// Class 115 status while a set is unfinished: 2 or 3.
    pub key_change_status: u8,
    /// Whether a meter of a 64-bit key takes sets of three tokens, the third with the supply group.
    #[serde(default)]
    pub three_token_sets: bool,
    /// Supply group code after a set of two sections.
    pub sgc_after_two_sections: SgcReading,
    /// Milliseconds between entry and verdict.
    pub processing_ms: u32,
    /// Milliseconds after the supply has come back in which tokens are answered with not-ready and not looked at.
    #[serde(default)]
    pub ready_after_ms: u32,
    /// Form of a token over DLMS.
    pub token_form: TokenForm,
    /// STS certificate number of class 116.
    pub certificate: String,
}

impl PaymentRule {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// Dotted name of the value, and what is wrong with it.
    pub(crate) fn check(&self) -> Result<(), (&'static str, String)> {
        if !(1..=1000).contains(&self.tid_slots) {
            return Err(("payment.tid_slots", "must be 1 to 1000".to_owned()));
        }
        if !matches!(self.key_change_status, 2 | 3) {
            return Err(("payment.key_change_status", "must be 2 or 3".to_owned()));
        }
        if self.tests.iter().any(|test| !(1..=36).contains(test)) {
            return Err(("payment.tests", "tests are numbered 1 to 36".to_owned()));
        }
        Ok(())
    }
}
