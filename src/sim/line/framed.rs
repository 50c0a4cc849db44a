//! HDLC on the line.

use super::{CutPoint, LineAction, SimLine, Station, cycle_power};
use crate::link::Moment;
use crate::protocol::hdlc::{ServerEvent, StationId};

impl SimLine {
    pub(super) fn hear_hdlc(&mut self, octets: &[u8], at: Moment) -> Vec<LineAction> {
        let mut cut = None;
        self.hdlc.receive(octets, at);
        while let Some(event) = self.hdlc.poll_event() {
            match event {
                ServerEvent::Connected { station, .. } => {
                    if let Some(station) = self.station(station) {
                        station.dlms.reset();
                    }
                }
                ServerEvent::Disconnected { station } => {
                    if let Some(station) = self.station(station) {
                        station.dlms.reset();
                        station.ascii.reset();
                    }
                }
                ServerEvent::Request { station, client, apdu } => {
                    cut = self.faults.power_cut();
                    let Some(index) = self.stations.iter().position(|one| one.id == Some(station)) else { continue };
                    let Some(one) = self.stations.get_mut(index) else { continue };
                    if cut != Some(CutPoint::BeforeWork) {
                        let answer = one.dlms.request(&mut one.meter, client.number().into(), &apdu);
                        self.hdlc.respond(station, &answer);
                    }
                    if cut.is_some() {
                        cycle_power(one);
                    }
                }
            }
        }
        let mut frames = Vec::new();
        while let Some(frame) = self.hdlc.poll_transmit() {
            frames.push(LineAction::Send(frame));
        }
        if cut.is_some() {
            self.hdlc.reset();
            while self.hdlc.poll_event().is_some() {}
        }
        self.faults.spoil(frames, cut)
    }

    fn station(&mut self, id: StationId) -> Option<&mut Station> {
        self.stations.iter_mut().find(|station| station.id == Some(id))
    }
}
