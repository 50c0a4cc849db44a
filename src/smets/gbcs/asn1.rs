//! Answers in ASN.1 (DER): joining, credentials, firmware, the gas meter's clock.

use super::Reader;
use super::payload::{ItemResult, NamedValue, Outcome, Payload};

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const NULL: u8 = 0x05;
const ENUMERATED: u8 = 0x0a;

/// Credentials read or replaced: each part has its own status, an enumeration.
const CREDENTIALS: [u16; 13] =
    [0x0008, 0x011B, 0x0102, 0x0103, 0x0104, 0x0105, 0x0106, 0x0107, 0x0108, 0x0109, 0x0124, 0x0125, 0x0126];
/// Certificates and certificate requests, which are long when they are there; a status alone is a refusal.
const CERTIFICATES: [u16; 3] = [0x000A, 0x000B, 0x000C];
/// Activation of firmware: status, then version.
const ACTIVATION: u16 = 0x0012;
/// Firmware version of a hub or display: version, then status.
const FIRMWARE: u16 = 0x0129;
/// The gas meter's clock, which also commissions it: time, then how far it can be trusted.
const GAS_CLOCK: u16 = 0x007F;
/// The gas meter's list of devices: status, then the devices.
const DEVICE_LOG: u16 = 0x0013;
/// Devices restored on the gas proxy function: each with its own status.
const RESTORED: u16 = 0x008C;

/// An element: its tag and content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Element<'a> {
    tag: u8,
    content: &'a [u8],
}

/// The elements of some bytes, one after another; `None` when they are not DER.
fn elements(bytes: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut reader = Reader(bytes);
    let mut found = Vec::new();
    while !reader.0.is_empty() {
        let tag = reader.byte("tag").ok()?;
        found.push(Element { tag, content: reader.block("element").ok()? });
    }
    Some(found)
}

impl<'a> Element<'a> {
    /// The elements inside, one after another.
    fn inside(&self) -> Option<Vec<Element<'a>>> {
        (self.tag & 0x20 != 0).then(|| elements(self.content)).flatten()
    }

    /// A small whole number.
    fn number(&self) -> Option<u8> {
        match (self.tag, self.content) {
            (INTEGER | ENUMERATED, [number] | [0, number]) => Some(*number),
            _ => None,
        }
    }

    /// Every enumeration inside, at any depth down to eight.
    fn enumerations(&self, depth: u8, found: &mut Vec<u8>) {
        if self.tag == ENUMERATED {
            found.extend(self.number());
        }
        if depth < 8 {
            self.inside().unwrap_or_default().iter().for_each(|element| element.enumerations(depth + 1, found));
        }
    }
}

/// Reads an answer.
pub(super) fn answer(code: u16, bytes: &[u8]) -> Payload {
    let Some([only]) = elements(bytes).and_then(|all| <[Element<'_>; 1]>::try_from(all).ok()) else {
        return Payload::only(Outcome::NotRead);
    };
    match only.tag {
        NULL => Payload::only(Outcome::FutureDated),
        INTEGER => of_status("result", only.number()),
        _ => sequence(code, &only),
    }
}

fn sequence(code: u16, whole: &Element<'_>) -> Payload {
    let parts = whole.inside().unwrap_or_default();
    let number = |place: usize| parts.get(place).and_then(Element::number);
    match (code, parts.as_slice()) {
        (_, [Element { tag: NULL, .. }]) => Payload::only(Outcome::FutureDated),
        (code, _) if CREDENTIALS.contains(&code) => {
            let mut statuses = Vec::new();
            whole.enumerations(0, &mut statuses);
            let mut payload = Payload::only(if statuses.is_empty() { Outcome::NotRead } else { Outcome::Done });
            for (item, status) in (1..).zip(statuses).filter(|(_, status)| *status != 0) {
                add_refusal(&mut payload, item, "credential", status);
            }
            payload
        }
        (code, _) if CERTIFICATES.contains(&code) => Payload::only(Outcome::Done),
        (ACTIVATION | DEVICE_LOG, _) => of_status("result", number(0)),
        (FIRMWARE, [Element { tag: OCTET_STRING, content }, ..]) => {
            let mut payload = of_status("result", number(1));
            if payload.outcome == Outcome::Done {
                let value = crate::hex::encode(content).to_uppercase();
                payload.values.push(NamedValue { name: "firmware_version", value });
            }
            payload
        }
        (GAS_CLOCK, _) => {
            let mut payload = of_status("clock", number(1));
            for result in &mut payload.results {
                result.meaning = match result.code.as_str() {
                    "01" => "the device's time is invalid".to_owned(),
                    "02" => "the device's time is unreliable".to_owned(),
                    _ => std::mem::take(&mut result.meaning),
                };
            }
            payload
        }
        (RESTORED, [list]) => {
            let mut payload = Payload::only(Outcome::Done);
            for (item, device) in (1..).zip(list.inside().unwrap_or_default()) {
                match device.inside().unwrap_or_default().last().and_then(Element::number) {
                    Some(0) => {}
                    Some(status) => add_refusal(&mut payload, item, "device", status),
                    None => return Payload::only(Outcome::NotRead),
                }
            }
            payload
        }
        _ => Payload::only(Outcome::NotRead),
    }
}

/// The outcome that one status tells; 0 is success.
fn of_status(part: &str, status: Option<u8>) -> Payload {
    let mut payload = Payload::only(Outcome::Done);
    match status {
        Some(0) => {}
        Some(status) => add_refusal(&mut payload, 1, part, status),
        None => payload.outcome = Outcome::NotRead,
    }
    payload
}

fn add_refusal(payload: &mut Payload, item: usize, part: &str, status: u8) {
    payload.outcome = Outcome::Refused;
    payload.results.push(ItemResult {
        item,
        part: part.to_owned(),
        code: format!("{status:02X}"),
        meaning: "refused or failed".to_owned(),
        refused: true,
    });
}
