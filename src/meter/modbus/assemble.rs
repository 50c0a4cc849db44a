//! From values by role to the parts of a status.

use time::OffsetDateTime;

use crate::meter::MeterTime;
use crate::meter::profile::units::in_status_unit;
use crate::meter::profile::{ModbusProfile, Role};
use crate::meter::status::ClockState;

/// A power limit in W.
pub fn limit_in_watts(number: f64, map: &ModbusProfile) -> Option<f64> {
    in_status_unit(number, map.power_limit.as_ref()?.unit.as_deref(), Role::Power)
}

/// Whether a power limit in W is the map's number for none.
pub fn is_no_limit(map: &ModbusProfile, watts: f64) -> bool {
    let none = map.no_power_limit.and_then(|none| limit_in_watts(none, map));
    none.is_some_and(|none| (none - watts).abs() < 1e-6)
}

/// The clock's part of a status.
pub fn clock(meter: MeterTime, now: OffsetDateTime) -> ClockState {
    ClockState { meter: Some(meter.to_string()), drift_s: Some(meter.drift_s(now)), flags: Vec::new() }
}
