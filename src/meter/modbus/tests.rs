//! The driver on an in-memory line: what a shared line does to answers, and each thing's own name.

use std::time::Duration;

use time::OffsetDateTime;
use time::macros::datetime;

use super::{Exchange, ModbusMeter, identify};
use crate::link::memory::LineFaults;
use crate::link::{FarAction, FarEnd, LineSettings, MemoryLine, Moment};
use crate::meter::driver::RelayAction;
use crate::meter::profile::{Library, Profile};
use crate::meter::{Answer, Item, LineTrouble, Meter, MeterError, Value};
use crate::protocol::modbus::{Answer as Registers, RegisterType, Request, Table, WordOrder, crc16};

/// A unit that answers reads and writes from its registers.
#[derive(Debug, Clone)]
struct Unit {
    /// Address it listens to, and the one it answers with.
    address: u8,
    answers_as: u8,
    /// How long each answer takes; the last one stays.
    reactions: Vec<u64>,
    /// What is added to every register, to tell units apart.
    base: u16,
    registers: Vec<(u16, u16)>,
    refuses_holes: bool,
    longest: u16,
    heard: Vec<u8>,
    last_at: Moment,
    requests: std::sync::Arc<std::sync::Mutex<Vec<(u8, u16, u16)>>>,
}

fn unit(address: u8, base: u16) -> Unit {
    Unit {
        address,
        answers_as: address,
        reactions: vec![5],
        base,
        registers: Vec::new(),
        refuses_holes: false,
        longest: 125,
        heard: Vec::new(),
        last_at: Moment::ZERO,
        requests: std::sync::Arc::default(),
    }
}

impl Unit {
    fn reply(&mut self, body: &[u8]) -> Vec<FarAction> {
        let mut frame = vec![self.answers_as];
        frame.extend(body);
        frame.extend(crc16(&frame).to_le_bytes());
        let reaction = if self.reactions.len() > 1 { self.reactions.remove(0) } else { self.reactions[0] };
        vec![FarAction::Pause(Duration::from_millis(reaction)), FarAction::Send(frame)]
    }

    fn register(&self, number: u16) -> Option<u16> {
        match self.registers.iter().find(|(known, _)| *known == number) {
            Some((_, value)) => Some(*value),
            None if self.refuses_holes => None,
            None => Some(self.base.wrapping_add(number)),
        }
    }
}

impl FarEnd for Unit {
    fn settings(&self) -> LineSettings {
        LineSettings::eight_none_one(9_600)
    }

    fn hear(&mut self, byte: u8, at: Moment) -> Vec<FarAction> {
        if at.saturating_sub(self.last_at) > Duration::from_millis(3) {
            self.heard.clear();
        }
        self.last_at = at;
        self.heard.push(byte);
        let heard = self.heard.clone();
        if heard.len() < 8 || crc16(&heard) != 0 || heard[0] != self.address {
            return Vec::new();
        }
        let word = |at: usize| u16::from_be_bytes([heard[at], heard[at + 1]]);
        let (function, first, count) = (heard[1], word(2), word(4));
        self.requests.lock().unwrap().push((function, first, count));
        match function {
            3 | 4 if count > self.longest => self.reply(&[function | 0x80, 3]),
            3 | 4 => {
                let values: Option<Vec<u16>> = (first..first + count).map(|number| self.register(number)).collect();
                let Some(values) = values else { return self.reply(&[function | 0x80, 2]) };
                let mut body = vec![function, u8::try_from(count * 2).unwrap()];
                body.extend(values.iter().flat_map(|value| value.to_be_bytes()));
                self.reply(&body)
            }
            6 => {
                self.registers.retain(|(number, _)| *number != first);
                self.registers.push((first, count));
                self.reply(&heard[1..6])
            }
            16 => {
                for index in 0..count {
                    self.registers.retain(|(number, _)| *number != first + index);
                    self.registers.push((first + index, word(7 + 2 * usize::from(index))));
                }
                self.reply(&heard[1..6])
            }
            _ => self.reply(&[function | 0x80, 1]),
        }
    }
}

fn line(units: Vec<Unit>) -> MemoryLine {
    MemoryLine::with_stations(units.into_iter().map(|unit| Box::new(unit) as Box<dyn FarEnd>).collect())
}

fn exchange(line: MemoryLine, retries: u32) -> Exchange {
    Exchange::new(Box::new(line), Duration::from_millis(200), retries, None)
}

fn read(first: u16, count: u16) -> Request {
    Request::Read { table: Table::Input, first, count }
}

fn now() -> OffsetDateTime {
    datetime!(2026-11-21 10:00:00 UTC)
}

#[test]
fn an_answer_that_comes_late_is_not_taken_for_the_next_one() {
    let slow = Unit { reactions: vec![350, 5], ..unit(1, 0) };
    let mut exchange = exchange(line(vec![slow]), 0);
    assert!(matches!(exchange.ask(1, &read(10, 2)), Err(MeterError::NoReply { .. })));
    assert_eq!(exchange.ask(1, &read(20, 2)).unwrap(), Registers::Registers(vec![20, 21]));
    assert_eq!(exchange.take_troubles(), [LineTrouble::LateAnswer { address: "unit 1".into() }]);
}

#[test]
fn after_a_repetition_both_answers_are_accounted_for() {
    // The first answer comes after the repetition went out, so that two answers are on the line.
    let slow = Unit { reactions: vec![230, 5], ..unit(1, 0) };
    let mut exchange = exchange(line(vec![slow]), 2);
    assert_eq!(exchange.ask(1, &read(10, 2)).unwrap(), Registers::Registers(vec![10, 11]));
    assert_eq!(exchange.ask(1, &read(20, 2)).unwrap(), Registers::Registers(vec![20, 21]));
    assert_eq!(exchange.ask(1, &read(30, 2)).unwrap(), Registers::Registers(vec![30, 31]));
}

#[test]
fn another_unit_does_not_wait_for_a_silent_one() {
    let slow = Unit { reactions: vec![350], ..unit(1, 0) };
    let mut exchange = exchange(line(vec![slow, unit(2, 1_000)]), 0);
    assert!(exchange.ask(1, &read(10, 2)).is_err());
    let before = exchange.link().now();
    assert_eq!(exchange.ask(2, &read(10, 2)).unwrap(), Registers::Registers(vec![1_010, 1_011]));
    assert!(exchange.link().now() - before < Duration::from_millis(200));
}

#[test]
fn a_unit_that_answers_for_another_is_named() {
    let liar = Unit { answers_as: 7, ..unit(1, 0) };
    let mut exchange = exchange(line(vec![liar]), 0);
    let error = exchange.ask(1, &read(0, 2)).unwrap_err();
    assert!(matches!(&error, MeterError::OtherMeter { asked, answered } if asked == "unit 1" && answered == "unit 7"));
    assert_eq!(error.code().word(), "other-meter-answered");
}

#[test]
fn two_units_with_one_address_are_named_when_they_talk_at_once_and_when_in_turn() {
    for reaction in [5, 6, 40] {
        let twin = Unit { reactions: vec![reaction], ..unit(1, 1_000) };
        let mut exchange = exchange(line(vec![unit(1, 0), twin]), 0);
        let error = exchange.ask(1, &read(0, 10)).unwrap_err();
        assert_eq!(error.code().word(), "address-collision", "{reaction}: {error}");
    }
}

#[test]
fn an_echoing_adapter_is_noticed_and_a_silent_unit_behind_it_too() {
    let faults = LineFaults { echo: true, ..LineFaults::default() };
    let mut exchange = exchange(line(vec![unit(1, 0)]).with_faults(faults), 0);
    assert_eq!(exchange.ask(1, &read(0, 2)).unwrap(), Registers::Registers(vec![0, 1]));
    assert_eq!(exchange.take_troubles(), [LineTrouble::Echo]);
    assert!(matches!(exchange.ask(9, &read(0, 2)), Err(MeterError::NoReply { echo: true, .. })));
}

#[test]
fn writes_are_never_repeated() {
    let silent = Unit { reactions: vec![10_000], ..unit(1, 0) };
    let requests = silent.requests.clone();
    let mut exchange = exchange(line(vec![silent]), 5);
    assert!(exchange.ask(1, &Request::WriteSingle { register: 1, value: 1 }).is_err());
    assert_eq!(requests.lock().unwrap().len(), 1);
}

#[test]
fn a_damaged_answer_is_asked_for_again() {
    let faults = LineFaults { flipped_per_10_000: 100, seed: 3, ..LineFaults::default() };
    let mut exchange = exchange(line(vec![unit(1, 0)]).with_faults(faults), 10);
    for first in 0..40 {
        assert_eq!(exchange.ask(1, &read(first, 1)).unwrap(), Registers::Registers(vec![first]));
    }
    assert!(exchange.traffic().frames_bad > 0);
}

fn floats(values: &[(u16, f64)]) -> Vec<(u16, u16)> {
    let pairs = values.iter().flat_map(|(first, value)| {
        let words = RegisterType::F32.encode(*value, WordOrder::Big).unwrap();
        words.into_iter().enumerate().map(move |(index, word)| (first + u16::try_from(index).unwrap(), word))
    });
    pairs.collect()
}

fn sdm120() -> Unit {
    let mut registers =
        floats(&[(0, 230.5), (6, 2.0), (0x0C, 461.0), (0x1E, 1.0), (0x46, 50.0), (0x48, 12.5), (0x4A, 9e30)]);
    registers.push((0xFC02, 0));
    Unit { registers, base: 0, ..unit(3, 0) }
}

fn driver(unit: Unit, profile: &str) -> ModbusMeter {
    let address = unit.address;
    let profile = Library::default().find(profile).unwrap();
    ModbusMeter::new(exchange(line(vec![unit]), 0), profile, address, now)
}

#[test]
fn a_status_takes_one_request_and_names_what_is_out_of_its_limits() {
    let unit = sdm120();
    let requests = unit.requests.clone();
    let mut meter = driver(unit, "eastron-sdm120");
    let status = meter.status().unwrap();
    assert_eq!(*requests.lock().unwrap(), [(3, 0xFC00, 2), (4, 0, 0x50)]);
    let supply = status.supply.unwrap();
    assert_eq!((supply.phases[0].voltage_v, supply.frequency_hz), (Some(230.5), Some(50.0)));
    let energy = status.energy.unwrap();
    assert_eq!((energy.import_kwh, energy.export_kwh), (Some(12.5), None));
    assert_eq!(status.problems.len(), 1);
    assert_eq!(status.problems[0].object, "energy-export");
    assert!(status.problems[0].error.starts_with("out of range"), "{:?}", status.problems);
    // The serial number does not change: the next status takes one request in all.
    meter.status().unwrap();
    assert_eq!(requests.lock().unwrap().len(), 3);
}

#[test]
fn a_unit_that_refuses_holes_is_asked_around_them() {
    let unit = Unit { refuses_holes: true, ..sdm120() };
    let requests = unit.requests.clone();
    let mut meter = driver(unit, "eastron-sdm120");
    let status = meter.status().unwrap();
    assert_eq!(status.supply.unwrap().phases[0].current_a, Some(2.0));
    let first = requests.lock().unwrap().len();
    meter.status().unwrap();
    assert!(requests.lock().unwrap().len() - first < first, "what was refused is asked for again");
}

const HOUSE: &str = r#"
name = "house-meter"
description = "A map a user wrote"
protocol = "modbus"
[line]
baud = 19200
frame = "8e1"
[modbus]
unit = 5
word_order = "swapped"
no_power_limit = 0
[modbus.registers.voltage-l1]
function = 3
register = 10
type = "u16"
scale = 0.1
unit = "V"
minimum = 0
maximum = 600
[modbus.registers.energy-import]
function = 3
register = 12
type = "u32"
unit = "Wh"
limits = [0, 4294967294]
[modbus.named.wiring]
function = 3
register = 30
type = "u16"
[modbus.clock]
register = 20
form = "octets"
parts = ["year", "month", "day", "hour", "minute", "second"]
[modbus.relay]
register = 40
closed = 1
open = 2
[modbus.power_limit]
function = 3
register = 41
type = "u16"
scale = 0.01
unit = "kW"
minimum = 0
maximum = 100
[sources]
"line" = "the label"
"modbus" = "its paper"
"#;

#[test]
fn a_users_map_adds_a_model_without_code() {
    let profile: Profile = toml::from_str(HOUSE).unwrap();
    assert_eq!(crate::meter::profile::check::check(HOUSE, &profile), Vec::<String>::new());
    let registers = vec![
        (10, 2_301),
        (12, 0x86A0),
        (13, 0x0001),
        (20, 0x1A0B),
        (21, 0x150A),
        (22, 0x0005),
        (30, 3),
        (40, 1),
        (41, 550),
    ];
    let unit = Unit { registers, refuses_holes: true, ..unit(5, 0) };
    let mut meter = ModbusMeter::new(exchange(line(vec![unit]), 0), profile, 5, now);
    let status = meter.status().unwrap();
    assert_eq!(status.problems, []);
    assert_eq!(status.energy.unwrap().import_kwh, Some(100.0));
    assert_eq!(status.supply.unwrap().phases[0].voltage_v, Some(230.1));
    assert_eq!(status.clock.unwrap().drift_s, Some(5));
    assert_eq!(status.limits.unwrap().power_w, Some(5_500.0));
    assert_eq!(status.relay.unwrap().output.as_deref(), Some("closed"));
    assert_eq!(meter.set_power_limit(Some(4_000.0)).unwrap(), Answer::Done);
    assert_eq!(meter.limits().unwrap().power_w, Some(4_000.0));
    assert_eq!(meter.set_power_limit(None).unwrap(), Answer::Done);
    assert_eq!(meter.limits().unwrap().power_w, None);
    assert_eq!(meter.switch_relay(RelayAction::Disconnect).unwrap(), Answer::Done);
    assert_eq!(meter.relay().unwrap().output.as_deref(), Some("open"));
    let (answer, set) = meter.set_clock(None).unwrap();
    assert_eq!((answer, meter.clock().unwrap().meter.local), (Answer::Done, set.local));
    let wiring: Item = "wiring".parse().unwrap();
    assert_eq!(meter.write(&wiring, "2").unwrap(), Answer::Done);
    assert_eq!(meter.read(&[wiring]).unwrap()[0].value, Some(Value::Integer(2)));
    let voltage: Item = "holding:10".parse().unwrap();
    assert_eq!(meter.read(&[voltage]).unwrap()[0].value, Some(Value::Integer(2_301)));
}

#[test]
fn units_are_recognised_by_what_they_hold() {
    let profiles: Vec<Profile> =
        Library::default().list().into_iter().filter_map(|listed| listed.profile.ok()).collect();
    let one_phase = sdm120();
    let mut three = sdm120();
    three.registers.extend(floats(&[(2, 229.0), (4, 231.0), (0x2A, 230.0)]));
    // Two phases without voltage: the average, or the maker's code of the model, still tells that there are three.
    let mut dead = sdm120();
    dead.registers.extend(floats(&[(2, 0.0), (4, 0.0), (0x2A, 76.8)]));
    let mut coded = sdm120();
    coded.registers.insert(0, (0xFC02, 0x0070));
    // The code of another model rules the map out, and those with less evidence.
    let mut other = sdm120();
    other.registers.extend(floats(&[(2, 229.0), (4, 231.0), (0x2A, 230.0), (0x14, 3.0)]));
    other.registers.insert(0, (0xFC02, 0x0089));
    assert!(identify(&mut exchange(line(vec![other]), 0), 3, &profiles).unwrap().is_none());
    for (mut unit, wanted) in
        [(one_phase, "eastron-sdm120"), (three, "eastron-sdm630"), (dead, "eastron-sdm630"), (coded, "eastron-sdm630")]
    {
        unit.registers.extend(floats(&[(0x14, 3.0)]));
        let found = identify(&mut exchange(line(vec![unit]), 0), 3, &profiles).unwrap().unwrap();
        assert_eq!(found.profile.name, wanted);
        // SDM120 and SDM230 have one map.
        assert_eq!(found.profile.models.is_empty(), wanted == "eastron-sdm120");
        assert!(found.alternatives.is_empty());
    }
    let stranger = Unit { refuses_holes: true, ..unit(3, 0) };
    assert!(identify(&mut exchange(line(vec![stranger]), 0), 3, &profiles).unwrap().is_none());
    assert!(identify(&mut exchange(line(vec![unit(2, 0)]), 0), 3, &profiles).is_err());
}

#[test]
fn a_unit_that_describes_itself() {
    let mut registers = vec![(40_000, 0x5375), (40_001, 0x6E53), (40_002, 1), (40_003, 66)];
    let text = |from: u16, text: &str| -> Vec<(u16, u16)> {
        let octets = text.bytes().chain([0, 0]).collect::<Vec<u8>>();
        let pairs = octets.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        (from..).zip(pairs).collect()
    };
    registers.extend((40_004..40_070).map(|number| (number, 0)));
    registers.retain(|(number, _)| !(40_004..40_010).contains(number) && !(40_052..40_056).contains(number));
    registers.extend(text(40_004, "Maker").into_iter().chain(text(40_007, "")));
    registers.extend((40_008..40_010).map(|number| (number, 0)));
    registers.extend(text(40_052, "S12345").into_iter().take(4));
    registers.extend([(40_070, 203), (40_071, 105)]);
    let mut model = vec![0x8000u16; 105];
    model[6..9].copy_from_slice(&[2_301, 2_302, 2_303]);
    model[13] = 0xFFFF;
    model[14..16].copy_from_slice(&[5_001, 0xFFFE]);
    model[16] = 4_000;
    model[20] = 6;
    model[44..46].copy_from_slice(&[1, 0x86A0]);
    model[52] = 0;
    registers.extend((40_072..).zip(model));
    registers.extend([(40_177, 0xFFFF), (40_178, 0)]);
    let unit = Unit { registers, refuses_holes: true, ..unit(1, 0) };
    let mut meter = driver(unit, "generic-sunspec");
    let status = meter.status().unwrap();
    assert_eq!(status.meter.manufacturer.as_deref(), Some("Maker"));
    assert_eq!(status.meter.serial.as_deref(), Some("S12345"));
    let supply = status.supply.unwrap();
    assert_eq!(supply.phases[2].voltage_v, Some(230.3));
    assert_eq!(supply.phases[0].current_a, None);
    assert_eq!(supply.frequency_hz, Some(50.01));
    assert_eq!(supply.active_power_w, None, "four gigawatts are no reading");
    let problem = &status.problems[0];
    assert_eq!(problem.object, "power");
    assert!(problem.error.contains("4000000000.0 W is not -5000000 to 5000000 W"), "{}", problem.error);
    assert_eq!(status.energy.unwrap().import_kwh, Some(100.0));
    let energy: Item = "1.8.0".parse().unwrap();
    let read = meter.read(&[energy, "16.7.0".parse().unwrap()]).unwrap();
    assert_eq!(read[0].value, Some(Value::Real(100.0)));
    assert!(read[1].value.is_none() && read[1].error.as_ref().is_some_and(|error| error.contains("out of range")));
}
