//! From recorded bytes to frames in words, from the outermost layer in.

use crate::link::trace::{Direction, Record};
use crate::protocol::hdlc::{
    Address, ClientAddress, Control, FLAG, Frame, FrameReader, LLC_REQUEST, LLC_RESPONSE, WireAddress,
};
use crate::protocol::iec62056_21::describe::describe;
use crate::protocol::iec62056_21::{Reader, Side};

/// Reads both directions of a trace along.
#[derive(Debug)]
pub(super) struct Decoder {
    sent: Stream,
    received: Stream,
    /// Whether the line was last set to eight bits, which only HDLC uses here.
    eight_bits: Option<bool>,
}

#[derive(Debug)]
struct Stream {
    ascii: Reader,
    hdlc: FrameReader,
}

impl Default for Decoder {
    fn default() -> Self {
        let stream = |side| Stream { ascii: Reader::new(side), hdlc: FrameReader::new() };
        Decoder { sent: stream(Side::Meter), received: stream(Side::Client), eight_bits: None }
    }
}

impl Decoder {
    /// The frames that end in a record, each as its layers.
    pub(super) fn record(&mut self, record: &Record) -> Vec<Vec<String>> {
        let stream = match record.direction {
            Direction::Sent => &mut self.sent,
            Direction::Received => &mut self.received,
            Direction::Settings => {
                self.eight_bits = record.note.as_deref().map(|note| note.contains(" 8"));
                return Vec::new();
            }
            Direction::Timeout | Direction::Closed | Direction::Note => return Vec::new(),
        };
        // A frame with masked bytes has a check that cannot hold; what it is was noted when it was sent.
        if record.bytes.iter().any(Option::is_none) {
            return vec![vec![record.note.clone().unwrap_or_else(|| "a frame with a secret in it".to_owned())]];
        }
        let bytes = record.plain_bytes();
        let looks_like_hdlc = stream.hdlc.is_unfinished() || bytes.first() == Some(&FLAG);
        if self.eight_bits == Some(true) || (self.eight_bits.is_none() && looks_like_hdlc) {
            stream.hdlc(&bytes)
        } else {
            stream.ascii(&bytes)
        }
    }
}

impl Stream {
    fn ascii(&mut self, bytes: &[u8]) -> Vec<Vec<String>> {
        let frames = bytes.iter().filter_map(|byte| self.ascii.feed(*byte));
        frames.map(|frame| vec!["IEC 62056-21".to_owned(), describe(&frame)]).collect()
    }

    fn hdlc(&mut self, bytes: &[u8]) -> Vec<Vec<String>> {
        let before = self.hdlc.statistics();
        self.hdlc.push(bytes);
        let mut frames = Vec::new();
        while let Some(frame) = self.hdlc.next_frame() {
            frames.push(hdlc_layers(&frame));
        }
        let after = self.hdlc.statistics();
        if after.bad_frame_checks > before.bad_frame_checks || after.bad_header_checks > before.bad_header_checks {
            frames.push(vec!["HDLC frame with a wrong check sequence".to_owned()]);
        }
        frames
    }
}

fn hdlc_layers(frame: &Frame<'_>) -> Vec<String> {
    let segment = if frame.segmented { ", more segments to come" } else { "" };
    let mut layers = vec![format!(
        "HDLC {} from {} to {}{segment}",
        control(frame.control),
        station(frame.source),
        station(frame.destination)
    )];
    let information = frame.information;
    let apdu = [LLC_REQUEST, LLC_RESPONSE].iter().find_map(|header| information.strip_prefix(header.as_slice()));
    match apdu {
        Some(apdu) => layers.push(format!("DLMS {}, {} octets", apdu_name(apdu), apdu.len())),
        None if !information.is_empty() => layers.push(format!("{} octets of information", information.len())),
        None => {}
    }
    layers
}

/// An address as its number: one octet is a client or a server without a physical part.
fn station(address: WireAddress) -> String {
    if let Some(client) = ClientAddress::from_wire(address) {
        return client.to_string();
    }
    Address::from_wire(address).map_or_else(|| "an unknown station".to_owned(), |server| server.to_string())
}

fn control(control: Control) -> String {
    match control {
        Control::Information { send, receive, .. } => format!("I{} expecting {}", send.value(), receive.value()),
        Control::ReceiveReady { receive, .. } => format!("RR expecting {}", receive.value()),
        Control::ReceiveNotReady { receive, .. } => format!("RNR expecting {}", receive.value()),
        Control::SetNormalResponseMode => "SNRM, connect".to_owned(),
        Control::UnnumberedAcknowledge => "UA, accepted".to_owned(),
        Control::Disconnect => "DISC, disconnect".to_owned(),
        Control::DisconnectedMode => "DM, not connected".to_owned(),
        Control::FrameReject => "FRMR, frame rejected".to_owned(),
        Control::UnnumberedInformation { .. } => "UI".to_owned(),
        Control::Other(octet) => format!("control {octet:02x}"),
    }
}

/// What an application data unit is by its tag, with the attribute or method of a plain request.
fn apdu_name(apdu: &[u8]) -> String {
    let tag = match apdu.first() {
        Some(0x60) => "association request",
        Some(0x61) => "association response",
        Some(0x62) => "release request",
        Some(0x63) => "release response",
        Some(0xC0) => "GET request",
        Some(0xC1) => "SET request",
        Some(0xC3) => "ACTION request",
        Some(0xC4) => "GET response",
        Some(0xC5) => "SET response",
        Some(0xC7) => "ACTION response",
        Some(0xC8 | 0xC9 | 0xCB | 0xD0 | 0xD1 | 0xD3) => "ciphered request",
        Some(0xCC | 0xCD | 0xCF | 0xD4 | 0xD5 | 0xD7) => "ciphered response",
        Some(0xDB) => "general ciphering, global key",
        Some(0xDC) => "general ciphering, dedicated key",
        Some(0xD8) => "exception response",
        Some(tag) => return format!("data unit {tag:02x}"),
        None => "empty data unit",
    };
    let kind = match (apdu.first(), apdu.get(1)) {
        (Some(0xC0 | 0xC4), Some(2)) => ", next block",
        (Some(0xC0 | 0xC4), Some(3)) => ", with list",
        (Some(0xC1), Some(2 | 3)) => ", block",
        _ => "",
    };
    match apdu {
        &[0xC0 | 0xC1 | 0xC3, 1, _, high, low, a, b, c, d, e, f, member, ..] => {
            format!("{tag} of class {} {a}.{b}.{c}.{d}.{e}.{f}:{member}", u16::from_be_bytes([high, low]))
        }
        &[0xC4, 1, _, 1, error, ..] | &[0xC5, 1, _, error, ..] | &[0xC7, 1, _, error, ..] if error != 0 => {
            format!("{tag}, refused with result {error}")
        }
        _ => format!("{tag}{kind}"),
    }
}
