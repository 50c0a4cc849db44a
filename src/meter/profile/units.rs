//! The units that quantities have in a status, and the ones that register maps may give them in.

use super::Role;

/// A number of a role in the unit of a status; `None` where its own unit is none of the quantity's.
pub fn in_status_unit(number: f64, unit: Option<&str>, role: Role) -> Option<f64> {
    let Some(wanted) = status_unit(role) else { return Some(number) };
    // Without a unit it is in that of the status.
    let unit = unit.unwrap_or(wanted);
    if unit == wanted {
        return Some(number);
    }
    // The unit of a status is the base, or the kilo of it for energies.
    let base = wanted.strip_prefix('k').unwrap_or(wanted);
    let base_factor = if base == wanted { 1.0 } else { 0.001 };
    let prefix = unit.strip_suffix(base)?;
    let factor = match prefix {
        "" => 1.0,
        "m" => 0.001,
        "k" => 1_000.0,
        "M" => 1_000_000.0,
        "G" => 1_000_000_000.0,
        _ => return None,
    };
    Some(number * factor * base_factor)
}

/// The unit of a role in a status.
pub fn status_unit(role: Role) -> Option<&'static str> {
    use Role::*;
    match role {
        EnergyImport | EnergyExport | EnergyImportTariff1 | EnergyImportTariff2 | EnergyImportTariff3
        | EnergyImportTariff4 | EnergyExportTariff1 | EnergyExportTariff2 | EnergyExportTariff3
        | EnergyExportTariff4 => Some("kWh"),
        ReactiveEnergyImport | ReactiveEnergyExport => Some("kvarh"),
        ApparentEnergy => Some("kVAh"),
        VoltageL1 | VoltageL2 | VoltageL3 => Some("V"),
        CurrentL1 | CurrentL2 | CurrentL3 | CurrentNeutral => Some("A"),
        Power | PowerL1 | PowerL2 | PowerL3 | Demand | MaximumDemand => Some("W"),
        ReactivePower | ReactivePowerL1 | ReactivePowerL2 | ReactivePowerL3 => Some("var"),
        ApparentPower | ApparentPowerL1 | ApparentPowerL2 | ApparentPowerL3 => Some("VA"),
        VoltageThdL1 | VoltageThdL2 | VoltageThdL3 | CurrentThdL1 | CurrentThdL2 | CurrentThdL3 => Some("%"),
        Frequency => Some("Hz"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_that_of_its_quantity_or_none() {
        let of = |unit: &str, role| in_status_unit(2.5, Some(unit), role);
        assert_eq!(of("kW", Role::Power), Some(2_500.0));
        assert_eq!(of("W", Role::Power), Some(2.5));
        assert_eq!(of("mA", Role::CurrentL1), Some(0.0025));
        assert_eq!(of("Wh", Role::EnergyImport), Some(0.0025));
        assert_eq!(of("MWh", Role::EnergyImport), Some(2_500.0));
        assert_eq!(of("kvarh", Role::ReactiveEnergyImport), Some(2.5));
        for (unit, role) in
            [("KW", Role::Power), ("kVAr", Role::ReactivePower), ("V", Role::EnergyImport), ("", Role::Power)]
        {
            assert_eq!(of(unit, role), None, "{unit}");
        }
        assert_eq!(in_status_unit(2.5, None, Role::Power), Some(2.5));
        assert_eq!(in_status_unit(0.9, None, Role::PowerFactor), Some(0.9));
    }
}
