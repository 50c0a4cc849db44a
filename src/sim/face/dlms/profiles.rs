//! Load profile and event log, whole, by time or by row.

use time::OffsetDateTime;

use super::{ClassId, ObisCode, names};
use crate::protocol::dlms::{AttributeDescriptor, Data, DataAccessResult, DateTime, SelectiveAccess};
use crate::sim::meter::Meter;

/// A column: class, name and attribute of what is captured in it.
type Column = (ClassId, ObisCode);

const CLOCK: Column = (ClassId::CLOCK, names::CLOCK);

/// One of the two profiles, as far as they differ.
struct Profile {
    columns: Vec<Column>,
    rows: Vec<(OffsetDateTime, Vec<Data>)>,
    period_s: u32,
    capacity: usize,
}

fn load_profile(meter: &Meter) -> Profile {
    let rows = meter.load_profile().rows();
    Profile {
        columns: vec![CLOCK, (ClassId::REGISTER, names::IMPORT), (ClassId::REGISTER, names::voltage(1))],
        rows: rows
            .map(|row| {
                let voltage = u16::try_from(row.voltage_dv).unwrap_or(u16::MAX);
                (row.at, vec![Data::UInt32(row.import_wh), Data::UInt16(voltage)])
            })
            .collect(),
        period_s: meter.model().load_profile.period_s,
        capacity: meter.model().load_profile.rows,
    }
}

fn event_log(meter: &Meter) -> Profile {
    let entries = meter.events().entries();
    Profile {
        columns: vec![CLOCK, (ClassId::DATA, names::EVENT_CODE)],
        rows: entries.map(|event| (event.at, vec![Data::UInt8(event.kind.number())])).collect(),
        period_s: 0,
        capacity: meter.events().capacity(),
    }
}

/// An attribute of a profile.
pub(super) fn profile(
    meter: &Meter,
    name: ObisCode,
    attribute: u8,
    selection: Option<&SelectiveAccess>,
) -> Result<Data, DataAccessResult> {
    let profile = if name == names::LOAD_PROFILE { load_profile(meter) } else { event_log(meter) };
    let count = |number: usize| Data::UInt32(u32::try_from(number).unwrap_or(u32::MAX));
    Ok(match attribute {
        2 => buffer(profile, selection)?,
        3 => Data::Array(profile.columns.iter().map(column).collect()),
        4 => Data::UInt32(profile.period_s),
        5 => Data::Enum(1),
        6 => column(&CLOCK),
        7 => count(profile.rows.len()),
        8 => count(profile.capacity),
        _ => return Err(DataAccessResult::ObjectUndefined),
    })
}

fn column((class, name): &Column) -> Data {
    Data::Structure(vec![Data::UInt16(class.0), Data::OctetString(name.0.to_vec()), Data::Int8(2), Data::UInt16(0)])
}

fn buffer(profile: Profile, selection: Option<&SelectiveAccess>) -> Result<Data, DataAccessResult> {
    let mut rows = profile.rows;
    let mut columns: Vec<usize> = (0..profile.columns.len()).collect();
    if let Some(selection) = selection {
        if let Some((from, to)) = selection.clock_bounds() {
            let (from, to) = (moment(from), moment(to));
            rows.retain(|(at, _)| from.is_none_or(|from| *at >= from) && to.is_none_or(|to| *at <= to));
            let wanted = selection.clock_columns();
            let is_wanted = |index: &usize| {
                let column = profile.columns.get(*index);
                column.is_some_and(|(class, name)| wanted.contains(&AttributeDescriptor::new(*class, *name, 2)))
            };
            if !wanted.is_empty() {
                columns.retain(is_wanted);
            }
        } else if let Some((from, to, first, last)) = selection.entry_bounds() {
            let last = if last == 0 { columns.len() } else { usize::from(last) };
            columns.retain(|index| (usize::from(first.max(1))..=last).contains(&index.saturating_add(1)));
            rows = by_entry(rows, from, to);
        } else {
            return Err(DataAccessResult::ScopeOfAccessViolated);
        }
    }
    Ok(Data::Array(rows.into_iter().map(|row| structure(row, &columns)).collect()))
}

fn by_entry<T>(rows: Vec<T>, from: u32, to: u32) -> Vec<T> {
    let skipped = usize::try_from(from.max(1) - 1).unwrap_or(usize::MAX);
    let end = if to == 0 { rows.len() } else { usize::try_from(to).unwrap_or(usize::MAX) };
    rows.into_iter().take(end).skip(skipped).collect()
}

fn structure((at, values): (OffsetDateTime, Vec<Data>), columns: &[usize]) -> Data {
    let cells = std::iter::once(DateTime::from_offset(at).to_data()).chain(values);
    let wanted = cells.enumerate().filter(|(index, _)| columns.contains(index));
    Data::Structure(wanted.map(|(_, cell)| cell).collect())
}

/// The moment a bound names; without a deviation it is taken for UTC, as the meter's own clock is.
fn moment(bound: DateTime) -> Option<OffsetDateTime> {
    bound.to_utc().or_else(|| bound.local().map(|local| local.assume_utc()))
}
