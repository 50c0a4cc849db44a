use std::time::Duration;

use super::{Attempt, Found, Listener, Plan};
use crate::link::{FarAction, FarEnd, LineSettings, MemoryLine, Moment};
use crate::meter::profile::{Library, Protocol};
use crate::protocol::modbus::crc16;

#[derive(Debug, Default)]
struct Ears {
    attempts: Vec<Attempt>,
    found: Vec<Found>,
    steps: usize,
}

impl Listener for Ears {
    fn tried(&mut self, attempt: Attempt) {
        self.attempts.push(attempt);
    }

    fn found(&mut self, found: Found) {
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
