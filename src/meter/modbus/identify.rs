//! Which register map fits a unit, found by reading what only units of that model have.

use std::collections::{BTreeMap, BTreeSet};

use super::Exchange;
use super::plan::Span;
use super::sunspec::walk;
use super::values::{ask, turned};
use crate::meter::MeterError;
use crate::meter::profile::modbus::Probe;
use crate::meter::profile::{ModbusProfile, Profile, Protocol};
use crate::protocol::modbus::{ExceptionCode, RegisterType, text};

/// What each span read so far has brought; `None` for silence after a first answer.
type Seen = BTreeMap<Span, Option<Result<Vec<u16>, ExceptionCode>>>;

/// What probing a unit has shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Identified {
    /// The map that fits best.
    pub profile: Profile,
    /// Names of other maps that fit as well.
    pub alternatives: Vec<String>,
}

/// The best map for `unit` among `profiles`, or `None` when the unit answers and none fits. SunSpec goes first, since
/// such a unit says itself what it is; then the map of which most probes hold, all of them being needed.
///
/// # Errors
/// Those of the line: [`MeterError::NoReply`] when there is no such unit.
pub fn identify(exchange: &mut Exchange, unit: u8, profiles: &[Profile]) -> Result<Option<Identified>, MeterError> {
    let maps = || profiles.iter().filter(|profile| profile.protocol == Protocol::Modbus);
    let mut seen = Seen::new();
    let mut best: Vec<(usize, &Profile)> = Vec::new();
    for profile in maps().filter(|profile| !profile.modbus.probe.is_empty()) {
        let mut all = true;
        for probe in &profile.modbus.probe {
            if !holds(exchange, unit, probe, &profile.modbus, &mut seen)? {
                all = false;
                break;
            }
        }
        if all {
            best.push((profile.modbus.probe.len(), profile));
        }
    }
    // The maker's own code decides, whatever phases are live.
    for (profile, model) in maps().filter_map(|profile| Some((profile, profile.modbus.model_code?))) {
        let span = Span::one(3, model.register);
        let found = read(exchange, unit, span, &mut seen)?;
        if matches!(&found, Some(Ok(registers)) if registers == &[model.code]) {
            return Ok(Some(Identified { profile: profile.clone(), alternatives: Vec::new() }));
        }
    }
    // One that holds the code of another model is none of these. Zero is no code: unused registers read so.
    let mut foreign = BTreeSet::new();
    for (_, profile) in &best {
        let Some(model) = profile.modbus.model_code else { continue };
        let span = Span::one(3, model.register);
        if matches!(&read(exchange, unit, span, &mut seen)?, Some(Ok(registers)) if !matches!(registers.as_slice(), [0]))
        {
            foreign.insert(profile.name.clone());
        }
    }
    best.sort_by_key(|(probes, _)| std::cmp::Reverse(*probes));
    // What holds fewer probes fits no better than the one that is ruled out.
    if best.first().is_some_and(|(_, profile)| foreign.contains(&profile.name)) {
        best.clear();
    }
    best.retain(|(_, profile)| !foreign.contains(&profile.name));
    if let Some((most, profile)) = best.first() {
        let equal: Vec<&Profile> =
            best.iter().skip(1).filter(|(probes, _)| probes == most).map(|(_, profile)| *profile).collect();
        let mut profile = (*profile).clone();
        // Models that share one map are read alike; which of them it is, is not known.
        if equal.iter().any(|other| other.modbus == profile.modbus) {
            profile.models.clear();
        }
        let others = equal.into_iter().filter(|other| other.modbus != profile.modbus);
        let alternatives = others.map(|profile| profile.name.clone()).collect();
        return Ok(Some(Identified { profile, alternatives }));
    }
    // A server that stands in for the line says this of units that are not there.
    let is_absent = |found: &Option<Result<Vec<u16>, ExceptionCode>>| {
        matches!(found, Some(Err(ExceptionCode::DeviceFailure | ExceptionCode::GatewayNoAnswer)))
    };
    if !seen.is_empty() && seen.values().all(is_absent) {
        return Err(MeterError::NoReply {
            address: format!("unit {unit}"),
            what: "the server of the line, which said so (exception 4)".to_owned(),
            echo: false,
        });
    }
    let described = maps().find(|profile| profile.modbus.sunspec && profile.modbus.probe.is_empty());
    if let Some(profile) = described
        && walk(exchange, unit)?.is_some_and(|chain| chain.meter_model().is_ok())
    {
        return Ok(Some(Identified { profile: profile.clone(), alternatives: Vec::new() }));
    }
    Ok(None)
}

/// Whether one probe holds; spans asked before are not asked again.
fn holds(
    exchange: &mut Exchange,
    unit: u8,
    probe: &Probe,
    map: &ModbusProfile,
    seen: &mut Seen,
) -> Result<bool, MeterError> {
    let span = Span { function: probe.function, first: probe.register, count: probe.registers() };
    Ok(match read(exchange, unit, span, seen)? {
        Some(Ok(registers)) => fits(probe, unit, map, &registers),
        Some(Err(_)) => probe.or_refused,
        None => false,
    })
}

/// Reads a span that was not read before; `None` for silence.
fn read(
    exchange: &mut Exchange,
    unit: u8,
    span: Span,
    seen: &mut Seen,
) -> Result<Option<Result<Vec<u16>, ExceptionCode>>, MeterError> {
    if let Some(found) = seen.get(&span) {
        return Ok(found.clone());
    }
    let found = match ask(exchange, unit, span) {
        Ok(answer) => Some(answer),
        // A unit that answered before may pass over a register it does not know.
        Err(MeterError::NoReply { .. }) if !seen.is_empty() => None,
        Err(error) => return Err(error),
    };
    seen.insert(span, found.clone());
    Ok(found)
}

fn fits(probe: &Probe, unit: u8, map: &ModbusProfile, registers: &[u16]) -> bool {
    let registers: Vec<u16> = registers.iter().map(|register| turned(map, probe.function, *register)).collect();
    let registers = registers.as_slice();
    if probe.kind == RegisterType::Text {
        let wanted = probe.text.as_deref().unwrap_or_default();
        return text(registers).is_some_and(|found| found.starts_with(wanted));
    }
    let Some(raw) = probe.kind.decode(registers, map.word_order) else { return false };
    let number = raw * probe.scale;
    let is_own = !probe.is_unit || (number - f64::from(unit)).abs() < 1e-6;
    is_own && probe.minimum.is_none_or(|low| number >= low) && probe.maximum.is_none_or(|high| number <= high)
}
