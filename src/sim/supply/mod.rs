//! The supply and the load behind a simulated meter: a pure function of the seed and the time.
//!
//! Time is cut into slots of five minutes in which nothing changes, so that energy adds up to the same total
//! whatever the steps in which a meter is advanced.

mod day_curve;
mod disturbance;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use disturbance::Disturbance;

/// Length of a slot in seconds.
pub const SLOT_S: i64 = 300;

/// What a model is connected to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplyRule {
    /// Phases: 1 or 3.
    pub phases: u8,
    /// Nominal voltage between phase and neutral, in volts.
    pub nominal_v: u32,
    /// Ratio of the current transformers; 1 where the meter carries the current itself.
    pub ct_ratio: u32,
    /// Load at night, in watts, all phases together.
    pub base_load_w: u32,
    /// Load at the evening peak, in watts, all phases together.
    pub peak_load_w: u32,
    /// Power factor in thousandths.
    pub power_factor_milli: u32,
    /// Sags a year on each phase.
    pub sags_a_year: u32,
    /// Swells a year on each phase.
    pub swells_a_year: u32,
}

/// The number of a slot since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(i64);

impl Slot {
    /// The slot `time` lies in.
    pub fn of(time: OffsetDateTime) -> Self {
        Slot(time.unix_timestamp().div_euclid(SLOT_S))
    }

    /// The first instant after the slot.
    pub fn end(self) -> OffsetDateTime {
        let seconds = self.0.saturating_add(1).saturating_mul(SLOT_S);
        OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// Slots of one day.
    const A_DAY: i64 = 86_400 / SLOT_S;

    fn day(self) -> i64 {
        self.0.div_euclid(Self::A_DAY)
    }

    fn within_day(self) -> i64 {
        self.0.rem_euclid(Self::A_DAY)
    }
}

/// One phase as the meter measures it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseReading {
    /// Voltage in tenths of a volt.
    pub voltage_dv: u32,
    /// Current in milliamperes, on the primary side.
    pub current_ma: u32,
    /// Active power in watts, on the primary side.
    pub active_power_w: u32,
    /// Power factor in thousandths.
    pub power_factor_milli: u32,
}

impl PhaseReading {
    /// Apparent power in volt-amperes.
    pub fn apparent_power_va(&self) -> f64 {
        f64::from(self.voltage_dv) * f64::from(self.current_ma) / 10_000.0
    }

    /// Reactive power in vars; the load is inductive.
    pub fn reactive_power_var(&self) -> f64 {
        let active = f64::from(self.active_power_w);
        (self.apparent_power_va().powi(2) - active.powi(2)).max(0.0).sqrt()
    }
}

/// All phases and the frequency at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    /// One or three phases, L1 first.
    pub phases: Vec<PhaseReading>,
    /// Frequency in hundredths of a hertz.
    pub frequency_chz: u32,
}

impl Readings {
    /// Active power of all phases in watts.
    pub fn total_power_w(&self) -> u32 {
        self.phases.iter().map(|phase| phase.active_power_w).sum()
    }

    /// Largest difference of power between two phases in watts.
    pub fn unbalance_w(&self) -> u32 {
        let powers = || self.phases.iter().map(|phase| phase.active_power_w);
        powers().max().unwrap_or(0) - powers().min().unwrap_or(0)
    }
}

/// A source of numbers that depends on the seed, a purpose and a place in time, and on nothing else.
fn dice(seed: u64, purpose: u64, place: i64) -> fastrand::Rng {
    // Odd multipliers keep neighbouring slots and seeds apart before the generator mixes them.
    let mixed = seed
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(purpose.wrapping_mul(0xD1B5_4A32_D192_ED03))
        .wrapping_add((place as u64).wrapping_mul(0x8CB9_2BA7_2F3D_8DD7));
    let mut rng = fastrand::Rng::with_seed(mixed);
    rng.fork()
}

impl SupplyRule {
    /// What would be measured in `slot` with the load switched on or off.
    pub fn readings(&self, seed: u64, slot: Slot, connected: bool) -> Readings {
        let phases = (0..self.phases).map(|phase| self.phase(seed, slot, phase, connected)).collect();
        Readings { phases, frequency_chz: dice(seed, 1, slot.0).u32(4_995..=5_005) }
    }

    fn phase(&self, seed: u64, slot: Slot, phase: u8, connected: bool) -> PhaseReading {
        let mut rng = dice(seed, 16 + u64::from(phase), slot.0);
        let quiet_dv = self.nominal_v * 10 * rng.u32(985..=1015) / 1000;
        let voltage_dv = match self.disturbance(seed, slot, phase) {
            Some(disturbance) => quiet_dv * disturbance.percent() / 100,
            None => quiet_dv,
        };
        if !connected {
            return PhaseReading { voltage_dv, current_ma: 0, active_power_w: 0, power_factor_milli: 1000 };
        }
        let active_power_w = self.phase_load_w(&mut rng, slot);
        let apparent_mva = u64::from(active_power_w) * 1_000_000 / u64::from(self.power_factor_milli.max(1));
        let current_ma = apparent_mva * 10 / u64::from(voltage_dv.max(1));
        PhaseReading {
            voltage_dv,
            current_ma: u32::try_from(current_ma).unwrap_or(u32::MAX),
            active_power_w,
            power_factor_milli: self.power_factor_milli,
        }
    }

    fn phase_load_w(&self, rng: &mut fastrand::Rng, slot: Slot) -> u32 {
        let swing = self.peak_load_w.saturating_sub(self.base_load_w);
        let expected = self.base_load_w + swing * day_curve::percent(slot.within_day()) / 100;
        expected * rng.u32(80..=120) / 100 / u32::from(self.phases.max(1))
    }

    /// Whether the phase is in a sag or swell during `slot`.
    pub fn disturbance(&self, seed: u64, slot: Slot, phase: u8) -> Option<Disturbance> {
        disturbance::in_slot(self, seed, slot, phase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const HOUSE: SupplyRule = SupplyRule {
        phases: 1,
        nominal_v: 230,
        ct_ratio: 1,
        base_load_w: 120,
        peak_load_w: 2200,
        power_factor_milli: 960,
        sags_a_year: 12,
        swells_a_year: 4,
    };

    fn slot(text: &str) -> Slot {
        Slot::of(OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339).unwrap())
    }

    #[test]
    fn the_same_seed_and_time_read_the_same() {
        let noon = slot("2026-11-21T12:00:00Z");
        assert_eq!(HOUSE.readings(7, noon, true), HOUSE.readings(7, noon, true));
        assert_ne!(HOUSE.readings(7, noon, true), HOUSE.readings(8, noon, true));
    }

    #[test]
    fn the_evening_draws_more_than_the_night() {
        let night = HOUSE.readings(1, slot("2026-11-21T03:00:00Z"), true).total_power_w();
        let evening = HOUSE.readings(1, slot("2026-11-21T19:00:00Z"), true).total_power_w();
        assert!(evening > 3 * night, "{night} {evening}");
    }

    #[test]
    fn current_voltage_and_power_agree() {
        let three = SupplyRule { phases: 3, ..HOUSE };
        for phase in three.readings(3, slot("2026-11-21T19:00:00Z"), true).phases {
            let apparent = u64::from(phase.voltage_dv) * u64::from(phase.current_ma) / 10_000;
            let active = apparent * u64::from(phase.power_factor_milli) / 1000;
            assert!(active.abs_diff(phase.active_power_w.into()) <= 2, "{phase:?}");
        }
    }

    #[test]
    fn an_open_relay_draws_nothing_and_still_has_voltage() {
        let reading = HOUSE.readings(1, slot("2026-11-21T19:00:00Z"), false).phases[0];
        assert_eq!((reading.current_ma, reading.active_power_w), (0, 0));
        assert!(reading.voltage_dv > 1000);
    }

    #[test]
    fn sags_and_swells_come_about_as_often_as_asked() {
        let start = slot("2026-01-01T00:00:00Z");
        let mut begun = 0;
        let mut inside = false;
        for n in 0..365 * Slot::A_DAY {
            let now = HOUSE.disturbance(5, Slot(start.0 + n), 0).is_some();
            begun += u32::from(now && !inside);
            inside = now;
        }
        assert!((6..=30).contains(&begun), "{begun}");
    }
}
