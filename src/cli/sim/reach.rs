//! How to reach each simulated meter.

use serde::Serialize;

use wattkey::output::{Document, Style};
use wattkey::protocol::dlt645;
use wattkey::protocol::hdlc::Address;
use wattkey::sim::Meter;
use wattkey::sim::face::{Protocols, modbus};
use wattkey::sim::line::SimLine;

/// One meter, by one of the protocols it speaks.
#[derive(Debug, Serialize)]
pub(super) struct Reached {
    link: String,
    protocol: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'static str>,
    address: String,
    serial: String,
    drn: String,
    model: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    iec62056_21_address: Option<String>,
}

/// That the lines are open, and where.
#[derive(Debug, Serialize)]
pub(super) struct Ready {
    pub ready: bool,
    pub meters: Vec<Reached>,
}

impl Reached {
    /// The options that lead to the meter.
    fn options(&self) -> String {
        let Reached { link, protocol, profile, address, .. } = self;
        let protocol = match (profile, *protocol) {
            (Some(profile), _) => format!(" --profile {profile}"),
            (None, "dlms") => String::new(),
            (None, protocol) => format!(" -p {protocol}"),
        };
        format!("--link {link}{protocol} --address {address}")
    }
}

impl Document for Ready {
    const SCHEMA: &'static str = "wattkey/sim/1";

    fn table(&self, _style: Style) -> String {
        let line = |meter: &Reached| {
            let Reached { serial, drn, model, .. } = meter;
            format!("{}   serial {serial}   DRN {drn}   {model}\n", meter.options())
        };
        std::iter::once("ready\n".to_owned()).chain(self.meters.iter().map(line)).collect()
    }

    fn csv_header(&self) -> Vec<String> {
        ["link", "protocol", "profile", "address", "serial", "drn", "model", "iec62056_21_address"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |meter: &Reached| {
            let Reached { link, protocol, profile, address, serial, drn, model, iec62056_21_address } = meter;
            vec![
                link.clone(),
                (*protocol).to_owned(),
                profile.unwrap_or_default().to_owned(),
                address.clone(),
                serial.clone(),
                drn.clone(),
                model.clone(),
                iec62056_21_address.clone().unwrap_or_default(),
            ]
        };
        self.meters.iter().map(row).collect()
    }
}

/// The meters of a line; one that speaks several protocols is named for each, but IEC 62056-21 stands beside DLMS.
pub(super) fn how_to_reach(line: &SimLine, link: &str) -> Vec<Reached> {
    (1..).zip(line.stations()).flat_map(|(unit, station)| by_protocol(unit, station, link)).collect()
}

fn by_protocol(unit: usize, (meter, address, protocols): (&Meter, Address, Protocols), link: &str) -> Vec<Reached> {
    let device_address = SimLine::device_address(address);
    let reached = |protocol: &'static str| Reached {
        link: link.to_owned(),
        protocol,
        profile: (protocol == "modbus").then_some(modbus::PROFILE),
        address: match protocol {
            "dlms" => format!("{}/{}", address.logical(), address.physical()),
            "dlt645" => match meter.dlt645().address {
                Some(written) => dlt645::Address::from_wire(written).to_string(),
                None => SimLine::dlt645_address(address).to_string(),
            },
            "modbus" => meter.modbus().unit.map_or(unit, usize::from).to_string(),
            _ => device_address.clone(),
        },
        serial: meter.identity().serial.clone(),
        drn: meter.identity().pan.drn().to_string(),
        model: meter.model().name.clone(),
        iec62056_21_address: protocols.iec62056_21.then(|| device_address.clone()),
    };
    protocols.words().filter(|word| !(protocols.dlms && *word == "iec62056-21")).map(reached).collect()
}
