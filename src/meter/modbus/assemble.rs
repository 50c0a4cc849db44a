//! From values by role to the parts of a status.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use crate::meter::MeterTime;
use crate::meter::profile::{ModbusProfile, Role};
use crate::meter::status::{ClockState, Energy, Phase, Supply};

/// A number in the units of a status: V, A, W, Hz and kWh.
pub fn in_status_unit(number: f64, unit: Option<&str>) -> f64 {
    match unit {
        Some("kW" | "kV" | "kA" | "MWh") => number * 1_000.0,
        Some("MW") => number * 1_000_000.0,
        Some("mA" | "mV" | "Wh") => number / 1_000.0,
        _ => number,
    }
}

/// The unit of a role in a status.
pub fn status_unit(role: Role) -> Option<&'static str> {
    match role {
        Role::EnergyImport | Role::EnergyExport => Some("kWh"),
        Role::VoltageL1 | Role::VoltageL2 | Role::VoltageL3 => Some("V"),
        Role::CurrentL1 | Role::CurrentL2 | Role::CurrentL3 => Some("A"),
        Role::Power | Role::PowerL1 | Role::PowerL2 | Role::PowerL3 => Some("W"),
        Role::Frequency => Some("Hz"),
        _ => None,
    }
}

/// Whether a power limit in W is the map's number for none.
pub fn is_no_limit(map: &ModbusProfile, watts: f64) -> bool {
    let unit = map.power_limit.as_ref().and_then(|place| place.unit.as_deref());
    map.no_power_limit.is_some_and(|none| (in_status_unit(none, unit) - watts).abs() < 1e-6)
}

/// The energies found.
pub fn energy(found: &BTreeMap<Role, f64>) -> Option<Energy> {
    let energy = Energy {
        import_kwh: found.get(&Role::EnergyImport).copied(),
        export_kwh: found.get(&Role::EnergyExport).copied(),
        tariffs: Vec::new(),
    };
    (energy != Energy::default()).then_some(energy)
}

/// Voltages, currents and powers found. A power or factor of the whole belongs to the phase when there is but one.
pub fn supply(found: &BTreeMap<Role, f64>) -> Option<Supply> {
    let get = |role: Role| found.get(&role).copied();
    let rows = [
        ("L1", Role::VoltageL1, Role::CurrentL1, Role::PowerL1, Role::PowerFactorL1),
        ("L2", Role::VoltageL2, Role::CurrentL2, Role::PowerL2, Role::PowerFactorL2),
        ("L3", Role::VoltageL3, Role::CurrentL3, Role::PowerL3, Role::PowerFactorL3),
    ];
    let phases = rows.into_iter().map(|(name, voltage, current, power, factor)| Phase {
        phase: name.to_owned(),
        voltage_v: get(voltage),
        current_a: get(current),
        active_power_w: get(power),
        power_factor: get(factor),
    });
    let mut phases: Vec<Phase> =
        phases.filter(|phase| *phase != Phase { phase: phase.phase.clone(), ..Phase::default() }).collect();
    let mut total = get(Role::Power);
    if let [only] = phases.as_mut_slice() {
        only.power_factor = only.power_factor.or_else(|| get(Role::PowerFactor));
        only.active_power_w = only.active_power_w.or(total);
        total = None;
    }
    let supply = Supply { phases, active_power_w: total, frequency_hz: get(Role::Frequency) };
    (supply != Supply::default()).then_some(supply)
}

/// The clock's part of a status.
pub fn clock(meter: MeterTime, now: OffsetDateTime) -> ClockState {
    ClockState { meter: Some(meter.to_string()), drift_s: Some(meter.drift_s(now)), flags: Vec::new() }
}
