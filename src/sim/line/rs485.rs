//! DL/T 645 and Modbus on the line, where several meters may answer at once.

use std::time::Duration;

use super::{CutPoint, LineAction, SimLine, Station, cycle_power};
use crate::link::Moment;
use crate::protocol::dlt645::{Frame, ScanEvent, Store};
use crate::protocol::modbus::Heard;
use crate::sim::face::dlt645::{Items, keypad_answer};
use crate::sim::face::modbus::Registers;

/// Silence that drops an unfinished Modbus request: far above 3.5 characters, since programs and networks tear frames.
pub(super) const SILENCE: Duration = Duration::from_millis(50);

/// Wake-up octets before each DL/T 645 answer.
const WAKE_UPS: usize = 4;

impl SimLine {
    pub(super) fn hear_dlt645(&mut self, octets: &[u8]) -> Vec<LineAction> {
        let mut actions = Vec::new();
        for event in self.frames.push(octets) {
            let ScanEvent::Frame(frame) = event else { continue };
            let concerns = |station: &mut Station| station.protocols.dlt645 && is_for(&frame, station);
            actions.extend(self.work(concerns, |station| {
                let reaction = station.meter.model().dlt645.reaction_ms;
                let mut items = Items { meter: &mut station.meter, place: station.dlt645_place };
                let own = items.address();
                let answer = match keypad_answer(&frame, items.meter, own) {
                    Some(shown) => shown,
                    None => station.dlt645.hear(&frame, &mut items)?,
                };
                Some((reaction, answer.encode(WAKE_UPS).ok()?))
            }));
        }
        actions
    }

    pub(super) fn hear_modbus(&mut self, octets: &[u8], at: Moment) -> Vec<LineAction> {
        let mut actions = Vec::new();
        for heard in self.requests.push(octets, at) {
            let concerns = |station: &mut Station| station.protocols.modbus && heard.is_for(registers(station).unit());
            actions.extend(self.work(concerns, |station| answer(&heard, station)));
        }
        actions
    }

    /// Lets every meter concerned do its work and puts their answers on the line, with what goes wrong.
    fn work(
        &mut self,
        concerns: impl Fn(&mut Station) -> bool,
        mut work: impl FnMut(&mut Station) -> Option<(u32, Vec<u8>)>,
    ) -> Vec<LineAction> {
        let mut concerned: Vec<&mut Station> = self
            .stations
            .iter_mut()
            .filter_map(|station| if concerns(station) { Some(station) } else { None })
            .collect();
        if concerned.is_empty() {
            return Vec::new();
        }
        let cut = self.faults.power_cut();
        let mut answers = Vec::new();
        for station in &mut concerned {
            if cut != Some(CutPoint::BeforeWork) {
                answers.extend(work(station));
            }
            if cut.is_some() {
                cycle_power(station);
            }
        }
        let reaction = answers.iter().map(|(reaction, _)| *reaction).min().unwrap_or(0);
        let mut actions = Vec::new();
        if reaction > 0 {
            actions.push(LineAction::Pause(Duration::from_millis(reaction.into())));
        }
        if let Some(octets) = collide(answers.into_iter().map(|(_, answer)| answer)) {
            actions.push(LineAction::Send(octets));
        }
        self.faults.spoil(actions, cut)
    }
}

fn is_for(frame: &Frame, station: &mut Station) -> bool {
    let own = Items { meter: &mut station.meter, place: station.dlt645_place }.address();
    !frame.is_reply() && frame.address.matches(own)
}

fn registers(station: &mut Station) -> Registers<'_> {
    Registers { meter: &mut station.meter, place: station.modbus_place }
}

fn answer(heard: &Heard, station: &mut Station) -> Option<(u32, Vec<u8>)> {
    let reaction = station.meter.model().modbus.reaction_ms;
    heard.serve(&mut registers(station)).map(|answer| (reaction, answer))
}

/// What the line carries when meters talk at once: a zero of one of them prevails over the ones of the others.
fn collide(answers: impl Iterator<Item = Vec<u8>>) -> Option<Vec<u8>> {
    answers.reduce(|mut line, answer| {
        for (octet, other) in line.iter_mut().zip(&answer) {
            *octet &= other;
        }
        let longer = answer.get(line.len()..).unwrap_or_default();
        line.extend_from_slice(longer);
        line
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_prevail_where_answers_collide() {
        let answers = [vec![0xFE, 0x17, 0x01], vec![0xFE, 0x18]];
        assert_eq!(collide(answers.into_iter()), Some(vec![0xFE, 0x10, 0x01]));
        assert_eq!(collide(std::iter::empty()), None);
    }
}
