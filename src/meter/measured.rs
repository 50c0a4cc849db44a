//! Energies and the supply of a status, from values by role.

use super::profile::Role;
use super::profile::units::status_unit;
use super::status::{Energy, Phase, Supply, TariffEnergy};

/// The roles of the registers of one tariff.
const TARIFFS: [(u8, Role, Role); 4] = [
    (1, Role::EnergyImportTariff1, Role::EnergyExportTariff1),
    (2, Role::EnergyImportTariff2, Role::EnergyExportTariff2),
    (3, Role::EnergyImportTariff3, Role::EnergyExportTariff3),
    (4, Role::EnergyImportTariff4, Role::EnergyExportTariff4),
];

/// The energies of a meter; `get` gives those known, in the unit of a status.
pub fn energy(mut get: impl FnMut(Role) -> Option<f64>) -> Energy {
    let tariffs = TARIFFS.into_iter().map(|(tariff, import, export)| TariffEnergy {
        tariff,
        import_kwh: get(import),
        export_kwh: get(export),
    });
    let tariffs = tariffs.filter(|tariff| tariff.import_kwh.is_some() || tariff.export_kwh.is_some()).collect();
    Energy {
        import_kwh: get(Role::EnergyImport),
        export_kwh: get(Role::EnergyExport),
        reactive_import_kvarh: get(Role::ReactiveEnergyImport),
        reactive_export_kvarh: get(Role::ReactiveEnergyExport),
        apparent_kvah: get(Role::ApparentEnergy),
        tariffs,
    }
}

/// What is measured on one phase.
struct PhaseRoles {
    name: &'static str,
    voltage: Role,
    current: Role,
    power: Role,
    factor: Role,
    reactive: Role,
    apparent: Role,
    voltage_thd: Role,
    current_thd: Role,
}

const PHASES: [PhaseRoles; 3] = [
    PhaseRoles {
        name: "L1",
        voltage: Role::VoltageL1,
        current: Role::CurrentL1,
        power: Role::PowerL1,
        factor: Role::PowerFactorL1,
        reactive: Role::ReactivePowerL1,
        apparent: Role::ApparentPowerL1,
        voltage_thd: Role::VoltageThdL1,
        current_thd: Role::CurrentThdL1,
    },
    PhaseRoles {
        name: "L2",
        voltage: Role::VoltageL2,
        current: Role::CurrentL2,
        power: Role::PowerL2,
        factor: Role::PowerFactorL2,
        reactive: Role::ReactivePowerL2,
        apparent: Role::ApparentPowerL2,
        voltage_thd: Role::VoltageThdL2,
        current_thd: Role::CurrentThdL2,
    },
    PhaseRoles {
        name: "L3",
        voltage: Role::VoltageL3,
        current: Role::CurrentL3,
        power: Role::PowerL3,
        factor: Role::PowerFactorL3,
        reactive: Role::ReactivePowerL3,
        apparent: Role::ApparentPowerL3,
        voltage_thd: Role::VoltageThdL3,
        current_thd: Role::CurrentThdL3,
    },
];

/// Whether a role is a quantity of a status: an energy, or part of the supply.
pub fn is_quantity(role: Role) -> bool {
    let is_factor = || role == Role::PowerFactor || PHASES.iter().any(|phase| phase.factor == role);
    status_unit(role).is_some() || is_factor()
}

/// How many phases a meter has by the roles it plays.
pub fn phases_of<'r>(roles: impl Iterator<Item = &'r Role> + Clone) -> usize {
    let plays = |roles_of_phase: &PhaseRoles| {
        let PhaseRoles { voltage, current, power, .. } = roles_of_phase;
        roles.clone().any(|role| [voltage, current, power].contains(&role))
    };
    PHASES.iter().filter(|phase| plays(phase)).count()
}

/// Voltages, currents and powers of a meter of so many phases; `get` gives those known, in the unit of a status. A meter of
/// one phase has no totals: what it tells as one is that of the phase, where the phase has none of its own.
pub fn supply(mut get: impl FnMut(Role) -> Option<f64>, phases_of_meter: usize) -> Supply {
    let phases = PHASES.iter().map(|roles| Phase {
        phase: roles.name.to_owned(),
        voltage_v: get(roles.voltage),
        current_a: get(roles.current),
        active_power_w: get(roles.power),
        power_factor: get(roles.factor),
        reactive_power_var: get(roles.reactive),
        apparent_power_va: get(roles.apparent),
        voltage_thd_percent: get(roles.voltage_thd),
        current_thd_percent: get(roles.current_thd),
    });
    let mut phases: Vec<Phase> =
        phases.filter(|phase| *phase != Phase { phase: phase.phase.clone(), ..Phase::default() }).collect();
    let mut supply = Supply {
        phases: Vec::new(),
        active_power_w: get(Role::Power),
        reactive_power_var: get(Role::ReactivePower),
        apparent_power_va: get(Role::ApparentPower),
        power_factor: get(Role::PowerFactor),
        neutral_current_a: get(Role::CurrentNeutral),
        demand_w: get(Role::Demand),
        maximum_demand_w: get(Role::MaximumDemand),
        frequency_hz: get(Role::Frequency),
    };
    if let ([only], 1) = (phases.as_mut_slice(), phases_of_meter) {
        let totals = [
            (&mut only.power_factor, &mut supply.power_factor),
            (&mut only.active_power_w, &mut supply.active_power_w),
            (&mut only.reactive_power_var, &mut supply.reactive_power_var),
            (&mut only.apparent_power_va, &mut supply.apparent_power_va),
        ];
        for (of_phase, total) in totals {
            let total = total.take();
            *of_phase = of_phase.or(total);
        }
    }
    supply.phases = phases;
    supply
}
