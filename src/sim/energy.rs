//! Energy in millijoules, so that consumption adds up exactly however time is cut into steps.

use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

const MILLIJOULES_PER_KWH: i64 = 3_600_000_000;

/// An amount of energy, or of credit counted in energy; negative for a debt. One unit is a millijoule, which is one
/// watt for one millisecond; the range is ± 2.5 × 10⁹ kWh and arithmetic stops at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Energy(i64);

impl Energy {
    /// None.
    pub const ZERO: Energy = Energy(0);

    /// What `watts` carry in `milliseconds`.
    pub const fn of_power(watts: i64, milliseconds: i64) -> Self {
        Energy(watts.saturating_mul(milliseconds))
    }

    /// From hundredths of a kWh, the unit of the account classes.
    pub const fn from_hundredths_kwh(hundredths: i64) -> Self {
        Energy(hundredths.saturating_mul(MILLIJOULES_PER_KWH / 100))
    }

    /// From tenths of a kWh, the unit of a credit token.
    pub const fn from_tenths_kwh(tenths: i64) -> Self {
        Energy(tenths.saturating_mul(MILLIJOULES_PER_KWH / 10))
    }

    /// Whole hundredths of a kWh, rounded down: a meter never shows more credit than there is.
    pub const fn hundredths_kwh(self) -> i64 {
        self.0.div_euclid(MILLIJOULES_PER_KWH / 100)
    }

    /// Whole watt-hours, rounded down.
    pub const fn watt_hours(self) -> i64 {
        self.0.div_euclid(MILLIJOULES_PER_KWH / 1000)
    }

    /// How many whole milliseconds `watts` take to use this up, rounded up; `None` when they never do.
    pub const fn milliseconds_at(self, watts: i64) -> Option<i64> {
        if watts <= 0 {
            None
        } else if self.0 <= 0 {
            Some(0)
        } else {
            Some(self.0.saturating_add(watts - 1) / watts)
        }
    }
}

impl Add for Energy {
    type Output = Energy;
    fn add(self, other: Energy) -> Energy {
        Energy(self.0.saturating_add(other.0))
    }
}

impl Sub for Energy {
    type Output = Energy;
    fn sub(self, other: Energy) -> Energy {
        Energy(self.0.saturating_sub(other.0))
    }
}

impl Neg for Energy {
    type Output = Energy;
    fn neg(self) -> Energy {
        Energy(self.0.saturating_neg())
    }
}

impl AddAssign for Energy {
    fn add_assign(&mut self, other: Energy) {
        *self = *self + other;
    }
}

impl SubAssign for Energy {
    fn sub_assign(&mut self, other: Energy) {
        *self = *self - other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilowatt_for_an_hour_is_a_kilowatt_hour() {
        let hour = Energy::of_power(1000, 3_600_000);
        assert_eq!(hour, Energy::from_tenths_kwh(10));
        assert_eq!(hour.hundredths_kwh(), 100);
        assert_eq!(hour.watt_hours(), 1000);
    }

    #[test]
    fn a_debt_is_rounded_away_from_zero() {
        assert_eq!((Energy::ZERO - Energy::of_power(1, 1)).hundredths_kwh(), -1);
    }

    #[test]
    fn the_time_to_use_up_credit_reaches_zero_and_not_before() {
        let credit = Energy::from_hundredths_kwh(1);
        let needed = credit.milliseconds_at(700).unwrap();
        assert!(credit - Energy::of_power(700, needed) <= Energy::ZERO);
        assert!(credit - Energy::of_power(700, needed - 1) > Energy::ZERO);
        assert_eq!(credit.milliseconds_at(0), None);
    }
}
