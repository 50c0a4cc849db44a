//! The driver on an in-memory line: parts that follow, both editions, passwords, and what a shared line does.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use time::OffsetDateTime;
use time::macros::datetime;

use super::{Dlt645Meter, Exchange, FoundAddress, KeypadMeter, search};
use crate::link::memory::LineFaults;
use crate::link::{FarAction, FarEnd, LineSettings, MemoryLine, Moment};
use crate::meter::driver::RelayAction;
use crate::meter::log::Extract;
use crate::meter::profile::Library;
use crate::meter::{Answer, Delivery, Item, LineTrouble, Meter, MeterError, TokenReport, Value};
use crate::protocol::dlt645::{Address, Credentials, DataIdentifier, Frame, FrameScanner, Reply, Request, ScanEvent};
use crate::sts::TokenResult;

type Log = Arc<Mutex<Vec<Frame>>>;

/// A meter that answers reads from its items, and writes with a password.
#[derive(Debug)]
struct Station {
    own: Address,
    answers_as: Address,
    edition_1997: bool,
    /// Whether it refuses control codes of the other edition, instead of passing them over.
    refuses_others: bool,
    /// How long each answer takes; the last one stays.
    reactions: Vec<u64>,
    /// Values in wire order; those above `longest` octets go out in parts.
    items: BTreeMap<DataIdentifier, Vec<u8>>,
    longest: usize,
    password: [u8; 4],
    scanner: FrameScanner,
    log: Log,
}

fn address(text: &str) -> Address {
    text.parse().unwrap()
}

fn station(own: &str) -> Station {
    Station {
        own: address(own),
        answers_as: address(own),
        edition_1997: false,
        refuses_others: false,
        reactions: vec![30],
        items: BTreeMap::new(),
        longest: 200,
        password: [0x02, 0, 0, 0],
        scanner: FrameScanner::default(),
        log: Log::default(),
    }
}

impl Station {
    fn with(mut self, item: &str, octets: &[u8]) -> Self {
        self.items.insert(item.parse().unwrap(), octets.to_vec());
        self
    }

    fn answer(&mut self, frame: &Frame) -> Option<(u8, Vec<u8>)> {
        let (read, more, write) = if self.edition_1997 { (0x01, 0x02, 0x04) } else { (0x11, 0x12, 0x14) };
        let width = if self.edition_1997 { 2 } else { 4 };
        let identifier = |data: &[u8]| match *data {
            [a, b, c, d, ..] if width == 4 => Some(DataIdentifier::E2007(u32::from_le_bytes([a, b, c, d]))),
            [a, b, ..] if width == 2 => Some(DataIdentifier::E1997(u16::from_le_bytes([a, b]))),
            _ => None,
        };
        let control = frame.control;
        if control == read || control == more {
            let item = identifier(&frame.data)?;
            let Some(value) = self.items.get(&item) else { return Some((control | 0xC0, vec![0x02])) };
            let parts: Vec<&[u8]> = value.chunks(self.longest).collect();
            // The 1997 edition does not number the parts: here there are two at most.
            let number = if control == read {
                0
            } else if width == 4 {
                usize::from(frame.data[4])
            } else {
                1
            };
            let mut data = frame.data[..width].to_vec();
            data.extend(parts[number]);
            if control == more && width == 4 {
                data.push(frame.data[4]);
            }
            let follows = if number + 1 < parts.len() { 0x20 } else { 0 };
            return Some((control | 0x80 | follows, data));
        }
        match control {
            0x13 if !self.edition_1997 => Some((0x93, self.own.wire().to_vec())),
            0x1C if !self.edition_1997 => {
                let good = frame.data[..4] == self.password;
                Some(if good { (0x9C, Vec::new()) } else { (0xDC, vec![0x04]) })
            }
            control if control == write => {
                if frame.data[width..width + 4] != self.password {
                    return Some((write | 0xC0, vec![0x04]));
                }
                let skip = width + if self.edition_1997 { 4 } else { 8 };
                self.items.insert(identifier(&frame.data)?, frame.data[skip..].to_vec());
                Some((write | 0x80, Vec::new()))
            }
            0x11..=0x14 if self.refuses_others => Some((control | 0xC0, vec![0x02])),
            _ => None,
        }
    }
}

impl FarEnd for Station {
    fn settings(&self) -> LineSettings {
        LineSettings::eight_even_one(2_400)
    }

    fn hear(&mut self, byte: u8, _at: Moment) -> Vec<FarAction> {
        let mut actions = Vec::new();
        for event in self.scanner.push(&[byte]) {
            let ScanEvent::Frame(frame) = event else { continue };
            if !frame.address.matches(self.own) || frame.address.is_broadcast() {
                continue;
            }
            self.log.lock().unwrap().push(frame.clone());
            let Some((control, data)) = self.answer(&frame) else { continue };
            let reaction = if self.reactions.len() > 1 { self.reactions.remove(0) } else { self.reactions[0] };
            let reply = Frame { address: self.answers_as, control, data };
            actions.push(FarAction::Pause(Duration::from_millis(reaction)));
            actions.push(FarAction::Send(reply.encode(2).unwrap()));
        }
        actions
    }
}

fn line(stations: Vec<Station>) -> MemoryLine {
    MemoryLine::with_stations(stations.into_iter().map(|station| Box::new(station) as Box<dyn FarEnd>).collect())
}

fn exchange(line: MemoryLine) -> Exchange {
    Exchange::new(Box::new(line), Duration::from_millis(600), 0)
}

fn now() -> OffsetDateTime {
    datetime!(2026-11-21 10:00:00 UTC)
}

fn meter(station: Station, credentials: Option<&str>) -> Dlt645Meter {
    let library = Library::default();
    let credentials = credentials.map(|password| Credentials::from_digits(password, "00000000").unwrap());
    let limits = (Duration::from_millis(600), 0);
    let profile = library.find("generic-dlt645").unwrap();
    Dlt645Meter::new(Box::new(line(vec![station])), profile, Address::ANY, credentials, limits, now)
        .or_older(library.find("generic-dlt645-1997").unwrap())
}

fn read(item: &str) -> Request {
    Request::Read(item.parse().unwrap())
}

#[test]
fn an_item_in_parts_is_put_together() {
    let value: Vec<u8> = (0..30).collect();
    let long = Station { longest: 8, ..station("000088000017") }.with("06010001", &value);
    let mut meter = meter(long, None);
    let item: Item = "06010001".parse().unwrap();
    let digits: String = value.iter().rev().map(|octet| format!("{octet:02x}")).collect();
    assert_eq!(meter.read(&[item]).unwrap()[0].value, Some(Value::Text(digits)));
}

#[test]
fn a_meter_of_1997_is_met_after_silence_in_2007() {
    let old = Station { edition_1997: true, ..station("000000001234") }
        .with("C032", &[0x34, 0x12, 0, 0, 0, 0])
        .with("9010", &[0x56, 0x34, 0x12, 0])
        .with("901F", &[0x56, 0x34, 0x12, 0, 0x10, 0, 0, 0, 0x20, 0, 0, 0])
        .with("B611", &[0x30, 0x02])
        .with("B630", &[0x12, 0x03, 0x01])
        .with("C010", &[0x06, 0x21, 0x11, 0x26])
        .with("C011", &[0x05, 0x00, 0x10])
        .with("B634", &[0x50, 0x05]);
    let mut meter = meter(old, Some("02000000"));
    let status = meter.status().unwrap();
    assert_eq!(meter.profile().name, "generic-dlt645-1997");
    assert_eq!(status.meter.serial.as_deref(), Some("000000001234"));
    let energy = status.energy.unwrap();
    assert_eq!((energy.import_kwh, energy.tariffs.len(), energy.tariffs[1].import_kwh), (Some(1_234.56), 2, Some(0.2)));
    assert_eq!(status.supply.unwrap().phases[0].voltage_v, Some(230.0));
    assert_eq!(status.clock.unwrap().drift_s, Some(5));
    assert_eq!(status.limits.unwrap().power_w, Some(5_500.0));
    assert_eq!(meter.set_power_limit(Some(4_000.0)).unwrap(), Answer::Done);
    assert_eq!(meter.limits().unwrap().power_w, Some(4_000.0));
    assert!(matches!(meter.switch_relay(RelayAction::Disconnect), Err(MeterError::NotSupported(_))));
}

#[test]
fn a_meter_of_1997_that_refuses_what_it_does_not_know_is_met_too() {
    for asked in [Address::ANY, address("000000001234")] {
        let old = Station { edition_1997: true, refuses_others: true, ..station("000000001234") };
        let mut meter = meter(old.with("9010", &[0x78, 0x56, 0x34, 0x12]), None);
        meter.address = asked;
        assert_eq!(meter.status().unwrap().energy.unwrap().import_kwh, Some(123_456.78));
        assert_eq!(meter.profile().name, "generic-dlt645-1997");
    }
    // One that refuses the energy in either edition stays what it was taken for.
    let mut meter = meter(Station { refuses_others: true, ..station("000000001234") }, None);
    assert!(meter.status().is_ok());
    assert_eq!(meter.profile().name, "generic-dlt645");
}

#[test]
fn long_items_of_1997_are_put_together_too() {
    let old = Station { edition_1997: true, longest: 4, ..station("000000001234") }
        .with("9010", &[0, 0, 0, 0])
        .with("901F", &[0x56, 0x34, 0x12, 0, 0x10, 0, 0, 0]);
    let mut meter = meter(old, None);
    let item: Item = "901F".parse().unwrap();
    let both = Value::List(vec![Value::Real(1_234.56), Value::Real(0.1)]);
    assert_eq!(meter.read(&[item]).unwrap()[0].value, Some(both));
}

#[test]
fn a_refused_password_is_sent_once_and_never_again() {
    let meter_of_password = station("000088000017").with("04000E01", &[0, 0, 5]);
    let log = meter_of_password.log.clone();
    let mut meter = meter(meter_of_password, Some("04999999"));
    let sent = |log: &Log| log.lock().unwrap().iter().filter(|frame| matches!(frame.control, 0x14 | 0x1C)).count();
    let refused = meter.switch_relay(RelayAction::Disconnect).unwrap_err();
    assert!(matches!(&refused, MeterError::Authentication(text) if text.contains("ESAM")), "{refused}");
    assert_eq!(sent(&log), 1);
    assert!(matches!(meter.set_power_limit(Some(1_000.0)), Err(MeterError::Authentication(_))));
    assert!(matches!(meter.set_clock(None), Err(MeterError::Authentication(_))));
    assert_eq!(sent(&log), 1);
}

#[test]
fn ciphered_levels_are_told_before_anything_is_sent() {
    let station = station("000088000017").with("04000E01", &[0, 0, 5]);
    let log = station.log.clone();
    let mut meter = meter(station, Some("98000000"));
    let refused = meter.set_power_limit(Some(1_000.0)).unwrap_err();
    assert!(matches!(&refused, MeterError::NotSupported(text) if text.contains("ESAM")), "{refused}");
    assert!(log.lock().unwrap().iter().all(|frame| frame.control != 0x14));
}

#[test]
fn status_words_tariffs_and_counters() {
    let station = station("000088000017")
        .with("04000501", &[0x14, 0])
        .with("04000503", &[0x10, 0x02])
        .with("04000507", &[0, 0x02])
        .with("00900200", &[0x88, 0x88, 0, 0])
        .with("0001FF00", &[0, 1, 0, 0, 0x50, 0, 0, 0, 0x50, 0, 0, 0])
        .with("03110000", &[0x07, 0, 0])
        .with("03330201", &[0x12, 0]);
    let log = station.log.clone();
    let mut meter = meter(station, None);
    let status = meter.status().unwrap();
    assert_eq!(status.tamper.unwrap(), ["active-power-reversed", "cover-open"]);
    assert_eq!(status.alarms.unwrap(), ["clock-battery-low"]);
    assert_eq!(status.relay.unwrap().output.as_deref(), Some("open"));
    assert_eq!(status.credit.unwrap().available, Some(88.88));
    assert_eq!(status.energy.unwrap().tariffs.len(), 2);
    let events = meter.events(&Extract::default()).unwrap();
    assert_eq!(events[0].rows.len(), 2);
    // What the meter lacks is not asked for again.
    let first = log.lock().unwrap().len();
    meter.status().unwrap();
    assert!(log.lock().unwrap().len() - first < first / 2);
    let word: Item = "04000503".parse().unwrap();
    let names = ["relay-open", "prepaid-by-amount"].map(|name| Value::Text(name.to_owned())).to_vec();
    assert_eq!(meter.read(&[word]).unwrap()[0].value, Some(Value::List(names)));
    let energy: Item = "energy-overdrawn".parse().unwrap();
    assert_eq!(meter.read(&[energy]).unwrap()[0].error.as_deref(), Some("no such data"));
}

#[test]
fn meters_that_share_a_line_are_found_by_their_digits() {
    let stations = vec![station("000088000017"), station("000088000018"), station("000099000018")];
    let mut exchange = exchange(line(stations));
    let mut most = 0;
    let found = search(&mut exchange, &Request::ReadAddress, false, |asked, _| most = asked).unwrap();
    let meters = ["000088000017", "000088000018", "000099000018"].map(|text| FoundAddress::Meter(address(text)));
    assert_eq!(found.found, meters);
    assert!(most < 500, "{most} requests");
}

#[test]
fn two_meters_with_one_address_are_named() {
    let mut found = exchange(line(vec![station("000088000017"), station("000088000017")]));
    let found = search(&mut found, &Request::ReadAddress, false, |_, _| {}).unwrap();
    assert_eq!(found.found, [FoundAddress::Duplicate(address("000088000017"))]);
    let slow = Station { reactions: vec![140], ..station("000088000017") };
    let mut exchange = exchange(line(vec![station("000088000017"), slow]));
    let error = exchange.ask(address("000088000017"), &Request::ReadAddress).unwrap_err();
    assert_eq!(error.code().word(), "address-collision", "{error}");
}

#[test]
fn late_answers_strangers_and_echoes_have_their_names() {
    let slow = Station { reactions: vec![700, 30], ..station("000088000017") }
        .with("02010100", &[0x01, 0x23])
        .with("02800002", &[0x00, 0x50]);
    let own = slow.own;
    let mut slow_line = exchange(line(vec![slow]));
    assert!(matches!(slow_line.ask(own, &read("02010100")), Err(MeterError::NoReply { .. })));
    let reply = slow_line.ask(own, &read("02800002")).unwrap();
    assert_eq!(reply, Reply::Value { from: own, data: vec![0x00, 0x50], more: false });
    assert_eq!(slow_line.take_troubles(), [LineTrouble::LateAnswer { address: own.to_string() }]);

    let liar = Station { answers_as: address("000088000099"), ..station("000088000017") }.with("02010100", &[1, 2]);
    let error = exchange(line(vec![liar])).ask(own, &read("02010100")).unwrap_err();
    assert_eq!(error.code().word(), "other-meter-answered", "{error}");

    let faults = LineFaults { echo: true, ..LineFaults::default() };
    let good = station("000088000017").with("02010100", &[1, 2]);
    let mut echoing = exchange(line(vec![good]).with_faults(faults));
    assert!(echoing.ask(own, &read("02010100")).is_ok());
    assert_eq!(echoing.take_troubles(), [LineTrouble::Echo]);
    assert!(matches!(
        echoing.ask(address("000088000018"), &read("02010100")),
        Err(MeterError::NoReply { echo: true, .. })
    ));
}

/// A customer unit that answers codes and tokens as in the published captures.
#[derive(Debug, Default)]
struct Unit {
    scanner: FrameScanner,
    /// Tokens it was given.
    tokens: Arc<Mutex<Vec<String>>>,
    /// Whether the answer to a token is lost.
    mute_for_tokens: bool,
}

impl FarEnd for Unit {
    fn settings(&self) -> LineSettings {
        LineSettings::eight_even_one(2_400)
    }

    fn hear(&mut self, byte: u8, _at: Moment) -> Vec<FarAction> {
        let mut actions = Vec::new();
        for event in self.scanner.push(&[byte]) {
            let ScanEvent::Frame(frame) = event else { continue };
            let data: Vec<u8> = match frame.data.as_slice() {
                [0x02, 0xE0, code @ ..] => {
                    let value: &[u8] = match code {
                        b"100" => b"\x50\x04\xC0\xFF\xF8\x67\x45\x23\x01\x70",
                        b"030" => b"\x50\x0A\xC0\x12\x34\x12",
                        b"009" => b"\x50\x62\xC3\x53\x3F\0\0",
                        b"111" => b"\x50\0\xC4\xFF\xFF",
                        b"126" => b"\x50\x95\xC1\x07\x26\x11\x21",
                        b"127" => b"\x50\x80\xC1\x08\x15\x30",
                        _ => b"\x51\x20\xC345\xFF\xFFrEJECt\0\0",
                    };
                    [&[0x02, 0xE0], code, value].concat()
                }
                [0x01, 0xE0, token @ ..] => {
                    let token = String::from_utf8(token.to_vec()).unwrap();
                    let used = self.tokens.lock().unwrap().contains(&token);
                    self.tokens.lock().unwrap().push(token.clone());
                    if self.mute_for_tokens {
                        continue;
                    }
                    let answer: &[u8] = match () {
                        () if used => b"\x01\xE0\0\x0B\0\x20\xC3EE\xFF\xFFUsEd\0\0\0\0",
                        () if token.starts_with('1') => b"\x01\xE0\0\x50\0\x75\xC3\xF6\x09\0\0",
                        () => b"\x01\xE0\0\x0B\0\x20\xC3EE\xFF\xFFrEJECt\0\0",
                    };
                    answer.to_vec()
                }
                _ => continue,
            };
            let own = Address::from_wire([0x70, 0x01, 0x23, 0x45, 0x67, 0x08]);
            let octets = Frame { address: own, control: 0x80, data }.encode(0).unwrap();
            actions.push(FarAction::Send(octets));
        }
        actions
    }
}

fn keypad(unit: Unit) -> KeypadMeter {
    let line = MemoryLine::new(unit);
    let profile = Library::new(None).find("sanxing-ciu").unwrap();
    let limits = (Duration::from_millis(500), 1);
    KeypadMeter::new(Box::new(line), profile, Address::ANY, limits, || datetime!(2026-11-21 08:15:30 UTC))
}

#[test]
fn a_customer_unit_is_read_by_its_short_codes() {
    let mut meter = keypad(Unit::default());
    let status = meter.status().unwrap();
    assert_eq!(status.meter.serial.as_deref(), Some("70012345678"));
    assert_eq!(status.sts.and_then(|sts| sts.sgc).map(|sgc| sgc.to_string()).as_deref(), Some("123412"));
    assert_eq!(status.credit.and_then(|credit| credit.available), Some(162.11));
    assert_eq!(status.clock.and_then(|clock| clock.drift_s), Some(0));
    assert!(status.supply.is_none() && status.problems[0].error.contains("out of range"), "{:?}", status.problems);
    assert!(status.energy.is_none(), "the unit does not know the code");
    let item = |object: &str| Item { class: None, object: object.to_owned(), attribute: None };
    let read = meter.read(&[item("009"), item("555")]).unwrap();
    assert!(read[0].value.is_some() && read[1].error.as_deref() == Some("rEJECt"));
    assert!(matches!(meter.read(&[item("x")]), Err(MeterError::BadValue(_))));
}

#[test]
fn a_customer_unit_takes_a_token_once_and_says_what_became_of_it() {
    let unit = Unit::default();
    let tokens = Arc::clone(&unit.tokens);
    let mut meter = keypad(unit);
    let token = "12345678901234567890".parse().unwrap();
    assert!(matches!(meter.enter_token(token), Ok(Delivery::Taken)));
    assert_eq!(meter.token_report().unwrap().result, Some(TokenResult::Accept));
    assert!(matches!(meter.enter_token(token), Ok(Delivery::Taken)));
    assert_eq!(meter.token_report().unwrap().result, Some(TokenResult::UsedError));
    let refused = meter.enter_token("22345678901234567890".parse().unwrap());
    assert!(matches!(&refused, Ok(Delivery::Refused(why)) if why == "rEJECt"), "{refused:?}");
    assert_eq!(tokens.lock().unwrap().len(), 3);
}

#[test]
fn a_token_whose_answer_is_lost_is_not_sent_again() {
    let unit = Unit { mute_for_tokens: true, ..Unit::default() };
    let tokens = Arc::clone(&unit.tokens);
    let mut meter = keypad(unit);
    assert!(matches!(meter.enter_token("12345678901234567890".parse().unwrap()), Ok(Delivery::Lost(_))));
    assert_eq!(meter.token_report().unwrap(), TokenReport::default());
    assert_eq!(tokens.lock().unwrap().len(), 1);
}

#[test]
fn what_is_outside_the_limits_of_the_profile_is_a_problem_and_no_value() {
    let station = station("000088000017")
        .with("02010100", &[0x99, 0x99])
        .with("02800002", &[0x00, 0x50])
        .with("00010000", &[0x00, 0x00, 0x00, 0x80])
        .with("0001FF00", &[0, 0, 0, 0, 0x10, 0, 0, 0, 0x56, 0x34, 0x12, 0x80]);
    let mut meter = meter(station, Some("02000000"));
    let status = meter.status().unwrap();
    assert!(status.supply.as_ref().is_none_or(|supply| supply.phases.iter().all(|phase| phase.voltage_v.is_none())));
    let of = |object: &str| status.problems.iter().find(|problem| problem.object == object).map(|p| p.error.as_str());
    let voltage = of("02010100").unwrap();
    assert!(voltage.starts_with("out of range: 999.9 V is not 0 to 600 V"), "{voltage}");
    assert!(of("00010200").unwrap().starts_with("out of range: -1234.56 kWh"), "{:?}", status.problems);

    let item: Item = "02010100".parse().unwrap();
    let reading = &meter.read(std::slice::from_ref(&item)).unwrap()[0];
    assert_eq!(reading.value, None);
    assert!(reading.error.as_deref().unwrap().starts_with("out of range"), "{reading:?}");
    let limit: Item = "voltage-upper-limit".parse().unwrap();
    let refused = meter.write(&limit, "900").unwrap_err();
    assert!(matches!(&refused, MeterError::BadValue(text) if text.contains("0 to 600 V")), "{refused}");
}
