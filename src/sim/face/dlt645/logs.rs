//! Load records and event records.

use super::clock;
use crate::protocol::dlt645::{BcdFormat, ErrorBits, LoadRecord, LoadSelection, encode_bcd};
use crate::sim::events::EventKind;
use crate::sim::load_profile::Row;
use crate::sim::meter::Meter;
use time::OffsetDateTime;

/// Records of each kind that are kept.
const MOST: u8 = 10;
/// What a value reads that is not there.
const NONE: u8 = 0xFF;

/// Load records in the selection of the request; `None` for another item.
pub(super) fn load_records(meter: &Meter, item: u32, selection: &[u8]) -> Option<Result<Vec<u8>, ErrorBits>> {
    let rows: Vec<&Row> = meter.load_profile().rows().collect();
    let one = |row: Option<&&Row>| row.map(|row| record(row).to_octets()).unwrap_or_default();
    if item == LoadSelection::Oldest.identifier() {
        return Some(Ok(one(rows.first())));
    }
    if item == LoadSelection::Newest.identifier() {
        return Some(Ok(one(rows.last())));
    }
    if item != LoadSelection::From(1, [0; 5]).identifier() {
        return None;
    }
    let &[count, minute, hour, day, month, year] = selection else { return Some(Err(ErrorBits::OTHER)) };
    let count = usize::from((count >> 4) * 10 + (count & 15));
    let Some(from) = clock::instant([0, minute, hour, day, month, year]) else { return Some(Err(ErrorBits::OTHER)) };
    let chosen = rows.into_iter().filter(|row| row.at >= from).take(count);
    Some(Ok(chosen.flat_map(|row| record(row).to_octets()).collect()))
}

/// Voltage and energies of a row; the simulator keeps no more.
fn record(row: &Row) -> LoadRecord {
    let bcd = |value: i64, octets: u8, signed: bool| {
        let format = BcdFormat { octets, decimals: 0, signed };
        encode_bcd(value, format).unwrap_or_else(|_| vec![NONE; octets.into()])
    };
    let mut voltages = bcd(i64::from(row.voltage_dv), 2, false);
    voltages.resize(15, NONE);
    voltages.extend([NONE; 2]);
    let mut energies = bcd(i64::from(row.import_wh / 10), 4, false);
    energies.resize(16, 0);
    let at = clock::minute_octets(row.at);
    let mut time = [0u8; 5];
    time.iter_mut().zip(at).for_each(|(slot, octet)| *slot = octet);
    LoadRecord { time, classes: [Some(voltages), None, None, Some(energies), None, None] }
}

/// The record of one event, 1 being the latest; zeros where there was none.
pub(super) fn event_record(meter: &Meter, [high, low, number]: [u8; 3]) -> Option<Vec<u8>> {
    let (begin, end, length) = match (high, low) {
        (0x11, 0x00) => (EventKind::PowerDown, Some(EventKind::PowerUp), 12),
        (0x30, 0x0D) => (EventKind::CoverOpen, None, 60),
        (0x30, 0x0E) => (EventKind::TerminalCoverOpen, None, 60),
        (0x30, 0x00) => (EventKind::ParametersChanged, None, 50),
        _ => return None,
    };
    if !(1..=MOST).contains(&number) {
        return None;
    }
    let mut octets = Vec::new();
    let entries: Vec<(EventKind, OffsetDateTime)> =
        meter.events().entries().map(|event| (event.kind, event.at)).collect();
    let begins = entries.iter().enumerate().filter(|(_, (kind, _))| *kind == begin);
    let found = begins.rev().nth(usize::from(number) - 1);
    if let Some((place, (_, at))) = found {
        octets.extend(clock::second_octets(*at));
        let ended = entries.iter().skip(place).find(|(kind, _)| Some(*kind) == end);
        octets.extend(ended.map_or_else(|| vec![0; 6], |(_, at)| clock::second_octets(*at)));
    }
    octets.resize(length, 0);
    Some(octets)
}
