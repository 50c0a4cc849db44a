//! Voltage sags and swells, placed by the seed: at most one a day on each phase.

use super::{Slot, SupplyRule, dice};

/// A departure of the voltage from its usual range, lasting five to fifteen minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disturbance {
    /// Down to this percentage of what it would be.
    Sag(u32),
    /// Up to this percentage.
    Swell(u32),
}

impl Disturbance {
    /// Percentage of the undisturbed voltage.
    pub fn percent(self) -> u32 {
        match self {
            Disturbance::Sag(percent) | Disturbance::Swell(percent) => percent,
        }
    }
}

pub(super) fn in_slot(rule: &SupplyRule, seed: u64, slot: Slot, phase: u8) -> Option<Disturbance> {
    const DAYS_A_YEAR: u32 = 365;
    let mut rng = dice(seed, 64 + u64::from(phase), slot.day());
    let draw = rng.u32(0..DAYS_A_YEAR);
    let length = rng.i64(1..=3);
    let start = rng.i64(0..=Slot::A_DAY - length);
    if !(start..start + length).contains(&slot.within_day()) {
        return None;
    }
    if draw < rule.sags_a_year {
        Some(Disturbance::Sag(rng.u32(60..=85)))
    } else if draw < rule.sags_a_year.saturating_add(rule.swells_a_year) {
        Some(Disturbance::Swell(rng.u32(112..=118)))
    } else {
        None
    }
}
