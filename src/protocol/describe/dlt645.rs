//! Frames of DL/T 645 in words.

use super::Layer;
use crate::hex;
use crate::protocol::dlt645::{DataIdentifier, Edition, ErrorBits, Frame, Service};

/// Octets of password, level and operator in a write or an order of the 2007 edition; the 1997 edition has no operator.
const CREDENTIALS_2007: usize = 8;
const CREDENTIALS_1997: usize = 4;

/// What a frame says. Passwords are never told.
pub fn describe_dlt645(frame: &Frame) -> Vec<Layer> {
    let known = [Edition::E2007, Edition::E1997]
        .into_iter()
        .find_map(|edition| edition.service(frame.control).map(|service| (edition, service)));
    let Some((edition, service)) = known else {
        let summary = format!("control code {:02x}, meter {}", frame.control, frame.address);
        return vec![Layer::new("dlt645", summary).with("octets", hex::encode_spaced(&frame.data))];
    };
    let (reply, refused, more) = (frame.control & 0x80 != 0, frame.control & 0x40 != 0, frame.control & 0x20 != 0);
    let way = if reply { format!("meter {} ->", frame.address) } else { format!("-> meter {}", frame.address) };
    let verdict = match (reply, refused, more) {
        (true, true, _) => ", refused",
        (true, false, true) => ", more follows",
        _ => "",
    };
    let layer = Layer::new("dlt645", format!("{} {way}{verdict}", name(service)));
    if reply && refused {
        let reason = frame.data.first().map_or_else(|| "no reason".to_owned(), |bits| ErrorBits(*bits).to_string());
        return vec![layer.with("reason", reason)];
    }
    vec![match (service, reply) {
        (Service::Write, false) => {
            with_item(layer, edition, &frame.data, |layer, rest| with_credentials(layer, edition, rest))
        }
        (Service::Control | Service::ClearDemand | Service::ClearMeter | Service::ClearEvents, false) => {
            with_credentials(layer, edition, &frame.data)
        }
        (Service::ChangePassword | Service::Security, _) => layer.with("content", "[redacted]"),
        (Service::Keypad, reply) => with_keyed_in(layer, reply, &frame.data),
        (Service::Read | Service::ReadFollowing, _) => with_item(layer, edition, &frame.data, with_value),
        _ => with_value(layer, &frame.data),
    }]
}

const fn name(service: Service) -> &'static str {
    match service {
        Service::BroadcastTime => "time for all meters",
        Service::Read => "read",
        Service::ReadFollowing => "read the following part",
        Service::ReadAddress => "address",
        Service::Write => "write",
        Service::WriteAddress => "give an address",
        Service::Freeze => "freeze",
        Service::ChangeSpeed => "change of speed",
        Service::ChangePassword => "change of password",
        Service::ClearDemand => "clear the demand",
        Service::ClearMeter => "clear the meter",
        Service::ClearEvents => "clear the events",
        Service::Control => "relay or alarm order",
        Service::Security => "security exchange",
        Service::Keypad => "keyed in",
    }
}

fn with_item(layer: Layer, edition: Edition, data: &[u8], rest: impl FnOnce(Layer, &[u8]) -> Layer) -> Layer {
    match DataIdentifier::split(edition, data) {
        Some((item, value)) => rest(layer.with("item", item), value),
        None => with_value(layer, data),
    }
}

fn with_credentials(layer: Layer, edition: Edition, data: &[u8]) -> Layer {
    let length = match edition {
        Edition::E2007 => CREDENTIALS_2007,
        Edition::E1997 => CREDENTIALS_1997,
    };
    with_value(layer.with("password", "[redacted]"), data.get(length..).unwrap_or_default())
}

/// A short code and what is shown for it; of a token no digits.
fn with_keyed_in(layer: Layer, reply: bool, data: &[u8]) -> Layer {
    match data {
        [0x02, 0xE0, rest @ ..] => {
            let (code, rest) = rest.split_at_checked(3).unwrap_or((rest, &[]));
            let layer = layer.with("code", String::from_utf8_lossy(code).into_owned());
            match rest {
                [status, low, high, value @ ..] => {
                    let layer = layer.with("known", *status == 0x50).with("value", format!("{high:02X}{low:02X}"));
                    with_value(layer, value)
                }
                _ => layer,
            }
        }
        [0x01, 0xE0, _, status, ..] if reply => layer.with("token", if *status == 0x50 { "taken" } else { "refused" }),
        [0x01, 0xE0, ..] => layer.with("token", "[redacted]"),
        _ => with_value(layer, data),
    }
}

fn with_value(layer: Layer, value: &[u8]) -> Layer {
    if value.is_empty() { layer } else { layer.with("octets, lowest first", hex::encode_spaced(value)) }
}
