//! What is wrong with a profile: values without a source, places that do not fit the protocol.

use toml::{Table, Value};

use super::modbus::{ClockForm, RawNumber};
use super::{Limits, ModbusProfile, ObjectPlace, Profile, Protocol, Role};
use crate::keys::DlmsAuthentication;
use crate::protocol::modbus::RegisterType;

/// Keys that describe the profile itself and need no source.
const ABOUT: [&str; 5] = ["name", "description", "extends", "sources", "protocol"];

/// Everything wrong with a profile's own text and with the whole it makes; empty when it is good.
pub fn check(text: &str, whole: &Profile) -> Vec<String> {
    let mut findings = Vec::new();
    match text.parse::<Table>() {
        Ok(own) => without_source(&own, &mut findings),
        Err(error) => findings.push(error.message().to_owned()),
    }
    inconsistencies(whole, &mut findings);
    findings
}

/// Names every leaf of the file that no entry of `[sources]` covers, and every entry that covers nothing.
fn without_source(own: &Table, findings: &mut Vec<String>) {
    let mut leaves = Vec::new();
    for (key, value) in own {
        if !ABOUT.contains(&key.as_str()) {
            collect(key, value, &mut leaves);
        }
    }
    let empty = Table::new();
    let sources = own.get("sources").and_then(Value::as_table).unwrap_or(&empty);
    let covers = |source: &str, leaf: &str| {
        leaf.strip_prefix(source).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    for leaf in &leaves {
        if !sources.keys().any(|source| covers(source, leaf)) {
            findings.push(format!("{leaf} has no source"));
        }
    }
    for (source, text) in sources {
        if !leaves.iter().any(|leaf| covers(source, leaf)) {
            findings.push(format!("the source {source:?} belongs to no value"));
        }
        if text.as_str().is_none_or(|text| text.trim().is_empty()) {
            findings.push(format!("the source {source:?} says nothing"));
        }
    }
}

fn collect(path: &str, value: &Value, leaves: &mut Vec<String>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                collect(&format!("{path}.{key}"), value, leaves);
            }
        }
        _ => leaves.push(path.to_owned()),
    }
}

fn inconsistencies(whole: &Profile, findings: &mut Vec<String>) {
    let name_is_good =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !name_is_good(&whole.name) {
        findings.push(format!("the name {:?} is not made of lower-case letters, digits and hyphens", whole.name));
    }
    for (role, object) in &whole.objects {
        for place in &object.at {
            let fits = match place {
                ObjectPlace::Cosem(_) => whole.protocol == Protocol::Dlms,
                ObjectPlace::DataSet(_) => whole.protocol == Protocol::Iec62056_21,
            };
            if !fits {
                findings.push(format!("{role:?} is at {place}, which is not for {}", whole.protocol.word()));
            }
        }
    }
    match whole.protocol {
        Protocol::Dlms => {
            if whole.dlms.address.is_none() {
                findings.push("dlms.address is missing".to_owned());
            }
            if whole.dlms.clients.is_empty() {
                findings.push("dlms.clients names no client".to_owned());
            }
            let ciphered = whole.dlms.clients.iter().any(|client| client.auth == DlmsAuthentication::HlsGmac);
            if ciphered && whole.dlms.public_client().is_none() {
                findings.push(
                    "a ciphered client needs one without authentication, to read the invocation counter".to_owned(),
                );
            }
        }
        Protocol::Dlt645 => {
            if whole.dlt645.items.is_empty() && whole.dlt645.keypad.is_empty() {
                findings.push("dlt645.items names no item, and dlt645.keypad no code".to_owned());
            }
            for place in whole.dlt645.keypad.values().filter(|place| place.digits().is_none()) {
                findings.push(format!("dlt645.keypad has the code {:?}, where three digits are due", place.code));
            }
            let items = whole.dlt645.measured().map(|(name, place)| (name, place.limits));
            let shown = whole.dlt645.keypad.values().filter(|place| place.octets > 0);
            let shown = shown.map(|place| (format!("keypad code {}", place.code), place.limits));
            for (name, limits) in items.chain(shown) {
                match limits {
                    None => findings.push(without_limits(&format!("dlt645.{name}"))),
                    Some(Limits(low, high)) if low >= high => {
                        findings.push(format!("dlt645.{name} has a lower limit that is not below the upper"));
                    }
                    Some(_) => {}
                }
            }
        }
        Protocol::Modbus => registers(&whole.modbus, findings),
        Protocol::Iec62056_21 => {
            if whole.iec62056_21.password_level.is_some_and(|level| !(1..=2).contains(&level)) {
                findings.push("iec62056_21.password_level is 1 or 2".to_owned());
            }
            if whole.token.register.is_some() != whole.token.command.is_some() {
                findings.push("token.register and token.command belong together".to_owned());
            }
        }
    }
}

fn without_limits(name: &str) -> String {
    format!("{name} has no limits: `limits = [low, high]` in its unit keeps a wrong reading from being shown")
}

fn registers(modbus: &ModbusProfile, findings: &mut Vec<String>) {
    if modbus.registers.is_empty() && !modbus.sunspec && !modbus.bare {
        findings.push("modbus.registers names no register, and modbus.sunspec is not set".to_owned());
    }
    if modbus.sunspec && modbus.limits.is_empty() {
        findings
            .push("modbus.limits is missing: what a meter that describes itself tells is not held to any".to_owned());
    }
    if !modbus.sunspec && !modbus.limits.is_empty() {
        findings.push("modbus.limits holds for sunspec = true alone: give each register its own `limits`".to_owned());
    }
    for (role, _) in modbus.limits.iter().filter(|(_, Limits(low, high))| low >= high) {
        findings.push(format!("modbus.limits.{}: the first is not below the second", role.word()));
    }
    if modbus.unit.is_some_and(|unit| !(1..=247).contains(&unit)) {
        findings.push("modbus.unit is 1 to 247".to_owned());
    }
    let roles = modbus.registers.iter().map(|(role, place)| (role.word(), place));
    let named = modbus.named.iter().map(|(name, place)| (name.clone(), place));
    let limit = modbus.power_limit.iter().map(|place| ("power_limit".to_owned(), place));
    for (name, place) in roles.chain(named).chain(limit) {
        if !matches!(place.function, 3 | 4) {
            findings.push(format!("{name} is read by function {}, where 3 or 4 is known", place.function));
        }
        if place.low().zip(place.high()).is_some_and(|(low, high)| low >= high) {
            findings.push(format!("{name} has a minimum that is not below its maximum"));
        }
        let is_role = Role::named(&name).is_some_and(|role| role != Role::Serial);
        let is_measured = place.kind != RegisterType::Text && (is_role || place.unit.is_some());
        if is_measured && (place.low().is_none() || place.high().is_none()) {
            findings.push(without_limits(&format!("modbus.{name}")));
        }
        let bits = 16 * u32::from(place.kind.registers().min(4));
        let fits = |raw: i128| (-(1i128 << (bits - 1))..1i128 << bits).contains(&raw);
        for RawNumber(raw) in place.absent.iter().filter(|RawNumber(raw)| !fits(*raw)) {
            findings.push(format!("{name} is absent at {raw}, which its {bits} bits never hold"));
        }
        if place.limits.is_some() && (place.minimum.is_some() || place.maximum.is_some()) {
            findings.push(format!("{name} has limits beside minimum or maximum: one of them is enough"));
        }
        if name == "power_limit" && place.scale_by.is_some() {
            findings.push("power_limit is written, and takes no scale_by".to_owned());
        }
        for ratio in place.scale_by.iter().flat_map(|names| names.split('*')).map(str::trim) {
            if !modbus.named.contains_key(ratio) {
                findings.push(format!("{name} is scaled by {ratio:?}, and there is no modbus.named.{ratio}"));
            }
        }
        if place.scale == 0.0 || !place.scale.is_finite() {
            findings.push(format!("{name} has a scale that makes every value {}", place.scale));
        }
        if place.register.checked_add(place.registers().saturating_sub(1)).is_none() {
            findings.push(format!("{name} goes past register 65535"));
        }
        if (place.kind == RegisterType::Text) != place.length.is_some() {
            findings.push(format!("{name}: length belongs to a text, and a text has one"));
        }
    }
    for name in modbus.named.keys().filter(|name| name.contains([':', '/', ' ']) || Role::named(name).is_some()) {
        findings.push(format!("modbus.named.{name} cannot be asked for by this name"));
    }
    if modbus.power_limit.as_ref().is_some_and(|place| place.function != 3) {
        findings.push("modbus.power_limit is to be in holding registers (function 3)".to_owned());
    }
    if modbus.relay.as_ref().is_some_and(|relay| relay.closed == relay.open) {
        findings.push("modbus.relay has one number for closed and open".to_owned());
    }
    if let Some(clock) = &modbus.clock
        && (clock.form == ClockForm::UnixSeconds) != clock.parts.is_empty()
    {
        findings.push("modbus.clock: parts are named in order, but for unix-seconds".to_owned());
    }
    for probe in &modbus.probe {
        let compares = probe.minimum.is_some() || probe.maximum.is_some() || probe.text.is_some() || probe.is_unit;
        if !compares || !matches!(probe.function, 3 | 4) {
            findings.push(format!("the probe of register {:#06x} asks for nothing", probe.register));
        }
    }
}
