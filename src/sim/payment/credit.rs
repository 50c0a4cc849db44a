//! The credit register: what tokens add, what consumption takes, and what is lent in an emergency.

use serde::{Deserialize, Serialize};

use crate::sim::energy::Energy;

/// The amounts a model works with, in hundredths of a kWh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditRule {
    /// Credit a fresh meter starts with.
    pub initial: i64,
    /// The most the register holds; a token that would go beyond is refused.
    pub maximum: i64,
    /// Below this the low-credit alarm is on.
    pub low_threshold: i64,
    /// What may be used beyond zero once the consumer asks; 0 where the model lends nothing.
    pub emergency: i64,
}

impl CreditRule {
    /// The most the register holds.
    pub fn maximum(&self) -> Energy {
        Energy::from_hundredths_kwh(self.maximum)
    }
}

/// In what state the account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CreditState {
    /// Above the low-credit threshold.
    InCredit,
    /// Above zero and below the threshold.
    LowCredit,
    /// Below zero on lent credit.
    EmergencyInUse,
    /// Nothing left.
    OutOfCredit,
}

/// The register. Negative means lent credit is being used; the next token pays it back first, by adding up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    available: Energy,
    low_threshold: Energy,
    emergency_chosen: bool,
}

impl Credit {
    /// As it leaves the factory.
    pub fn new(rule: &CreditRule) -> Self {
        Credit {
            available: Energy::from_hundredths_kwh(rule.initial),
            low_threshold: Energy::from_hundredths_kwh(rule.low_threshold),
            emergency_chosen: false,
        }
    }

    /// What is left; negative while lent credit is in use.
    pub fn available(&self) -> Energy {
        self.available
    }

    /// Where the low-credit alarm begins.
    pub fn low_threshold(&self) -> Energy {
        self.low_threshold
    }

    /// Moves the low-credit alarm.
    pub fn set_low_threshold(&mut self, threshold: Energy) {
        self.low_threshold = threshold;
    }

    /// Whether `amount` more fits the register.
    pub fn fits(&self, amount: Energy, rule: &CreditRule) -> bool {
        self.available + amount <= rule.maximum()
    }

    /// Adds the amount of a token; a debt is paid back and emergency credit is on offer again once above zero.
    pub fn add(&mut self, amount: Energy) {
        self.available += amount;
        if self.available > Energy::ZERO {
            self.emergency_chosen = false;
        }
    }

    /// Sets the register to zero, as a clear-credit token does.
    pub fn clear(&mut self) {
        self.available = Energy::ZERO;
        self.emergency_chosen = false;
    }

    /// Takes what was consumed, at most what is usable: the last millisecond before the switch opens is given away.
    pub fn consume(&mut self, amount: Energy, rule: &CreditRule) {
        self.available -= amount.min(self.usable(rule));
    }

    /// Takes what was consumed while the supply is kept up whatever the credit.
    pub fn overdraw(&mut self, amount: Energy) {
        self.available -= amount;
    }

    /// How much may still be consumed before the supply has to go off; never negative.
    pub fn usable(&self, rule: &CreditRule) -> Energy {
        let floor = if self.emergency_chosen { -Energy::from_hundredths_kwh(rule.emergency) } else { Energy::ZERO };
        (self.available - floor).max(Energy::ZERO)
    }

    /// Whether lent credit may be chosen now.
    pub fn emergency_selectable(&self, rule: &CreditRule) -> bool {
        rule.emergency > 0 && !self.emergency_chosen && self.available <= self.low_threshold
    }

    /// Whether lent credit was chosen.
    pub fn emergency_chosen(&self) -> bool {
        self.emergency_chosen
    }

    /// Chooses lent credit; tells whether the model and the balance allow it.
    pub fn choose_emergency(&mut self, rule: &CreditRule) -> bool {
        let allowed = self.emergency_selectable(rule);
        self.emergency_chosen |= allowed;
        allowed
    }

    /// In what state the account is.
    pub fn state(&self, rule: &CreditRule) -> CreditState {
        if self.usable(rule) == Energy::ZERO {
            CreditState::OutOfCredit
        } else if self.available <= Energy::ZERO {
            CreditState::EmergencyInUse
        } else if self.available < self.low_threshold {
            CreditState::LowCredit
        } else {
            CreditState::InCredit
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: CreditRule = CreditRule { initial: 100, maximum: 1000, low_threshold: 50, emergency: 20 };

    fn hundredths(amount: i64) -> Energy {
        Energy::from_hundredths_kwh(amount)
    }

    #[test]
    fn goes_through_low_emergency_and_out() {
        let mut credit = Credit::new(&RULE);
        assert_eq!(credit.state(&RULE), CreditState::InCredit);
        assert!(!credit.choose_emergency(&RULE), "not on offer above the threshold");
        credit.consume(hundredths(60), &RULE);
        assert_eq!(credit.state(&RULE), CreditState::LowCredit);
        credit.consume(hundredths(40), &RULE);
        assert_eq!(credit.state(&RULE), CreditState::OutOfCredit);
        assert!(credit.choose_emergency(&RULE));
        credit.consume(hundredths(5), &RULE);
        assert_eq!(credit.state(&RULE), CreditState::EmergencyInUse);
        assert_eq!(credit.usable(&RULE), hundredths(15));
        credit.consume(hundredths(15), &RULE);
        assert_eq!(credit.state(&RULE), CreditState::OutOfCredit);
    }

    #[test]
    fn a_token_pays_the_debt_first() {
        let mut credit = Credit::new(&RULE);
        credit.consume(hundredths(100), &RULE);
        credit.choose_emergency(&RULE);
        credit.consume(hundredths(10), &RULE);
        credit.add(hundredths(100));
        assert_eq!(credit.available(), hundredths(90));
        assert!(!credit.emergency_chosen());
    }

    #[test]
    fn the_register_has_an_end() {
        let credit = Credit::new(&RULE);
        assert!(credit.fits(hundredths(900), &RULE));
        assert!(!credit.fits(hundredths(901), &RULE));
    }
}
