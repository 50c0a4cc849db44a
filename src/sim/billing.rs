//! What a bill is made of: energy by tariff, the readings at the end of each month, and what was bought.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::sim::energy::Energy;

/// Tariffs of the day.
pub const TARIFFS: usize = 4;

/// Months whose readings are kept.
pub const SETTLEMENTS: usize = 12;

/// Tariff of each hour of a day in UTC, counted from 0: sharp peak, peak, flat, valley.
const BY_HOUR: [usize; 24] = [3, 3, 3, 3, 3, 3, 3, 2, 1, 1, 0, 2, 2, 2, 2, 2, 2, 1, 0, 0, 1, 2, 2, 3];

/// Readings at the end of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// Energy imported until then.
    pub import: Energy,
    /// The same by tariff.
    pub tariffs: [Energy; TARIFFS],
}

/// Energy by tariff and month, and purchases.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Billing {
    tariffs: [Energy; TARIFFS],
    /// The newest first.
    settlements: VecDeque<Settlement>,
    /// Months since year 0 of the last capture.
    month: Option<i64>,
    purchases: u32,
    bought_hundredths: i64,
}

impl Billing {
    /// Counts energy used up in a time that begins at `from` and lies within one hour.
    pub(super) fn count(&mut self, used: Energy, from: OffsetDateTime) {
        let tariff = BY_HOUR.get(usize::from(from.hour())).copied().unwrap_or_default();
        if let Some(register) = self.tariffs.get_mut(tariff) {
            *register += used;
        }
    }

    /// Keeps the readings when the clock has come into another month.
    pub(super) fn settle_month(&mut self, clock: OffsetDateTime, import: Energy) {
        let month = i64::from(clock.year()) * 12 + i64::from(u8::from(clock.month()));
        if self.month.replace(month).is_some_and(|before| before < month) {
            self.settlements.push_front(Settlement { import, tariffs: self.tariffs });
            self.settlements.truncate(SETTLEMENTS);
        }
    }

    /// Counts a purchase of so many hundredths of a kWh.
    pub(super) fn count_purchase(&mut self, hundredths: i64) {
        self.purchases = self.purchases.saturating_add(1);
        self.bought_hundredths = self.bought_hundredths.saturating_add(hundredths);
    }

    /// Forgets energies and settlements; purchases stay.
    pub(super) fn clear_energies(&mut self) {
        self.tariffs = [Energy::ZERO; TARIFFS];
        self.settlements.clear();
    }

    /// Imported energy by tariff.
    pub fn tariffs(&self) -> &[Energy; TARIFFS] {
        &self.tariffs
    }

    /// Readings at the end of past months, the newest first.
    pub fn settlements(&self) -> impl Iterator<Item = &Settlement> {
        self.settlements.iter()
    }

    /// Credit tokens taken.
    pub fn purchases(&self) -> u32 {
        self.purchases
    }

    /// What they added up to, in hundredths of a kWh.
    pub fn bought_hundredths(&self) -> i64 {
        self.bought_hundredths
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn energy_goes_to_the_tariff_of_the_hour_and_months_are_settled() {
        let mut billing = Billing::default();
        let one = Energy::from_hundredths_kwh(100);
        billing.count(one, datetime!(2026-10-31 03:55 UTC));
        billing.count(one, datetime!(2026-10-31 19:00 UTC));
        billing.settle_month(datetime!(2026-10-31 23:30 UTC), one + one);
        assert_eq!(billing.settlements().count(), 0);
        billing.settle_month(datetime!(2026-11-01 00:00 UTC), one + one);
        billing.settle_month(datetime!(2026-11-01 00:30 UTC), one + one);
        assert_eq!(billing.tariffs(), &[one, Energy::ZERO, Energy::ZERO, one]);
        assert_eq!(billing.settlements().map(|month| month.import).collect::<Vec<_>>(), [one + one]);
        billing.clear_energies();
        assert_eq!((billing.settlements().count(), billing.tariffs()[0]), (0, Energy::ZERO));
    }
}
