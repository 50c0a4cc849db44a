//! When a reading is worth an event: the thresholds file (TOML).

use crate::toml_problem;
use serde::{Deserialize, Serialize};

/// The thresholds that hold without a file, with what each means.
pub const SHIPPED: &str = include_str!("../../data/monitor-thresholds.toml");

/// Limits against which each reading is held. Every value has a default; the file names only what differs.
///
/// A condition ends only when the quantity has come back by `hysteresis` (a share of the limit), so that a value
/// which hovers at a limit makes one event, not hundreds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Thresholds {
    /// Nominal voltage to neutral in V.
    pub nominal_voltage_v: f64,
    /// A sag lies below this share of nominal; EN 50160 draws the line at 0.9.
    pub sag: f64,
    /// A swell lies above this share of nominal; EN 50160 draws the line at 1.1.
    pub swell: f64,
    /// An outage of a phase lies below this share of nominal; EN 50160 draws the line at 0.05.
    pub outage: f64,
    /// Nominal frequency in Hz.
    pub nominal_frequency_hz: f64,
    /// Allowed distance from nominal frequency in Hz.
    pub frequency_band_hz: f64,
    /// The power factor is low below this, while the phase carries at least `power_factor_from_a`.
    pub power_factor: f64,
    /// Current in A from which a power factor means something.
    pub power_factor_from_a: f64,
    /// Allowed distance of a phase's voltage from the mean, as a share of the mean.
    pub voltage_unbalance: f64,
    /// Active power in W above which demand is over its limit; absent means no limit.
    pub demand_w: Option<f64>,
    /// Power given to the network in W from which flow counts as reverse; 0 means that feeding in is allowed.
    pub reverse_flow_w: f64,
    /// Allowed drift of the meter's clock in s.
    pub clock_drift_s: i64,
    /// Polls a meter may miss in a row before it counts as silent.
    pub silent_after_polls: u32,
    /// Share of a limit by which a quantity must come back before the event ends.
    pub hysteresis: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds {
            nominal_voltage_v: 230.0,
            sag: 0.9,
            swell: 1.1,
            outage: 0.05,
            nominal_frequency_hz: 50.0,
            frequency_band_hz: 0.5,
            power_factor: 0.85,
            power_factor_from_a: 0.5,
            voltage_unbalance: 0.05,
            demand_w: None,
            reverse_flow_w: 50.0,
            clock_drift_s: 120,
            silent_after_polls: 3,
            hysteresis: 0.01,
        }
    }
}

/// Why a thresholds file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThresholdsError {
    /// Not the TOML that is expected.
    #[error("{0}")]
    Form(String),
    /// A value that makes no sense.
    #[error("{field} is {value}: {rule}")]
    Value {
        /// The key.
        field: &'static str,
        /// What the file says.
        value: String,
        /// What it should be.
        rule: &'static str,
    },
}

impl Thresholds {
    /// Reads a thresholds file.
    ///
    /// # Errors
    /// [`ThresholdsError`] naming the line, or the field.
    pub fn parse(text: &str) -> Result<Self, ThresholdsError> {
        let thresholds: Thresholds =
            toml::from_str(text).map_err(|error| ThresholdsError::Form(toml_problem::in_words(text, &error)))?;
        thresholds.check()?;
        Ok(thresholds)
    }

    /// As [`Thresholds::parse`], for values that were read as a part of another file.
    ///
    /// # Errors
    /// [`ThresholdsError::Value`].
    pub fn check(&self) -> Result<(), ThresholdsError> {
        let positive = [
            ("nominal_voltage_v", self.nominal_voltage_v),
            ("nominal_frequency_hz", self.nominal_frequency_hz),
            ("frequency_band_hz", self.frequency_band_hz),
            ("voltage_unbalance", self.voltage_unbalance),
            ("demand_w", self.demand_w.unwrap_or(1.0)),
        ];
        let fail = |field, value: f64, rule| Err(ThresholdsError::Value { field, value: value.to_string(), rule });
        for (field, value) in positive {
            if !value.is_finite() || value <= 0.0 {
                return fail(field, value, "write a number above 0");
            }
        }
        if !self.reverse_flow_w.is_finite() || self.reverse_flow_w < 0.0 {
            return fail("reverse_flow_w", self.reverse_flow_w, "write a number above 0, or 0 to allow feeding in");
        }
        if !(0.0..1.0).contains(&self.outage) || self.outage >= self.sag {
            return fail("outage", self.outage, "write a share of nominal below `sag`");
        }
        if !(0.0..1.0).contains(&self.sag) {
            return fail("sag", self.sag, "write a share of nominal below 1");
        }
        if !self.swell.is_finite() || self.swell <= 1.0 {
            return fail("swell", self.swell, "write a share of nominal above 1");
        }
        if !(0.0..=1.0).contains(&self.power_factor) {
            return fail("power_factor", self.power_factor, "write a number from 0 to 1");
        }
        if !(0.0..0.5).contains(&self.hysteresis) {
            return fail("hysteresis", self.hysteresis, "write a share below 0.5");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_only_what_differs() {
        let thresholds = Thresholds::parse("sag = 0.85\ndemand_w = 4600\n").unwrap();
        assert_eq!(thresholds, Thresholds { sag: 0.85, demand_w: Some(4_600.0), ..Thresholds::default() });
        assert_eq!(Thresholds::parse("").unwrap(), Thresholds::default());
    }

    #[test]
    fn the_shipped_file_says_what_holds_without_one() {
        assert_eq!(Thresholds::parse(SHIPPED).unwrap(), Thresholds::default());
        let mut named: Vec<&str> =
            SHIPPED.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
        named.sort_unstable();
        let shown = toml::Table::try_from(Thresholds { demand_w: Some(1.0), ..Thresholds::default() }).unwrap();
        let mut keys: Vec<String> =
            shown.keys().cloned().map(|key| if key == "demand_w" { "# demand_w".into() } else { key }).collect();
        keys.sort_unstable();
        assert_eq!(named, keys);
    }

    #[test]
    fn bad_values_are_named() {
        let error = Thresholds::parse("swell = 0.9").unwrap_err().to_string();
        assert_eq!(error, "swell is 0.9: write a share of nominal above 1");
        assert!(Thresholds::parse("sagg = 0.9").unwrap_err().to_string().contains("sagg"));
        assert!(Thresholds::parse("outage = 0.95").is_err());
    }
}
