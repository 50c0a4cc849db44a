//! Input registers: what is measured. The load is inductive; nothing is exported.

use super::image::Image;
use crate::sim::meter::Meter;
use crate::sim::supply::PhaseReading;

/// Registers that are there.
const INPUTS: u16 = 0x180;

/// The input registers as they stand now.
pub(super) fn image(meter: &Meter) -> Image {
    let mut image = Image::default().block(0, INPUTS);
    for (register, value) in by_phase(meter).into_iter().chain(in_total(meter)) {
        // The meter counts in single precision.
        image.put(register, (value as f32).to_bits());
    }
    image
}

fn volts(phase: &PhaseReading) -> f64 {
    f64::from(phase.voltage_dv) / 10.0
}

fn amperes(phase: &PhaseReading) -> f64 {
    f64::from(phase.current_ma) / 1000.0
}

fn factor(phase: &PhaseReading) -> f64 {
    f64::from(phase.power_factor_milli) / 1000.0
}

fn by_phase(meter: &Meter) -> Vec<(u16, f64)> {
    let mut values = Vec::new();
    for (offset, phase) in (0u16..).step_by(2).zip(&meter.readings().phases) {
        values.extend([
            (offset, volts(phase)),
            (0x06 + offset, amperes(phase)),
            (0x0C + offset, phase.active_power_w.into()),
            (0x12 + offset, phase.apparent_power_va()),
            (0x18 + offset, phase.reactive_power_var()),
            (0x1E + offset, factor(phase)),
            (0x24 + offset, factor(phase).clamp(-1.0, 1.0).acos().to_degrees()),
        ]);
    }
    values
}

fn in_total(meter: &Meter) -> Vec<(u16, f64)> {
    let readings = meter.readings();
    let phases = &readings.phases;
    let sum = |of: fn(&PhaseReading) -> f64| phases.iter().map(of).sum::<f64>();
    let count = phases.len().max(1) as f64;
    let watts = f64::from(readings.total_power_w());
    let (apparent, reactive) = (sum(PhaseReading::apparent_power_va), sum(PhaseReading::reactive_power_var));
    let power_factor = if apparent > 0.0 { (watts / apparent).min(1.0) } else { 1.0 };
    let kwh = meter.import().watt_hours() as f64 / 1000.0;
    let kvarh = kwh * power_factor.acos().tan();
    let lines = line_voltages(phases);
    vec![
        (0x2A, sum(volts) / count),
        (0x2E, sum(amperes) / count),
        (0x30, sum(amperes)),
        (0x34, watts),
        (0x38, apparent),
        (0x3C, reactive),
        (0x3E, power_factor),
        (0x42, power_factor.acos().to_degrees()),
        (0x46, f64::from(readings.frequency_chz) / 100.0),
        (0x48, kwh),
        (0x4C, kvarh),
        (0x50, kwh / power_factor.max(0.01)),
        (0x54, meter.running_demand_w().into()),
        (0x56, meter.demand().maximum_w.into()),
        (0xC8, lines[0]),
        (0xCA, lines[1]),
        (0xCC, lines[2]),
        (0xCE, lines.iter().sum::<f64>() / 3.0),
        (0x156, kwh),
        (0x158, kvarh),
    ]
}

/// L1 to L2, L2 to L3, L3 to L1, the phases being a third of a turn apart; zero on a single phase.
fn line_voltages(phases: &[PhaseReading]) -> [f64; 3] {
    let [first, second, third] = phases else { return [0.0; 3] };
    let between = |a: f64, b: f64| (a * a + b * b + a * b).sqrt();
    let (first, second, third) = (volts(first), volts(second), volts(third));
    [between(first, second), between(second, third), between(third, first)]
}
