//! A line with one or more simulated meters on it: octets in, what the line does out.
//!
//! Meters hear everything and answer what is meant for them. On a line of both, HDLC and the ASCII of IEC 62056-21 are
//! told apart by the first octet; DL/T 645 and Modbus frames are found wherever they stand.

mod action;
mod ascii;
mod framed;
mod pace;
mod rs485;

use time::OffsetDateTime;

use crate::link::Moment;
use crate::protocol::hdlc::{Address, Parameters, ServerLine, ServerSettings, StationId};
use crate::protocol::modbus::RequestReader;
use crate::protocol::{dlt645, iec62056_21};
use crate::sim::face::Protocols;
use crate::sim::face::dlms::DlmsFace;
use crate::sim::face::iec62056_21::options;
use crate::sim::fault::{CutPoint, Faults};
use crate::sim::meter::Meter;
pub use action::LineAction;

use pace::Pace;
pub use pace::{BITS_A_CHARACTER, Baud};

/// Device address over IEC 62056-21 of the meter with physical address 0; the others follow.
const FIRST_DEVICE_ADDRESS: u32 = 88_000_000;

/// Units a Modbus line can have.
pub const MODBUS_UNITS: u16 = 247;

/// A meter and its place on a line.
#[derive(Debug, Clone)]
pub struct MeterSlot {
    /// The meter.
    pub meter: Meter,
    /// Its HDLC address; the device address of IEC 62056-21 and DL/T 645 follows from it.
    pub address: Address,
    /// What it speaks.
    pub protocols: Protocols,
}

/// One meter and the state of its protocols.
#[derive(Debug)]
struct Station {
    meter: Meter,
    address: Address,
    protocols: Protocols,
    id: Option<StationId>,
    dlms: DlmsFace,
    ascii: iec62056_21::Server,
    device_address: String,
    dlt645: dlt645::Server,
    dlt645_place: dlt645::Address,
    modbus_place: u8,
}

/// A line of meters.
#[derive(Debug)]
pub struct SimLine {
    stations: Vec<Station>,
    hdlc: ServerLine,
    frames: dlt645::FrameScanner,
    requests: RequestReader,
    pace: Option<Pace>,
    faults: Faults,
    /// What the client speaks at the moment.
    speaks: ascii::Speech,
    /// Whether the client makes its parity bits in software, and so expects them in answers.
    software_parity: bool,
}

impl SimLine {
    /// A line of meters, each with its HDLC address and the protocols of its model.
    pub fn new(meters: Vec<(Meter, Address)>, faults: Faults) -> Self {
        let place =
            |(meter, address): (Meter, Address)| MeterSlot { protocols: Protocols::of(meter.model()), meter, address };
        SimLine::of(meters.into_iter().map(place).collect(), faults)
    }

    /// A line of meters that speak the protocols asked for. Modbus units are numbered from 1, up to 247 of them.
    pub fn of(places: Vec<MeterSlot>, faults: Faults) -> Self {
        let rules = places.iter().map(|place| &place.meter.model().faces);
        let information = rules.clone().map(|faces| faces.max_info_field).min().unwrap_or(128);
        let window = rules.map(|faces| faces.hdlc_window).min().unwrap_or(1);
        let parameters = Parameters::with_information(information).with_window(window);
        let mut hdlc = ServerLine::new(ServerSettings { parameters, ..ServerSettings::default() });
        let stations = (1..=MODBUS_UNITS).chain(std::iter::repeat(MODBUS_UNITS)).zip(places).map(|(unit, place)| {
            let MeterSlot { meter, address, protocols } = place;
            let device_address = SimLine::device_address(address);
            Station {
                address,
                id: protocols.dlms.then(|| hdlc.add(address)),
                dlms: DlmsFace::new(&meter),
                ascii: iec62056_21::Server::new(options(&meter, &device_address, protocols)),
                dlt645: dlt645::Server::new(meter.model().dlt645.longest_data),
                dlt645_place: SimLine::dlt645_address(address),
                modbus_place: u8::try_from(unit).unwrap_or(u8::MAX),
                device_address,
                protocols,
                meter,
            }
        });
        SimLine {
            stations: stations.collect(),
            hdlc,
            frames: dlt645::FrameScanner::default(),
            requests: RequestReader::new(rs485::SILENCE),
            pace: None,
            faults,
            speaks: ascii::Speech::Hdlc,
            software_parity: false,
        }
    }

    /// Lets octets take the time they need at this speed; without it they take none.
    pub fn set_baud(&mut self, baud: Baud) {
        self.pace = Some(Pace::new(baud));
    }

    /// Whether octets take time.
    pub fn has_speed(&self) -> bool {
        self.pace.is_some()
    }

    /// The meters with their HDLC addresses and protocols, in the order given.
    pub fn stations(&self) -> impl Iterator<Item = (&Meter, Address, Protocols)> {
        self.stations.iter().map(|station| (&station.meter, station.address, station.protocols))
    }

    /// Device address over IEC 62056-21 of a meter: `88000017` for physical address 17.
    pub fn device_address(address: Address) -> String {
        FIRST_DEVICE_ADDRESS.saturating_add(address.physical().into()).to_string()
    }

    /// Address over DL/T 645, until another is written: `000088000017` for physical address 17.
    pub fn dlt645_address(address: Address) -> dlt645::Address {
        SimLine::device_address(address).parse().unwrap_or(dlt645::Address::ANY)
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
        self.frames = dlt645::FrameScanner::default();
        self.requests.reset();
        self.software_parity = false;
        self.speaks = ascii::Speech::Hdlc;
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
            ascii::Speech::Hdlc => actions.extend(self.hear_hdlc(octets, at)),
            ascii::Speech::Ascii => actions.extend(self.hear_ascii(octets, at)),
        }
        if self.speaks(|protocols| protocols.dlt645) {
            actions.extend(self.hear_dlt645(octets));
        }
        if self.speaks(|protocols| protocols.modbus) {
            actions.extend(self.hear_modbus(octets, at));
        }
        match &mut self.pace {
            Some(pace) => pace.stretch(octets.len(), actions, at, self.faults.echoes()),
            None => actions,
        }
    }

    /// Whether a meter of the line speaks a protocol.
    fn speaks(&self, one: impl Fn(Protocols) -> bool) -> bool {
        self.stations.iter().any(|station| one(station.protocols))
    }
}

/// Off and on again: what is not in permanent memory is lost.
fn cycle_power(station: &mut Station) {
    station.meter.power_off();
    station.meter.power_on();
    station.dlms.reset();
    station.ascii.reset();
}
