use std::time::Duration;

use super::{Attempt, FoundMeter, Listener, Plan};
use crate::hex;
use crate::link::{FarAction, FarEnd, LineSettings, MemoryLine, Moment};
use crate::meter::profile::{Library, Protocol};
use crate::protocol::hdlc::{Address, ClientAddress, Control, Frame};
use crate::protocol::modbus::crc16;

#[derive(Debug, Default)]
struct Ears {
    attempts: Vec<Attempt>,
    found: Vec<FoundMeter>,
    steps: usize,
}

impl Listener for Ears {
    fn tried(&mut self, attempt: Attempt) {
        self.attempts.push(attempt);
    }

    fn found(&mut self, found: FoundMeter) {
        self.found.push(found);
    }

    fn progress(&mut self, _what: &str, _done: usize, _of: usize) {
        self.steps += 1;
    }
}

/// A Modbus unit that has no register at all: it answers, and that is all.
#[derive(Debug)]
struct Bare {
    unit: u8,
    settings: LineSettings,
    heard: Vec<u8>,
    last_at: Moment,
}

fn bare(unit: u8, settings: LineSettings) -> Box<dyn FarEnd> {
    Box::new(Bare { unit, settings, heard: Vec::new(), last_at: Moment::ZERO })
}

impl FarEnd for Bare {
    fn settings(&self) -> LineSettings {
        self.settings
    }

    fn hear(&mut self, byte: u8, at: Moment) -> Vec<FarAction> {
        if at.saturating_sub(self.last_at) > Duration::from_millis(3) {
            self.heard.clear();
        }
        self.last_at = at;
        self.heard.push(byte);
        if self.heard.len() != 8 || crc16(&self.heard) != 0 || self.heard[0] != self.unit {
            return Vec::new();
        }
        let mut frame = vec![self.unit, self.heard[1] | 0x80, 2];
        frame.extend(crc16(&frame).to_le_bytes());
        vec![FarAction::Pause(Duration::from_millis(20)), FarAction::Send(frame)]
    }
}

/// A meter behind a radio bridge: it answers one request, a while after it was asked.
#[derive(Debug)]
struct Slow {
    is_request: fn(&[u8]) -> bool,
    answer: Vec<u8>,
    delay: Duration,
    settings: LineSettings,
    heard: Vec<u8>,
    last_at: Moment,
}

impl Slow {
    fn line(is_request: fn(&[u8]) -> bool, answer: &[u8], settings: LineSettings) -> Box<MemoryLine> {
        let (answer, delay) = (answer.to_vec(), Duration::from_millis(2_200));
        Box::new(MemoryLine::new(Slow {
            is_request,
            answer,
            delay,
            settings,
            heard: Vec::new(),
            last_at: Moment::ZERO,
        }))
    }
}

impl FarEnd for Slow {
    fn settings(&self) -> LineSettings {
        self.settings
    }

    fn hear(&mut self, byte: u8, at: Moment) -> Vec<FarAction> {
        if at.saturating_sub(self.last_at) > Duration::from_millis(200) {
            self.heard.clear();
        }
        self.last_at = at;
        self.heard.push(byte);
        if !(self.is_request)(&self.heard) {
            return Vec::new();
        }
        self.heard.clear();
        vec![FarAction::Pause(self.delay), FarAction::Send(self.answer.clone())]
    }
}

/// Scans a line through a gateway, which keeps its speed, and at whose end somebody takes 2.2 s for each answer.
fn slowly(line: Box<MemoryLine>, protocol: Protocol) -> Ears {
    let mut ears = Ears::default();
    let plan = Plan { has_speed: false, wait: Some(Duration::from_secs(1)), ..plan(&[protocol]) };
    plan.carry_out(line, &Library::default(), &mut ears).unwrap();
    ears
}

#[test]
fn who_answers_late_is_asked_again_with_more_patience() {
    let settings = LineSettings::eight_none_one(9_600);
    let address: Address = "1/17".parse().unwrap();
    let frame = |destination, source, control| {
        Frame { destination, source, control, segmented: false, information: &[] }.encode()
    };
    let client = ClientAddress::PUBLIC.to_wire();
    let answer = frame(client, address.to_wire(), Control::UnnumberedAcknowledge);
    let is_request = |heard: &[u8]| {
        let frame = Frame::parse(heard).map(|(frame, _)| (Address::from_wire(frame.destination), frame.control));
        frame == Ok(("1/17".parse().ok(), Control::SetNormalResponseMode))
    };
    let ears = slowly(Slow::line(is_request, &answer, settings), Protocol::Dlms);
    assert_eq!(ears.found.len(), 1, "{:?}", ears.attempts);
    assert_eq!(ears.found[0].address.as_deref(), Some("1/17"));
    assert!(ears.found[0].answers_after_s.is_some_and(|after| (2.0..3.0).contains(&after)), "{:?}", ears.found);

    let settings = LineSettings::seven_even_one(300);
    let ears =
        slowly(Slow::line(|heard| heard.ends_with(b"/?!\r\n"), b"/ABC5meter\r\n", settings), Protocol::Iec62056_21);
    assert_eq!(ears.found.len(), 1, "{:?}", ears.attempts);
    assert_eq!(ears.found[0].identification.as_deref(), Some("ABC5meter"));

    let is_request = |heard: &[u8]| heard.ends_with(&hex::decode("68AAAAAAAAAAAA681300DF16").unwrap());
    let mut answer = hex::decode("68785634120000689306").unwrap();
    answer.extend([0x78u8, 0x56, 0x34, 0x12, 0, 0].map(|octet| octet.wrapping_add(0x33)));
    answer.push(answer.iter().fold(0u8, |sum, octet| sum.wrapping_add(*octet)));
    answer.push(0x16);
    let ears = slowly(Slow::line(is_request, &answer, LineSettings::eight_even_one(2_400)), Protocol::Dlt645);
    assert_eq!(ears.found.len(), 1, "{:?}", ears.attempts);
    assert_eq!(ears.found[0].address.as_deref(), Some("000012345678"));
}

fn plan(protocols: &[Protocol]) -> Plan {
    Plan {
        protocols: protocols.to_vec(),
        logical: vec![1],
        physical: vec![(17, 17)],
        units: vec![(1, 20)],
        wrapper: false,
        mbap: false,
        has_speed: true,
        speeds: Vec::new(),
        wait: None,
        all: false,
        thorough: false,
    }
}

#[test]
fn every_unit_of_a_line_is_found_at_its_speed_behind_the_other_protocols() {
    let settings = LineSettings::eight_even_one(9_600);
    let line = MemoryLine::with_stations(vec![bare(3, settings), bare(7, settings), bare(20, settings)]);
    let mut ears = Ears::default();
    let protocols = [Protocol::Iec62056_21, Protocol::Dlms, Protocol::Dlt645, Protocol::Modbus];
    plan(&protocols).carry_out(Box::new(line), &Library::default(), &mut ears).unwrap();
    let units: Vec<&str> = ears.found.iter().filter_map(|found| found.address.as_deref()).collect();
    assert_eq!(units, ["3", "7", "20"], "{:?}", ears.attempts);
    assert!(ears.found.iter().all(|found| found.baud == Some(9_600) && found.frame.as_deref() == Some("8e1")));
    assert!(ears.found.iter().all(|found| found.profile.is_none()));
    assert!(ears.steps >= 20);
}

#[test]
fn a_silent_line_is_no_error_and_brings_nothing() {
    let line = MemoryLine::new(*Box::new(Bare {
        unit: 99,
        settings: LineSettings::eight_none_one(9_600),
        heard: Vec::new(),
        last_at: Moment::ZERO,
    }));
    let mut ears = Ears::default();
    plan(&[Protocol::Dlt645, Protocol::Modbus]).carry_out(Box::new(line), &Library::default(), &mut ears).unwrap();
    assert_eq!(ears.found, []);
    assert!(ears.attempts.iter().all(|attempt| attempt.came == "no answer"), "{:?}", ears.attempts);
}
