//! What is wrong with a profile: values without a source, places that do not fit the protocol.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::modbus::{ClockForm, Probe, RawNumber, RegisterPlace, RelayPlace};
use super::units::{in_status_unit, status_unit};
use super::{ClientProfile, Limits, ModbusProfile, ObjectPlace, Profile, Protocol, Role};
use crate::keys::DlmsAuthentication;
use crate::protocol::modbus::{self as wire, RegisterType, WordOrder};
use crate::toml_problem;

/// Most repetitions of a read.
const MOST_REPEATS: u32 = 10;

/// Whether a register map can play a role: what has a unit in a status, factors, and what names the meter.
fn is_of_a_map(role: Role) -> bool {
    let is_factor = matches!(role, Role::PowerFactor | Role::PowerFactorL1 | Role::PowerFactorL2 | Role::PowerFactorL3);
    status_unit(role).is_some() || is_factor || Role::NAMING.contains(&role)
}

/// Keys that describe the profile itself and need no source.
const ABOUT: [&str; 5] = ["name", "description", "extends", "sources", "protocol"];

/// What is wrong, each with the dotted path of what it is about.
#[derive(Debug, Default)]
struct Findings(Vec<(String, String)>);

impl Findings {
    fn at(&mut self, path: impl Into<String>, finding: impl Into<String>) {
        self.0.push((path.into(), finding.into()));
    }
}

/// Everything wrong with a profile's own text and with the whole it makes, each with its line where the text has it;
/// empty when it is good.
pub fn check(text: &str, whole: &Profile) -> Vec<String> {
    let mut findings = Findings::default();
    match text.parse::<Table>() {
        Ok(own) => without_source(&own, &mut findings),
        Err(error) => return vec![toml_problem::in_words(text, &error)],
    }
    inconsistencies(whole, &mut findings);
    let with_line = |(path, finding): (String, String)| match toml_problem::line_of_path(text, &path) {
        Some(line) => format!("line {line}: {finding}"),
        None => finding,
    };
    findings.0.into_iter().map(with_line).collect()
}

/// Names every leaf of the file that no entry of `[sources]` covers, and every entry that covers nothing.
fn without_source(own: &Table, findings: &mut Findings) {
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
    let has_source = |leaf: &str| sources.keys().any(|source| covers(source, leaf));
    let section = |leaf: &str| leaf.split('.').next().unwrap_or_default().to_owned();
    let mut told = BTreeSet::new();
    for leaf in leaves.iter().filter(|leaf| !has_source(leaf)) {
        let section = section(leaf);
        // One word is enough for a section of which nothing has a source.
        let is_bare = |leaf: &&String| leaf.split('.').next() == Some(section.as_str()) && has_source(leaf);
        if leaves.iter().any(|leaf| is_bare(&leaf)) {
            findings.at(leaf, format!("{leaf} has no source"));
        } else if told.insert(section.clone()) {
            let remedy = format!("say where it is from: \"{section}\" = \"…\" under [sources]");
            findings.at(&section, format!("{section} has no source; {remedy}"));
        }
    }
    for (source, text) in sources {
        if !leaves.iter().any(|leaf| covers(source, leaf)) {
            findings.at("sources", format!("the source {source:?} belongs to no value"));
        }
        if text.as_str().is_none_or(|text| text.trim().is_empty()) {
            findings.at("sources", format!("the source {source:?} says nothing"));
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

fn inconsistencies(whole: &Profile, findings: &mut Findings) {
    let name_is_good =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !name_is_good(&whole.name) {
        findings.at("name", format!("the name {:?} is not made of lower-case letters, digits and hyphens", whole.name));
    }
    for (role, object) in &whole.objects {
        for place in &object.at {
            let fits = match place {
                ObjectPlace::Cosem(_) => whole.protocol == Protocol::Dlms,
                ObjectPlace::DataSet(_) => whole.protocol == Protocol::Iec62056_21,
            };
            if !fits {
                findings.at(
                    format!("objects.{}", role.word()),
                    format!("{role:?} is at {place}, which is not for {}", whole.protocol.word()),
                );
            }
        }
    }
    match whole.protocol {
        Protocol::Dlms => {
            if whole.dlms.address.is_none() {
                findings.at("dlms", "dlms.address is missing");
            }
            if whole.dlms.clients.is_empty() {
                findings.at("dlms", "dlms.clients names no client");
            }
            let asked = |client: &&ClientProfile| client.pre_established && client.auth != DlmsAuthentication::None;
            if let Some(client) = whole.dlms.clients.iter().find(asked) {
                let number = client.client;
                findings.at(
                    "dlms.clients",
                    format!("client {number} is pre-established and proves nothing: auth must be none"),
                );
            }
            let windows = [
                ("hdlc_window", whole.dlms.hdlc_window, 7),
                ("general_block_window", whole.dlms.general_block_window, 63),
            ];
            for (key, window, most) in windows {
                if window.is_some_and(|window| !(1..=most).contains(&window)) {
                    findings.at(format!("dlms.{key}"), format!("dlms.{key} must be 1 to {most}"));
                }
            }
            let ciphered = whole.dlms.clients.iter().any(|client| client.auth == DlmsAuthentication::HlsGmac);
            if ciphered && whole.dlms.public_client().is_none() {
                findings.at(
                    "dlms.clients",
                    "a ciphered client needs one without authentication, to read the invocation counter",
                );
            }
        }
        Protocol::Dlt645 => {
            if whole.dlt645.items.is_empty() && whole.dlt645.keypad.is_empty() {
                findings.at("dlt645", "dlt645.items names no item, and dlt645.keypad no code");
            }
            for place in whole.dlt645.keypad.values().filter(|place| place.digits().is_none()) {
                findings.at(
                    "dlt645.keypad",
                    format!("dlt645.keypad has the code {:?}, where three digits are due", place.code),
                );
            }
            let items = whole.dlt645.measured().map(|(name, place)| (name, place.limits));
            let shown = whole.dlt645.keypad.values().filter(|place| place.octets > 0);
            let shown = shown.map(|place| (format!("keypad code {}", place.code), place.limits));
            for (name, limits) in items.chain(shown) {
                match limits {
                    None => findings.at(format!("dlt645.items.{name}"), without_limits(&format!("dlt645.{name}"))),
                    Some(Limits(low, high)) if low >= high => {
                        findings.at(
                            format!("dlt645.items.{name}"),
                            format!("dlt645.{name} has a lower limit that is not below the upper"),
                        );
                    }
                    Some(_) => {}
                }
            }
        }
        Protocol::Modbus => registers(&whole.modbus, findings),
        Protocol::Iec62056_21 => {
            if whole.iec62056_21.password_level.is_some_and(|level| !(1..=2).contains(&level)) {
                findings.at("iec62056_21.password_level", "iec62056_21.password_level is 1 or 2");
            }
            if whole.token.register.is_some() != whole.token.command.is_some() {
                findings.at("token", "token.register and token.command belong together");
            }
        }
    }
}

fn without_limits(name: &str) -> String {
    format!("{name} has no limits: `limits = [low, high]` in its unit keeps a wrong reading from being shown")
}

fn relay(relay: &RelayPlace, findings: &mut Findings) {
    let (closing, opening) = (relay.close_order.unwrap_or(relay.closed), relay.open_order.unwrap_or(relay.open));
    if relay.is_ordered_by_coil() && !matches!((closing, opening), (0, 1) | (1, 0)) {
        findings.at(
            "modbus.relay",
            "modbus.relay is ordered by a coil, which takes 0 or 1: give close_order and open_order, one of each",
        );
    }
    if (relay.function <= 2 || relay.bit.is_some()) && !matches!((relay.closed, relay.open), (0, 1) | (1, 0)) {
        findings.at("modbus.relay", "modbus.relay is a bit, which reads as 0 or 1: closed and open are one of each");
    }
    if relay.closed == relay.open {
        findings.at("modbus.relay", "modbus.relay has one number for closed and open");
    }
    if wire::Table::read_by(relay.function).is_none() || relay.bit.is_some_and(|bit| bit > 15) {
        findings.at("modbus.relay", "modbus.relay: function is 1 to 4, and bit 0 to 15");
    }
    if relay.order_function.is_some_and(|function| !matches!(function, 5 | 6)) {
        findings.at("modbus.relay", "modbus.relay.order_function is 5 for a coil or 6 for a register");
    }
    let is_elsewhere = relay.order_register.is_some();
    if matches!(relay.function, 2 | 4) && !is_elsewhere {
        findings.at("modbus.relay", "modbus.relay is only read where it stands: order_register is missing");
    }
    if relay.bit.is_some() && !is_elsewhere && !relay.is_ordered_by_coil() {
        findings.at(
            "modbus.relay",
            "modbus.relay is one bit of a register, which an order would overwrite: order_register is missing",
        );
    }
}

/// Most values of a series: more are no quantity that a meter has so often.
const LONGEST_SERIES: u16 = 128;

/// Why a name does not stand for a single number, as part of a sentence.
fn no_single_number(name: &str, modbus: &ModbusProfile) -> Option<String> {
    match modbus.named.get(name) {
        None => Some(format!("there is no modbus.named.{name}")),
        Some(place) if place.series.is_some() => Some(format!("modbus.named.{name} is a series of values")),
        Some(place) if place.kind.is_text() => Some(format!("modbus.named.{name} holds a text")),
        Some(_) => None,
    }
}

fn series(name: &str, place: &RegisterPlace, is_named: bool, path: &str, findings: &mut Findings) {
    let Some([first, last]) = place.series else {
        if place.step.is_some() {
            findings.at(path, format!("{name}: step belongs to a series"));
        }
        return;
    };
    if !is_named {
        findings.at(path, format!("{name}: a series is for modbus.named"));
    }
    if first > last || last.saturating_sub(first) >= LONGEST_SERIES {
        findings.at(
            path,
            format!("{name}: a series is [first, last] number behind the name, {LONGEST_SERIES} of them at most"),
        );
    } else if place.of_series(last).is_none_or(|last| last.register.checked_add(last.registers()).is_none()) {
        findings.at(path, format!("{name}: the series goes past register 65535"));
    }
    if place.series_step() < place.registers() {
        findings
            .at(path, format!("{name}: the values of a series overlap, for one takes {} registers", place.registers()));
    }
}

fn registers(modbus: &ModbusProfile, findings: &mut Findings) {
    if modbus.registers.is_empty() && !modbus.sunspec && !modbus.bare {
        findings.at("modbus", "modbus.registers names no register, and modbus.sunspec is not set");
    }
    if modbus.sunspec && modbus.limits.is_empty() {
        findings.at(
            "modbus.sunspec",
            "modbus.limits is missing: what a meter that describes itself tells is not held to any",
        );
    }
    if !modbus.sunspec && !modbus.limits.is_empty() {
        findings
            .at("modbus.limits", "modbus.limits holds for sunspec = true alone: give each register its own `limits`");
    }
    for (role, _) in modbus.limits.iter().filter(|(_, Limits(low, high))| low >= high) {
        findings.at("modbus.limits", format!("modbus.limits.{}: the first is not below the second", role.word()));
    }
    if modbus.unit.is_some_and(|unit| !(1..=247).contains(&unit)) {
        findings.at("modbus.unit", "modbus.unit is 1 to 247; other numbers are given with --address");
    }
    if modbus.longest_read == Some(0) {
        findings.at("modbus.longest_read", "modbus.longest_read is 1 to 125");
    }
    if modbus.repeat.is_some_and(|repeat| repeat > MOST_REPEATS) {
        findings.at("modbus.repeat", format!("modbus.repeat is 0 to {MOST_REPEATS}"));
    }
    for role in modbus.registers.keys().filter(|role| !is_of_a_map(**role)) {
        let path = format!("modbus.registers.{}", role.word());
        findings.at(
            path,
            format!("{} is nothing that a register map holds: give it a name under modbus.named", role.word()),
        );
    }
    let roles = modbus.registers.iter().map(|(role, place)| ("registers.", role.word(), place));
    let named = modbus.named.iter().map(|(name, place)| ("named.", name.clone(), place));
    let limit = modbus.power_limit.iter().map(|place| ("", "power_limit".to_owned(), place));
    for (table, name, place) in roles.chain(named).chain(limit) {
        let path = format!("modbus.{table}{name}");
        if wire::Table::read_by(place.function).is_none() {
            findings.at(&path, format!("{name} is read by function {}, where 1 to 4 are known", place.function));
        }
        if place.function <= 2 && place.kind != RegisterType::Bit {
            findings.at(&path, format!("{name} is a coil or discrete input, whose type is bit"));
        }
        if place.bit.is_some_and(|bit| bit > 15 || place.kind != RegisterType::Bit || place.function <= 2) {
            findings.at(&path, format!("{name}: bit is 0 to 15, and belongs to the type bit in a register"));
        }
        let is_integer = place.kind.integers(&[0; 4], WordOrder::Big).is_some()
            && !matches!(place.kind, RegisterType::F32 | RegisterType::F64);
        let width = 16 * place.kind.registers();
        if place.bits.is_some_and(|[low, high]| low > high || u16::from(high) >= width || !is_integer) {
            findings.at(&path, format!("{name}: bits are [lowest, highest] of an integer of its length"));
        }
        if place.show && Role::named(&name).is_some() {
            findings.at(&path, format!("{name}: show is for modbus.named; a role is shown by itself"));
        }
        series(&name, place, table == "named.", &path, findings);
        if place.low().into_iter().chain(place.high()).any(|limit| !limit.is_finite()) {
            findings.at(&path, format!("{name} has limits that are no numbers"));
        }
        if let Some(role) = Role::named(&name).filter(|_| table == "registers.") {
            let wanted = status_unit(role);
            if in_status_unit(1.0, place.unit.as_deref(), role).is_none() {
                let wanted = wanted.unwrap_or_default();
                let found = place.unit.as_deref().map_or("none".to_owned(), |unit| format!("{unit:?}"));
                findings.at(&path, format!("{name} has the unit {found}, where {wanted} is due, or m, k or M of it"));
            }
            if !Role::NAMING.contains(&role) && (place.kind.is_text() || place.kind == RegisterType::Bit) {
                findings.at(&path, format!("{name} is measured, and its type is that of a text or a bit"));
            }
        }
        if place.length.is_some_and(|length| !(1..=125).contains(&length)) {
            findings.at(&path, format!("{name} has a length that does not fit one answer: 1 to 125 registers do"));
        }
        if place.low().zip(place.high()).is_some_and(|(low, high)| low >= high) {
            findings.at(&path, format!("{name} has a minimum that is not below its maximum"));
        }
        let is_role = Role::named(&name).is_some_and(|role| role != Role::Serial);
        let is_measured = !place.kind.is_text() && place.kind != RegisterType::Bit && (is_role || place.unit.is_some());
        if is_measured && (place.low().is_none() || place.high().is_none()) {
            findings.at(&path, without_limits(&format!("modbus.{name}")));
        }
        let bits = 16 * u32::from(place.registers().min(4));
        let fits = |raw: i128| (-(1i128 << (bits - 1))..1i128 << bits).contains(&raw);
        for RawNumber(raw) in place.absent.iter().filter(|RawNumber(raw)| !fits(*raw)) {
            findings.at(&path, format!("{name} is absent at {raw}, which its {bits} bits never hold"));
        }
        if place.limits.is_some() && (place.minimum.is_some() || place.maximum.is_some()) {
            findings.at(&path, format!("{name} has limits beside minimum or maximum: one of them is enough"));
        }
        if name == "power_limit" && (place.scale_by.is_some() || place.negative_when.is_some()) {
            findings.at(&path, "power_limit is written, and takes neither scale_by nor negative_when");
        }
        for ratio in place.scale_by.iter().flat_map(|names| names.split('*')).map(str::trim) {
            if let Some(problem) = no_single_number(ratio, modbus) {
                findings.at(&path, format!("{name} is scaled by {ratio:?}, and {problem}"));
            }
        }
        if let Some(sign) = &place.negative_when {
            if let Some(problem) = no_single_number(sign, modbus) {
                findings.at(&path, format!("{name} has its sign from {sign:?}, and {problem}"));
            }
            if place.kind.is_text() || place.kind == RegisterType::Bit {
                findings.at(&path, format!("{name} is no number, and has no sign"));
            }
        }
        if place.scale == 0.0 || !place.scale.is_finite() {
            findings.at(&path, format!("{name} has a scale that makes every value {}", place.scale));
        }
        if place.register.checked_add(place.registers().saturating_sub(1)).is_none() {
            findings.at(&path, format!("{name} goes past register 65535"));
        }
        if place.kind.has_length() != place.length.is_some() {
            findings
                .at(&path, format!("{name}: length belongs to text, bcd, hex and digits, and each of these has one"));
        }
        if place.kind == RegisterType::Bcd && place.length.is_some_and(|length| length > 4) {
            findings.at(&path, format!("{name}: a bcd number has at most four registers"));
        }
    }
    for (name, place) in modbus.named.iter().filter(|(_, place)| place.series.is_some()) {
        let is_one_of_it = |other: &&String| {
            let number = other.strip_prefix(name.as_str()).and_then(|rest| rest.strip_prefix('-'));
            number.and_then(|number| place.of_series(number.parse().ok()?)).is_some()
        };
        for other in modbus.named.keys().filter(is_one_of_it) {
            let problem = format!("modbus.named.{other} has the name of a value of the series {name}");
            findings.at(format!("modbus.named.{other}"), problem);
        }
    }
    for name in modbus.named.keys().filter(|name| name.contains([':', '/', ' ']) || Role::named(name).is_some()) {
        findings.at(format!("modbus.named.{name}"), format!("modbus.named.{name} cannot be asked for by this name"));
    }
    if modbus.power_limit.as_ref().is_some_and(|place| place.function != 3) {
        findings.at("modbus.power_limit", "modbus.power_limit is to be in holding registers (function 3)");
    }
    if let Some(relay) = &modbus.relay {
        self::relay(relay, findings);
    }
    for (table, flags) in [("tamper", &modbus.tamper), ("alarms", &modbus.alarms)] {
        for (name, flag) in flags {
            let is_bit = flag.function <= 2 || flag.bit.is_some();
            if is_bit && flag.is.is_some_and(|is| is > 1) || flag.function <= 2 && flag.bit.is_some() {
                findings.at(
                    format!("modbus.{table}.{name}"),
                    format!("modbus.{table}.{name} never holds: a bit is 0 or 1, and a coil or input has but one"),
                );
            }
            if wire::Table::read_by(flag.function).is_none() || flag.bit.is_some_and(|bit| bit > 15) {
                findings.at(
                    format!("modbus.{table}.{name}"),
                    format!("modbus.{table}.{name}: function is 1 to 4, and bit 0 to 15"),
                );
            }
        }
    }
    if let Some(unlock) = &modbus.unlock {
        let fits = |value: f64| unlock.kind.encode(value, modbus.word_order).is_some();
        if !fits(unlock.value) || !unlock.lock.is_none_or(fits) {
            findings.at("modbus.unlock", "modbus.unlock.value or lock does not fit its type");
        }
    }
    if let Some(clock) = &modbus.clock
        && (clock.form == ClockForm::UnixSeconds) != clock.parts.is_empty()
    {
        findings.at("modbus.clock", "modbus.clock: parts are named in order, but for unix-seconds");
    }
    if let Some(clock) = modbus.clock.as_ref().filter(|clock| clock.form != ClockForm::UnixSeconds) {
        use super::modbus::ClockPart::{Day, Hour, Minute, Month, Year};
        if [Year, Month, Day, Hour, Minute].iter().any(|part| !clock.parts.contains(part)) {
            findings.at("modbus.clock", "modbus.clock: year, month, day, hour and minute are all needed");
        }
    }
    for probe in &modbus.probe {
        self::probe(probe, findings);
    }
}

/// A probe that could not tell one model from another, or never holds.
fn probe(probe: &Probe, findings: &mut Findings) {
    let mut at = |finding: String| {
        findings.at("modbus.probe", format!("the probe of register {:#06x} {finding}", probe.register))
    };
    if wire::Table::read_by(probe.function).is_none() {
        at(format!("is read by function {}, where 1 to 4 are known", probe.function));
    }
    let is_text = probe.kind == RegisterType::Text;
    if is_text != probe.text.is_some() {
        at("has a text beside another type than text, or the other way round".to_owned());
    }
    let is_compared = is_text || probe.is_unit || probe.minimum.is_some() || probe.maximum.is_some();
    if !is_compared || probe.text.as_ref().is_some_and(String::is_empty) {
        at("asks for nothing".to_owned());
    }
    if probe.kind.has_length() && !is_text || probe.kind == RegisterType::Bit {
        at("is of a type that is not compared: take u16 to f64, or text".to_owned());
    }
    if probe.minimum.zip(probe.maximum).is_some_and(|(low, high)| low > high) {
        at("has a minimum above its maximum, and never holds".to_owned());
    }
    if probe.register.checked_add(probe.registers().saturating_sub(1)).is_none() {
        at("goes past register 65535".to_owned());
    }
}
