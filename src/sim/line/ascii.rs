//! The ASCII of IEC 62056-21 on the line, and when the line speaks it.

use super::{LineAction, SimLine, Station, cycle_power};
use crate::link::Moment;
use crate::protocol::hdlc::FLAG;
use crate::protocol::iec62056_21::ServerStep;
use crate::sim::face::iec62056_21::Registers;

/// First character of a sign-on, and the same with its even parity bit.
const SLASH: u8 = b'/';
const SLASH_WITH_PARITY: u8 = SLASH | 0x80;

/// What the client of a payment meter speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speech {
    Hdlc,
    Ascii,
}

impl SimLine {
    /// A flag where no frame is running begins HDLC, a slash begins a sign-on; anything else goes on as before.
    pub(super) fn speech(&mut self, octets: &[u8]) -> Speech {
        let handed_over = self.stations.iter().any(|station| station.ascii.is_handed_over());
        if !self.hdlc.is_receiving() {
            // Wake-up characters may come before a sign-on.
            let first = octets.iter().find(|octet| **octet != 0);
            match first {
                Some(&FLAG) => self.speaks = Speech::Hdlc,
                Some(&(SLASH | SLASH_WITH_PARITY)) => {
                    if handed_over || self.speaks == Speech::Hdlc {
                        self.stations.iter_mut().for_each(|station| station.ascii.reset());
                    }
                    self.software_parity = first == Some(&SLASH_WITH_PARITY);
                    self.speaks = Speech::Ascii;
                }
                _ => {}
            }
        }
        self.speaks
    }

    pub(super) fn hear_ascii(&mut self, octets: &[u8], at: Moment) -> Vec<LineAction> {
        let mut actions = Vec::new();
        for station in self.stations.iter_mut().filter(|station| station.protocols.iec62056_21) {
            let Station { meter, ascii, device_address, .. } = station;
            let mut steps = Vec::new();
            for octet in octets {
                let mut registers = Registers { meter, address: device_address };
                steps.extend(ascii.hear(octet & 0x7F, at, &mut registers));
            }
            actions.extend(steps.into_iter().filter_map(|step| action(step, self.software_parity)));
        }
        if actions.is_empty() {
            return actions;
        }
        let cut = self.faults.power_cut();
        if cut.is_some() {
            self.stations.iter_mut().for_each(cycle_power);
        }
        self.faults.spoil(actions, cut)
    }
}

fn action(step: ServerStep, software_parity: bool) -> Option<LineAction> {
    match step {
        ServerStep::Pause(duration) => Some(LineAction::Pause(duration)),
        ServerStep::Send(bytes) if software_parity => Some(LineAction::Send(bytes.into_iter().map(even).collect())),
        ServerStep::Send(bytes) => Some(LineAction::Send(bytes)),
        ServerStep::Configure(..) | ServerStep::ConfigureAfterSilence(..) | ServerStep::HandOver => None,
    }
}

/// The character with its even parity bit.
fn even(character: u8) -> u8 {
    if character.count_ones() % 2 == 1 { character | 0x80 } else { character }
}
