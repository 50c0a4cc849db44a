//! Items that can be read, by `DI3 DI2 DI1 DI0`.

use super::{clock, logs};
use crate::protocol::dlt645::{Address, BcdFormat, encode_bcd};
use crate::sim::billing::{SETTLEMENTS, TARIFFS};
use crate::sim::energy::Energy;
use crate::sim::events::EventKind;
use crate::sim::meter::Meter;
use crate::sim::payment::CreditState;
use crate::sim::supply::PhaseReading;

/// Stands in an identifier for all of a kind.
const BLOCK: u8 = 0xFF;

/// Energies roll over here, in hundredths of a kWh: the top bit of the item is its sign.
const ROLL_OVER: i64 = 80_000_000;

/// Temperature inside the case, in tenths of a degree, and voltage of the clock's battery in hundredths of a volt.
const TEMPERATURE: i64 = 235;
const BATTERY: i64 = 360;

/// The octets of an item, lowest first; `None` when the meter has no such item.
pub(super) fn read(meter: &Meter, own: Address, item: u32) -> Option<Vec<u8>> {
    match item.to_be_bytes() {
        [0x00, kind @ 0x00..=0x02, tariff, month] => energies(meter, kind, tariff, month),
        [0x00, 0x90, kind, overdrawn] => credit(meter, kind, overdrawn),
        [0x02, 0x80, 0x00, what] => other_quantity(meter, what),
        [0x02, what, phase, 0x00] => phase_quantity(meter, what, phase),
        [0x03, high, low, which] => {
            counter(meter, [high, low, which]).or_else(|| logs::event_record(meter, [high, low, which]))
        }
        [0x01, 0x01, tariff, 0x00] => maximum_demand(meter, tariff),
        [0x04, 0x00, group, which] => parameter(meter, own, group, which),
        [0x05, 0x01, what, number] => frozen(meter, what, number),
        _ => None,
    }
}

/// A value in units of its last digit; FF throughout when it does not fit.
fn bcd(value: i64, octets: u8, signed: bool) -> Vec<u8> {
    let format = BcdFormat { octets, decimals: 0, signed };
    encode_bcd(value, format).unwrap_or_else(|_| vec![0xFF; octets.into()])
}

/// `XXXXXX.XX` kWh.
fn kwh(energy: Energy) -> Vec<u8> {
    bcd(energy.hundredths_kwh().rem_euclid(ROLL_OVER), 4, true)
}

/// 0 combined, 1 import, 2 export; by tariff and by month, of which 0 is now.
fn energies(meter: &Meter, kind: u8, tariff: u8, month: u8) -> Option<Vec<u8>> {
    let blocks = meter.model().dlt645.blocks;
    let months = range(month, u8::try_from(SETTLEMENTS).ok()?, blocks)?;
    let tariffs = range(tariff, u8::try_from(TARIFFS).ok()?, blocks)?;
    let mut octets = Vec::new();
    for month in months {
        for tariff in tariffs.clone() {
            let energy = if kind == 2 { Energy::ZERO } else { imported(meter, tariff, month) };
            octets.extend(kwh(energy));
        }
    }
    Some(octets)
}

/// One of 0 to `last`, or all of them for FF where blocks are offered.
fn range(which: u8, last: u8, blocks: bool) -> Option<std::ops::RangeInclusive<u8>> {
    match which {
        BLOCK if blocks => Some(0..=last),
        which if which <= last => Some(which..=which),
        _ => None,
    }
}

/// Import of a tariff, 0 for all, at the end of a month, 0 for now; a month before the meter was there reads zero.
fn imported(meter: &Meter, tariff: u8, month: u8) -> Energy {
    let billing = meter.billing();
    let (import, tariffs) = match usize::from(month).checked_sub(1) {
        None => (meter.import(), *billing.tariffs()),
        Some(index) => match billing.settlements().nth(index) {
            Some(settled) => (settled.import, settled.tariffs),
            None => return Energy::ZERO,
        },
    };
    usize::from(tariff).checked_sub(1).map_or(import, |tariff| tariffs.get(tariff).copied().unwrap_or_default())
}

/// Remaining and overdrawn, 1 as energy, 2 as an amount: the meter has the one that it counts in.
fn credit(meter: &Meter, kind: u8, overdrawn: u8) -> Option<Vec<u8>> {
    let price = meter.model().dlt645.price;
    let available = meter.payment().credit().available().hundredths_kwh();
    let balance = match (kind, price) {
        (1, 0) => available,
        (2, price) if price > 0 => available.saturating_mul(price.into()).div_euclid(100),
        _ => return None,
    };
    match overdrawn {
        0 => Some(bcd(balance.max(0), 4, true)),
        1 => Some(bcd(balance.min(0).saturating_neg(), 4, true)),
        _ => None,
    }
}

fn other_quantity(meter: &Meter, what: u8) -> Option<Vec<u8>> {
    match what {
        0x02 => Some(bcd(meter.readings().frequency_chz.into(), 2, false)),
        0x07 => Some(bcd(TEMPERATURE, 2, true)),
        0x08 => Some(bcd(BATTERY, 2, false)),
        _ => None,
    }
}

/// Voltage, current, powers and power factor; 0 is the total where there is one, FF all there are.
fn phase_quantity(meter: &Meter, what: u8, phase: u8) -> Option<Vec<u8>> {
    let phases = meter.readings().phases;
    let has_total = matches!(what, 0x03..=0x06);
    let count = u8::try_from(phases.len()).ok()?;
    let wanted = range(phase, count, meter.model().dlt645.blocks)?;
    let mut octets = Vec::new();
    for number in wanted.filter(|number| has_total || *number > 0) {
        let some = match usize::from(number).checked_sub(1) {
            None => phases.as_slice(),
            Some(index) => phases.get(index..=index)?,
        };
        octets.extend(quantity(what, some)?);
    }
    (!octets.is_empty()).then_some(octets)
}

fn quantity(what: u8, phases: &[PhaseReading]) -> Option<Vec<u8>> {
    let sum = |of: fn(&PhaseReading) -> f64| phases.iter().map(of).sum::<f64>();
    // Kilowatts with four decimals: tenths of a watt.
    let power = |watts: f64| bcd((watts * 10.0).round() as i64, 3, true);
    Some(match what {
        0x01 => bcd(phases.first()?.voltage_dv.into(), 2, false),
        0x02 => bcd(phases.first()?.current_ma.into(), 3, true),
        0x03 => power(sum(|phase| phase.active_power_w.into())),
        0x04 => power(sum(PhaseReading::reactive_power_var)),
        0x05 => power(sum(PhaseReading::apparent_power_va)),
        0x06 => bcd(phases.first()?.power_factor_milli.into(), 2, true),
        _ => return None,
    })
}

/// How often something happened, and what was bought.
fn counter(meter: &Meter, which: [u8; 3]) -> Option<Vec<u8>> {
    let events = |kind| Some(bcd(meter.events().count(kind).into(), 3, false));
    match which {
        [0x11, 0x00, 0x00] => events(EventKind::PowerDown),
        [0x30, 0x00, 0x00] => events(EventKind::ParametersChanged),
        [0x30, 0x04, 0x00] => events(EventKind::ClockSet),
        [0x30, 0x0D, 0x00] => events(EventKind::CoverOpen),
        [0x30, 0x0E, 0x00] => events(EventKind::TerminalCoverOpen),
        [0x33, 0x02, 0x01] => Some(bcd(meter.billing().purchases().into(), 2, false)),
        [0x33, 0x06, 0x01] => Some(bcd(meter.billing().bought_hundredths(), 4, true)),
        _ => None,
    }
}

/// Highest demand of all tariffs with its time; 0 is the total, and the simulator keeps no other.
fn maximum_demand(meter: &Meter, tariff: u8) -> Option<Vec<u8>> {
    let demand = meter.demand();
    let (watts, at) = (demand.maximum_w, (demand.maximum_w > 0).then_some(demand.maximum_at));
    let item = |value: i64, at: Option<time::OffsetDateTime>| {
        let mut octets = bcd(value, 3, true);
        octets.extend(at.map_or_else(|| vec![0; 5], clock::minute_octets));
        octets
    };
    match tariff {
        0 => Some(item(i64::from(watts).saturating_mul(10), at)),
        _ => None,
    }
}

fn parameter(meter: &Meter, own: Address, group: u8, which: u8) -> Option<Vec<u8>> {
    Some(match (group, which) {
        (0x01, 0x01) => clock::date_octets(meter.clock()),
        (0x01, 0x02) => clock::time_octets(meter.clock()),
        (0x04, 0x01) => own.wire().to_vec(),
        (0x04, 0x02) => bcd(meter.identity().serial.parse().unwrap_or(0), 6, false),
        (0x05, 1..=7) => status_word(meter, which).to_le_bytes().to_vec(),
        (0x05, BLOCK) if meter.model().dlt645.blocks => {
            (1..=7).flat_map(|number| status_word(meter, number).to_le_bytes()).collect()
        }
        // Interval of the load records in minutes.
        (0x0A, 0x02) => bcd(i64::from(meter.model().load_profile.period_s / 60), 2, false),
        (0x10, 0x01..=0x05) => bcd(limit(meter, which), 4, false),
        _ => return None,
    })
}

/// Limits of the prepayment in hundredths of a kWh: two alarms, overdraft, hoarding, reconnection.
fn limit(meter: &Meter, which: u8) -> i64 {
    let rule = &meter.model().credit;
    let first = meter.payment().credit().low_threshold().hundredths_kwh();
    match which {
        1 => first,
        2 => meter.dlt645().second_alarm.unwrap_or(first / 2),
        3 => rule.emergency,
        4 => rule.maximum.min(ROLL_OVER - 1),
        _ => 0,
    }
}

/// Word 3 tells the prepayment; the others have nothing to tell.
fn status_word(meter: &Meter, number: u8) -> u16 {
    if number != 3 {
        return 0;
    }
    let by_amount = meter.model().dlt645.price > 0;
    let bits = [
        (3, !meter.dlt645().is_locked(meter.now())),
        (4, !meter.is_connected()),
        (6, meter.is_remotely_open()),
        (7, meter.credit_state() != CreditState::InCredit || meter.dlt645().alarm),
        (8, !by_amount),
        (9, by_amount),
        (12, meter.is_kept_supplied()),
    ];
    bits.iter().fold(0, |word, (bit, set)| word | u16::from(*set) << bit)
}

/// Frozen registers: 0 is when, 1 the imported energy.
fn frozen(meter: &Meter, what: u8, number: u8) -> Option<Vec<u8>> {
    let freeze = meter.dlt645().frozen(number)?;
    match what {
        0x00 => Some(clock::minute_octets(freeze.at)),
        0x01 => Some(kwh(freeze.import)),
        _ => None,
    }
}
