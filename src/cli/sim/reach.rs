//! How to reach each simulated meter.

use wattkey::documents::sim::reach::Reached;
use wattkey::protocol::dlt645;
use wattkey::protocol::hdlc::Address;
use wattkey::sim::Meter;
use wattkey::sim::face::{Protocols, modbus};
use wattkey::sim::line::SimLine;

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
