//! Frames as a person reads them: HDLC frame, link header, APDU, data, layer by layer, as text and as a document; and
//! those of the other protocols. Passwords and keys are never told, of a token its last four digits.

mod apdu;
mod dlt645;
mod modbus;
mod short_names;
#[cfg(test)]
mod tests;
mod value;

use std::fmt::Write as _;

use crate::hex;
use serde::Serialize;

use super::dlms::{GeneralKeys, Protection, SuiteKeys, SystemTitle, WrapperFrame};
use super::hdlc::{Address, ClientAddress, Control, Frame, FrameFault, LLC_REQUEST, LLC_RESPONSE, Parameters};
use super::iec62056_21;

pub use dlt645::describe_dlt645;
pub use modbus::describe_modbus;
pub use value::{data_to_json, data_to_text};

/// One layer of a frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layer {
    /// Which layer: `hdlc`, `wrapper`, `llc`, `apdu`, `ciphered`, `iec62056-21`, `dlt645`, `modbus`, `error`.
    pub layer: &'static str,
    /// What it is, in a few words.
    pub summary: String,
    /// Its parts, name and value, in order.
    pub fields: Vec<Field>,
}

/// A part of a layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What the part is.
    pub name: &'static str,
    /// Its value as text.
    pub value: String,
}

/// Keys to look into ciphered APDUs with.
#[derive(Debug, Clone)]
pub struct DescribeKeys {
    /// The keys of the association.
    pub keys: SuiteKeys,
    /// Keys of general-ciphering and general-signing.
    pub general: GeneralKeys,
    /// The least protection the credentials promise.
    pub protection: Option<Protection>,
    /// The client's system title, for service-specific ciphering from the client.
    pub client_title: Option<SystemTitle>,
    /// The meter's system title, for service-specific ciphering from the meter.
    pub server_title: Option<SystemTitle>,
}

impl Layer {
    fn new(layer: &'static str, summary: impl Into<String>) -> Self {
        Layer { layer, summary: summary.into(), fields: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.fields.push(Field { name, value: value.to_string() });
        self
    }

    fn error(summary: impl Into<String>) -> Self {
        Layer::new("error", summary)
    }
}

/// Who sent a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The client: a request.
    Client,
    /// The meter: a reply, or what it sends unasked.
    Meter,
}

/// The layers of one HDLC frame, flags included. Bytes that are no good frame give one layer `error`. The information
/// of a segment is shown as it stands: put the segments together and use [`describe_apdu`] for the whole. `sender` is
/// who sent it, where that is known: with addresses of one octet on both sides the frame itself does not tell.
pub fn describe_frame(bytes: &[u8], sender: Option<Sender>, keys: Option<&DescribeKeys>) -> Vec<Layer> {
    let frame = match Frame::parse(bytes) {
        Ok((frame, length)) if length.saturating_add(1) == bytes.len() => frame,
        Ok(_) => return vec![Layer::error("octets follow the frame").with("octets", hex::encode_spaced(bytes))],
        Err(fault) => return vec![damaged(fault, bytes)],
    };
    let mut layers = vec![hdlc_layer(&frame, sender)];
    let numbered = matches!(frame.control, Control::Information { .. } | Control::UnnumberedInformation { .. });
    if !numbered || frame.information.is_empty() {
        return layers;
    }
    let header = [LLC_REQUEST, LLC_RESPONSE].into_iter().find(|header| frame.information.starts_with(header));
    match (header, frame.segmented) {
        (Some(header), segmented) => {
            let direction = if header == LLC_REQUEST { "to the meter" } else { "from the meter" };
            layers.push(Layer::new("llc", direction));
            let apdu = frame.information.get(header.len()..).unwrap_or(&[]);
            if segmented {
                layers.push(
                    Layer::new("apdu", "first segment of a longer message").with("octets", hex::encode_spaced(apdu)),
                );
            } else {
                layers.extend(describe_apdu(apdu, keys));
            }
        }
        (None, _) => {
            layers.push(Layer::new("apdu", "further segment").with("octets", hex::encode_spaced(frame.information)))
        }
    }
    layers
}

/// The layers of one data unit in the TCP wrapper.
pub fn describe_wrapper(frame: &WrapperFrame, keys: Option<&DescribeKeys>) -> Vec<Layer> {
    let summary = format!("{} -> {}, {} octets", frame.source, frame.destination, frame.apdu.len());
    let mut layers = vec![Layer::new("wrapper", summary)];
    layers.extend(describe_apdu(&frame.apdu, keys));
    layers
}

/// An IEC 62056-21 frame.
pub fn describe_ascii(frame: &iec62056_21::Frame) -> Vec<Layer> {
    vec![Layer::new("iec62056-21", iec62056_21::describe::describe(frame))]
}

/// A frame that was heard and is damaged.
pub fn describe_damage(what: &str) -> Vec<Layer> {
    vec![Layer::error(what)]
}

/// The layers of one APDU.
pub fn describe_apdu(bytes: &[u8], keys: Option<&DescribeKeys>) -> Vec<Layer> {
    let mut layers = Vec::new();
    apdu::describe(bytes, keys, &mut layers, 0);
    layers
}

/// The layers as lines, each layer indented below the one before.
pub fn to_text(layers: &[Layer]) -> String {
    let mut text = String::new();
    for (depth, layer) in layers.iter().enumerate() {
        let indent = "  ".repeat(depth);
        let _ = writeln!(text, "{indent}{}: {}", layer.layer, layer.summary);
        for field in &layer.fields {
            let value = field.value.replace('\n', &format!("\n{indent}      "));
            let _ = writeln!(text, "{indent}    {}: {value}", field.name);
        }
    }
    text
}

fn hdlc_layer(frame: &Frame<'_>, sender: Option<Sender>) -> Layer {
    let is_request = sender.map_or(frame.destination.octets().len() > 1, |sender| sender == Sender::Client);
    let from_client = ClientAddress::from_wire(frame.source).filter(|_| is_request);
    let address = |wire| Address::from_wire(wire).map_or_else(|| "?".to_owned(), |address| address.to_string());
    let client = |wire| ClientAddress::from_wire(wire).map_or_else(|| address(wire), |client| client.to_string());
    let (from, to) = match from_client {
        Some(number) => (format!("client {number}"), format!("meter {}", address(frame.destination))),
        None => (format!("meter {}", address(frame.source)), format!("client {}", client(frame.destination))),
    };
    let mut summary = format!("{} {from} -> {to}", frame.control.name());
    match frame.control {
        Control::Information { send, receive, poll } => {
            let _ = write!(summary, ", N(S)={} N(R)={}", send.value(), receive.value());
            summary.push_str(if poll { ", poll/final" } else { "" });
        }
        Control::ReceiveReady { receive, .. } | Control::ReceiveNotReady { receive, .. } => {
            let _ = write!(summary, ", N(R)={}", receive.value());
        }
        _ => {}
    }
    if frame.segmented {
        summary.push_str(", more segments follow");
    }
    let layer = Layer::new("hdlc", summary);
    match frame.control {
        Control::SetNormalResponseMode | Control::UnnumberedAcknowledge => {
            match Parameters::decode(frame.information) {
                Ok(parameters) => layer
                    .with("information sent", parameters.information_sent)
                    .with("information received", parameters.information_received)
                    .with("window sent", parameters.window_sent)
                    .with("window received", parameters.window_received),
                Err(_) => layer.with("parameters", hex::encode_spaced(frame.information)),
            }
        }
        Control::FrameReject => layer.with("reason", hex::encode_spaced(frame.information)),
        _ => layer,
    }
}

fn damaged(fault: FrameFault, bytes: &[u8]) -> Layer {
    Layer::error(fault.to_string()).with("octets", hex::encode_spaced(bytes))
}
