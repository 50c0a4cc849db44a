//! Registers: what is measured, with its power of ten and unit.

use super::{ObisCode, names};
use crate::protocol::dlms::{Data, DateTime, ScalerUnit, Unit};
use crate::sim::energy::Energy;
use crate::sim::meter::Meter;
use crate::sim::supply::PhaseReading;

/// A stored number with its power of ten and unit.
type Measured = (Data, i8, Unit);

/// Attribute 2 or 3 of a register.
pub(super) fn register(meter: &Meter, name: ObisCode, attribute: u8) -> Option<Data> {
    let (value, scaler, unit) = measured(meter, name)?;
    match attribute {
        2 => Some(value),
        3 => Some(ScalerUnit { scaler, unit }.to_data()),
        _ => None,
    }
}

fn measured(meter: &Meter, name: ObisCode) -> Option<Measured> {
    let readings = meter.readings();
    Some(match name {
        names::IMPORT => (energy(meter.import()), 0, Unit::WATT_HOUR),
        names::EXPORT => (Data::UInt32(0), 0, Unit::WATT_HOUR),
        names::POWER => (watts(readings.total_power_w()), 0, Unit::WATT),
        names::POWER_FACTOR => (milli(readings.phases.first()?.power_factor_milli), -3, Unit::COUNT),
        names::FREQUENCY => (Data::UInt16(u16::try_from(readings.frequency_chz).ok()?), -2, Unit::HERTZ),
        names::UNBALANCE_LIMIT => {
            let limit = meter.payment().limits().phase_unbalance_w.unwrap_or(meter.model().payment.power_limit_max_w);
            (Data::UInt32(limit), 0, Unit::WATT)
        }
        _ => return phase_value(&readings.phases, name),
    })
}

fn phase_value(phases: &[PhaseReading], name: ObisCode) -> Option<Measured> {
    for (number, phase) in (1..).zip(phases) {
        if name == names::voltage(number) {
            return Some((Data::UInt16(u16::try_from(phase.voltage_dv).ok()?), -1, Unit::VOLT));
        } else if name == names::current(number) {
            return Some((Data::UInt32(phase.current_ma), -3, Unit::AMPERE));
        } else if name == names::power(number) {
            return Some((watts(phase.active_power_w), 0, Unit::WATT));
        } else if name == names::power_factor(number) {
            return Some((milli(phase.power_factor_milli), -3, Unit::COUNT));
        }
    }
    None
}

fn energy(energy: Energy) -> Data {
    Data::UInt32(u32::try_from(energy.watt_hours()).unwrap_or(u32::MAX))
}

fn watts(watts: u32) -> Data {
    Data::Int32(i32::try_from(watts).unwrap_or(i32::MAX))
}

fn milli(thousandths: u32) -> Data {
    Data::Int16(i16::try_from(thousandths).unwrap_or(i16::MAX))
}

/// The highest mean power, with its time.
pub(super) fn maximum_demand(meter: &Meter, attribute: u8) -> Option<Data> {
    let demand = meter.demand();
    Some(match attribute {
        2 => Data::UInt32(demand.maximum_w),
        3 => ScalerUnit { scaler: 0, unit: Unit::WATT }.to_data(),
        4 => Data::UInt8(0),
        5 => DateTime::from_offset(demand.maximum_at).to_data(),
        _ => return None,
    })
}

/// Mean power of the running and of the last period.
pub(super) fn demand(meter: &Meter, attribute: u8) -> Option<Data> {
    let demand = meter.demand();
    Some(match attribute {
        2 => Data::UInt32(meter.running_demand_w()),
        3 => Data::UInt32(demand.last_w),
        4 => ScalerUnit { scaler: 0, unit: Unit::WATT }.to_data(),
        5 => Data::UInt8(0),
        6 => DateTime::from_offset(meter.clock()).to_data(),
        7 => DateTime::from_offset(demand.period_began()).to_data(),
        8 => Data::UInt32(meter.model().load_profile.period_s),
        9 => Data::UInt16(1),
        _ => return None,
    })
}
