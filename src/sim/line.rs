//! A line with one or more simulated meters on it: octets in, what the line does out.
//!
//! Meters hear everything and answer what is meant for them, in HDLC or in the ASCII of IEC 62056-21, whichever comes.

use std::time::Duration;

use time::OffsetDateTime;

use crate::link::Moment;
use crate::protocol::hdlc::{Address, FLAG, Parameters, ServerEvent, ServerLine, ServerSettings, StationId};
use crate::protocol::iec62056_21::{self, ServerStep};
use crate::sim::face::dlms::DlmsFace;
use crate::sim::face::iec62056_21::{Registers, options};
use crate::sim::fault::{CutPoint, Faults};
use crate::sim::meter::Meter;

/// Device address over IEC 62056-21 of the meter with physical address 0; the others follow.
const FIRST_DEVICE_ADDRESS: u32 = 88_000_000;

/// First character of a sign-on, and the same with its even parity bit.
const SLASH: u8 = b'/';
const SLASH_WITH_PARITY: u8 = SLASH | 0x80;

/// What a line does, in order. It models no speed: octets are there at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineAction {
    /// Waits before the next action.
    Pause(Duration),
    /// Sends octets.
    Send(Vec<u8>),
    /// Ends the connection.
    HangUp,
}

/// One meter and the state of its faces.
#[derive(Debug)]
struct Station {
    meter: Meter,
    address: Address,
    id: StationId,
    dlms: DlmsFace,
    ascii: iec62056_21::Server,
    device_address: String,
}

/// A line of meters.
#[derive(Debug)]
pub struct SimLine {
    stations: Vec<Station>,
    hdlc: ServerLine,
    faults: Faults,
    /// What the client speaks at the moment.
    speaks: Speech,
    /// Whether the client makes its parity bits in software, and so expects them in answers.
    software_parity: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speech {
    Hdlc,
    Ascii,
}

impl SimLine {
    /// A line of meters, each with its HDLC address.
    pub fn new(meters: Vec<(Meter, Address)>, faults: Faults) -> Self {
        let faces = meters.iter().map(|(meter, _)| &meter.model().faces);
        let information = faces.map(|faces| faces.max_info_field).min().unwrap_or(128);
        let parameters = Parameters::with_information(information);
        let mut hdlc = ServerLine::new(ServerSettings { parameters, ..ServerSettings::default() });
        let stations = meters.into_iter().map(|(meter, address)| {
            let device_address = SimLine::device_address(address);
            Station {
                address,
                id: hdlc.add(address),
                dlms: DlmsFace::new(&meter),
                ascii: iec62056_21::Server::new(options(&meter, &device_address)),
                device_address,
                meter,
            }
        });
        SimLine { stations: stations.collect(), hdlc, faults, speaks: Speech::Hdlc, software_parity: false }
    }

    /// The meters with their HDLC addresses, in the order given.
    pub fn stations(&self) -> impl Iterator<Item = (&Meter, Address)> {
        self.stations.iter().map(|station| (&station.meter, station.address))
    }

    /// Device address over IEC 62056-21 of a meter: `88000017` for physical address 17.
    pub fn device_address(address: Address) -> String {
        FIRST_DEVICE_ADDRESS.saturating_add(address.physical().into()).to_string()
    }

    /// The meters, in the order given.
    pub fn meters(&self) -> impl Iterator<Item = &Meter> {
        self.stations.iter().map(|station| &station.meter)
    }

    /// The meters, for those who keep them.
    pub fn meters_mut(&mut self) -> impl Iterator<Item = &mut Meter> {
        self.stations.iter_mut().map(|station| &mut station.meter)
    }

    /// Lets time pass for all meters.
    pub fn advance(&mut self, to: OffsetDateTime) {
        self.meters_mut().for_each(|meter| meter.advance(to));
    }

    /// The connection that carried the line is gone or a new one has come.
    pub fn reset(&mut self) {
        self.hdlc.reset();
        while self.hdlc.poll_event().is_some() {}
        self.software_parity = false;
        self.speaks = Speech::Hdlc;
        for station in &mut self.stations {
            station.dlms.reset();
            station.ascii.reset();
        }
        self.faults.connected();
    }

    /// Takes octets that arrive at `at` on the line's clock, when the meters' time is `time`.
    pub fn hear(&mut self, octets: &[u8], at: Moment, time: OffsetDateTime) -> Vec<LineAction> {
        self.advance(time);
        let mut actions = Vec::new();
        if self.faults.echoes() {
            actions.push(LineAction::Send(octets.to_vec()));
        }
        match self.speech(octets) {
            Speech::Hdlc => actions.extend(self.hear_hdlc(octets, at)),
            Speech::Ascii => actions.extend(self.hear_ascii(octets, at)),
        }
        actions
    }

    /// A flag where no frame is running begins HDLC, a slash begins a sign-on; anything else goes on as before.
    fn speech(&mut self, octets: &[u8]) -> Speech {
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

    fn hear_hdlc(&mut self, octets: &[u8], at: Moment) -> Vec<LineAction> {
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
                    let Some(index) = self.stations.iter().position(|one| one.id == station) else { continue };
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
        self.stations.iter_mut().find(|station| station.id == id)
    }

    fn hear_ascii(&mut self, octets: &[u8], at: Moment) -> Vec<LineAction> {
        let mut actions = Vec::new();
        for station in self.stations.iter_mut().filter(|station| station.meter.model().faces.iec62056_21) {
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

/// Off and on again: what is not in permanent memory is lost.
fn cycle_power(station: &mut Station) {
    station.meter.power_off();
    station.meter.power_on();
    station.dlms.reset();
    station.ascii.reset();
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
