//! One reading of one meter: the content of the `wattkey/reading/1` document.

use std::collections::BTreeMap;

use serde::Serialize;
use time::OffsetDateTime;

use crate::meter::status::{NamedValue, Phase, Status, TariffEnergy};

/// What one poll of one meter gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeterReading {
    /// The line, as the user wrote it.
    pub line: String,
    /// The meter: the name the user gave it, else its address on the line, else the line.
    pub meter: String,
    /// When the poll ended.
    #[serde(with = "time::serde::rfc3339")]
    pub time: OffsetDateTime,
    /// Whether the meter answered; everything else is absent when it did not.
    pub answered: bool,
    /// Why there is no answer: the code word of the error, such as `no-reply` or `port-absent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<&'static str>,
    /// Serial number, as the meter tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Energy taken from the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_kwh: Option<f64>,
    /// Energy given to the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export_kwh: Option<f64>,
    /// Power of all phases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_power_w: Option<f64>,
    /// Reactive power of all phases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reactive_power_var: Option<f64>,
    /// Apparent power of all phases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apparent_power_va: Option<f64>,
    /// Power factor of all phases, where there is more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power_factor: Option<f64>,
    /// Reactive energy taken from the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reactive_import_kvarh: Option<f64>,
    /// Reactive energy given to the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reactive_export_kvarh: Option<f64>,
    /// Energies by tariff, where the meter keeps them apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tariffs: Vec<TariffEnergy>,
    /// Mains frequency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency_hz: Option<f64>,
    /// One entry a phase.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Phase>,
    /// Prepaid credit, in `credit_unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<f64>,
    /// `kWh`, `m3`, `min`, or a currency's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_unit: Option<String>,
    /// `closed` or `open`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay: Option<String>,
    /// The meter's time minus ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_drift_s: Option<i64>,
    /// Tamper conditions that hold now, as the meter's driver names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tamper: Vec<String>,
    /// Alarms that hold now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<String>,
    /// Values that the meter's profile names itself and shows.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, NamedValue>,
}

/// Without the dust that scaling and adding leave behind.
fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// A named value without its unit.
fn plain(value: &NamedValue) -> String {
    value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned)
}

impl MeterReading {
    /// From the status a meter gave.
    pub fn from_status(line: &str, meter: &str, time: OffsetDateTime, status: &Status) -> Self {
        let energy = status.energy.clone().unwrap_or_default();
        let supply = status.supply.clone().unwrap_or_default();
        let credit = status.credit.clone().unwrap_or_default();
        let mut supply = supply;
        for phase in &mut supply.phases {
            phase.active_power_w = phase.active_power_w.map(tidy);
        }
        let sum_of =
            |pick: fn(&Phase) -> Option<f64>| supply.phases.iter().filter_map(pick).reduce(|sum, one| sum + one);
        let summed = sum_of(|phase| phase.active_power_w);
        let reactive = sum_of(|phase| phase.reactive_power_var);
        // Apparent powers of phases do not add up.
        let apparent = match supply.phases.as_slice() {
            [only] => only.apparent_power_va,
            _ => None,
        };
        MeterReading {
            answered: true,
            serial: status.meter.serial.clone(),
            import_kwh: energy.import_kwh,
            export_kwh: energy.export_kwh,
            active_power_w: supply.active_power_w.or(summed).map(tidy),
            reactive_power_var: supply.reactive_power_var.or(reactive).map(tidy),
            apparent_power_va: supply.apparent_power_va.or(apparent),
            power_factor: supply.power_factor,
            reactive_import_kvarh: energy.reactive_import_kvarh,
            reactive_export_kvarh: energy.reactive_export_kvarh,
            tariffs: energy.tariffs,
            frequency_hz: supply.frequency_hz,
            phases: supply.phases,
            credit: credit.available,
            credit_unit: credit.unit,
            relay: status.relay.as_ref().and_then(|relay| relay.output.clone()),
            clock_drift_s: status.clock.as_ref().and_then(|clock| clock.drift_s),
            tamper: status.tamper.clone().unwrap_or_default(),
            alarms: status.alarms.clone().unwrap_or_default(),
            values: status.values.clone(),
            ..MeterReading::silent(line, meter, time)
        }
    }

    /// A poll that the meter did not answer.
    pub fn silent(line: &str, meter: &str, time: OffsetDateTime) -> Self {
        MeterReading {
            line: line.to_owned(),
            meter: meter.to_owned(),
            time,
            answered: false,
            problem: None,
            serial: None,
            import_kwh: None,
            export_kwh: None,
            active_power_w: None,
            reactive_power_var: None,
            apparent_power_va: None,
            power_factor: None,
            reactive_import_kvarh: None,
            reactive_export_kvarh: None,
            tariffs: Vec::new(),
            frequency_hz: None,
            phases: Vec::new(),
            credit: None,
            credit_unit: None,
            relay: None,
            clock_drift_s: None,
            tamper: Vec::new(),
            alarms: Vec::new(),
            values: BTreeMap::new(),
        }
    }

    /// Column names of the CSV form.
    pub fn csv_header() -> Vec<&'static str> {
        vec![
            "time",
            "line",
            "meter",
            "answered",
            "import_kwh",
            "export_kwh",
            "active_power_w",
            "frequency_hz",
            "voltage_l1_v",
            "voltage_l2_v",
            "voltage_l3_v",
            "current_l1_a",
            "current_l2_a",
            "current_l3_a",
            "power_factor_l1",
            "power_factor_l2",
            "power_factor_l3",
            "credit",
            "credit_unit",
            "relay",
            "clock_drift_s",
            "tamper",
            "problem",
            "serial",
            "reactive_power_var",
            "apparent_power_va",
            "reactive_import_kvarh",
            "reactive_export_kvarh",
            "alarms",
            "values",
        ]
    }

    /// The values under [`MeterReading::csv_header`].
    pub fn csv_row(&self) -> Vec<String> {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let phase = |name: &str, pick: fn(&Phase) -> Option<f64>| {
            number(self.phases.iter().find(|phase| phase.phase == name).and_then(pick))
        };
        let mut row = vec![
            self.time.format(&time::format_description::well_known::Rfc3339).unwrap_or_default(),
            self.line.clone(),
            self.meter.clone(),
            self.answered.to_string(),
            number(self.import_kwh),
            number(self.export_kwh),
            number(self.active_power_w),
            number(self.frequency_hz),
        ];
        let picks: [fn(&Phase) -> Option<f64>; 3] =
            [|phase| phase.voltage_v, |phase| phase.current_a, |phase| phase.power_factor];
        for pick in picks {
            row.extend(["L1", "L2", "L3"].map(|name| phase(name, pick)));
        }
        row.extend([
            number(self.credit),
            self.credit_unit.clone().unwrap_or_default(),
            self.relay.clone().unwrap_or_default(),
            self.clock_drift_s.map(|drift| drift.to_string()).unwrap_or_default(),
            self.tamper.join(" "),
            self.problem.unwrap_or_default().to_owned(),
            self.serial.clone().unwrap_or_default(),
            number(self.reactive_power_var),
            number(self.apparent_power_va),
            number(self.reactive_import_kvarh),
            number(self.reactive_export_kvarh),
            self.alarms.join(" "),
            self.values.iter().map(|(name, value)| format!("{name}={}", plain(value))).collect::<Vec<_>>().join(" "),
        ]);
        row
    }
}
